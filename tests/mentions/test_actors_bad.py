"""Names in capitals, in other scripts, with markup, very long or very many: always read, in linear time."""

from __future__ import annotations

import time

import pytest

from casus.knowledge.registry import load_registry
from casus.knowledge.registry_index import fold
from casus.language import load_parser
from casus.mentions.actors import find_actors
from casus.records.actor import Actor
from casus.records.parse import Parse


def read(text: str) -> tuple[Actor, ...]:
    return find_actors(load_parser().parse(text), (), load_registry())


def names(text: str) -> list[str]:
    return [a.name for a in read(text)]


def lawful(text: str) -> tuple[Actor, ...]:
    actors = read(text)
    for actor in actors:
        assert actor.name.strip() and actor.mentions
        assert all(0 <= m.start < m.end <= len(text) for m in actor.mentions)
    return actors


def test_capitals() -> None:
    assert "Boko Haram" in names("BOKO HARAM FIGHTERS BURNED THE VILLAGE OF ORVIK ON MONDAY.")


def test_a_plain_word_in_capitals_is_no_abbreviation() -> None:
    assert "Islamic State" not in names("THE BRIDGE IS CLOSED AND THE ARMY IS AT THE MILL.")
    assert "Islamic State" in names("IS fighters burned the village.")


def test_nationality_cut_off_in_capitals() -> None:
    assert "Police forces of Croatia" in names("ORVIK, MAY 3 - CROATIAN POLICE SEALED THE MILL.")


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of جبهة النصرة entered the town, the army said.",
        "Fighters of the Front (جبهة التل) entered the town.",
        "The group Правый сектор blocked the road. It denied that.",
        "المقاتلون هاجموا القرية",
        "Omar\u200fal\u200eHadi\u202c, a commander, spoke.",
    ],
)
def test_other_scripts(text: str) -> None:
    lawful(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>Boko Haram</b> burned the village.",
        "**Boko Haram** burned the _village_.",
        "Boko\x00 Haram\x07 burned\x1b[31m the village.",
        "Boko Haram[1][2] burned the village.",
        "[[Boko Haram|the group]] burned &quot;the village&quot;.",
    ],
)
def test_markup_and_control_characters(text: str) -> None:
    lawful(text)


def test_a_footnote_is_no_part_of_a_name() -> None:
    text = "Idris Orlen(1961), also known as Karsa Bey,[1] is a surgeon. Mara Tolv.[2] Orlen spoke."
    assert not any(sign in name for name in names(text) for sign in "[(")


def test_a_persons_name_equal_to_a_groups() -> None:
    """A first name may be a group's ("Talib"): the whole name of the person counts."""
    actors = lawful("Talib Orlen, a baker, was hurt. Orlen is at home.")
    assert "Talib Orlen" in [a.name for a in actors] and "Taliban" not in [a.name for a in actors]


@pytest.mark.parametrize("size", [50, 2_000])
def test_a_very_long_name(size: int) -> None:
    lawful("The " + "Falcon " * size + "Brigades attacked the army. " + "x" * size + " left.")


def test_misread_letters() -> None:
    assert any("Armed Forces of Colombia" in n for n in names("The Revolutionary Arrned Forces of Colornbia left."))
    assert any("Police" in n for n in names("Two po1icernen slept in Kenya."))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "()[]", "(", "the", "The former", "both sides", "we", "said", "- - -"]
)
def test_next_to_nothing(text: str) -> None:
    lawful(text)


REPEATED = [
    "Fighters of the Falcon Brigades (FB) attacked the Syrian army near Homs. They killed three soldiers. ",
    'The rebels said the group had left. Both sides fired. Omar Ball, who fought with the YPG, said: "We won." ',
    "Gunmen of the Hill Watch militia, also known as the Watchers, burned houses. It denied this. ",
]


def _repeated(parse: Parse, times: int) -> Parse:
    """The parse of the same text many times over, without the parser's own time."""
    from dataclasses import replace

    from casus.records.parse import Sentence, Token
    from casus.records.span import Span

    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for k in range(times):
        words, before, at = len(parse.tokens) * k, len(parse.sentences) * k, len(parse.text) * k
        for t in parse.tokens:
            moved = replace(t, i=t.i + words, start=t.start + at, end=t.end + at)
            tokens.append(replace(moved, head=t.head + words, sentence=t.sentence + before))
        for s in parse.sentences:
            span = Span(s.span.start + at, s.span.end + at)
            sentences.append(Sentence(s.index + before, s.first + words, s.last + words, span))
    return Parse.of(parse.text * times, tuple(tokens), tuple(sentences))


def _seconds(parse: Parse) -> float:
    start = time.process_time()
    find_actors(parse, (), load_registry())
    return time.process_time() - start


def test_thousands_of_mentions_take_linear_time() -> None:
    one = load_parser().parse("".join(REPEATED))
    small, large = _repeated(one, 40), _repeated(one, 320)
    find_actors(small, (), load_registry())
    fold.cache_clear()
    assert _seconds(large) < 8 * 3 * max(_seconds(small), 0.05)
