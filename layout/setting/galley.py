"""An interview as set lines without pages: blocks of lines on the grid and boxes of whole grid lines.

Lengths are in points; heights of blocks and boxes are in grid lines. Text that follows the grid is a
`Lines` block; whatever has a leading of its own is a `Box`, whose last line or edge meets the grid again.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from layout.manuscript.text import Span
from layout.setting.marks import HEADER, LINKS, Element, Mark, Role
from layout.setting.settings import SetLine, Setting


class Box(Struct, frozen=True):
    """Something that is placed whole: marks from its top left corner (y down is negative)."""

    height: int
    marks: tuple[Mark, ...]


class Block(Struct, frozen=True):
    """A piece of the flow: text of one grid line a line, in one or more settings, or one box.

    Text stands `inset` points in; its first `together` lines stay in one column; `lead` are marks that
    stand before its first line: a label, an anchor. A `large` box is no end for a column.

    `before` and `after` are grid lines of air, dropped at a column's head and foot; `keep` holds the
    block and the next together; `wide` boxes go across all columns; `anchor` marks the text that the
    sidebar belongs to.
    """

    settings: tuple[Setting, ...] = ()
    box: Box | None = None
    lead: tuple[Mark, ...] = ()
    inset: float = 0.0
    together: int = 0
    before: int = 0
    after: int = 0
    keep: bool = False
    wide: bool = False
    floats: bool = False
    large: bool = False
    anchor: bool = False

    def varied(self) -> "Block":
        """The block with all other settings that can be had."""
        if not self.settings:
            return self
        return replace(self, settings=(*self.settings, *self.settings[0].others()))

    @property
    def lines(self) -> tuple[tuple[Mark, ...], ...]:
        """The lines of the best setting."""
        return self.rows(0) if self.settings else ()

    def rows(self, setting: int) -> tuple[tuple[Mark, ...], ...]:
        """The lines of one setting, each from the column's left end."""
        found = [line.marks for line in self.settings[setting].lines()]
        if self.inset:
            found = [shifted(marks, self.inset, 0.0) for marks in found]
        if self.lead and found:
            found[0] = (*self.lead, *found[0])
        return tuple(found)


class SidebarParts(Struct, frozen=True):
    """The sidebar before it is boxed: rows of (marks from the row's top left, height, gap above), in points.

    The first `fixed` rows are its title and introduction; `again` is the title of a box that goes on.
    """

    rows: tuple[tuple[tuple[Mark, ...], float, float], ...]
    again: tuple[tuple[Mark, ...], float, float]


class Mast(Struct, frozen=True):
    """The elements of the masthead's words, negative where they are furniture: it is read once."""

    name: int = HEADER
    tagline: int = HEADER
    dateline: int = HEADER


class Galley(Struct, frozen=True):
    """All that an interview has to say, set: what make-up places on pages."""

    elements: tuple[Element, ...]
    head: Box
    blocks: tuple[Block, ...]
    sidebar: SidebarParts | None
    colophon: tuple[SetLine, ...]
    disclaimer: tuple[SetLine, ...]
    title: str
    language: str
    dateline: str
    tagline: str
    mast: Mast


class Tree:
    """The reading order while it is being written down."""

    def __init__(self, language: str) -> None:
        self.elements: list[Element] = [Element("document", -1, language=language)]

    def add(
        self, role: Role, parent: int = 0, alt: str = "", line: int = 0, language: str = ""
    ) -> int:
        """A new element below `parent`; its index. `language` is given where it is not the parent's."""
        self.elements.append(Element(role, parent, alt, language, line))
        return len(self.elements) - 1

    def inside(self, spans: Sequence[Span], element: int) -> list[int]:
        """The element of each span of a text: a link and words in another language have their own below it.

        What a link is made of belongs together; an element that is a link already holds no other.
        """
        line = self.elements[element].line
        is_link = self.elements[element].role in LINKS
        found: list[int] = []
        last = Span("")
        for span in spans:
            if not span.language and (not span.href or is_link):
                found.append(element)
            elif found and (span.href, span.language) == (last.href, last.language):
                found.append(found[-1])
            else:
                role: Role = "link" if span.href and not is_link else "words"
                found.append(self.add(role, element, line=line, language=span.language))
            last = span
        return found


def moved(mark: Mark, x: float, y: float) -> Mark:
    """A mark shifted by (x, y)."""
    return replace(mark, x=mark.x + x, y=mark.y + y)


def shifted(marks: Sequence[Mark], x: float, y: float) -> tuple[Mark, ...]:
    """Marks shifted by (x, y)."""
    return tuple([moved(mark, x, y) for mark in marks])


def stack(
    lines: Sequence[SetLine], leading: float, y: float, x: float = 0.0
) -> tuple[list[Mark], float]:
    """Lines below each other from the baseline `y`, and the next baseline."""
    marks: list[Mark] = []
    for line in lines:
        marks += shifted(line.marks, x, y)
        y -= leading
    return marks, y
