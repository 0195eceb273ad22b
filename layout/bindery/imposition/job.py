"""What is asked of an imposition: one frozen value, all lengths in points."""

from typing import Literal, get_args

from msgspec import Struct

from layout.bindery.imposition.schemes import Binding, Scheme
from layout.ground.units import MM

Blanks = Literal["end", "before-last", "none"]
SheetMark = Literal["crop", "fold", "registration", "colour_bar", "collation", "slug"]
MARKS: tuple[SheetMark, ...] = get_args(SheetMark)
"""All marks that a sheet may have."""

MILLING = 3 * MM
"""What a binder takes off the spine of gathered signatures before glue goes on, a page."""
TRIMMED = 3 * MM
"""The least that is trimmed off an edge where the folded sheet is closed."""


class Job(Struct, frozen=True, kw_only=True):
    """How pages are to be imposed; lengths are in points, None for what follows from the pages."""

    scheme: Scheme = "saddle"
    signature: int = 16
    up: tuple[int, int] = (2, 2)
    """Columns and rows of n-up."""
    binding: Binding = "left"
    blanks: Blanks = "end"
    sheet: str = ""
    """A name, or "WIDTHxHEIGHT" in millimetres; '' for the smallest named one."""
    paper: float = 0.0
    """The thickness of one leaf."""
    creep: float | None = None
    """How far the innermost pages are moved in all; None for the paper's thickness a sheet."""
    gutter: float | None = None
    """Between pages that are cut apart; None for as much as their bleeds take."""
    milling: float = MILLING
    bleed: float | None = None
    """The most bleed that is taken over; None for all there is."""
    marks: tuple[SheetMark, ...] = MARKS
