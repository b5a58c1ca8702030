"""The account for people: what it says, how wide it is, and what it does not let through."""

from __future__ import annotations

import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.cli.terminal import BIDI, clean, open_console, print_reading
from casus.records.reading import Reading
from sample_readings import TEXT, empty, readings, sample, unsure


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(reading: Reading, *, stream: io.StringIO | None = None, color: str = "auto") -> str:
    stream = stream or io.StringIO()
    print_reading(open_console(stream, color), reading)  # type: ignore[arg-type]
    return stream.getvalue()


def test_the_account_of_a_report() -> None:
    assert shown(sample()).splitlines() == [
        "─" * 80,
        "Army post stormed near Tolmaq",
        "Valley Courier · published 6 May 2023 · rpt_sample",
        "  note: one sentence is cut",
        "2 events",
        "",
        "1  Armed clash · 5 May 2023 · near Tolmaq (town, KGZ)",
        "   by Red Valley Front",
        "   against Military forces of Kyrgyzstan",
        "   ▪ at least 12 killed (combatants, Military forces of Kyrgyzstan)",
        "     said by the defence ministry (target side)",
        "       “Fighters of the Red Valley Front stormed an army post near Tolmaq on",
        "        Friday, killing at least 12 soldiers”",
        "   ▪ 30–40 killed (combatants, Red Valley Front)",
        "     denied by The Front's spokesman (perpetrator side)",
        "       “The Front's spokesman denied that it had lost between 30 and 40 men.”",
        "",
        "2  Shelling/artillery/missile attack [background] · date unknown · somewhere",
        "   in KGZ",
        "   by Military forces of Kyrgyzstan",
        "   using artillery",
        "     the report’s own word",
        "       “A year earlier the army had shelled the town.”",
        "",
    ]


def test_an_unsure_place_says_what_else_it_may_be() -> None:
    lines = shown(unsure()).splitlines()
    assert "1  Armed clash · 5 May 2023 · 12 km south of Tolmaq (town, KGZ)" in lines
    assert "   the place may also be Tolmaq (Navoiy, UZB) 41%, Tolmaq-on-Sea under 1%" in lines


def test_hostile_names_of_other_readings_are_cleaned() -> None:
    assert "\x1b" not in shown(unsure(other="\x1b[31mred\u202e")) and "\u202e" not in shown(unsure(other="\u202e"))


def test_a_report_without_events_says_so() -> None:
    assert "no events: nothing here about political violence or protest" in shown(empty())


@given(readings())
@settings(max_examples=40)
def test_plain_output_has_80_columns_and_no_controls(reading: Reading) -> None:
    text = shown(reading)
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in BIDI for c in text)


@pytest.mark.parametrize(
    ("stream", "color", "environment", "coloured"),
    [
        (io.StringIO, "auto", {}, False),
        (io.StringIO, "always", {}, True),
        (Terminal, "auto", {"TERM": "xterm-256color"}, True),
        (Terminal, "never", {"TERM": "xterm-256color"}, False),
        (Terminal, "auto", {"TERM": "dumb"}, False),
        (Terminal, "auto", {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal, "always", {"TERM": "xterm", "NO_COLOR": "1"}, True),
    ],
)
def test_colour(
    stream: type[io.StringIO], color: str, environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in shown(sample(), stream=stream(), color=color)) == coloured


HOSTILE = "\x1b]0;owned\x07\x1b[2J[red]bold[/red] \u202egnp.exe\u202c\x9b31m \r\nnext :smile: <script>"


def test_hostile_text_reaches_no_terminal() -> None:
    reading = sample(TEXT, title=HOSTILE)
    reading = dataclasses.replace(
        reading,
        notes=(HOSTILE,),
        report=dataclasses.replace(reading.report, publisher=HOSTILE, id=HOSTILE),
        actors=tuple(dataclasses.replace(a, name=HOSTILE) for a in reading.actors),
        claims=tuple(
            dataclasses.replace(c, speaker=dataclasses.replace(c.speaker, name=HOSTILE)) for c in reading.claims
        ),
    )
    text = shown(reading)
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in BIDI for c in text)
    assert "[red]bold[/red]" in text and ":smile:" in text and "<script>" in text


@given(st.text())
def test_cleaned_text_is_one_line_without_controls(text: str) -> None:
    cleaned = clean(text)
    assert not any(c in BIDI or (c.isspace() and c != " ") or ord(c) < 32 for c in cleaned)
    assert clean(cleaned) == cleaned


def test_accents_and_other_scripts_survive() -> None:
    assert clean("Nariño — Хасака — الحسكة") == "Nariño — Хасака — الحسكة"
