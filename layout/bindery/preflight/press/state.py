"""The graphics state as far as a press minds it (ISO 32000-1, 8.4.1), and paths as the boxes around them."""

from typing import Final

from msgspec import Struct

from layout.bindery.preflight.content import FontUse
from layout.bindery.preflight.press.geometry import (
    EVERYWHERE,
    IDENTITY,
    NOWHERE,
    Box,
    Matrix,
    join,
    moved,
)
from layout.bindery.preflight.press.inks import GRAY, Space

MOST_SUBPATHS: Final = 20_000
"""Parts of one path that are told apart; what comes after belongs to the last."""


class Colour(Struct, frozen=True):
    """A colour: its space and components, or the name of a `pattern`."""

    space: Space
    values: tuple[float, ...] = ()
    pattern: str = ""

    @property
    def total(self) -> float | None:
        """Ink in percent, or None where it cannot be told."""
        return None if self.pattern else self.space.total(self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """The plates that it leaves ink on, as far as that is known."""
        return () if self.pattern else self.space.names(self.values)

    @property
    def is_blank(self) -> bool:
        """Whether it leaves no ink on the paper."""
        total = self.total
        return total is not None and total <= 0.4


BLACK: Final = Colour(GRAY, (0.0,))


class State(Struct):
    """What `q` saves and `Q` restores; lengths in the units of the content."""

    ctm: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    font: FontUse | None = None
    size: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    leading: float = 0.0
    mode: int = 0


class Part(Struct):
    """A subpath: the box around its points, and whether it has straight lines only."""

    left: float
    bottom: float
    right: float
    top: float
    straight: bool = True

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.left, self.bottom, self.right, self.top


class Path:
    """A path while it is built, in the units of the page."""

    def __init__(self) -> None:
        self.parts: list[Part] = []

    def begin(self, x: float, y: float, matrix: Matrix) -> None:
        """Begin a subpath."""
        x, y = moved(x, y, matrix)
        if len(self.parts) >= MOST_SUBPATHS:
            self._reach(x, y)
        else:
            self.parts.append(Part(x, y, x, y))

    def line(self, x: float, y: float, matrix: Matrix) -> None:
        """Go on to a point."""
        if not self.parts:
            self.begin(x, y, matrix)
        else:
            self._reach(*moved(x, y, matrix))

    def curve(self, numbers: list[float], matrix: Matrix) -> None:
        """Go on in a curve, which lies between its points."""
        for at in range(0, len(numbers) - 1, 2):
            self.line(numbers[at], numbers[at + 1], matrix)
        self.parts[-1].straight = False

    def rectangle(self, x: float, y: float, wide: float, high: float, matrix: Matrix) -> None:
        """Add a rectangle."""
        self.begin(x, y, matrix)
        self.line(x + wide, y, matrix)
        self.line(x + wide, y + high, matrix)
        self.line(x, y + high, matrix)

    def _reach(self, x: float, y: float) -> None:
        part = self.parts[-1]
        part.left, part.right = min(part.left, x), max(part.right, x)
        part.bottom, part.top = min(part.bottom, y), max(part.top, y)

    @property
    def box(self) -> Box:
        """The box around all of it."""
        found = NOWHERE
        for part in self.parts:
            found = join(found, part.box)
        return found
