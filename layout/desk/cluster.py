"""`offprint build --cluster`: orders carried out by the workers of a Dask cluster, to the byte as they are here.

Sources are read here, so that what is wrong with them, and what is up to date, is told as it always is; what
is left travels (see `parcel`), and PDFs come back and are written here. Each order in hand has a thread
that waits for it. Dask hands work to whoever is free, and gives it to another worker where one dies.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from time import monotonic
from typing import Final

from layout.desk.distant import Distant
from layout.desk.link import Gone, Link, Suspect
from layout.desk.making import carried_out
from layout.desk.order import Order, Results, not_made
from layout.ground.problems import Place, Problem

NOBODY: Final = 60.0
"""Seconds in which a worker must come where there is none."""

LOOK: Final = 2.0
"""Seconds between two looks at the workers."""

MOST: Final = 256
"""So many orders are in hand at most, however large the cluster is."""

WINDOW: Final = 1000
"""So many results may wait for an earlier one that takes long."""


class Cluster:
    """Carries out orders, each with a number from 0; `jobs` at a time, None for as many as the workers need.

    Raises `Refused` where Dask is missing or no worker is fit, `OSError` where the scheduler is not there.
    """

    def __init__(
        self,
        address: str,
        orders: Sequence[Order],
        jobs: int | None,
        tell: Callable[[Problem], None],
    ) -> None:
        self._address, self._orders, self._jobs, self._tell = address, orders, jobs, tell
        self._link = Link(address, tell)
        self._shop = Distant(self._link, orders[0])
        self._waiting = deque(range(len(orders)))
        self._suspects: deque[int] = deque()
        self._in_hand: dict[Future[Results], int] = {}
        self._found: dict[int, Results] = {}
        self._threads = ThreadPoolExecutor(MOST, "offprint")
        self._seen = monotonic()

    def results(self, arrived: Callable[[Results], None]) -> Iterator[Results]:
        """The results in the order of the orders, whoever was faster; `arrived` is told of each at once."""
        told = 0
        try:
            self._link.begin()
            while told < len(self._orders):
                self._give(told + WINDOW)
                done, _ = wait(self._in_hand, LOOK, FIRST_COMPLETED)
                for thread in sorted(done, key=self._in_hand.__getitem__):
                    self._take(thread, self._in_hand.pop(thread), arrived)
                self._look()
                while told in self._found:
                    yield self._found.pop(told)
                    told += 1
        finally:
            self._link.close()
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _give(self, limit: int) -> None:
        """Put orders below a number in hand; one that ended workers when all others are done, alone."""
        if self._suspects and not self._in_hand:
            self._start(self._suspects[0])
            return
        most = min(self._jobs or 2 * self._link.threads + 2, MOST)
        while self._waiting and self._waiting[0] < limit and len(self._in_hand) < most:
            if self._suspects:
                return
            self._start(self._waiting.popleft())

    def _start(self, number: int) -> None:
        order = self._orders[number]
        thread = self._threads.submit(lambda: list(carried_out(self._shop, order)))
        self._in_hand[thread] = number

    def _take(
        self, thread: Future[Results], number: int, arrived: Callable[[Results], None]
    ) -> None:
        """Take what came of an order, or that it ended its workers."""
        alone = bool(self._suspects) and self._suspects[0] == number
        try:
            found = thread.result()
        except Suspect as suspect:
            if not alone:
                self._suspects.append(number)
                return
            found = _failed(self._orders[number], suspect.deaths)
        except Gone:
            raise self._link.lost() from None
        if alone:
            self._suspects.popleft()
        self._found[number] = found
        arrived(found)

    def _look(self) -> None:
        """See from time to time how many workers there are; raises `OSError` where there has been none for long."""
        now = monotonic()
        if self._link.threads:
            self._seen = now
        if now > self._link.looked + LOOK:
            self._link.look()
        if now > self._seen + NOBODY:
            message = f"the cluster has had no worker for {NOBODY:.0f} seconds"
            raise OSError(0, message, self._address)


def _failed(order: Order, deaths: int) -> Results:
    """What is told of an order that ended its workers, and again when it was alone."""
    message = (
        f"the workers that made it died, {deaths} of them, and {deaths} more when it was made alone"
    )
    hint = "it may need more memory than a worker has; all others are made"
    problem = Problem(Place(order.source), message, hint)
    return [
        (not_made(order.source, target, (problem,), failed=True), 0.0) for target in order.targets
    ]
