"""Tables: rows and cells in their places, spans that fit, headers that can be found (PDF/UA-1, 7.2, 7.5)."""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import ArrayObject

from layout.bindery.preflight.case import Case, text
from layout.bindery.preflight.structure import names_of
from layout.bindery.preflight.tree import Element, Tree

_SECTIONS: Final = ("THead", "TBody", "TFoot")
_KIDS: Final = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
}
_PARENTS: Final = {
    "TR": ("Table", *_SECTIONS),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
    "TH": ("TR",),
    "TD": ("TR",),
}
"""ISO 32000-1, table 337."""
MOST_PLACES: Final = 1 << 20
"""Places for cells in one table; one with more is not looked at."""
WIDEST: Final = 2000
"""Rows or columns that one cell may span here; what is beyond is not looked at."""


class Cell(Struct, frozen=True):
    """A cell in its place, from row and column 0."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int


def check_tables(case: Case, tree: Tree) -> None:
    """Every table of the document."""
    for element in tree.elements:
        if element.kind in _KIDS:
            _kids(case, tree, element)
        if element.kind in _PARENTS:
            above = tree.parent_of(element)
            kind = (above.kind or above.role) if above else "the root"
            if kind not in _PARENTS[element.kind]:
                case.add("table-kids", tree.where(element), f"{element.kind} in {kind}")
        if element.kind == "Table":
            _sections(case, tree, element)
            _grid(case, tree, element)


def _kids(case: Case, tree: Tree, element: Element) -> None:
    for kid in sorted(set(names_of(tree, tree.kids_of(element))) - _KIDS[element.kind]):
        case.add("table-kids", tree.where(element), f"{kid} in {element.kind}")


def _sections(case: Case, tree: Tree, table: Element) -> None:
    kids = names_of(tree, tree.kids_of(table))
    for section in ("THead", "TFoot"):
        if kids.count(section) > 1:
            case.add("table-kids", tree.where(table), f"more than one {section}")
        if section in kids and "TBody" not in kids:
            case.add("table-kids", tree.where(table), f"{section} without TBody")
    if "Caption" in kids[1:-1] or kids.count("Caption") > 1:
        case.add("caption-place", tree.where(table), "Table")


def _rows(tree: Tree, table: Element) -> Iterator[Element]:
    for index in tree.kids_of(table):
        kid = tree.elements[index]
        if kid.kind == "TR":
            yield kid
        elif kid.kind in _SECTIONS:
            yield from (row for at in tree.kids_of(kid) if (row := tree.elements[at]).kind == "TR")


def _grid(case: Case, tree: Tree, table: Element) -> None:
    cells: list[Cell] = []
    taken: dict[tuple[int, int], bool] = {}
    rows = list(_rows(tree, table))
    for row, element in enumerate(rows):
        column = 0
        for index in tree.kids_of(element):
            kid = tree.elements[index]
            if kid.kind not in ("TH", "TD"):
                continue
            while (row, column) in taken:
                column += 1
            cell = Cell(
                kid, row, column, _span(tree, kid, "/RowSpan"), _span(tree, kid, "/ColSpan")
            )
            cells.append(cell)
            if len(taken) + cell.rows * cell.columns > MOST_PLACES:
                case.add("unchecked", tree.where(table), "a table of so many cells")
                return
            if not _take(taken, cell):
                case.add("table-spans", tree.where(kid))
                return
            column += cell.columns
    widths = [0] * len(rows)
    for row, _ in taken:
        if row >= len(rows):
            case.add("table-spans", tree.where(table))
            return
        widths[row] += 1
    if len(set(widths)) > 1:
        case.add("table-spans", tree.where(table))
    _headers(case, tree, table, cells)


def _span(tree: Tree, element: Element, key: str) -> int:
    found = tree.attribute(element, "Table", key)
    return min(max(int(found), 1), WIDEST) if isinstance(found, int | float) else 1


def _take(taken: dict[tuple[int, int], bool], cell: Cell) -> bool:
    """Mark a cell's places; False where one was taken."""
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            if (row, column) in taken:
                return False
            taken[row, column] = True
    return True


def _headers(case: Case, tree: Tree, table: Element, cells: list[Cell]) -> None:
    """Each cell has a header: named by it, or one of its row or column that says which with /Scope."""
    headers = [cell for cell in cells if cell.element.kind == "TH"]
    if cells and not headers:
        case.add("table-no-header", tree.where(table))
    scoped = [
        cell for cell in headers if tree.attribute(cell.element, "Table", "/Scope") is not None
    ]
    identifiers = {tree.text_of(cell.element, "/ID") for cell in cells} - {""}
    vague, clear = _lines(headers), _lines(scoped)
    for cell in cells:
        if cell.element.kind != "TD":
            continue
        named = _named(case, tree.attribute(cell.element, "Table", "/Headers"))
        if named and named <= identifiers:
            continue
        lines = _lines([cell])
        if lines & vague and not lines & clear:
            case.add("table-header", tree.where(cell.element))
            return


def _lines(cells: list[Cell]) -> set[tuple[str, int]]:
    """The rows and columns that cells lie in."""
    rows = {("row", at) for cell in cells for at in range(cell.row, cell.row + cell.rows)}
    columns = {
        ("column", at) for cell in cells for at in range(cell.column, cell.column + cell.columns)
    }
    return rows | columns


def _named(case: Case, value: Any) -> set[str]:
    found = list(value) if isinstance(value, ArrayObject) else [value]
    return {text(case.resolve(each)) for each in found} - {""}
