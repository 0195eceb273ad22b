"""Printers' marks as operators of a content stream, for a trimmed page or a whole sheet.

Everything is in points. Each function gives ASCII text that leaves the graphics state as it found it; the
caller puts it into an /Artifact. Marks for all plates are in the colour space `REGISTRATION`, spot inks in
spaces that the caller names; `separation` gives what stands for either in /ColorSpace.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from layout.ground.units import MM
from layout.house.inks import Shares

WEIGHT = 0.25
"""Of every line: a hairline that still prints."""
LENGTH = 5 * MM
"""Of marks at a page's corners and folds."""
CLEARANCE = 2 * MM
"""The least distance of a mark from the trim, so that a careless cut shows none."""
PATCH = 3 * MM
"""The side of a colour bar's patch."""
DASHES = "[3 2] 0 d"
"""How marks for folds and bleeds differ from those for cuts."""
KAPPA = 0.5522847498
"""Of the Bézier curve nearest to a quarter of a circle: 4/3 (sqrt 2 - 1)."""

REGISTRATION = "All"
"""The resource name of the colour space of marks for all plates."""

PROCESS_PATCHES: tuple[Shares, ...] = (
    *((1, 0, 0, 0), (0.5, 0, 0, 0), (0, 1, 0, 0), (0, 0.5, 0, 0)),
    *((0, 0, 1, 0), (0, 0, 0.5, 0), (0, 0, 0, 1), (0, 0, 0, 0.5)),
    *((1, 1, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0)),
)
"""The process inks, each full and at a half, then each two of the three colours over one another."""

_IRREGULAR = re.compile(rb"[^!\"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]")


class Box(Struct, frozen=True):
    """A rectangle with its sides parallel to the axes."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def grown(self, by: float) -> "Box":
        """The rectangle with all its sides moved outwards."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


# --- colours ---


def _number(value: float) -> str:
    """A number as PDF has it: no exponent, a thousandth of a point at most (7.3.3)."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def pdf_name(name: str) -> str:
    """A name with its slash as it stands in a file, UTF-8 with odd bytes as #XX (ISO 32000-1, 7.3.5)."""
    raw = name.encode("utf-8", "surrogateescape")
    assert b"\0" not in raw, "no name holds a null"
    return "/" + _IRREGULAR.sub(lambda odd: b"#%02X" % odd[0][0], raw).decode("ascii")


def separation(name: str, cmyk: Shares) -> str:
    """The colour space of one ink that in full looks like `cmyk` where it is missing (8.6.6.4)."""
    full = " ".join(map(_number, cmyk))
    tint = f"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[{full}]/N 1>>"
    return f"[/Separation{pdf_name(name)}/DeviceCMYK{tint}]"


ALL = separation("All", (1, 1, 1, 1))
"""The colour space that prints on every plate; it belongs under the name `REGISTRATION`."""


# --- marks of a page ---


def crop_marks(trim: Box, bleed: Box, length: float = LENGTH) -> str:
    """Eight lines that lead to the corners of the trim and begin outside the bleed."""
    outer = _outside(trim, bleed)
    upright, level = (trim.left, trim.right), (trim.bottom, trim.top)
    return _stroked([*_upright(upright, outer, length), *_level(level, outer, length)])


def bleed_marks(trim: Box, bleed: Box, length: float = LENGTH / 2) -> str:
    """The same for the corners of the bleed, dashed; '' where the page has none."""
    if bleed == trim:
        return ""
    outer = _outside(trim, bleed)
    upright, level = (bleed.left, bleed.right), (bleed.bottom, bleed.top)
    lines = [*_upright(upright, outer, length), *_level(level, outer, length)]
    return _stroked(lines, DASHES)


def registration_marks(trim: Box, bleed: Box, length: float = LENGTH) -> str:
    """A target at the middle of each side, as wide as crop marks are long."""
    outer = _outside(trim, bleed).grown(length / 2)
    across, up = (trim.left + trim.right) / 2, (trim.bottom + trim.top) / 2
    centres = ((across, outer.bottom), (across, outer.top), (outer.left, up), (outer.right, up))
    return "".join([registration_target(x, y, length / 2) for x, y in centres])


def _outside(trim: Box, bleed: Box) -> Box:
    """Where marks may begin: outside the bleed, and never close to the trim."""
    clear = trim.grown(CLEARANCE)
    return Box(
        min(bleed.left, clear.left),
        min(bleed.bottom, clear.bottom),
        max(bleed.right, clear.right),
        max(bleed.top, clear.top),
    )


# --- marks of a sheet ---

Line = tuple[float, float, float, float]
"""From where to where: x, y, x, y."""


def cut_marks(lines: Iterable[Line]) -> str:
    """Lines that show where to cut."""
    return _stroked(lines)


def fold_marks(lines: Iterable[Line]) -> str:
    """Dashed lines that show where to fold."""
    return _stroked(lines, DASHES)


def registration_target(x: float, y: float, radius: float = LENGTH / 2) -> str:
    """A cross and, at six tenths of its arms, a circle about a point."""
    arm = 0.6 * radius
    cross = [(x - radius, y, x + radius, y), (x, y - radius, x, y + radius)]
    return _stroked(cross, "", _circle(x, y, arm))


class Spot(Struct, frozen=True):
    """A spot ink of a colour bar: the resource name of a space of `inks` components, of which it is the one `at`."""

    space: str
    inks: int = 1
    at: int = 0

    def tint(self, tint: str) -> str:
        """The operators that fill with it and with no other ink of its space."""
        shares = ["0"] * self.inks
        shares[self.at] = tint
        return f"{pdf_name(self.space)} cs {' '.join(shares)} scn"


def colour_bar(
    left: float, bottom: float, spots: Sequence[str | Spot] = (), patch: float = PATCH
) -> str:
    """Patches in a row: process inks full and at a half, two over each other, then every spot likewise.

    `spots` are the resource names of their Separation spaces, or say more. The row is `bar_width` wide.
    """
    fills = [f"{' '.join(map(_number, shares))} k" for shares in PROCESS_PATCHES]
    inks = [Spot(spot) if isinstance(spot, str) else spot for spot in spots]
    fills += [spot.tint(tint) for spot in inks for tint in ("1", "0.5")]
    size, at = _number(patch), _number(bottom)
    patches = [
        f"{fill} {_number(left + number * patch)} {at} {size} {size} re f"
        for number, fill in enumerate(fills)
    ]
    return "q\n" + "\n".join(patches) + "\nQ\n"


def bar_width(spots: int, patch: float = PATCH) -> float:
    """The width of a colour bar with so many spot inks."""
    return patch * (len(PROCESS_PATCHES) + 2 * spots)


def collation_mark(box: Box) -> str:
    """A black bar on a signature's spine; in a gathered pile the bars stand like stairs."""
    return f"q 0 0 0 1 k {_rectangle(box)} re f Q\n"


# --- operators ---


def _upright(places: Iterable[float], outer: Box, length: float) -> list[Line]:
    """Lines below and above a rectangle."""
    return [
        line
        for x in places
        for line in (
            (x, outer.bottom, x, outer.bottom - length),
            (x, outer.top, x, outer.top + length),
        )
    ]


def _level(places: Iterable[float], outer: Box, length: float) -> list[Line]:
    """Lines to the left and the right of a rectangle."""
    return [
        line
        for y in places
        for line in (
            (outer.left, y, outer.left - length, y),
            (outer.right, y, outer.right + length, y),
        )
    ]


def _stroked(lines: Iterable[Line], dash: str = "", path: str = "") -> str:
    """Hairlines on all plates; '' where there are none."""
    drawn = [f"{_point(x1, y1)} m {_point(x2, y2)} l" for x1, y1, x2, y2 in lines]
    if path:
        drawn.append(path)
    if not drawn:
        return ""
    state = f"{pdf_name(REGISTRATION)} CS 1 SCN {WEIGHT:g} w 0 J {dash or '[] 0 d'}"
    return f"q {state}\n" + "\n".join(drawn) + "\nS Q\n"


def _circle(x: float, y: float, radius: float) -> str:
    k = KAPPA * radius
    quarters = (
        ((x + radius, y + k), (x + k, y + radius), (x, y + radius)),
        ((x - k, y + radius), (x - radius, y + k), (x - radius, y)),
        ((x - radius, y - k), (x - k, y - radius), (x, y - radius)),
        ((x + k, y - radius), (x + radius, y - k), (x + radius, y)),
    )
    curves = [" ".join([_point(*point) for point in points]) + " c" for points in quarters]
    return f"{_point(x + radius, y)} m {' '.join(curves)} h"


def _rectangle(box: Box) -> str:
    return f"{_point(box.left, box.bottom)} {_point(box.width, box.height)}"


def _point(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"
