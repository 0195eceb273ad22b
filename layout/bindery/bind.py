"""An issue from its parts: every interview typeset at its own folio, foreign pages between, one document.

Where each part begins is known before anything is painted: a galley takes as many pages at any folio,
and so does the table of contents.
"""

import os
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from layout.bindery.assemble import OWN, Entry, Foreign, OwnPages, assemble, survey
from layout.bindery.claims import Bound
from layout.bindery.contents import Contents, Listed, folio_page
from layout.bindery.foreign import open_bytes
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.labels import Labels
from layout.makeup.copyfit import Fitted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.page import Anchor, Element, Page, Pages
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Article, Blank, ContentsPages, ForeignPages, Issue, Section
from layout.manuscript.reader import read_interview
from layout.plates.attachment import Attachment
from layout.plates.edition import Edition
from layout.plates.metadata import About, about_interview
from layout.plates.navigation import Bookmark, Label
from layout.plates.painter import Guide, Part, paint
from layout.setting.looks import TypeCase


class BoundIssue(Struct, frozen=True):
    """A finished issue, how many pages it has, and what could not come with foreign pages."""

    pdf: bytes
    pages: int
    notes: tuple[Problem, ...]


class _Run(Struct):
    """A part with its pages: `at` is the index of its first page in the issue, `folios` are as printed."""

    part: object
    count: int
    at: int = 0
    number: int = 0
    folios: tuple[str, ...] = ()
    fitted: Fitted | None = None
    interview: Interview | None = None
    first: int = 0


def read_articles(issue: Issue) -> dict[str, Interview]:
    """The interviews of an issue by their files; raises `Refused` with the problems of all of them."""
    found: dict[str, Interview] = {}
    problems: list[Problem] = []
    for part in issue.contents:
        if isinstance(part, Article) and part.interview.path not in found:
            try:
                found[part.interview.path] = read_interview(part.interview.path)
            except Refused as refusal:
                problems += refusal.problems
    if problems:
        raise Refused(problems)
    return found


def bind(
    issue: Issue,
    articles: dict[str, Interview],
    case: TypeCase,
    edition: Edition,
    key: str = "",
    attachments: Sequence[Attachment] = (),
    name: str = "",
) -> BoundIssue:
    """The whole issue as one file that bears `key` as its identifier; raises `Refused`.

    `name` is that of the issue's own file, for its tags.
    """
    return _Binder(issue, articles, case, edition, name).bound(key, attachments)


class _Binder:
    def __init__(
        self,
        issue: Issue,
        articles: dict[str, Interview],
        case: TypeCase,
        edition: Edition,
        name: str,
    ) -> None:
        self.name = name or os.path.basename(issue.title.place.file)
        self.counts: dict[str, int] = {}
        """How many pages each foreign file has: it may be named in many parts."""
        self.issue, self.articles, self.case, self.edition = issue, articles, case, edition
        self.notes: tuple[Problem, ...] = ()
        self.labels = Labels(case.brand, issue.language)
        number = (
            f"{self.labels['number']}\u00a0{issue.number.text}" if issue.number is not None else ""
        )
        date = self.labels.date(issue.date) if issue.date else ""
        self.dateline = " \u00b7 ".join(filter(None, (number, date)))
        self.publication = case.brand.masthead.text or issue.title.text
        self.runs = self._runs()

    def bound(self, key: str, attachments: Sequence[Attachment]) -> BoundIssue:
        """Place and paint; where pages made elsewhere come in, assemble."""
        if not any(run.count for run in self.runs):
            hint = "give it an interview, a PDF or a contents page"
            raise refuse(self.issue.title.place, "this issue has no pages", hint)
        self._place()
        own: list[Part] = []
        parts: list[OwnPages | Foreign] = []
        painted = 0
        overlays: list[tuple[_Run, int]] = []
        for run in self.runs:
            if isinstance(run.part, Section):
                continue
            if isinstance(run.part, ForeignPages):
                parts.append(self._foreign(run, overlays))
                continue
            pages = self._pages(run)
            own.append(pages)
            parts.append(OwnPages(painted, len(pages.pages.pages)))
            painted += len(pages.pages.pages)
        outline, labels = list(self._outline(own)), self._page_labels()
        count = sum(run.count for run in self.runs)
        if not any(isinstance(part, Foreign) for part in parts):
            guide = Guide([Bookmark(it.title, it.page, it.level) for it in outline], labels)
            pdf = self._painted(own, key, guide, attachments)
            return BoundIssue(pdf, count, self.notes)
        parts, extra = self._with_overlays(parts, overlays, painted)
        # The file that gives the catalogue has a page, also where the issue has none of ours.
        own = [*own, *extra] or [self._blank(1, 0)]
        pdf = self._painted(own, key, Guide((), ()), attachments)
        bound = self._assembled(pdf, parts, outline, labels, bytes.fromhex(key))
        return BoundIssue(bound.pdf, count, (*self.notes, *bound.notes))

    def _assembled(
        self,
        pdf: bytes,
        parts: Sequence[OwnPages | Foreign],
        outline: Sequence[Entry],
        labels: Sequence[Label],
        identity: bytes,
    ) -> Bound:
        """The issue with pages made elsewhere; it claims the standards only where nothing is found wanting."""
        if self.edition.tagged:
            bound = assemble(pdf, parts, outline, labels, identity, keep_claims=True)
            wanting = self._wanting(bound.pdf)
            if not wanting:
                return bound
            bound = assemble(pdf, parts, outline, labels, identity)
            notes = [note for note in bound.notes if OWN not in note.message]
            return Bound(bound.pdf, (*notes, *wanting))
        return assemble(pdf, parts, outline, labels, identity)

    def _wanting(self, pdf: bytes) -> tuple[Problem, ...]:
        """A warning for each foreign file that keeps the issue from its standards, at its first page that does."""
        from layout.bindery.preflight import inspect

        place = Place(self.issue.title.place.file)
        errors = [
            it for it in inspect(open_bytes(pdf, place, "the issue")) if it.severity == "error"
        ]
        found: dict[Place, Problem] = {}
        for finding in errors:
            run = next((it for it in self.runs if it.at < finding.page <= it.at + it.count), None)
            part = run.part if run is not None else None
            at, where = place, f"page {finding.page} of the issue: " if finding.page else ""
            if isinstance(part, ForeignPages) and run is not None:
                at = part.pdf.place
                where = f"page {run.first + finding.page - run.at} of {os.path.basename(part.pdf.path)}: "
            message = f"the issue does not claim PDF/A-3a and PDF/UA-1: {where}{finding.message}"
            found.setdefault(at, Problem(at, message, finding.hint, "warning"))
        return tuple(found.values())

    def _painted(
        self, own: Sequence[Part], key: str, guide: Guide, attachments: Sequence[Attachment]
    ) -> bytes:
        about = self._about()
        return paint(own, self.case.brand, self.edition, about, key, guide, attachments)

    def _runs(self) -> list[_Run]:
        """The parts with their numbers of pages; raises `Refused` for all foreign files at once."""
        runs: list[_Run] = []
        problems: list[Problem] = []
        articles: dict[str, Fitted] = {}
        for part in self.issue.contents:
            try:
                if isinstance(part, ForeignPages):
                    first, count = self._range(part)
                    runs.append(_Run(part, count, first=first))
                elif isinstance(part, Article):
                    path = part.interview.path
                    interview = self.articles[path]
                    if path not in articles:
                        banner = Banner(self.publication, inside=True)
                        articles[path] = fit(interview, self.case, banner, path)
                        self.notes += articles[path].notes
                    fitted = articles[path]
                    runs.append(_Run(part, fitted.plan.pages, fitted=fitted, interview=interview))
                elif isinstance(part, ContentsPages):
                    runs.append(_Run(part, 1))
                else:
                    runs.append(_Run(part, part.blank if isinstance(part, Blank) else 0))
            except Refused as refusal:
                problems += refusal.problems
        if problems:
            raise Refused(problems)
        for run in runs:
            if isinstance(run.part, ContentsPages):
                run.count = self._contents(run.part, runs).count
        return runs

    def _range(self, part: ForeignPages) -> tuple[int, int]:
        """The index of the first page that is wanted of a foreign file, and how many."""
        path = part.pdf.path
        if path not in self.counts:
            self.counts[path] = len(survey(path, part.pdf.place).sizes)
        there = self.counts[path]
        if part.pages is None:
            return 0, there
        first, _, last = part.pages.partition("-")
        begin, end = int(first), int(last or first)
        if end > there:
            pages = "1 page" if there == 1 else f"{there} pages"
            message = f"the file has {pages}, so there is no page {end}"
            raise refuse(part.pdf.place, message, f"name pages from 1 to {there}")
        return begin - 1, end - begin + 1

    def _made_up(self, fitted: Fitted, folio: int, recto: bool, path: str) -> Pages:
        galley = fitted.galley
        banner = Banner(self.publication, galley.tagline, self.dateline, inside=True)
        return make_up(galley, fitted.case, folio, banner, path, recto, fitted.plan)

    def _place(self) -> None:
        """Where each part begins, blanks before articles that open on the right, and every page's folio."""
        placed: list[_Run] = []
        at, arabic, roman = 0, self.issue.first_folio, 1
        for run in self.runs:
            if (
                isinstance(run.part, Article)
                and self.issue.opens == "recto"
                and not self._recto(at)
            ):
                placed.append(_Run(Blank(blank=1), 1, at, arabic, (str(arabic),)))
                at, arabic = at + 1, arabic + 1
            run.at = at
            if isinstance(run.part, ForeignPages) and run.part.folio == "roman":
                run.number = roman
                run.folios = tuple(_roman(roman + n) for n in range(run.count))
                roman += run.count
            else:
                run.number = arabic
                run.folios = tuple(str(arabic + n) for n in range(run.count))
                arabic += run.count
            at += run.count
            placed.append(run)
        self.runs = placed

    def _recto(self, at: int) -> bool:
        """Whether the page with index `at` lies on the right: sheets decide, not folios."""
        return (at + self.issue.first_folio) % 2 == 1

    def _pages(self, run: _Run) -> Part:
        """The pages of ours that a part is."""
        recto = self._recto(run.at)
        if isinstance(run.part, Article):
            assert run.fitted is not None
            assert run.interview is not None
            path = run.part.interview.path
            pages = self._made_up(run.fitted, run.number, recto, path)
            prove(run.interview, pages)
            return Part(pages, _prefix(run), os.path.basename(path))
        if isinstance(run.part, ContentsPages):
            contents = self._contents(run.part, self.runs)
            return Part(contents.pages(run.number, recto, run.folios), "", self.name)
        return self._blank(run.count, run.at, run.number)

    def _blank(self, count: int, at: int, number: int = 1) -> Part:
        """Empty pages."""
        size = self.case.brand.width, self.case.brand.height
        blanks = [Page(*size, number + n, self._recto(at + n), ()) for n in range(count)]
        return Part(Pages(tuple(blanks), (Element("document", -1),)))

    def _contents(self, part: ContentsPages, runs: Sequence[_Run]) -> Contents:
        banner = Banner(self.publication, "", self.dateline)
        return Contents(
            part.contents.text, list(self._rows(runs)), self.case, banner, self.issue.language
        )

    def _rows(self, runs: Sequence[_Run]) -> Iterator[Listed]:
        for run in runs:
            part = run.part
            folio = run.folios[0] if run.folios else "0"
            if isinstance(part, Section):
                yield Listed(part.section.text, section=True)
            elif isinstance(part, ForeignPages) and part.title is not None:
                yield Listed(part.title.text, folio="" if part.folio == "none" else folio)
            elif isinstance(part, Article) and run.interview is not None:
                yield Listed(
                    run.interview.title.text,
                    _kicker(run.interview),
                    folio,
                    f"#{_prefix(run)}start",
                    language=""
                    if run.interview.language == self.issue.language
                    else run.interview.language,
                )

    def _foreign(self, run: _Run, overlays: list[tuple[_Run, int]]) -> Foreign:
        part = run.part
        assert isinstance(part, ForeignPages)
        if part.folio != "none":
            overlays.append((run, run.count))
        return Foreign(part.pdf.path, run.first, run.count, (), part.pdf.place)

    def _with_overlays(
        self, parts: list[OwnPages | Foreign], overlays: list[tuple[_Run, int]], painted: int
    ) -> tuple[list[OwnPages | Foreign], list[Part]]:
        """Pages of ours with nothing but a folio for the foreign pages that are to bear one."""
        extra: list[Part] = []
        numbered: dict[int, tuple[int, ...]] = {}
        for run, count in overlays:
            indices = []
            for n in range(count):
                recto = self._recto(run.at + n)
                extra.append(Part(folio_page(run.folios[n], recto, self.case, self.issue.language)))
                indices.append(painted)
                painted += 1
            numbered[id(run)] = tuple(indices)
        foreign = [run for run in self.runs if isinstance(run.part, ForeignPages)]
        found: list[OwnPages | Foreign] = []
        for part in parts:
            if isinstance(part, Foreign):
                run = foreign.pop(0)
                part = Foreign(
                    part.path, part.first, part.count, numbered.get(id(run), ()), part.place
                )
            found.append(part)
        return found, extra

    def _outline(self, own: Sequence[Part]) -> Iterator[Entry]:
        """One tree: sections, then what stands in them, then the heads and questions of each article."""
        base = 0
        mine = iter(own)
        for run in self.runs:
            part = run.part
            if isinstance(part, Section):
                yield Entry(part.section.text, min(run.at, self._last()), 0)
                base = 1
                continue
            if isinstance(part, ForeignPages):
                if part.title is not None:
                    yield Entry(part.title.text, run.at, base)
                continue
            pages = next(mine).pages
            if isinstance(part, ContentsPages):
                yield Entry(part.contents.text, run.at, base)
            elif isinstance(part, Article) and run.interview is not None:
                yield Entry(run.interview.title.text, run.at, base)
                # In the order of reading: a sidebar may stand on its page before what is read before it.
                anchors = [
                    (mark.element, number, mark)
                    for number, page in enumerate(pages.pages)
                    for mark in page.marks
                    if isinstance(mark, Anchor) and mark.title and mark.level
                ]
                for _, number, mark in sorted(anchors, key=lambda found: found[:2]):
                    yield Entry(mark.title, run.at + number, base + mark.level)

    def _last(self) -> int:
        return sum(run.count for run in self.runs) - 1

    def _page_labels(self) -> list[Label]:
        """What viewers call the pages: their folios; a page without one goes by its title."""
        labels: list[Label] = []
        for run in self.runs:
            if not run.count:
                continue
            part = run.part
            if isinstance(part, ForeignPages) and part.folio == "roman":
                labels.append(Label(run.at, "roman", "", run.number))
            elif isinstance(part, ForeignPages) and part.folio == "none" and part.title is not None:
                labels.append(Label(run.at, "none", part.title.text, 1))
            else:
                labels.append(Label(run.at, "arabic", "", run.number))
        return labels

    def _about(self) -> About:
        issue = self.issue
        title = ", ".join(filter(None, (issue.title.text, self.dateline.replace(" \u00b7 ", ", "))))
        languages = (issue.language, *(it.language for it in self.articles.values()))
        return About(
            title=title,
            creators=tuple(dict.fromkeys(_speakers(self.articles.values()))),
            date=issue.date or "",
            language=issue.language,
            languages=tuple(dict.fromkeys(languages)),
            publisher=self.publication,
        )


def _speakers(interviews: Iterable[Interview]) -> Iterator[str]:
    """Who answers and who asks, as often as they do."""
    for interview in interviews:
        yield from about_interview(interview).creators


def _prefix(run: _Run) -> str:
    """What keeps an article's named places apart: the index of its first page."""
    return f"p{run.at + 1}-"


def _kicker(interview: Interview) -> str:
    """Under a title in the contents: the kicker, and who speaks if the title does not say it."""
    person = interview.interviewee
    name = (
        person.name.text if person is not None and person.name.text != interview.title.text else ""
    )
    return " \u00b7 ".join(filter(None, (interview.kicker.text if interview.kicker else "", name)))


def _roman(number: int) -> str:
    """A number in small roman numerals."""
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text
