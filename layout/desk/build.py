"""`offprint build`: sources to PDFs, several at a time, one bad source never in the way of the rest."""

import gc
import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import cache

from layout.desk.order import Made, Order, not_made
from layout.desk.report import Report
from layout.desk.sources import expand, is_file_name, orders
from layout.desk.workshop import Workshop
from layout.ground.problems import ExitCode, Place, Problem
from layout.ground.whole import write_whole

POOL_FROM = 4
"""So many orders are worth the start of a second process."""

TARGET = " #:%"
"""What has a meaning in the target of one of Make's rules; a percent sign has none after the colon."""


def run(options: Namespace) -> int:
    """Make everything that was asked for; the exit code."""
    _collect_less()
    sources = expand(options.sources)
    editions = list(dict.fromkeys(options.edition or ["digital"]))
    if is_file_name(options.output) and len(sources) * len(editions) > 1:
        print(
            f"offprint: error: {options.output} is one file, but there is more than one to make",
            file=sys.stderr,
        )
        return ExitCode.USAGE
    asked = Order(
        brand=options.brand,
        force=options.force,
        pages=options.pages,
        marks=options.marks,
        folio=options.folio_from,
    )
    wanted = orders(sources, options.output, editions, asked)
    report = Report(options.json, options.quiet, len(wanted) * len(editions))
    made: list[Made] = []
    for results in _results(wanted, options.jobs or _processors()):
        for result, seconds in results:
            made.append(result)
            report.add(result, seconds)
    report.finish()
    if options.depfile:
        write_whole(options.depfile, _rules(made).encode("utf-8", "surrogateescape"))
    return report.code


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Results = list[tuple[Made, float]]
"""What came of an order, and how long each target took in seconds."""


def _results(wanted: Sequence[Order], jobs: int) -> Iterator[Results]:
    """The results in the order of the orders, whoever was faster."""
    if jobs == 1 or len(wanted) < POOL_FROM:
        for order in wanted:
            yield _timed(order)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    with ProcessPoolExecutor(min(jobs, len(wanted)), initializer=_finish_in_hand) as pool:
        try:
            size = max(1, min(16, len(wanted) // (4 * jobs)))
            for result in pool.map(_timed, wanted, chunksize=size):
                yield result
                done += 1
        except BrokenProcessPool:
            for order in wanted[done:]:
                message, hint = "a worker process died", "try again with --jobs 1"
                problem = Problem(Place(order.source), message, hint)
                yield [
                    (not_made(order.source, target, (problem,), failed=True), 0.0)
                    for target in order.targets
                ]


def _collect_less() -> None:
    """Have the collector of cycles look less often: setting makes many values and hardly a cycle."""
    gc.set_threshold(50_000, 20, 20)


_interrupted: list[bool] = []


def _finish_in_hand() -> None:
    """An interruption is the first process's affair: a worker finishes the order in hand and takes no other."""
    import signal

    _collect_less()
    signal.signal(signal.SIGINT, lambda *_: _interrupted.append(True))


@cache
def _workshop() -> Workshop:
    """The one of this process: it keeps the type of each brand from order to order."""
    return Workshop()


def _timed(order: Order) -> Results:
    """One order carried out."""
    if _interrupted:
        raise KeyboardInterrupt
    return list(_workshop().make(order))


def _rules(made: Sequence[Made]) -> str:
    """Make's rules: each output and what it was made from; a missing dependency does not stop Make."""
    lines = []
    names: dict[str, None] = {}
    for result in made:
        files = [os.path.relpath(file) for file in result.files]
        names |= dict.fromkeys(files)
        needed = " ".join(_escape(file, " #:") for file in files)
        lines.append(f"{_escape(result.output, TARGET)}: {needed}\n")
    return "".join(lines) + "".join(f"{_escape(name, TARGET)}:\n" for name in names)


def _escape(path: str, special: str) -> str:
    """A path as Make reads it: backslashes count double, but only those before a character with a meaning."""
    return re.sub(rf"(\\*)([{special}])", r"\1\1\\\2", path).replace("$", "$$")
