"""Sheets of paper: their names, the least one that takes something, and which way round it lies.

A and B sizes are those of ISO 216, SRA those of ISO 217; the others are customary in North America.
"""

import re

from layout.ground.problems import Place, Refused, refuse
from layout.ground.units import MM

INCH = 25.4

MM_SIZES: dict[str, tuple[float, float]] = {
    "A4": (210, 297),
    "SRA4": (225, 320),
    "B4": (250, 353),
    "A3": (297, 420),
    "SRA3": (320, 450),
    "B3": (353, 500),
    "A2": (420, 594),
    "SRA2": (450, 640),
    "B2": (500, 707),
    "A1": (594, 841),
    "SRA1": (640, 900),
    "B1": (707, 1000),
}
"""Millimetres, the shorter side first, the smaller sheet first."""
INCH_SIZES: dict[str, tuple[float, float]] = {
    "letter": (8.5 * INCH, 11 * INCH),
    "tabloid": (11 * INCH, 17 * INCH),
    "12x18": (12 * INCH, 18 * INCH),
    "13x19": (13 * INCH, 19 * INCH),
}
"""The same for sheets in inches."""
NAMES = (*MM_SIZES, *INCH_SIZES)

SLACK = 0.5
"""Points by which sizes may be off: programs round A4 to 595 by 842."""
EIGHTH = 9.0
"""An eighth of an inch in points: who has pages in whole eighths has sheets in inches."""
LARGEST = 14_400.0
"""The longest side of a page in points (ISO 32000-1, annex C)."""

_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)[xX\u00d7](\d+(?:\.\d+)?)(?: ?mm)?", re.ASCII)

Size = tuple[float, float]
"""Width and height in points."""


def named(text: str) -> tuple[str, Size] | None:
    """The sheet that a name, in either case, or WIDTHxHEIGHT in millimetres stands for; None for nonsense."""
    known = {name.casefold(): name for name in NAMES}
    if text.casefold() in known:
        name = known[text.casefold()]
        return name, _points((MM_SIZES | INCH_SIZES)[name])
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    width, height = _points((float(found[1]), float(found[2])))
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        return None
    return f"{found[1]}x{found[2]} mm", (width, height)


def chosen(asked: str, least: Size, page: Size, place: Place) -> tuple[str, Size]:
    """The sheet that was asked for or the smallest that takes `least`, laid so that it fits, and its name.

    `page` says whose sheets are looked through. Raises `Refused` at `place`, with what it must have.
    """
    if not asked:
        for name in _family(page):
            laid = _laid(_points((MM_SIZES | INCH_SIZES)[name]), least)
            if laid:
                return name, laid
        raise _too_small(place, "no sheet that has a name", least)
    found = named(asked)
    assert found, "the command line has read it"
    laid = _laid(found[1], least)
    if not laid:
        raise _too_small(place, found[0], least)
    return found[0], laid


def _too_small(place: Place, what: str, least: Size) -> Refused:
    width, height = (f"{side / MM:.1f}".removesuffix(".0") for side in least)
    message = f"{what} is large enough" if what.startswith("no ") else f"{what} is too small"
    hint = "give a larger --sheet, fewer --marks, or a smaller --bleed"
    return refuse(
        place, f"{message}: pages, bleed and marks take {width} x {height} millimetres", hint
    )


def _family(page: Size) -> tuple[str, ...]:
    in_inches = all(abs(side / EIGHTH - round(side / EIGHTH)) * EIGHTH < 0.1 for side in page)
    return (*INCH_SIZES, *MM_SIZES) if in_inches else tuple(MM_SIZES)


def _laid(sheet: Size, least: Size) -> Size | None:
    """A sheet the way round that takes something, its longer side along the longer one if both do."""
    short, long = min(sheet), max(sheet)
    ways = (
        [(long, short), (short, long)] if least[0] >= least[1] else [(short, long), (long, short)]
    )
    for width, height in ways:
        if width + SLACK >= least[0] and height + SLACK >= least[1]:
            return width, height
    return None


def _points(size: tuple[float, float]) -> Size:
    return size[0] * MM, size[1] * MM
