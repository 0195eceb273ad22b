"""Where everything goes when reprints are put into a larger PDF: pages, outline, labels and contents."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from pypdf.generic import DictionaryObject, IndirectObject

from layout.bindery.claims import Bound
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.bindery.outline import Item, leading_to, read_outline
from layout.bindery.pagelabels import Label, read_labels, window
from layout.bindery.standing import Origin
from layout.bindery.volume import Volume
from layout.ground.problems import refuse

if TYPE_CHECKING:
    from layout.bindery.anew import Anew, Asked, Row


Target = tuple[int, int]
"""A page: the index of the file that gives it, and of the page in that file."""


class Merger:
    """Where everything goes; pages are told by the index of their file, the new contents last, and theirs in it."""

    def __init__(self, files: Sequence[Opened], before: int | None, asked: "Asked | None") -> None:
        self.host, *self.parts = files
        self.new = len(files)
        """The index that stands for the new contents."""
        self.at = _position(self.host, before)
        self.gone, self.anew = range(0), None
        if asked is not None:
            self.gone, self.anew = self._set_anew(asked)
        self.order = list(self._order())
        self.labels = self._labels()
        self.contents: Opened | None = None
        if self.anew is not None:
            index = {page: at for at, page in enumerate(self.order)}
            at = index[self.new, 0]
            self.contents = self.anew.opened(at, self.labels, index, self.host.place)

    def _set_anew(self, asked: "Asked") -> tuple[range, "Anew"]:
        """The pages of the host that give place to the contents, and these."""
        from layout.bindery.anew import Anew, place_of, rows_of  # what sets costs half a cold start

        gone = place_of(self.host, asked)
        return gone, Anew(asked, self._rows(rows_of(asked, 0, self.host, gone)))

    def _rows(self, rows: "list[Row]") -> "list[Row]":
        """The lines of the contents: the host's `rows`, and one for each reprint where it comes in."""
        from layout.bindery.anew import Row

        later = (n for n, row in enumerate(rows) if row.target and row.target[1] >= self.at)
        place = next(later, len(rows))
        # What comes in before a section's first article comes in before the section.
        while 0 < place < len(rows) and rows[place - 1].is_section:
            place -= 1
        mine = []
        for number, part in enumerate(self.parts, 1):
            with part.reading():
                numbered = bool(read_labels(part))
            mine.append(Row(_title(part), (number, 0), numbered))
        return [*rows[:place], *mine, *rows[place:]]

    def _order(self) -> Iterator[Target]:
        """All pages of the new file."""
        for page in range(len(self.host.pages) + 1):
            if page == self.at:
                for number, part in enumerate(self.parts, 1):
                    yield from ((number, each) for each in range(len(part.pages)))
            if self.anew is not None and page == self.gone.start:
                yield from ((self.new, each) for each in range(self.anew.count))
            if page < len(self.host.pages) and page not in self.gone:
                yield 0, page

    def written(self, keep_claims: bool, out: BinaryIO | None) -> Bound:
        """The new file."""
        guests = [*self.parts, *filter(None, [self.contents])]
        volume = Volume(self.host, guests, keep_claims, out)
        kept = [page for page in range(len(self.host.pages)) if page not in self.gone]
        outline = list(_settled(volume, volume.main, kept))
        pages = {(0, page): volume.main.kept[page] for page in kept}
        entries = []
        for number, part in enumerate(self.parts, 1):
            guest = volume.graft(part)
            children = _settled(volume, guest, range(len(part.pages)))
            pages |= {(number, page): guest.kept[page] for page in guest.kept}
            entries.append(leading_to(_title(part), guest.kept[0], children))
        place = _entry_after(outline, self.at)
        outline[place:place] = entries
        if self.anew is not None and self.contents is not None:
            self._bind_contents(volume, self.anew, self.contents, pages)
            first = pages[self.new, 0]
            shown = next(n for n, it in enumerate(self.order) if it[0] == self.new)
            before = [it for it in self.order[:shown] if it[0] == 0]
            place = _entry_after(outline, before[-1][1] + 1 if before else 0)
            outline.insert(place, leading_to(self.anew.asked.title, first))
        order = [pages[page] for page in self.order]
        return volume.bound(order, outline, self.labels)

    def _bind_contents(
        self,
        volume: Volume,
        anew: "Anew",
        contents: Opened,
        pages: dict[Target, IndirectObject],
    ) -> None:
        """Take the new contents in; what they lead to are pages that are there already."""
        guest = volume.graft(contents)
        for page in range(anew.count):
            pages[self.new, page] = guest.keep(page)
        for n, target in enumerate(anew.targets):
            guest.keep(anew.count + n, pages[target])
        volume.settle(guest, range(anew.count))

    def origin(self, page: int) -> Origin | None:
        """Where a page of the new file comes from, by its number from 1; None for one of the contents."""
        file, index = self.order[page - 1]
        if file == self.new:
            return None
        opened = (self.host, *self.parts)[file]
        return Origin(opened.place, opened.name, index + 1)

    def _labels(self) -> list[Label]:
        """The labels of all pages, each file's own kept.

        Pages of a reprint without labels are named after their file, since plain numbers would be taken
        for the host's; new contents go on from the label of the page in whose place they come. Where
        nothing has labels and the host's pages keep their places, none are made.
        """
        known = []
        for opened in (self.host, *self.parts):
            with opened.reading():
                known.append(read_labels(opened))
        count = len(self.host.pages)
        if not any(known) and self.order[:count] == [(0, page) for page in range(count)]:
            return []
        known[0] = known[0] or [Label(0)]
        for number, part in enumerate(self.parts, 1):
            known[number] = known[number] or [Label(0, prefix=f"{_stem(part)}-")]
        labels: list[Label] = []
        for at, start, stop, file in self._runs():
            if file == self.new:
                start, stop, file = start + self.gone.start, stop + self.gone.start, 0
            labels += window(known[file], start, stop, at)
        return labels

    def _runs(self) -> Iterator[tuple[int, int, int, int]]:
        """Pages that follow each other in one file: where they begin in the new one, from and to where, its index."""
        begin = 0
        for at, (file, page) in enumerate(self.order, 1):
            if at == len(self.order) or self.order[at] != (file, page + 1):
                yield begin, page - (at - 1 - begin), page + 1, file
                begin = at


def _position(host: Opened, before: int | None) -> int:
    count = len(host.pages)
    if before is None:
        return count
    if not 1 <= before <= count:
        pages = "1 page" if count == 1 else f"{count} pages"
        hint = f"give a page from 1 to {count}, or none to merge at the end"
        raise refuse(host.place, f"{host.name} has {pages}, so there is no page {before}", hint)
    return before - 1


def _settled(volume: Volume, graft: Graft, pages: Sequence[int]) -> tuple[Item, ...]:
    """Put pages of a file in; its outline, as far as it speaks of them."""
    for page in pages:
        graft.keep(page)
    volume.settle(graft, pages)
    with graft.opened.reading():
        return read_outline(graft, graft.kept)


def _title(part: Opened) -> str:
    with part.reading():
        info: Any = part.item(part.reader.trailer, "/Info")
        title = part.item(info, "/Title") if isinstance(info, DictionaryObject) else None
        said = str(title).strip() if title is not None else ""
    # ReportLab and some word processors put that where nobody gave a title.
    named = said if said.casefold() != "untitled" else ""
    return named or _stem(part)


def _stem(part: Opened) -> str:
    return part.name.rpartition(".")[0] or part.name


def _entry_after(outline: Sequence[Item], at: int) -> int:
    later = (place for place, item in enumerate(outline) if (item.page or 0) >= at)
    return next(later, len(outline))
