"""Judge the lines and pages of finished PDFs: figures to compare, and the places of faults.

Findings of several files are joined before they are summed up, so that a long text weighs more than a short one.
"""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import groupby, pairwise
from pathlib import Path

from bench.meter import FEW, LOOSE, TIGHT, VERY_LOOSE, Line, longest_ladder
from bench.pages import MARKER, Flow, Placed, read

ON_GRID = 0.3
"""Points that a baseline may be off its place."""
OVERLAP = 0.5
"""Share of the narrower of two spaces that must lie under the other for a river to run on."""
RIVER = 3
"""Lines that a river runs through at least."""
RUNT = 4
"""Letters and digits that the last line of a paragraph has at least."""
STRETCHED, SPACED = 0.0015, 0.004
"""From where expansion (of the width) and letterspacing (in ems) count as used: below is rounding."""
NATURAL = 0.25
"""Ems of a space where neither the file nor a paragraph's last line shows the face's own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to look at; page and column count from 1."""

    kind: str
    file: str
    page: int
    column: int
    words: str

    def __str__(self) -> str:
        """The place, and how its line begins."""
        return f"{self.file} page {self.page} column {self.column}: {self.kind}: {self.words}"


@dataclass(slots=True)
class Findings:
    """What was found in some files; every field grows by joining."""

    lines: int = 0
    hyphens: int = 0
    spaces: list[float] = field(default_factory=list)
    """All spaces of justified lines, in ems."""
    relative: list[float] = field(default_factory=list)
    """The same in each face's own space."""
    loosenesses: list[float] = field(default_factory=list)
    """The mean of each justified line in the face's own space."""
    stretches: list[float] = field(default_factory=list)
    spacings: list[float] = field(default_factory=list)
    ladders: list[int] = field(default_factory=list)
    rivers: list[int] = field(default_factory=list)
    """Lines that each river runs through."""
    depths: list[float] = field(default_factory=list)
    """Lines by which the columns of each file's last page differ in depth."""
    feet: list[float] = field(default_factory=list)
    """The same of each page before it."""
    on_grid: list[bool] = field(default_factory=list)
    partnered: list[bool] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figures:
    """One judgement; shares are of 1 and None is what could not be measured."""

    lines: int
    justified: int
    variation: float | None
    """Standard deviation of the spaces over their mean."""
    mean: float | None
    """Mean space in the face's own."""
    loose: float | None
    very_loose: float | None
    tight: float | None
    hyphens: float
    """Lines that end in a hyphen, of 100."""
    ladder: int
    rivers: float
    """Rivers in 100 lines."""
    widows: int
    orphans: int
    runts: int
    word_ends: int
    """Last lines that are only the end of a hyphenated word."""
    stranded: int
    """Columns that end in a question or a heading."""
    depth: float | None
    """The greatest difference in depth of columns on a last page, in lines."""
    feet: float | None
    """The greatest on a page before the last, in lines."""
    grid: float | None
    """Share of baselines on their page's grid."""
    partners: float | None
    """Share of baselines that one in the next column meets."""
    column_foot: int
    page_foot: int
    """Hyphens in the last line of a column, and of those at the end of a page."""
    stacks: int
    """Words that stand below themselves at a line's start or end."""
    stretched: float | None
    stretch_most: float | None
    spaced: float | None
    spaced_most: float | None


def inspect(flow: Flow) -> Findings:
    """Everything that is measured of one file."""
    found = Findings(lines=len(flow.lines), hyphens=sum(p.line.hyphenated for p in flow.lines))
    measure_spaces(flow, found)
    found.ladders.append(longest_ladder(p.line for p in flow.lines))
    for column in flow.by_column().values():
        found.rivers += rivers([p.line for p in column], flow.leading)
    measure_pages(flow, found)
    for kind, faults in (
        ("widow", widows(flow)),
        ("orphan", orphans(flow)),
        ("runt", runts(flow)),
        ("word end alone", word_ends(flow)),
        ("stranded", stranded(flow)),
        ("hyphen at column's foot", foot_hyphens(flow, page=False)),
        ("hyphen at page's foot", foot_hyphens(flow, page=True)),
        ("stack", stacks(flow)),
    ):
        found.faults += [
            Fault(kind, flow.name, p.line.page + 1, p.column + 1, " ".join(p.line.words)[:50])
            for p in faults
        ]
    return found


def inspect_file(path: Path) -> Findings:
    """The findings in a PDF."""
    return inspect(read(path))


def join(some: Iterable[Findings]) -> Findings:
    """The findings of some files as those of one."""
    total = Findings()
    for found in some:
        for part in fields(Findings):
            setattr(total, part.name, getattr(total, part.name) + getattr(found, part.name))
    return total


# --- spaces and letters ---


def measure_spaces(flow: Flow, found: Findings) -> None:
    """Spaces, expansion and letterspacing of the justified lines."""
    resting = [s for p in flow.lines if p.last and not p.full for s in p.line.spaces]
    own = statistics.median(resting) if len(resting) >= FEW else NATURAL
    for p in flow.lines:
        if not p.line.justified:
            continue
        spaces = [(s, s / flow.spaces.get(f, own)) for s, f in spaces_of(p.line)]
        if not spaces:
            continue
        found.spaces += [ems for ems, _ in spaces]
        found.relative += [ratio for _, ratio in spaces]
        looseness = statistics.mean(ratio for _, ratio in spaces)
        found.loosenesses.append(looseness)
        found.stretches.append(p.line.stretch)
        if p.line.spacing is not None:
            found.spacings.append(p.line.spacing)
        if looseness > VERY_LOOSE or looseness < TIGHT:
            kind = f"{'loose' if looseness > 1 else 'tight'} ({looseness:.2f})"
            words = " ".join(p.line.words)[:50]
            found.faults.append(Fault(kind, flow.name, p.line.page + 1, p.column + 1, words))


def spaces_of(line: Line) -> list[tuple[float, str]]:
    """A line's spaces in ems with their faces; what follows the marker of a list has a width of its own."""
    spaces = list(zip(line.spaces, line.faces, strict=True))
    return spaces[1:] if MARKER.fullmatch(line.words[0]) else spaces


def rivers(lines: Sequence[Line], leading: float) -> list[int]:
    """Lines that each river of a column runs through; one that forks counts once, with its longest arm."""
    lengths: list[int] = []
    above: list[tuple[tuple[float, float], int, int]] = []
    y = 0.0
    for line in lines:
        if y - line.y > 1.6 * leading:
            above = []
        here = []
        for white in line.whites:
            sources = [(depth, river) for over, depth, river in above if flows(over, white)]
            depth, river = max(sources, default=(0, len(lengths)))
            if not depth:
                lengths.append(0)
            lengths[river] = max(lengths[river], depth + 1)
            here.append((white, depth + 1, river))
        above, y = here, line.y
    return [length for length in lengths if length >= RIVER]


def flows(over: tuple[float, float], under: tuple[float, float]) -> bool:
    """Whether a river runs from one space into another below it."""
    shared = min(over[1], under[1]) - max(over[0], under[0])
    return shared > OVERLAP * min(over[1] - over[0], under[1] - under[0])


# --- pages ---


def measure_pages(flow: Flow, found: Findings) -> None:
    """Depths of columns and places of baselines.

    The depth of a column is that of its text: a sidebar at its foot fills nothing, and a column that holds nothing
    but a box beside the text is left out. `partnered` asks for a line
    at the same height in a column beside, where that one has lines above or below: the white over a question
    leaves its neighbours alone, so that it stays below 1 on a perfect grid; `on_grid` does not.
    """
    columns = {
        where: [p.line.y for p in some if not p.head]
        for where, some in flow.by_column().items()
        if not all(p.head for p in some)
    }
    last = max((page for page, _ in columns), default=0)
    for page in sorted({page for page, _ in columns}):
        own = [columns.get((page, c), []) for c in range(flow.columns)]
        top = max(ys[0] for ys in own if ys)
        feet = [
            ys[-1] if ys else top + flow.leading
            for c, ys in enumerate(own)
            if ys or (page, c) not in flow.boxed
        ]
        depths = found.depths if page == last else found.feet
        if len(feet) > 1 or flow.columns == 1:
            depths.append((max(feet) - min(feet)) / flow.leading)
        for ys in own:
            found.on_grid += [off_grid(top - y, flow.leading) <= ON_GRID for y in ys]
        for left, right in pairwise(own):
            found.partnered += [*partners(left, right), *partners(right, left)]


def off_grid(depth: float, leading: float) -> float:
    """Points between a baseline and the nearest line of the grid."""
    return abs(depth - leading * round(depth / leading))


def partners(ys: Sequence[float], beside: Sequence[float]) -> Iterator[bool]:
    """Whether each baseline that the next column spans is met by one there."""
    for y in ys:
        if beside and beside[-1] - ON_GRID <= y <= beside[0] + ON_GRID:
            yield any(abs(y - other) <= ON_GRID for other in beside)


# --- faults ---


def torn(flow: Flow) -> Iterator[list[list[Placed]]]:
    """Paragraphs that go on in another column, in their parts; a torn question counts as stranded."""
    for paragraph in flow.paragraphs:
        parts = [list(part) for _, part in groupby(paragraph, lambda p: p.where)]
        if len(parts) > 1 and not paragraph[0].loud:
            yield parts


def widows(flow: Flow) -> list[Placed]:
    """Last lines of paragraphs alone at a column's top."""
    return [parts[-1][0] for parts in torn(flow) if len(parts[-1]) == 1]


def orphans(flow: Flow) -> list[Placed]:
    """First lines of paragraphs alone at a column's foot."""
    return [parts[0][0] for parts in torn(flow) if len(parts[0]) == 1]


def runts(flow: Flow) -> list[Placed]:
    """Last lines of hardly a word."""
    return [
        paragraph[-1]
        for paragraph in flow.paragraphs
        if len(paragraph) > 1
        and sum(c.isalnum() for word in paragraph[-1].line.words for c in word) < RUNT
    ]


def word_ends(flow: Flow) -> list[Placed]:
    """Last lines that are only the end of a word."""
    return [
        paragraph[-1]
        for paragraph in flow.paragraphs
        if len(paragraph) > 1
        and paragraph[-2].line.hyphenated
        and len(paragraph[-1].line.words) == 1
    ]


def stranded(flow: Flow) -> list[Placed]:
    """Questions and headings at a column's foot while the text goes on in the next."""
    return [p for p, after in pairwise(flow.lines) if p.loud and p.where != after.where]


def foot_hyphens(flow: Flow, page: bool) -> list[Placed]:
    """Hyphens in the last lines of columns, or of those only that end a page."""
    columns = flow.by_column()
    return [
        some[-1]
        for where, some in columns.items()
        if some[-1].line.hyphenated
        and (not page or not any(p == where[0] and c > where[1] for p, c in columns))
    ]


def stacks(flow: Flow) -> list[Placed]:
    """Lines that begin or end with the word that the line above begins or ends with."""
    found = []
    broken = False
    for above, p in pairwise(flow.lines):
        words, over = [bare(w) for w in p.line.words], [bare(w) for w in above.line.words]
        if above.where == p.where and min(len(words), len(over)) > 1:
            # the rest of a broken word is no word, nor is what stands before a hyphen
            starts = words[0] == over[0] != "" and not broken and not above.line.hyphenated
            ends = words[-1] == over[-1] != "" and not above.line.hyphenated
            found += [p] * (starts + ends)
        broken = above.line.hyphenated
    return found


def bare(word: str) -> str:
    """A word's letters and digits, in one case."""
    return "".join(c for c in word if c.isalnum()).casefold()


# --- summing up ---


def sum_up(found: Findings) -> Figures:
    """The figures of joined findings."""
    kinds = [fault.kind for fault in found.faults]
    lines = max(1, found.lines)
    return Figures(
        lines=found.lines,
        justified=len(found.loosenesses),
        variation=statistics.pstdev(found.spaces) / statistics.mean(found.spaces)
        if found.spaces
        else None,
        mean=statistics.mean(found.relative) if found.relative else None,
        loose=share(v > LOOSE for v in found.loosenesses),
        very_loose=share(v > VERY_LOOSE for v in found.loosenesses),
        tight=share(v < TIGHT for v in found.loosenesses),
        hyphens=100 * found.hyphens / lines,
        ladder=max(found.ladders, default=0),
        rivers=100 * len(found.rivers) / lines,
        widows=kinds.count("widow"),
        orphans=kinds.count("orphan"),
        runts=kinds.count("runt"),
        word_ends=kinds.count("word end alone"),
        stranded=kinds.count("stranded"),
        depth=max(found.depths, default=None),
        feet=max(found.feet, default=None),
        grid=share(found.on_grid),
        partners=share(found.partnered),
        column_foot=kinds.count("hyphen at column's foot"),
        page_foot=kinds.count("hyphen at page's foot"),
        stacks=kinds.count("stack"),
        stretched=share(abs(v - 1) > STRETCHED for v in found.stretches),
        stretch_most=max((abs(v - 1) for v in found.stretches), default=None),
        spaced=share(abs(v) > SPACED for v in found.spacings),
        spaced_most=max(map(abs, found.spacings), default=None),
    )


def share(those: Iterable[bool]) -> float | None:
    """How many of some are true, of 1; None of none."""
    marks = list(those)
    return sum(marks) / len(marks) if marks else None


def as_dict(figures: Figures) -> dict[str, float | int | None]:
    """Figures by name."""
    return asdict(figures)
