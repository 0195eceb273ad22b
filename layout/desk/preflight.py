"""`offprint preflight`: finished PDFs read back, and all that an edition's standards find wanting."""

import sys
from argparse import Namespace
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.ground.problems import ExitCode, Place, Problem, Refused

if TYPE_CHECKING:
    from layout.bindery.preflight import Finding

KINDS = ("error", "warning", "note")


class Read(Struct, frozen=True):
    """What came of one file: findings where it could be opened, else problems."""

    path: str
    profile: str
    pages: int = 0
    size: int = 0
    findings: "tuple[Finding, ...]" = ()
    problems: tuple[Problem, ...] = ()
    failed: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything is an error."""
        severities = [each.severity for each in self.findings]
        severities += [each.severity for each in self.problems]
        return "error" in severities


def run(options: Namespace) -> int:
    """Inspect every file; the exit code."""
    code = ExitCode.OK
    for path in options.files:
        start = perf_counter()
        read = _read(path, options.profile)
        _tell(read, options.quiet)
        if options.json:
            _line(read, perf_counter() - start)
        elif not options.quiet and not read.problems:
            print(f"{path}: {_summary(read.findings)}", flush=True)
        if read.failed:
            code = ExitCode.SURROUNDINGS
        elif read.refused and code == ExitCode.OK:
            code = ExitCode.REFUSED
    return code


def _read(path: str, profile: str) -> Read:
    from layout.bindery.foreign import open_pdf
    from layout.bindery.preflight import inspect

    try:
        opened = open_pdf(path)
        findings = inspect(opened, profile)
    except Refused as refusal:
        return Read(path, profile, problems=refusal.problems)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Read(path, profile, problems=(Problem(Place(path), reason),), failed=True)
    return Read(path, profile, len(opened.pages), opened.size, findings)


def _tell(read: Read, quiet: bool) -> None:
    """Every problem on standard error, notes only where there is talk at all."""
    for problem in (*read.problems, *(_problem(read.path, each) for each in read.findings)):
        if not (quiet and problem.severity == "note"):
            print(problem, file=sys.stderr)
    sys.stderr.flush()


def _problem(path: str, finding: "Finding") -> Problem:
    """A finding as a problem of the PDF; its hint names the line of the source."""
    page = f"page {finding.page}: " if finding.page else ""
    clause = f" ({finding.clause})" if finding.clause else ""
    hint = finding.hint
    if finding.source:
        place = str(Place(finding.source, finding.line))
        hint = f"{place}: {hint}" if hint else f"see {place}"
    return Problem(Place(path), f"{page}{finding.message}{clause}", hint, finding.severity)


def _summary(findings: "tuple[Finding, ...]") -> str:
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    said = [f"{counts[kind]} {kind}{'s' * (counts[kind] != 1)}" for kind in KINDS if counts[kind]]
    return ", ".join(said) or "nothing found wanting"


def _line(read: Read, seconds: float) -> None:
    import json

    row = {
        "source": read.path,
        "edition": read.profile,
        "output": None,
        "pages": read.pages or None,
        "bytes": read.size or None,
        "seconds": round(seconds, 4),
        "status": "refused" if read.refused else "current",
        "problems": [
            *(_fields(each) for each in read.problems),
            *(_finding_fields(read.path, each) for each in read.findings),
        ],
    }
    print(json.dumps(row), flush=True)


def _fields(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "severity": problem.severity,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "message": problem.message,
        "hint": problem.hint or None,
        "page": None,
        "rule": None,
        "clause": None,
    }


def _finding_fields(path: str, finding: "Finding") -> dict[str, object]:
    return {
        "severity": finding.severity,
        "file": finding.source or path,
        "line": finding.line or None,
        "column": None,
        "message": finding.message,
        "hint": finding.hint or None,
        "page": finding.page or None,
        "rule": finding.rule,
        "clause": finding.clause or None,
    }
