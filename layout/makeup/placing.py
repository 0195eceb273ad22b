"""Where the boxes of a page stand: those over all columns, and the sidebar's."""

from collections.abc import Sequence

from layout.house.brand import Brand
from layout.makeup.columns import Column, Unit
from layout.makeup.costs import AIR
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import Draft, Room, TooTall
from layout.setting.galley import Block, Box


class Placer:
    """Places the boxes of one galley's pages; lines and heights are in grid lines."""

    def __init__(
        self, blocks: Sequence[Block], units: Sequence[Unit], brand: Brand, closing: int
    ) -> None:
        self.blocks, self.units = blocks, units
        self.brand, self.closing = brand, closing
        self.count = brand.columns.count

    def depth(self, wide: Sequence[int]) -> int:
        """What boxes over all columns take."""
        return sum(self.units[n].height + AIR for n in wide)

    def deep(self, box: Box) -> int:
        """What a box of the sidebar takes of its column."""
        return box.height + self.brand.sidebar.above

    def draft(
        self,
        columns: tuple[Column, ...],
        room: Room,
        wide: Sequence[int],
        box: Box | None,
        foot: int,
        *,
        last: bool,
    ) -> Draft:
        """A page of these columns, with boxes over all of them and one of the sidebar; it ends `foot` lines down."""
        top = room.top if room.first else room.top + self.depth(wide)
        boxes = self._wide_boxes(wide, room, self.closing if last else 0)
        tops = [top] * self.count
        if box is not None:
            at_head = self.brand.sidebar.place == "head" or not columns[-1].used
            boxes.append((box, self.count - 1, top if at_head else top + foot - box.height))
            if at_head:
                tops[-1] += self.deep(box)
        return Draft(columns, tuple(tops), tuple(boxes), last)

    def rows_only(self, sidebar: SidebarBoxes, row: int, room: Room) -> tuple[Draft, int]:
        """A page after the text's end, its columns full of what is left of the sidebar, or level; and the next row.

        Raises `TooTall`.
        """
        placed, end = sidebar.boxes(row, room.lines - self.closing, self.count)
        if not placed:
            raise TooTall(-1)
        empty = tuple([Column((), 0)] * self.count)
        boxes = tuple([(box, column, room.top) for column, box in enumerate(placed)])
        last = end >= len(sidebar.rows)
        return Draft(empty, (room.top,) * self.count, boxes, last), end

    def _wide_boxes(
        self, wide: Sequence[int], room: Room, raised: int
    ) -> list[tuple[Box, int, int]]:
        """Boxes over all columns at the page's head, or on the first at its foot, over `raised` lines of colophon."""
        boxes: list[tuple[Box, int, int]] = []
        line = room.top
        if room.first:
            line = room.top + room.lines - self.depth(wide) + AIR - raised
        for number in wide:
            box = self.blocks[number].box
            assert box is not None
            boxes.append((box, -1, line))
            line += self.units[number].height + AIR
        return boxes
