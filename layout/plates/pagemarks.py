"""The printer's marks round one page of ours: all but the words of the slug."""

from collections.abc import Sequence

from layout.ground.units import MM
from layout.plates.printers_marks import (
    LENGTH,
    PATCH,
    Box,
    bar_width,
    bleed_marks,
    colour_bar,
    crop_marks,
    registration_marks,
)

GAP = 2 * MM
"""From the bleed to the colour bar, and from crop marks to it."""


def page_marks(trim: Box, bleed: Box, kinds: Sequence[str], spots: Sequence[str]) -> str:
    """Operators for marks of these kinds, as an artifact of the page (ISO 32000-1, 14.8.2.2); '' for none.

    `spots` are the resource names of the spaces of the page's spot inks.
    """
    found = ""
    if "crop" in kinds:
        found += crop_marks(trim, bleed)
    if "bleed" in kinds:
        found += bleed_marks(trim, bleed)
    if "registration" in kinds:
        found += registration_marks(trim, bleed)
    if "colour_bar" in kinds:
        found += _bar(trim, bleed, spots)
    return f"/Artifact<</Type/Page>>BDC\n{found}EMC\n" if found else ""


def _bar(trim: Box, bleed: Box, spots: Sequence[str]) -> str:
    """A colour bar over the left half of the page: the target in the middle stands at the same height."""
    room = trim.width / 2 - GAP - LENGTH
    patch = min(PATCH, PATCH * room / bar_width(len(spots)))
    return colour_bar(trim.left + GAP, bleed.top + GAP, spots, patch)
