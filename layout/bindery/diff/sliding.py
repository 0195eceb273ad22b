"""Where words that are gone or new begin, if they may begin in several places: at the beginning of a line."""

from collections.abc import Sequence

from layout.bindery.diff.content import Content
from layout.bindery.diff.sequence import Pair
from layout.bindery.diff.tokens import Token

FARTHEST = 50
"""Words by which a stretch is moved, at most."""


def slid(
    a: Content, b: Content, mine: Sequence[Token], theirs: Sequence[Token], pairs: list[Pair]
) -> list[Pair]:
    """Pairs in which stretches of one file alone begin and end with lines, where they can.

    “a b [a b] c” and “[a b] a b c” say the same: of words that stand twice the second ones are new, or the first.
    """
    made = list(pairs)
    edges = _Edges(a, mine), _Edges(b, theirs)
    for at in range(len(made)):
        above = made[at - 1] if at else (-1, -1)
        gaps = made[at][0] - above[0] - 1, made[at][1] - above[1] - 1
        for side in (0, 1):
            if gaps[side] and not gaps[1 - side]:
                _slide(made, at, side, gaps[side], edges[side])
    return made


class _Edges:
    """The tokens of one file, and how well a stretch may begin or end at each."""

    def __init__(self, content: Content, tokens: Sequence[Token]) -> None:
        self.content, self.tokens = content, tokens

    def worth(self, start: int, stop: int) -> int:
        """How good a stretch is from one token to before another."""
        return self._begins(start) + self._begins(stop)

    def _begins(self, at: int) -> int:
        """Whether a line begins with a token, and a line of another look, or after the end of a sentence."""
        if not 0 < at < len(self.tokens):
            return 3
        words = self.content.words
        last, word = words[self.tokens[at - 1].words[-1]], words[self.tokens[at].words[0]]
        if last.line == word.line:
            return int(last.text[-1] in ".!?")
        return 2 + (last.looks[-1][1].size != word.looks[0][1].size)


def _slide(pairs: list[Pair], at: int, side: int, gap: int, edges: _Edges) -> None:
    """Move the stretch before one pair back over pairs of equal words, if it stands better there."""
    stop = pairs[at][side]
    start = stop - gap
    best, worth = 0, edges.worth(start, stop)
    tokens = edges.tokens
    for back in range(1, min(FARTHEST, at) + 1):
        above = pairs[at - back]
        expected = (pairs[at - 1][0] - back + 1, pairs[at - 1][1] - back + 1)
        if above != expected or tokens[start - back].key != tokens[stop - back].key:
            break
        found = edges.worth(start - back, stop - back)
        if found > worth:
            best, worth = back, found
    for back in range(1, best + 1):
        one, two = pairs[at - back]
        pairs[at - back] = (one + gap, two) if side == 0 else (one, two + gap)
