"""What a start of the program costs: the commands that scripts call often, one reprint, and what is imported for it.

    python bench/start.py [--markdown] [--rounds N]

CPU is user and system milliseconds of whole processes, the median of the rounds, which take turns; the ratio is the
median of the ratios inside the rounds. What is imported is told by Python itself (`-X importtime`), the median of
the rounds, each module without those that it imports; it is slower so, but in all modules alike.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter

from archive import ROOT, asked, show
from run import BENCH, SAMPLE, Sample

ROUNDS = 15
START = """import sys
sys.modules["typing_extensions"] = None
from layout.desk.cli import program
sys.exit(program())"""
"""What the installed script `offprint` does; `python -m layout` takes a millisecond more.

The second line is what `requirements/run.lock` leaves out: the tools of the bench bring that module, and msgspec reads
it where it is, for twelve milliseconds.
"""

WANTED = {"offprint --version": 60.0, "offprint check FILE": 60.0}
"""CPU milliseconds at most."""

LEAST = 0.5
"""Milliseconds of imports from which on a package has a row of its own."""


def commands(out: str) -> dict[str, list[str]]:
    """What is started, by the names of the rows."""
    own, pdf = [sys.executable, "-c", START], os.path.join(out, "one.pdf")
    peers = {
        name: os.path.join(BENCH, f"peer_{name.lower()}.py") for name in ("ReportLab", "Typst")
    }
    return {
        "Python alone": [sys.executable, "-c", "pass"],
        "offprint --version": [*own, "--version"],
        "offprint check FILE": [*own, "check", SAMPLE, "--quiet"],
        "offprint build FILE": [*own, "build", SAMPLE, "-o", pdf, "--force", "--quiet"],
        "ReportLab, the same reprint": [sys.executable, peers["ReportLab"], "one", SAMPLE, pdf],
        "Typst, the same reprint": [sys.executable, peers["Typst"], "one", SAMPLE, pdf],
    }


def starts(out: str, rounds: int) -> list[list[str]]:
    """The rows of whole processes."""
    jobs = commands(out)
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, argv in jobs.items():
            sample = Sample(argv)
            if number:
                taken[name].append(sample.cpu * 1000)
        print(f"starts: round {number} of {rounds}", file=sys.stderr)
    stock = taken["ReportLab, the same reprint"]
    rows = []
    for name, some in taken.items():
        middle = statistics.median(some)
        ratio = statistics.median(a / b for a, b in zip(some, stock, strict=True))
        sign = "!" if middle > WANTED.get(name, middle) else ""
        rows.append([name, f"{middle:.0f}{sign}", f"{ratio:.2f}"])
    return rows


def package_of(module: str) -> str:
    """The row of a module: its package, or the standard library."""
    name = module.strip().split(".")[0]
    if name == "layout":
        return "Offprint's own modules"
    return "the standard library" if name in sys.stdlib_module_names else name


def imported(argv: list[str]) -> Counter[str]:
    """Milliseconds of imports by package in one run of a command."""
    words = [argv[0], "-X", "importtime", *argv[1:]]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    found: Counter[str] = Counter()
    for line in said.splitlines():
        own, _, module = (
            line.removeprefix("import time:").split("|")[:3] if "|" in line else ("", "", "")
        )
        if own.strip().isdigit():
            found[package_of(module)] += int(own) / 1000
    return found


def imports(out: str, rounds: int) -> list[list[str]]:
    """The rows of packages, for a check and for a build, the dearest first."""
    jobs = [commands(out)[name] for name in ("offprint check FILE", "offprint build FILE")]
    taken = [[imported(argv) for _ in range(rounds)] for argv in jobs]
    names = {name for some in taken[1] for name in some}
    middle = {
        name: [statistics.median(found[name] for found in some) for some in taken] for name in names
    }
    dear = sorted(
        (name for name in names if middle[name][1] >= LEAST), key=lambda it: -middle[it][1]
    )
    return [[name, *(f"{value:.1f}" if value else "" for value in middle[name])] for name in dear]


def main() -> None:
    """Measure and print."""
    options = asked(__doc__.splitlines()[0], 0, ROUNDS)
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as out:
        rows, packages = starts(out, options.rounds), imports(out, min(5, options.rounds))
    show(["one process", "CPU ms", "÷ ReportLab"], rows, options.markdown)
    limits = ", ".join(f"{name} {limit:g} ms" for name, limit in WANTED.items())
    print(f"\nwanted: {limits}, one reprint 0.5 of ReportLab's; ! where it is more\n")
    show(["imported, ms", "check", "build"], packages, options.markdown)


if __name__ == "__main__":
    main()
