"""What the press edition costs beside the digital one: both in one build over the digital alone, and its bytes.

    python bench/press.py [--markdown] [--rounds N] [--count N]

One process each, turn by turn in one run; CPU is user and system seconds, the ratio the median of the ratios
inside the rounds. Pages are made up once for both editions.
"""

import os
import statistics
import sys
import tempfile
from math import inf

from archive import WITH_PICTURES, asked, jobs, marked, show, size
from run import Sample

WANTED = 1.40
"""The most of the time where there are no pictures."""

EDITIONS = {"digital": ["digital"], "both": ["digital", "press"], "press": ["press"]}


def build(editions: list[str], sources: list[str], out: str) -> float:
    """CPU seconds of one build."""
    os.makedirs(out, exist_ok=True)
    editions_asked = [word for edition in editions for word in ("--edition", edition)]
    words = ["build", *sources, *editions_asked, "-o", out, "--force", "--quiet", "--jobs", "1"]
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
    options = asked(__doc__.splitlines()[0])
    head = [
        "", "digital, CPU s", "both", "press", "both over digital", "press over digital", "digital, bytes",
        "press, bytes",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        rows = [
            measured(name, files, options.rounds, scratch, inf if name == WITH_PICTURES else WANTED)
            for name, files in jobs(scratch, options.count).items()
        ]
    show(head, rows, options.markdown)
    print(f"\nwanted without pictures: at most {WANTED} of the time for both; ! where it is more")


if __name__ == "__main__":
    main()
