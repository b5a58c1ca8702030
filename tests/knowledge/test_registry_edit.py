"""Rows added to a user's table, replaced and removed; what stood there stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casus.errors import InputError, KnowledgeError
from casus.knowledge.registry import check_table, load_registry
from casus.knowledge.registry_edit import add_row, remove_row
from casus.knowledge.registry_index import PIECE
from casus.knowledge.tables import read_table

WARDENS = {"id": "own:wardens", "name": "Lake Wardens", "kind": "rebel group", "aliases": ["Wardens of the Lake"]}
RAFT = {"id": "own:raft", "name": "Raft Men", "kind": "political militia", "part_of": "own:wardens"}

BY_HAND = """\
# our groups
source = "our team"   # since 2020

# the first of them
[[actors]]
id = "own:wardens"
name = "Lake Wardens"
kind = "rebel group"
[[actors.links]]  # a long way to write it
kind = "ally of"
actor = "boko-haram"

# and another
[[actors]]
id = "own:raft"
name = "Raft Men"
kind = "political militia"

[[states]]
state = "TCD"
branch = "military"
aliases = ["Lake Rangers of Chad"]
"""


@pytest.fixture(autouse=True)
def no_own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUS_ACTORS", "")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "data" / "actors.toml"


def by_hand(tmp_path: Path, text: str = BY_HAND) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_row_is_added_once_and_replaced(table: Path) -> None:
    assert add_row(table, WARDENS) == "added"
    assert add_row(table, RAFT) == "added"
    before = table.read_bytes()
    assert add_row(table, RAFT) == "already there"
    assert table.read_bytes() == before
    assert add_row(table, {**WARDENS, "since": 2016}) == "replaced"
    assert read_table(table)["actors"] == [{**WARDENS, "since": 2016}, RAFT]
    assert check_table(table) == ()


def test_what_was_written_by_hand_stays(tmp_path: Path) -> None:
    file = by_hand(tmp_path)
    add_row(file, {**RAFT, "name": "Raft People"})
    text = file.read_text(encoding="utf-8")
    assert text == BY_HAND.replace("Raft Men", "Raft People").replace(
        '"political militia"\n', '"political militia"\npart_of = "own:wardens"\n'
    )
    assert remove_row(file, "own:raft")
    left = file.read_text(encoding="utf-8")
    assert "# our groups" in left and "# and another" in left and "Raft" not in left and "[[states]]" in left
    assert remove_row(file, "own:wardens")
    left = file.read_text(encoding="utf-8")
    assert "boko-haram" not in left and "# the first of them" in left
    assert set(read_table(file)) == {"source", "states"}
    assert not remove_row(file, "own:wardens")


@pytest.mark.parametrize(
    "row, words",
    [
        ({"id": "own:x", "name": "Boko Haram", "kind": "rebel group"}, "the name 'Boko Haram' belongs to boko-haram"),
        ({"id": "own:x", "name": "X", "kind": "army"}, "kind 'army' is none of"),
        ({"id": "own:x", "name": "X", "kind": "rebel group", "part_of": "own:y"}, "is no other actor"),
        ({"id": "own:x", "name": "X", "kind": "rebel group", "since": 5}, "since must be a year"),
        ({"id": "boko-haram", "name": "X", "kind": "rebel group"}, "the id is taken"),
        ({"id": "own:x"}, "neither name and kind"),
        ({"id": "own:x", "name": "X \udcff", "kind": "rebel group"}, "bytes that are no text"),
    ],
)
def test_what_does_not_fit_changes_nothing(table: Path, row: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        add_row(table, row)
    assert str(caught.value).startswith("nothing added: ")
    assert not table.exists()
    add_row(table, WARDENS)
    before = table.read_bytes()
    with pytest.raises(InputError, match=words):
        add_row(table, row)
    assert table.read_bytes() == before
    assert [file.name for file in table.parent.iterdir()] == ["actors.toml"]


def test_a_row_that_others_need_is_not_removed(table: Path) -> None:
    add_row(table, WARDENS)
    add_row(table, RAFT)
    with pytest.raises(InputError, match="nothing removed: own:raft: part_of 'own:wardens' is no other actor"):
        remove_row(table, "own:wardens")
    assert remove_row(table, "own:raft") and remove_row(table, "own:wardens")
    assert "actors" not in read_table(table)


def test_a_table_that_is_wrong_already_is_to_be_mended_first(tmp_path: Path) -> None:
    file = by_hand(tmp_path, BY_HAND.replace('"political militia"', '"rafters"'))
    with pytest.raises(KnowledgeError, match=r"mine\.toml:17: own:raft: kind 'rafters' is none of"):
        add_row(file, {**WARDENS, "id": "own:third", "name": "Third", "aliases": []})


@pytest.mark.parametrize(
    "text, words",
    [
        (
            'source = "t"\nactors = [{ id = "own:wardens", name = "Lake Wardens", kind = "rebel group" }]',
            "mine.toml:2: ",
        ),
        ('source = "t"\nactors = 3', "mine.toml:2: "),
        ("actors = [", "no TOML"),
        ("", "says no source"),
    ],
)
def test_tables_that_cannot_be_added_to_are_left_alone(tmp_path: Path, text: str, words: str) -> None:
    file = by_hand(tmp_path, text)
    for row in (RAFT, {**WARDENS, "since": 2000}):
        with pytest.raises(KnowledgeError, match=words):
            add_row(file, row)
    assert file.read_text(encoding="utf-8") == text


def test_a_list_that_is_empty_gets_blocks_only_by_hand(tmp_path: Path) -> None:
    file = by_hand(tmp_path, 'source = "t"\nactors = []\n')
    with pytest.raises(KnowledgeError, match=r"mine\.toml:2: its actors are no \[\[actors\]\] blocks"):
        add_row(file, WARDENS)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write"):
        add_row(tmp_path / "file" / "actors.toml", WARDENS)


def test_a_write_that_fails_leaves_the_table(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_row(table, WARDENS)
    before = table.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="no space left"):
        add_row(table, RAFT)
    assert table.read_bytes() == before
    assert [file.name for file in table.parent.iterdir()] == ["actors.toml"]


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(lambda text: bool(PIECE.search(text)))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=4, unique=True), TEXTS)
def test_any_text_is_written_so_that_it_is_read_again(tmp_path: Path, names: list[str], see: str) -> None:
    table = tmp_path / "any.toml"
    table.unlink(missing_ok=True)
    row = {"id": "own:any", "name": "Any Band Of Ours", "kind": "rebel group", "aliases": names, "see": [see]}
    try:
        add_row(table, row)
    except InputError as error:
        assert "belongs to" in str(error)
        return
    assert read_table(table)["actors"] == [row]
    assert load_registry((table,)).entries["own:any"].see == (see,)
