"""What the press edition costs beside the digital one: both in one build over the digital alone, and its bytes.

    python bench/press.py [--markdown] [--rounds N] [--count N]

One process each, turn by turn in one run; CPU is user and system seconds, the ratio the median of the ratios
inside the rounds. Pages are made up once for both editions.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from archive import COUNT, MAKER, PICTURES, ROUNDS, marked, size
from run import Sample

WANTED = 1.40
"""The most of the time where there are no pictures."""

EDITIONS = {"digital": ["digital"], "both": ["digital", "press"], "press": ["press"]}


def build(editions: list[str], sources: list[str], out: str) -> float:
    """CPU seconds of one build."""
    os.makedirs(out, exist_ok=True)
    asked = [word for edition in editions for word in ("--edition", edition)]
    words = ["build", *sources, *asked, "-o", out, "--force", "--quiet", "--jobs", "1"]
    return Sample([sys.executable, "-m", "layout", *words]).cpu


def measured(name: str, sources: list[str], rounds: int, scratch: str, wanted: float) -> list[str]:
    """A row of the table."""
    times: dict[str, list[float]] = {kind: [] for kind in EDITIONS}
    for number in range(rounds + 1):
        for kind, taken in times.items():
            seconds = build(EDITIONS[kind], sources, os.path.join(scratch, name, kind))
            if number:
                taken.append(seconds)
        print(f"{name}: round {number} of {rounds}", file=sys.stderr)
    ratios = {
        kind: statistics.median(b / a for a, b in zip(times["digital"], times[kind], strict=True))
        for kind in ("both", "press")
    }
    before, after = (size(os.path.join(scratch, name, kind)) for kind in ("digital", "press"))
    return [
        name,
        *(f"{statistics.median(taken):.3f}" for taken in times.values()),
        marked(ratios["both"], wanted),
        f"{ratios['press']:.2f}",
        f"{before:,}",
        f"{after:,}",
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--count", type=int, default=COUNT)
    options = parser.parse_args()
    head = [
        "", "digital, CPU s", "both", "press", "both over digital", "press over digital", "digital, bytes",
        "press, bytes",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        texts = os.path.join(scratch, "texts")
        subprocess.run(
            [sys.executable, MAKER, texts, str(options.count)], check=True, stdout=sys.stderr
        )
        jobs = {
            f"{options.count} interviews, no pictures": (
                [os.path.join(texts, "interviews")],
                WANTED,
            ),
            "one issue of them": ([os.path.join(texts, "issue.yaml")], WANTED),
            "a sample without pictures": ([PICTURES[1]], WANTED),
            "a sample with two pictures": ([PICTURES[0]], float("inf")),
        }
        rows = [
            measured(name, files, options.rounds, scratch, wanted)
            for name, (files, wanted) in jobs.items()
        ]
    if options.markdown:
        print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
        print("\n".join("| " + " | ".join(row) + " |" for row in rows))
    else:
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        for row in (head, *rows):
            print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    print(f"\nwanted without pictures: at most {WANTED} of the time for both; ! where it is more")


if __name__ == "__main__":
    main()
