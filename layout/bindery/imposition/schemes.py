"""Which page stands in which place of which sheet, and which way up: numbers only, no lengths.

Columns count from the left and rows from the foot of the sheet as a side of it is looked at. A sheet's back is
seen after it was turned over about its upright axis, as one turns a page.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Joint = Literal["spine", "trim", "cut"]
"""What is between two neighbours: a fold that is bound, a fold that is trimmed open, or a cut."""

Scheme = Literal["saddle", "perfect", "n-up", "work-and-turn"]
Binding = Literal["left", "right"]
Spine = Literal["left", "right", ""]

FRONTS: dict[int, tuple[tuple[int, ...], ...]] = {
    4: ((4, 1),),
    8: ((5, 4), (8, 1)),
    16: ((5, 12, 9, 8), (4, 13, 16, 1)),
    32: ((5, 28, 29, 4), (12, 21, 20, 13), (9, 24, 17, 16), (8, 25, 32, 1)),
}
"""The fronts of signatures by their pages, bound on the left, the row at the head of the sheet first.

Each fold is at a right angle to the one before it and takes the upper or the left half behind the other; the last one
is the spine. Every second row, counted from the foot, stands on its head, so that heads meet heads and feet feet.
"""

FOLDS = {
    4: "the left half behind the right",
    8: "the upper half behind the lower, the left half behind the right",
    16: "the left half behind the right, the upper behind the lower, the left behind the right",
    32: "the upper half behind the lower, the left behind the right, and both once more",
}
"""How a signature bound on the left is folded, its front towards you; bound on the right, read right for left."""


class Slot(Struct, frozen=True):
    """A place on a side: `place` counts from 0 in the whole job's pages, blanks among them.

    `nest` leaves lie around its own in the folded sheets, and `spine` is the edge that is bound as it lies here.
    """

    column: int
    row: int
    place: int
    turned: bool = False
    nest: int = 0
    spine: Spine = ""


class Grid(Struct, frozen=True):
    """The joints between columns, left to right, and between rows, from the foot up."""

    across: tuple[Joint, ...]
    up: tuple[Joint, ...]

    @property
    def columns(self) -> int:
        """How many pages stand side by side."""
        return len(self.across) + 1

    @property
    def rows(self) -> int:
        """How many pages stand one over the other."""
        return len(self.up) + 1


class Side(Struct, frozen=True):
    """One side of a sheet; both names a form that is printed on both."""

    name: Literal["front", "back", "both"]
    slots: tuple[Slot, ...]


class Sheet(Struct, frozen=True):
    """A sheet of paper: `number` from 1; `signature` from 1, the same for all sheets that nest in each other."""

    number: int
    signature: int
    sides: tuple[Side, ...]


class Layout(Struct, frozen=True):
    """A scheme for so many pages: sheets that all have one grid; `deepest` is the largest nest."""

    grid: Grid
    sheets: tuple[Sheet, ...]
    places: int
    signatures: int
    deepest: int


def step_of(scheme: Scheme, signature: int, up: tuple[int, int]) -> int:
    """The pages that must come together for a whole number of sheets."""
    if scheme == "saddle":
        return 4
    return up[0] * up[1] if scheme == "n-up" else signature


def layout_of(
    scheme: Scheme, places: int, signature: int, up: tuple[int, int], binding: Binding
) -> Layout:
    """The sheets for `places` pages, a multiple of `step_of`, in linear time."""
    assert places > 0
    assert places % step_of(scheme, signature, up) == 0
    if scheme == "n-up":
        found = _stepped(places, up)
    elif scheme == "saddle":
        found = _nested(places)
    else:
        found = _gathered(places, signature, scheme == "work-and-turn")
    return _mirrored(found) if binding == "right" else found


# --- the schemes, bound on the left ---


def _nested(places: int) -> Layout:
    """Sheets folded once and put into each other: 4k pages on k sheets, the outermost first."""
    grid = _grid(4)
    sheets = []
    for index in range(places // 4):
        left, right = places - 1 - 2 * index, 2 * index
        front = (
            Slot(0, 0, left, nest=index, spine="right"),
            Slot(1, 0, right, nest=index, spine="left"),
        )
        sheets.append(Sheet(index + 1, 1, _both(Side("front", front), grid)))
    return Layout(grid, tuple(sheets), places, 1, places // 4 - 1)


def _gathered(places: int, signature: int, is_turned: bool) -> Layout:
    """Signatures one after the other, each a sheet or, turned, one form that prints two of them."""
    grid, front = _grid(signature), Side("front", tuple(_front(signature)))
    sides: tuple[Side, ...] = _both(front, grid)
    if is_turned:
        sides = (_side_by_side(sides[0], sides[1], grid),)
        grid = Grid((*grid.across, "cut", *grid.across), grid.up)
    count = places // signature
    sheets = [
        Sheet(number + 1, number + 1, tuple([_moved(side, number * signature) for side in sides]))
        for number in range(count)
    ]
    return Layout(grid, tuple(sheets), places, count, signature // 4 - 1)


def _stepped(places: int, up: tuple[int, int]) -> Layout:
    """Pages in reading order, line by line from the head; one side of each sheet is printed."""
    columns, rows = up
    cut: Joint = "cut"
    grid = Grid((cut,) * (columns - 1), (cut,) * (rows - 1))
    side = Side(
        "front",
        tuple(
            [
                Slot(column, rows - 1 - line, line * columns + column)
                for line in range(rows)
                for column in range(columns)
            ]
        ),
    )
    count = places // (columns * rows)
    sheets = [
        Sheet(number + 1, number + 1, (_moved(side, number * columns * rows),))
        for number in range(count)
    ]
    return Layout(grid, tuple(sheets), places, count, 0)


# --- their parts ---


def _grid(signature: int) -> Grid:
    """The joints of a signature: pages of one leaf's opening meet at the spine, all others are trimmed apart."""
    rows, columns = len(FRONTS[signature]), len(FRONTS[signature][0])
    across: list[Joint] = ["spine" if at % 2 == 0 else "trim" for at in range(columns - 1)]
    up: list[Joint] = ["trim"] * (rows - 1)
    return Grid(tuple(across), tuple(up))


def _front(signature: int) -> Iterator[Slot]:
    """The places of a signature's front; odd pages have their spine on the left where they stand upright."""
    for row, pages in enumerate(reversed(FRONTS[signature])):
        for column, page in enumerate(pages):
            leaf = (page - 1) // 2
            nest = min(leaf, signature // 2 - 1 - leaf)
            turned = row % 2 == 1
            spine: Spine = "left" if (page % 2 == 1) != turned else "right"
            yield Slot(column, row, page - 1, turned, nest, spine)


def _both(front: Side, grid: Grid) -> tuple[Side, Side]:
    """A front with its back, where each leaf's other page is."""
    last = grid.columns - 1
    back = [
        replace(slot, column=last - slot.column, place=slot.place ^ 1, spine=_other(slot.spine))
        for slot in front.slots
    ]
    return front, Side("back", tuple(back))


def _side_by_side(front: Side, back: Side, grid: Grid) -> Side:
    """One form of both: behind each page lies, once the sheet is turned, the other page of its leaf."""
    moved = [replace(slot, column=slot.column + grid.columns) for slot in back.slots]
    return Side("both", (*front.slots, *moved))


def _moved(side: Side, by: int) -> Side:
    """The same side with later pages."""
    return Side(side.name, tuple([replace(it, place=it.place + by) for it in side.slots]))


def _mirrored(layout: Layout) -> Layout:
    """The same for books that are bound on the right."""
    last = layout.grid.columns - 1

    def turned(slot: Slot) -> Slot:
        return replace(slot, column=last - slot.column, spine=_other(slot.spine))

    sheets = [
        replace(
            sheet,
            sides=tuple([Side(it.name, tuple(map(turned, it.slots))) for it in sheet.sides]),
        )
        for sheet in layout.sheets
    ]
    grid = Grid(layout.grid.across[::-1], layout.grid.up)
    return replace(layout, grid=grid, sheets=tuple(sheets))


def _other(spine: Spine) -> Spine:
    return {"left": "right", "right": "left"}.get(spine, "")  # type: ignore[return-value]
