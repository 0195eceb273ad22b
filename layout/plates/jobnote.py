"""Job notes outside the trim as a small PDF, a page a line, in an embedded face and in black alone."""

import os
from collections.abc import Sequence

from layout.ground.problems import Place
from layout.house.faces import Face, open_face
from layout.house.fontfiles import fonts_folder
from layout.plates.document import Document, Item, Stream, references
from layout.plates.fonts import PaintedFont

SIZE = 6.0
"""Of the letters, in points."""
HEIGHT = 8.0
"""Of a line's page, in points."""
BASELINE = 2.0
"""How high the line stands in it."""
ELLIPSIS = "\u2026"
MISSING = "?"
"""Stands for a character that the face has not."""


def slug_face() -> Face:
    """The face of job notes, one of the program's own."""
    path = os.path.join(fonts_folder(), "source-sans", "SourceSans3-Regular.ttf")
    return open_face(path, Place(path))


def fitted(name: str, rest: str, width: float) -> str:
    """`name` and `rest` as one line of at most `width` points; a name that is too long loses its middle."""
    face = slug_face()
    room = width - _width(face, rest)
    if _width(face, name) <= room:
        return name + rest
    for keep in range(len(name) - 1, 1, -1):
        short = name[: (keep + 1) // 2] + ELLIPSIS + name[len(name) - keep // 2 :]
        if _width(face, short) <= room:
            return short + rest
    return rest.lstrip(" \u00b7")


def paint_slugs(lines: Sequence[str], width: float) -> bytes:
    """A PDF of one page a line, each `width` by `HEIGHT` points, the line at its left."""
    document = Document((1, 6))
    root, tree, resources = Item(document), Item(document), Item(document)
    font = PaintedFont(slug_face(), "F1")
    pages = [_page(document, tree, resources, font, line, width) for line in lines]
    resources.text = f"<</Font<</F1 {font.write(document).ref}>>>>"
    tree.text = f"<</Type/Pages/Count {len(pages)}/Kids{references(pages)}>>"
    root.text = f"<</Type/Catalog/Pages {tree.ref}>>"
    return document.written(root, Item(document, "<<>>"), "0" * 32)


def _page(
    document: Document, tree: Item, resources: Item, font: PaintedFont, line: str, width: float
) -> Item:
    codes = "".join([font.code((_glyph(font.face, it), it)) for it in _shown(font.face, line)])
    content = f"BT 0 0 0 1 k /F1 {SIZE:g} Tf 0 {BASELINE:g} Td <{codes}> Tj ET"
    stream = Stream(document, content.encode("ascii"), deflate=False)
    return Item(
        document,
        f"<</Type/Page/Parent {tree.ref}/MediaBox[0 0 {width:.3f} {HEIGHT:g}]"
        f"/Resources {resources.ref}/Contents {stream.ref}>>",
    )


def _shown(face: Face, line: str) -> str:
    return "".join([it if it.isprintable() and face.has(it) else MISSING for it in line])


def _glyph(face: Face, character: str) -> int:
    return int(face.font.get_nominal_glyph(ord(character)) or 0)


def _width(face: Face, line: str) -> float:
    glyphs = [_glyph(face, it) for it in _shown(face, line)]
    return sum([face.advance(glyph) for glyph in glyphs]) * SIZE / 1000
