"""A paragraph as boxes, glue and penalties: what a line breaker is given; no text, no fonts.

The terms and their rules are those of D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines",
Software: Practice and Experience 11 (1981), 1119-1184; what hangs over a line's ends, limits, spaces and
words are ours.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate

INFINITE = 10_000.0
"""A penalty of this or more forbids a break; its negative forces one."""

FILL = 1e7
"""Stretch that swallows any gap, for the end of a paragraph."""


class Items:
    """A paragraph as boxes, glue and penalties, in parallel lists with running sums.

    `widths[i]`, `stretches[i]` and `shrinks[i]` are totals of the items before item i.
    """

    __slots__ = (
        "boxes", "breaks", "ends", "flags", "limits", "penalties", "shrinks", "spaces", "starts", "stretches", "widths",
        "words",
    )  # fmt: skip

    def __init__(self) -> None:
        self.widths = [0.0]
        self.stretches = [0.0]
        self.shrinks = [0.0]
        self.boxes: list[bool] = []
        self.breaks: list[int] = []
        self.penalties: dict[int, tuple[float, float]] = {}
        self.flags: set[int] = set()
        self.starts: dict[int, float] = {}
        """By item: what of a line that begins with it hangs over its left end, in points."""
        self.ends: dict[int, float] = {}
        """By break: what of the line hangs over its right end, the hyphen included."""
        self.limits: list[float] = []
        """Sums of what may be shrunk at most, before each item as `shrinks`, where that is more than its share."""
        self.spaces: list[int] = []
        """The items that are word spaces, where rivers are looked for."""
        self.words: Callable[[int, bool], str] | None = None
        """The first word of a line that begins with an item, or the last of one that ends there."""

    @classmethod
    def of(
        cls,
        widths: Sequence[float],
        stretches: Sequence[float],
        shrinks: Sequence[float],
        boxes: list[bool],
        breaks: list[int],
        penalties: dict[int, tuple[float, float]],
        flags: set[int],
    ) -> "Items":
        """The same from lists with one entry an item: for callers who fill lists faster than methods."""
        items = cls()
        items.widths = [0.0, *accumulate(widths)]
        items.stretches = [0.0, *accumulate(stretches)]
        items.shrinks = [0.0, *accumulate(shrinks)]
        items.boxes, items.breaks = boxes, breaks
        items.penalties, items.flags = penalties, flags
        return items

    def __len__(self) -> int:
        return len(self.boxes)

    def box(self, width: float) -> None:
        """Something that is set whole."""
        self.widths.append(self.widths[-1] + width)
        self.stretches.append(self.stretches[-1])
        self.shrinks.append(self.shrinks[-1])
        self.boxes.append(True)

    def glue(self, width: float, stretch: float, shrink: float) -> None:
        """Space, which may stretch and shrink; a break is legal here after a box."""
        if self.boxes and self.boxes[-1]:
            self.breaks.append(len(self.boxes))
        self.widths.append(self.widths[-1] + width)
        self.stretches.append(self.stretches[-1] + stretch)
        self.shrinks.append(self.shrinks[-1] + shrink)
        self.boxes.append(False)

    def penalty(self, width: float, penalty: float, *, flagged: bool = False) -> None:
        """A place to break at a price; `width` is what then appears, such as a hyphen's."""
        index = len(self.boxes)
        if penalty < INFINITE:
            self.breaks.append(index)
        self.penalties[index] = (width, penalty)
        if flagged:
            self.flags.add(index)
        self.widths.append(self.widths[-1])
        self.stretches.append(self.stretches[-1])
        self.shrinks.append(self.shrinks[-1])
        self.boxes.append(False)

    def finish(self, stretch: float = FILL) -> None:
        """End the paragraph: no break before the last glue, which fills its line (p. 1126)."""
        self.penalty(0, INFINITE)
        self.glue(0, stretch, 0)
        self.penalty(0, -INFINITE, flagged=False)

    def after(self, position: int) -> int:
        """The item the next line starts with after a break: glue and penalties vanish (p. 1126)."""
        index, end = position, len(self.boxes)
        while index < end and not self.boxes[index]:
            forced = index in self.penalties and self.penalties[index][1] <= -INFINITE
            if forced and index > position:
                break
            index += 1
        return index
