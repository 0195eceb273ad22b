"""What leads a reader through a file: bookmarks and page labels (ISO 32000-1, 12.3.3 and 12.4.2)."""

from collections.abc import Sequence

from msgspec import Struct

from layout.makeup.page import Anchor, Pages
from layout.plates.document import Document, Item, text_string
from layout.plates.labels import STYLES, Label


class Bookmark(Struct, frozen=True):
    """An entry of the outline: it leads to `top` on the page with index `page`, or to the whole page.

    `level` counts from 0. Entries below a `closed` one are not shown until it is opened.
    """

    title: str
    page: int
    level: int = 0
    top: float | None = None
    closed: bool = False


def bookmarks_of(pages: Pages) -> list[Bookmark]:
    """The bookmarks of an interview in the order of reading: the sidebar comes last, wherever it stands."""
    found = [
        (mark.element, Bookmark(mark.title, number, mark.level, mark.y, mark.level > 0))
        for number, page in enumerate(pages.pages)
        for mark in page.marks
        if isinstance(mark, Anchor) and mark.title
    ]
    return [bookmark for _, bookmark in sorted(found, key=lambda it: it[0])]


def labels_of(pages: Pages) -> list[Label]:
    """A page label wherever the folios do not simply go on."""
    labels: list[Label] = []
    expected = 0
    for number, page in enumerate(pages.pages):
        if page.folio != expected or not labels:
            labels.append(Label(number, first=page.folio))
        expected = page.folio + 1
    return labels


class _Entry:
    """A bookmark with those below it."""

    def __init__(self, item: Item, bookmark: Bookmark | None) -> None:
        self.item, self.bookmark = item, bookmark
        self.below: list[_Entry] = []

    @property
    def shown(self) -> int:
        """How many entries are seen below it where it is open."""
        return sum(1 if it.bookmark and it.bookmark.closed else 1 + it.shown for it in self.below)


def write_outline(document: Document, bookmarks: Sequence[Bookmark], pages: Sequence[Item]) -> str:
    """Write the outline: what the catalogue says of it, '' where there is none."""
    if not bookmarks:
        return ""
    root = _Entry(Item(document), None)
    stack = [root]
    for bookmark in bookmarks:
        del stack[bookmark.level + 1 :]
        entry = _Entry(Item(document), bookmark)
        stack[-1].below.append(entry)
        stack.append(entry)
    root.item.text = f"<</Type/Outlines{_below(root, 1)}>>"
    todo = [root]
    while todo:
        parent = todo.pop()
        for at, entry in enumerate(parent.below):
            entry.item.text = _written(parent, at, pages)
            todo.append(entry)
    return f"/Outlines {root.item.ref}"


def _below(entry: _Entry, sign: int) -> str:
    """First, last and number of the entries below one, negative where it is closed."""
    first, last = entry.below[0].item.ref, entry.below[-1].item.ref
    return f"/First {first}/Last {last}/Count {sign * entry.shown}"


def _written(parent: _Entry, at: int, pages: Sequence[Item]) -> str:
    """An entry's dictionary (table 153)."""
    entry = parent.below[at]
    bookmark = entry.bookmark
    assert bookmark is not None
    where = "/Fit" if bookmark.top is None else f"/XYZ 0 {bookmark.top:.3f} 0"
    text = f"<</Title{text_string(bookmark.title)}/Parent {parent.item.ref}/Dest[{pages[bookmark.page].ref}{where}]"
    if at:
        text += f"/Prev {parent.below[at - 1].item.ref}"
    if at + 1 < len(parent.below):
        text += f"/Next {parent.below[at + 1].item.ref}"
    if entry.below:
        text += _below(entry, -1 if bookmark.closed else 1)
    return text + ">>"


def written_labels(labels: Sequence[Label]) -> str:
    """What the catalogue says of page labels, '' where there are none."""
    rows = []
    for label in labels:
        entries = f"/S{STYLES[label.style]}" if label.style != "none" else ""
        if label.prefix:
            entries += f"/P{text_string(label.prefix)}"
        if label.first != 1 and label.style != "none":
            entries += f"/St {label.first}"
        rows.append(f"{label.start}<<{entries}>>")
    return f"/PageLabels<</Nums[{' '.join(rows)}]>>" if rows else ""
