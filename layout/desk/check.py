"""`offprint check`: everything that is read for a build, and nothing that is written."""

from argparse import Namespace
from collections.abc import Sequence
from time import perf_counter

from layout.desk.cycles import settle
from layout.desk.order import Made, failure
from layout.desk.report import Report
from layout.desk.sources import expand
from layout.desk.work import mute_pictures
from layout.desk.workshop import Workshop
from layout.ground.problems import Problem, Refused
from layout.manuscript.issue import ForeignPages, Issue
from layout.plates.edition import EDITIONS


def run(options: Namespace) -> int:
    """Read every source; the exit code."""
    sources, lost = expand(options.sources)
    report = Report(options.json, options.quiet, len(sources))
    for made in lost:
        report.add(made, 0.0)
    workshop = Workshop()
    editions = options.edition or ["digital"]
    for source in sources:
        start = perf_counter()
        problems, failed = (), False  # type: tuple[Problem, ...], bool
        try:
            problems = _all_problems(workshop, source, options.brand, editions)
        except OSError as error:
            problems, failed = (failure(error, source),), True
        wrong = any(problem.severity == "error" for problem in problems)
        status = "refused" if wrong else "current"
        made = Made(source, "", "", 0, 0, status, problems, (), failed)
        report.arrived(made)
        report.add(made, perf_counter() - start)
        settle()
    report.finish()
    return report.code


def _all_problems(
    workshop: Workshop, source: str, brand: str | None, editions: Sequence[str]
) -> tuple[Problem, ...]:
    """All that stands against a source in any of the editions, each problem once."""
    found = (problem for it in editions for problem in _problems(workshop, source, brand, it))
    return tuple(dict.fromkeys(found))


def _problems(
    workshop: Workshop, source: str, brand: str | None, edition: str
) -> tuple[Problem, ...]:
    """All that is wrong with a source and what it names, foreign PDFs included."""
    try:
        work = workshop.read(source, brand, edition)
    except Refused as refusal:
        return refusal.problems
    problems: list[Problem] = [*mute_pictures(work)]
    if isinstance(work.record, Issue):
        from layout.bindery.foreign import open_pdf

        for part in work.record.contents:
            if isinstance(part, ForeignPages):
                file = part.file(EDITIONS[edition].inks)
                try:
                    open_pdf(file.path, file.place)
                except Refused as refusal:
                    problems += refusal.problems
    return tuple(problems)
