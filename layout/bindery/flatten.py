"""Annotations painted as content of their pages, where and as a viewer would show them (ISO 32000-1, 12.5.5)."""

from collections.abc import Iterable
from math import isfinite
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from layout.bindery.annots import NO_ROTATE, Painted, flags_of
from layout.bindery.around import Matrix, add_form, add_resource, surround, written
from layout.bindery.body import Stream
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.bindery.overlay import Box, turn_of
from layout.bindery.tagtree import Marked, TagTree


def paint_annotations(graft: Graft, pages: Iterable[int], tree: TagTree) -> None:
    """Paint what `graft.sorted` has to be painted on settled pages, over their content.

    What an element of the tree speaks of is marked as its content; in a file with tags all else is an artifact.
    """
    held = (
        (kid.page, kid.mark)
        for element in (tree.kept() if graft.marks else ())
        for kid in element.kids
        if isinstance(kid, Marked)
    )
    spoken = set(held)
    for page in pages:
        pieces = [
            _marked(graft, page, it, painted, spoken) if tree.is_live else painted
            for it in graft.sorted[page].painted
            if (painted := _painted(graft, page, it))
        ]
        if pieces:
            surround(graft, page, after=b"\n".join([*pieces, b""]))


def _marked(
    graft: Graft, page: int, annotation: Painted, piece: bytes, spoken: set[tuple[int, int]]
) -> bytes:
    mark = graft.marks.get(annotation.key) if annotation.key else None
    if mark is not None and (page, mark) in spoken:
        return b"/Span <</MCID %d>> BDC %b EMC" % (mark, piece)
    return b"/Artifact BMC %b EMC" % piece


def _painted(graft: Graft, page: int, annotation: Painted) -> bytes:
    """The operators that paint an annotation; none for one without a size."""
    entries = graft.opened.pages[page].entries
    matrix = placed(graft.opened, annotation, turn_of(graft.opened, entries))
    if matrix is None:
        return b""
    name = add_form(graft, page, "/Annot", look_form(graft, annotation))
    piece = b"q %b cm %b Do Q" % (written(matrix), name.encode())
    return _in_layer(graft, page, annotation, piece)


def placed(opened: Opened, annotation: Painted, turn: int) -> Matrix | None:
    """The matrix A of algorithm 8.1, from the appearance's own matrix on to the page; None for what has no size.

    On a page turned by `turn` degrees an annotation that does not turn with it stands upright, hung up
    at its upper left corner (12.5.3).
    """
    look: Any = opened.resolve(annotation.look)
    rect, box = opened.box(annotation.entries, "/Rect"), opened.box(look, "/BBox")
    if rect is None or box is None:
        return None
    left, bottom, right, top = _bounds(box, _matrix(opened, look))
    wide, high = right - left, top - bottom
    if not (wide > 0 and high > 0):
        return None
    across, up = (rect[2] - rect[0]) / wide, (rect[3] - rect[1]) / high
    x, y = rect[0] - left * across, rect[1] - bottom * up
    if not all(map(isfinite, (across, up, x, y))):
        return None
    if not flags_of(opened, annotation.entries) & NO_ROTATE:
        return across, 0.0, 0.0, up, x, y
    # Turned back about the corner (c, d): what is read upright has the page's turn against it.
    cos, sin = {90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}.get(turn, (1.0, 0.0))
    c, d = rect[0], rect[3]
    return (
        across * cos, across * sin, -up * sin, up * cos,
        (x - c) * cos - (y - d) * sin + c, (x - c) * sin + (y - d) * cos + d,
    )  # fmt: skip


def _matrix(opened: Opened, look: DictionaryObject) -> Matrix:
    found = opened.item(look, "/Matrix")
    if not isinstance(found, ArrayObject) or len(found) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = (float(opened.resolve(each)) for each in found)
    return a, b, c, d, e, f


def _bounds(box: Box, matrix: Matrix) -> Box:
    """What holds a box once the matrix has moved it."""
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])
    ]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def look_form(graft: Graft, annotation: Painted) -> IndirectObject:
    """The appearance as a form; without resources of its own it has those of the file's form (12.7.2)."""
    opened = graft.opened
    look: Any = opened.resolve(annotation.look)
    if opened.item(look, "/Subtype") == "/Form" and "/Resources" in look:
        known: IndirectObject = graft.copy(annotation.look)
        return known
    entries = DictionaryObject({key: value for key, value in look.items() if key != "/Length"})
    entries[NameObject("/Subtype")] = NameObject("/Form")
    form = opened.item(opened.root, "/AcroForm")
    if "/Resources" not in look and isinstance(form, DictionaryObject) and "/DR" in form:
        entries[NameObject("/Resources")] = dict.__getitem__(form, "/DR")
    return graft.body.add_stream(Stream(graft.copy(entries), look._data))


def _in_layer(graft: Graft, page: int, annotation: Painted, piece: bytes) -> bytes:
    """What is painted in the layer of its annotation (8.11.3.3), if it has one."""
    layer = dict.get(annotation.entries, "/OC")
    if not isinstance(layer, IndirectObject) or graft.opened.resolve(layer) is None:
        return piece
    name = add_resource(graft, page, "/Properties", "/Annot", graft.copy(layer))
    return b"/OC %b BDC %b EMC" % (name.encode(), piece)
