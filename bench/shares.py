"""Where the time of a build goes, share by share: a sample of the program every millisecond of its CPU time.

    python bench/shares.py [--markdown] [--count N] [--functions N] [--cold] [SOURCE...]

A timer of the process (`setitimer(ITIMER_PROF)`) stops it at every millisecond of CPU time, and the sample belongs to
the innermost function of ours that is running: what a library does counts for whoever called it. Nothing is
slowed down by it as it is by a tracing profiler, under which small functions seem dear. Without SOURCE so many made
interviews are built, each into a PDF of its own, in this process; imports come before the first sample, or with
`--cold` count as a share of their own.
"""

import argparse
import linecache
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from types import FrameType

from archive import show

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOME = os.path.join(ROOT, "layout") + os.sep
MAKER = os.path.join(ROOT, "bench", "make_interviews.py")
TICK = 0.001
"""Seconds of CPU time between two samples."""

COUNT = 100

SHARES = (
    ("importing", ("importlib",)),
    ("reading", ("manuscript/",)),
    ("brand and faces", ("house/",)),
    ("shaping", ("setting/shaping", "setting/grouping", "setting/capitals", "setting/unicode", "setting/looks")),
    ("hyphens", ("setting/hyphens",)),
    ("breaking", ("setting/linebreak",)),
    ("words to items, items to lines", ("setting/",)),
    ("make-up", ("makeup/",)),
    ("fonts", ("plates/fonts", "plates/cmap", "plates/charset", "plates/outlines", "plates/composites")),
    ("tags", ("plates/structure", "plates/order")),
    ("metadata and attachments", ("plates/metadata", "plates/attach", "desk/provenance")),
    ("pictures", ("plates/pictures", "plates/colourmatch")),
    ("painting", ("plates/",)),
    ("writing the file", ("ground/whole",)),
    ("the rest", ("",)),
)  # fmt: skip
"""The shares by the beginnings of the modules that they are of; the first that fits has a sample."""

COMPRESSION = "compression"
"""The share of lines that call zlib, whichever module they are in."""

Place = tuple[str, str, int]
"""A file below the program's folder, the name of a function in it, and where that begins."""


class Sampler:
    """Counts samples by their share and by their function."""

    def __init__(self) -> None:
        self.shares: Counter[str] = Counter()
        self.places: Counter[Place] = Counter()

    def start(self) -> None:
        """Begin."""
        signal.signal(signal.SIGPROF, self._take)
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)

    def stop(self) -> None:
        """End."""
        signal.setitimer(signal.ITIMER_PROF, 0.0)

    def _take(self, _: int, frame: FrameType | None) -> None:
        importing = False
        while frame is not None:
            name = frame.f_code.co_filename
            importing = importing or name.startswith("<frozen importlib")
            if name.startswith(HOME):
                break
            frame = frame.f_back
        if frame is None or importing:
            self.shares["importing" if importing else "the rest"] += 1
            return
        file = name.removeprefix(HOME).replace(os.sep, "/")
        self.shares[share_of(file, linecache.getline(name, frame.f_lineno or 0))] += 1
        self.places[file, frame.f_code.co_qualname, frame.f_code.co_firstlineno] += 1


def share_of(file: str, line: str) -> str:
    """The share that a line of a file of ours is of."""
    if "zlib.compress(" in line:
        return COMPRESSION
    return next(name for name, starts in SHARES if file.startswith(starts))


def build(sources: list[str], out: str, cold: bool) -> tuple[Sampler, float]:
    """Build with the sampler running: its counts, and CPU seconds."""
    sys.path.insert(0, ROOT)
    sampler, words = Sampler(), ["build", *sources, "-o", out, "--force", "--quiet", "--jobs", "1"]
    if cold:
        sampler.start()
    from layout.desk.cli import main as offprint

    if not cold:
        offprint([*words[:1], sources[0], *words[1 + len(sources) :]])
        sampler.start()
    before = time.process_time()
    code = offprint(words)
    seconds = time.process_time() - before
    sampler.stop()
    if code:
        sys.exit(f"ended with {code}")
    return sampler, seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="default: made interviews")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--count", type=int, default=COUNT, help="how many to make")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="also the N dearest")
    parser.add_argument("--cold", action="store_true", help="count imports and first uses too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = options.sources
        if not sources:
            maker = [sys.executable, MAKER, folder, str(options.count)]
            subprocess.run(maker, check=True, stdout=sys.stderr)
            made = os.path.join(folder, "interviews")
            sources = [os.path.join(made, name) for name in sorted(os.listdir(made))]
        sampler, seconds = build(sources, os.path.join(folder, "out"), options.cold)
    total = sum(sampler.shares.values())
    each = seconds / total / len(sources) * 1000
    rows = [
        [name, f"{100 * count / total:.1f} %", f"{count * each:.2f}"]
        for name, count in sampler.shares.most_common()
    ]
    show(["share", "of the time", "ms an interview"], rows, options.markdown)
    print(f"\n{len(sources)} sources, {seconds:.2f} s of CPU, {total} samples")
    if options.functions:
        rows = [
            [f"{file}:{line} {name}", f"{100 * count / total:.1f} %", f"{count * each:.2f}"]
            for (file, name, line), count in sampler.places.most_common(options.functions)
        ]
        show(["function", "of the time", "ms an interview"], rows, options.markdown)


if __name__ == "__main__":
    main()
