"""Where two pages, their captions and the legend stand on a sheet: lengths only."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.imposition.originals import Original
from layout.bindery.overlay import Matrix
from layout.bindery.preflight.press.geometry import Box, times
from layout.ground.papers import LARGEST

MARGIN: Final = 30.0
GUTTER: Final = 30.0
"""Between the two pages."""
HEAD: Final = 46.0
"""Over the pages, with their captions."""
FOOT: Final = 44.0
"""Under them, with the legend."""
LEAST: Final = (760.0, 380.0)
"""Width and height of a sheet at least: the legend needs room."""


class Sheet(Struct, frozen=True):
    """A sheet in landscape: `cells` are the rooms for the pages of A and of B, which are `scale` times as large."""

    width: float
    height: float
    cells: tuple[Box, Box]
    scale: float

    def placed(self, side: int, page: Original) -> tuple[Box, Matrix]:
        """Where a page comes to lie with its bleed, at the head of its room; and the matrix from its trim's corner."""
        left, _, right, top = self.cells[side]
        bleed, scale = page.bleed, self.scale
        wide, high = bleed.width * scale, bleed.height * scale
        x, y = left + (right - left - wide) / 2, top - high
        matrix = (scale, 0.0, 0.0, scale, x - bleed.left * scale, y - bleed.bottom * scale)
        return (x, y, x + wide, y + high), matrix

    def onto(self, side: int, page: Original) -> Matrix:
        """The matrix from a page's own space to the sheet."""
        return times(page.matrix, self.placed(side, page)[1])


def sheet_of(pages: Sequence[Original]) -> Sheet:
    """The sheet on which any two of these pages stand side by side."""
    wide = max((page.bleed.width for page in pages), default=LEAST[0] / 2)
    high = max((page.bleed.height for page in pages), default=LEAST[1])
    scale = min(1.0, (LARGEST - 2 * MARGIN - GUTTER) / (2 * wide), (LARGEST - HEAD - FOOT) / high)
    wide, high = wide * scale, high * scale
    height = max(high + HEAD + FOOT, LEAST[1])
    width = min(LARGEST, max(2 * wide + 2 * MARGIN + GUTTER, LEAST[0], height * 1.02))
    middle, top = width / 2, height - HEAD
    half = GUTTER / 2
    left = middle - half - wide
    return Sheet(
        width,
        height,
        (
            (left, top - high, middle - half, top),
            (middle + half, top - high, middle + half + wide, top),
        ),
        scale,
    )
