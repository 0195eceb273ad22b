"""Where words may be broken, by language: Liang's patterns, in the dictionaries that pyphen brings.

pyphen itself is not imported: with what it asks of the standard library that takes five milliseconds, and reading
a whole dictionary, as it does, more than setting a page. Here each pattern is read when a word first meets it.
Tests compare every dictionary with pyphen's own reading.
"""

import os
import re
from functools import cache
from importlib.util import find_spec
from itertools import compress
from operator import ne

from layout.setting.language import hyphen_price, minima, primary

PATTERNS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns")
"""Patterns of languages that pyphen has none for, in its format."""

WORDS = 20_000
"""So many words are kept with their break points."""

_DIGITS = b"0123456789"
_MARKS = ("%", "#", "HYPHENMIN")
_IGNORED = r"\n(?![^\s%#CLR])[^\S\n]*(?:%|#|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN).*"
"""Lines that are no patterns; their first characters are looked at first, for there are few such lines."""

_Pattern = tuple[int, tuple[int, ...], bool]
"""What a pattern says from which of its places on, and whether words that part there are spelt otherwise."""


def _read(line: str) -> _Pattern | None:
    """One line of a dictionary, such as `.ach4` or `s1sz/sz=,1,3`; None where it says nothing."""
    letters, slash, change = line.partition("/")
    respelt = bool(slash) and "=" in change
    values = [
        int(digit or 0) for digit, _ in re.findall(r"(\d?)(\D?)", letters if respelt else line)
    ]
    said = [at for at, value in enumerate(values) if value]
    return (said[0], tuple(values[said[0] : said[-1] + 1]), respelt) if said else None


class Dictionary:
    """The patterns of one file, by their letters; each is its own line until a word first meets it."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            data = file.read()
        start = data.index(b"\n")
        encoding = data[:start].decode().strip().lower()
        text = data[start:].decode("cp1251" if encoding == "microsoft-cp1251" else encoding)
        if "^^" in text:
            text = re.sub(r"\^\^([0-9a-f]{2})", lambda it: chr(int(it[1], 16)), text)
        if any(mark in text for mark in _MARKS):
            text = re.sub(_IGNORED, "", text)
        # All lines at once: some passes in C instead of a call a line.
        lines = text.split()
        bare = text.encode().translate(None, _DIGITS).decode().split()
        if "/" in text:
            bare = [letters.split("/", 1)[0] if "=" in letters else letters for letters in bare]
        # One without digits says nothing, also where others have the same letters.
        said = compress(zip(bare, lines, strict=True), map(ne, bare, lines))
        self._patterns: dict[str, str | _Pattern | None] = dict(said)
        self._longest = max(map(len, bare), default=0)

    def points(self, word: str) -> list[int]:
        """Indexes at which a word in small letters may be parted as it is spelt."""
        framed = f".{word}."
        size = len(framed)
        levels, respelt = [0] * (size + 1), [False] * (size + 1)
        patterns = self._patterns
        for start in range(size - 1):
            for end in range(start + 1, min(start + self._longest, size) + 1):
                found = patterns.get(letters := framed[start:end])
                if isinstance(found, str):
                    found = patterns[letters] = _read(found)
                if found is None:
                    continue
                first, values, change = found
                for at, value in enumerate(values, start + first):
                    if value >= levels[at]:
                        levels[at], respelt[at] = value, change
        return [at - 1 for at, level in enumerate(levels) if level & 1 and not respelt[at]]


@cache
def _files() -> dict[str, str]:
    """The dictionaries by their tags in small letters: a language that has several has the first for its own."""
    spec = find_spec("pyphen")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("there is no module pyphen", name="pyphen")
    folder = os.path.join(os.path.dirname(spec.origin), "dictionaries")
    found: dict[str, str] = {}
    for name in sorted(os.listdir(folder)):
        if name.startswith("hyph_") and name.endswith(".dic"):
            tag = name[5:-4].lower().replace("_", "-")
            found[tag] = os.path.join(folder, name)
            found.setdefault(primary(tag), found[tag])
    return found


def dictionary_of(tag: str) -> str | None:
    """The file of a language: that of the tag, or of what is left without its last subtags (RFC 4647, 3.4)."""
    own = os.path.join(PATTERNS, f"hyph_{primary(tag)}.dic")
    if os.path.isfile(own):
        return own
    rest = tag.lower()
    while rest and rest not in _files():
        rest = rest.rpartition("-")[0]
    return _files().get(rest)


class Hyphenator:
    """Break points of words in one language, kept within the language's minima."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.left, self.right = minima(tag)
        self.price = hyphen_price(tag)
        path = dictionary_of(tag)
        self.dictionary = Dictionary(path) if path else None
        self._points: dict[str, tuple[int, ...]] = {}

    def points(self, word: str) -> tuple[int, ...]:
        """Indexes at which `word`, all letters, may be parted; changes of spelling are left out."""
        points = self._points.get(word)
        if points is None:
            points = ()
            small = word.lower()
            # Where small letters are more, as of U+0130, their indexes are not those of the word.
            same = len(small) == len(word)
            if self.dictionary is not None and same and len(word) >= self.left + self.right:
                last = len(word) - self.right
                points = tuple([p for p in self.dictionary.points(small) if self.left <= p <= last])
            if len(self._points) >= WORDS:
                self._points.clear()
            self._points[word] = points
        return points


@cache
def hyphenator(tag: str) -> Hyphenator:
    """The hyphenator of a BCP 47 language tag; one without patterns breaks nothing."""
    return Hyphenator(tag)
