"""Letters to words, as they are painted: a word ends at a space, at a gap, and where painting goes on elsewhere."""

from math import atan2, degrees, hypot
from typing import Final

from layout.bindery.diff.content import Look, Word
from layout.bindery.preflight.press.geometry import IDENTITY, Matrix, Point, around, moved

GAP: Final = 0.17
"""Ems between two letters that part words: spaces of tight lines have more, letters that are kerned apart less."""
BACK: Final = 0.5
"""Ems by which a letter may begin before the end of the one before it."""
LEVEL: Final = 0.25
"""Ems by which letters of one word may be off its baseline."""
HIGH: Final = 0.75
"""How far letters reach above their baseline, in ems, about."""
LOW: Final = 0.22
"""And below it."""
SIZES: Final = 20
"""Steps of a point in which sizes of type are told apart."""
FAR: Final = 1e8
"""Points that are farther off than any page is large."""
MOST: Final = 2_000_000
"""Words of a file."""


class Crowded(Exception):
    """Raised where a file has more than is compared; its words begin a finding."""


class Words:
    """The words of a file while its pages are read."""

    def __init__(self) -> None:
        self.done: list[Word] = []
        self.page = 0
        self._text: list[str] = []
        self._looks: list[tuple[int, Look]] = []
        self._matrix: Matrix = IDENTITY
        self._last: Matrix = IDENTITY
        self._start = self._end = (0.0, 0.0)
        self._size = 0.0
        self._furniture = False

    def goes_on(self, at: Point, size: float, matrix: Matrix) -> bool:
        """Whether a letter that begins there belongs to the word that is open."""
        if not self._text:
            return False
        ends = moved(*self._end, self._last)
        stretch = hypot(matrix[0], matrix[1])
        em = max(self._size, size) * stretch
        if not em:
            return True
        cos, sin = matrix[0] / stretch, matrix[1] / stretch
        across, up = at[0] - ends[0], at[1] - ends[1]
        gap, off = (across * cos + up * sin) / em, (up * cos - across * sin) / em
        return -BACK <= gap <= GAP and abs(off) <= LEVEL

    def begin(self, at: Point, size: float, matrix: Matrix, furniture: bool) -> None:
        """Open a word."""
        self.finish()
        self._start = at
        self._size, self._matrix, self._furniture = size, matrix, furniture

    def add(self, text: str, end: Point, matrix: Matrix, look: Look) -> None:
        """Letters of the open word, and where they end in the space of a matrix."""
        self._text.append(text)
        self._end, self._last = end, matrix
        if self._looks and self._looks[-1][1] is look:
            self._looks[-1] = (self._looks[-1][0] + len(text), look)
        else:
            self._looks.append((len(text), look))

    def space(self) -> None:
        """A space after the open word, or after the last one."""
        self.finish()
        if self.done and self.done[-1].page == self.page:
            self.done[-1].spaced = True

    def finish(self) -> None:
        """End the open word."""
        text, looks = "".join(self._text), tuple(self._looks)
        self._text, self._looks = [], []
        ends = moved(*self._end, self._last)
        numbers = (*self._start, *ends, *self._matrix, self._size)
        if not text or not all(abs(number) < FAR for number in numbers):
            return  # what lies beyond all bounds, or nowhere, is on no page
        if len(self.done) >= MOST:
            raise Crowded(f"all that is beyond {MOST} words")
        self.done.append(self._word(text, looks, ends))

    def finish_quietly(self) -> None:
        """End the open word, or lose it where there are too many."""
        if len(self.done) < MOST:
            self.finish()
        self._text, self._looks = [], []

    def _word(self, text: str, looks: tuple[tuple[int, Look], ...], ends: Point) -> Word:
        a, b, c, d = self._matrix[:4]
        stretch, high = hypot(a, b) or 1.0, hypot(c, d)
        cos, sin = a / stretch, b / stretch
        up = (c * self._size * HIGH, d * self._size * HIGH)
        down = (c * self._size * LOW, d * self._size * LOW)
        corners = [
            (x + sign * shift[0], y + sign * shift[1])
            for x, y in (self._start, ends)
            for sign, shift in ((1, up), (-1, down))
        ]
        x, y = self._start
        return Word(
            text, around(corners), round(degrees(atan2(b, a))) % 360,
            x * cos + y * sin, ends[0] * cos + ends[1] * sin, y * cos - x * sin,
            round(self._size * high * SIZES) / SIZES, looks, self._furniture, page=self.page,
        )  # fmt: skip
