"""Lines with the same words in other places: broken elsewhere, moved on the page, or on another page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.diff.content import Content, Word
from layout.bindery.diff.findings import Finding
from layout.bindery.diff.places import spots
from layout.bindery.diff.tokens import Token

PLACE: Final = 0.25
"""Points by which a thing may be elsewhere without having moved: less than a tenth of a millimetre."""
SAME: Final = 0.5
"""Points by which the ways of lines that moved together may differ."""
QUOTED: Final = 4
"""Words at the beginning and at the end of a stretch that are quoted."""
LONG: Final = 60
"""Characters of a quotation, about."""

Piece = tuple[Word, Word]


class Line(Struct):
    """A line of A whose words are elsewhere in B: the pieces of both, and how it changed."""

    how: str
    page: int
    pages: frozenset[int]
    pieces: list[Piece]
    shift: tuple[float, float] = (0.0, 0.0)


class Flow:
    """The lines of words that belong together."""

    def __init__(self, a: Content, b: Content, pages: Mapping[int, int]) -> None:
        self.a, self.b, self.pages = a, b, pages
        self.sizes = tuple(Counter(word.line for word in content.words) for content in (a, b))

    def findings(
        self,
        pairs: Sequence[tuple[Token, Token]],
        alike: Sequence[tuple[Sequence[Token], Sequence[Token]]],
        title: str,
    ) -> Iterator[Finding]:
        """A finding for each stretch of lines that changed in one way."""
        run: list[Line] = []
        last = -1
        for number, line in self._lines(pairs, alike):
            if line is None:
                continue
            if run and not (number == last + 1 and _goes_on(run[-1], line)):
                yield self._finding(run, title)
                run = []
            run.append(line)
            last = number
        if run:
            yield self._finding(run, title)

    def _lines(
        self,
        pairs: Sequence[tuple[Token, Token]],
        alike: Sequence[tuple[Sequence[Token], Sequence[Token]]],
    ) -> Iterator[tuple[int, Line | None]]:
        """The lines of A by their rank, in their order; None for one that did not change."""
        broken: set[int] = set()
        there: dict[int, dict[int, None]] = defaultdict(dict)
        back: dict[int, dict[int, None]] = defaultdict(dict)
        pieces: dict[int, list[Piece]] = defaultdict(list)
        for mine, theirs in self._pieces(pairs, alike, broken):
            there[mine.line][theirs.line] = None
            back[theirs.line][mine.line] = None
            pieces[mine.line].append((mine, theirs))
        for rank, number in enumerate(sorted(pieces)):
            others = there[number]
            whole = len(others) == 1 and number not in broken
            whole = whole and all(list(back[other]) == [number] for other in others)
            yield rank, self._line(pieces[number], whole)

    def _pieces(
        self,
        pairs: Sequence[tuple[Token, Token]],
        alike: Sequence[tuple[Sequence[Token], Sequence[Token]]],
        broken: set[int],
    ) -> Iterator[Piece]:
        words, others = self.a.words, self.b.words
        for mine, theirs in pairs:
            if len(mine.words) == len(theirs.words):
                for one, two in zip(mine.words, theirs.words, strict=True):
                    yield words[one], others[two]
                continue
            broken.update(words[number].line for number in mine.words)
            for one in mine.words:
                yield words[one], others[theirs.words[0]]
        for old, new in alike:
            for token in old:
                broken.update(words[number].line for number in token.words)
                for number in token.words:
                    yield words[number], others[new[0].words[0]]

    def _line(self, pieces: list[Piece], whole: bool) -> Line | None:
        """How a line changed, if it did."""
        mine = pieces[0][0]
        pages = frozenset(theirs.page for _, theirs in pieces)
        if self.pages.get(mine.page, -1) not in pages:
            return Line("page", mine.page, pages, pieces)
        if not whole:
            return Line("broken", mine.page, pages, pieces)
        shift = _shift(*pieces[0])
        if any(one.turn != two.turn or abs(two.across - one.across) > PLACE for one, two in pieces):
            return Line("moved", mine.page, pages, pieces, shift)
        theirs = pieces[0][1]
        if not self.sizes[0][mine.line] == self.sizes[1][theirs.line] == len(pieces):
            return None  # one of its words changed, and the others made room
        steps = [two.along - one.along for one, two in pieces]
        ends = [two.end - one.end for one, two in pieces]
        if max(map(abs, steps)) <= PLACE and max(map(abs, ends)) <= PLACE:
            return None
        how = "moved" if max(steps + ends) - min(steps + ends) <= 2 * PLACE else "spaced"
        return Line(how, mine.page, pages, pieces, shift)

    def _finding(self, run: Sequence[Line], title: str) -> Finding:
        first = run[0]
        mine = [one for line in run for one, _ in line.pieces]
        theirs = sorted(
            (two for line in run for _, two in line.pieces), key=lambda it: (it.page, it.line)
        )
        count = "1 line" if len(run) == 1 else f"{len(run)} lines"
        are = "is" if len(run) == 1 else "are"
        message = {
            "page": f"{count} {are} on {self._listed(run)} now",
            "broken": f"{count} {are} broken elsewhere",
            "spaced": f"{count} {are} spaced in another way",
            "moved": f"{count} moved{_way(first.shift)}",
        }[first.how]
        quoted = _quoted(mine)
        return Finding(
            "reflow", first.how, f"{message}: {quoted}", title, spots(mine), spots(theirs), quoted
        )

    def _listed(self, run: Sequence[Line]) -> str:
        pages = sorted({page for line in run for page in line.pages})
        said = [self.b.label(page) for page in pages]
        return said[0] if len(said) == 1 else f"{said[0]} to {said[-1]}"


def _goes_on(last: Line, line: Line) -> bool:
    """Whether two lines changed in one way."""
    if (last.how, last.page) != (line.how, line.page):
        return False
    if last.how == "page":
        return last.pages == line.pages
    return (
        last.how != "moved"
        or max(abs(one - two) for one, two in zip(last.shift, line.shift, strict=True)) <= SAME
    )


def _shift(one: Word, two: Word) -> tuple[float, float]:
    """How far the lower left corner of a word moved."""
    return two.box[0] - one.box[0], two.box[1] - one.box[1]


def _way(shift: tuple[float, float]) -> str:
    """A way in words, in points."""
    across, up = shift
    words = []
    if abs(up) > PLACE:
        words.append(f"{abs(up):.3g} pt {'up' if up > 0 else 'down'}")
    if abs(across) > PLACE:
        words.append(f"{abs(across):.3g} pt to the {'right' if across > 0 else 'left'}")
    return " " + " and ".join(words) if words else ""


def _quoted(words: Sequence[Word]) -> str:
    """The first and the last of some words."""
    texts = [word.text.replace("\u00ad", "-") for word in words]
    text = " ".join(texts)
    if len(text) <= LONG:
        return f"“{text}”"
    return f"“{' '.join(texts[:QUOTED])} … {' '.join(texts[-QUOTED:])}”"
