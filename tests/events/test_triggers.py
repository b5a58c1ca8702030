"""Triggers: which words report an event."""

from casus.events.trigger_groups import FAMILY
from casus.events.triggers import find_triggers, load_triggers
from casus.events.types import PRIORITY
from casus.language import load_parser
from casus.records.event import EVENT_TYPE


def keys(text: str) -> list[tuple[str, str]]:
    return [(t.kind, t.key) for t in find_triggers(load_parser().parse(text))]


def test_every_class_has_a_family_a_priority_and_a_type_of_the_codebook() -> None:
    lexicon = load_triggers()
    entries = [e for table in (lexicon.verbs, lexicon.nouns) for found in table.values() for e in found]
    assert {e.kind for e in entries} == set(FAMILY) == set(PRIORITY)
    assert {e.sub_event_type for e in entries} <= set(EVENT_TYPE)


def test_verb_phrases_may_be_split() -> None:
    assert ("loot", "set ablaze") in keys("Attackers set two houses ablaze in the night.")


def test_longest_noun_phrase_wins() -> None:
    found = keys("A suicide car bomb killed five people.")
    assert ("suicide", "suicide car bomb") in found
    assert ("bomb", "bomb") not in found


def test_name_of_an_operation_is_no_trigger() -> None:
    assert not any(kind == "raid" for kind, _ in keys("Operation Desert Lion began badly, he said."))


def test_no_phrase_stands_in_two_classes() -> None:
    lexicon = load_triggers()
    for table in (lexicon.verbs, lexicon.nouns):
        words = [e.words for found in table.values() for e in found]
        assert sorted(words) == sorted(set(words))


def test_what_only_says_the_sort_of_person_or_thing_is_no_trigger() -> None:
    assert keys("He was a bomb maker.") == []
    assert not any(key == "riot" for _, key in keys("Riot police stood by."))
    assert ("bomb", "bomb") in keys("A bomb went off.")
