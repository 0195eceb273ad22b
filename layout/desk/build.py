"""`offprint build`: sources to PDFs, several at a time, one bad source never in the way of the rest."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import cache
from time import perf_counter

from layout.desk.report import Report
from layout.desk.sources import expand, is_file_name, orders
from layout.desk.workshop import Made, Order, Workshop
from layout.ground.problems import ExitCode
from layout.ground.whole import write_whole

POOL_FROM = 4
"""So many orders are worth the start of a second process."""


def run(options: Namespace) -> int:
    """Make everything that was asked for; the exit code."""
    sources = expand(options.sources)
    editions = list(dict.fromkeys(options.edition or ["digital"]))
    if is_file_name(options.output) and len(sources) * len(editions) != 1:
        print(
            f"offprint: error: {options.output} is one file, but there is more than one to make",
            file=sys.stderr,
        )
        return ExitCode.USAGE
    wanted, clashes = orders(sources, options.output, editions, options.brand, options.force)
    report = Report(options.json, options.quiet, len(wanted))
    made: list[Made] = []
    for order, problem in clashes:
        report.add(
            Made(order.source, order.edition, order.output, 0, 0, "refused", (problem,), ()), 0.0
        )
    for result, seconds in _results(wanted, options.jobs or os.cpu_count() or 1):
        made.append(result)
        report.add(result, seconds)
    report.finish()
    if options.depfile:
        write_whole(options.depfile, _rules(made).encode())
    return ExitCode.REFUSED if report.refused else ExitCode.OK


def _results(wanted: Sequence[Order], jobs: int) -> Iterator[tuple[Made, float]]:
    """The results in the order of the orders, whoever was faster."""
    if jobs == 1 or len(wanted) < POOL_FROM:
        for order in wanted:
            yield _timed(order)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(min(jobs, len(wanted))) as pool:
        try:
            yield from pool.map(
                _timed, wanted, chunksize=max(1, min(16, len(wanted) // (4 * jobs)))
            )
        except BrokenProcessPool:
            raise ChildProcessError(
                None, "a worker process died; try again with --jobs 1"
            ) from None


@cache
def _workshop() -> Workshop:
    """The one of this process: it keeps the type of each brand from order to order."""
    return Workshop()


def _timed(order: Order) -> tuple[Made, float]:
    """One order, and how long it took."""
    start = perf_counter()
    made = _workshop().make(order)
    return made, perf_counter() - start


def _rules(made: Sequence[Made]) -> str:
    """Make's rules: each output and what it was made from; a missing dependency does not stop Make."""
    lines = []
    names: dict[str, None] = {}
    for result in made:
        files = [_escape(os.path.relpath(file)) for file in result.files]
        names |= dict.fromkeys(files)
        lines.append(f"{_escape(result.output)}: {' '.join(files)}\n")
    return "".join(lines) + "".join(f"{name}:\n" for name in names)


def _escape(path: str) -> str:
    return path.replace("\\", "\\\\").replace(" ", "\\ ").replace("#", "\\#").replace("$", "$$")
