"""Makes the fonts of this folder from Sarabun (PyPI: fontpkg-sarabun, OFL 1.1, no reserved font name).

    python reports/fonts/build.py FOLDER_WITH_SARABUN_TTF

Needs fonttools[woff]. The result is "Sarabun Muni": Sarabun with two changes.
1. Level tone marks. Sarabun sets a tone mark above a vowel mark (ถิ่, นิ่) up to 46/1000 em off the level of its siblings.
   The PDF engine then ends the run of text at that mark and writes the syllable twice into the text layer, so that a
   search for "ท้องถิ่น" finds nothing. All stacked marks of one class get one level; no eye sees the difference.
2. A tick and an empty box, which no Thai font has: ✓ for the status columns, □ for a character that the font lacks.
"""

import sys
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent
WEIGHTS = {"Regular": 80, "Bold": 115}  # style -> stroke of the drawn tick and box, in font units of 1000 an em
ABOVE_VOWELS = ("uni0E31", "uni0E34", "uni0E35", "uni0E36", "uni0E37", "uni0E47", "uni0E4D")
SMALL_TONES = {f"uni0E4{last}.small" for last in "89ABC"}
FOR_THE_WEB = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0xE01, 0xE5C), *map(ord, "–—‘’“”•…→−×÷≤≥✓□")]


def main(sarabun: Path) -> None:
    """Write the fonts for the PDF, their subsets for the page and the list of characters that they have."""
    characters: set[int] | None = None
    for style, stroke in WEIGHTS.items():
        font = TTFont(sarabun / f"Sarabun-{style}.ttf", recalcTimestamp=False)
        level_stacked_marks(font)
        add_glyph(font, 0x2713, tick(stroke))
        add_glyph(font, 0x25A1, box(stroke))
        rename(font, "Sarabun", "Sarabun Muni")
        font.save(FOLDER / f"SarabunMuni-{style}.ttf")
        known = {code for code in font.getBestCmap() if code >= 0x20 and code != 0xF8FF}  # no controls, no private logo
        characters = known if characters is None else characters & known
        save_for_the_web(FOLDER / f"SarabunMuni-{style}.ttf")
    (FOLDER / "characters.txt").write_text("\n".join(ranges(characters or set())) + "\n", encoding="ascii")


def level_stacked_marks(font: Any) -> None:
    """Give the tone marks that stand on a vowel mark one height, class by class."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = table.ExtSubTable if table.LookupType == 9 else table
            if inner.LookupType == 6:
                level_one_table(inner)


def level_one_table(table: Any) -> None:
    """Level one mark-to-mark table."""
    tones: dict[int, list[Any]] = {}
    for glyph, record in zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True):
        if glyph in SMALL_TONES:
            tones.setdefault(record.Class, []).append(record.MarkAnchor)
    for glyph, record in zip(table.Mark2Coverage.glyphs, table.Mark2Array.Mark2Record, strict=True):
        if not glyph.startswith(ABOVE_VOWELS):
            continue
        for mark_class, anchor in enumerate(record.Mark2Anchor):
            if anchor is not None and mark_class in tones:
                level = max(tone.YCoordinate for tone in tones[mark_class])
                for each in (anchor, *tones[mark_class]):
                    each.YCoordinate = level


def tick(stroke: int) -> tuple[list[list[tuple[int, int]]], int]:
    """A check mark as outlines and its width."""
    outer = [(40, 330), (250, 40), (660, 740)]
    inner = [(660 - stroke, 740 + stroke // 4), (250 - stroke // 5, 40 + 2 * stroke), (40 + stroke, 330 + stroke // 2)]
    return [[*outer, *inner]], 700


def box(stroke: int) -> tuple[list[list[tuple[int, int]]], int]:
    """An empty square as outlines and its width."""
    low, high = 60, 640
    small, large = low + stroke, high - stroke
    outside = [(low, 0), (low, high - low), (high, high - low), (high, 0)]
    inside = [(small, stroke), (large, stroke), (large, large - low), (small, large - low)]
    return [outside, inside], 700


def add_glyph(font: Any, code: int, drawing: tuple[list[list[tuple[int, int]]], int]) -> None:
    """Add a glyph of straight lines under a character."""
    outlines, width = drawing
    pen = TTGlyphPen(None)
    for outline in outlines:
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    name = f"uni{code:04X}"
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, min(x for outline in outlines for x, _ in outline))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def rename(font: Any, old: str, new: str) -> None:
    """Give the changed font its own family name."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = str(record).replace(old, new.replace(" ", "") if record.nameID == 6 else new)


def save_for_the_web(whole: Path) -> None:
    """Write the Thai and Latin part of a font as WOFF2."""
    font = TTFont(whole, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=FOR_THE_WEB)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(whole.with_suffix(".woff2"))


def ranges(codes: set[int]) -> list[str]:
    """Codes as inclusive hexadecimal ranges: 20-7E."""
    first: list[int] = [code for code in sorted(codes) if code - 1 not in codes]
    last: list[int] = [code for code in sorted(codes) if code + 1 not in codes]
    return [f"{start:X}-{end:X}" for start, end in zip(first, last, strict=True)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
