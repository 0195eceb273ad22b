"""Paths with their points, so that drawings in the same box can be told apart."""

from array import array
from typing import Final

from layout.bindery.preflight.press.geometry import Matrix, moved
from layout.bindery.preflight.press.state import Path

RECTANGLE: Final = 8
"""Numbers of a rectangle's four corners."""
LEVEL: Final = 0.01
"""Points by which a side may lean and still be taken for upright."""


class Line(Path):
    """A path while it is built, with all its points in order."""

    def __init__(self) -> None:
        super().__init__()
        self.points = array("f")

    def begin(self, x: float, y: float, matrix: Matrix) -> None:
        """Begin a subpath."""
        super().begin(x, y, matrix)
        self.points.extend(moved(x, y, matrix))

    def line(self, x: float, y: float, matrix: Matrix) -> None:
        """Go on to a point."""
        if not self.parts:
            self.begin(x, y, matrix)
        else:
            super().line(x, y, matrix)
            self.points.extend(moved(x, y, matrix))

    def close(self) -> None:
        """Nothing changes: a path that is filled is closed, and lines are told apart by their points."""

    @property
    def is_rectangle(self) -> bool:
        """Whether it is one rectangle along the axes."""
        if len(self.points) not in (RECTANGLE, RECTANGLE + 2) or not self.parts[0].straight:
            return False
        x, y = self.points[::2], self.points[1::2]
        return all(
            abs(x[at] - x[at - 1]) < LEVEL or abs(y[at] - y[at - 1]) < LEVEL
            for at in range(1, len(x))
        )
