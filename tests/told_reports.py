"""Reports written for the tests of the whole path, and the laws that hold for every reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casus.records.event import SUB_EVENT_TYPES

PRISON = (
    "A French defence official said there were no injuries to French personnel and no damage to the "
    "helicopters used in the raid. “French forces captured a senior Boko Haram leader during an operation in "
    "Nigeria on April 9,” the Sahel Stability Mission said in a statement. “The detainee was an experienced bomb "
    "maker.” “There were no civilian casualties during the operation,” the mission said. Ground operations in "
    "northeastern Nigeria have targeted senior leaders, most notably Abu Sadiq al-Borni, who blew himself up during "
    "a November 2018 raid near the border with Cameroon, carried out by the elite West. . His successor, Musa "
    "al-Gwozi, detonated his explosives during a similar raid in February this year. In January, Boko Haram carried "
    "out its largest attack in years as hundreds of its fighters tried to free thousands of men held in a prison in "
    "Maiduguri in northeastern Nigeria. After six days of heavy fighting, Nigerian forces, with the help of US "
    "airstrikes, managed to retake the prison, although several hundred detainees are believed to have escaped. The "
    "Nigerian army claims that 212 Boko Haram fighters were killed in the attempt to break out of the prison."
)
"""A statement quoted twice, past raids with partial dates, a garbled sentence, a prison fought over.

Names of people, the mission and its members are invented."""

MARKET = (
    "GAO, Mali — Gunmen on motorbikes attacked a market in the town of Ansongo on Friday, killing at least 14 people "
    "and wounding 20 others, a hospital doctor said. The mayor blamed Islamic State. The army, which sent troops on "
    "Saturday, put the toll at 11.\n\nIn June 2021, jihadists killed 50 villagers near the town."
)

SHELLING = (
    "Two rockets hit a block of flats in Kharkiv overnight, the regional governor said. Nobody was hurt, but 30 "
    "people were moved out. Russia denied that its forces had fired at homes."
)

QUIET = "The minister opened a new bridge in Accra on Monday. Traders said that prices of maize had fallen."

CROWD = (
    "Thousands of people marched through Dakar on Tuesday against the delay of the vote. Police fired tear gas and "
    "arrested 35 protesters, a police spokesman said. The organisers plan to march again on Friday."
)

REPORTS = {"prison": PRISON, "market": MARKET, "shelling": SHELLING, "quiet": QUIET, "crowd": CROWD}


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span inside a contract."""
    if isinstance(value, dict):
        if set(value) == {"start", "end"} and isinstance(value["start"], int):
            yield value["start"], value["end"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def broken_laws(contract: dict[str, Any]) -> list[str]:
    """What is wrong with a reading, in words; nothing if it keeps the laws of the codebook."""
    return [*_spans(contract), *_references(contract), *_figures(contract), *_events(contract)]


def _spans(contract: dict[str, Any]) -> Iterator[str]:
    text = contract["report"]["text"]
    for start, end in spans({key: value for key, value in contract.items() if key != "report"}):
        if not 0 <= start < end <= len(text):
            yield f"span [{start}, {end}) of a text of {len(text)}"
        elif not text[start:end].strip():
            yield f"span [{start}, {end}) holds no word"


def _references(contract: dict[str, Any]) -> Iterator[str]:
    ids = {key: [x["id"] for x in contract[key]] for key in ("actors", "events", "figures", "claims", "attitudes")}
    for key, found in ids.items():
        if len(found) != len(set(found)):
            yield f"{key}: an id twice"
    for event in contract["events"]:
        wanted = {
            "actors": [p["actor"] for p in event["participants"]],
            "figures": event["figures"],
            "claims": event["claims"],
        }
        for key, used in wanted.items():
            if not set(used) <= set(ids[key]):
                yield f"{event['id']}: {key} that do not exist"
    for figure in contract["figures"]:
        if figure["event"] not in ids["events"] or figure["claim"] not in ids["claims"]:
            yield f"{figure['id']}: no such event or claim"
        if figure["part_of"] not in {None, *ids["figures"]} - {figure["id"]}:
            yield f"{figure['id']}: part of no figure"


def _figures(contract: dict[str, Any]) -> Iterator[str]:
    for figure in contract["figures"]:
        numbers = [n for n in (figure["low"], figure["best"], figure["high"]) if n is not None]
        if numbers != sorted(numbers) or any(n < 0 for n in numbers):
            yield f"{figure['id']}: {numbers} is no range"


def _events(contract: dict[str, Any]) -> Iterator[str]:
    for event in contract["events"]:
        if event["sub_event_type"] not in SUB_EVENT_TYPES[event["event_type"]]:
            yield f"{event['id']}: {event['sub_event_type']} is no {event['event_type']}"
        if not event["evidence"] or not event["claims"]:
            yield f"{event['id']}: no evidence or no claim"
        start, end = event["date"]["start"], event["date"]["end"]
        if start and end and start > end:
            yield f"{event['id']}: ends before it starts"
        if not 0 <= event["confidence"] <= 1:
            yield f"{event['id']}: confidence {event['confidence']}"
    if contract["report"]["relevant"] != bool(contract["events"]):
        yield "relevant without events, or events without being relevant"
