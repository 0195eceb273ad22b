"""Words that changed: what stood there, what stands there now, and a few words around it."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.diff.align import Part
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import Finding, Spot
from layout.bindery.diff.moved import At
from layout.bindery.diff.places import caret, spots_of
from layout.bindery.diff.tokens import Token, read_alike

LONGEST: Final = 30
"""Words that are quoted in full."""
FIRST: Final = 12
"""Words at the beginning of a longer text that are quoted."""
LAST: Final = 8
"""And at its end."""
AROUND: Final = 4
"""Words of context on either side."""


class Change(Struct, frozen=True):
    """Words of A from `start` to `stop` that are words of B from `begin` to `end` now."""

    start: int
    stop: int
    begin: int
    end: int


def changes_of(part: Part) -> Iterator[Change]:
    """The stretches between pairs."""
    i = j = 0
    for one, two in [*part.pairs, (len(part.mine), len(part.theirs))]:
        if i < one or j < two:
            yield Change(i, one, j, two)
        i, j = one + 1, two + 1


class Wording:
    """The changes of words in one part; `alike` are stretches that only the ends of lines part in other ways."""

    def __init__(
        self,
        a: Content,
        b: Content,
        part: Part,
        number: int,
        moved: tuple[frozenset[At], frozenset[At]],
    ) -> None:
        self.a, self.b, self.part, self.number, self.moved = a, b, part, number, moved
        self.alike: list[tuple[Sequence[Token], Sequence[Token]]] = []

    def findings(self) -> Iterator[Finding]:
        """A finding for each stretch, in order."""
        part = self.part
        for change in changes_of(part):
            mine = list(self._kept(0, change.start, change.stop))
            theirs = list(self._kept(1, change.begin, change.end))
            if len(mine) == 1 and len(theirs) == 1:
                yield from self._changed(mine[0], theirs[0])
                continue
            for run in mine:
                yield from self._changed(run, range(change.begin, change.begin))
            for run in theirs:
                yield from self._changed(range(change.start, change.start), run)

    def _kept(self, side: int, start: int, stop: int) -> Iterator[range]:
        """The stretches that did not only move elsewhere."""
        begin = start
        for at in [*(n for n in range(start, stop) if (self.number, n) in self.moved[side]), stop]:
            if begin < at:
                yield range(begin, at)
            begin = at + 1

    def _changed(self, mine: range, theirs: range) -> Iterator[Finding]:
        part = self.part
        old, new = part.mine[mine.start : mine.stop], part.theirs[theirs.start : theirs.stop]
        if old and new and read_alike((self.a, old), (self.b, new)):
            self.alike.append((old, new))
            return
        said, now = (" ".join(it.text for it in each) for each in (old, new))
        side = part.mine if old else part.theirs
        here = mine if old else theirs
        before = side[max(0, here.start - AROUND) : here.start]
        after = side[here.stop : here.stop + AROUND]
        change = "changed" if old and new else "removed" if old else "added"
        yield Finding(
            "words",
            change,
            _message(said, now),
            part.title,
            spots_of(self.a, old) if old else self._between(self.a, part.mine, mine.start),
            spots_of(self.b, new) if new else self._between(self.b, part.theirs, theirs.start),
            said,
            now,
            " ".join(it.text for it in before),
            " ".join(it.text for it in after),
        )

    def _between(self, content: Content, tokens: Sequence[Token], at: int) -> tuple[Spot, ...]:
        """The place between two words."""
        if not tokens:
            return ()
        is_last = at == len(tokens)
        token = tokens[at - 1] if is_last or at else tokens[0]
        return caret(content, token, after=bool(at))


def _quoted(text: str) -> str:
    """A text in quotation marks; of a long one the beginning and the end, and how long it is."""
    words = text.split()
    if len(words) <= LONGEST:
        return f"“{text}”"
    return f"“{' '.join(words[:FIRST])} … {' '.join(words[-LAST:])}” ({len(words)} words)"


def _message(old: str, new: str) -> str:
    old, new = (_quoted(it) if it else "" for it in (old, new))
    if old and new:
        return f"{old} became {new}"
    return f"{old} is gone" if old else f"{new} is new"
