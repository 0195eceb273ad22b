"""What an imposition will be before anything is made: its sheets, its measures and its words for both."""

from collections.abc import Sequence

from msgspec import Struct
from pypdf.generic import DictionaryObject

from layout.bindery.foreign import Opened
from layout.bindery.imposition.frame import Frame, frame_of
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.order import arranged
from layout.bindery.imposition.originals import Original, read_originals
from layout.bindery.imposition.placing import Placed, creep_of, placed
from layout.bindery.imposition.schemes import Layout, Sheet, Side, layout_of
from layout.bindery.imposition.spots import SpotInk, spots_of
from layout.ground.problems import refuse
from layout.ground.units import MM

WORDS = {
    "saddle": "saddle stitch",
    "perfect": "perfect bound",
    "n-up": "n-up",
    "work-and-turn": "work and turn",
}
"""What schemes are called in messages."""

FARTHEST = 0.25
"""Of a page's width may be lost in the spine by creep; more is a slip of units."""


class Plan(Struct, frozen=True):
    """All that is known of the sheets: `order` has the index of the page in each place, None for a blank."""

    job: Job
    layout: Layout
    order: Sequence[int | None]
    pages: Sequence[Original]
    frame: Frame
    spots: Sequence[SpotInk]

    @property
    def blanks(self) -> int:
        """How many places no page has."""
        return len(self.order) - len(self.pages)

    @property
    def is_gathered(self) -> bool:
        """Whether folded signatures lie one behind the other."""
        return self.job.scheme in ("perfect", "work-and-turn")

    @property
    def scheme(self) -> str:
        """What the scheme is called, with its size where it has one."""
        words = WORDS[self.job.scheme]
        if self.job.scheme == "n-up":
            return f"{self.job.up[0]} x {self.job.up[1]} {words}"
        return f"{words}, signatures of {self.job.signature}" if self.is_gathered else words

    def places(self, side: Side) -> tuple[Placed, ...]:
        """The places of one side with their pages."""
        return tuple(placed(side, self.layout, self.frame, self.order, self.pages, self.job))


def plan_of(opened: Opened, job: Job) -> Plan:
    """The plan for the pages of a file.

    Raises `Refused` for pages of different sizes, for a number of pages that may not be filled up, for a sheet that
    is too small, and for creep that would move more than a quarter of a page away.
    """
    pages = read_originals(opened)
    order = arranged(len(pages), job, opened.place)
    layout = layout_of(job.scheme, len(order), job.signature, job.up, job.binding)
    spots: tuple[SpotInk, ...] = ()
    if "colour_bar" in job.marks:
        spots = spots_of(opened, [leaf.entries for leaf in opened.pages])
    frame = frame_of(layout.grid, pages, len(spots), job, opened.place)
    creep = creep_of(layout.deepest, layout, job)
    if creep > FARTHEST * frame.page[0]:
        message = f"creep would move the innermost pages by {creep / MM:.1f} millimetres"
        hint = "give --paper or --creep in millimetres; a leaf of 80 grams is 0.1 thick"
        raise refuse(opened.place, message, hint)
    return Plan(job, layout, order, pages, frame, spots)


def read_from_the_right(opened: Opened) -> bool:
    """Whether a file says that its pages are read from the right (ISO 32000-1, table 150)."""
    said = opened.item(opened.root, "/ViewerPreferences")
    return isinstance(said, DictionaryObject) and opened.item(said, "/Direction") == "/R2L"


def described(plan: Plan, sheet: Sheet, side: Side) -> str:
    """What the job note says of one side after the file's name."""
    said = [f"sheet {sheet.number} of {len(plan.layout.sheets)}", side.name]
    if side.name == "both":
        said[1] = "both sides, turned"
    if plan.is_gathered:
        said.append(f"signature {sheet.signature} of {plan.layout.signatures}")
    said.append(plan.scheme)
    if plan.job.scheme == "saddle" and (plan.job.paper or plan.job.creep):
        creep = creep_of(sheet.number - 1, plan.layout, plan.job)
        said.append(f"creep {creep / MM:.2f} mm")
    return "".join([f" \u00b7 {each}" for each in said])
