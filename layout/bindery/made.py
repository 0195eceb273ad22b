"""The parts of an issue made up: where each begins, what stands on our own pages, what the file says of itself."""

import os
from collections.abc import Iterable, Iterator
from itertools import count

from layout.bindery.contents import Contents, Listed
from layout.bindery.runs import Placer, Run, kept_last, parted
from layout.ground.problems import Problem, Refused, refuse
from layout.house.labels import Labels
from layout.makeup.copyfit import Fitted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.page import Element, Page, Pages
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.manuscript.issue import (
    Article,
    Blank,
    ContentsPages,
    ForeignPages,
    Issue,
    Placed,
    PlacedBlank,
    PlacedPages,
    Section,
)
from layout.plates.metadata import About, about_interview
from layout.plates.painter import Part
from layout.setting.language import is_rtl
from layout.setting.looks import TypeCase


class MadeIssue:
    """An issue whose parts are made up and have their places."""

    def __init__(
        self, issue: Issue, articles: dict[str, Interview], case: TypeCase, name: str
    ) -> None:
        self.name = name or os.path.basename(issue.title.place.file)
        self.counts: dict[str, int] = {}
        """How many pages each foreign file has: it may be named in many parts."""
        self.issue, self.articles, self.case = issue, articles, case
        self.notes: tuple[Problem, ...] = ()
        self.labels = Labels(case.brand, issue.language)
        self.dateline = dateline_of(issue, self.labels)
        self.publication = case.brand.masthead.text or issue.title.text
        self.fitted: dict[tuple[str, frozenset[int]], Fitted] = {}
        runs = self._runs()
        if not any(run.count for run in runs):
            hint = "give it an interview, a PDF or a contents page"
            raise refuse(self.issue.title.place, "this issue has no pages", hint)
        self.runs = self._placed(runs)
        self.count = sum(run.count for run in self.runs)
        self.fitted.clear()
        for run in self.runs:
            if run.lead is None and not isinstance(run.part, Section | ForeignPages):
                run.own = self._pages(run)
                run.fitted = None  # no longer needed: an issue of many pages holds them once

    def _runs(self) -> list[Run]:
        """The parts with their numbers of pages; raises `Refused` for all foreign files at once."""
        runs: list[Run] = []
        problems: list[Problem] = []
        for part in self.issue.contents:
            try:
                runs.append(self._run(part))
            except Refused as refusal:
                problems += refusal.problems
        try:
            self.fillers = self._fillers()
        except Refused as refusal:
            problems += refusal.problems
        if problems:
            raise Refused(problems)
        self._call(runs)
        self.rows = [row for run in runs for row in self._rows(run)]
        for run in runs:
            if isinstance(run.part, ContentsPages):
                run.contents = self._contents(run.part)
                run.count = run.contents.count
        return runs

    def _run(self, part: object) -> Run:
        """A part with its number of pages, but for the contents, which list all parts."""
        if isinstance(part, ForeignPages):
            first, count = self._range(part)
            return Run(part, count, first=first)
        if isinstance(part, Article):
            return self._article(part)
        return Run(part, part.blank if isinstance(part, Blank) else 0)

    def _article(self, part: Article) -> Run:
        """An interview in its pages, and what stands between them."""
        path = part.interview.path
        interview = self.articles[path]
        inside = sorted((it for it in part.placed), key=_after)
        key = path, frozenset(map(_after, inside))
        if key not in self.fitted:
            banner = Banner(self.publication, inside=True)
            found = self.fitted[key] = fit(interview, self.case, banner, path, parted=key[1])
            self.notes += tuple(note for note in found.notes if note not in self.notes)
        fitted = self.fitted[key]
        count, problems, runs = fitted.plan.pages, list[Problem](), list[tuple[int, Run]]()
        for it in inside:
            try:
                _check_after(it, count)
                runs.append((_after(it), self._run(it)))
            except Refused as refusal:
                problems += refusal.problems
        if problems:
            raise Refused(problems)
        return Run(part, count, fitted=fitted, interview=interview, inside=tuple(runs))

    def _fillers(self) -> Run | None:
        """The pages that are put in where the number of pages is no multiple; None for blank ones."""
        given = self.issue.fill.given if self.issue.fill is not None else None
        return self._run(given) if given is not None else None

    def _range(self, part: ForeignPages) -> tuple[int, int]:
        """The index of the first page that is wanted of a foreign file, and how many."""
        path = part.pdf.path
        if path not in self.counts:
            from layout.bindery.assemble import survey

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

    def about(self) -> About:
        """What the file says of itself."""
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

    def _made_up(self, run: Run) -> Pages:
        """The pages of an article, without what stands between them."""
        assert run.fitted is not None
        assert run.interview is not None
        assert isinstance(run.part, Article)
        galley, plan, case, _ = run.fitted
        path, recto = run.part.interview.path, self.recto(run.at)
        turned = is_rtl(galley.language) != is_rtl(self.issue.language)
        banner = Banner(self.publication, galley.tagline, self.dateline, True, True, turned)
        pages = make_up(galley, case, run.number, banner, path, recto, plan, run.gaps)
        prove(run.interview, pages)
        return pages

    def _placed(self, runs: list[Run]) -> list[Run]:
        """Where each part begins, blanks before articles that open on the right, what fills the last sheet."""
        placer = self.placer = Placer(self.issue.first_folio)
        last = kept_last(runs)
        for run in runs[:last]:
            if not isinstance(run.part, Article):
                placer.place(run)
                continue
            if self.issue.opens == "recto" and not placer.recto(placer.at):
                placer.blank(1)
            for piece in parted(run):
                placer.place(piece)
        self._fill(placer, sum(run.count for run in runs[last:]))
        for run in runs[last:]:
            placer.place(run)
        return placer.runs

    def _fill(self, placer: Placer, rest: int) -> None:
        """Pages up to a multiple, if the issue asks for it and `rest` pages are still to come."""
        if self.issue.fill is None:
            return
        missing = -(placer.at + rest) % self.issue.fill.to
        if missing and self.fillers is not None:
            self.fillers.count = min(missing, self.fillers.count)
            placer.place(self.fillers)
            missing -= self.fillers.count
        placer.blank(missing)

    def recto(self, at: int) -> bool:
        """Whether the page with index `at` lies on the right: sheets decide, not folios."""
        return self.placer.recto(at)

    def _pages(self, run: Run) -> Part:
        """The pages of ours that a part is."""
        if isinstance(run.part, Article):
            made = self._made_up(run)
            pages = [
                self._blank_page(*place) if number is None else made.pages[number]
                for number, place in zip(run.order, run.places, strict=True)
            ]
            name = os.path.basename(run.part.interview.path)
            return Part(Pages(tuple(pages), made.elements), run.prefix, name)
        if isinstance(run.part, ContentsPages):
            assert run.contents is not None
            recto = self.recto(run.at)
            folios = [it.folios[0] if it.folios else "" for _, it in self.rows]
            return Part(run.contents.pages(run.number, recto, folios), "", self.name)
        return self.blank(run.count, run.at, run.number)

    def blank(self, count: int, at: int, number: int = 1) -> Part:
        """Empty pages."""
        blanks = [self._blank_page(at + n, number + n) for n in range(count)]
        return Part(Pages(tuple(blanks), (Element("document", -1),)))

    def _blank_page(self, at: int, number: int) -> Page:
        brand = self.case.brand
        return Page(brand.width, brand.height, number, self.recto(at), ())

    def _contents(self, part: ContentsPages) -> Contents:
        banner = Banner(self.publication, "", self.dateline, dated=True)
        rows = [row for row, _ in self.rows]
        return Contents(part.contents.text, rows, self.case, banner, self.issue.language)

    def _call(self, runs: Iterable[Run]) -> None:
        """A name for each article, by its file: what leads into the issue from outside may use it."""
        taken: set[str] = set()
        for run in runs:
            if isinstance(run.part, Article):
                stem = os.path.splitext(os.path.basename(run.part.interview.path))[0]
                tried = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
                run.name = next(name for name in tried if name not in taken)
                taken.add(run.name)

    def _rows(self, run: Run) -> Iterator[tuple[Listed, Run]]:
        """What the contents list of a part, each with the run that gives its folio."""
        part, interview = run.part, run.interview
        if isinstance(part, Section):
            yield Listed(part.section.text, section=True), run
        elif isinstance(part, ForeignPages) and part.name:
            yield Listed(part.name, numbered=part.folio != "none"), run
        elif interview is not None:
            other = "" if interview.language == self.issue.language else interview.language
            title, kicker, target = (
                interview.title.text,
                kicker_of(interview),
                f"#{run.prefix}start",
            )
            yield Listed(title, kicker, True, target, language=other), run
        for _, inner in run.inside:
            yield from self._rows(inner)


def _after(part: Placed) -> int:
    """The number of the article's page that something placed in it follows."""
    assert isinstance(part, PlacedPages | PlacedBlank)
    return part.after.number


def _check_after(part: Placed, count: int) -> None:
    """Whether an article of `count` pages can be parted there; raises `Refused`."""
    assert isinstance(part, PlacedPages | PlacedBlank)
    if part.after.number < count:
        return
    pages = "1 page" if count == 1 else f"{count} pages"
    message = f"the article has {pages}, so nothing stands inside it after page {part.after.number}"
    hint = "make it a part of its own after the interview"
    if count > 1:
        among = "page 1" if count == 2 else f"a page from 1 to {count - 1}"
        hint = f"name {among}, or {hint}"
    raise refuse(part.after.place, message, hint)


def dateline_of(issue: Issue, labels: Labels) -> str:
    """The issue's number and date, as they stand at its head."""
    before, after = labels.parted("number")
    number = f"{before}{issue.number.text}{after}" if issue.number is not None else ""
    date = labels.date(issue.date) if issue.date else ""
    return " \u00b7 ".join(filter(None, (number, date)))


def _speakers(interviews: Iterable[Interview]) -> Iterator[str]:
    """Who answers and who asks, as often as they do."""
    for interview in interviews:
        yield from about_interview(interview).creators


def kicker_of(interview: Interview) -> str:
    """Under a title in the contents: the kicker, and who speaks if the title does not say it."""
    person = interview.interviewee
    name = (
        person.name.text if person is not None and person.name.text != interview.title.text else ""
    )
    return " \u00b7 ".join(filter(None, (interview.kicker.text if interview.kicker else "", name)))
