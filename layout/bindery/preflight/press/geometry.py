"""Boxes and matrices of PDF pages (ISO 32000-1, 8.3.3): six numbers a matrix, four a box, in points."""

from math import hypot, inf
from typing import Final

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top; a box whose right is left of its left holds nothing."""
Point = tuple[float, float]

IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Final[Box] = (-inf, -inf, inf, inf)
NOWHERE: Final[Box] = (inf, inf, -inf, -inf)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does `inner` first and `outer` then."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )


def moved(x: float, y: float, matrix: Matrix) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved_box(box: Box, matrix: Matrix) -> Box:
    """The box around a box that was moved."""
    left, bottom, right, top = box
    corners = [moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    return around(corners)


def around(points: list[Point]) -> Box:
    """The box around points."""
    if not points:
        return NOWHERE
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def meet(one: Box, two: Box) -> Box:
    """What two boxes share."""
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def join(one: Box, two: Box) -> Box:
    """The box around both."""
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def is_there(box: Box) -> bool:
    """Whether a box holds anything; a line or a point counts."""
    return box[0] <= box[2] and box[1] <= box[3]


def grown(box: Box, by: float) -> Box:
    """A box with so much more on all sides."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def scales(matrix: Matrix) -> tuple[float, float]:
    """The least and the most that a matrix stretches any length (its singular values)."""
    a, b, c, d = matrix[:4]
    total, part = hypot(a + d, b - c) / 2, hypot(a - d, b + c) / 2
    return abs(total - part), total + part
