"""Make's rules, as GCC writes them: what each PDF was made from. Ninja reads them too."""

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final

TARGET: Final = " #:%"
"""What has a meaning in the target of one of Make's rules; a percent sign has none after the colon.

Ninja knows no escaped percent sign: a target that has one is right for Make alone.
"""


class Rules:
    """The rules of a build, in its order; a missing dependency does not stop Make."""

    def __init__(self) -> None:
        self._rules: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}

    def add(self, output: str, files: Iterable[str]) -> None:
        """An output and the files that it was made from, or is."""
        names = tuple([self._names.setdefault(name, name) for name in map(os.path.relpath, files)])
        self._rules[output] = names

    def __contains__(self, output: str) -> bool:
        return output in self._rules

    def lines(self) -> Iterator[bytes]:
        """The text of the file; every name that is needed is a target that needs nothing, as after `gcc -MP`."""
        for output, names in self._rules.items():
            yield _line(output, names)
        for name in self._names:
            yield _line(name, ())


def _line(target: str, names: Iterable[str]) -> bytes:
    needed = "".join([f" {_escape(name, ' #:')}" for name in names])
    return f"{_escape(target, TARGET)}:{needed}\n".encode("utf-8", "surrogateescape")


def _escape(path: str, special: str) -> str:
    """A path as Make reads it: backslashes count double, but only those before a character with a meaning."""
    return re.sub(rf"(\\*)([{special}])", r"\1\1\\\2", path).replace("$", "$$")
