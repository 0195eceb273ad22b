"""What the pages of one file have in common while they are read for the press."""

from typing import Any, Final

from layout.bindery.objects import Key
from layout.bindery.preflight.case import Case, Spent
from layout.bindery.preflight.content import FontUse, font_use
from layout.bindery.preflight.demands import Demands
from layout.bindery.preflight.press.inks import Inks
from layout.bindery.preflight.press.pixels import Pixels

MOST_OPERATORS: Final = 10_000_000
"""Operators of all content of a file, forms counted as often as they are painted."""
FORM: Final = 40
"""So many operators are as much work as a form, or a pattern's cell, that is read, though it be empty."""


class Job:
    """Fonts, inks and pictures of one file, and how much more of it will be read."""

    def __init__(self, case: Case, demands: Demands) -> None:
        self.case, self.demands = case, demands
        self.inks = Inks(case)
        self.pixels = Pixels(case, demands.press.ink_limit)
        self.fonts: dict[Key | int, FontUse] = {}
        self.left = MOST_OPERATORS

    def font(self, value: Any, page: int) -> FontUse | None:
        """The use of a font."""
        return font_use(self.case, self.fonts, value, page)

    def spend(self, operators: int) -> None:
        """Take operators from what will be read."""
        self.left -= operators
        if self.left <= 0:
            raise Spent(f"all that is beyond {MOST_OPERATORS} operators of content")
