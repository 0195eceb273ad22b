"""The seam: finished pages as frozen values. Above it nobody knows PDF; below it nobody decides a place.

Painter, tags, preview and tests read the same values. Coordinates are in points from the lower left
trim corner, y upwards; every mark names its element of the reading order, or is furniture.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

from layout.setting.marks import (
    FOLIO,
    FOOTER,
    HEADER,
    INLINE,
    LAYOUT,
    Anchor,
    Element,
    Image,
    Link,
    Mark,
    Rule,
    Run,
    Tint,
)

__all__ = [
    "FOLIO", "FOOTER", "HEADER", "LAYOUT", "Anchor", "Element", "Image", "Link", "Mark", "Page", "Pages", "Rule",
    "Run", "Tint", "whole",
]  # fmt: skip


class Page(Struct, frozen=True):
    """One page: its trim size, its folio, whether it lies on the right, and its marks in painting order."""

    width: float
    height: float
    folio: int
    recto: bool
    marks: tuple[Mark, ...]


class Pages(Struct, frozen=True):
    """The pages of one interview and its elements in reading order."""

    pages: tuple[Page, ...]
    elements: tuple[Element, ...]


def whole(element: int, elements: Sequence[Element], apart: Collection[str] = ()) -> int:
    """The text that an element is part of, as a link is of its paragraph; roles `apart` are texts of their own."""
    while element >= 0 and elements[element].role in INLINE and elements[element].role not in apart:
        element = elements[element].parent
    return element
