"""Read back from finished PDFs how evenly their justified lines are set.

    python bench/meter.py FILE.pdf... [--json] [--space EM]

Nothing is asked of the program that made the file: every glyph is taken where the page paints it.

- *Body text* is what stands in the most used face and size of the file. Its lines are the runs of glyphs
  on one baseline that no gap wider than `COLUMN_GAP` parts.
- The *measure* ends at a right edge that many body lines share; a line is *justified* when it reaches its
  edge, give or take what may hang over it, and the line under it goes on with the same paragraph.
- A *space* is the white between two words, from the end of one glyph's advance to the start of the next,
  in ems; the *natural* space is the advance of the face's space glyph where the file paints one, else the
  median space of the lines that end a paragraph, which nothing stretches.
- Spaces of a fixed narrow width (U+202F and its like) belong to the word: no line stretches them.

How lines stand on pages is the business of pages.py.
"""

import argparse
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

SAME_BASELINE = 0.5
"""Points that glyphs of one line may differ in height."""
COLUMN_GAP = 1.2
"""Ems of white that part two columns; no justified line that anybody would print has a space as wide."""
BLIND_GAP = 0.12
"""Ems of white between glyphs that are a word space where the file paints no space glyph."""
SEEN_GAP = 0.02
"""The same where it does: a space glyph may also stand at no width at all."""
AT_EDGE = 0.75
"""Points that a justified line may miss its edge by."""
HANGING = 0.75
"""Ems that punctuation or a hyphen may hang over the edge."""
EDGE_SHARE = 0.04
"""Share of the body lines that must end at one place to make it an edge."""
LOOSE, VERY_LOOSE, TIGHT = 1.33, 1.5, 0.8
"""Mean space of a line over the natural space: where it begins to show, to hurt, and to clot."""
HYPHENS = "-\u00ad\u2010\u2011"
FIXED = "\u2007\u2008\u2009\u200a\u202f"
"""Spaces that are part of a word."""
BOLD = re.compile(r"bold|black|heavy|demi|cmbx|bx\d", re.IGNORECASE)
FEW = 10
"""Pairs of letters below which a line does not tell how far it is spaced out."""


class Glyph(NamedTuple):
    """One painted glyph: its advance runs from x to end, in points from the page's lower left corner."""

    x: float
    end: float
    y: float
    size: float
    face: str
    text: str
    stretch: float = 1.0
    """Its width over that of the face at this size."""

    @property
    def blank(self) -> bool:
        """Whether it is a space between words."""
        return self.text.isspace() and self.text not in FIXED


@dataclass(slots=True)
class Line:
    """One line of body text: its edges, its words, and the white between them in ems."""

    page: int
    x: float
    end: float
    y: float
    size: float
    words: list[str] = field(default_factory=list)
    spaces: list[float] = field(default_factory=list)
    justified: bool = False
    whites: list[tuple[float, float]] = field(default_factory=list)
    """Where each space begins and ends, in points."""
    faces: list[str] = field(default_factory=list)
    """The face before each space."""
    bold: bool = False
    stretch: float = 1.0
    """The median of its glyphs."""
    spacing: float | None = None
    """Ems between most letters beyond their advances; None where there are few."""

    @property
    def hyphenated(self) -> bool:
        """Whether a word goes on in the next line."""
        last = self.words[-1]
        return len(last) > 1 and last[-1] in HYPHENS and last[-2].isalpha()


@dataclass(frozen=True, slots=True)
class Quality:
    """What the benchmark prints; shares are of justified lines, hyphens and ladder of all body lines."""

    lines: int
    justified: int
    natural: float
    """The natural space in ems."""
    variation: float
    """Standard deviation of the spaces over their mean."""
    mean: float
    """Mean space over the natural space."""
    loose: float
    very_loose: float
    tight: float
    hyphens: float
    """Lines that end in a hyphen, of 100."""
    ladder: int
    """Most lines in a row that end in a hyphen."""


class _Collector(PDFTextDevice):
    """Keeps the upright visible glyphs of a page."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self.visible = True

    def render_string(self, textstate: Any, *rest: Any) -> None:
        self.visible = textstate.render != 3
        super().render_string(textstate, *rest)

    def render_char(
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        *rest: Any,
    ) -> float:
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, x, y = matrix
        if self.visible and a > 0 and abs(b) < 1e-3 * a:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
            size = hypot(c, d) * fontsize
            face = str(font.fontname)
            stretch = hypot(a, b) * scaling / hypot(c, d)
            self.glyphs.append(Glyph(x, x + advance * a, y + rise * d, size, face, text, stretch))
        return advance


def read_pages(path: str) -> list[list[Glyph]]:
    """The glyphs of each page, in the order they are painted."""
    resources = PDFResourceManager()
    pages = []
    with open(path, "rb") as file:
        for page in PDFPage.get_pages(file):
            device = _Collector(resources)
            PDFPageInterpreter(resources, device).process_page(page)
            pages.append(device.glyphs)
    return pages


def body_of(pages: Iterable[Sequence[Glyph]]) -> tuple[str, float]:
    """The face and the size that most of the text is set in."""
    uses = Counter(
        (g.face.split("+")[-1], round(g.size, 1))
        for page in pages
        for g in page
        if not g.text.isspace()
    )
    if not uses:
        raise ValueError("there is no upright visible text")
    return uses.most_common(1)[0][0]


def baselines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline, the highest first, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.y):
        if rows and rows[-1][0].y - glyph.y <= SAME_BASELINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x) for row in rows]


def cut_columns(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """A row of glyphs cut where the white is as wide as an alley; pieces without ink are dropped."""
    pieces: list[list[Glyph]] = []
    end = None
    for glyph in row:
        if glyph.blank:
            if pieces:
                pieces[-1].append(glyph)
            continue
        if end is None or glyph.x - end > COLUMN_GAP * glyph.size:
            pieces.append([])
        pieces[-1].append(glyph)
        end = glyph.end
    return pieces


def make_line(page: int, glyphs: Sequence[Glyph]) -> Line:
    """A line of one column's glyphs, cut into words."""
    ink = [g for g in glyphs if not g.blank]
    blanks = [g.x for g in glyphs if g.blank]
    line = Line(page, ink[0].x, ink[-1].end, ink[0].y, ink[0].size, [ink[0].text])
    inside = []
    for before, glyph in pairwise(ink):
        white = (glyph.x - before.end) / glyph.size
        # a space glyph may begin anywhere after the glyph before it began
        seen = any(before.x < x < glyph.x + 1e-3 for x in blanks)
        if white > (SEEN_GAP if seen else BLIND_GAP):
            line.spaces.append(white)
            line.whites.append((before.end, glyph.x))
            line.faces.append(before.face)
            line.words.append(glyph.text)
        else:
            line.words[-1] += glyph.text
            inside.append(white / glyph.stretch)
    line.bold = all(BOLD.search(g.face) for g in ink)
    line.stretch = statistics.median(g.stretch for g in ink)
    # most pairs are not kerned: what they have in common was added to all
    line.spacing = statistics.mode(round(v, 3) for v in inside) if len(inside) >= FEW else None
    return line


def read_lines(pages: Sequence[Sequence[Glyph]], face: str, size: float) -> list[Line]:
    """The body lines of a file in reading order: page by page, column by column, downwards."""
    lines = []
    for number, page in enumerate(pages):
        found = []
        for row in baselines(g for g in page if abs(g.size - size) < 0.1):
            for piece in cut_columns(row):
                ink = [g for g in piece if not g.blank]
                if sum(g.face.endswith(face) for g in ink) * 2 > len(ink):
                    found.append(make_line(number, piece))
        column_of = columns(found)
        lines += sorted(found, key=lambda m: (column_of[round(m.x)], -m.y))
    return lines


def columns(lines: Iterable[Line]) -> dict[int, int]:
    """Which column a left edge belongs to: edges nearer than four ems are one column's indents."""
    names: dict[int, int] = {}
    start, number = None, -1
    for x, size in sorted({(round(m.x), m.size) for m in lines}):
        if start is None or x - start > 4 * size:
            start, number = x, number + 1
        names[x] = number
    return names


def right_edges(lines: Sequence[Line]) -> list[float]:
    """The places where many lines end, the outermost of each cluster."""
    ends = Counter(round(m.end, 1) for m in lines)
    least = max(3, EDGE_SHARE * len(lines))
    near = {
        edge: sum(n for other, n in ends.items() if abs(other - edge) <= AT_EDGE / 2)
        for edge in ends
    }
    edges: list[float] = []
    for edge, count in sorted(near.items(), key=lambda item: -item[1]):
        if count >= least and all(abs(edge - other) > 2 for other in edges):
            edges.append(edge)
    return edges


def mark_justified(lines: Sequence[Line], leading: float) -> None:
    """Tell the lines that were stretched or shrunk to an edge from those that end where they end."""
    edges = right_edges(lines)
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        over = [line.end - edge for edge in edges]
        hanging = HANGING * line.size if not line.words[-1][-1].isalnum() else AT_EDGE
        full = any(-AT_EDGE <= o <= hanging for o in over)
        goes_on = line.hyphenated or (below is not None and continues(line, below, leading))
        line.justified = full and goes_on and bool(line.spaces)


def continues(line: Line, below: Line, leading: float) -> bool:
    """Whether the next line belongs to the same paragraph: as near as geometry tells."""
    if below.page == line.page and abs(line.y - below.y - leading) < 0.2 * leading:
        return below.x - line.x < 0.4 * line.size
    # at the foot of a column: a sentence that is not over goes on in the next one
    return line.words[-1][-1] not in ".?!:”"


def usual_leading(lines: Sequence[Line]) -> float:
    """The most frequent distance between a line and the next below it."""
    steps = Counter(
        round(a.y - b.y, 1) for a, b in pairwise(lines) if a.page == b.page and a.y > b.y
    )
    return steps.most_common(1)[0][0] if steps else 1.0


def natural_space(pages: Iterable[Sequence[Glyph]], face: str, lines: Sequence[Line]) -> float:
    """The body face's own space in ems."""
    painted = Counter(
        round((g.end - g.x) / g.size, 3)
        for page in pages
        for g in page
        if g.text in {" ", "\u00a0"} and g.face.endswith(face) and g.end - g.x > 0.05 * g.size
    )
    if painted:
        return painted.most_common(1)[0][0]
    loose = [space for line in lines if not line.justified for space in line.spaces]
    return statistics.median(loose) if loose else 0.25


@dataclass(slots=True)
class Measured:
    """The lines of one file and its natural space."""

    lines: list[Line]
    natural: float


def measure(path: str, space: float | None = None) -> Measured:
    """Read one file; `space` overrides the natural space, in ems."""
    pages = read_pages(path)
    face, size = body_of(pages)
    lines = read_lines(pages, face, size)
    mark_justified(lines, usual_leading(lines))
    return Measured(lines, space or natural_space(pages, face, lines))


def longest_ladder(lines: Iterable[Line]) -> int:
    """The most lines in a row that end in a hyphen."""
    longest = run = 0
    for line in lines:
        run = run + 1 if line.hyphenated else 0
        longest = max(longest, run)
    return longest


def judge(files: Sequence[Measured]) -> Quality:
    """One judgement over all lines of some files."""
    spaces: list[float] = []
    per_line: list[float] = []
    for file in files:
        for line in file.lines:
            if line.justified:
                relative = [space / file.natural for space in line.spaces]
                spaces += relative
                per_line.append(statistics.mean(relative))
    if not per_line:
        raise ValueError("there is no justified line")
    count = sum(len(file.lines) for file in files)
    broken = sum(line.hyphenated for file in files for line in file.lines)

    def share(those: Iterable[bool]) -> float:
        return sum(those) / len(per_line)

    return Quality(
        lines=count,
        justified=len(per_line),
        natural=statistics.mean(file.natural for file in files),
        variation=statistics.pstdev(spaces) / statistics.mean(spaces),
        mean=statistics.mean(spaces),
        loose=share(v > LOOSE for v in per_line),
        very_loose=share(v > VERY_LOOSE for v in per_line),
        tight=share(v < TIGHT for v in per_line),
        hyphens=100 * broken / count,
        ladder=max(longest_ladder(file.lines) for file in files),
    )


def main() -> int:
    """The command line: one judgement over all files given."""
    parser = argparse.ArgumentParser(description="Measure how evenly justified lines are set.")
    parser.add_argument("files", nargs="+", metavar="FILE.pdf")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of lines")
    parser.add_argument("--space", type=float, metavar="EM", help="the natural space, where known")
    options = parser.parse_args()
    values = asdict(judge([measure(path, options.space) for path in options.files]))
    if options.json:
        print(json.dumps(values))
    else:
        for name, value in values.items():
            print(f"{name:12}", f"{value:.3f}" if isinstance(value, float) else value)
    return 0


if __name__ == "__main__":
    sys.exit(main())
