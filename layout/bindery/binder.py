"""The made-up parts of an issue painted in an edition and bound: foreign pages between ours, one document."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from layout.bindery.contents import folio_page
from layout.bindery.leaves import OWN, Entry, Foreign, OwnPages
from layout.bindery.made import MadeIssue
from layout.bindery.runs import Run
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.brand import Brand
from layout.makeup.page import Anchor
from layout.manuscript.issue import ContentsPages, ForeignPages, Section
from layout.plates.attachment import Attachment
from layout.plates.edition import Edition
from layout.plates.labels import Label
from layout.plates.navigation import Bookmark
from layout.plates.painter import Guide, Part, paint
from layout.plates.pictures import Darkroom

if TYPE_CHECKING:
    from layout.bindery.claims import Bound
    from layout.bindery.standing import Origin


class Binder:
    """One edition of an issue on its way to a file."""

    def __init__(
        self, made: MadeIssue, edition: Edition, brand: Brand, darkroom: Darkroom | None
    ) -> None:
        self.made, self.edition, self.brand, self.darkroom = made, edition, brand, darkroom
        self.about = made.about()
        self.notes: tuple[Problem, ...] = ()
        self._runs = {it.at + n + 1: it for it in made.runs for n in range(it.count)}

    def bound(
        self, key: str, attachments: Sequence[Attachment]
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """The file, with `key` as its identifier; where pages made elsewhere come in, it is assembled."""
        self._check()
        own, folios = self._own(), list[Part]()
        parts: list[OwnPages | Foreign] = []
        painted, last = 0, sum(len(part.pages.pages) for part in own)
        begun: dict[int, int] = {}
        for run in self.made.runs:
            if isinstance(run.part, ForeignPages):
                begin, marked = last + len(folios), self._folios(run, run.part)
                folios += marked
                file = run.part.file(self.edition.inks)
                over = tuple(range(begin, begin + len(marked)))
                word = self.made.labels["page"] if run.part.untagged == "artifact" else ""
                parts.append(Foreign(file.path, run.first, run.count, over, file.place, word))
            elif run.own is not None:
                begun[id(run)] = painted
                parts.append(OwnPages(painted, run.count))
                painted += len(run.own.pages.pages)
            elif run.lead is not None:
                parts.append(OwnPages(begun[id(run.lead)] + run.offset, run.count))
        outline, labels, names = list(self._outline()), self._page_labels(), self._names()
        if not any(isinstance(part, Foreign) for part in parts):
            bookmarks = [Bookmark(it.title, it.page, it.level) for it in outline]
            return self._painted(own, key, Guide(bookmarks, labels, names), attachments), self.notes
        # The file that gives the catalogue has a page, also where the issue has none of ours.
        own = [*own, *folios] or [self.made.blank(1, 0)]
        pdf = self._painted(own, key, Guide((), (), names), attachments)
        bound = self._assembled(pdf, parts, outline, labels, bytes.fromhex(key))
        return bound.pdf, (*self.notes, *bound.notes)

    def _check(self) -> None:
        """Whether the pages can be made in this edition; raises `Refused` with all that forbids it."""
        if not self.edition.inks:
            return
        from layout.plates.soundness import sound

        problems: list[Problem] = []
        for run in self.made.runs:
            try:
                if isinstance(run.part, ForeignPages):
                    _check_count(run.part)
            except Refused as refusal:
                problems += refusal.problems
        shown = [
            (run.own.pages, run.interview)
            for run in self.made.runs
            if run.own is not None and run.interview is not None
        ]
        date, file = self.about.date, self.made.issue.title.place.file
        try:
            self.notes += sound(self.brand, shown, date, file)
        except Refused as refusal:
            problems += refusal.problems
        if problems:
            raise Refused(problems)

    def _own(self) -> list[Part]:
        """Our own pages as they are painted in this edition."""
        found = [run.own for run in self.made.runs if run.own is not None]
        if not self.edition.inks:
            return found
        from layout.plates.slug import with_slug

        case = self.made.case
        return [
            replace(it, pages=with_slug(it.pages, self.edition, self.brand, self.about, case))
            for it in found
        ]

    def _assembled(
        self,
        pdf: bytes,
        parts: Sequence[OwnPages | Foreign],
        outline: Sequence[Entry],
        labels: Sequence[Label],
        identity: bytes,
    ) -> "Bound":
        """The issue with pages made elsewhere; it claims the standards only where nothing is found wanting."""
        from layout.bindery.assemble import assemble
        from layout.bindery.claims import Bound

        bare = self.edition.inks
        if self.edition.tagged:
            bound = assemble(pdf, parts, outline, labels, identity, keep_claims=True, bare=bare)
            wanting = self._wanting(bound.pdf)
            if not wanting:
                return bound
            bound = assemble(pdf, parts, outline, labels, identity, bare=bare)
            notes = [note for note in bound.notes if OWN not in note.message]
            return Bound(bound.pdf, (*notes, *wanting))
        return assemble(pdf, parts, outline, labels, identity, bare=bare)

    def _wanting(self, pdf: bytes) -> tuple[Problem, ...]:
        """A warning for each foreign file that keeps the issue from its standards, at its first page that does."""
        from layout.bindery.foreign import open_bytes
        from layout.bindery.standing import wanting

        place = Place(self.made.issue.title.place.file)
        opened = open_bytes(pdf, place, "the issue")
        return wanting(opened, self.edition, self._origin, place, "the issue", self.brand)

    def _origin(self, page: int) -> "Origin | None":
        """The foreign file and page that a page of the issue is; None for one of ours."""
        from layout.bindery.standing import Origin

        run = self._runs.get(page)
        if run is None or not isinstance(run.part, ForeignPages):
            return None
        file = run.part.file(self.edition.inks)
        return Origin(file.place, os.path.basename(file.path), run.first + page - run.at)

    def _painted(
        self, own: Sequence[Part], key: str, guide: Guide, attachments: Sequence[Attachment]
    ) -> bytes:
        return paint(
            own, self.brand, self.edition, self.about, key, guide, attachments, self.darkroom
        )

    def _folios(self, run: Run, part: ForeignPages) -> list[Part]:
        """Pages of ours with nothing but a folio for foreign pages that are to bear one."""
        if part.folio == "none":
            return []
        case, language = self.made.case, self.made.issue.language
        return [
            Part(folio_page(folio, self.made.recto(run.at + n), case, language))
            for n, folio in enumerate(run.folios)
        ]

    def _outline(self) -> Iterator[Entry]:
        """One tree: sections, then what stands in them, then the heads and questions of each article."""
        base = 0
        for run in self.made.runs:
            part = run.part
            if isinstance(part, Section):
                yield Entry(part.section.text, min(run.at, self.made.count - 1), 0)
                base = 1
            elif isinstance(part, ContentsPages):
                yield Entry(part.contents.text, run.at, base)
            elif isinstance(part, ForeignPages):
                if part.name:
                    yield Entry(part.name, run.at, base)
            elif run.own is not None and run.interview is not None:
                yield Entry(run.interview.title.text, run.at, base)
                yield from _heads(run, run.own, base)

    def _names(self) -> dict[str, str]:
        """What leads to each article from outside, and the place in our own pages that it is."""
        return {run.name: f"{run.prefix}start" for run in self.made.runs if run.name}

    def _page_labels(self) -> list[Label]:
        """What viewers call the pages: their folios; a page without one goes by its title."""
        labels: list[Label] = []
        for run in self.made.runs:
            if not run.count:
                continue
            part = run.part
            if isinstance(part, ForeignPages) and part.folio == "roman":
                labels.append(Label(run.at, "roman", "", run.number))
            elif isinstance(part, ForeignPages) and part.folio == "none" and part.name:
                labels.append(Label(run.at, "none", part.name, 1))
            else:
                labels.append(Label(run.at, "arabic", "", run.number))
        return labels


def _heads(run: Run, own: Part, base: int) -> Iterator[Entry]:
    """An article's heads and questions in the order of reading: a sidebar may stand before what is read before it."""
    anchors = [
        (mark.element, number, mark)
        for number, page in enumerate(own.pages.pages)
        for mark in page.marks
        if isinstance(mark, Anchor) and mark.title and mark.level
    ]
    for _, number, mark in sorted(anchors, key=lambda found: found[:2]):
        yield Entry(mark.title, run.places[number][0], base + mark.level)


def _check_count(part: ForeignPages) -> None:
    """Whether the pages for the press are as many as those in whose place they come; raises `Refused`."""
    if part.press is None:
        return
    from layout.bindery.assemble import survey

    here = len(survey(part.press.path, part.press.place).sizes)
    there = len(survey(part.pdf.path, part.pdf.place).sizes)
    if here != there:
        pages = "1 page" if here == 1 else f"{here} pages"
        message = f"the file for the press has {pages}, `pdf` has {there}"
        raise refuse(part.press.place, message, "export both from the same document")
