"""Read back from finished PDFs how lines stand in columns and on pages, and what stands badly.

Built on the glyphs and lines of meter.py, and as ignorant of the program that made the file.

- *Flow* is what is set in about the body's size, and the larger lines of one column below its first such line:
  questions and headings. Mastheads, sidebars, captions and footers are of other sizes and do not count;
  a heading right above small text is the title of a box.
- *Columns* lie between alleys, upright strips that almost no line of the flow enters.
- A *paragraph* ends before white, before a change of weight, before an indented line, and after a line
  that has not reached its edge. Its last line is never counted as justified.
"""

import re
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from bench.meter import (
    AT_EDGE,
    HANGING,
    Glyph,
    Line,
    baselines,
    body_of,
    make_line,
    read_pages,
    usual_leading,
)

NEAR = 0.88, 1.05
"""Sizes, in the body's, of what flows: code may be smaller, a sans larger; sidebars are below this."""
LARGER = 1.01
"""Of the body's size: beyond rounding."""
ALLEY = 0.7
"""Ems that an alley is wide at least: no wider than what a hanging hyphen leaves of a narrow one."""
STRAYS = 0.03
"""Share of the lines that may enter an alley."""
NARROW = 6
"""Ems below which a strip of text is no column but the markers of a list."""
INDENT = 0.4
"""Ems by which a line must stand in to count as indented."""
SAMPLED = 12
"""Lines that a column needs to show its own edges."""
RAGGED = 0.12
"""Share of the lines that must end at one place, or the text is ragged."""
APART = 1.25
"""Leadings between two lines of different paragraphs, at least."""
FURNITURE = 1.6
"""Leadings that part a running head or a folio from the text, at least."""
STOPS = ".?!:;…”’»)"
MARKER = re.compile(r"[•◦▪‣·]|\d{1,3}[.)]")
SLANTED = re.compile(r"ital|obli|[-_]it$|slant", re.IGNORECASE)


class Column(NamedTuple):
    """The edges that most lines of a column are set to, in points."""

    left: float
    right: float


@dataclass(slots=True)
class Placed:
    """A line of the flow in its place; page and column count from 0."""

    line: Line
    column: int
    edges: Column
    head: bool = False
    """Larger than the body."""
    full: bool = False
    """Reaches its right edge."""
    last: bool = False
    """Ends a paragraph."""

    @property
    def where(self) -> tuple[int, int]:
        """Page and column."""
        return self.line.page, self.column

    @property
    def indented(self) -> bool:
        """Whether it stands in from the left edge."""
        return self.line.x > self.edges.left + INDENT * self.line.size

    @property
    def loud(self) -> bool:
        """Whether it is set as questions and headings are."""
        return self.line.bold or self.head


@dataclass(slots=True)
class Flow:
    """The flow of one file in reading order."""

    name: str
    lines: list[Placed]
    columns: int
    leading: float
    """Points from baseline to baseline."""
    spaces: dict[str, float] = field(default_factory=dict)
    """Each face's own space in ems, where the file paints one."""
    ragged: bool = False
    paragraphs: list[list[Placed]] = field(default_factory=list)
    boxed: set[tuple[int, int]] = field(default_factory=set)
    """Pages and columns that hold no text of the body, but small text beside some: a box alone."""

    def by_column(self) -> dict[tuple[int, int], list[Placed]]:
        """The lines by page and column."""
        return {where: list(some) for where, some in groupby(self.lines, lambda p: p.where)}


# --- from glyphs to columns ---


def near_body(glyph: Glyph, size: float) -> bool:
    """Whether a glyph is of about the body's size."""
    return NEAR[0] * size <= glyph.size <= NEAR[1] * size


def find_alleys(rows: Sequence[Sequence[Glyph]], size: float) -> list[float]:
    """The middles of the strips between columns, in points, from left to right."""
    cover: Counter[int] = Counter()
    for row in rows:
        ink = (g for g in row if not g.blank)
        cover.update({x for g in ink for x in range(int(g.x), int(g.end) + 1)})
    if not cover:
        return []
    usual = sorted(cover.values())[int(0.8 * len(cover))]
    first, last = min(cover), max(cover)
    middles, start = [], first
    for empty, strip in groupby(
        range(first, last + 1), lambda x: cover[x] <= (STRAYS * usual if usual > 3 else 0)
    ):
        places = list(strip)
        if not empty or len(places) < ALLEY * size:
            continue
        if min(places[0] - start, last - places[-1]) >= NARROW * size:
            middles.append((places[0] + places[-1] + 1) / 2)
            start = places[-1]
    return middles


def alleys_by_side(pages: Sequence[list[list[Glyph]]], size: float) -> list[list[float]]:
    """Alleys of even and of odd pages, which may have mirrored margins; a side of few lines takes all pages."""
    both = [row for rows in pages for row in rows]
    sides = []
    for side in (0, 1):
        own = [row for rows in pages[side::2] for row in rows]
        sides.append(find_alleys(own if len(own) >= 2 * SAMPLED else both, size))
    return sides


def without_furniture(pages: list[list[list[Glyph]]], leading: float) -> list[list[list[Glyph]]]:
    """Pages without rows at head and foot, set off by white, that are a number or come back on another page."""
    for end in (0, -1):
        signs = {}
        for number, rows in enumerate(pages):
            if len(rows) > 2 and abs(rows[end][0].y - rows[-2 if end else 1][0].y) > (
                FURNITURE * leading
            ):
                signs[number] = re.sub(r"[\d\s]+", "", "".join(g.text for g in rows[end]))
        often = Counter(signs.values())
        for number, sign in signs.items():
            if not sign.strip("-–—.") or often[sign] > 1:
                del pages[number][end]
    return pages


def split_row(row: Sequence[Glyph], alleys: Sequence[float]) -> Iterator[tuple[int, list[Glyph]]]:
    """The part of a row in each column; what runs on over an alley is in no column."""
    parts: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in row:
        parts[sum((glyph.x + glyph.end) / 2 > middle for middle in alleys)].append(glyph)
    ink = {c: kept for c, part in parts.items() if (kept := [g for g in part if not g.blank])}
    for column in ink:
        sides = [(column - 1, column), (column, column + 1)]
        if not any(joined(ink[a][-1], ink[b][0]) for a, b in sides if a in ink and b in ink):
            yield column, parts[column]


def joined(before: Glyph, after: Glyph) -> bool:
    """Whether two glyphs stand as near as neighbours in one line do, by half an alley's width."""
    return after.x - before.end < 0.5 * ALLEY * after.size


def heads_of(page: Sequence[Glyph], alleys: Sequence[float], size: float) -> list[tuple[int, Line]]:
    """The larger upright lines that keep to one column and are not the title of a box."""
    found = []
    for row in baselines(g for g in page if NEAR[1] * size < g.size <= 1.8 * size):
        for column, part in split_row(row, alleys):
            line = make_line(0, part)
            if not SLANTED.search(part[0].face) and not titles_box(line, page, size):
                found.append((column, line))
    return found


def titles_box(line: Line, page: Sequence[Glyph], size: float) -> bool:
    """Whether a line larger than the body stands right above small text: the title of a sidebar, say."""
    if line.size <= LARGER * size:
        return False
    below = [
        g.size
        for g in page
        if not g.blank
        and 0.3 * size < line.y - g.y < 3.5 * line.size
        and line.x - 1 <= g.x < line.end
    ]
    return bool(below) and max(below) < NEAR[0] * size


def boxes_alone(
    page: Sequence[Glyph], body: Sequence[Placed], alleys: Sequence[float], size: float
) -> set[int]:
    """Columns without a line of the body that hold small text level with the body's lines elsewhere."""
    if not body:
        return set()
    top, foot = max(p.line.y for p in body), min(p.line.y for p in body)
    small = (g for g in page if not g.blank and g.size < NEAR[0] * size and foot <= g.y <= top)
    columns = {sum((g.x + g.end) / 2 > middle for middle in alleys) for g in small}
    return columns - {p.column for p in body}


def read_flow(name: str, pages: Sequence[Sequence[Glyph]]) -> Flow:
    """The lines of a file in reading order, with edges and paragraphs; `pages` are its glyphs."""
    _, size = body_of(pages)
    rows = [baselines(g for g in page if near_body(g, size)) for page in pages]
    rows = [[row for row in some if not all(g.blank for g in row)] for some in rows]
    rows = without_furniture(rows, 1.25 * size)
    alleys = alleys_by_side(rows, size)
    placed: list[Placed] = []
    boxed: set[tuple[int, int]] = set()
    nowhere = Column(0, 0)
    for number, some in enumerate(rows):
        middles = alleys[number % 2]
        body = [
            Placed(line, column, nowhere)
            for row in some
            for column, part in split_row(row, middles)
            if not titles_box(line := make_line(number, part), pages[number], size)
        ]
        tops = {c: max(p.line.y for p in body if p.column == c) for c in {p.column for p in body}}
        for column, line in heads_of(pages[number], middles, size):
            if line.y < tops.get(column, 0):
                line.page = number
                body.append(Placed(line, column, nowhere, head=True))
        boxed |= {(number, c) for c in boxes_alone(pages[number], body, middles, size)}
        placed += sorted(body, key=lambda p: (p.column, -p.line.y))
    flow = Flow(name, placed, 1 + max(map(len, alleys)), leading_of(placed))
    flow.spaces = own_spaces(pages)
    flow.boxed = boxed
    set_edges(flow)
    cut_paragraphs(flow)
    return flow


def leading_of(placed: Sequence[Placed]) -> float:
    """The usual distance between two lines, in points: the mean of those near the most frequent one."""
    lines = [p.line for p in placed if not p.head]
    usual = usual_leading(lines)
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page]
    # over fifty lines a hundredth of a point adds up
    near = [step for step in steps if abs(step - usual) < 0.08]
    return statistics.mean(near) if near else usual


def own_spaces(pages: Iterable[Sequence[Glyph]]) -> dict[str, float]:
    """The advance of each face's space glyph in ems, before any stretching."""
    widths: dict[str, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for g in page:
            if g.text in {" ", "\u00a0"} and g.end - g.x > 0.05 * g.size:
                widths[g.face][round((g.end - g.x) / g.size / g.stretch, 3)] += 1
    return {face: found.most_common(1)[0][0] for face, found in widths.items()}


# --- edges and paragraphs ---


def densest(values: Iterable[float], width: float = 0.4) -> tuple[float, int]:
    """The middle of the most crowded stretch of a line of that width in points, and how many stand there."""
    ordered = sorted(values)
    best: list[float] = []
    for start, value in enumerate(ordered):
        crowd = ordered[start : bisect_right(ordered, value + width)]
        if len(crowd) > len(best):
            best = crowd
    return (statistics.median(best), len(best)) if best else (0.0, 0)


def set_edges(flow: Flow) -> None:
    """Give every line the edges it is set to, and say whether it reaches the right one."""
    groups: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for p in flow.lines:
        groups[p.column, p.line.page % 2].append(p)
    measure = None
    for some in sorted(groups.values(), key=len, reverse=True):
        body = [p.line for p in some if not p.head] or [p.line for p in some]
        left, _ = densest(m.x for m in body)
        # a stop or a hyphen may hang: letters end where the column does
        right, count = densest(m.end for m in body if m.words[-1][-1].isalnum())
        if measure and len(body) < SAMPLED:
            left = min(m.x for m in body)
            right = left + measure
        elif count < max(3, RAGGED * len(body)):
            flow.ragged = flow.ragged or measure is None
            right = max(left + (measure or 0), *(m.end for m in body), left)
        measure = measure or right - left
        for p in some:
            p.edges = Column(left, right)
    narrow_blocks(flow)
    for p in flow.lines:
        p.full = p.line.end >= p.edges.right - AT_EDGE


def narrow_blocks(flow: Flow) -> None:
    """Give indented blocks whose lines share a nearer right edge, as quotations do, that edge."""
    for (_, inside), some in groupby(flow.lines, lambda p: (p.where, p.indented)):
        block = list(some)
        if not inside or len(block) < 3:
            continue
        edge, count = densest(p.line.end for p in block)
        furthest = max(p.line.end for p in block)
        if count > 1 and furthest - HANGING * block[0].line.size <= edge < block[0].edges.right:
            for p in block:
                p.edges = p.edges._replace(right=edge)


def cut_paragraphs(flow: Flow) -> None:
    """Cut the flow into paragraphs, and mark last and justified lines."""
    for before, p in pairwise([None, *flow.lines]):
        assert p is not None
        if before is None or starts(flow, before, p):
            flow.paragraphs.append([])
        flow.paragraphs[-1].append(p)
    for paragraph in flow.paragraphs:
        paragraph[-1].last = True
    for p in flow.lines:
        p.line.justified = bool(p.full and not p.last and p.line.spaces and not flow.ragged)


def starts(flow: Flow, before: Placed, p: Placed) -> bool:
    """Whether a line begins a paragraph, as near as geometry and stops tell."""
    above, line = before.line, p.line
    if above.hyphenated and not p.loud:
        return False
    if before.loud != p.loud or before.head != p.head:
        return True
    if before.where == p.where and above.y - line.y > APART * flow.leading:
        return True
    if p.loud:
        return False
    ended = above.words[-1][-1] in STOPS
    if p.indented and line.x - above.x > INDENT * line.size and before.where == p.where:
        # what follows a list's marker hangs from it
        return not MARKER.fullmatch(above.words[0])
    if MARKER.fullmatch(line.words[0]) and (p.indented or ended or not before.full):
        return True
    if before.full:
        return ended and p.indented and before.where != p.where and not before.indented
    if flow.ragged:
        space = flow.leading / 5
        first = (line.whites[0][0] if line.whites else line.end) - line.x
        return above.end + space + first < before.edges.right
    return True


# --- one file ---


def read(path: Path) -> Flow:
    """The flow of a PDF."""
    return read_flow(path.name, read_pages(str(path)))
