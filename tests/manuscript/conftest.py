"""What the manuscript's tests share: text to records, and problems as they are printed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from layout.ground.problems import Problem, Refused
from layout.manuscript.interview import Interview
from layout.manuscript.reader import read_interview, read_source

SAMPLES = Path(__file__).parent / "samples"

HEAD = "format: 1\ntitle: T\n"
TURN = "interview:\n- question: Q\n  answer: A\n"


@pytest.fixture
def interview(tmp_path: Path) -> Callable[[str], Interview]:
    def read(text: str) -> Interview:
        path = tmp_path / "source.yaml"
        path.write_text(text, encoding="utf-8")
        return read_interview(str(path))

    return read


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[str | bytes], list[str]]:
    """The problems of a source as `LINE:COLUMN message | hint`; none where it is sound."""

    def read(source: str | bytes) -> list[str]:
        path = tmp_path / "source.yaml"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        try:
            read_source(str(path))
        except Refused as refused:
            return [shown(problem) for problem in refused.problems]
        return []

    return read


def shown(problem: Problem) -> str:
    place = f"{problem.place.line}:{problem.place.column}"
    return f"{place} {problem.message}" + (f" | {problem.hint}" if problem.hint else "")
