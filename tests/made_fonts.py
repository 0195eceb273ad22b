"""Small fonts made for a test: a box for each character, the next one wider than the last."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from reprints import source

from layout.desk.cli import main

LETTERS = "".join(map(chr, range(0x1780, 0x17A3)))
"""Khmer consonants, which none of the program's faces has."""

KHMER = "កខគ"
"""Letters of a script for which no face comes with the program."""


def font(
    path: Path,
    characters: str = KHMER,
    *,
    rights: int = 0,
    cff: bool = False,
    height: int = 700,
    name: str = "Made",
) -> Path:
    """A font file that has these characters and a space, with TrueType outlines or PostScript's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _made(characters, rights, cff, height, name).save(path)
    return path


def collection(path: Path, faces: Sequence[str]) -> Path:
    """A collection with a face for each text, which has its characters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = TTCollection()
    made.fonts = [_made(it, 0, False, 700, f"Made{n}") for n, it in enumerate(faces)]
    made.save(path)
    return path


def _made(characters: str, rights: int, cff: bool, height: int, name: str) -> TTFont:
    names = {ord(it): f"uni{ord(it):04X}" for it in dict.fromkeys(" " + characters)}
    widths = {".notdef": 500} | {it: 500 + 20 * n for n, it in enumerate(names.values())}
    builder = FontBuilder(1000, isTTF=not cff)
    builder.font.recalcTimestamp = False  # the same font is the same bytes, whatever the second
    builder.updateHead(created=0, modified=0)
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap(names)
    drawn = {it: _box(it, width, height, cff) for it, width in widths.items()}
    if cff:
        builder.setupCFF(name, {}, drawn, {})
    else:
        builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics({it: (width, 50) for it, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(fsType=rights, sxHeight=height, sCapHeight=height)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False  # the same bytes at any time
    return builder.font


def _box(name: str, width: int, height: int, cff: bool):
    pen = T2CharStringPen(width, None) if cff else TTGlyphPen(None)
    if name != "uni0020":
        foot = -300 if name == ".notdef" else 0  # so that the box of all has a negative number
        pen.moveTo((50, foot))
        for point in ((50, height), (width - 50, height), (width - 50, foot)):
            pen.lineTo(point)
        pen.closePath()
    return pen.getCharString() if cff else pen.glyph()


def compact_reprints(folder: Path, words: Sequence[str]) -> list[str]:
    """Reprints with Khmer words in one face with PostScript outlines, found in a folder of OFFPRINT_FONTS."""
    font(folder / "fonts" / "NotoSerifKhmer-Regular.ttf", LETTERS, cff=True)
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        patch.setenv("OFFPRINT_FONTS", str(folder / "fonts"))
        for n, said in enumerate(words):
            entry = [{"question": f"Question {n}?", "answer": f"It is {said} here."}]
            written = source(folder, f"{n}.yaml", title=f"Title {n}", interview=entry)
            found.append(str(folder / f"{n}.pdf"))
            assert main(["build", str(written), "-o", found[-1], "--quiet"]) == 0
    return found
