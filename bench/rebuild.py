"""What it costs to build an archive again: where nothing changed, where one source did, where the ledger was lost.

    python bench/rebuild.py [--markdown] [--count N]

Each row is one process; CPU is user and system seconds with those of its workers, the peak that of the largest.
"""

import os
import subprocess
import sys
import tempfile

from archive import MAKER, asked, show
from run import Sample

COUNT, WORKERS = 1000, 2
LIMIT = 1.0
"""CPU milliseconds that a file may cost where nothing changed."""


def build(texts: str, out: str, jobs: int = WORKERS) -> Sample:
    """The archive built by one command."""
    words = ["build", os.path.join(texts, "interviews"), "-o", out, "--quiet", "--jobs", str(jobs)]
    return Sample([sys.executable, "-m", "layout", *words])


def change(texts: str) -> None:
    """Another year in the first interview."""
    path = os.path.join(texts, "interviews", "0000.yaml")
    with open(path, "a", encoding="utf-8") as source:
        source.write("\n# looked through once more\n")


def row(name: str, made: int, sample: Sample, count: int, limited: bool = False) -> list[str]:
    """A row of the table; ! where a file costs more than is wanted."""
    each = sample.cpu * 1000 / count
    sign = "!" if limited and each > LIMIT else ""
    return [name, str(made), f"{sample.cpu:.2f}", f"{each:.2f}{sign}", f"{sample.peak:.0f}"]


def rows(texts: str, scratch: str, count: int) -> list[list[str]]:
    """All that is measured, in the order of an archive's life."""
    one, out = os.path.join(scratch, "one"), os.path.join(scratch, "out")
    found = [row("everything, one process", count, build(texts, one, 1), count)]
    found.append(row(f"everything, {WORKERS} workers", count, build(texts, out), count))
    found.append(row("nothing changed, the first time", 0, build(texts, out), count, True))
    found.append(row("nothing changed", 0, build(texts, out), count, True))
    change(texts)
    found.append(row("one source changed", 1, build(texts, out), count, True))
    os.unlink(os.path.join(out, ".offprint.sqlite"))
    found.append(row("the ledger was lost", 0, build(texts, out), count))
    return found


def main() -> None:
    """Measure and print."""
    options = asked(__doc__.splitlines()[0], COUNT)
    with tempfile.TemporaryDirectory() as scratch:
        texts = os.path.join(scratch, "texts")
        command = [sys.executable, MAKER, texts, str(options.count)]
        subprocess.run(command, check=True, stdout=sys.stderr)
        found = rows(texts, scratch, options.count)
    head = [f"{options.count:,} interviews", "PDFs made", "CPU s", "CPU ms a file", "peak MiB"]
    show(head, found, options.markdown)
    print(f"\nwanted: under {LIMIT:g} ms of CPU a file where nothing changed; ! where it is more")


if __name__ == "__main__":
    main()
