"""The same words in another face, size or colour."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from layout.bindery.diff.content import Content, Look, Word
from layout.bindery.diff.findings import Finding
from layout.bindery.diff.places import spots
from layout.bindery.diff.tokens import SOFT, Token

SIZE: Final = 0.06
"""Points by which sizes of type may differ: they were rounded."""
STEP: Final = 1
"""Steps of 255 by which components of colours may differ: they were rounded twice."""
SHARE: Final = 0.4
"""And percent."""
_NUMBER: Final = re.compile(r"#([0-9A-F]{6})|(?<![\w(])(\d+(?:\.\d+)?)")


class Sample(Struct):
    """Words that changed from one look to another, in both files."""

    mine: list[Word]
    theirs: list[Word]


Change = tuple[str, str]


@lru_cache(65536)
def same_paint(one: str, two: str) -> bool:
    """Whether two ways to paint look the same, but for rounding."""
    if one == two:
        return True
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", two):
        return False
    numbers = zip(_NUMBER.findall(one), _NUMBER.findall(two), strict=True)
    return all(_is_near(*pair) for pair in numbers)


def _is_near(one: tuple[str, str], two: tuple[str, str]) -> bool:
    if one[0] and two[0]:
        pairs = zip(bytes.fromhex(one[0]), bytes.fromhex(two[0]), strict=True)
        return all(abs(mine - theirs) <= STEP for mine, theirs in pairs)
    if one[1] and two[1]:
        return abs(float(one[1]) - float(two[1])) <= SHARE
    return False


class Looks:
    """What became of the looks of words that belong together."""

    def __init__(self, a: Content, b: Content) -> None:
        self.a, self.b = a, b
        self.colours: dict[Change, Sample] = {}

    def findings(self, pairs: Iterable[tuple[Token, Token]], title: str) -> Iterator[Finding]:
        """A finding for each change of face and size; changes of colour are gathered."""
        types: dict[Change, Sample] = {}
        for mine, theirs in pairs:
            self._compare(mine, theirs, types)
        for (old, new), sample in types.items():
            count = len(sample.mine)
            message = f"{_counted(count)} in {new}, not {old}: {_quoted(sample.mine)}"
            yield Finding(
                "type",
                "changed",
                message,
                title,
                spots(sample.mine),
                spots(sample.theirs),
                old,
                new,
            )

    def _compare(self, mine: Token, theirs: Token, types: dict[Change, Sample]) -> None:
        words = [self.a.words[number] for number in mine.words]
        others = [self.b.words[number] for number in theirs.words]
        if len(words) == len(others) == 1 and words[0].looks == others[0].looks:
            return
        one, two = _letters(words), _letters(others)
        if one == two:
            return
        seen: set[tuple[str, str, str]] = set()
        for old_look, new_look in zip(one, two, strict=False):
            if old_look is new_look:
                continue
            if old_look.face != new_look.face or abs(old_look.size - new_look.size) > SIZE:
                change = (_said(old_look), _said(new_look))
                if ("type", *change) not in seen:
                    seen.add(("type", *change))
                    _add(types, change, words, others)
            if not same_paint(old_look.paint, new_look.paint):
                change = (old_look.paint, new_look.paint)
                if ("colour", *change) not in seen:
                    seen.add(("colour", *change))
                    _add(self.colours, change, words, others)


def _add(
    found: dict[Change, Sample], change: Change, words: Sequence[Word], others: Sequence[Word]
) -> None:
    sample = found.setdefault(change, Sample([], []))
    sample.mine.extend(words)
    sample.theirs.extend(others)


def _letters(words: Sequence[Word]) -> list[Look]:
    """The look of each letter, without a hyphen that is there because a line ends."""
    found: list[Look] = []
    for at, word in enumerate(words):
        own = [look for count, look in word.looks for _ in range(count)]
        is_parted = at + 1 < len(words) and word.text[-1] in SOFT + "-\u2010"
        found += own[: len(word.text) - 1] if is_parted else own
    return found


def _said(look: Look) -> str:
    return f"{look.face} {look.size:.3g} pt"


def _counted(count: int) -> str:
    return "1 word is" if count == 1 else f"{count} words are"


def _quoted(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words[:6])
    return f"“{text}{' …' if len(words) > 6 else ''}”"
