"""Small fonts made for a test: a box for each character, the next one wider than the last."""

from collections.abc import Sequence
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

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
    return builder.font


def _box(name: str, width: int, height: int, cff: bool):
    pen = T2CharStringPen(width, None) if cff else TTGlyphPen(None)
    if name != "uni0020":
        pen.moveTo((50, 0))
        for point in ((50, height), (width - 50, height), (width - 50, 0)):
            pen.lineTo(point)
        pen.closePath()
    return pen.getCharString() if cff else pen.glyph()
