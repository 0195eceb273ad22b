"""Measure the program against an older state of itself: time and line quality, turn by turn in one run.

    python bench/against.py REVISION [--rounds N] [--sources FOLDER] [--count N]

The revision is checked out into a temporary folder and run by this Python, so both use the same libraries.
Each round builds the same interviews with both, one after the other, in one process each; CPU is user and
system seconds, the ratio the median of the ratios inside the rounds.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from run import Sample

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
ROUNDS, COUNT = 5, 40

Figures = dict[str, float]


def build(tree: Path, sources: Path, out: Path) -> float:
    """CPU seconds of one build of a folder by the program in `tree`."""
    out.mkdir(exist_ok=True)
    code = f"import sys; sys.path.insert(0, {str(tree)!r}); from layout.desk.cli import main; sys.exit(main())"
    words = ["build", str(sources), "-o", str(out), "--force", "--quiet", "--jobs", "1"]
    return Sample([sys.executable, "-c", code, *words]).cpu


def quality(out: Path) -> Figures:
    """What the meter reads from the PDFs in a folder."""
    argv = [sys.executable, str(BENCH / "meter.py"), "--json", *map(str, sorted(out.glob("*.pdf")))]
    found: Figures = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)
    return found


def measure(trees: dict[str, Path], sources: Path, scratch: Path, rounds: int) -> list[list[str]]:
    """The rows of the table: the older program first, then the one in the tree."""
    times: dict[str, list[float]] = {name: [] for name in trees}
    for number in range(rounds + 1):
        for name, tree in trees.items():
            seconds = build(tree, sources, scratch / name)
            if number:
                times[name].append(seconds)
        print(f"round {number} of {rounds}", file=sys.stderr)
    before = next(iter(trees))
    rows = []
    for name in trees:
        ratios = [a / b for a, b in zip(times[name], times[before], strict=True)]
        q = quality(scratch / name)
        rows.append([
            name, f"{statistics.median(times[name]):.3f}", f"{statistics.median(ratios):.2f}",
            f"{q['variation']:.3f}", f"{q['mean']:.2f}", f"{100 * q['loose']:.1f} %",
            f"{100 * q['very_loose']:.1f} %", f"{100 * q['tight']:.1f} %", f"{q['hyphens']:.1f}",
        ])  # fmt: skip
    return rows


HEAD = [
    "program",
    "cpu s",
    "÷ before",
    "space CV",
    "mean space",
    "> 1.33",
    "> 1.5",
    "< 0.8",
    "hyphens/100",
]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Measure Offprint against an older state of itself."
    )
    parser.add_argument("revision", metavar="REVISION", help="what git calls the older state")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument(
        "--sources", type=Path, metavar="FOLDER", help="interviews; default: made ones"
    )
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help="how many to make")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        older, sources = scratch / "older", options.sources
        if sources is None:
            maker = [sys.executable, str(BENCH / "make_interviews.py"), str(scratch / "texts")]
            subprocess.run([*maker, str(options.count)], check=True, stdout=sys.stderr)
            sources = scratch / "texts" / "interviews"
        os.chdir(ROOT)
        git = ["git", "worktree"]
        subprocess.run(
            [*git, "add", "--quiet", "--detach", str(older), options.revision], check=True
        )
        try:
            for tree in (older, ROOT):
                subprocess.run(
                    [sys.executable, "-m", "compileall", "-q", str(tree / "layout")], check=True
                )
            rows = measure(
                {options.revision: older, "now": ROOT}, sources.resolve(), scratch, options.rounds
            )
        finally:
            subprocess.run([*git, "remove", "--force", str(older)], check=True)
    for cells in (HEAD, ["---"] + ["---:"] * (len(HEAD) - 1), *rows):
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
