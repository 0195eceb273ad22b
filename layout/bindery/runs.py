"""The parts of an issue as runs of pages that follow each other, each in its place with its folios."""

from collections.abc import Sequence

from msgspec import Struct

from layout.bindery.contents import Contents
from layout.makeup.copyfit import Fitted
from layout.makeup.parting import Gap
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Blank, ForeignPages
from layout.plates.labels import roman
from layout.plates.painter import Part


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
    contents: Contents | None = None
    name: str = ""
    """What an article is called by what leads to it."""
    inside: tuple[tuple[int, "Run"], ...] = ()
    """What stands inside an article, each after its page of that number, in order."""
    order: tuple[int | None, ...] = ()
    """The pages of ours that are an article's, by their indices in it; None is an empty one inside it."""
    places: tuple[tuple[int, int], ...] = ()
    """The index in the issue and the number of each of these."""
    lead: "Run | None" = None
    """Where an article goes on after pages made elsewhere, the run that it begins with."""
    offset: int = 0
    """How many of the article's pages of ours stand before this run."""

    @property
    def prefix(self) -> str:
        """What keeps an article's named places apart."""
        return f"{self.name}/"

    @property
    def gaps(self) -> list[Gap]:
        """What parts an article's pages; roman folios do not move its own."""
        return [Gap(after, it.count, 0 if _is_roman(it) else it.count) for after, it in self.inside]


def parted(run: Run) -> list[Run]:
    """A run, or an article and what stands inside it: pages made elsewhere part those of ours."""
    found, order = [run], list[int | None]()
    inside = list(run.inside)
    for number in range(run.count):
        order.append(number)
        while inside and inside[0][0] == number + 1:
            _, placed = inside.pop(0)
            if not isinstance(placed.part, ForeignPages):
                order += [None] * placed.count
                continue
            found[-1].count = len(order) - found[-1].offset
            following = Run(run.part, 0, lead=run, offset=len(order))
            found += [placed, following]
    found[-1].count = len(order) - found[-1].offset
    run.order = tuple(order)
    return [it for it in found if it.count]


def kept_last(runs: Sequence[Run]) -> int:
    """The index of the first of the runs that stay last where pages are filled in: a back cover, with its sections."""
    last = next((n for n in reversed(range(len(runs))) if runs[n].count), -1)
    if last < 0 or not isinstance(runs[last].part, ForeignPages):
        return len(runs)
    while last and not runs[last - 1].count:
        last -= 1
    return last or len(runs)


class Placer:
    """Gives runs their places one after another, from the page with the number `first` on."""

    def __init__(self, first: int) -> None:
        self.first, self.arabic, self.roman = first, first, 1
        self.at = 0
        self.runs: list[Run] = []

    def recto(self, at: int) -> bool:
        """Whether the page with index `at` lies on the right: sheets decide, not folios."""
        return (at + self.first) % 2 == 1

    def blank(self, count: int) -> None:
        """So many empty pages come next."""
        if count:
            self.place(Run(Blank(blank=count), count))

    def place(self, run: Run) -> None:
        """A run comes next."""
        run.at = self.at
        if _is_roman(run):
            run.number = self.roman
            run.folios = tuple(roman(self.roman + n) for n in range(run.count))
            self.roman += run.count
        else:
            run.number = self.arabic
            run.folios = tuple(str(self.arabic + n) for n in range(run.count))
            self.arabic += run.count
        lead = run.lead or run
        if lead.order:
            lead.places += tuple((run.at + n, run.number + n) for n in range(run.count))
        self.at += run.count
        self.runs.append(run)


def _is_roman(run: Run) -> bool:
    return isinstance(run.part, ForeignPages) and run.part.folio == "roman"
