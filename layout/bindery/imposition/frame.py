"""Where the places of a grid are on a sheet, and how large the sheet must be: lengths only, no pages."""

from collections.abc import Sequence

from msgspec import Struct

from layout.bindery.imposition.job import TRIMMED, Job
from layout.bindery.imposition.originals import Original
from layout.bindery.imposition.schemes import Grid, Joint
from layout.ground.papers import Size, chosen
from layout.ground.problems import Place
from layout.ground.units import MM
from layout.plates.printers_marks import CLEARANCE, LENGTH, PATCH, Box, bar_width

STRIP = PATCH + MM / 4
"""The height of the colour bar or the slug with a little air, beyond the other marks."""


class Frame(Struct, frozen=True):
    """A sheet and the places on it; `across` and `up` are where each column and row begins.

    `gaps_across` and `gaps_up` are the widths of the joints, `reach` how far from the block of all pages marks
    begin, and `outer` how much bleed has room outside it.
    """

    name: str
    width: float
    height: float
    across: tuple[float, ...]
    up: tuple[float, ...]
    gaps_across: tuple[float, ...]
    gaps_up: tuple[float, ...]
    page: Size
    reach: float
    outer: float

    @property
    def block(self) -> Box:
        """All pages of a side together, without bleed."""
        right, top = self.across[-1] + self.page[0], self.up[-1] + self.page[1]
        return Box(self.across[0], self.up[0], right, top)

    def joint_across(self, at: int) -> float:
        """The middle of the joint to the right of a column."""
        return self.across[at] + self.page[0] + self.gaps_across[at] / 2

    def joint_up(self, at: int) -> float:
        """The middle of the joint over a row."""
        return self.up[at] + self.page[1] + self.gaps_up[at] / 2

    def cell(self, column: int, row: int) -> Box:
        """The trim of one place."""
        left, bottom = self.across[column], self.up[row]
        return Box(left, bottom, left + self.page[0], bottom + self.page[1])

    def room(self, column: int, row: int) -> Box:
        """The trim of one place with what of the bleed belongs to it: half of each joint."""
        cell = self.cell(column, row)
        across = (self.outer, *[gap / 2 for gap in self.gaps_across], self.outer)
        up = (self.outer, *[gap / 2 for gap in self.gaps_up], self.outer)
        return Box(
            cell.left - across[column],
            cell.bottom - up[row],
            cell.right + across[column + 1],
            cell.top + up[row + 1],
        )


def frame_of(grid: Grid, pages: Sequence[Original], spots: int, job: Job, place: Place) -> Frame:
    """The places of a grid on the sheet that is asked for; raises `Refused` at `place` if it is too small."""
    page = (max(it.width for it in pages), max(it.height for it in pages))
    bleed = bleed_of(pages, job)
    across = tuple([_gap(joint, bleed, job) for joint in grid.across])
    up = tuple([_gap(joint, bleed, job) for joint in grid.up])
    block = (grid.columns * page[0] + sum(across), grid.rows * page[1] + sum(up))
    reach, margins = _margins(bleed, job)
    least = (block[0] + 2 * margins[0], block[1] + 2 * margins[1])
    if "colour_bar" in job.marks:
        least = (max(least[0], bar_width(spots) + 2 * CLEARANCE), least[1])
    name, (width, height) = chosen(job.sheet, least, page, place)
    return Frame(
        name,
        width,
        height,
        _starts((width - block[0]) / 2, page[0], across),
        _starts((height - block[1]) / 2, page[1], up),
        across,
        up,
        page,
        reach,
        bleed,
    )


def bleed_of(pages: Sequence[Original], job: Job) -> float:
    """The widest bleed of all pages, or as much as is asked for."""
    edges = [
        max(-it.bleed.left, -it.bleed.bottom, it.bleed.right - it.width, it.bleed.top - it.height)
        for it in pages
    ]
    widest = max(0.0, *edges)
    return widest if job.bleed is None else min(widest, job.bleed)


def _gap(joint: Joint, bleed: float, job: Job) -> float:
    """The width of a joint: nothing where pages meet in a stitched spine."""
    if joint == "spine":
        return 0.0 if job.scheme == "saddle" else 2 * job.milling
    if joint == "trim":
        return 2 * max(bleed, TRIMMED)
    return 2 * bleed if job.gutter is None else job.gutter


def _margins(bleed: float, job: Job) -> tuple[float, Size]:
    """Where marks begin outside the block, and what stands outside it at the sides, and at head and foot."""
    if not job.marks:
        return bleed, (bleed, bleed)
    reach = max(bleed, CLEARANCE)
    side = reach + LENGTH if {"crop", "fold", "registration"} & set(job.marks) else reach
    strip = STRIP if {"colour_bar", "slug"} & set(job.marks) else 0.0
    return reach, (side, side + strip)


def _starts(first: float, side: float, gaps: Sequence[float]) -> tuple[float, ...]:
    starts = [first]
    for gap in gaps:
        starts.append(starts[-1] + side + gap)
    return tuple(starts)
