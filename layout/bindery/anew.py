"""The contents page of a file set anew from its outline, once reprints were put into it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from layout.bindery.body import Body
from layout.bindery.contents import Contents, Listed
from layout.bindery.foreign import Opened, open_bytes
from layout.bindery.graft import Graft
from layout.bindery.merger import Target
from layout.bindery.names import Names
from layout.bindery.outline import Item, read_outline
from layout.bindery.pagelabels import Label, numbers, read_labels
from layout.ground.problems import Place, refuse
from layout.makeup.furniture import Banner
from layout.makeup.page import Anchor, Element, Page, Pages
from layout.plates.edition import EDITIONS
from layout.plates.metadata import About
from layout.plates.painter import Part, paint
from layout.setting.looks import TypeCase


class Asked(Struct, frozen=True):
    """What is known of contents that are wanted: their `title`, and the look they are set in.

    `pages` are the first and last page of the host, from 1, in whose place they come; None where its outline
    has to tell. Entries called as one of `sections` are headings, the `kickers` stand under titles.
    """

    title: str
    case: TypeCase
    publication: str
    language: str = "en"
    pages: tuple[int, int] | None = None
    dateline: str = ""
    sections: frozenset[str] = frozenset()
    kickers: Mapping[str, str] = {}


class Entry(Struct, frozen=True):
    """An entry of the outline: what it says, the index of its page in its own file, and what stands under it."""

    title: str
    page: int | None
    under: tuple["Entry", ...] = ()


class Row(Struct, frozen=True):
    """A line of the contents: what it leads to, and whether that bears a number."""

    title: str
    target: Target | None = None
    numbered: bool = False
    is_section: bool = False


def rows_of(asked: Asked, file: int, opened: Opened, gone: range) -> list[Row]:
    """The lines that a file's outline gives: its highest entries, and those under sections.

    Entries of the pages that are `gone` are left out.
    """
    with opened.reading():
        labels = read_labels(opened)
    rows = []
    for entry in entries_of(opened):
        is_section = entry.title in asked.sections
        rows += [Row(entry.title, is_section=True)] if is_section else []
        for each in entry.under if is_section else (entry,):
            if each.page is not None and each.page not in gone:
                numbered = bool(numbers(labels, each.page))
                rows.append(Row(each.title, (file, each.page), numbered))
    return rows


def entries_of(opened: Opened) -> tuple[Entry, ...]:
    """The outline of a file; it is read as if it were to be copied, and nothing is."""
    with opened.reading():
        body = Body()
        graft = Graft(body, opened, body.reserve(), Names({}, {}, set(), ""), False)
        everything = range(len(opened.pages))
        for page in everything:
            graft.keep(page)
        return tuple(map(_entry, read_outline(graft, everything)))


def _entry(item: Item) -> Entry:
    said = str(item.entry.get("/Title", "")).strip()
    return Entry(said, item.page, tuple(map(_entry, item.children)))


def place_of(host: Opened, asked: Asked) -> range:
    """The host's pages, by their indices, in whose place the contents come; raises `Refused`."""
    count = len(host.pages)
    if asked.pages is not None:
        first, last = asked.pages
        if last <= count:
            return range(first - 1, last)
        pages = "1 page" if count == 1 else f"{count} pages"
        raise refuse(host.place, f"{host.name} has {pages}, so there is no page {last}")
    found = [it for entry in entries_of(host) for it in (entry, *entry.under)]
    starts = sorted({it.page for it in found if it.page is not None})
    own = next((it.page for it in found if it.title == asked.title and it.page is not None), None)
    if own is None:
        message = f"nothing in the outline of {host.name} is called '{asked.title}'"
        hint = "name the page of the old contents, as in --contents 2 or --contents 2-3"
        raise refuse(host.place, message, hint)
    return range(own, next((page for page in starts if page > own), own + 1))


class Anew:
    """Contents that are set, a line for each of `rows`."""

    def __init__(self, asked: Asked, rows: Sequence[Row]) -> None:
        self.asked = asked
        self._rows = rows
        listed = [_listed(asked, row, f"row-{n}") for n, row in enumerate(rows)]
        banner = Banner(asked.publication, "", asked.dateline, dated=True)
        self._contents = Contents(asked.title, listed, asked.case, banner, asked.language)

    @property
    def count(self) -> int:
        """How many pages they take."""
        return self._contents.count

    @property
    def targets(self) -> list[Target]:
        """The pages that they lead to, in order, each once."""
        return list(dict.fromkeys(row.target for row in self._rows if row.target is not None))

    def opened(
        self, at: int, labels: Sequence[Label], index: Mapping[Target, int], place: Place
    ) -> Opened:
        """A PDF of the contents as they stand from index `at` of the new file on, of which `index` has all targets.

        After them it has an empty page for each page that they lead to.
        """
        folios = [
            numbers(labels, index[row.target]) if row.target is not None else ""
            for row in self._rows
        ]
        own = numbers(labels, at)
        number = int(own) if own.isdecimal() else at + 1
        pages = self._contents.pages(number, number % 2 == 1, folios)
        asked, brand = self.asked, self.asked.case.brand
        about = About(title=asked.title, language=asked.language, publisher=asked.publication)
        parts = [Part(pages), Part(Pages(tuple(self._ends(brand.width, brand.height)), _NOTHING))]
        pdf = paint(parts, brand, EDITIONS["digital"], about)
        return open_bytes(pdf, place, "the new contents")

    def _ends(self, width: float, height: float) -> Iterator[Page]:
        """Empty pages that the rows lead to, until the real ones take their places."""
        names: dict[Target, list[str]] = {}
        for n, row in enumerate(self._rows):
            if row.target is not None:
                names.setdefault(row.target, []).append(f"row-{n}")
        for target in self.targets:
            marks = [Anchor(0.0, height, name, "", 0, 0) for name in names[target]]
            yield Page(width, height, 1, True, tuple(marks))


_NOTHING = (Element("document", -1),)


def _listed(asked: Asked, row: Row, name: str) -> Listed:
    if row.is_section:
        return Listed(row.title, section=True)
    target = f"#{name}" if row.target is not None else ""
    return Listed(row.title, asked.kickers.get(row.title, ""), row.numbered, target)
