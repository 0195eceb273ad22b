"""Where two pages, their captions and the legend stand on a sheet: lengths only."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.imposition.originals import Original
from layout.bindery.preflight.press.geometry import Box, Matrix, times
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
    """A sheet in landscape: `cells` are the rooms for the pages of A and of B with their bleeds.

    Pages are `scale` times as large; `over` and `beside` are the widest bleeds at the head and at the left.
    """

    width: float
    height: float
    cells: tuple[Box, Box]
    scale: float
    over: float
    beside: float

    def placed(self, side: int, page: Original) -> tuple[Box, Matrix]:
        """Where a page comes to lie with its bleed; and the matrix from its trim's corner.

        The heads of all trims are on one line, so that the same line of both is.
        """
        left, _, _, top = self.cells[side]
        scale = self.scale
        x, y = left + self.beside * scale, top - (self.over + page.height) * scale
        box = page.bleed
        placed = (
            x + box.left * scale,
            y + box.bottom * scale,
            x + box.right * scale,
            y + box.top * scale,
        )
        return placed, (scale, 0.0, 0.0, scale, x, y)

    def onto(self, side: int, page: Original) -> Matrix:
        """The matrix from a page's own space to the sheet."""
        return times(page.matrix, self.placed(side, page)[1])


def sheet_of(pages: Sequence[Original]) -> Sheet:
    """The sheet on which any two of these pages stand side by side."""
    over = max((it.bleed.top - it.height for it in pages), default=0.0)
    beside = max((-it.bleed.left for it in pages), default=0.0)
    wide = beside + max((it.bleed.right for it in pages), default=LEAST[0] / 2)
    high = over + max((it.height - it.bleed.bottom for it in pages), default=LEAST[1])
    scale = min(1.0, (LARGEST - 2 * MARGIN - GUTTER) / (2 * wide), (LARGEST - HEAD - FOOT) / high)
    wide, high = wide * scale, high * scale
    height = max(high + HEAD + FOOT, LEAST[1])
    width = min(LARGEST, max(2 * wide + 2 * MARGIN + GUTTER, LEAST[0], height * 1.02))
    left, right, top = width / 2 - GUTTER / 2 - wide, width / 2 + GUTTER / 2, height - HEAD
    cells = (left, top - high, left + wide, top), (right, top - high, right + wide, top)
    return Sheet(width, height, cells, scale, over, beside)
