"""The meter must read back the spaces that a page was drawn with."""

from collections.abc import Sequence
from pathlib import Path
from statistics import mean, pstdev

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench import meter

FONT = Path(__file__).parents[2] / "fonts" / "source-serif" / "SourceSerif4-Regular.ttf"
SIZE, LEADING, EDGE, TOP = 10, 12.5, 290, 700
WORDS = ["even", "spaces", "make", "a", "quiet", "grey", "page"]
RATIOS = [0.7, 0.9, 1.0, 1.2, 1.4, 1.6]


@pytest.fixture(scope="module", autouse=True)
def face() -> None:
    pdfmetrics.registerFont(TTFont("meter-serif", str(FONT)))


def width(text: str) -> float:
    return pdfmetrics.stringWidth(text, "meter-serif", SIZE)


def draw_line(
    canvas: Canvas, words: Sequence[str], ratio: float, x: float, y: float, spaces: bool
) -> None:
    """One line whose spaces are `ratio` natural ones."""
    for word in words:
        text = canvas.beginText(x, y)
        text.setFont("meter-serif", SIZE)
        text.textOut(word + " " * spaces)
        canvas.drawText(text)
        x += width(word) + ratio * width(" ")


def draw(
    path: Path,
    ratios: Sequence[float],
    hyphens: Sequence[int] = (),
    edges: Sequence[float] = (EDGE,),
    spaces: bool = True,
) -> str:
    """A paragraph to each edge: a line of each ratio, and a last one of natural spaces."""
    canvas = Canvas(str(path))
    x = 0.0
    for edge in edges:
        for number, ratio in enumerate(ratios):
            words = [*WORDS[:-1], WORDS[-1] + "-" * (number in hyphens)]
            x = edge - sum(map(width, words)) - ratio * width(" ") * (len(words) - 1)
            draw_line(canvas, words, ratio, x, TOP - LEADING * number, spaces)
        draw_line(canvas, WORDS[:4], 1, x, TOP - LEADING * len(ratios), spaces)
    canvas.save()
    return str(path)


@pytest.mark.parametrize("spaces", [True, False], ids=["with space glyphs", "without"])
def test_reads_back_the_spaces(tmp_path: Path, spaces: bool) -> None:
    found = meter.judge([meter.measure(draw(tmp_path / "a.pdf", RATIOS, spaces=spaces))])
    assert (found.lines, found.justified) == (7, 6)
    assert found.natural == pytest.approx(width(" ") / SIZE, abs=0.001)
    assert found.mean == pytest.approx(mean(RATIOS), abs=0.01)
    assert found.variation == pytest.approx(pstdev(RATIOS) / mean(RATIOS), abs=0.005)
    assert found.loose == pytest.approx(2 / 6)
    assert found.very_loose == pytest.approx(1 / 6)
    assert found.tight == pytest.approx(1 / 6)
    assert (found.hyphens, found.ladder) == (0, 0)


def test_even_lines_do_not_vary(tmp_path: Path) -> None:
    found = meter.judge([meter.measure(draw(tmp_path / "a.pdf", [1.0] * 8))])
    assert found.variation == pytest.approx(0, abs=0.002)
    assert found.mean == pytest.approx(1, abs=0.005)


def test_counts_hyphens_and_ladders(tmp_path: Path) -> None:
    found = meter.judge([meter.measure(draw(tmp_path / "a.pdf", [1.0] * 9, hyphens=(1, 2, 3, 6)))])
    assert found.lines == 10
    assert found.hyphens == pytest.approx(40)
    assert found.ladder == 3


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", RATIOS, hyphens=(0, 1), edges=(EDGE, EDGE + 240))
    found = meter.judge([meter.measure(path)])
    assert (found.lines, found.justified) == (14, 12)
    assert found.mean == pytest.approx(mean(RATIOS), abs=0.01)
    assert found.ladder == 2


def test_files_add_up(tmp_path: Path) -> None:
    files = [meter.measure(draw(tmp_path / f"{r}.pdf", [r] * 6)) for r in (1.0, 1.4)]
    found = meter.judge(files)
    assert found.justified == 12
    assert found.mean == pytest.approx(1.2, abs=0.01)
    assert found.loose == pytest.approx(0.5)


def test_a_known_natural_space_is_taken(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [1.0] * 6)
    double = 2 * width(" ") / SIZE
    assert meter.judge([meter.measure(path, double)]).mean == pytest.approx(0.5, abs=0.005)


def test_ragged_text_has_no_justified_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in range(7):
        draw_line(canvas, WORDS[: number + 1], 1, 60, TOP - LEADING * number, True)
    canvas.save()
    with pytest.raises(ValueError, match="no justified line"):
        meter.judge([meter.measure(str(tmp_path / "a.pdf"))])
