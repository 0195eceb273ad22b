"""What can be wrong, where it is, and what to do about it.

A step that can find many problems collects them all and raises one `Refused`.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

from msgspec import Struct


class ExitCode(IntEnum):
    """What the shell is told; the meaning of each is part of the command line's contract."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    SURROUNDINGS = 3
    INTERRUPTED = 130


class Place(Struct, frozen=True, gc=False):
    """A position in a file: line and column count from 1, and are 0 where there is none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return (
            f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"
        )


class Problem(Struct, frozen=True, gc=False):
    """One thing that is wrong: a sentence in lower case without a full stop, and the way out."""

    place: Place
    message: str
    hint: str = ""
    severity: Literal["error", "warning", "note"] = "error"

    def __str__(self) -> str:
        line = printable(f"{self.place}: {self.severity}: {self.message}")
        return f"{line}\n  hint: {printable(self.hint)}" if self.hint else line


def printable(text: str) -> str:
    """A text on one line with nothing that a terminal would obey; bytes in names that are no text stay."""
    if text.isprintable():
        return text
    return "".join(
        it if it.isprintable() or "\ud800" <= it <= "\udfff" or it == "\u00a0" else "\ufffd"
        for it in text
    )


class Refused(Exception):
    """Raised when a source cannot be made; carries every problem that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def refuse(place: Place, message: str, hint: str = "") -> Refused:
    """A `Refused` of one problem, to be raised by the caller."""
    return Refused((Problem(place, message, hint),))
