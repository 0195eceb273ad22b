"""`offprint preflight`: finished PDFs read back, and all that an edition's standards find wanting."""

import sys
from argparse import Namespace
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.desk.order import Made
from layout.desk.passwords import read_passwords
from layout.desk.report import fields, json_line
from layout.ground.problems import ExitCode, Place, Problem, Refused

if TYPE_CHECKING:
    from layout.bindery.preflight import Demands, Finding

KINDS = ("error", "warning", "note")

PRESS = "press"
"""The profile that a brand has a say in."""


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
    if options.brand is not None and options.profile != PRESS:
        print("offprint preflight: error: --brand goes with --profile press", file=sys.stderr)
        return ExitCode.USAGE
    demands, passwords = _demands(options), read_passwords(options.password_file)
    code = ExitCode.OK
    for path in options.files:
        start = perf_counter()
        read = _read(path, options.profile, demands, passwords)
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


def _demands(options: Namespace) -> "Demands | None":
    """What the press asks; raises `Refused` where the brand that says it is not sound."""
    if options.profile != PRESS:
        return None
    from layout.desk.demands import demands_of

    return demands_of(options.brand)


def _read(path: str, profile: str, demands: "Demands | None", passwords: tuple[str, ...]) -> Read:
    from layout.bindery.foreign import open_pdf
    from layout.bindery.preflight import inspect

    try:
        opened = open_pdf(path, passwords=passwords)
        findings = inspect(opened, profile, demands)
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
    page = ", ".join(filter(None, (f"page {finding.page}" if finding.page else "", finding.place)))
    page += ": " if page else ""
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
    status = "refused" if read.refused else "current"
    made = Made(read.path, read.profile, "", read.pages, read.size, status, read.problems, ())
    problems = [
        {**fields(each), "page": None, "place": None, "rule": None, "clause": None}
        for each in read.problems
    ]
    problems += [_finding_fields(read.path, each) for each in read.findings]
    print(json_line(made, seconds, problems), flush=True)


def _finding_fields(path: str, finding: "Finding") -> dict[str, object]:
    """A finding as programs read it: its file and line are those of the source where they are known."""
    place = Place(finding.source or path, finding.line)
    problem = Problem(place, finding.message, finding.hint, finding.severity)
    more = {
        "page": finding.page or None,
        "place": finding.place or None,
        "rule": finding.rule,
        "clause": finding.clause or None,
    }
    return {**fields(problem), **more}
