"""The flow: what of a text is still to be placed, and columns filled with it."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from layout.makeup.columns import Filler, Start, Unit, reach_of


class Flow:
    """The units of one galley in their order; what was filled once is there when it is asked for again."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self._fillers: dict[tuple[Any, ...], Filler] = {}
        heights = [(u.counts[0] if u.counts else u.height) + u.before for u in units]
        least = [min(u.counts, default=u.height) for u in units]
        self.tails = [0, *accumulate(reversed(heights))][::-1]
        """Grid lines from each unit to the end as they are best set."""
        self.least_tails = [0, *accumulate(reversed(least))][::-1]
        self.reach = reach_of(units)
        self.wide = [n for n, unit in enumerate(units) if unit.wide]

    def ended(self, start: Start) -> bool:
        """Whether nothing of it is left."""
        return start.unit >= len(self.units) and not start.waiting

    def rest(self, start: Start, tails: Sequence[int], wide: Sequence[int]) -> int:
        """Grid lines that are left from a start on, boxes over all columns not counted."""
        units = self.units
        boxes = sum(units[n].height for n in start.waiting if not units[n].wide)
        over = sum(units[n].height for n in wide if n >= start.unit)
        return max(0, tails[start.unit] - start.line + boxes - over)

    def fill(self, starts: Sequence[Start], heights: Sequence[int], **how: Any) -> Filler:
        """Columns filled from these starts; what was filled once for a first look is there for the second."""
        key = (tuple(starts), tuple(heights), *how.items())
        filler = self._fillers.get(key)
        if filler is None:
            filler = self._fillers[key] = Filler(self.units, heights, reach=self.reach, **how)
            filler.run(starts)
        return filler
