"""The page: whole, self-contained, true to the text, and deaf to what a text tells it to do."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings

from casus.records.display import fragment, page
from casus.records.markup import UNSEEN
from casus.records.reading import Reading
from sample_readings import TEXT, empty, readings, sample, unsure, with_a_wish

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)">\u202edetartrus\u202c \x1b[31m red [red]x[/red] &amp; \'"'
)


class Outline(HTMLParser):
    """Tags with attributes, and the plain text inside the element that shows a report."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._depth = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if self._depth or found.get("class") == "text":
            self._depth += tag in ("div", "span")

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= tag in ("div", "span")

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.words.append(data)


def ids(outline: Outline) -> list[str]:
    return [a["id"] for _, a in outline.tags if a.get("id")]  # type: ignore[misc]


@given(readings())
@settings(max_examples=40)
def test_any_reading_makes_a_page_that_shows_its_text(reading: Reading) -> None:
    assume("\r" not in reading.report.text)
    outline = Outline(page((reading,)))
    codes = UNSEEN.sub(lambda match: f"U+{ord(match[0]):04X}", reading.report.text)
    assert "".join(outline.words) == codes
    assert len(ids(outline)) == len(set(ids(outline)))


def test_the_text_is_shown_as_it_is() -> None:
    assert "".join(Outline(page((sample(),))).words) == TEXT


def test_every_link_leads_somewhere() -> None:
    outline = Outline(page((sample(), empty())))
    targets = {f"#{i}" for i in ids(outline)}
    links = [a["href"] for tag, a in outline.tags if tag == "a" and (a.get("href") or "").startswith("#")]
    assert len(links) > 8
    assert set(links) <= targets


def test_wishes_are_listed_apart_from_claims_and_on_no_card() -> None:
    source = page((with_a_wish(),))
    listed = re.sub(r"<[^>]+>", "", source.partition("<h3>Views and wishes</h3>")[2].partition("</details>")[0])
    assert html.unescape(listed).startswith("speaker The mayor of Tolmaq: wants speaker: official")
    assert "wants" not in "".join(re.findall(r'<article class="card".*?</article>', source, re.S))
    assert "Views and wishes" not in page((sample(),))


def test_figures_speakers_and_quotes_stand_on_the_card() -> None:
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page((sample(),)).partition("<aside")[2])))
    assert "at least 12 killed (combatants, Military forces of Kyrgyzstan)" in plain
    assert "said by the defence ministry (target side)" in plain
    assert "denied by The Front's spokesman (perpetrator side)" in plain
    assert "5 May 2023" in plain and "background" in plain


def test_words_under_two_records_carry_both() -> None:
    outline = Outline(page((sample(),)))
    records = {a["id"]: (a.get("data-r") or "").split() for _, a in outline.tags if a.get("data-r")}
    start = TEXT.index("at least 12 soldiers")
    assert {"f1", "c1", "e1"} <= set(records[f"r1-at{start}"])


def test_nothing_is_loaded_and_only_our_script_may_run() -> None:
    source = page((sample(),))
    outline = Outline(source)
    assert not [tag for tag, a in outline.tags if tag in ("img", "link", "iframe", "object", "base") or a.get("src")]
    assert "@import" not in source and "url(" not in source
    (policy,) = (a["content"] for _, a in outline.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        content = source.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy


@pytest.mark.parametrize("where", ["text", "title", "publisher", "url", "notes", "names"])
def test_hostile_text_is_only_text(where: str) -> None:
    from dataclasses import replace

    reading = sample(TEXT + HOSTILE) if where == "text" else sample()
    if where in ("title", "publisher", "url"):
        reading = replace(reading, report=replace(reading.report, **{where: HOSTILE}))
    elif where == "notes":
        reading = replace(reading, notes=(HOSTILE,))
    elif where == "names":
        reading = replace(reading, actors=tuple(replace(a, name=HOSTILE) for a in reading.actors))
    source = page((reading,))
    outline = Outline(source)
    assert sum(tag == "script" for tag, _ in outline.tags) == 1
    assert not [tag for tag, a in outline.tags if tag == "img" or any(name.startswith("on") for name in a)]
    assert "\u202e" not in source.partition("</head>")[2] and "\x1b" not in source.partition("</head>")[2]
    assert "U+202E" in source and "U+001B" in source


def test_other_readings_of_a_place_stand_on_the_card() -> None:
    source = page((unsure(),))
    card = html.unescape(source.partition('id="r1-e1"')[2].partition("</article>")[0])
    assert "12 km south of Tolmaq (town, KGZ)" in card
    assert "42.5000, 72.1000 (within 7.6 km) · this reading 52%" in card
    assert '<details class="others" open>' in card
    assert "<li>Tolmaq (Navoiy, UZB) 41%</li><li>Tolmaq-on-Sea under 1%</li>" in card


def test_a_sure_place_keeps_the_others_folded() -> None:
    from dataclasses import replace

    reading = unsure()
    sure = replace(reading.events[0], location=replace(reading.events[0].location, score=0.9))
    assert '<details class="others">' in page((replace(reading, events=(sure, *reading.events[1:])),))


def test_hostile_words_of_places_are_only_text() -> None:
    source = page((unsure(told=f"12 km south of {HOSTILE}", other=HOSTILE),))
    outline = Outline(source)
    assert sum(tag == "script" for tag, _ in outline.tags) == 1
    assert not [tag for tag, a in outline.tags if tag == "img" or any(name.startswith("on") for name in a)]
    assert "U+202E" in source and "U+001B" in source


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x", "file:///etc/passwd"])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    from dataclasses import replace

    reading = sample()
    outline = Outline(page((replace(reading, report=replace(reading.report, url=url)),)))
    assert not [a for tag, a in outline.tags if tag == "a" and not (a.get("href") or "").startswith("#")]


def test_a_report_without_events_says_so() -> None:
    assert "No events in this report. It tells of no political violence" in page((empty(),))


def test_several_reports_have_a_list_and_a_section_each() -> None:
    outline = Outline(page((sample(), empty(), sample())))
    assert [a.get("id") for tag, a in outline.tags if tag == "section"] == ["r1", "r2", "r3"]
    assert len(ids(outline)) == len(set(ids(outline)))


def test_the_same_reading_gives_the_same_page() -> None:
    assert page((sample(),)) == page((sample(),))


def test_a_notebook_gets_the_page_in_a_frame_that_cannot_touch_it() -> None:
    shown = sample(TEXT + HOSTILE)._repr_html_()
    assert shown == fragment(sample(TEXT + HOSTILE))
    ((tag, attributes),) = Outline(shown).tags
    assert (tag, attributes["sandbox"]) == ("iframe", "allow-scripts")
    assert attributes["srcdoc"] == page((sample(TEXT + HOSTILE),))
