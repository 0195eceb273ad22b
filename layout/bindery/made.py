"""The parts of an issue made up: where each begins, what stands on our own pages, what the file says of itself."""

import os
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from layout.bindery.assemble import survey
from layout.bindery.contents import Contents, Listed
from layout.ground.problems import Problem, Refused, refuse
from layout.house.labels import Labels
from layout.makeup.copyfit import Fitted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.page import Element, Page, Pages
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Article, Blank, ContentsPages, ForeignPages, Issue, Section
from layout.plates.metadata import About, about_interview
from layout.plates.painter import Part
from layout.setting.looks import TypeCase


class Run(Struct):
    """A part with its pages: `at` is the index of its first page in the issue, `folios` are as printed."""

    part: object
    count: int
    at: int = 0
    number: int = 0
    folios: tuple[str, ...] = ()
    fitted: Fitted | None = None
    interview: Interview | None = None
    first: int = 0
    own: Part | None = None
    """The pages of ours, once they are made up."""


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
        number = (
            f"{self.labels['number']}\u00a0{issue.number.text}" if issue.number is not None else ""
        )
        date = self.labels.date(issue.date) if issue.date else ""
        self.dateline = " \u00b7 ".join(filter(None, (number, date)))
        self.publication = case.brand.masthead.text or issue.title.text
        self.runs = self._runs()
        if not any(run.count for run in self.runs):
            hint = "give it an interview, a PDF or a contents page"
            raise refuse(self.issue.title.place, "this issue has no pages", hint)
        self._place()
        self.count = sum(run.count for run in self.runs)
        for run in self.runs:
            if not isinstance(run.part, Section | ForeignPages):
                run.own = self._pages(run)

    def _runs(self) -> list[Run]:
        """The parts with their numbers of pages; raises `Refused` for all foreign files at once."""
        runs: list[Run] = []
        problems: list[Problem] = []
        articles: dict[str, Fitted] = {}
        for part in self.issue.contents:
            try:
                if isinstance(part, ForeignPages):
                    first, count = self._range(part)
                    runs.append(Run(part, count, first=first))
                elif isinstance(part, Article):
                    path = part.interview.path
                    interview = self.articles[path]
                    if path not in articles:
                        banner = Banner(self.publication, inside=True)
                        articles[path] = fit(interview, self.case, banner, path)
                        self.notes += articles[path].notes
                    fitted = articles[path]
                    runs.append(Run(part, fitted.plan.pages, fitted=fitted, interview=interview))
                elif isinstance(part, ContentsPages):
                    runs.append(Run(part, 1))
                else:
                    runs.append(Run(part, part.blank if isinstance(part, Blank) else 0))
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

    def _made_up(self, fitted: Fitted, folio: int, recto: bool, path: str) -> Pages:
        galley = fitted.galley
        banner = Banner(self.publication, galley.tagline, self.dateline, inside=True)
        return make_up(galley, fitted.case, folio, banner, path, recto, fitted.plan)

    def _place(self) -> None:
        """Where each part begins, blanks before articles that open on the right, and every page's folio."""
        placed: list[Run] = []
        at, arabic, roman = 0, self.issue.first_folio, 1
        for run in self.runs:
            if isinstance(run.part, Article) and self.issue.opens == "recto" and not self.recto(at):
                placed.append(Run(Blank(blank=1), 1, at, arabic, (str(arabic),)))
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

    def recto(self, at: int) -> bool:
        """Whether the page with index `at` lies on the right: sheets decide, not folios."""
        return (at + self.issue.first_folio) % 2 == 1

    def _pages(self, run: Run) -> Part:
        """The pages of ours that a part is."""
        recto = self.recto(run.at)
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
        return self.blank(run.count, run.at, run.number)

    def blank(self, count: int, at: int, number: int = 1) -> Part:
        """Empty pages."""
        size = self.case.brand.width, self.case.brand.height
        blanks = [Page(*size, number + n, self.recto(at + n), ()) for n in range(count)]
        return Part(Pages(tuple(blanks), (Element("document", -1),)))

    def _contents(self, part: ContentsPages, runs: Sequence[Run]) -> Contents:
        banner = Banner(self.publication, "", self.dateline)
        return Contents(
            part.contents.text, list(self._rows(runs)), self.case, banner, self.issue.language
        )

    def _rows(self, runs: Sequence[Run]) -> Iterator[Listed]:
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


def _speakers(interviews: Iterable[Interview]) -> Iterator[str]:
    """Who answers and who asks, as often as they do."""
    for interview in interviews:
        yield from about_interview(interview).creators


def _prefix(run: Run) -> str:
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
