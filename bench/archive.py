"""What the digital edition costs over the same pages without tags, sources and claims: time and bytes.

    python bench/archive.py [--markdown] [--rounds N] [--count N]

Both are built by this program, one process each, turn by turn in one run; CPU is user and system seconds,
the ratio the median of the ratios inside the rounds. The plain pages are those of an edition that only this
measurement has: `--plain` is what its child processes are called with.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from run import Sample

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAKER = os.path.join(ROOT, "bench", "make_interviews.py")
ROUNDS, COUNT = 7, 100
WANTED = {"time": 1.15, "bytes": 1.25}
PICTURES = (
    os.path.join(ROOT, "sources", "one-paragraph.yaml"),
    os.path.join(ROOT, "sources", "mine-ban-convention.yaml"),
)
"""One sample with two pictures, one with none."""
WITH_PICTURES = "a sample with two pictures"


def plain(arguments: list[str]) -> int:
    """Build with the digital edition's row less tags, sources and claims."""
    sys.path.insert(0, ROOT)
    from msgspec.structs import replace

    from layout.desk.cli import main
    from layout.plates.edition import EDITIONS

    EDITIONS["digital"] = replace(EDITIONS["digital"], tagged=False, sources=False)
    return main(arguments)


def build(kind: str, sources: list[str], out: str) -> float:
    """CPU seconds of one build."""
    os.makedirs(out, exist_ok=True)
    words = ["build", *sources, "-o", out, "--force", "--quiet", "--jobs", "1"]
    start = [__file__, "--plain"] if kind == "plain" else ["-m", "layout"]
    return Sample([sys.executable, *start, *words]).cpu


def size(folder: str) -> int:
    """The bytes of all PDFs in a folder."""
    names = [name for name in os.listdir(folder) if name.endswith(".pdf")]
    return sum(os.path.getsize(os.path.join(folder, name)) for name in names)


def marked(ratio: float, limit: float) -> str:
    """A ratio; with a sign where it is over what is wanted."""
    return f"{ratio:.2f}{'!' if ratio > limit else ''}"


def measured(name: str, sources: list[str], rounds: int, scratch: str) -> list[str]:
    """A row of the table."""
    times: dict[str, list[float]] = {"plain": [], "digital": []}
    for number in range(rounds + 1):
        for kind, taken in times.items():
            seconds = build(kind, sources, os.path.join(scratch, name, kind))
            if number:
                taken.append(seconds)
        print(f"{name}: round {number} of {rounds}", file=sys.stderr)
    ratio = statistics.median(b / a for a, b in zip(times["plain"], times["digital"], strict=True))
    before, after = (size(os.path.join(scratch, name, kind)) for kind in times)
    return [
        name,
        f"{statistics.median(times['plain']):.3f}",
        f"{statistics.median(times['digital']):.3f}",
        marked(ratio, WANTED["time"]),
        f"{before:,}",
        f"{after:,}",
        marked(after / before, WANTED["bytes"]),
    ]


def show(head: list[str], rows: list[list[str]], markdown: bool) -> None:
    """Print a table, for a page or for a terminal."""
    if markdown:
        print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
        print("\n".join("| " + " | ".join(row) + " |" for row in rows))
        return
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def asked(title: str, count: int = COUNT, rounds: int = ROUNDS) -> argparse.Namespace:
    """The options, which the measurements of editions share."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--count", type=int, default=count)
    return parser.parse_args()


def jobs(scratch: str, count: int) -> dict[str, list[str]]:
    """What is built: the names of the rows, and their sources; the two of samples are last, one with pictures."""
    texts = os.path.join(scratch, "texts")
    subprocess.run([sys.executable, MAKER, texts, str(count)], check=True, stdout=sys.stderr)
    return {
        f"{count} interviews, a PDF each": [os.path.join(texts, "interviews")],
        "one issue of them": [os.path.join(texts, "issue.yaml")],
        "a sample without pictures": [PICTURES[1]],
        WITH_PICTURES: [PICTURES[0]],
    }


def main() -> None:
    """Measure and print."""
    options = asked(__doc__.splitlines()[0])
    head = [
        "",
        "plain, CPU s",
        "digital, CPU s",
        "ratio",
        "plain, bytes",
        "digital, bytes",
        "ratio",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        rows = [
            measured(name, files, options.rounds, scratch)
            for name, files in jobs(scratch, options.count).items()
        ]
    show(head, rows, options.markdown)
    print(
        f"\nwanted: at most {WANTED['time']} of the time, {WANTED['bytes']} of the bytes; ! where it is more"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plain"]:
        sys.exit(plain(sys.argv[2:]))
    main()
