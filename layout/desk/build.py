"""`offprint build`: sources to PDFs, several at a time, one bad source never in the way of the rest."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from layout.desk.cycles import settle
from layout.desk.making import carried_out
from layout.desk.order import Made, Order, Results, Target
from layout.desk.report import Report
from layout.desk.sources import expand, is_file_name, orders
from layout.desk.workshop import Workshop
from layout.ground.problems import ExitCode
from layout.ground.whole import sweep, write_whole

if TYPE_CHECKING:
    from layout.desk.afar import Shelf
    from layout.desk.depfile import Rules
    from layout.desk.verdict import Standing, Verdicts

POOL_FROM = 4
"""So many orders are worth the start of a second process."""


def run(options: Namespace) -> int:
    """Make everything that was asked for; the exit code."""
    if any("://" in it for it in (*options.sources, options.output)):
        from layout.desk.afar import Shelf

        with Shelf(options) as shelf:
            return _run(shelf.options, shelf)
    return _run(options)


def _run(options: Namespace, shelf: "Shelf | None" = None) -> int:
    """The same for files of this machine, some of which are a `shelf`'s."""
    gc.set_threshold(50_000, 20, 20)  # setting makes many values and hardly a cycle
    sources, lost = expand(options.sources)
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
    report = Report(options.json, options.quiet, len(wanted) * len(editions), options.explain)
    for made in lost:
        report.add(shelf.named(made) if shelf else made, 0.0)
    build = _Build(options, wanted, report, shelf)
    try:
        build.carry_out()
    finally:
        build.close()
    report.finish()
    return report.code


class _Build:
    """The orders of one command, what the ledger says of them, and the rules that come of them."""

    def __init__(
        self,
        options: Namespace,
        wanted: Sequence[Order],
        report: Report,
        shelf: "Shelf | None" = None,
    ) -> None:
        self._options, self._wanted, self._report = options, wanted, report
        self._shelf = shelf
        self._rules = _rules() if options.depfile else None
        self._verdicts: Verdicts | None = None
        self._stands: list[list[Standing | None]] = []
        # A single PDF is asked itself: a ledger would cost more than it saves.
        many = len(wanted) > 1 or (options.explain and wanted)
        if many and not is_file_name(options.output) and shelf is None:
            self._verdicts = _verdicts(options.output, wanted[0], report)
            sweep(options.output)

    def carry_out(self) -> None:
        """Make what is not up to date, and report all in the order of the sources."""
        self._stands = [self._standing(order) for order in self._wanted]
        todo = [order for order in map(self._to_make, self._wanted, self._stands) if order.targets]
        self._report.expect(sum(len(order.targets) for order in todo))
        if self._verdicts is not None:
            self._verdicts.flush()  # no worker must inherit the ledger open
        made = self._made(todo)
        for order, stands in zip(self._wanted, self._stands, strict=True):
            fresh = iter(() if all(map(_is_current, stands)) else next(made))
            for target, stand in zip(order.targets, stands, strict=True):
                if stand is None or stand.because:
                    self._tell(target, *next(fresh))
                else:
                    self._tell(target, _current(order, target, stand), 0.0)

    def _tell(self, target: Target, made: Made, seconds: float) -> None:
        self._report.add(self._shelf.put(made) if self._shelf else made, seconds)
        if self._rules is not None:
            self._rules.add(target.output, made.files)

    def _standing(self, order: Order) -> "list[Standing | None]":
        """What the ledger says of each target of an order; None where it is not asked."""
        if self._verdicts is None or order.force:
            return [None] * len(order.targets)
        verdicts = self._verdicts
        return [None if it.clash else verdicts.of(order.source, it) for it in order.targets]

    def _to_make(self, order: Order, stands: "Sequence[Standing | None]") -> Order:
        """An order less what is up to date."""
        targets = [
            replace(target, because=stand.because, stale=stand.stale) if stand else target
            for target, stand in zip(order.targets, stands, strict=True)
            if not _is_current(stand)
        ]
        return replace(order, targets=tuple(targets), noted=self._verdicts is not None)

    def _made(self, todo: Sequence[Order]) -> Iterator[Results]:
        """The results in the order of the orders."""
        if self._options.cluster and todo:
            settle()
            from layout.desk.cluster import Cluster

            yield from Cluster(
                self._options.cluster, todo, self._options.jobs, self._report.tell
            ).results(self._arrived)
            return
        if len(todo) < POOL_FROM or self._options.jobs == 1:
            for order in todo:
                results = make(order)
                settle()
                self._arrived(results)
                yield results
            return
        from layout.desk import reprint  # noqa: F401 - imported once for all workers, where these are forks
        from layout.desk.pool import Pool

        settle()
        workers = min(self._options.jobs or _processors(), len(todo))
        yield from Pool(make, workers, todo).results(self._arrived)

    def _arrived(self, results: Results) -> None:
        """An order is done, maybe before others that come first."""
        for made, _ in results:
            if self._verdicts is not None:
                self._verdicts.note(made)
            self._report.arrived(made)

    def close(self) -> None:
        """Write down what is known, also where the build was broken off."""
        if self._verdicts is not None:
            self._verdicts.close()
            sweep(self._options.output)
        if self._rules is not None:
            for order, stands in zip(self._wanted, self._stands, strict=False):
                for target, stand in zip(order.targets, stands, strict=True):
                    if target.output not in self._rules:
                        known = stand.files if stand else ()
                        self._rules.add(target.output, dict.fromkeys((order.source, *known)))
            write_whole(self._options.depfile, self._rules.lines())


def _rules() -> "Rules":
    from layout.desk.depfile import Rules

    return Rules()


def _verdicts(folder: str, asked: Order, report: Report) -> "Verdicts":
    from layout.desk.ledger import Ledger
    from layout.desk.verdict import Verdicts

    return Verdicts(Ledger(folder, report.tell), asked)


def _is_current(stand: "Standing | None") -> bool:
    return stand is not None and not stand.because


def _current(order: Order, target: Target, stand: "Standing") -> Made:
    """What came of a target that the ledger knows to be up to date."""
    return Made(
        order.source,
        target.edition,
        target.output,
        stand.pages,
        stand.size,
        "current",
        (),
        stand.files,
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _workshop() -> Workshop:
    """The one of this process: it keeps the type of each brand from order to order."""
    return Workshop()


def make(order: Order) -> Results:
    """One order carried out, in this process."""
    return list(carried_out(_workshop(), order))
