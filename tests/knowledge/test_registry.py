"""The actor registry: its tables, its look-ups, and what it refuses."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.knowledge.registry import Registry, load_registry, state_id
from casus.knowledge.registry_index import NameIndex, fold_name
from casus.knowledge.registry_load import read_entries
from casus.knowledge.registry_roles import load_roles
from casus.knowledge.registry_states import read_countries


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def table(folder: Path, body: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(body, encoding="utf-8")
    return file


def rows(*entries: str) -> str:
    return 'source = "a test"\nactors = [\n' + ",\n".join(entries) + "\n]\n"


def test_holds_several_hundred_organised_actors(registry: Registry) -> None:
    organised = [e for e in registry.entries.values() if not e.id.startswith("state:") and e.kind != "person"]
    assert len(organised) >= 300


@pytest.mark.parametrize(
    "name, entry",
    [
        ("Daesh", "islamic-state"),
        ("ISIL", "islamic-state"),
        ("so-called Islamic State", "islamic-state"),
        ("al-Shebab", "al-shabaab"),
        ("Séléka", "seleka"),
        ("Seleka", "seleka"),
        ("FARDC", "state:COD:military"),
        ("Military forces of the United States", "state:USA:military"),
    ],
)
def test_one_actor_has_many_names(registry: Registry, name: str, entry: str) -> None:
    assert [e.id for e in registry.lookup(name)] == [entry]


def test_states_follow_by_rule(registry: Registry) -> None:
    police = registry.state("TUR", "police")
    assert police is not None
    assert (police.id, police.name, police.countries) == (
        state_id("TUR", "police"),
        "Police forces of Turkey",
        ("TUR",),
    )
    assert registry.state("XXX", "police") is None


def test_every_link_and_country_is_known(registry: Registry) -> None:
    for entry in registry.entries.values():
        assert entry.part_of is None or entry.part_of in registry.entries
        assert set(entry.countries) <= set(registry.countries), entry.id


@pytest.mark.parametrize(
    "text, found",
    [
        ("what IS it, said IS on Monday", ["islamic-state", "islamic-state"]),
        ("This is isis", []),
        ("Isis fighters", ["islamic-state"]),
        ("peshmerga units", ["peshmerga"]),
        ("a base of the Islamic State in Khorasan Province", ["iskp"]),
        ("all lower: al-shabaab and boko haram", ["al-shabaab", "boko-haram"]),
    ],
)
def test_names_match_in_their_case_longest_first(registry: Registry, text: str, found: list[str]) -> None:
    assert [h.values[0].entry for h in registry.find(text)] == found


def test_country_words(registry: Registry) -> None:
    hits = registry.find_countries("Turkish jets, two Britons, the Kremlin and the US")
    assert [(h.values[0].code, h.values[0].naming) for h in hits] == [
        ("TUR", "adjective"),
        ("GBR", "people"),
        ("RUS", "seat"),
        ("USA", "name"),
    ]


def test_look_up_is_fast(registry: Registry) -> None:
    text = "The Free Syrian Army and the SDF fought near the river while nobody was looking at them. " * 30
    registry.find(text)
    best = min(_seconds(registry, text) for _ in range(5))
    assert best < 0.02, f"{best * 1000:.1f} ms for 500 words"


def _seconds(registry: Registry, text: str) -> float:
    start = time.perf_counter()
    registry.find(text)
    return time.perf_counter() - start


def test_user_table_is_merged(tmp_path: Path) -> None:
    file = table(tmp_path, rows('{ id = "mine", name = "Lake Wardens", kind = "rebel group", countries = ["TCD"] }'))
    merged = load_registry((file,))
    assert [e.id for e in merged.lookup("lake wardens")] == ["mine"]
    assert merged.find("The Lake Wardens left.")[0].values[0].entry == "mine"


ROW = '{ id = "a", name = "First Front", kind = "rebel group" }'


@pytest.mark.parametrize(
    "body, words",
    [
        (rows(ROW, '{ id = "b", name = "Other", kind = "rebel group", aliases = ["first front"] }'), "shared"),
        (rows(ROW, '{ id = "a", name = "Other", kind = "rebel group" }'), "taken"),
        (rows('{ id = "a", name = "First Front", kind = "army" }'), "kind"),
        (rows('{ id = "a", name = "First Front", kind = "rebel group", part_of = "nobody" }'), "part_of"),
        (rows('{ id = "a", name = "First Front", kind = "rebel group", since = 2010, until = 2001 }'), "after"),
        (rows('{ id = "a", name = "First Front", kind = "rebel group", since = "2010" }'), "year"),
        (rows('{ id = "a", name = "First Front", kind = "rebel group", alias = ["x"] }'), "unknown key"),
        (rows('{ id = "a", name = "First Front", kind = "rebel group", aliases = "x" }'), "list of names"),
        (rows('{ id = "a", kind = "rebel group" }'), "name"),
        (rows('"a"'), "must be a table"),
        ('source = "t"\nactors = 3', "list of tables"),
        ('source = "t"\nstates = [{ state = "TUR", branch = "navy" }]', "branch"),
        ('source = "t"\nstates = [{ state = "XXX", branch = "military" }]', "no such country"),
        ("actors = []", "source"),
        ("actors = [", "TOML"),
    ],
)
def test_broken_tables_are_refused_by_name(tmp_path: Path, body: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words) as caught:
        load_registry((table(tmp_path, body),))
    assert "mine.toml" in str(caught.value)


def test_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"absent\.toml"):
        read_entries([tmp_path / "absent.toml"])


@pytest.mark.parametrize("body", ['[country]\nTR = { name = "Turkey" }', "[country]\nTUR = { adjectives = [] }"])
def test_broken_countries_are_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(KnowledgeError, match=r"country '?T"):
        read_countries(table(tmp_path, f'source = "t"\n{body}'))


def test_roles_are_lower_case_lemmas() -> None:
    roles = load_roles()
    assert roles.noun["soldier"] == "military" and roles.noun["air force"] == "military"
    assert all(word == word.lower() for word in roles.noun)


@given(st.lists(st.sampled_from(["north", "Front", "of", "Séla", "army", "B-12"]), min_size=1, max_size=4))
def test_a_name_is_found_where_it_stands(words: list[str]) -> None:
    name = " ".join(words)
    index = NameIndex([(name, "exact", "x")])
    text = f"xx {name} yy"
    hits = index.find(text)
    assert [h.span.of(text) for h in hits] == [name]
    assert index.lookup(name.upper()) == ("x",) and fold_name(name) == fold_name(name.upper())
