"""Short lines of type as a small PDF, a page a line, to be laid on pages that are drawn elsewhere."""

import os
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from layout.ground.problems import Place
from layout.house.faces import Face, open_face
from layout.house.fontfiles import fonts_folder
from layout.plates.document import Document, Item, Stream, references
from layout.plates.fonts import PaintedFont
from layout.plates.jobnote import ELLIPSIS, MISSING

FACES = {"regular": "SourceSans3-Regular.ttf", "semibold": "SourceSans3-Semibold.ttf"}
DEPTH = 0.3
"""How far letters reach below their baseline, in parts of their size."""
HEIGHT = 1.3
"""Of a line's page, in parts of the size of its letters."""

Weight = Literal["regular", "semibold"]


class Caption(Struct, frozen=True):
    """A line of type: its letters, their size in points and colour in sRGB; cut off after `room` points."""

    text: str
    size: float
    weight: Weight = "regular"
    colour: tuple[float, float, float] = (0.1, 0.1, 0.1)
    room: float = 10_000.0


class Painted(Struct, frozen=True):
    """A PDF with a page for each caption, and how wide each came out in points."""

    pdf: bytes
    widths: tuple[float, ...]


def paint_captions(captions: Sequence[Caption]) -> Painted:
    """Captions in order, each at the left of a page of its own; the same captions give the same bytes."""
    document = Document((1, 6))
    root, tree, resources = Item(document), Item(document), Item(document)
    fonts = {
        weight: PaintedFont(_face(file), f"F{at}")
        for at, (weight, file) in enumerate(FACES.items(), 1)
    }
    pages, widths = [], []
    for caption in captions:
        page, width = _page(document, tree, resources, fonts[caption.weight], caption)
        pages.append(page)
        widths.append(width)
    written = "".join(f"/{it.name} {it.write(document).ref}" for it in fonts.values() if it.codes)
    resources.text = f"<</Font<<{written}>>>>"
    tree.text = f"<</Type/Pages/Count {len(pages)}/Kids{references(pages)}>>"
    root.text = f"<</Type/Catalog/Pages {tree.ref}>>"
    return Painted(document.written(root, Item(document, "<<>>"), "0" * 32), tuple(widths))


def _face(file: str) -> Face:
    path = os.path.join(fonts_folder(), "source-sans", file)
    return open_face(path, Place(path))


def _page(
    document: Document, tree: Item, resources: Item, font: PaintedFont, caption: Caption
) -> tuple[Item, float]:
    text = _fitted(font.face, caption)
    codes = "".join([font.code((_glyph(font.face, it), it)) for it in text])
    red, green, blue = caption.colour
    content = (
        f"BT {red:.3f} {green:.3f} {blue:.3f} rg /{font.name} {caption.size:g} Tf "
        f"0 {DEPTH * caption.size:.3f} Td <{codes}> Tj ET"
    )
    stream = Stream(document, content.encode("ascii"), deflate=False)
    width = _width(font.face, text, caption.size)
    page = Item(
        document,
        f"<</Type/Page/Parent {tree.ref}/MediaBox[0 0 {max(width, 1):.3f} {HEIGHT * caption.size:.3f}]"
        f"/Resources {resources.ref}/Contents {stream.ref}>>",
    )
    return page, width


def _fitted(face: Face, caption: Caption) -> str:
    """The characters that the face has and that there is room for."""
    text = "".join([it if it.isprintable() and face.has(it) else MISSING for it in caption.text])
    if _width(face, text, caption.size) <= caption.room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        short = text[:middle].rstrip() + ELLIPSIS
        if _width(face, short, caption.size) <= caption.room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def _glyph(face: Face, character: str) -> int:
    return int(face.font.get_nominal_glyph(ord(character)) or 0)


def _width(face: Face, text: str, size: float) -> float:
    return sum([face.advance(_glyph(face, it)) for it in text]) * size / 1000
