"""One reading of one file: where its problems go, and how they are worded alike."""

import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from layout.ground.problems import Place, Problem, Refused

MAX_PROBLEMS: Final = 500
"""After so many problems the rest of a file is not read: it is probably not what it seems."""

MAX_SHOWN: Final = 40
"""So many characters of a value are quoted in a message."""

INVALID: Final[Any] = object()
"""Stands for a value whose problem has been reported."""

_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab, line feed and carriage return."""

_PRIVATE: Final = re.compile(rb"\xee|\xef(?:[\x80-\xa3]|\xbb\xbf)|\xf3[\xb0-\xbf]|\xf4")
"""How characters begin in UTF-8 that say nothing to who reads the finished file: private use and the byte order mark
(ISO 19005-3, 6.2.11.7), U+E000 to F8FF, FEFF, F0000 and beyond. `re` takes a pattern of bytes at once; of wide ranges
of characters it looks at each."""

_NONCHARACTERS: Final = frozenset(
    chr(code)
    for code in (
        *range(0xFDD0, 0xFDF0),
        *range(0xFFFE, 0x110000, 0x10000),
        *range(0xFFFF, 0x110000, 0x10000),
    )
)
"""Unicode's 66 noncharacters (section 23.7)."""


class Reading(Struct):
    """What is known while one file is read: its name as given, its problems so far, where links may go.

    `marked_up` counts the characters of its texts that hold markup.
    """

    file: str
    problems: list[Problem]
    targets: frozenset[str] = frozenset()
    marked_up: int = 0

    def report(self, line: int, column: int, message: str, hint: str = "") -> Any:
        """Notes a problem and returns `INVALID`; raises `Refused` with all problems when there are too many."""
        return self.report_at(Place(self.file, line, column), message, hint)

    def report_at(self, place: Place, message: str, hint: str = "") -> Any:
        """Notes a problem at a place already made; otherwise as `report`."""
        self.problems.append(Problem(place, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            more = Problem(
                Place(self.file), f"more than {MAX_PROBLEMS - 1} problems; the rest is not listed"
            )
            raise Refused([*in_file_order(self.problems), more])
        return INVALID


def in_file_order(problems: list[Problem]) -> list[Problem]:
    """The problems sorted by line and column, each once; those of one place keep their order."""
    return sorted(
        dict.fromkeys(problems), key=lambda problem: (problem.place.line, problem.place.column)
    )


def quoted(text: str) -> str:
    """A value as messages quote it: on one line, shortened, with nothing that a terminal would obey."""
    short = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    shown = "".join("\ufffd" if _is_unprintable(it) else it for it in " ".join(short.split()))
    return "`" + shown.replace("`", "'") + "`"


def unprintable(text: str) -> Iterator[tuple[int, str]]:
    """Index and character of everything that cannot be read: controls, noncharacters, surrogates, private use."""
    if _CONTROL.search(text) or not (text.isascii() or _is_sound(text)):
        yield from ((index, it) for index, it in enumerate(text) if _is_unprintable(it))


def _is_sound(text: str) -> bool:
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return False
    return _NONCHARACTERS.isdisjoint(text) and _PRIVATE.search(encoded) is None


def _is_unprintable(it: str) -> bool:
    return bool(_CONTROL.match(it)) or not (it.isascii() or _is_sound(it))


def code_point(character: str) -> str:
    """A character's name in messages: `U+0007`."""
    return f"U+{ord(character):04X}"


def did_you_mean(word: str, known: "list[str] | tuple[str, ...]") -> str:
    """A hint with the nearest known word, or an empty string where none is near."""
    if len(word) > MAX_SHOWN:  # difflib takes quadratic time, and no key of ours is so long
        return ""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), known, n=1)
    return f"did you mean `{near[0]}`?" if near else ""
