"""The connection to a Dask cluster: which workers are fit, files by their content, and what comes of a parcel.

The door to Dask on this side; `remote` is what it calls on the other.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from hashlib import sha256
from threading import Condition, Lock
from time import monotonic
from typing import Any, Final

from layout.desk.parcel import Parcel, Sent, differences, facts
from layout.ground.problems import Place, Problem, refuse

OPTION: Final = "--cluster"
"""Where problems of the cluster are."""

ANSWER: Final = 10
"""Seconds in which a scheduler must answer."""

KEPT: Final = 256 << 20
"""So many bytes of files the cluster keeps for later parcels, but for those that are on their way."""

DEATHS: Final = 3
"""So often a parcel is given out anew where all its workers are gone, as Dask itself does by its defaults."""

PATIENCE: Final = 2.0
"""Seconds between two looks at whether the workers of a parcel are still there."""

GRACE: Final = 0.5
"""Seconds in which the connection must be closed."""


class Suspect(BaseException):
    """Raised where so many workers died of a parcel that the cluster takes it no more; no error of the program's."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths
        super().__init__(deaths)


class Gone(BaseException):
    """Raised where the scheduler is gone, or the build is broken off."""


class Link:
    """A connection; `tell` is told of workers that are not fit.

    Raises `Refused` where Dask is not installed, `OSError` where no scheduler answers.
    """

    def __init__(self, address: str, tell: Callable[[Problem], None]) -> None:
        self.address, self._tell = address, tell
        self._client = _connected(address)
        self._lock, self._changed, self._closed = Lock(), Condition(), False
        self._kept: OrderedDict[bytes, tuple[int, Any]] = OrderedDict()
        self._fit: set[str] = set()
        self._strangers: set[str] = set()
        self.threads, self.looked = 0, 0.0

    def look(self) -> None:
        """See which workers there are, ask new ones what they have, and count the threads of those that are fit."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if new := sorted(workers.keys() - self._fit - self._strangers):
            self._admit(new)
        with self._changed:
            self._fit &= workers.keys()
            self.threads = sum(workers[address]["nthreads"] for address in self._fit)
            self._changed.notify_all()
        self.looked = monotonic()

    def begin(self) -> None:
        """Look for the first time; raises `OSError` where there are workers and none of them is fit."""
        self.look()
        if self._strangers and not self._fit:
            raise OSError(0, "no worker of the cluster is fit", self.address)

    def _admit(self, addresses: Sequence[str]) -> None:
        """Ask workers what they have: those that have something else than is here get no work."""
        from layout.desk import remote

        here = facts()
        said: Mapping[str, Any] = self._client.run(
            remote.told, workers=addresses, on_error="return"
        )
        for address, there in sorted(said.items()):
            if there == here:
                self._fit.add(address)
            elif not isinstance(there, OSError):  # one that has just gone has nothing
                self._strangers.add(address)
                self._tell(_stranger(address, here, there))

    def ask(self, parcel: Parcel, files: Mapping[bytes, str]) -> Sent:
        """What came of a parcel, whose other `files` are at these paths by the sha-256 of their contents.

        Raises `Suspect` and `Gone`.
        """
        from distributed import KilledWorker

        packed, lost = pickle.dumps(parcel), 0
        try:
            while lost <= DEATHS:
                sent = self._asked(packed, files)
                if sent is not None:
                    return sent
                lost += 1
        except KilledWorker as killed:
            raise Suspect(killed.allowed_failures + 1) from None
        except CancelledError:
            raise Gone from None
        raise Suspect(lost)

    def _asked(self, packed: bytes, files: Mapping[bytes, str]) -> Sent | None:
        """What came of a parcel; None where all workers that it was given to are gone."""
        from layout.desk import remote

        digests = list(files)
        blobs = [self._blob(digest, files[digest]) for digest in digests]
        fit = self._workers()
        future = self._client.submit(
            remote.carry_out, packed, digests, blobs, pure=False, workers=fit
        )
        while True:
            try:
                sent: Sent = future.result(timeout=PATIENCE)
            except TimeoutError:
                if self._closed:
                    raise Gone from None
                if self._fit.isdisjoint(fit):
                    future.cancel()
                    return None
            else:
                return sent

    def _workers(self) -> list[str]:
        """The workers that are fit, as soon as there is one: no others may get work, for they would lose it."""
        with self._changed:
            while not self._fit:
                if self._closed:
                    raise Gone
                self._changed.wait(PATIENCE)
            return sorted(self._fit)

    def _blob(self, digest: bytes, path: str) -> Any:
        """The content of a file on the cluster, where it is sent to once as long as it is kept.

        It is what comes of a task, which Dask does once more where a dying worker takes it away.
        """
        with self._lock:
            kept = self._kept.get(digest)
            if kept is None:
                data = read_again(path, digest)
                future = self._client.submit(bytes, data, key=f"offprint-{digest.hex()}")
                kept = self._kept[digest] = len(data), future
            self._kept.move_to_end(digest)
            size = sum(size for size, _ in self._kept.values())
            while size > KEPT and len(self._kept) > 1:
                size -= self._kept.popitem(last=False)[1][0]
            return kept[1]

    def lost(self) -> OSError:
        """What is told where the scheduler is gone."""
        return OSError(0, "the scheduler of the cluster is gone", self.address)

    def close(self) -> None:
        """Let go of the cluster: what is still on its way there is not made."""
        self._closed = True
        self._client.close(GRACE)


def read_again(path: str, digest: bytes) -> bytes:
    """The content of a file that had a sha-256 when it was read; raises `Refused` where it has another."""
    with open(path, "rb") as file:
        data = file.read()
    if sha256(data).digest() != digest:
        raise refuse(Place(path), "it was changed while it was read", "build once more")
    return data


def _stranger(address: str, here: dict[str, str], there: object) -> Problem:
    """What is told of a worker that is not fit."""
    if "No module named 'layout'" in str(there):
        why = "Offprint is not installed there"
    elif isinstance(there, dict):
        why = differences(here, there)
    else:
        why = f"it does not say what it has: {there}"
    hint = "install the same Offprint and the same libraries there as here; others do its work"
    return Problem(Place(address), f"this worker is left alone: {why}", hint, "warning")


def _connected(address: str) -> Any:
    """A client of the scheduler at an address."""
    import logging

    try:
        import dask
        from distributed import Client
    except ImportError:
        hint = "pip install 'offprint[cluster]'"
        raise refuse(Place(OPTION), "to build on a cluster, Dask is needed", hint) from None
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is told by us
    if address.startswith("tls:") and not dask.config.get("distributed.comm.tls.ca-file", None):
        hint = "say in Dask's configuration, or in DASK_DISTRIBUTED__COMM__TLS__CA_FILE and the like, where they are"
        raise refuse(Place(OPTION), f"for {address} certificates are needed", hint)
    # Fonts are larger than what Dask expects of a task.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(address, timeout=ANSWER, set_as_default=False, name="offprint")
    except (OSError, ValueError, TypeError) as error:
        raise OSError(0, f"no scheduler answers: {error}", address) from None
