"""The figures of one-paragraph.yaml, drawn from the fonts and computed from the words.

`python sources/images/draw_figures.py [FOLDER]` writes first-fit-total-fit.png (174 mm wide) and
optical-sizes.png (84 mm), both at 300 ppi, beside this script or in FOLDER. It needs Pillow and the fonts of
this repository; the same versions of both give the same pixels.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

HERE: Final = Path(__file__).resolve().parent
FONTS: Final = HERE.parents[1] / "fonts"

PPI: Final = 300
SUPERSAMPLE: Final = 4
"""Everything is drawn so many times too large and scaled down: letters keep their true places."""

DOT: Final = PPI * SUPERSAMPLE / 72
"""Pixels of the large drawing in a point."""

MM: Final = 72 / 25.4
"""Points in a millimetre."""

INK: Final = (0x1A, 0x1A, 0x1A)
QUIET: Final = (0x55, 0x55, 0x55)
HAIR: Final = (0xB4, 0xB4, 0xB4)
RED: Final = (0x9E, 0x1B, 0x32)
GREY: Final = (0x70, 0x76, 0x7C)
WHITE: Final = (0xFF, 0xFF, 0xFF)

Colour = tuple[int, int, int]

SANS: Final = "source-sans/SourceSans3-Regular.ttf"
SANS_SEMIBOLD: Final = "source-sans/SourceSans3-Semibold.ttf"
TEXT: Final = "source-serif/SourceSerif4-Regular.ttf"

PARAGRAPH: Final = (
    "White. Anyone can see the letters; it takes an apprenticeship to see what is between them. In metal, the white "
    "was a thing you held in your fingers. Every space was a slip of type alloy, cast to an exact width and lower than "
    "the letters, so that it took no ink. A line was justified when it stood firm in the stick and nothing rattled."
)
"""The compositor's first answer."""


# --- breaking the paragraph ---


@dataclass(frozen=True)
class Line:
    """One line: its words, what each space between them measures, in points, and the adjustment ratio."""

    words: tuple[str, ...]
    space: float
    ratio: float


@dataclass(frozen=True)
class Measure:
    """Widths in points: of the line, of a natural space, and of each word."""

    line: float
    space: float
    widths: tuple[float, ...]

    def ratio(self, start: int, end: int) -> float:
        """The adjustment ratio of the words [start, end): a space stretches by a half and shrinks by a third."""
        gaps = end - start - 1
        short = self.line - sum(self.widths[start:end]) - gaps * self.space
        if end == len(self.widths) and short >= 0:
            return 0.0
        if gaps == 0:
            return float("inf")
        return short / (gaps * self.space / (2 if short >= 0 else 3))


def badness(ratio: float) -> float:
    """A hundred times the cube of the ratio."""
    return 100 * abs(ratio) ** 3


def first_fit(measure: Measure) -> tuple[int, ...]:
    """Line ends when every line takes all the words that fit at their natural spacing."""
    ends: list[int] = []
    start, used = 0, 0.0
    for index, width in enumerate(measure.widths):
        wanted = width if index == start else used + measure.space + width
        if wanted > measure.line and index > start:
            ends.append(index)
            start, wanted = index, width
        used = wanted
    return (*ends, len(measure.widths))


def total_fit(measure: Measure) -> tuple[int, ...]:
    """Line ends with the least demerits in all: Knuth and Plass (1981), without hyphens; TeX's constants."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 1): (0.0, ())}
    for end in range(1, len(measure.widths) + 1):
        for (start, neighbour), (demerits, ends) in list(best.items()):
            ratio = measure.ratio(start, end)
            if not -1 <= ratio <= 4:
                continue
            fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
            cost = (
                demerits
                + (10 + badness(ratio)) ** 2
                + (10_000 if abs(fitness - neighbour) > 1 else 0)
            )
            if (end, fitness) not in best or cost < best[end, fitness][0]:
                best[end, fitness] = (cost, (*ends, end))
    return min(found for (end, _), found in best.items() if end == len(measure.widths))[1]


def set_lines(words: Sequence[str], measure: Measure, ends: Sequence[int]) -> list[Line]:
    """The words as justified lines."""
    lines, start = [], 0
    for end in ends:
        ratio = measure.ratio(start, end)
        change = ratio / (2 if ratio >= 0 else 3)
        lines.append(Line(tuple(words[start:end]), measure.space * (1 + change), ratio))
        start = end
    return lines


# --- drawing ---


@cache
def font(path: str, size: float) -> ImageFont.FreeTypeFont:
    """A font of this repository at a size in points."""
    return ImageFont.truetype(FONTS / path, size * DOT, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, path: str, size: float) -> float:
    """The width of a text in points, measured large, so that no rounding to pixels enters."""
    return font(path, 1000).getlength(text) / DOT * size / 1000


def mix(colour: Colour, amount: float) -> Colour:
    """A colour thinned with white: 0 is white, 1 the colour."""
    red, green, blue = (round(w + (c - w) * amount) for c, w in zip(colour, WHITE, strict=True))
    return red, green, blue


class Sheet:
    """A white drawing whose places and sizes are points from its top left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.size = round(width * PPI / 72), round(height * PPI / 72)
        self.image = Image.new(
            "RGB", (self.size[0] * SUPERSAMPLE, self.size[1] * SUPERSAMPLE), WHITE
        )
        self.pen = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle."""
        x, y, right, bottom = (
            round(place * DOT) for place in (left, top, left + width, top + height)
        )
        if right > x and bottom > y:
            self.pen.rectangle((x, y, right - 1, bottom - 1), fill=colour)

    def text(
        self, left: float, baseline: float, text: str, path: str, size: float, colour: Colour = INK
    ) -> float:
        """A line of text from its left end; returns where it ends."""
        self.pen.text(
            (left * DOT, baseline * DOT), text, font=font(path, size), fill=colour, anchor="ls"
        )
        return left + width_of(text, path, size)

    def text_to(
        self, right: float, baseline: float, text: str, path: str, size: float, colour: Colour = INK
    ) -> None:
        """A line of text up to its right end."""
        self.text(right - width_of(text, path, size), baseline, text, path, size, colour)

    def save(self, path: Path) -> None:
        """Scales the drawing down and writes it as a PNG of at most 64 colours."""
        small = self.image.resize(self.size, Image.Resampling.BOX)
        palette = small.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(path, optimize=True, dpi=(PPI, PPI))


# --- first fit, total fit ---

BODY: Final = 9.5
LEADING: Final = 13.0
MEASURE: Final = 66 * MM
COLUMN: Final = 84 * MM
ALLEY: Final = 6 * MM
AXIS: Final = MEASURE + 4.5 * MM
"""Where the bars of a panel start: ratio nought."""

UNIT: Final = 3.6 * MM
"""A bar's length for a ratio of one."""


def tint(ratio: float) -> Colour:
    """The colour of a space: deeper red the more it is stretched, deeper grey the more it is squeezed."""
    return (
        mix(RED, min(1.0, ratio / 2.4) * 0.9) if ratio >= 0 else mix(GREY, min(1.0, -ratio) * 0.75)
    )


def signed(ratio: float) -> str:
    """A ratio as it is printed, with a true minus sign."""
    return f"{ratio:.2f}".replace("-", "\N{MINUS SIGN}")


def draw_line(sheet: Sheet, left: float, baseline: float, line: Line) -> None:
    """A justified line with its spaces tinted, and its ratio as a bar."""
    top = baseline - 0.76 * LEADING
    for index, word in enumerate(line.words):
        end = left + width_of(word, TEXT, BODY)
        if index + 1 < len(line.words):
            sheet.box(end, top, line.space, LEADING, tint(line.ratio))
        sheet.text(left, baseline, word, TEXT, BODY)
        left = end + line.space


def draw_bar(sheet: Sheet, axis: float, baseline: float, line: Line, last: bool) -> None:
    """A line's ratio as a bar from the axis and a number beside it."""
    top, height = baseline - 0.62 * BODY, 0.56 * BODY
    length = line.ratio * UNIT
    sheet.box(axis + min(0.0, length), top, abs(length), height, RED if length >= 0 else GREY)
    label = "end" if last else signed(line.ratio)
    sheet.text(axis + max(0.0, length) + 2.2, baseline - 0.4, label, SANS, 7, QUIET)


def draw_panel(sheet: Sheet, left: float, title: str, note: str, lines: Sequence[Line]) -> None:
    """One setting of the paragraph under its title, with its bars and the sum of its badness."""
    end = sheet.text(left, 8, title, SANS_SEMIBOLD, 8, RED)
    sheet.text(end + 5, 8, note, SANS, 8, QUIET)
    sheet.text(left + AXIS - 1, 8, "Ratio", SANS, 7, QUIET)
    sheet.box(left, 12.4, COLUMN, 0.5, HAIR)
    first = 12.4 + 14
    sheet.box(left + AXIS - 0.25, first - 10, 0.5, (len(lines) - 1) * LEADING + 14, HAIR)
    for index, line in enumerate(lines):
        baseline = first + index * LEADING
        draw_line(sheet, left, baseline, line)
        draw_bar(sheet, left + AXIS, baseline, line, last=index + 1 == len(lines))
    foot = first + (len(lines) - 1) * LEADING + 9
    sheet.box(left, foot, COLUMN, 0.5, HAIR)
    total = sum(badness(line.ratio) for line in lines)
    end = sheet.text(left, foot + 11, f"{total:,.0f}", SANS_SEMIBOLD, 8)
    sheet.text(end + 3.5, foot + 11, "is the badness of its lines, added up", SANS, 8, QUIET)


def draw_first_fit_total_fit() -> Sheet:
    """The same paragraph set in both ways, side by side, as wide as the text of a page."""
    words = PARAGRAPH.split()
    measure = Measure(
        MEASURE, width_of(" ", TEXT, BODY), tuple(width_of(word, TEXT, BODY) for word in words)
    )
    greedy = set_lines(words, measure, first_fit(measure))
    whole = set_lines(words, measure, total_fit(measure))
    depth = max(len(greedy), len(whole)) - 1
    sheet = Sheet(2 * COLUMN + ALLEY, 26.4 + depth * LEADING + 9 + 15)
    draw_panel(sheet, 0, "First fit", "Each line takes what it can hold", greedy)
    draw_panel(sheet, COLUMN + ALLEY, "Total fit", "All line ends are chosen together", whole)
    return sheet


# --- optical sizes ---

CUTS: Final = (
    ("Caption", "for small print", "source-serif/SourceSerif4Caption-Regular.ttf"),
    ("Text", "for reading", TEXT),
    ("Subhead", "for large quotations", "source-serif/SourceSerif4Subhead-Regular.ttf"),
    ("Display", "for titles", "source-serif/SourceSerif4Display-Regular.ttf"),
)

SPECIMEN: Final = "Handgloves"
SPECIMEN_SIZE: Final = 32.0
ROW: Final = 52.0


def thin_stroke(path: str) -> int:
    """The thinnest part of the letter o, at its top, in thousandths of an em."""
    face = ImageFont.truetype(FONTS / path, 2000, layout_engine=ImageFont.Layout.BASIC)
    glyph = Image.new("L", (2000, 2000), 0)
    ImageDraw.Draw(glyph).text((200, 1600), "o", font=face, fill=255, anchor="ls")
    left, top, right, _ = glyph.getbbox() or (0, 0, 0, 0)
    runs = []
    for x in range(left + (right - left) // 3, right - (right - left) // 3):
        column = glyph.crop((x, top, x + 1, 1600)).tobytes()
        start = next(y for y, value in enumerate(column) if value > 127)
        runs.append(next(y for y in range(start, len(column)) if column[y] <= 127) - start)
    return round(min(runs) / 2)


def draw_optical_sizes() -> Sheet:
    """One word at one size in four cuts, with the thin stroke of each drawn beside it."""
    sheet = Sheet(COLUMN, 14 + len(CUTS) * ROW - 3)
    right = COLUMN
    sheet.text(0, 7, "One size", SANS_SEMIBOLD, 8, RED)
    sheet.text_to(right, 7, "Thin stroke, in thousandths of the size", SANS, 7, QUIET)
    for index, (name, use, path) in enumerate(CUTS):
        top = 11.5 + index * ROW
        sheet.box(0, top, COLUMN, 0.5, HAIR)
        end = sheet.text(0, top + 10.5, name, SANS_SEMIBOLD, 7.5)
        sheet.text(end + 3.5, top + 10.5, use, SANS, 7.5, QUIET)
        baseline = top + 39.5
        sheet.text(-0.9, baseline, SPECIMEN, path, SPECIMEN_SIZE)
        stroke = thin_stroke(path)
        sheet.text_to(right, top + 10.5, str(stroke), SANS_SEMIBOLD, 7.5, RED)
        thick = stroke / 1000 * SPECIMEN_SIZE
        sheet.box(right - 10 * MM, baseline - 7.9 - thick / 2, 10 * MM, thick, RED)
    return sheet


FIGURES: Final[dict[str, Callable[[], Sheet]]] = {
    "first-fit-total-fit.png": draw_first_fit_total_fit,
    "optical-sizes.png": draw_optical_sizes,
}


def main(folder: Path = HERE) -> None:
    """Draws every figure into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        draw().save(folder / name)


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[-1].startswith("-"):
        sys.exit("usage: python sources/images/draw_figures.py [OUTPUT_FOLDER]")
    main(*map(Path, sys.argv[1:2]))
