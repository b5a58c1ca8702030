"""The full GeoNames dump: small files of its form, written here, and what is wrong with others."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from casus.errors import InputError
from casus.knowledge import gazetteer_geonames
from casus.knowledge.gazetteer import GAZETTEER, Gazetteer, load_gazetteer
from casus.knowledge.gazetteer_geonames import Taken, build_geonames, load_features, total_bytes
from casus.knowledge.gazetteer_place import PlaceKind


def line(
    number: int,
    name: str,
    lat: float,
    lon: float,
    feature: str,
    *,
    country: str = "SY",
    admin1: str = "12",
    people: int = 0,
    others: str = "",
) -> str:
    """One line of a dump: the 19 columns of GeoNames' readme."""
    a, code = feature.split(".")
    columns = [
        str(number),
        name,
        name,
        others,
        str(lat),
        str(lon),
        a,
        code,
        country,
        "",
        admin1,
        "",
        "",
        "",
        str(people),
    ]
    return "\t".join([*columns, "", "300", "Asia/Damascus", "2024-01-01"]) + "\n"


LINES = [
    line(900000001, "Qaryat al Mathal", 36.12, 36.61, "P.PPL", people=900, others="Mathal Village,قرية,MTHL"),
    line(900000002, "Mukhayyam al Mathal", 36.13, 36.62, "S.CMPRF"),
    line(900000003, "Nahr al Mathal", 36.0, 36.5, "H.STM"),
    line(900000004, "Mathal Hotel", 36.0, 36.5, "S.HTL"),
    line(900000005, "Jabal al Mathal", 36.1, 36.4, "T.MT"),
    line(900000006, "Mathal Crossing", 36.24, 36.69, "S.PSTB"),
    line(900000007, "Hayy al Mathal", 36.2, 37.1, "P.PPLX", admin1="09"),
    line(900000008, "Deep Mathal", 0.0, 0.0, "H.SEA", country=""),
    line(900000009, "Nowhere Town", 0.0, 0.0, "P.PPL", country="ZZ"),
    line(170063, "Damascus", 33.5, 36.3, "P.PPLC", admin1="13", people=1_500_000, others="Dimashq Mathalia"),
]


def write_zip(path: Path, text: str, member: str = "allCountries.txt") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "what the columns are\n" * 999)
        archive.writestr(member, text)
    return path


def build(dump: Path, target: Path, alternate: Path | None = None, admin1: Path | None = None) -> Taken:
    base = Gazetteer()
    try:
        return build_geonames(dump, target, base, alternate=alternate, admin1=admin1, step=lambda read: None)
    finally:
        base.close()


Opener = Callable[[Path], Gazetteer]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens a layer over the packaged gazetteer; all are closed at the end."""
    with ExitStack() as stack:

        def open_layer(target: Path) -> Gazetteer:
            gazetteer = Gazetteer(GAZETTEER, layers=(target,))
            stack.callback(gazetteer.close)
            return gazetteer

        yield open_layer


def test_places_of_a_dump_are_found_beside_the_packaged_ones(tmp_path: Path, opened: Opener) -> None:
    taken = build(write_zip(tmp_path / "allCountries.zip", "".join(LINES)), tmp_path / "g.sqlite")
    assert (taken.places, taken.left_out, taken.broken) == (8, 2, 0)
    gazetteer = opened(tmp_path / "g.sqlite")
    (village,) = gazetteer.lookup("Qaryat al-Mathal")
    assert (village.country, village.admin1, village.kind, village.population) == ("SYR", "Idlib", "town", 900)
    assert (village.geonames_id, village.source, village.alternate) == (900000001, "geonames", False)
    assert gazetteer.lookup("Mathal Village")[0].alternate
    assert gazetteer.lookup("MTHL") == () and gazetteer.lookup("Mathal Hotel") == ()
    assert any(p.country == "SYR" for p in gazetteer.lookup("Damascus")), "the packaged places are still there"
    assert gazetteer.note is not None and "geonames (8 places" in gazetteer.note
    assert [layer.name for layer in gazetteer.layers] == ["casus", "geonames"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Mukhayyam al-Mathal", "site"),
        ("Nahr al-Mathal", "water"),
        ("Jabal al-Mathal", "mountain"),
        ("Mathal Crossing", "site"),
        ("Hayy al-Mathal", "neighbourhood"),
        ("Deep Mathal", "water"),
    ],
)
def test_features_become_kinds(name: str, kind: PlaceKind, tmp_path: Path, opened: Opener) -> None:
    build(write_zip(tmp_path / "SY.zip", "".join(LINES), "SY.txt"), tmp_path / "g.sqlite")
    assert [p.kind for p in opened(tmp_path / "g.sqlite").lookup(name)] == [kind]


def test_every_feature_is_a_kind() -> None:
    features = load_features()
    assert features["P"] == "town" and features["A.ADM1"] == "province" and features["S.CMPRF"] == "site"
    assert features["H.SPNG"] is None and "S.HTL" not in features


def test_a_place_of_both_layers_is_one_with_the_names_of_both(tmp_path: Path, opened: Opener) -> None:
    base = load_gazetteer()
    known = next(p for p in base.lookup("Damascus") if p.kind == "town" and p.country == "SYR")
    text = line(known.id, "Damascus", 33.5, 36.3, "P.PPLC", admin1="13", people=1, others="Dimashq Mathalia")
    build(write_zip(tmp_path / "allCountries.zip", text), tmp_path / "g.sqlite")
    gazetteer = opened(tmp_path / "g.sqlite")
    assert [p.id for p in gazetteer.lookup("Damascus")] == [p.id for p in base.lookup("Damascus")]
    assert gazetteer.lookup("Damascus") == base.lookup("Damascus")
    assert [p.id for p in gazetteer.lookup("Dimashq Mathalia")] == [known.id]


def test_alternate_names_and_provinces(tmp_path: Path, opened: Opener) -> None:
    rows = [
        "1\t900000001\ten\tExample Village\t1\t\t\t\t\t",
        "2\t900000001\tfr\tLe Village Exemple\t\t\t\t\t\t",
        "3\t900000001\tlink\thttps://example.org/Mathal\t\t\t\t\t\t",
        "4\t900000001\tar\tقرية\t\t\t\t\t\t",
        "5\t900000004\ten\tGrand Hotel Mathal\t\t\t\t\t\t",
    ]
    names = write_zip(tmp_path / "alternateNamesV2.zip", "\n".join(rows) + "\n", "alternateNamesV2.txt")
    admin1 = tmp_path / "admin1CodesASCII.txt"
    admin1.write_text("SY.12\tIdlib Governorate\tIdlib\t1\nSY.99\tNew Province\tNew Province\t2\n", encoding="utf-8")
    text = LINES[0] + line(900000010, "Neuort", 35.0, 37.0, "P.PPL", admin1="99")
    taken = build(write_zip(tmp_path / "allCountries.zip", text), tmp_path / "g.sqlite", names, admin1)
    assert taken.names == 3
    gazetteer = opened(tmp_path / "g.sqlite")
    assert not gazetteer.lookup("Example Village")[0].alternate
    assert gazetteer.lookup("Le Village Exemple")[0].alternate
    assert gazetteer.lookup("Grand Hotel Mathal") == (), "names of what was left out are left out"
    assert gazetteer.lookup("Neuort")[0].admin1 == "New Province"
    assert gazetteer.lookup("Example Village")[0].admin1 == "Idlib", "the packaged name of a province comes first"


def test_the_same_dump_gives_the_same_layer(tmp_path: Path, opened: Opener) -> None:
    dump = write_zip(tmp_path / "allCountries.zip", "".join(LINES))
    digests = set()
    for name in ("one.sqlite", "two.sqlite"):
        build(dump, tmp_path / name)
        digests.add(opened(tmp_path / name).layers[-1].digest)
    assert len(digests) == 1


def test_a_plain_text_file_will_do(tmp_path: Path) -> None:
    dump = tmp_path / "SY.txt"
    dump.write_text("".join(LINES), encoding="utf-8")
    assert total_bytes(dump) == dump.stat().st_size
    assert build(dump, tmp_path / "g.sqlite").places == 8


def test_broken_lines_are_left_out_and_told(tmp_path: Path) -> None:
    broken = [LINES[0], "900000011\tToo few\n", LINES[1].replace("36.13", "north"), LINES[2], "900000012" + LINES[0]]
    taken = build(write_zip(tmp_path / "allCountries.zip", "".join(broken)), tmp_path / "g.sqlite")
    assert (taken.places, taken.broken) == (2, 3)
    assert taken.bad[0] == "allCountries.txt line 2".replace(".txt", ".zip")


def refused(tmp_path: Path, dump: Path, message: str) -> None:
    target = tmp_path / "g.sqlite"
    target.write_bytes(b"what was there before")
    with pytest.raises(InputError, match=message):
        build(dump, target)
    assert target.read_bytes() == b"what was there before"
    assert sorted(p.name for p in tmp_path.iterdir() if "g.sqlite" in p.name) == ["g.sqlite"]


def test_other_files_are_refused_and_change_nothing(tmp_path: Path) -> None:
    refused(tmp_path, tmp_path / "missing.zip", "cannot read")
    refused(tmp_path, write_zip(tmp_path / "a.zip", "id,name,lat\n1,x,2\n"), "expected GeoNames' 19 columns")
    refused(tmp_path, write_zip(tmp_path / "b.zip", LINES[3]), "no places")
    refused(tmp_path, write_zip(tmp_path / "c.zip", "x", "data.csv"), r"line 1|no \.txt")
    long = tmp_path / "d.txt"
    long.write_text("x" * 300_000, encoding="utf-8")
    refused(tmp_path, long, "more than 200,000 characters")
    cut = write_zip(tmp_path / "e.zip", "".join(LINES) * 500)
    cut.write_bytes(cut.read_bytes()[:-200])
    refused(tmp_path, cut, "e.zip")


def test_an_archive_that_would_grow_beyond_bounds_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, write_zip(tmp_path / "bomb.zip", "0" * 3_000_000), "more than 100 times")


def test_a_corrupt_archive_is_refused(tmp_path: Path) -> None:
    dump = write_zip(tmp_path / "f.zip", "".join(line(i, f"Town {i * 7919}", 35, 36, "P.PPL") for i in range(1, 3000)))
    data = bytearray(dump.read_bytes())
    data[len(data) // 2] ^= 0xFF
    dump.write_bytes(data)
    refused(tmp_path, dump, "broken zip file|line")


def test_a_stopped_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(columns: list[str], kind: PlaceKind, country: str, divisions: dict[str, str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gazetteer_geonames, "_entry", stop)
    with pytest.raises(KeyboardInterrupt):
        build(write_zip(tmp_path / "allCountries.zip", "".join(LINES)), tmp_path / "g.sqlite")
    assert [p.name for p in tmp_path.iterdir()] == ["allCountries.zip"]
