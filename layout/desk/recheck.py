"""`offprint catalogue --check`: the files of a folder held against its catalogue.

Of a file whose bytes are the same nothing can have changed, its conformance included. An altered one is read
again: what it no longer claims is told, and what it claims is judged. `--conformance` judges the others too.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from layout.desk.catalogue import counted, made_of, tell, total
from layout.desk.holdings import Held, digest, held, pdfs_below
from layout.desk.judges import PROGRAM, has_verapdf, judge
from layout.desk.report import Report
from layout.desk.rows import HEADER, NAMES, Row, csv_of, path_of, record, rows_in, written
from layout.ground.problems import ExitCode, Place, Problem, refuse

BATCH = 100
"""Files that are judged at a time: veraPDF takes a second to begin."""

SAME, ALTERED, MISSING, NEW, WANTING = "same", "altered", "missing", "new", "wanting"
"""As it was; other bytes; not there; not in the catalogue; as it was, but not what it claims."""

KEPT = "take it from where a copy is kept"
ANEW = "`offprint catalogue` writes the catalogue anew"


class _Compared(Struct, frozen=True):
    """A file, what became of it, and the claims that are to be judged."""

    file: str
    status: str
    held: Held
    claims: tuple[str, ...] = ()
    seconds: float = 0.0


def check(options: Namespace, passwords: Sequence[str]) -> int:
    """Compare every file with its row, and say which are new; the exit code."""
    where = options.output or options.folder
    report = Report(options.json, options.quiet, total(options, options.folder))
    checker = _Checker(options, where, passwords)
    if options.conformance and not has_verapdf() and not options.quiet:
        said = (
            f"there is no {PROGRAM}: offprint preflight judges PDF/A-3a and PDF/A-2a with PDF/UA-1"
        )
        print(f"offprint catalogue: note: {said}", file=sys.stderr)
    counts = dict.fromkeys((SAME, ALTERED, MISSING, NEW, WANTING, "refused"), 0)
    wanting = checker.tell_of_catalogue()
    for each in checker.all():
        counts[each.status] += 1
        wanting |= each.held.refused
        made = made_of(each.held, each.file, each.status)
        report.arrived(made)
        report.add(made, each.seconds)
    report.bar.clear()
    if not (options.json or options.quiet):
        told = ", ".join(f"{count:,} {status}" for status, count in counts.items() if count)
        print(f"{options.folder}: {counted(sum(counts.values()))}: {told}")
    if report.failed or checker.failed:
        return ExitCode.SURROUNDINGS
    return ExitCode.REFUSED if wanting else ExitCode.OK


class _Checker:
    """A folder and its catalogue; raises `Refused` where that is none."""

    def __init__(self, options: Namespace, where: str, passwords: Sequence[str]) -> None:
        self.folder, self.passwords = options.folder, passwords
        self.judges_all = options.conformance
        self.csv, self.lines = (os.path.join(where, name) for name in NAMES)
        self.failed = False
        if not os.path.isfile(self.lines):
            hint = "`offprint catalogue` writes it; -o says where it is"
            raise refuse(Place(self.lines), "there is no catalogue", hint)
        self.new, self.moved = self._new()

    def _rows(self) -> Iterator[Row]:
        with open(self.lines, "rb") as file:
            yield from rows_in(file, self.lines)

    def _new(self) -> tuple[list[str], dict[str, str]]:
        """The paths that are in no row, and the first of them with each sha-256."""
        known = {row.path for row in self._rows()}
        troubles: list[tuple[Problem, bool]] = []
        new = [path for path in pdfs_below(self.folder, troubles) if written(path) not in known]
        self.failed |= tell(troubles)
        moved: dict[str, str] = {}
        for path in new:
            file = os.path.join(self.folder, path)
            with suppress(OSError):  # who catalogues it will be told
                if os.path.isfile(file):
                    moved.setdefault(digest(file), path)
        return new, moved

    def tell_of_catalogue(self) -> bool:
        """Tell where the two files of the catalogue do not say the same; whether that is so."""
        fault = "it is missing"
        if os.path.isfile(self.csv):
            at = self._first_difference()
            fault = f"it does not say what {self.lines} says, from record {at} on"
            if not at:
                return False
        print(Problem(Place(self.csv), fault, ANEW), file=sys.stderr)
        return True

    def _first_difference(self) -> int:
        """The number from 1 of the first record of the CSV file that no row gives, 0 for none."""
        wanted = chain((record(HEADER),), map(csv_of, self._rows()))
        with open(self.csv, "rb") as file:
            number = 0
            for number, line in enumerate(wanted, 1):
                if file.read(len(line)) != line:
                    return number
            return number + 1 if file.read(1) else 0

    def all(self) -> Iterator[_Compared]:
        """What became of each row, then the files that are in none."""
        rows = self._rows()
        while batch := list(islice(rows, BATCH)):
            yield from self._judged([self._compared(row) for row in batch])
        for path in self.new:
            message = "it is not in the catalogue"
            place = Place(os.path.join(self.folder, path))
            problem = Problem(place, message, ANEW, "warning")
            yield _Compared(place.file, NEW, Held(Row(written(path)), (problem,)))

    def _judged(self, batch: list[_Compared]) -> Iterator[_Compared]:
        """The same with what is wrong with their claims."""
        asked = {each.file: each.claims for each in batch if each.claims}
        found = judge(asked, self.passwords) if asked else {}
        for each in batch:
            if problems := found.get(each.file, ()):
                told = replace(each.held, problems=(*each.held.problems, *problems))
                false = any(problem.severity == "error" for problem in problems)
                status = WANTING if false and each.status == SAME else each.status
                each = replace(each, held=told, status=status)
            yield each

    def _compared(self, row: Row) -> _Compared:
        """A row beside its file."""
        start = perf_counter()
        path = path_of(row.path) or ""
        file = os.path.join(self.folder, path)
        if not os.path.lexists(file):
            return _Compared(file, MISSING, Held(row, (self._missing(row, file),)))
        now = self._read_again(row, path, file)
        seconds = perf_counter() - start
        if now is None:
            claims = row.conformance if self.judges_all else ()
            return _Compared(file, SAME, Held(row), claims, seconds)
        if now.row.sha256 == "":
            return _Compared(file, "refused", now, (), seconds)
        problems = (*_alterations(row, now.row, file), *now.problems)
        claims = now.row.conformance
        return _Compared(file, ALTERED, replace(now, problems=problems), claims, seconds)

    def _read_again(self, row: Row, path: str, file: str) -> Held | None:
        """What an altered file says, or one that cannot be read; None for one that is the same."""
        with suppress(OSError):  # it is told by who reads it again
            if os.path.isfile(file) and digest(file) == row.sha256:
                return None
        return held(self.folder, path, self.passwords)

    def _missing(self, row: Row, file: str) -> Problem:
        moved = self.moved.get(row.sha256)
        hint = f"{moved} has the same content: was it moved?" if moved else KEPT
        return Problem(Place(file), "it is missing", hint)


def _alterations(then: Row, now: Row, file: str) -> Iterator[Problem]:
    """That a file is another one, and what it no longer claims."""
    place = Place(file)
    if not then.sha256:
        message = "it could not be read when the catalogue was written, and can be now"
        yield Problem(place, message, ANEW)
        return
    message = f"it was altered: its sha-256 is {now.sha256} and was {then.sha256}"
    yield Problem(place, message, f"{KEPT}; if it was meant, {ANEW}")
    lost = [claim for claim in then.conformance if claim not in now.conformance]
    if lost and now.pages is not None:
        yield Problem(place, f"it no longer claims {' and '.join(lost)}", KEPT)
