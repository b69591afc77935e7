"""What the fonts can print, and what stands in for the rest."""

from pathlib import Path

import pytest

from reports.characters import code_points, fitted, printable, unprintable_in

FONTS = Path(__file__).parents[2] / "reports" / "fonts"


def test_thai_latin_and_the_tick_are_printable() -> None:
    assert printable().issuperset(map(ord, "กขฃ ำ ๏๙ฯ ฿ABC–—“”×÷−✓□"))


def test_a_missing_character_becomes_an_empty_box_and_the_invisible_nothing() -> None:
    assert fitted({"name": ["เด็ก😀ดี\u200b\ufe0f\x07", ("บรรทัด\r\nใหม่",)], "n": 1}) == {
        "name": ["เด็ก□ดี", ["บรรทัด ใหม่"]],
        "n": 1,
    }


def test_missing_characters_are_named_once() -> None:
    assert code_points(unprintable_in("中😀中\u200b\n□")) == "U+4E2D U+1F600"


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_list_of_characters_is_what_the_fonts_have(style: str) -> None:
    fonttools = pytest.importorskip("fontTools.ttLib")
    known = set(fonttools.TTFont(FONTS / f"SarabunMuni-{style}.ttf").getBestCmap())
    assert printable() <= known
