"""The rows of the table that typography.py prints: what is wanted, and what others reach."""

from typing import NamedTuple

from bench.judgement import Figures

PEERS = ("LuaLaTeX +microtype", "pdfLaTeX +microtype", "Typst", "Typst +tracking", "ReportLab")
"""Whose figures are stored."""


class Row(NamedTuple):
    """One measure: a field of Figures, how it is written, what is wanted, what the peers reach."""

    name: str
    title: str
    form: str
    wanted: tuple[float, float] | None = None
    """The least and the most."""
    peers: tuple[float | None, ...] = ()
    pages: bool = False
    """Whether it must hold in every file; the others are of all files together."""


# The peers’ figures were measured once, on the same 1,571 words set by each program in columns of 80 mm at 10 pt.
# They are stored because none of these programs is needed to work on this one. None: not measured.
ROWS = (
    Row("lines", "lines", "d"),
    Row("justified", "justified lines", "d"),
    Row("variation", "word space, variation", ".3f", (0, 0.10), (0.143, 0.119, 0.235, 0.180, 0.270)),
    Row("mean", "mean, in the font's own", ".3f", (0.97, 1.03), (1.015, 1.032, 1.146, 1.018, 1.408)),
    Row("loose", "lines looser than 1.33", ".1%", (0, 0.01), (0.052, 0.030, 0.23, 0.053, 0.52)),
    Row("very_loose", "lines looser than 1.5", ".1%", (0, 0), (0, None, 0.11, None, 0.34)),
    Row("tight", "lines tighter than 0.8", ".1%", (0, 0.02), (0.037, None, 0.111, None, 0)),
    Row("hyphens", "hyphens per 100 lines", ".1f", (0, 2), (2.0, None, 1.3, None, 0)),
    Row("ladder", "longest ladder", "d", (0, 1), (1, None, 1, None, 0), pages=True),
    Row("rivers", "rivers per 100 lines", ".1f", (0, 4), (6.0, None, 13.9, None, 19.2)),
    Row("widows", "widows", "d", (0, 0), pages=True),
    Row("orphans", "orphans", "d", (0, 0), pages=True),
    Row("runts", "runts", "d", (0, 0), pages=True),
    Row("word_ends", "word ends alone", "d"),
    Row("stranded", "stranded questions", "d", (0, 0), pages=True),
    Row("depth", "last page, depth difference", ".1f", (0, 1.05), (18, None, 20, None, 21), pages=True),
    Row("feet", "other pages, foot spread", ".1f"),
    Row("grid", "baselines on the grid", ".1%", (1, 1), pages=True),
    Row("partners", "baselines with a partner", ".1%"),
    Row("column_foot", "hyphens at a column's foot", "d"),
    Row("page_foot", "hyphens at a page's foot", "d"),
    Row("stacks", "stacks", "d"),
    Row("stretched", "lines with expansion", ".1%"),
    Row("stretch_most", "most expansion", ".2%"),
    Row("spaced", "lines with letterspacing", ".1%"),
    Row("spaced_most", "most letterspacing, em", ".3f"),
)  # fmt: skip


def value_of(row: Row, figures: Figures) -> float | None:
    """A measure's value, None where there was nothing to measure."""
    value: float | None = getattr(figures, row.name)
    return value


def misses(row: Row, value: float | None) -> bool:
    """Whether a value is not what is wanted."""
    if row.wanted is None or value is None:
        return False
    return not row.wanted[0] <= value <= row.wanted[1]


def write(row: Row, value: float | None) -> str:
    """A value as the table has it."""
    if value is None:
        return "–"
    words = f"{value:{row.form}}"
    return words.replace("%", " %")


def write_wanted(row: Row) -> str:
    """What is wanted, in a few characters."""
    if row.wanted is None:
        return ""
    least, most = row.wanted
    if least == most:
        return f"{most:g}" if row.form[-1] != "%" else f"{100 * most:g} %"
    unit, scale = (" %", 100) if row.form[-1] == "%" else ("", 1)
    high = f"{scale * most:.4g}{unit}" if row.name != "depth" else "1"
    return f"≤ {high}" if least == 0 else f"{least:g}–{high}"
