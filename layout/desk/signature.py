"""Whether a file is the one that was read before: by what the system says of it, by its content where in doubt."""

import os
from time import time_ns
from typing import Final

from msgspec import Struct

TICK: Final = 20_000_000
"""Nanoseconds in which a system may give two changes of a file the same time: twice the slowest clock of Linux."""

COARSE: Final = 2_000_000_000
"""The same of a file system that counts whole seconds, or two as FAT does."""

LARGE: Final = 1 << 24
"""Files of more bytes are read in pieces."""

NUMBER: Final = (1 << 63) - 1
"""As much of a file's number as any integer holds: some file systems give numbers of 64 bits."""


class Signature(Struct, frozen=True, gc=False):
    """What the system said of a file when it was read: its size in bytes, its times in nanoseconds, its number.

    `settled` says that a later change must show: it is false of a file that had been changed so shortly before
    that another change could bear the same time. Those are read again, as Git reads what is "racily clean"
    (Documentation/technical/racy-git.txt).
    """

    size: int
    modified: int
    changed: int
    inode: int
    settled: bool

    def fits(self, status: os.stat_result) -> bool:
        """Whether a file is surely the same, unread."""
        return (
            self.settled
            and self.size == status.st_size
            and self.modified == status.st_mtime_ns
            and self.changed == status.st_ctime_ns
            and self.inode == status.st_ino & NUMBER
        )


def signature(status: os.stat_result, read: int) -> Signature:
    """The signature of a file that was read at a time, in nanoseconds."""
    last = max(status.st_mtime_ns, status.st_ctime_ns)
    tick = TICK if last % 1_000_000_000 else COARSE
    return Signature(
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino & NUMBER,
        last + tick < read,
    )


def read_signed(file: str) -> tuple[bytes, Signature]:
    """The sha-256 of a file's content, and its signature; raises `OSError`."""
    from hashlib import file_digest, sha256  # opens OpenSSL, which a check has no use for

    with open(file, "rb", buffering=0) as data:
        read = time_ns()
        status = os.fstat(data.fileno())
        if status.st_size > LARGE:
            return file_digest(data, "sha256").digest(), signature(status, read)
        return sha256(data.read()).digest(), signature(status, read)


KEPT: Final = 4096
"""So many digests are kept: those of brands and fonts are asked for again, those of sources are not."""


class Digests:
    """The sha-256 of files, each read once as long as it does not change."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, Signature]] = {}

    def of(self, file: str) -> tuple[bytes, Signature]:
        """The digest and the signature of a file; raises `OSError`."""
        kept = self._kept.get(file)
        if kept is None or not kept[1].fits(os.stat(file)):
            if len(self._kept) >= KEPT:
                self._kept.clear()
            kept = self._kept[file] = read_signed(file)
        return kept

    def read(self, file: str) -> bytes:
        """The sha-256 of a file, empty of one that cannot be read."""
        try:
            return self.of(file)[0]
        except OSError:
            return b""
