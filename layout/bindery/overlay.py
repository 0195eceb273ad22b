"""One page painted over another, which stays as it is below."""

from msgspec import Struct
from pypdf.generic import (
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from layout.bindery.around import Matrix, add_form, streams_of, surround, written
from layout.bindery.body import Stream, deflated, dictionary
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft

Box = tuple[float, float, float, float]


def finished_box(opened: Opened, page: DictionaryObject) -> Box:
    """A page's finished size in its own units: trim box, else crop box, inside the media box."""
    media = opened.box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    box = opened.box(page, "/TrimBox") or opened.box(page, "/CropBox") or media
    inner = (
        max(box[0], media[0]),
        max(box[1], media[1]),
        min(box[2], media[2]),
        min(box[3], media[3]),
    )
    return inner if inner[0] < inner[2] and inner[1] < inner[3] else media


def finished_size(opened: Opened, page: DictionaryObject) -> tuple[float, float]:
    """Width and height in points of a page as it is read: turned by /Rotate, times /UserUnit."""
    left, bottom, right, top = finished_box(opened, page)
    unit, turn = unit_of(opened, page), turn_of(opened, page)
    width, height = (right - left) * unit, (top - bottom) * unit
    return (height, width) if turn in (90, 270) else (width, height)


def unit_of(opened: Opened, page: DictionaryObject) -> float:
    """The points in a unit of a page's own space, its /UserUnit (ISO 32000-1, table 30)."""
    unit = opened.item(page, "/UserUnit")
    return float(unit) if isinstance(unit, NumberObject | FloatObject) and unit > 0 else 1.0


def turn_of(opened: Opened, page: DictionaryObject) -> int:
    """The degrees that a page is turned clockwise to be read, its /Rotate, 0 to 359."""
    turn = opened.item(page, "/Rotate")
    return int(turn) % 360 if isinstance(turn, NumberObject) else 0


class Overlay(Struct, frozen=True):
    """A page to be painted over others: as a form XObject, and its finished size."""

    form: IndirectObject
    box: Box


def overlay_of(graft: Graft, page: int) -> Overlay:
    """A page as an overlay; it need not be kept."""
    with graft.opened.reading():
        entries = graft.opened.pages[page].entries
        return Overlay(_as_form(graft, entries), finished_box(graft.opened, entries))


def _as_form(graft: Graft, entries: DictionaryObject) -> IndirectObject:
    """A page as a form XObject (ISO 32000-1, 8.10), in its own coordinates."""
    rewritten = graft.joining.page(graft, entries) if graft.joining is not None else None
    streams = streams_of(graft.opened, entries)
    form = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": graft.copy(dict.get(entries, "/MediaBox")),
        "/Resources": graft.copy(dict.get(entries, "/Resources")),
    }
    if rewritten is not None:
        form["/Resources"] = rewritten.resources
        return graft.body.add_stream(deflated(b"\n".join(rewritten.streams), form))
    if len(streams) == 1:  # as it is, still compressed
        form |= {key: graft.copy(dict.get(streams[0], key)) for key in ("/Filter", "/DecodeParms")}
        return graft.body.add_stream(Stream(dictionary(form), streams[0]._data))
    data = b"\n".join([graft.opened.data_of(each) for each in streams])
    return graft.body.add_stream(Stream(dictionary(form), data))


def lay_over(guest: Graft, page: int, overlay: Overlay) -> None:
    """Paint an overlay over a settled page of `guest`, whose content is not touched.

    Both lower edges meet, centres over each other; an overlay that is larger than the page is
    scaled down to it. To readers of tags it is an artifact (14.8.2.2).
    """
    matrix = _placed(guest.opened, guest.opened.pages[page].entries, overlay.box)
    name = add_form(guest, page, "/Folio", overlay.form)
    painted = b"/Artifact BMC q %b cm %b Do Q EMC\n" % (written(matrix), name.encode())
    surround(guest, page, after=painted)


def _placed(opened: Opened, page: DictionaryObject, box: Box) -> Matrix:
    """The matrix from the overlay's space to the page's (ISO 32000-1, 8.3.4)."""
    width, height = finished_size(opened, page)
    own_width, own_height = box[2] - box[0], box[3] - box[1]
    scale = min(1.0, width / own_width, height / own_height)
    unit = unit_of(opened, page)
    across = (width - scale * own_width) / 2 - scale * box[0]
    up = -scale * box[1]
    left, bottom, right, top = finished_box(opened, page)
    # As it is read, a page turned clockwise has its lower left corner at another corner of the box.
    a, b, c, d, e, f = {
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }.get(turn_of(opened, page), (1.0, 0.0, 0.0, 1.0, left, bottom))
    x, y, s = across / unit, up / unit, scale / unit
    return s * a, s * b, s * c, s * d, x * a + y * c + e, x * b + y * d + f
