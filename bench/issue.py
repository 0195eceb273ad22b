"""Whether an issue takes time and memory by its pages: issues of ever more interviews, each in a process of its own.

    python bench/issue.py [--markdown] [--rounds N] [--counts 50,100,200,1000]

Each issue is built twice over: of our pages alone, and with pages made elsewhere (a cover, and a leaf in every tenth
article or the next that has two pages), where it is assembled. CPU is user and system seconds, the median of the
rounds, which take turns; *peak* is the largest resident set. What a build takes before its first page is that of an
issue of one interview; the rest is divided by the pages. An issue grows as its pages do where these quotients stay
the same. One of a thousand interviews is built once, of our pages alone: under a minute of the four that all take.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise

from archive import MAKER, ROOT, show
from run import Sample, ask

ROUNDS, COUNTS = 3, (50, 100, 200, 1000)
LARGE = 500
"""Issues of so many interviews are built once."""

EVERY = 10
"""Each of so many articles has a leaf."""

WANTED = 1.15
"""A page of the largest issue may take so much of what one of the smallest takes."""

FOREIGN = os.path.join(ROOT, "sources", "draw_foreign_pages.py")
KINDS = {"own": "our pages alone", "mixed": "with pages made elsewhere"}


def issue(folder: str, kind: str, count: int, long: frozenset[int]) -> str:
    """The source of an issue of so many interviews, and its path; `long` ones have a second page."""
    rows = ["format: 1", "title: Bench", "date: 2026-11", "fill: {to: 4}", "contents:"]
    rows += ["- pdf: cover.pdf"] if kind == "mixed" else []
    rows += ["- contents: Contents"]
    due = 0
    for number in range(count):
        rows.append(f"- interview: interviews/{number:04}.yaml")
        if kind == "mixed" and number >= due and number in long:
            rows.append("  placed: [{pdf: calendar.pdf, pages: 1, after: 1}]")
            due += EVERY
    path = os.path.join(folder, f"{kind}-{count}.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    return path


def target_of(source: str) -> str:
    """The PDF of a source."""
    return source.removesuffix(".yaml") + ".pdf"


def built(source: str) -> Sample:
    """What one build took."""
    words = ["build", source, "-o", target_of(source), "--force", "--quiet", "--jobs", "1"]
    return Sample([sys.executable, "-m", "layout", *words])


OPENS = """
import json, sys, pypdf
it = pypdf.PdfReader(sys.argv[1])
print(json.dumps([it.get_destination_page_number(place) for _, place in sorted(it.named_destinations.items())]))
"""
"""A program that tells where the articles of an issue open."""


def long_ones(folder: str, count: int) -> frozenset[int]:
    """The interviews that have more than one page: those whose successor opens two pages later or more."""
    source = issue(folder, "own", count, frozenset())
    built(source)
    argv = [sys.executable, "-c", OPENS, target_of(source)]
    opens = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)
    return frozenset(n for n, (at, after) in enumerate(pairwise(opens)) if after - at > 1)


def measured(
    folder: str, kind: str, counts: list[int], rounds: int, long: frozenset[int]
) -> list[list[str]]:
    """The rows of a kind."""
    sources = {count: issue(folder, kind, count, long) for count in (1, *counts)}
    taken: dict[int, list[Sample]] = {count: [] for count in sources}
    for number in range(rounds + 1):
        for count, source in sources.items():
            if count >= LARGE and number != 1:
                continue
            sample = built(source)
            if number:
                taken[count].append(sample)
        print(f"{kind}: round {number} of {rounds}", file=sys.stderr)
    cpu = {count: statistics.median(it.cpu for it in found) for count, found in taken.items()}
    peak = {count: max(it.peak for it in found) for count, found in taken.items()}
    files = {count: target_of(source) for count, source in sources.items()}
    pages_in = {count: int(str(ask("pages", [file]))) for count, file in files.items()}
    rows, first = [], ()
    for count in counts:
        pages, size = pages_in[count], os.path.getsize(files[count])
        more = pages - pages_in[1]
        each = (cpu[count] - cpu[1]) / more, (peak[count] - peak[1]) / more
        first = first or each
        marks = [
            "!" if one > WANTED * other else "" for one, other in zip(each, first, strict=True)
        ]
        rows.append([
            f"{count} interviews, {KINDS[kind]}", str(pages), f"{cpu[count]:.2f}", f"{peak[count]:.0f}",
            f"{1000 * each[0]:.1f}{marks[0]}", f"{1024 * each[1]:.0f}{marks[1]}", f"{size:,}", f"{size / pages:,.0f}",
        ])  # fmt: skip
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)))
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    head = ["", "pages", "CPU s", "peak MiB", "CPU ms a page", "KiB a page", "bytes", "bytes a page"]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, MAKER, folder, str(max(counts))], check=True, stdout=sys.stderr)  # fmt: skip
        subprocess.run([sys.executable, FOREIGN, folder], check=True)
        small = [count for count in counts if count < LARGE]
        long = long_ones(folder, max(small, default=1))
        rows = measured(folder, "own", counts, options.rounds, long)
        rows += measured(folder, "mixed", small, options.rounds, long)
    show(head, rows, options.markdown)
    print(
        f"\nwanted: a page takes at most {WANTED} of what it takes in the smallest; ! where it is more"
    )


if __name__ == "__main__":
    main()
