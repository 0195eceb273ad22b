"""Worker processes that carry out orders: one that dies takes nothing with it but its order, which is tried once more.

The library's own executor breaks as a whole where a worker dies, and does not say which order it had in hand.
Here each worker has a pipe of its own, so that is known: it is tried again alone, with no other worker beside
it that needs memory, and if it ends another worker, the order has failed.
"""

import gc
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Final

from layout.desk.order import Order, Results, not_made
from layout.ground.problems import Place, Problem

AHEAD: Final = 2
"""So many orders a worker has: the one in hand, and the next, so that it never waits."""

WINDOW: Final = 1000
"""So many results may wait for an earlier one that takes long."""

Task = Callable[[Order], Results]


class _Worker:
    """A process, its pipe, and the numbers of the orders that it was given, the one in hand first."""

    def __init__(self, context: BaseContext, task: Task, others: Sequence[Connection]) -> None:
        self.orders: deque[int] = deque()
        self.pipe, end = context.Pipe()
        # The child of a fork has the pipes of its elders as well, and must not keep them open.
        inherited = (*others, self.pipe) if context.get_start_method() == "fork" else ()
        arguments = (end, task, inherited, gc.get_threshold())
        self.process = context.Process(target=_work, args=arguments, daemon=True)  # type: ignore[attr-defined]
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until the child can ignore it
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        end.close()

    def give(self, number: int, order: Order) -> None:
        """Put an order into its pipe; a worker that has died meanwhile is found dead when it is listened to."""
        self.orders.append(number)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(order)

    def end(self) -> str:
        """Have no more orders for it; how it ended."""
        self.pipe.close()
        self.process.join()
        code = self.process.exitcode or 0
        if code >= 0:
            return f"ended with code {code}"
        return f"was killed by signal {-code} ({signal.Signals(-code).name})"


def _work(
    pipe: Connection, task: Task, inherited: Sequence[Connection], threshold: tuple[int, int, int]
) -> None:
    """Carry out orders until there are no more; an interruption is the first process's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in inherited:
        other.close()
    gc.set_threshold(*threshold)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send(task(pipe.recv()))


class Pool:
    """Carries out orders by so many workers at a time; each order with a number, from 0."""

    def __init__(self, task: Task, workers: int, orders: Sequence[Order]) -> None:
        self._task, self._most, self._orders = task, workers, orders
        forks = sys.platform == "linux" and "fork" in get_all_start_methods()
        self._context = get_context("fork" if forks else None)
        self._workers: list[_Worker] = []
        self._waiting = deque(range(len(orders)))
        self._suspects: deque[int] = deque()
        self._alone: int | None = None
        self._found: dict[int, Results] = {}

    def results(self, arrived: Callable[[Results], None]) -> Iterator[Results]:
        """The results in the order of the orders, whoever was faster; `arrived` is told of each at once."""
        told = 0
        try:
            while told < len(self._orders):
                self._give(told + WINDOW)
                ready = wait([worker.pipe for worker in self._workers])
                for worker in [it for it in self._workers if it.pipe in ready]:
                    self._listen(worker, arrived)
                while told in self._found:
                    yield self._found.pop(told)
                    told += 1
            self._end_all()
        finally:
            self._stop()

    def _give(self, limit: int) -> None:
        """Give out orders below a number; one that ended a worker when all others are done, to a new one alone."""
        if self._alone is not None:
            return
        if self._suspects:
            if not any(worker.orders for worker in self._workers):
                self._end_all()
                self._alone = self._suspects.popleft()
                self._start().give(self._alone, self._orders[self._alone])
            return
        depth = AHEAD if len(self._waiting) > AHEAD * self._most else 1
        while self._waiting and self._waiting[0] < limit:
            worker = min(self._workers, key=lambda it: len(it.orders), default=None)
            if worker is None or (worker.orders and len(self._workers) < self._most):
                worker = self._start()
            if len(worker.orders) >= depth:
                break
            number = self._waiting.popleft()
            worker.give(number, self._orders[number])

    def _start(self) -> _Worker:
        worker = _Worker(self._context, self._task, [it.pipe for it in self._workers])
        self._workers.append(worker)
        return worker

    def _listen(self, worker: _Worker, arrived: Callable[[Results], None]) -> None:
        """Take a result from a worker, or its death."""
        try:
            found = worker.pipe.recv()
        except (EOFError, OSError):
            found = self._dead(worker)
        if found is not None:
            number = worker.orders.popleft()
            self._found[number] = found
            self._alone = None if number == self._alone else self._alone
            arrived(found)

    def _dead(self, worker: _Worker) -> Results | None:
        """What becomes of a dead worker's orders: the one in hand is suspect, or has failed if it was so before."""
        self._workers.remove(worker)
        how = worker.end()
        if not worker.orders:
            return None
        if worker.orders[0] == self._alone:
            return _failed(self._orders[self._alone], how)
        self._suspects.append(worker.orders.popleft())
        self._waiting.extendleft(reversed(worker.orders))
        return None

    def _end_all(self) -> None:
        """Let workers without orders go."""
        while self._workers:
            self._workers.pop().end()

    def _stop(self) -> None:
        """End workers that still have something in hand, at once: what they were writing has no name yet."""
        for worker in self._workers:
            worker.process.kill()
        self._end_all()


def _failed(order: Order, how: str) -> Results:
    """What is told of an order that ended a worker twice."""
    message = f"the process that made it {how}, and again when it was made alone"
    hint = "it may need more memory than there is; all others are made"
    problem = Problem(Place(order.source), message, hint)
    return [
        (not_made(order.source, target, (problem,), failed=True), 0.0) for target in order.targets
    ]
