"""The sidebar's rows gathered into boxes of whole grid lines, as many boxes as they need."""

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from layout.ground.units import MM
from layout.house.brand import Brand
from layout.setting.galley import Box, SidebarParts, shifted
from layout.setting.marks import Mark, Tint

Row = tuple[tuple[Mark, ...], float, float]


class SidebarBoxes:
    """Rows still to be placed, and the boxes that hold them."""

    def __init__(self, parts: SidebarParts, brand: Brand, cap_height: float) -> None:
        self.rows = parts.rows
        self.again = parts.again
        self._boxes: dict[tuple[int, int, int], Box] = {}
        self._heights: dict[int, list[int]] = {}
        self.brand = brand
        self.padding = brand.sidebar.padding * MM
        self.leading = brand.grid.leading
        self.top = brand.grid.drop * self.leading - cap_height
        self.bottom = (1 - brand.grid.drop) * self.leading

    def heights(self, start: int) -> list[int]:
        """The grid lines that boxes take of so many of the rows from `start` on: none, one, and so on to all."""
        found = self._heights.get(start)
        if found is None:
            rows = self.titled(start)
            edge = 2 * self.padding + self.top + self.bottom
            sums = accumulate([height + gap for _, height, gap in rows], initial=0.0)
            found = self._heights[start] = [
                ceil((room + edge) / self.leading - 0.02) for room in sums
            ]
        return found

    def titled(self, start: int) -> tuple[Row, ...]:
        """The rows from `start` on, under the title that says that they go on."""
        return self.rows if start == 0 else (self.again, *self.rows[start:])

    def box(self, start: int, lines: int, more: int = 0) -> tuple[Box, int] | None:
        """A box of at most `lines` grid lines with rows from `start`, and the next row; None if not even one fits.

        It is `more` lines deeper than it need be, if there is room; no gap grows by more than a line for that.
        """
        heights = self.heights(start)
        least = 2 if start == 0 else 1
        count = len(heights) - 1
        while count > least and heights[count] > lines:
            count -= 1
        if heights[count] > lines:
            return None
        end = count if start == 0 else start + count - 1
        key = (start, count, min(lines, heights[count] + min(more, count - 1)))
        if key not in self._boxes:
            self._boxes[key] = self._box(self.titled(start)[:count], key[2])
        return self._boxes[key], end

    def boxes(self, row: int, lines: int, columns: int) -> tuple[list[Box], int]:
        """Boxes of rows from `row` on, one a column of at most `lines`, level where they end it, and the next row."""
        placed, end = self._filled(row, lines, columns)
        if end >= len(self.rows):
            lower = (self._filled(row, height, columns) for height in range(1, lines))
            placed, end = next((found for found in lower if found[1] >= end), (placed, end))
        return placed, end

    def _filled(self, row: int, lines: int, columns: int) -> tuple[list[Box], int]:
        """A box of at most `lines` in every column, and the row after the last."""
        placed: list[Box] = []
        for _ in range(columns):
            found = self.box(row, lines) if row < len(self.rows) else None
            if found is not None:
                placed.append(found[0])
                row = found[1]
        return placed, row

    def _box(self, rows: Sequence[Row], lines: int) -> Box:
        """The rows on their tint; what rounding up to the grid adds is shared among the gaps."""
        depth = lines * self.leading - self.top - self.bottom
        spare = depth - 2 * self.padding - sum(height + gap for _, height, gap in rows)
        share = spare / max(1, len(rows) - 1)
        width = self.brand.measure
        marks: list[Mark] = [Tint(0.0, -self.top - depth, width, depth, self.brand.sidebar.tint)]
        y = -self.top - self.padding
        for number, (row, height, gap) in enumerate(rows):
            y -= gap + (share if number else 0.0)
            marks += shifted(row, self.padding, y)
            y -= height
        return Box(lines, tuple(marks))
