"""The bytes of a PDF: in memory where they are few, else read from the file as they are wanted."""

import mmap
import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

LARGE = 1 << 23
"""Bytes from which on a file is not read as a whole."""
CHUNK = 1 << 20
"""Bytes that are read at a time where all of a file is."""
TAIL = 1 << 16
"""Bytes at the end in which its last words are looked for before anywhere else."""


class FileData:
    """A file of `size` bytes; `stream` is for pypdf, which goes about in it as it likes."""

    def __init__(self, stream: BinaryIO, size: int, data: bytes | None = None) -> None:
        self.stream, self.size = stream, size
        self._data: bytes | mmap.mmap | None = data

    def chunks(self, end: int) -> Iterator[bytes]:
        """The bytes up to `end`, piece by piece."""
        for start in range(0, end, CHUNK):
            yield self.at(start, min(CHUNK, end - start))

    @property
    def is_large(self) -> bool:
        """Whether it stays in its file: what was read of it is better let go again."""
        return not isinstance(self._data, bytes)

    def at(self, start: int, length: int) -> bytes:
        """Bytes from `start` on, fewer at the end."""
        if isinstance(self._data, bytes):
            return self._data[start : start + length]
        self.stream.seek(start)
        return self.stream.read(length)

    def whole(self) -> bytes | mmap.mmap:
        """All of it, to be searched; of a large file only what is looked at comes into memory."""
        if self._data is None:
            self.stream.flush()
            self._data = mmap.mmap(self.stream.fileno(), 0, access=mmap.ACCESS_READ)
        return self._data

    def last(self, word: bytes) -> int:
        """Where a word begins for the last time, -1 for nowhere."""
        start = max(0, self.size - TAIL)
        at = self.at(start, TAIL).rfind(word)
        return start + at if at >= 0 else self.whole().rfind(word)

    def match(self, pattern: re.Pattern[bytes], at: int, length: int) -> re.Match[bytes] | None:
        """What a pattern matches in the `length` bytes at `at`, blanks before it passed over."""
        if at < 0:
            return None
        # With the byte before, since a pattern may look back.
        window = self.at(at - 1, length + 1) if at else b"\n" + self.at(0, length)
        return pattern.match(window, len(window) - len(window[1:].lstrip()))


def from_bytes(data: bytes) -> FileData:
    """A file in memory."""
    return FileData(BytesIO(data), len(data), data)


def from_file(file: BinaryIO) -> FileData:
    """An open file, which stays open."""
    return FileData(file, file.seek(0, 2))


def from_path(path: str) -> FileData:
    """The file at `path`; raises `OSError`."""
    file = open(path, "rb")  # noqa: SIM115  # pypdf reads from it as long as anybody asks
    size = file.seek(0, 2)
    if size > LARGE:
        return FileData(file, size)
    with file:
        file.seek(0)
        return from_bytes(file.read())
