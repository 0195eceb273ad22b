"""Glyphs made of others, added to an embedded font: one for each letter that takes several glyphs to draw.

A program that reads a file takes what each code says in turn. Where a letter with its marks has one code, it
is read whole, in whatever order its parts stand. The outlines are those of the face: a composite of TrueType
names its parts (OpenType, glyf), a charstring repeats them (Adobe technical note 5177).

The door to fontTools, which takes a cold start's time: imported for the rare face with PostScript outlines.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from layout.house.faces import Face
from layout.plates.outlines import VERTICAL, Parts, with_composites
from layout.setting.grouping import codes_of
from layout.setting.marks import Shaped

Glyph = int | Parts
"""A glyph of a face, or one to make of several; below 0 one without ink or width."""


def letter_of(
    face: Face, piece: Shaped, start: int, count: int, leftward: bool = False
) -> tuple[Glyph, float]:
    """What draws some glyphs of a piece together, and how wide that is by the piece, in thousandths of an em.

    What has no ink is no part. A part alone on its place is drawn by its own glyph. `leftward` glyphs stand in
    the order of reading, each one left of the one before it; the letter's origin is at its left end all the same.
    """
    glyphs = range(start, start + count)
    advances = [face.advance(piece.pairs[at][0]) - piece.kerns[at] for at in glyphs]
    reach = sum(advances)
    parts = []
    pen = reach if leftward else 0.0
    for at, advance in zip(glyphs, advances, strict=True):
        across, up = (piece.shifts and piece.shifts[at]) or (0.0, 0.0)
        pen -= advance if leftward else 0.0
        if _has_ink(face, piece.pairs[at][0]):
            x, y = round((pen + across) / face.scale), round(up / face.scale)
            parts.append((piece.pairs[at][0], x, y))
        pen += 0.0 if leftward else advance
    if not parts:
        return piece.pairs[start][0], reach
    if len(parts) == 1 and parts[0][1:] == (0, 0):
        return parts[0][0], reach
    return tuple(parts), reach


def apart(glyph: Glyph, text: str, leftward: bool) -> list[tuple[Glyph, str]]:
    """A glyph with what it stands for; or with the first character only, and a blank one for each of the others.

    So it is where text is written from the right: some programs turn the characters of one code round. What stands
    twice has two codes: a program may take the same code on nearly the same place for a shadow (pdfium).
    """
    if len(text) < 2 or not (leftward or codes_of(text) > 1):
        return [(glyph, text)]
    return [
        (glyph if at == 0 else -1 - text.count(character, 0, at), character)
        for at, character in enumerate(text)
    ]


def is_blank(glyph: Glyph) -> bool:
    """Whether a glyph is one without ink or width."""
    return isinstance(glyph, int) and glyph < 0


def _has_ink(face: Face, glyph: int) -> bool:
    extents = face.font.get_glyph_extents(glyph)
    return extents is not None and bool(extents.width or extents.height)


def composed(data: bytes, letters: Mapping[Parts, int], compact: bool) -> bytes:
    """A font file with a glyph more for each of `letters`, whose parts are glyphs of the file, after all others.

    The values are widths in font units; `compact` is a file with PostScript outlines. The same file and letters
    give the same bytes.
    """
    if not compact:
        return with_composites(data, letters)
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcBBoxes=False, recalcTimestamp=False, lazy=True)
    for tag in VERTICAL:
        if tag in font:
            del font[tag]
    _add_charstrings(font, list(font.getGlyphOrder()), letters)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _add_charstrings(font: Any, names: Sequence[str], letters: Mapping[Parts, int]) -> None:
    """Charstrings that draw what those of the parts draw; in a font of several dictionaries, in the first part's."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    program = font["CFF "].cff.topDictIndex[0]
    strings, drawn = program.CharStrings, font.getGlyphSet()
    chosen = getattr(program, "FDSelect", None)
    last = int(names[-1].removeprefix("cid")) if hasattr(program, "ROS") else 0
    made = []
    for parts, width in letters.items():
        which = None if chosen is None else chosen[parts[0][0]]
        private = program.Private if which is None else program.FDArray[which].Private
        pen = T2CharStringPen(width - private.nominalWidthX, drawn)
        for glyph, x, y in parts:
            drawn[names[glyph]].draw(TransformPen(pen, (1, 0, 0, 1, x, y)))
        made.append((pen.getCharString(private, program.GlobalSubrs), which, width))
    for number, (string, which, width) in enumerate(made, 1):
        name = f"cid{last + number:05d}" if hasattr(program, "ROS") else f"letter{number:05d}"
        strings.charStringsIndex.append(string)
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        program.charset.append(name)
        if chosen is not None:
            chosen.append(which)
        font["hmtx"].metrics[name] = (width, 0)
    font.setGlyphOrder(program.charset)
    font["maxp"].numGlyphs = len(program.charset)
