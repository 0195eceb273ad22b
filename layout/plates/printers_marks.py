"""Marks for the printer, as operators: where to cut, how plates meet, what ink there is.

All stand outside the bleed. They are painted in `All`, the colour of every plate (ISO 32000-1, 8.6.6.4), but
for the patches of the colour bar. Coordinates and lengths are in points.
"""

from collections.abc import Sequence

from msgspec import Struct

from layout.ground.units import MM

ALL_SPACE = (
    "[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"
)
"""The colour space of registration; content calls it `/All`."""

LINE = 0.25
"""The weight of marks."""

GAP = 1 * MM
"""From the bleed to where marks begin."""

LENGTH = 5 * MM
"""Of crop and bleed marks."""

RADIUS = 1.6 * MM
"""Of the circle of a registration target; its cross is as long again at both sides."""

PATCH = 4 * MM
"""The side of a patch of the colour bar."""

_ROUND = 0.5522847498
"""How far the handles of a quarter of a circle are, in radii: 4/3 tan(pi/8)."""

PROCESS = (
    ("1 0 0 0 k", "0 1 0 0 k", "0 0 1 0 k", "0 0 0 1 k"),
    ("0.5 0 0 0 k", "0 0.5 0 0 k", "0 0 0.5 0 k", "0 0 0 0.5 k"),
    ("1 1 0 0 k", "1 0 1 0 k", "0 1 1 0 k", "1 1 1 0 k"),
)
"""Patches of the process inks: in full, half, and over each other."""


class Box(Struct, frozen=True):
    """A rectangle by its edges."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: float) -> "Box":
        """The same with each edge farther out."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def artifact(operators: str) -> str:
    """Operators as what is no part of the page (14.8.2.2), with a graphics state of their own."""
    return f"/Artifact<</Type/Page>>BDC q\n{operators}Q EMC\n"


def crop_marks(trim: Box, bleed: Box, length: float = LENGTH) -> str:
    """Two lines at each corner of the trim, outside the bleed."""
    return _corner_lines(trim, bleed, length)


def bleed_marks(bleed: Box, length: float = LENGTH / 2) -> str:
    """Two short lines at each corner of the bleed."""
    return _corner_lines(bleed, bleed, length)


def _corner_lines(at: Box, beyond: Box, length: float) -> str:
    lines = []
    for x in (at.left, at.right):
        lines.append(line(x, beyond.bottom - GAP - length, x, beyond.bottom - GAP))
        lines.append(line(x, beyond.top + GAP, x, beyond.top + GAP + length))
    for y in (at.bottom, at.top):
        lines.append(line(beyond.left - GAP - length, y, beyond.left - GAP, y))
        lines.append(line(beyond.right + GAP, y, beyond.right + GAP + length, y))
    return _stroked("".join(lines))


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """The path of a straight line."""
    return f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l\n"


def _stroked(paths: str, dashes: str = "[] 0 d") -> str:
    return f"{LINE} w {dashes} /All CS 1 SCN\n{paths}S\n"


def fold_mark(x1: float, y1: float, x2: float, y2: float) -> str:
    """A dashed line where a sheet is folded."""
    return _stroked(line(x1, y1, x2, y2), "[3 2] 0 d")


def registration(x: float, y: float) -> str:
    """A target about a point, on every plate: they meet where it is sharp."""
    radius, arm, c = RADIUS, 2 * RADIUS, RADIUS * _ROUND
    circle = (
        f"{x + radius:.3f} {y:.3f} m\n"
        f"{x + radius:.3f} {y + c:.3f} {x + c:.3f} {y + radius:.3f} {x:.3f} {y + radius:.3f} c\n"
        f"{x - c:.3f} {y + radius:.3f} {x - radius:.3f} {y + c:.3f} {x - radius:.3f} {y:.3f} c\n"
        f"{x - radius:.3f} {y - c:.3f} {x - c:.3f} {y - radius:.3f} {x:.3f} {y - radius:.3f} c\n"
        f"{x + c:.3f} {y - radius:.3f} {x + radius:.3f} {y - c:.3f} {x + radius:.3f} {y:.3f} c h\n"
    )
    cross = line(x - arm, y, x + arm, y) + line(x, y - arm, x, y + arm)
    return _stroked(circle + cross)


def registrations(bleed: Box) -> str:
    """A target in the middle of each side, outside the bleed."""
    off = GAP + 2 * RADIUS
    across, up = (bleed.left + bleed.right) / 2, (bleed.bottom + bleed.top) / 2
    places = (
        (across, bleed.bottom - off),
        (across, bleed.top + off),
        (bleed.left - off, up),
        (bleed.right + off, up),
    )
    return "".join([registration(x, y) for x, y in places])


def patches(spots: Sequence[str] = ()) -> list[str]:
    """The fills of the colour bar's patches; `spots` are the resource names of the spot inks' spaces."""
    rows = [fill for row in PROCESS for fill in row]
    return [*rows, *(f"/{spot} cs {share} scn" for spot in spots for share in (1, 0.5))]


def colour_bar(left: float, bottom: float, fills: Sequence[str], patch: float = PATCH) -> str:
    """Patches side by side, from a lower left corner on."""
    return "".join(
        [
            f"{fill} {left + number * patch:.3f} {bottom:.3f} {patch:.3f} {patch:.3f} re f\n"
            for number, fill in enumerate(fills)
        ]
    )


def collation(left: float, bottom: float, number: int, steps: int = 12) -> str:
    """A black step on the spine of signature `number`, from 1: gathered signatures show a stair."""
    height, width = 4 * MM, 1.5 * MM
    y = bottom - ((number - 1) % steps) * height
    return f"0 0 0 1 k {left - width / 2:.3f} {y:.3f} {width:.3f} {height:.3f} re f\n"


def page_marks(trim: Box, bleed: Box, kinds: Sequence[str], spots: Sequence[str]) -> str:
    """The marks of these kinds round one page, all but the slug's words."""
    found = ""
    if "crop" in kinds:
        found += crop_marks(trim, bleed)
    if "bleed" in kinds:
        found += bleed_marks(bleed)
    if "registration" in kinds:
        found += registrations(bleed)
    if "colour_bar" in kinds:
        fills = patches(spots)
        patch = min(PATCH, (trim.right - trim.left) / 2 / len(fills) - 2 * RADIUS / len(fills))
        # Left of the target in the middle, which stands at the same height.
        found += colour_bar(trim.left + 2 * GAP, bleed.top + 2 * GAP, fills, patch)
    return artifact(found) if found else ""
