"""One page as the press sees it: its boxes, where things lie on it, and what is found there."""

from typing import Final

from msgspec import Struct

from layout.bindery.foreign import Leaf, Opened
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.press.geometry import Box, grown, is_there, join, meet
from layout.ground.units import MM

EDGE: Final = 0.5
"""Points by which a mark beside the bleed may reach into it: the halves of lines do."""
MOST_MM: Final = 100_000
"""Farther off than this nothing is measured: it is only said to be far."""


class Worst(Struct):
    """Of all findings of one kind on a page: the worst, where it is, and how many there are."""

    weight: float
    detail: str
    place: str
    count: int


class Sheet:
    """The boxes of a page in its own units, and its findings, gathered kind by kind."""

    def __init__(self, case: Case, leaf: Leaf, number: int, wanted: float) -> None:
        """`wanted` is the bleed that the printer asks for, in points."""
        self.case, self.entries, self.number = case, leaf.entries, number
        opened = case.opened
        media = opened.box(leaf.entries, "/MediaBox")
        assert media is not None  # no file is opened without
        self.media: Box = media
        crop = _held(opened, leaf, "/CropBox", media)
        stated = opened.box(leaf.entries, "/TrimBox") or opened.box(leaf.entries, "/ArtBox")
        self.trim: Box = _inside(stated, media) or crop
        self.bleed: Box = join(self.trim, _held(opened, leaf, "/BleedBox", crop))
        unit = case.item(leaf.entries, "/UserUnit")
        self.unit = float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0
        self.wanted = wanted / self.unit
        self.area: Box = meet(self.bleed, grown(self.trim, self.wanted))
        """What is looked at: what lies farther out is cut off, marks for the printer among it."""
        self.turns = ((case.number(leaf.entries, "/Rotate") or 0) // 90) % 4
        self.gathered: dict[tuple[str, str], Worst] = {}

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the trim as it is looked at, in points."""
        left, bottom, right, top = self.shown(self.trim)
        return (right - left) * self.unit, (top - bottom) * self.unit

    def shown(self, box: Box) -> Box:
        """A box as it lies when the page is looked at: turned, in its own units, from any corner."""
        left, bottom, right, top = box
        turned = {
            1: (bottom, -right, top, -left),
            2: (-right, -top, -left, -bottom),
            3: (-top, left, -bottom, right),
        }
        return turned.get(self.turns, box)  # fmt: skip

    def at(self, x: float, y: float) -> str:
        """A point in words, from the lower left corner of the trim."""
        left, bottom, _, _ = self.shown((x, y, x, y))
        return self.at_shown(left, bottom)

    def at_shown(self, x: float, y: float) -> str:
        """The same of a point on the page as it is looked at."""
        left, bottom, _, _ = self.shown(self.trim)
        across, up = (x - left) * self.unit, (y - bottom) * self.unit
        return f"{millimetres(across)} from the left, {millimetres(up)} from the foot"

    def around(self, box: Box) -> str:
        """The lower left corner of a box, as far as it is printed, in words."""
        seen = meet(box, self.area)
        left, bottom, right, top = seen if is_there(seen) else box
        corners = {1: (right, bottom), 2: (right, top), 3: (left, top)}
        return self.at(*corners.get(self.turns, (left, bottom)))

    def is_printed(self, box: Box) -> bool:
        """Whether any of a box lies in the area, and not only on its edge."""
        return _reaches(box, grown(self.area, -EDGE))

    def is_in_trim(self, box: Box) -> bool:
        """Whether any of a box lies in the trim, and not only on its edge."""
        return _reaches(box, grown(self.trim, -EDGE))

    def note(
        self, key: str, detail: object, place: str, weight: float = 0, group: str = ""
    ) -> None:
        """A finding; of those with one key and group the one of the least weight is told."""
        kept = self.gathered.get((key, group))
        if kept is None:
            self.gathered[key, group] = Worst(weight, str(detail), place, 1)
            return
        kept.count += 1
        if weight < kept.weight:
            kept.weight, kept.detail, kept.place = weight, str(detail), place

    def tell(self) -> None:
        """Make findings of all that was gathered."""
        for (key, _), worst in self.gathered.items():
            more = worst.count - 1
            others = f", and in {more} more place{'s' * (more > 1)}" if more else ""
            self.case.add(key, Where(self.number, place=worst.place + others), worst.detail)
        self.gathered.clear()


def _reaches(box: Box, area: Box) -> bool:
    """Whether a box that holds anything lies in an area, if only by a part."""
    return is_there(box) and is_there(meet(box, area))


def _held(opened: Opened, leaf: Leaf, key: str, default: Box) -> Box:
    """A box as far as it lies in the media box, or its default."""
    media = opened.box(leaf.entries, "/MediaBox") or default
    return _inside(opened.box(leaf.entries, key), media) or default


def _inside(box: Box | None, media: Box) -> Box | None:
    if box is None:
        return None
    found = meet(box, media)
    return found if found[0] < found[2] and found[1] < found[3] else None


def millimetres(points: float) -> str:
    """A length in points as a printer says it."""
    length = points / MM
    if not abs(length) < MOST_MM:
        return "far"
    return (
        f"{length:.0f} mm"
        if abs(length) >= 10
        else f"{length:.1f} mm".replace(".0 ", " ").replace("-0 ", "0 ")
    )


def weight_of(points: float) -> str:
    """A thickness or a size of type in points."""
    return f"{points:.3g} pt"
