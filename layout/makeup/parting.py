"""An article parted by other pages: folios and sides of its own, and the lines that say where it goes on.

The height of these lines is kept when pages are planned; their words come last, when all folios are known.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from layout.ground.problems import Place, refuse
from layout.makeup.furniture import Furniture
from layout.makeup.page import Anchor, Element, Link, Mark, Page, Pages
from layout.makeup.ways import Draft, Rooms
from layout.manuscript.text import Span
from layout.setting.galley import Block, shifted

STYLE = "jump"

ON, FROM = "continued_on", "continued_from"
"""The labels: at the foot of the page before, and at the head of the page after."""

HOLDERS = ("document", "turn", "answer")
"""What a line that leads on may stand in, after what is parted: no list, no quotation."""

OFF = 0.24
"""How far the lines stand off the text, in grid lines: the page has room over its first and under its last."""

BLOCK = 4
"""So many elements has a parting: two lines, and the link in each."""


class Gap(Struct, frozen=True):
    """So many `pages` that stand after the page of an article with the number `after`, from 1.

    Of them, `counted` move the arabic folios of the pages that follow.
    """

    after: int
    pages: int
    counted: int


class Spot(Struct, frozen=True):
    """Where a page of an article comes to lie: its folio, and whether it is on the right."""

    folio: int
    recto: bool


def spots_of(count: int, folio: int, recto: bool, gaps: Sequence[Gap]) -> list[Spot]:
    """The spots of `count` pages, the first of which has this folio and side."""
    found: list[Spot] = []
    pages = counted = 0
    left = sorted(gaps, key=lambda gap: gap.after)
    for number in range(count):
        while left and left[0].after <= number:
            gap = left.pop(0)
            pages, counted = pages + gap.pages, counted + gap.counted
        side = recto if (number + pages) % 2 == 0 else not recto
        found.append(Spot(folio + number + counted, side))
    return found


class Joint(Struct, frozen=True):
    """A parting after the page with this `number`: its elements come before the index `point`, inside `holder`."""

    number: int
    point: int
    holder: int


class Parted:
    """Puts the lines that lead on into the made-up pages of an article."""

    def __init__(
        self, furniture: Furniture, rooms: Rooms, drafts: Sequence[Draft], blocks: Sequence[Block]
    ) -> None:
        self.furniture, self.rooms, self.drafts, self.blocks = furniture, rooms, drafts, blocks
        self.brand, self.labels = furniture.brand, furniture.labels

    def joined(self, pages: Pages) -> Pages:
        """The pages with a line at the foot of each that others follow, and one at the head of the next.

        In the reading order both stand after the text that is parted, which is read on without them.
        """
        joints = [self._joint(pages, number) for number in self.rooms.parted]
        joints.sort(key=lambda joint: (joint.point, joint.number))
        points = [joint.point for joint in joints]
        marks = [_renumbered(page, points) for page in pages.pages]
        coming: dict[int, list[Element]] = {}
        for position, joint in enumerate(joints):
            at, number = joint.point + BLOCK * position, joint.number
            before, after = pages.pages[number - 1 : number + 1]
            coming.setdefault(joint.point, []).extend(self._elements(joint, at, points))
            marks[number - 1] += self._line(ON, before, after, number, at + 1)
            marks[number] += self._line(FROM, after, before, number, at + 3)
        for number in sorted({joint.number + n for joint in joints for n in (0, 1)}):
            x = self.furniture.left(self.furniture.side(pages.pages[number - 1].recto))
            marks[number - 1].append(Anchor(x, self.furniture.top, f"page-{number}"))
        found = [replace(page, marks=tuple(marks[at])) for at, page in enumerate(pages.pages)]
        return Pages(tuple(found), _with(pages.elements, coming, points))

    def _joint(self, pages: Pages, number: int) -> Joint:
        """Where the elements come in after the page with this number: behind all of the last text on it."""
        element, elements = self._last(number - 1), pages.elements
        while element > 0 and elements[elements[element].parent].role not in HOLDERS:
            element = elements[element].parent
        point = element + 1
        while point < len(elements) and elements[point].parent >= element:
            point += 1
        return Joint(number, point, max(elements[element].parent, 0))

    def _last(self, index: int) -> int:
        """The last element in the columns of a page, or in its boxes where they are empty."""
        draft = self.drafts[index]
        for column in reversed(draft.columns):
            for piece in reversed(column.placed):
                block = self.blocks[piece.unit]
                lines = [block.box.marks] if block.box is not None else block.rows(piece.setting)
                said = [mark.element for marks in lines[: piece.end] for mark in marks]
                if max(said, default=-1) > 0:
                    return max(said)
        return max((mark.element for box, _, _ in draft.boxes for mark in box.marks), default=0)

    def _elements(self, joint: Joint, at: int, points: Sequence[int]) -> list[Element]:
        """Both lines, from the index `at` on, each with the link in it."""
        parent = _moved(joint.holder, points)
        on, since = (Element("jump", parent, language=self.labels.foreign(it)) for it in (ON, FROM))
        return [on, Element("link", at), since, Element("link", at + 2)]

    def _line(self, label: str, page: Page, other: Page, number: int, element: int) -> list[Mark]:
        """The words on a page that lead to another: at the right of its foot, or at the left of its head."""
        leads_on = label == ON
        text = self.labels.of_page(label, other.folio)
        lines = self.furniture.setter.set_spans([Span(text)], STYLE, self.brand.measure, element)
        if len(lines) != 1:
            message = f"{text!r} is wider than a column"
            hint = f"give the brand a shorter `{label}` under `labels:`"
            raise refuse(Place(self.furniture.file), message, hint)
        room, leading = self.rooms.at(number - 1 if leads_on else number), self.furniture.leading
        line = room.top + room.lines if leads_on else room.top - 1
        x = self.furniture.left(self.furniture.side(page.recto))
        x += self.brand.type_width - lines[0].width if leads_on else 0.0
        top = self.furniture.top - line * leading
        target = f"#page-{number + 1 if leads_on else number}"
        link = Link(x, top - leading, lines[0].width, leading, target, text, element)
        y = top - (self.brand.grid.drop + (OFF if leads_on else -OFF)) * leading
        return [*shifted(lines[0].marks, x, y), link]


def _moved(element: int, points: Sequence[int]) -> int:
    """The index of an element once those of partings have come in before the indices `points`; furniture stays."""
    return element if element < 0 else element + BLOCK * bisect_right(points, element)


def _renumbered(page: Page, points: Sequence[int]) -> list[Mark]:
    return [replace(mark, element=_moved(mark.element, points)) for mark in page.marks]


def _with(
    elements: Sequence[Element], coming: Mapping[int, list[Element]], points: Sequence[int]
) -> tuple[Element, ...]:
    """The elements with those that are `coming`, by the indices that they stand before."""
    found: list[Element] = []
    for number, element in enumerate(elements):
        found += coming.get(number, ())
        found.append(replace(element, parent=_moved(element.parent, points)))
    return (*found, *coming.get(len(elements), ()))
