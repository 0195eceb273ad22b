"""The connection to a Dask cluster: which workers are fit, files by their content, and what comes of a parcel.

The door to Dask on this side; `remote` is what it calls on the other.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from hashlib import sha256
from threading import RLock
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
        self._lock = RLock()
        self._kept: OrderedDict[bytes, tuple[int, Any]] = OrderedDict()
        self._fit: set[str] = set()
        self._strangers: set[str] = set()
        self.threads, self.looked = 0, 0.0

    def look(self) -> None:
        """Count the threads of all fit workers."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        self.threads = sum(
            it["nthreads"] for address, it in workers.items() if address not in self._strangers
        )
        self.looked = monotonic()

    def admit(self) -> None:
        """Ask all workers what they have, and leave those alone that have something else than is here.

        Raises `OSError` where there are such and no others.
        """
        with self._lock:
            self._admit()

    def _admit(self) -> None:
        from layout.desk import remote

        here = facts()
        said: Mapping[str, Any] = self._client.run(remote.told, on_error="return")
        for address, there in sorted(said.items()):
            if there == here:
                self._fit.add(address)
            elif address not in self._strangers:
                self._strangers.add(address)
                self._tell(_stranger(address, here, there))
        self._fit &= said.keys()
        if said and not self._fit:
            raise OSError(0, "no worker of the cluster is fit", self.address)
        self.look()

    def ask(self, parcel: Parcel, files: Mapping[bytes, str]) -> Sent:
        """What came of a parcel, whose other `files` are at these paths by the sha-256 of their contents.

        Raises what was raised on the worker, `Suspect` and `Gone`.
        """
        from distributed import KilledWorker

        from layout.desk import remote

        digests = list(files)
        packed = pickle.dumps(parcel)
        try:
            blobs = [self._blob(digest, files[digest]) for digest in digests]
            while True:
                future = self._client.submit(remote.carry_out, facts(), packed, digests, blobs, pure=False,
                                             workers=self._only())  # fmt: skip
                sent: Sent = future.result()
                if not sent.stranger:
                    return sent
                self.admit()
        except KilledWorker as killed:
            raise Suspect(killed.allowed_failures + 1) from None
        except CancelledError:
            raise Gone from None

    def _only(self) -> list[str] | None:
        """The workers that are fit where there are others, None for all."""
        return sorted(self._fit) if self._strangers else None

    def _blob(self, digest: bytes, path: str) -> Any:
        """The content of a file on the cluster, where it is sent to once as long as it is kept."""
        from layout.desk import remote

        with self._lock:
            kept = self._kept.get(digest)
            if kept is None:
                data = read_again(path, digest)
                future = self._client.submit(remote.blob, data, key=f"offprint-{digest.hex()}")
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
    try:
        import dask
        from distributed import Client
    except ImportError:
        hint = "pip install 'offprint[cluster]'"
        raise refuse(Place(OPTION), "to build on a cluster, Dask is needed", hint) from None
    # Fonts are larger than what Dask expects of a task.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(address, timeout=ANSWER, set_as_default=False, name="offprint")
    except (OSError, ValueError, TypeError) as error:
        raise OSError(0, f"no scheduler answers: {error}", address) from None
