"""Every number of a page is the brand's: change it, and everything still reads, composes and obeys."""

from pathlib import Path

import pytest

from layout.house.brand import GRID_STYLES
from layout.house.protrusion import DEFAULT
from layout.manuscript.reader import read_interview
from layout.setting.compose import compose
from layout.setting.galley import Galley
from layout.setting.looks import TypeCase
from layout.setting.marks import Run

ROOT = Path(__file__).parents[2]
SOURCE = str(ROOT / "sources" / "mine-ban-convention.yaml")

PAGE = """\
extends: focus
page: {width: 210, height: 297}
margins: {inner: 18, outer: 18, head: 18, foot: 27}
columns: {count: 2, alley: 6}
"""

LEADING = (
    "grid: {{leading: {0}}}\nstyles: {{"
    + ", ".join(f"{name}: {{{{leading: {{0}}}}}}" for name in GRID_STYLES)
    + "}}\n"
)


def advance(run: Run, glyph: int) -> float:
    """The width of a glyph, in points."""
    return run.face.advance(glyph) * run.size / 1000


def rightmost(galley: Galley) -> float:
    """Where the longest line of the flow's text ends, without its trailing space and what hangs over the edge."""
    ends = [0.0]
    for line in (line for block in galley.blocks for line in block.lines):
        found = [mark for mark in line if isinstance(mark, Run)]
        for run in found:
            pieces = run.pieces[:-1] if run is found[-1] and run.pieces[-1].text == " " else run.pieces  # fmt: skip
            width = sum(p.width * run.size / 1000 * run.scale + run.tracking * p.letters + run.stretch * p.is_space for p in pieces)  # fmt: skip
            sign = pieces[-1].text[-1] if pieces and run is found[-1] else " "
            hang = DEFAULT.get(sign, (0, 0))[1] / 1000
            glyph = pieces[-1].text and pieces[-1].pairs[-1][0]
            ends.append(run.x + width - run.tracking - hang * advance(run, glyph))
    return max(ends)


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("name: same\n", (174 - 6) / 2, 57),
        ("columns: {count: 1}\n", 174, 57),
        ("columns: {count: 3, alley: 4}\n", (174 - 8) / 3, 57),
        ("columns: {count: 4, alley: 3}\n", (174 - 9) / 4, 57),
        ("margins: {inner: 30, outer: 24, head: 30, foot: 40}\n", (156 - 6) / 2, 51),
        ("page: {width: 215.9, height: 279.4}\n", (179.9 - 6) / 2, 53),
        (LEADING.format(13), (174 - 6) / 2, 54),
    ],
    ids=["focus", "one column", "three columns", "four columns", "margins", "letter", "leading 13"],
)
def test_the_page_follows_the_brand(shelf, text, measure, lines):
    shelf.put("brands/page.yaml", PAGE + LEADING.format(12.5))
    brand = shelf.read("extends: page\n" + text)
    assert brand.measure == pytest.approx(measure / 25.4 * 72)
    assert brand.lines == lines
    galley = compose(read_interview(SOURCE), TypeCase(brand), SOURCE)
    assert measure / 25.4 * 72 - 1 < rightmost(galley) <= measure / 25.4 * 72 + 0.01
    heights = [block.box.height for block in galley.blocks if block.box is not None]
    assert all(isinstance(height, int) for height in [galley.head.height, *heights])


def test_air_sizes_and_the_end_sign_are_the_brands(shelf):
    galleys = [
        compose(read_interview(SOURCE), TypeCase(shelf.read(text)), SOURCE)
        for text in (
            "spacing: {question: 1}\n",
            "spacing: {question: 3}\n",
            "end_sign: {size: 0}\n",
            "head: {title_steps: [{size: 60, leading: 75, lines: 9}]}\n",
        )
    ]
    plain, airy, unsigned, large = galleys
    assert {block.before for block in plain.blocks if block.keep} <= {1}
    assert 3 in {block.before for block in airy.blocks}
    marks = [type(mark).__name__ for block in unsigned.blocks for line in block.lines for mark in line]  # fmt: skip
    assert "Tint" not in marks
    assert large.head.height > plain.head.height
