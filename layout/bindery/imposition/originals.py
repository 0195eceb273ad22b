"""Pages as they are to be placed: their finished size and bleed as they are read, upright and in points."""

from collections.abc import Sequence

from msgspec import Struct
from pypdf.generic import DictionaryObject

from layout.bindery.around import Matrix
from layout.bindery.foreign import Opened
from layout.bindery.overlay import Box as Corners
from layout.bindery.overlay import finished_box, turn_of, unit_of
from layout.ground.problems import Problem, Refused
from layout.ground.units import MM
from layout.plates.printers_marks import Box

ALIKE = 0.5
"""Points by which pages of one book may differ in width or height."""
MOST = 10
"""Pages of other sizes that are named one by one."""


class Original(Struct, frozen=True):
    """A page with its trim's lower left corner at the origin; `bleed` is the box around it.

    `matrix` leads there from the page's own space (ISO 32000-1, 8.3.4): with /Rotate and /UserUnit.
    """

    width: float
    height: float
    bleed: Box
    matrix: Matrix
    area: Corners
    """What of the page is looked at, in its own space: its bleed and its trim."""


def read_originals(opened: Opened) -> tuple[Original, ...]:
    """All pages of a file; raises `Refused` with the pages that are of another size than the first."""
    with opened.reading():
        found = tuple([original_of(opened, leaf.entries) for leaf in opened.pages])
    _check_sizes(opened, found)
    return found


def original_of(opened: Opened, page: DictionaryObject) -> Original:
    """A page by its entries, with those it inherits."""
    trim = finished_box(opened, page)
    area = _with_bleed(opened, page, trim)
    matrix = _upright(trim, turn_of(opened, page), unit_of(opened, page))
    bleed, own = _moved(area, matrix), _moved(trim, matrix)
    return Original(own.right, own.top, bleed, matrix, area)


def _with_bleed(opened: Opened, page: DictionaryObject, trim: Corners) -> Corners:
    """The bleed box inside the media box, if one is stated (14.11.2.2): without, marks may stand outside the trim."""
    media = opened.box(page, "/MediaBox") or trim
    stated = opened.box(page, "/BleedBox") or trim
    return (
        min(trim[0], max(stated[0], media[0])),
        min(trim[1], max(stated[1], media[1])),
        max(trim[2], min(stated[2], media[2])),
        max(trim[3], min(stated[3], media[3])),
    )


def _upright(trim: Corners, turn: int, unit: float) -> Matrix:
    """The matrix that brings the corner that is at the lower left, once the page is turned, to the origin."""
    left, bottom, right, top = trim
    a, b, c, d, e, f = {
        90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, 1.0, -1.0, 0.0, top, -left),
    }.get(turn, (1.0, 0.0, 0.0, 1.0, -left, -bottom))
    return a * unit, b * unit, c * unit, d * unit, e * unit, f * unit


def _moved(corners: Corners, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x in corners[::2] for y in corners[1::2]]
    up = [b * x + d * y + f for x in corners[::2] for y in corners[1::2]]
    return Box(min(across), min(up), max(across), max(up))


def _check_sizes(opened: Opened, pages: Sequence[Original]) -> None:
    """Sheets have one grid: a page of another size would move all that lies behind it."""
    first = pages[0]
    odd = [
        Problem(
            opened.place,
            f"page {number} of {opened.name} is {_size(page)}, but page 1 is {_size(first)}",
            "give all pages one trim size, or impose them in files of their own",
        )
        for number, page in enumerate(pages, 1)
        if abs(page.width - first.width) > ALIKE or abs(page.height - first.height) > ALIKE
    ]
    if len(odd) > MOST:
        message = f"{len(odd) - MOST} more pages of {opened.name} are of other sizes"
        odd[MOST:] = [Problem(opened.place, message)]
    if odd:
        raise Refused(odd)


def _size(page: Original) -> str:
    return f"{page.width / MM:.1f} x {page.height / MM:.1f} mm"
