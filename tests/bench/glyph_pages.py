"""Pages of glyphs drawn by hand: every letter is half an em wide, and a space a quarter."""

from itertools import pairwise
from random import Random

from bench.judgement import Figures, Findings, inspect, sum_up
from bench.meter import Glyph
from bench.pages import read_flow

SIZE, LEADING, TOP, MEASURE, ALLEY, LEFT = 10, 12.5, 700.0, 240, 15, 50
SERIF, SANS = "Serif-Regular", "Sans-Semibold"
LETTERS = "bcdfghjklmnpqrstvwxz"
SPACE = 0.25 * SIZE


def letters(
    text: str,
    x: float,
    y: float,
    *,
    gap: float = SPACE,
    size: float = SIZE,
    face: str = SERIF,
    stretch: float = 1,
    spacing: float = 0,
) -> list[Glyph]:
    """A line of text with spaces of `gap` points; each paints a space glyph of its own width."""
    made = []
    for char in text:
        width = (0.25 if char == " " else 0.5) * size * stretch
        made.append(Glyph(x, x + width, y, size, face, char, stretch))
        x += (gap if char == " " else width) + spacing
    return made


class Writer:
    """Makes full lines that no river runs through."""

    def __init__(self) -> None:
        self.chance = Random(3)
        self.above: list[float] = []

    def line(self, room: int = MEASURE) -> str:
        """Nine words, and as many letters as fill the room at natural spaces."""
        count = round((room - 8 * SPACE) / (0.5 * SIZE))
        for _ in range(10_000):
            cuts = sorted(self.chance.sample(range(2, count - 1), 8))
            whites = [MEASURE - room + 5 * cut + SPACE * number for number, cut in enumerate(cuts)]
            words = [b - a for a, b in pairwise([0, *cuts, count])]
            if min(words) > 1 and all(abs(a - b) > 2 for a in whites for b in self.above):
                self.above = whites
                return " ".join("".join(self.chance.choices(LETTERS, k=n)) for n in words)
        raise AssertionError("no such line")


class Sheet:
    """A page that is filled from line to line."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.glyphs: list[Glyph] = []
        self.column, self.y = 0, TOP

    @property
    def left(self) -> float:
        return LEFT + self.column * (MEASURE + ALLEY)

    def write(self, text: str, indent: float = 0, **how: object) -> "Sheet":
        """One line."""
        self.glyphs += letters(text, self.left + indent, self.y, **how)
        self.y -= LEADING
        return self

    def full(self, lines: int = 1) -> "Sheet":
        """Lines that reach the edge."""
        for _ in range(lines):
            self.write(self.writer.line())
        return self

    def opening(self) -> "Sheet":
        """A paragraph's indented first line."""
        return self.write(self.writer.line(MEASURE - 10), indent=10)

    def ending(self, text: str = "who went home again.") -> "Sheet":
        """A paragraph's last line."""
        return self.write(text)

    def paragraph(self, lines: int) -> "Sheet":
        """A whole one."""
        return self.opening().full(lines - 2).ending()

    def question(self, text: str = "What then?") -> "Sheet":
        """In the other face, under a blank line."""
        self.y -= LEADING if self.y < TOP else 0
        return self.write(text, face=SANS)

    def next(self, top: float = TOP) -> "Sheet":
        """On to the next column."""
        self.column, self.y = self.column + 1, top
        return self


def findings(*sheets: Sheet) -> Findings:
    return inspect(read_flow("drawn.pdf", [sheet.glyphs for sheet in sheets]))


def figures(*sheets: Sheet) -> Figures:
    return sum_up(findings(*sheets))


def faults(*sheets: Sheet) -> list[tuple[str, int, int]]:
    """Kinds and places of what was found, but for tight and loose lines."""
    return [(f.kind, f.page, f.column) for f in findings(*sheets).faults]
