"""What the tests of makeup, plates, desk and the whole share: sources set step by step, and marks measured."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from layout.house.brand import Brand
from layout.house.brands import read_brand
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.page import Mark, Page, Pages, Run
from layout.makeup.parting import Gap
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.manuscript.reader import read_interview
from layout.plates.edition import EDITIONS
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint
from layout.setting.compose import compose
from layout.setting.galley import Galley
from layout.setting.looks import TypeCase

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "sources"
SAMPLES = sorted(path.stem for path in SOURCES.glob("*.yaml"))
LANGUAGES = sorted(path.stem for path in SOURCES.glob("languages/*.yaml"))

ENTRY = [{"question": "Who is there?", "answer": "A reader."}]


class Reprint(SimpleNamespace):
    """One interview at every step: interview, galley, pages, and on request its PDF."""

    interview: Interview
    galley: Galley
    pages: Pages
    brand: Brand
    file: str

    @property
    def pdf(self) -> bytes:
        return paint(
            [Part(self.pages)], self.brand, EDITIONS["digital"], about_interview(self.interview)
        )


@cache
def house() -> TypeCase:
    """The built-in brand's type, shared by all tests of a process: words are shaped once."""
    return TypeCase(read_brand(None, "interview.yaml").brand)


def reprint(
    path: str | Path,
    case: TypeCase | None = None,
    folio: int = 1,
    gaps: Sequence[Gap] = (),
    **banner: Any,
) -> Reprint:
    """Set and made up as `offprint build` does it, proof included."""
    case, path = case or house(), str(path)
    interview = read_interview(path)
    galley = compose(interview, case, path)
    head = Banner(case.brand.masthead.text, galley.tagline, galley.dateline, **banner)
    pages = make_up(galley, case, folio, head, path, gaps=gaps)
    prove(interview, pages)
    return Reprint(interview=interview, galley=galley, pages=pages, brand=case.brand, file=path)


@cache
def sample(name: str) -> Reprint:
    """One of the interviews in sources/."""
    return reprint(SOURCES / f"{name}.yaml")


def source(folder: Path, name: str = "interview.yaml", **keys: Any) -> Path:
    """An interview's file: JSON is YAML, and nobody has to count spaces."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"format": 1, "title": "A title", "interview": ENTRY, **keys}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def offprint(
    *arguments: object, folder: Path | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "layout", *map(str, arguments)]
    options = {"capture_output": True, "text": True, "timeout": 120, **options}
    environment = {**_environment(), **options.pop("env", {})}
    return subprocess.run(command, cwd=folder, env=environment, check=False, **options)


def _environment() -> dict[str, str]:
    import os

    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED")
    }
    return {**kept, "PYTHONPATH": str(ROOT)}


# --- marks measured ---


def runs(page: Page) -> list[Run]:
    return [mark for mark in page.marks if isinstance(mark, Run)]


def marks(page: Page, kind: type) -> list[Any]:
    return [mark for mark in page.marks if isinstance(mark, kind)]


def role(pages: Pages, mark: Mark) -> str:
    """The role of a mark's element; '' for furniture."""
    return pages.elements[mark.element].role if mark.element >= 0 else ""


def roles_above(pages: Pages, mark: Mark) -> list[str]:
    """The roles of a mark's element and of all that it stands in."""
    found, at = [], mark.element
    while at >= 0:
        found.append(pages.elements[at].role)
        at = pages.elements[at].parent
    return found


def right(run: Run) -> float:
    """Where a run's ink may end: its glyphs' advances summed, a space at the end left out."""
    pieces = list(run.pieces)
    while pieces and pieces[-1].text.isspace():
        pieces.pop()
    widths = (
        piece.width * run.size / 1000 * run.scale
        + run.tracking * piece.letters
        + run.stretch * piece.is_space
        for piece in pieces
    )
    return run.x + sum(widths)


def line_of(reprinted: Reprint, y: float) -> float:
    """The grid line, counted from 0 at the head, whose baseline is at `y`: whole where `y` is on the grid."""
    brand = reprinted.brand
    top = brand.height - brand.margins.head * 72 / 25.4
    return (top - y) / brand.grid.leading - brand.grid.drop


def said(runs_of_page: Iterable[Run]) -> str:
    return "".join(run.text for run in runs_of_page)


IN_THE_FLOW = {
    "turn", "paragraph", "pointer", "list", "numbered-list", "cross-head", "pull-quote", "block-quote",
}  # fmt: skip


def in_columns(reprinted: Reprint, page: Page) -> Iterator[tuple[int, Run]]:
    """Every run of the flow with the number of its column."""
    brand = reprinted.brand
    left = (brand.margins.inner if page.recto else brand.margins.outer) * 72 / 25.4
    for run in runs(page):
        above = set(roles_above(reprinted.pages, run))
        if above & IN_THE_FLOW and not above & {"sidebar", "jump"}:
            yield int((run.x - left + 0.5 * brand.alley) // (brand.measure + brand.alley)), run
