"""Which language a text is in."""

from __future__ import annotations

import pytest

from casus.language.detect import detect_language

ENGLISH = "Three soldiers were killed and two wounded when a mine exploded under their truck near the northern border."


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        f"NAIROBI — {ENGLISH}",
        "Police fire on Lagos marchers",
        "3 killed in Kyiv",
        "THREE DEAD AS SHELLS HIT THE MARKET IN THE CITY",
        f"{ENGLISH} The group calls itself حركة الشباب المجاهدين in Arabic.",
        "Al-Nahr Brigade (Arabic: لواء النهر), has said that its leader Karim Haddad (كريم حداد) was killed",
        ENGLISH * 500,
    ],
)
def test_english(text: str) -> None:
    assert detect_language(text)[0] == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Al menos doce personas murieron el martes en un atentado con coche bomba en la capital.", "es"),
        ("TROIS SOLDATS TUÉS DANS UNE EMBUSCADE PRÈS DE LA FRONTIÈRE, SELON L’ARMÉE", "fr"),
        ("Drei Tote bei Anschlag in Kabul", "de"),
        ("В результате обстрела погибли три человека, сообщает полиция", "ru"),
        ("قتل ثلاثة جنود في هجوم على نقطة تفتيش", "ar"),
        ("Watu watatu wameuawa katika shambulio mjini Goma", "sw"),
        ("Tiga orang tewas dalam serangan di Papua", "id"),
    ],
)
def test_other_languages(text: str, code: str) -> None:
    found, probability = detect_language(text)
    assert found == code and 0 < probability <= 1


@pytest.mark.parametrize("text", ["", "12 – 14", "?!", "🕊"])
def test_without_letters_there_is_no_language(text: str) -> None:
    assert detect_language(text) == ("und", 0.0)


@pytest.mark.parametrize("text", ["Три человека погибли при обстреле", "قتل ثلاثة", "三人死亡"])
def test_another_script_is_never_english_and_never_undecided(text: str) -> None:
    assert detect_language(text)[0] not in ("en", "und")


@pytest.mark.parametrize("text", ["x", "12 dead", "Goma: M23"])
def test_too_little_to_tell_is_undecided_and_not_another_language(text: str) -> None:
    code, probability = detect_language(text)
    assert code == "und" and probability < 0.4
