"""The actor registry: its tables, its look-ups, and what it refuses."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.knowledge.registry import Registry, build_registry, load_registry, packaged_countries, state_id
from casus.knowledge.registry_entry import Alias, RegistryEntry
from casus.knowledge.registry_index import PIECE, NameIndex, fold_name, natural_case
from casus.knowledge.registry_load import read_entries
from casus.knowledge.registry_roles import load_roles
from casus.knowledge.registry_states import read_countries


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The packaged registry, whatever tables the user has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASUS_ACTORS", "")
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
    best = min(_seconds(registry, text) for _ in range(10))
    assert best < 0.002, f"{best * 1000:.1f} ms for 500 words"


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
        ('source = "t"\n[[actor]]\nid = "a"', "mine.toml:2: table: unknown key 'actor', expected actors"),
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


NAMESAKES = """
source = "a test"

[[actors]]
id = "falcons-2003"
name = "Falcons Brigade (2003)"
kind = "political militia"
countries = ["IRQ"]
since = 2003
until = 2008
shared = ["Falcons"]

[[actors]]
id = "falcons-2024"
name = "Falcons Brigade (2024)"
kind = "political militia"
countries = ["IRQ"]
since = 2024
shared = ["Falcons"]
part_of = "river-front"
links = [{ kind = "successor of", actor = "falcons-2003", since = 2024 }]
ids = { ucdp = 9999, acled = "Falcons (Iraq)", wikidata = "Q42" }
see = ["our files"]

[[actors]]
id = "river-front"
name = "River Front"
kind = "rebel group"

[[actors]]
id = "person:idris-mahal"
name = "Idris Mahal"
kind = "person"
part_of = "falcons-2024"
title = "commander"
since = 2024
terms = [
  { actor = "river-front", title = "spokesman", since = 2015, until = 2019 },
  { actor = "falcons-2003", until = 2005 },
]
"""


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return load_registry((table(tmp_path_factory.mktemp("own"), NAMESAKES),))


@pytest.mark.parametrize(
    "year, ids",
    [(2003, ["falcons-2003"]), (2010, []), (2025, ["falcons-2024"]), (None, ["falcons-2003", "falcons-2024"])],
)
def test_namesakes_are_told_apart_by_their_years(namesakes: Registry, year: int | None, ids: list[str]) -> None:
    assert [e.id for e in namesakes.lookup_in("falcons", year)] == ids
    assert [s.entry for s in namesakes.find("the Falcons")[0].values] == ["falcons-2003", "falcons-2024"]
    assert all(s.shared for s in namesakes.find("the Falcons")[0].values)


def test_unknown_years_are_held_against_nobody(namesakes: Registry) -> None:
    assert all(namesakes.entries["river-front"].active_in(year) for year in (1900, 2100))
    assert namesakes.entries["state:TUR:police"].active_in(1995)


def test_a_person_is_active_in_every_term(namesakes: Registry) -> None:
    person = namesakes.entries["person:idris-mahal"]
    assert [(t.actor, t.title, t.since, t.until) for t in person.posts] == [
        ("falcons-2024", "commander", 2024, None),
        ("river-front", "spokesman", 2015, 2019),
        ("falcons-2003", None, None, 2005),
    ]
    assert [year for year in (2004, 2010, 2016, 2020, 2025) if person.active_in(year)] == [2004, 2016, 2025]
    assert [e.id for e, _ in namesakes.leaders("river-front")] == ["person:idris-mahal"]
    assert person.all_links == ()


def test_links_are_told_from_both_ends(namesakes: Registry) -> None:
    falcons = namesakes.entries["falcons-2024"]
    assert [(x.kind, x.actor, x.since) for x in falcons.all_links] == [
        ("part of", "river-front", None),
        ("successor of", "falcons-2003", 2024),
    ]
    assert [(e.id, x.kind) for e, x in namesakes.linked_to("falcons-2003")] == [("falcons-2024", "successor of")]
    assert namesakes.linked_to("person:idris-mahal") == ()
    assert namesakes.leaders("nobody") == ()


def test_ids_of_the_field_and_where_to_check_are_kept(namesakes: Registry) -> None:
    falcons = namesakes.entries["falcons-2024"]
    assert (falcons.ids.ucdp, falcons.ids.acled, falcons.ids.wikidata) == (9999, "Falcons (Iraq)", "Q42")
    assert falcons.see == ("our files",)
    assert falcons.place is not None and falcons.place.line == 13


def test_a_government_has_ids(tmp_path: Path, registry: Registry) -> None:
    told = [e for e in registry.entries.values() if e.id.startswith("state:") and e.ids.ucdp is not None]
    assert len(told) > 100 and all(e.id.endswith(":government") for e in told)
    numbers = [e.ids.ucdp for e in registry.entries.values() if e.ids.ucdp is not None]
    assert sorted(numbers) == sorted(set(numbers))
    file = table(
        tmp_path,
        'source = "a test"\nstates = [{ state = "TCD", branch = "government", ids = { wikidata = "Q42" } }]',
    )
    with pytest.raises(KnowledgeError, match=r"mine\.toml:2: TCD: .*other ids already"):
        load_registry((file,))


def test_only_governments_have_ids(tmp_path: Path) -> None:
    row = '{ state = "TCD", branch = "military", ids = { ucdp = 9999 } }'
    with pytest.raises(KnowledgeError, match=r"mine\.toml:2: TCD: ids of states are those of their governments"):
        load_registry((table(tmp_path, f'source = "a test"\nstates = [{row}]'),))


def test_a_row_without_name_and_kind_adds_names(tmp_path: Path, registry: Registry) -> None:
    file = table(tmp_path, rows('{ id = "boko-haram", aliases = ["Sect of the Lake"], shared = ["Boko Haram"] }'))
    merged = load_registry((file,))
    known, now = registry.entries["boko-haram"], merged.entries["boko-haram"]
    assert merged.lookup("sect of the lake") == (now,)
    assert [a.text for a in now.aliases] == [*(a.text for a in known.aliases), "Sect of the Lake"]
    assert now.aliases[0].shared and not known.aliases[0].shared
    assert (now.kind, now.countries, now.since) == (known.kind, known.countries, known.since)
    assert [str(place).rpartition("/")[2] for place in now.places] == [str(known.place), "mine.toml:3"]


def test_own_tables_are_named_in_the_note(tmp_path: Path, registry: Registry) -> None:
    assert registry.note is None
    file = table(tmp_path, rows(ROW))
    note = load_registry((file,)).note
    assert note is not None and note.startswith(
        "actors were looked up in tables of the user's as well: mine.toml (1 row, "
    )
    assert str(tmp_path) not in note
    file.write_text(rows(ROW, '{ id = "b", name = "Other Front", kind = "rebel group" }'), encoding="utf-8")
    changed = load_registry((file,)).note
    assert changed is not None and "(2 rows, " in changed and changed[-13:] != note[-13:]


def test_a_table_given_twice_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path, rows(ROW))
    (tmp_path / "sub").mkdir()
    monkeypatch.setenv("CASUS_ACTORS", str(file))
    assert len(load_registry((file, tmp_path / "sub" / ".." / "mine.toml")).own) == 1


def test_the_users_table_is_used_unless_others_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUS_DATA", str(tmp_path))
    monkeypatch.delenv("CASUS_ACTORS", raising=False)
    assert load_registry().note is None
    (tmp_path / "actors.toml").write_text(rows(ROW), encoding="utf-8")
    assert [e.id for e in load_registry().lookup("First Front")] == ["a"]
    monkeypatch.setenv("CASUS_ACTORS", "")
    assert load_registry().lookup("First Front") == ()
    monkeypatch.setenv("CASUS_ACTORS", str(tmp_path / "absent.toml"))
    with pytest.raises(KnowledgeError, match=r"absent\.toml: cannot be read"):
        load_registry()


def test_every_name_of_every_actor_is_found_in_a_sentence(registry: Registry) -> None:
    for entry in registry.entries.values():
        for alias in entry.aliases:
            text = f'On Monday, "{alias.text}", said he.'
            hits = [h for h in registry.find(text) if any(s.entry == entry.id for s in h.values)]
            assert hits, f"{entry.id}: {alias.text}"
            assert all(h.span.of(text) in alias.text for h in hits)


def test_no_two_actors_have_one_item_of_wikidata(registry: Registry) -> None:
    told = [e.ids.wikidata for e in registry.entries.values() if e.ids.wikidata]
    assert sorted(told) == sorted(set(told))


WORDS = ("north", "Front", "of", "Séla", "ARMY", "LX", "LXP", "B-12", "river")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(st.sampled_from([*WORDS, "front", "sela", "Lx", "army", ",", "."]), max_size=12).map(" ".join)


def longest_names(names: list[tuple[str, str, int]], text: str) -> list[tuple[str, set[int]]]:
    """What `NameIndex.find` has to find of names, by trying every run of words."""
    words, found, i = [m.span() for m in PIECE.finditer(text)], [], 0
    while i < len(words):
        for j in range(len(words), i, -1):
            run = text[words[i][0] : words[j - 1][1]]
            values = {value for name, case, value in names if fits(name, case, run, text == text.lower())}
            if values:
                found.append((run, values))
                i = j - 1
                break
        i += 1
    return found


def fits(name: str, case: str, run: str, lowered: bool) -> bool:
    index = NameIndex([(name, case, 0)])  # type: ignore[list-item]
    whole = index.find(run if lowered or run != run.lower() else f"X {run}")
    return fold_name(name) == fold_name(run) and bool(whole)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["any", "capital", "exact"])), max_size=6), TEXTS)
def test_the_longest_names_are_found_from_the_left(given_names: list[tuple[str, str]], text: str) -> None:
    names = [(name, case, i) for i, (name, case) in enumerate(given_names)]
    index = NameIndex(names)  # type: ignore[arg-type]
    found = [(h.span.of(text), set(h.values)) for h in index.find(text)]
    assert found == longest_names(names, text)


def entry(number: int, names: list[str]) -> RegistryEntry:
    aliases = tuple(Alias(name, natural_case(name), True) for name in dict.fromkeys(names))
    return RegistryEntry(f"e{number}", names[0], "rebel group", ("TCD",), aliases, None, None, None, "a test")


COUNTRIES = [c for c in packaged_countries() if c.code in ("TCD", "TUR")]


def test_entries_of_no_table_are_refused_by_id() -> None:
    with pytest.raises(KnowledgeError, match="actors: e0: 'TCD' is no country"):
        build_registry((), [entry(0, ["river"])])


@settings(max_examples=40)
@given(st.lists(st.lists(NAMES, min_size=1, max_size=4), max_size=6), TEXTS, st.randoms())
def test_the_order_of_rows_does_not_count(told: list[list[str]], text: str, random: Random) -> None:
    listed = [entry(number, names) for number, names in enumerate(told)]
    shuffled = list(listed)
    random.shuffle(shuffled)
    one, two = build_registry(COUNTRIES, listed), build_registry(COUNTRIES, shuffled)
    assert dict(one.entries) == dict(two.entries)
    assert [(h.span, set(h.values)) for h in one.find(text)] == [(h.span, set(h.values)) for h in two.find(text)]
    for names in told:
        assert {e.id for e in one.lookup(names[0])} == {e.id for e in two.lookup(names[0])} != set()


@given(st.lists(st.sampled_from(["north", "Front", "of", "Séla", "army", "B-12"]), min_size=1, max_size=4))
def test_a_name_is_found_where_it_stands(words: list[str]) -> None:
    name = " ".join(words)
    index = NameIndex([(name, "exact", "x")])
    text = f"xx {name} yy"
    hits = index.find(text)
    assert [h.span.of(text) for h in hits] == [name]
    assert index.lookup(name.upper()) == ("x",) and fold_name(name) == fold_name(name.upper())


PARTING = (
    ", ",
    "; ",
    ": ",
    ". ",
    "! ",
    "? ",
    " (",
    ") ",
    "... ",
    " \u2014 ",
    "\u2014",
    " \u2013 ",
    " - ",
    "--",
    " / ",
    "\n\n",
    "\r\n \r\n",
)
JOINING = (" ", "-", "\u2013", "\n", "\r\n", "  ", " '", "' ", ' "', "\u2019 ", "\u201d ", "-\n", "\u200b ", "_")
SINGLE = ("north", "Front", "Séla", "Army", "river", "Wardens")


@given(st.lists(st.sampled_from(SINGLE), min_size=2, max_size=4), st.data())
def test_a_name_runs_over_no_punctuation_but_its_own(words: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from(JOINING)) for _ in words[1:]]
    place = data.draw(st.integers(0, len(gaps) - 1))
    parting = data.draw(st.sampled_from(PARTING))
    plain = NameIndex([(" ".join(words), "exact", "x")])
    joined, parted = written(words, gaps), written(words, [*gaps[:place], parting, *gaps[place + 1 :]])
    assert [h.span.of(joined) for h in plain.find(joined)] == [joined]
    assert plain.find(parted) == ()
    own = NameIndex([(parted, "exact", "x")])
    if "\n" not in parting:
        assert [h.span.of(parted) for h in own.find(parted)] == [parted]
    assert [h.span.of(joined) for h in own.find(joined)] == [joined]


def written(words: list[str], gaps: list[str]) -> str:
    return words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))


@pytest.mark.parametrize(
    "name, text, found",
    [
        ("Assam Police", "in Assam, police said", []),
        ("Assam Police", "The road to Assam. Police came.", []),
        ("Assam Police", "the Assam\nPolice said", ["Assam\nPolice"]),
        ("Assam Police", "ASSAM\n\nPOLICE", []),
        ("U.S. Army", "the U.S. Army", ["U.S. Army"]),
        ("U S Army", "the U.S. Army", ["U.S. Army"]),
        ("Gen Idris Mahal", "Gen. Idris Mahal", ["Gen. Idris Mahal"]),
        ("Gen Idris Mahal", "Gen, Idris Mahal", []),
        ("River Front (Chad)", "the River Front (Chad) left", ["River Front (Chad"]),
        ("River Front (Chad)", "the River Front Chad left", ["River Front Chad"]),
        ("River Front Chad", "the River Front (Chad) left", []),
        ("River Front - North", "the River Front \u2013 North left", ["River Front \u2013 North"]),
        ("River Front North", "the River Front - North left", []),
        ("Lake/River Front", "the Lake/River Front", ["Lake/River Front"]),
        ("so-called River Front", 'the so-called "River Front"', ['so-called "River Front']),
        ("Wardens' Army", "the Wardens\u2019 Army", ["Wardens\u2019 Army"]),
    ],
)
def test_punctuation_within_names(name: str, text: str, found: list[str]) -> None:
    assert [h.span.of(text) for h in NameIndex([(name, natural_case(name), "x")]).find(text)] == found
