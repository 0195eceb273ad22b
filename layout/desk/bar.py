"""A line on the terminal that says how far a build is, how fast it goes, and how long it will take."""

import os
import sys
from time import monotonic
from typing import Final

CLEAR: Final = "\r\x1b[K"
"""Back to the start of the line, and the line away (ECMA-48)."""

BETWEEN: Final = 0.1
"""Seconds from one drawing to the next at least."""

WIDTH: Final = 24
"""Signs of the bar itself."""


class Bar:
    """Drawn on standard error, if that is a terminal of a person; `total` things are to be done."""

    def __init__(self, total: int, wanted: bool) -> None:
        self.total = total
        self.shown = wanted and total > 1 and _is_watched()
        self._done, self._name = 0, ""
        self._begun = monotonic()
        self._drawn = 0.0
        self._there = False

    def expect(self, total: int) -> None:
        """So many are to be done from now on."""
        self.total = total
        self._begun = monotonic()

    def step(self, name: str) -> None:
        """One more is done."""
        self._done += 1
        self._name = name
        if self.shown and self._done < self.total and monotonic() > self._drawn + BETWEEN:
            self._draw()

    def clear(self) -> None:
        """Make room for a line."""
        if self._there:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
            self._there = False
            self._drawn = 0.0

    def _draw(self) -> None:
        now = monotonic()
        line = said(self._done, self.total, now - self._begun, self._name)
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        sys.stderr.write(CLEAR + line[: columns - 1])
        sys.stderr.flush()
        self._drawn, self._there = now, True


def said(done: int, total: int, seconds: float, name: str) -> str:
    """The line: `done` of `total` took so many seconds, the last was called `name`."""
    full = WIDTH * done // total
    rate = done / seconds if seconds > 0 else 0.0
    left = f", {_time((total - done) / rate)} left" if rate else ""
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)
    return (
        f"[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}, {rate:.3g} a second{left}: {shown}"
    )


def _time(seconds: float) -> str:
    """Hours, minutes and seconds, as far as there are any."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _is_watched() -> bool:
    """Whether somebody looks on: a terminal that obeys codes, and no service that only logs them."""
    plain = os.environ.get("TERM") == "dumb" or os.environ.get("CI", "") not in ("", "0", "false")
    return sys.stderr.isatty() and not plain
