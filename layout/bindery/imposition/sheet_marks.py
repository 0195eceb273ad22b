"""The marks of a sheet's sides: where the scheme wants them, outside all pages and their bleed."""

from collections.abc import Iterator, Sequence

from layout.bindery.imposition.frame import STRIP, Frame
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.placing import Placed
from layout.bindery.imposition.schemes import Grid
from layout.ground.units import MM
from layout.plates.printers_marks import (
    LENGTH,
    PATCH,
    Box,
    Line,
    Spot,
    bar_width,
    collation_mark,
    colour_bar,
    cut_marks,
    fold_marks,
    registration_target,
)

STEP = 5 * MM
"""The height of a collation mark, by which the next signature's stands lower."""
HEAD = 10 * MM
"""How far below the head the first one begins."""
WIDEST = 4 * MM
"""The width of a collation mark, if so much of the spine is milled off."""


def side_marks(
    places: Sequence[Placed], grid: Grid, frame: Frame, spots: Sequence[Spot], job: Job
) -> str:
    """The operators of all marks that are the same for every sheet of one grid, and of its pages' crops."""
    outer = frame.block.grown(frame.reach)
    wanted, parts = set(job.marks), []
    if "crop" in wanted:
        parts.append(cut_marks(sorted({*_crops(places, frame, outer), *_cuts(grid, frame, outer)})))
    if "fold" in wanted:
        parts.append(fold_marks(_folds(grid, frame, outer)))
    if "registration" in wanted:
        parts += [registration_target(x, y) for x, y in _targets(frame, outer)]
    if "colour_bar" in wanted:
        left = (frame.width - bar_width(len(spots))) / 2
        parts.append(colour_bar(left, _strip(frame, job, outer).top - PATCH, spots))
    return "".join(parts)


def slug_origin(frame: Frame, job: Job) -> tuple[float, float]:
    """Where the job note begins: under the block's left corner, outside all other marks."""
    outer = frame.block.grown(frame.reach)
    return frame.block.left, _strip(frame, job, outer).bottom


def collation(signature: int, spine: float, frame: Frame, job: Job) -> str:
    """The bar on the spine of one signature, numbered from 1; '' where nothing is milled off that could hide it."""
    width = min(WIDEST, 4 / 3 * job.milling)
    if "collation" not in job.marks or not width:
        return ""
    cell = frame.cell(0, 0)
    height = min(STEP, cell.height / 4)
    head = min(HEAD, cell.height / 4)
    steps = max(1, int((cell.height - 2 * head) / height))
    top = cell.top - head - (signature - 1) % steps * height
    return collation_mark(Box(spine - width / 2, top - height, spine + width / 2, top))


def outer_spine(places: Sequence[Placed], frame: Frame) -> float | None:
    """Where the fold is that becomes a signature's back, on the side that shows it: beside its first page."""
    first = min(places, key=lambda it: it.slot.place).slot
    if not first.spine:
        return None
    return frame.joint_across(first.column - 1 if first.spine == "left" else first.column)


def _strip(frame: Frame, job: Job, outer: Box) -> Box:
    """The box whose upper and lower edges the colour bar and the job note touch."""
    lines = {"crop", "fold", "registration"} & set(job.marks)
    return outer.grown((LENGTH if lines else 0.0) + STRIP)


def _crops(places: Sequence[Placed], frame: Frame, outer: Box) -> Iterator[Line]:
    """Lines at the edges of pages where they are cut, moved with them; none at spines."""
    for it in places:
        trim, slot = it.trim, it.slot
        edges = [("left", trim.left), ("right", trim.right)]
        for x in [x for side, x in edges if side != slot.spine]:
            if slot.row == 0:
                yield x, outer.bottom, x, outer.bottom - LENGTH
            if slot.row == len(frame.up) - 1:
                yield x, outer.top, x, outer.top + LENGTH
        for y in (trim.bottom, trim.top):
            if slot.column == 0:
                yield outer.left, y, outer.left - LENGTH, y
            if slot.column == len(frame.across) - 1:
                yield outer.right, y, outer.right + LENGTH, y


def _cuts(grid: Grid, frame: Frame, outer: Box) -> Iterator[Line]:
    """Lines where a turned sheet is cut in two, between its signatures."""
    if "cut" in grid.across and "spine" in grid.across:
        x = frame.joint_across(grid.across.index("cut"))
        yield x, outer.bottom, x, outer.bottom - LENGTH
        yield x, outer.top, x, outer.top + LENGTH


def _folds(grid: Grid, frame: Frame, outer: Box) -> Iterator[Line]:
    for at, joint in enumerate(grid.across):
        if joint != "cut":
            x = frame.joint_across(at)
            yield x, outer.bottom, x, outer.bottom - LENGTH
            yield x, outer.top, x, outer.top + LENGTH
    for at, joint in enumerate(grid.up):
        if joint != "cut":
            y = frame.joint_up(at)
            yield outer.left, y, outer.left - LENGTH, y
            yield outer.right, y, outer.right + LENGTH, y


def _targets(frame: Frame, outer: Box) -> Iterator[tuple[float, float]]:
    """On all four sides, at the middles of the first and last column and row: front and back fall together."""
    away = outer.grown(LENGTH / 2)
    for x in sorted({start + frame.page[0] / 2 for start in (frame.across[0], frame.across[-1])}):
        yield x, away.bottom
        yield x, away.top
    for y in sorted({start + frame.page[1] / 2 for start in (frame.up[0], frame.up[-1])}):
        yield away.left, y
        yield away.right, y
