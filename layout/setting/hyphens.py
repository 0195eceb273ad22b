"""Where words may be broken, by language: Liang's patterns through pyphen.

pyphen parses a whole dictionary when it opens one, which costs a cold start more than setting a page
does. The subclass here keeps pyphen's files and pyphen's algorithm and only reads each pattern when a
word first meets it.
"""

import os
import re
from functools import cache
from typing import Any

import pyphen

from layout.setting.language import hyphen_price, minima, primary

PATTERNS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns")
"""Patterns of languages that pyphen has none for, in its format."""

WORDS = 20_000
"""So many words are kept with their break points."""

_DIGITS = b"0123456789"
_IGNORED: tuple[str, ...] = pyphen.ignored
_MARKS = ("%", "#", "HYPHENMIN", " ")


class _Patterns(dict[str, Any]):
    """Patterns by their letters; a value is the pattern's own line until it is first asked for."""

    def get(self, letters: str, default: Any = None) -> Any:
        """The start and the values of a pattern, as pyphen keeps them."""
        value = super().get(letters)
        if type(value) is str:
            value = self[letters] = _parse(value)
        return value


def _parse(line: str) -> tuple[int, tuple[int, ...]] | None:
    """One line of a dictionary, as `pyphen.HyphDict` reads it; None where it says nothing."""
    factory: Any = int
    if "/" in line and "=" in line:
        line, alternative = line.split("/", 1)
        factory = pyphen.AlternativeParser(line, alternative)
    values = [factory(digit or "0") for digit, _ in pyphen.parse(line)]
    if max(values) == 0:
        return None
    start, end = 0, len(values)
    while not values[start]:
        start += 1
    while not values[end - 1]:
        end -= 1
    return start, tuple(values[start:end])


class _LazyDictionary(pyphen.HyphDict):  # type: ignore[misc]
    """A dictionary of pyphen's whose patterns are parsed when they are met."""

    def __init__(self, path: Any) -> None:
        with open(path, "rb") as file:
            data = file.read()
        head, _, body = data.partition(b"\n")
        encoding = head.decode().strip()
        text = body.decode("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
        if "^^" in text:
            text = pyphen.parse_hex(lambda match: chr(int(match.group(1), 16)), text)
        if any(mark in text for mark in _MARKS):
            ignored = "|".join(map(re.escape, _IGNORED))
            text = re.sub(rf"(?m)^[^\S\n]*(?:{ignored}).*", "", text)
        # Letters of all lines at once: one pass in C instead of a call a line.
        bare = text.encode().translate(None, _DIGITS).decode().split()
        if "/" in text:
            bare = [letters.split("/", 1)[0] if "=" in letters else letters for letters in bare]
        self.patterns = _Patterns(
            (letters, line)
            for letters, line in zip(bare, text.split(), strict=True)
            if letters != line
        )
        self.cache: dict[str, list[int]] = {}
        self.maxlen = max(map(len, bare), default=0)


class Hyphenator:
    """Break points of words in one language, kept within the language's minima."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.left, self.right = minima(tag)
        self.price = hyphen_price(tag)
        own = os.path.join(PATTERNS, f"hyph_{primary(tag)}.dic")
        name = pyphen.language_fallback(tag)
        path = own if os.path.isfile(own) else pyphen.LANGUAGES[name] if name else None
        self.dictionary = _LazyDictionary(path) if path else None
        self._points: dict[str, tuple[int, ...]] = {}

    def points(self, word: str) -> tuple[int, ...]:
        """Indexes at which `word`, all letters, may be parted; changes of spelling are left out."""
        points = self._points.get(word)
        if points is None:
            points = ()
            # pyphen counts in small letters: where those are more, as of U+0130, its indexes are not ours.
            same = len(word.lower()) == len(word)
            if self.dictionary is not None and same and len(word) >= self.left + self.right:
                last = len(word) - self.right
                points = tuple(
                    int(p)
                    for p in self.dictionary.positions(word)
                    if self.left <= p <= last and not getattr(p, "data", None)
                )
            if len(self._points) >= WORDS:
                self._points.clear()
            self._points[word] = points
        return points


@cache
def hyphenator(tag: str) -> Hyphenator:
    """The hyphenator of a BCP 47 language tag; one without patterns breaks nothing."""
    return Hyphenator(tag)
