"""`offprint catalogue`: every PDF of a folder in one table, from the files themselves."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from time import perf_counter

from layout.desk.holdings import Held, held, pdfs_below
from layout.desk.order import Made
from layout.desk.passwords import read_passwords
from layout.desk.report import Report
from layout.desk.rows import HEADER, NAMES, csv_of, json_of, record
from layout.ground.problems import ExitCode, Place, Problem, refuse
from layout.ground.whole import growing

ONLY_WITH = {"conformance": "check", "brand": "bag", "bag_info": "bag"}
"""Options that mean something beside another one alone."""


def run(options: Namespace) -> int:
    """Write, check or pack the catalogue of a folder; the exit code."""
    if fault := _fault(options):
        print(f"offprint catalogue: error: {fault}", file=sys.stderr)
        return ExitCode.USAGE
    if not os.path.isdir(options.folder):
        raise refuse(Place(options.folder), "there is no such folder", "check the path")
    # Where it is told to end nothing is left behind either.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _asked(options, read_passwords(options.password_file))
    finally:
        signal.signal(signal.SIGTERM, before)


def _fault(options: Namespace) -> str:
    """What does not go together, or ""."""
    for name, other in ONLY_WITH.items():
        if getattr(options, name) and not getattr(options, other):
            return f"--{name.replace('_', '-')} goes with --{other}"
    if options.bag is None:
        return ""
    if options.check or options.output is not None:
        return f"--bag does not go with {'--check' if options.check else '-o'}"
    folder, bag = (os.path.realpath(path) for path in (options.folder, options.bag))
    return "the bag would lie in the folder" if f"{bag}/".startswith(f"{folder}/") else ""


def _asked(options: Namespace, passwords: Sequence[str]) -> int:
    if options.check:
        from layout.desk.recheck import check

        return check(options, passwords)
    if options.bag is not None:
        from layout.desk.bag import pack

        return pack(options, passwords)
    return _write(options, passwords)


def _write(options: Namespace, passwords: Sequence[str]) -> int:
    target = options.output or options.folder
    catalogue = Catalogue(options, options.folder, passwords)
    for _ in catalogue.write(target):
        pass
    if not (options.json or options.quiet):
        for name in NAMES:
            print(f"{os.path.join(target, name)}: {counted(catalogue.count)}")
    return catalogue.code


def counted(number: int) -> str:
    """So many PDFs, in words."""
    return f"{number:,} PDF{'s' * (number != 1)}"


class Catalogue:
    """The rows of a folder, written and reported one by one.

    Problems are told of files in `options.folder`, which `folder` may be a copy of.
    """

    def __init__(self, options: Namespace, folder: str, passwords: Sequence[str]) -> None:
        self.folder, self.shown, self.passwords = folder, options.folder, passwords
        self.report = Report(options.json, options.quiet, total(options, folder))
        self.count, self.failed = 0, False
        self._known: dict[str, str] = {}

    def write(self, target: str) -> Iterator[Held]:
        """Write both files into the folder `target` and yield what is in them; they appear after the last.

        Raises `Refused` for a folder without PDFs, `OSError` with nothing left behind.
        """
        with ExitStack() as stack:
            files = [stack.enter_context(growing(os.path.join(target, name))) for name in NAMES]
            files[0].write(record(HEADER))
            for each in self._rows():
                files[0].write(csv_of(each.row))
                files[1].write(json_of(each.row))
                yield each
            if not self.count:
                hint = f"a PDF is a file whose name ends in .pdf, and {self.shown} has none"
                raise refuse(Place(self.shown), "there are no PDFs in this folder", hint)

    @property
    def code(self) -> ExitCode:
        """What the shell is told in the end."""
        self.report.bar.clear()
        return ExitCode.SURROUNDINGS if self.failed else self.report.code

    def _rows(self) -> Iterator[Held]:
        troubles: list[tuple[Problem, bool]] = []
        for path in pdfs_below(self.folder, troubles):
            self.failed |= tell(troubles)
            start = perf_counter()
            found = self._twice(held(self.folder, path, self.passwords, self.shown))
            made = made_of(found, os.path.join(self.shown, path))
            self.report.arrived(made)
            self.report.add(made, perf_counter() - start)
            self.count += 1
            yield found
        self.failed |= tell(troubles)

    def _twice(self, found: Held) -> Held:
        """With a note where an earlier file has the same content."""
        from msgspec.structs import replace

        row = found.row
        first = self._known.setdefault(row.sha256, row.path) if row.sha256 else row.path
        if first == row.path:
            return found
        place = Place(os.path.join(self.shown, row.path))
        note = Problem(place, f"it has the same content as {first}", severity="note")
        return replace(found, problems=(*found.problems, note))


def total(options: Namespace, folder: str) -> int:
    """The number of PDFs, counted only for a bar that somebody sees."""
    if options.quiet or not sys.stderr.isatty():
        return 0
    return sum(1 for _ in pdfs_below(folder, []))


def tell(troubles: list[tuple[Problem, bool]]) -> bool:
    """Tell of folders that are left out, once; whether the surroundings are to blame."""
    failed = any(failed for _, failed in troubles)
    for problem, _ in troubles:
        print(problem, file=sys.stderr)
    troubles.clear()
    return failed


def made_of(found: Held, file: str, status: str = "") -> Made:
    """What came of a file, for the report: `status` is listed, or refused where it could not be opened."""
    row = found.row
    status = status or ("refused" if found.refused else "listed")
    return Made(
        file, "", "", row.pages or 0, row.bytes or 0, status, found.problems, (), found.failed
    )
