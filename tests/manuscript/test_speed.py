"""Reading is a small part of a build; the bounds are loose, for machines that are busy."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from layout.manuscript.reader import read_interview

ANSWER = (
    "The public at large, and those in the landmine movement (NGOs, states): it's a small world. "
)


def written(folder: Path, turns: int) -> str:
    turn = f"- question: What is your target audience, no. 7?\n  answer: |\n    {ANSWER * 2}x\n\n    {ANSWER * 2}x\n"
    path = folder / "source.yaml"
    path.write_text("format: 1\ntitle: T\ninterview:\n" + turn * turns)
    return str(path)


def seconds(path: str) -> float:
    start = time.perf_counter()
    read_interview(path)
    return time.perf_counter() - start


def test_four_kilobytes(tmp_path):
    path = written(tmp_path, 8)
    assert min(seconds(path) for _ in range(20)) < 0.010  # 0.001 on a machine of 2024


@pytest.mark.slow
def test_two_thousand_questions(tmp_path):
    path = written(tmp_path, 2000)
    assert min(seconds(path) for _ in range(3)) < 2.0  # 0.25 on a machine of 2024


def test_plain_text_loads_no_heavy_library(tmp_path):
    path = written(tmp_path, 1)
    code = (
        "import sys, msgspec, yaml; before = set(sys.modules)\n"
        "from layout.manuscript.reader import read_source\n"
        f"read_source({path!r})\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    roots = {name.partition(".")[0] for name in ran.stdout.split()}
    assert roots <= {"layout", "stat", "_stat", "errno", "itertools"}
