"""Pages in their places: how far each is moved by creep, turned, and cut off."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from layout.bindery.around import Matrix
from layout.bindery.imposition.frame import Frame
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.originals import Original
from layout.bindery.imposition.schemes import Layout, Side, Slot
from layout.plates.printers_marks import Box


class Placed(Struct, frozen=True):
    """A place with its page, None for a blank: `trim` and `clip` on the sheet, `creep` how far it is moved.

    `matrix` leads from the page's own space to the sheet's; it turns and moves, and never scales but by /UserUnit.
    """

    slot: Slot
    page: int | None
    trim: Box
    clip: Box
    creep: float
    matrix: Matrix


def creep_of(nest: int, layout: Layout, job: Job) -> float:
    """How far a page moves towards the spine: the leaves that are folded around its own, times their thickness.

    Each sheet around another pushes it outwards by its own thickness, so that the trimmed margin shrinks sheet by
    sheet (printwiki.org/Shingling; impozycjoner.com, Reduction of creeping pages, with the ideal coefficient 1).
    A total is shared out in the same way: nothing outermost, all of it innermost.
    """
    if job.creep is None:
        return nest * job.paper
    return job.creep * nest / layout.deepest if layout.deepest else 0.0


def placed(
    side: Side,
    layout: Layout,
    frame: Frame,
    order: Sequence[int | None],
    pages: Sequence[Original],
    job: Job,
) -> Iterator[Placed]:
    """The places of one side, in the scheme's order."""
    for slot in side.slots:
        index = order[slot.place]
        creep = creep_of(slot.nest, layout, job)
        yield _placed(slot, index, None if index is None else pages[index], frame, creep)


def _placed(
    slot: Slot, index: int | None, page: Original | None, frame: Frame, creep: float
) -> Placed:
    cell, room = frame.cell(slot.column, slot.row), frame.room(slot.column, slot.row)
    shift = {"left": -creep, "right": creep}.get(slot.spine, 0.0)
    if page is None:
        trim = Box(cell.left + shift, cell.bottom, cell.right + shift, cell.top)
        return Placed(slot, None, trim, trim, creep, (1, 0, 0, 1, 0, 0))
    trim = _in_cell(slot, page, cell, shift)
    matrix = _turned(page.matrix, trim) if slot.turned else _moved(page.matrix, trim)
    return Placed(slot, index, trim, _clip(trim, page, slot.turned, room), creep, matrix)


def _in_cell(slot: Slot, page: Original, cell: Box, shift: float) -> Box:
    """Where a page stands: at its spine, or at the left where it has none, and on its foot."""
    left = cell.right - page.width if slot.spine == "right" else cell.left
    bottom = cell.top - page.height if slot.turned else cell.bottom
    return Box(left + shift, bottom, left + shift + page.width, bottom + page.height)


def _clip(trim: Box, page: Original, turned: bool, room: Box) -> Box:
    """What of a page is painted: its trim and bleed, and no more than the room that is its own."""
    left, bottom = -page.bleed.left, -page.bleed.bottom
    right, top = page.bleed.right - page.width, page.bleed.top - page.height
    if turned:
        left, bottom, right, top = right, top, left, bottom
    return Box(
        max(trim.left - left, room.left),
        max(trim.bottom - bottom, room.bottom),
        min(trim.right + right, room.right),
        min(trim.top + top, room.top),
    )


def _moved(matrix: Matrix, trim: Box) -> Matrix:
    a, b, c, d, e, f = matrix
    return a, b, c, d, e + trim.left, f + trim.bottom


def _turned(matrix: Matrix, trim: Box) -> Matrix:
    """Head down: about the middle of the trim."""
    a, b, c, d, e, f = matrix
    return -a, -b, -c, -d, trim.right - e, trim.top - f
