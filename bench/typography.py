"""Print what lines and pages are like beside what is wanted and what other programs reach.

    python bench/typography.py [--json] [--each] PATH...

A PATH is a PDF, a source, or a folder of either; sources are typeset into a temporary folder first. Every
folder has a column of the table, and all files named alone have one together. Below it stand the places of the
faults. What is wanted and missed is marked with !. Ends with 0 when everything was measured, well set or not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.figures import PEERS, ROWS, misses, value_of, write, write_wanted
from bench.judgement import Fault, Findings, inspect_file, join, sum_up

ROOT = Path(__file__).resolve().parents[1]
EACH = ("variation", "mean", "loose", "tight", "hyphens", "ladder", "rivers", "depth", "grid")
"""The columns of the table of single files."""
SAMPLES = "samples"
ALONE = "files"
SOURCES = {".yaml", ".yml"}

Group = dict[str, list[Path]]


def collect(paths: Sequence[Path]) -> Group:
    """The PDFs and sources to measure, by the name of their column."""
    groups: Group = {}
    for path in paths:
        if path.is_dir():
            files = [f for f in sorted(path.iterdir()) if f.suffix in SOURCES]
            files = files or [f for f in sorted(path.iterdir()) if f.suffix == ".pdf"]
            name = SAMPLES if path.resolve() == ROOT / "sources" else path.resolve().name
            while name in groups:
                name += "'"
        else:
            files, name = [path], ALONE
        if not files or not all(f.is_file() for f in files):
            raise SystemExit(f"{path}: there is nothing to measure")
        groups.setdefault(name, []).extend(files)
    return groups


def typeset(sources: Sequence[Path], folder: Path) -> list[Path]:
    """The PDFs of some sources, made with this checkout's program."""
    made = []
    for number, source in enumerate(sources):
        # a folder each: two sources of one name in different folders must not meet
        target = folder / str(number) / f"{source.stem}.pdf"
        target.parent.mkdir()
        words = ["-m", "layout", "build", str(source), "-o", str(target), "--quiet"]
        done = subprocess.run(
            [sys.executable, *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{source}: cannot be typeset\n{done.stderr}")
        made.append(target)
    return made


def measure(groups: Group) -> dict[str, dict[str, Findings]]:
    """The findings of each file of each column."""
    found: dict[str, dict[str, Findings]] = {}
    for name, files in groups.items():
        with tempfile.TemporaryDirectory() as scratch:
            sources = [f for f in files if f.suffix in SOURCES]
            pdfs = [f for f in files if f.suffix not in SOURCES]
            pdfs += typeset(sources, Path(scratch))
            found[name] = {}
            for pdf in pdfs:
                try:
                    found[name][pdf.stem] = inspect_file(pdf)
                except ValueError as trouble:
                    raise SystemExit(f"{pdf}: {trouble}") from None
    return found


def table(found: dict[str, dict[str, Findings]]) -> list[list[str]]:
    """The cells of the main table, heads first."""
    totals = {name: sum_up(join(files.values())) for name, files in found.items()}
    rows = [["", *PEERS, "wanted", *totals]]
    for row in ROWS:
        peers = row.peers or (None,) * len(PEERS)
        cells = [write(row, v) if v is not None else "" for v in peers]
        values = [value_of(row, figures) for figures in totals.values()]
        marked = [write(row, v) + ("!" if misses(row, v) else " ") for v in values]
        rows.append([row.title, *cells, write_wanted(row), *marked])
    return rows


def table_of_files(found: dict[str, dict[str, Findings]]) -> list[list[str]]:
    """The cells of the table of single files."""
    shown = [row for row in ROWS if row.name in EACH]
    rows = [["", *EACH, "faults"]]
    for group, files in found.items():
        for name, one in files.items():
            figures = sum_up(one)
            values = [(row, value_of(row, figures)) for row in shown]
            cells = [write(row, v) + ("!" if misses(row, v) else " ") for row, v in values]
            rows.append([f"{group}/{name}", *cells, str(len(one.faults))])
    return rows


def even(rows: Sequence[Sequence[str]]) -> str:
    """Cells as lines, the first column flush left, the others flush right, heads of two words on two lines."""
    heads = [head.partition(" ") for head in rows[0]]
    if any(second for _, _, second in heads):
        rows = [[first for first, _, _ in heads], [second for _, _, second in heads], *rows[1:]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for cells in rows:
        first, *rest = zip(cells, widths, strict=True)
        line = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        lines.append("  ".join(line).rstrip())
    return "\n".join(lines)


def in_order(files: dict[str, Findings]) -> list[Fault]:
    """The faults of some files as one meets them in reading."""
    faults = [fault for one in files.values() for fault in one.faults]
    return sorted(faults, key=lambda f: (f.file, f.page, f.column))


def as_json(found: dict[str, dict[str, Findings]]) -> str:
    """Figures of columns and files, and the faults."""

    def figures(some: Findings) -> dict[str, object]:
        summed = sum_up(some)
        values = {row.name: value_of(row, summed) for row in ROWS}
        return {**values, "missed": [row.name for row in ROWS if misses(row, values[row.name])]}

    report = {
        name: {
            "total": figures(join(files.values())),
            "files": {file: figures(one) for file, one in files.items()},
            "faults": [str(fault) for fault in in_order(files)],
        }
        for name, files in found.items()
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the typography of PDFs or of sources.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of tables")
    parser.add_argument("--each", action="store_true", help="a table of the single files as well")
    options = parser.parse_args()
    found = measure(collect(options.paths))
    if options.json:
        print(as_json(found))
        return 0
    print(even(table(found)))
    if options.each:
        print("\n" + even(table_of_files(found)))
    faults = [f"{name}: {fault}" for name, files in found.items() for fault in in_order(files)]
    print("\n" + ("\n".join(faults) or "no faults"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
