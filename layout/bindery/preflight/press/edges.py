"""What touches the edge of the trim, and whether it runs on through the bleed."""

from typing import Final

from layout.bindery.preflight.press.geometry import Box, is_there, meet
from layout.bindery.preflight.press.sheet import Sheet, millimetres
from layout.ground.units import MM

TOUCH: Final = 0.3 * MM
"""What ends so near to the trim is meant to reach it."""
SHORT: Final = 0.1 * MM
"""What lacks no more than this of the bleed has enough."""
_SIDES: Final = ("left", "lower", "right", "upper")


class Edges:
    """The four edges of a page: how far each may bleed, and what falls short of that."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.wanted = sheet, sheet.wanted
        trim, bleed = sheet.trim, sheet.bleed
        self.room = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
        self.touched: set[int] = set()

    def reach(self, box: Box, what: str) -> None:
        """Something is painted in a box; only what lies on both sides of an edge, or close to it, matters."""
        trim = self.sheet.trim
        near = (
            box[0] <= trim[0] + TOUCH < box[2],
            box[1] <= trim[1] + TOUCH < box[3],
            box[2] >= trim[2] - TOUCH > box[0],
            box[3] >= trim[3] - TOUCH > box[1],
        )
        if not any(near) or not is_there(meet(box, trim)):
            return
        beyond = (trim[0] - box[0], trim[1] - box[1], box[2] - trim[2], box[3] - trim[3])
        for side in range(4):
            if near[side]:
                self._side(side, max(beyond[side], 0.0), box, what)

    def _side(self, side: int, beyond: float, box: Box, what: str) -> None:
        room = max(self.room[side], 0.0)
        self.touched.add(side)
        if beyond + SHORT < min(room, self.wanted):
            name = self._name(side)
            detail = f"{what} at the {name} edge ends {self._length(beyond)} beyond the trim"
            place = self.sheet.around(box)
            self.sheet.note("bleed-missing", f"{detail}, not {self._length(min(room, self.wanted))}",
                            place, beyond, name)  # fmt: skip

    def tell(self) -> None:
        """Which edges have less room than the printer asks for, though something touches them."""
        short = [side for side in sorted(self.touched) if self.room[side] + SHORT < self.wanted]
        if not short:
            return
        sides = " and ".join(map(self._name, short))
        least = min(max(self.room[side], 0.0) for side in short)
        detail = f"{self._length(least)}, not {self._length(self.wanted)}"
        self.sheet.note("bleed-box", detail, f"at the {sides} edge{'s' * (len(short) > 1)}")

    def _name(self, side: int) -> str:
        """An edge as it is called when the page is looked at."""
        return _SIDES[(side - self.sheet.turns) % 4]

    def _length(self, units: float) -> str:
        return millimetres(units * self.sheet.unit)
