"""The flow cut into columns: slots of whole grid lines, and where a column may end.

A column never begins with a paragraph's last line nor ends with its first, and a question keeps at least
the beginning of its answer. Boxes that float stand where they fall if they fit, else at the next head.
"""

from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from layout.setting.galley import Block
from layout.setting.marks import Mark

TOGETHER = 2
"""Lines of a paragraph that stay together at a column's foot and head: no orphan, no widow."""

GIVE = 3
"""How many grid lines a column may end short so that all columns of a page end level."""


class Slot(Struct, frozen=True, gc=False):
    """A line or a box of the flow: its height and the air above and below it, in grid lines.

    `opens` says whether a column may begin with it; one that `leans` may only if the float before it
    stood in the column above: else what that float was to keep would be left behind.
    """

    marks: tuple[Mark, ...]
    height: int
    before: int
    after: int
    opens: bool
    boxed: bool = False
    floats: bool = False
    wide: bool = False
    anchor: bool = False
    leans: bool = False


class Column(Struct, frozen=True):
    """A filled column: (slot, grid line) pairs, the next slot of the flow, lines used, floats put off."""

    placed: tuple[tuple[int, int], ...]
    end: int
    used: int
    waiting: tuple[int, ...]


def slots_of(blocks: Sequence[Block]) -> list[Slot]:
    """The flow of a galley as slots."""
    slots: list[Slot] = []
    held, leans, after = False, False, 0
    for block in blocks:
        air = max(block.before, after)
        if block.box is not None:
            box = block.box
            slots.append(
                Slot(
                    box.marks,
                    box.height,
                    air,
                    block.after,
                    not held,
                    True,
                    block.floats,
                    block.wide,
                    block.anchor,
                    leans,
                )
            )
        count = len(block.lines)
        for number, marks in enumerate(block.lines):
            opens = not held if number == 0 else number >= TOGETHER and count - number >= TOGETHER
            lead = air if number == 0 else 0
            leaning = leans and number == 0
            slots.append(Slot(marks, 1, lead, 0, opens, anchor=block.anchor, leans=leaning))
        leans = block.floats and (held or leans)
        held, after = block.keep, block.after
    return slots


class Flow:
    """The slots of one interview, cut into columns on request; `taken` ones stand elsewhere already."""

    def __init__(self, slots: Sequence[Slot], full: int) -> None:
        self.slots = slots
        self.full = full
        self.taken: set[int] = set()
        self.pointed = any(slot.anchor for slot in slots)
        self.anchor = next((n for n, slot in enumerate(slots) if slot.anchor), len(slots) - 1)

    def column(self, start: int, lines: int, waiting: Sequence[int] = ()) -> Column:
        """Fill `lines` grid lines from slot `start`, floats that wait first; ends at the last legal place."""
        placed, used, below, put_off = self._floats(waiting, lines)
        best: Column | None = None
        away: set[int] = set()
        kept = tuple(put_off)
        if placed or not lines:
            best = Column(tuple(placed), start, used, kept)
        number, count = start, len(self.slots)
        while number < count:
            slot = self.slots[number]
            if slot.opens and number > start and not (slot.leans and number - 1 in away):
                best = Column(tuple(placed), number, used, tuple(put_off))
            air = max(slot.before, below) if placed else 0
            fits = used + air + slot.height <= lines
            if number in self.taken:
                away.add(number)
            elif slot.floats and (slot.wide or put_off or not fits):
                put_off.append(number)
                away.add(number)
            elif fits:
                placed.append((number, used + air))
                used += air + slot.height
                below = 0
            else:
                break
            number += 1
        else:
            return Column(tuple(placed), count, used, tuple(put_off))
        if best is None or (best.end == start and not best.placed):
            if lines < self.full:
                return Column((), start, 0, kept)
            return self._forced(placed, number, used, put_off)
        return best

    def _floats(
        self, waiting: Sequence[int], lines: int
    ) -> tuple[list[tuple[int, int]], int, int, list[int]]:
        """Floats that wait, at a column's head: those placed, lines used, air below, those put off again."""
        placed: list[tuple[int, int]] = []
        put_off: list[int] = []
        used = below = 0
        for number in waiting:
            slot = self.slots[number]
            air = max(slot.before, below) if placed else 0
            if put_off or slot.wide or used + air + slot.height > lines:
                put_off.append(number)
                continue
            placed.append((number, used + air))
            used += air + slot.height
            below = slot.after
        return placed, used, below, put_off

    def _forced(
        self, placed: list[tuple[int, int]], number: int, used: int, put_off: list[int]
    ) -> Column:
        """Where no legal end exists, a full column takes all that fits, and a short one stays empty."""
        if not placed:
            raise OverflowError(number)
        return Column(tuple(placed), number, used, tuple(put_off))

    def columns(self, start: int, heights: Sequence[int], waiting: Sequence[int]) -> list[Column]:
        """Fill columns one after the other."""
        found: list[Column] = []
        for lines in heights:
            column = self.column(start, lines, waiting)
            found.append(column)
            start, waiting = column.end, column.waiting
        return found

    def level(self, start: int, heights: Sequence[int], waiting: Sequence[int]) -> list[Column]:
        """Fill the columns of a page that is not the last so that they end as level and as full as can be."""
        best: tuple[int, list[Column]] | None = None
        for short in sorted(product(range(GIVE), repeat=len(heights)), key=sum):
            columns = self.columns(
                start, [h - s for h, s in zip(heights, short, strict=True)], waiting
            )
            left = [h - c.used for h, c in zip(heights, columns, strict=True)]
            score = sum(left) + 3 * (max(left) - min(left))
            if best is None or score < best[0]:
                best = (score, columns)
            if score == 0 or columns[-1].end == len(self.slots):
                break
        assert best is not None
        return best[1]

    def finished(self, columns: Sequence[Column]) -> bool:
        """Whether the flow ends in these columns."""
        return columns[-1].end == len(self.slots) and not columns[-1].waiting
