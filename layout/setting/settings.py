"""What setting a paragraph gives: its lines, and the good ways to set it that make-up chooses from."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct

from layout.setting.marks import Mark


class Notch(NamedTuple):
    """A corner that an initial takes out of a paragraph: its first `lines` begin `width` points further in."""

    lines: int
    width: float


WHOLE = Notch(0, 0.0)


class SetLine(Struct, frozen=True):
    """One line: marks relative to its left end on its baseline, and the natural width of its words."""

    marks: tuple[Mark, ...]
    width: float


class Setting:
    """One way to set a paragraph: how many lines, at what cost, which of them end in a hyphen.

    The lines themselves are made when they are first asked for: of the settings of a paragraph that
    make-up weighs against each other it prints one. `cost` is in demerits over the best setting.
    """

    __slots__ = ("_made", "_make", "_others", "cost", "count", "hyphens")

    def __init__(
        self,
        count: int,
        cost: float,
        hyphens: frozenset[int],
        make: Callable[[], list[SetLine]],
        others: Callable[[], list["Setting"]] | None = None,
    ) -> None:
        self.count, self.cost, self.hyphens = count, cost, hyphens
        self._others = others
        self._make: Callable[[], list[SetLine]] | None = make
        self._made: list[SetLine] | None = None

    @classmethod
    def of(cls, lines: list[SetLine]) -> "Setting":
        """Lines that are set already."""
        return cls(len(lines), 0.0, frozenset(), lambda: lines)

    def lines(self) -> list[SetLine]:
        """The set lines."""
        if self._made is None:
            assert self._make is not None, "a setting that make-up let go of"
            self._made = self._make()
        return self._made

    def settle(self, chosen: bool) -> None:
        """Keep the lines of the setting that was chosen and nothing else: a thousand paragraphs weigh on memory."""
        if chosen:
            self.lines()
        self._make = self._others = None

    def others(self) -> list["Setting"]:
        """Ways to set the paragraph with another number of lines: dearer ones, looked for only on request."""
        return self._others() if self._others is not None else []


Memo = dict[tuple[Any, ...], tuple[Setting, ...]]
"""Settings by all that they depend on."""
