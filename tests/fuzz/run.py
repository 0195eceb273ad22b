"""Merge spoilt PDFs by the thousand: each is merged whole or refused, in bounded time and memory.

    python tests/fuzz/run.py [--cases N] [--from FIRST] [--case NUMBER] [--jobs N]

A case is known by its number, which says all that is done to which file: one that fails can be tried again alone.
"""

import argparse
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_samples import made_here, small
from trial import tried

SECONDS = 20
"""For one case, which takes a tenth of one."""
MEMORY = 2 << 30
"""Bytes of address space; a case takes a tenth."""
LONGEST = 120_000
"""Bytes of a sample; larger ones take long to spoil."""


class Late(BaseException):
    """Raised in a case that takes too long, so that nobody catches it."""


def _late(*_: object) -> None:
    raise Late


def work(shelf: Path, numbers: list[int]) -> None:
    """Try cases one after another; a line of JSON for each on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _late)
    samples = {path.stem: path.read_bytes() for path in sorted(shelf.glob("*.pdf"))}
    partner = str(shelf / "partner" / "partner.pdf")
    with tempfile.TemporaryDirectory() as name:
        for case in numbers:
            signal.alarm(SECONDS)
            start = time.process_time()
            try:
                told, outcome = tried(case, samples, partner, Path(name))
                fault = ""
            except (Exception, Late) as error:
                told, outcome, fault = (
                    "",
                    "failed",
                    "".join(traceback.format_exception(error)[-12:]),
                )
                for path in Path(name).iterdir():
                    path.unlink()
            signal.alarm(0)
            spent = time.process_time() - start
            print(json.dumps([case, told, outcome, fault, round(spent, 3)]), flush=True)


class Worker:
    """A process that tries cases, begun anew behind one that kills it."""

    def __init__(self, shelf: Path, numbers: list[int]) -> None:
        self.shelf, self.left = shelf, numbers
        self.begin()

    def begin(self) -> None:
        """Start, or start again with what is left."""
        command = [sys.executable, __file__, "--shelf", str(self.shelf), "--worker"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin
        self.process.stdin.write(json.dumps(self.left))
        self.process.stdin.close()
        self.heard = time.monotonic()

    def line(self) -> list[object] | None:
        """What came of the next case; None where the process has ended."""
        assert self.process.stdout
        said = self.process.stdout.readline()
        self.heard = time.monotonic()
        if said:
            found: list[object] = json.loads(said)
            self.left.remove(found[0])  # type: ignore[arg-type]
            return found
        self.process.wait()
        return None

    def stop(self) -> None:
        """End a process that hangs."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


def run(shelf: Path, cases: list[int], jobs: int) -> list[list[object]]:
    """What came of each case."""
    workers = [Worker(shelf, cases[at::jobs]) for at in range(jobs)]
    found: list[list[object]] = []
    while workers:
        ready, _, _ = select.select([it.process.stdout for it in workers], [], [], 5)
        for worker in list(workers):
            if worker.process.stdout in ready:
                line = worker.line()
                if line is not None:
                    found.append(line)
                    _tell(found, len(cases))
                    continue
            elif time.monotonic() - worker.heard < 2 * SECONDS:
                continue
            else:
                worker.stop()
            if worker.left:
                case = worker.left.pop(0)
                found.append([case, "", "failed", "the process died or hung", 0.0])
            if worker.left:
                worker.begin()
            else:
                workers.remove(worker)
    return sorted(found, key=lambda line: line[0])  # type: ignore[arg-type, return-value]


def _tell(found: list[list[object]], count: int) -> None:
    if sys.stderr.isatty() and len(found) % 50 == 0:
        print(f"\r{len(found)} of {count}", end="", file=sys.stderr, flush=True)


def prepare(folder: Path) -> None:
    """Put all samples in a folder, and the sound file that each is merged with."""
    built = folder / "built"
    built.mkdir()
    with redirect_stderr(StringIO()):  # what is said of sound files is no news
        everything = small() | made_here(built)
    shelf = folder / "shelf"
    (shelf / "partner").mkdir(parents=True)
    for name, data in everything.items():
        if len(data) <= LONGEST:
            (shelf / f"{name}.pdf").write_bytes(data)
    (shelf / "partner" / "partner.pdf").write_bytes(everything["why-hyphens"])


def main() -> int:
    """The command; 1 where any case fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--cases", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first")
    parser.add_argument(
        "--case", type=int, help="only the one with this number, and tell all of it"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--shelf", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.shelf, json.loads(sys.stdin.read()))
        return 0
    single = options.case is not None
    cases = [options.case] if single else list(range(options.first, options.first + options.cases))
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        start = time.monotonic()
        found = run(Path(name) / "shelf", cases, 1 if single else options.jobs)
    return report(found, single, time.monotonic() - start)


def report(found: list[list[object]], single: bool, seconds: float) -> int:
    """Say what came of all cases; the exit code."""
    outcomes = Counter(str(outcome) for _, _, outcome, _, _ in found)
    failed = [line for line in found if line[2] == "failed"]
    slow = max(found, key=lambda line: float(line[4]))  # type: ignore[arg-type]
    for case, told, outcome, fault, _ in failed if not single else found:
        print(
            f"case {case}: {outcome} {told}\n{fault}"
            if single
            else f"case {case}: {str(fault).strip()[-300:]}"
        )
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(
        f"{len(found)} cases in {seconds:.0f} s: {said}; the slowest, {slow[0]}, took {slow[4]} s"
    )
    if failed and not single:
        print("failed: " + " ".join(str(line[0]) for line in failed))
        print("one of them again: make fuzz CASE=NUMBER")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
