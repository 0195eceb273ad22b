"""The bytes of a PDF: in memory where they are few, else read from the file as they are wanted."""

import mmap
import os
import re
import resource
from collections.abc import Iterator
from errno import EMFILE
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
        self._state: tuple[int, int] | None = None

    def watched(self) -> "FileData":
        """The same, which will tell whether it `is_changed`."""
        self._state = _state(self.stream)
        return self

    @property
    def is_changed(self) -> bool:
        """Whether somebody else has written to a file that is read where it lies, since it was opened."""
        return self._state is not None and _state(self.stream) != self._state

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

    def windows(self, start: int, end: int, size: int) -> Iterator[tuple[bytes, int, int]]:
        """Bytes with the places in them of `start` and of an end: all up to `end`, or more and more up to there."""
        if isinstance(self._data, bytes):
            yield self._data, min(start, self.size), min(end, self.size)
            return
        while size < end - start:
            yield self.at(start, size), 0, size
            size *= 4
        data = self.at(start, end - start)
        yield data, 0, end - start

    def find(self, word: bytes, start: int, end: int) -> int:
        """Where a word begins first between two places, -1 for nowhere."""
        if isinstance(self._data, bytes):
            return self._data.find(word, start, end)
        for at, chunk in self._overlapping(start, end, len(word)):
            found = chunk.find(word)
            if found >= 0:
                return at + found
        return -1

    def all(
        self, pattern: re.Pattern[bytes], longest: int
    ) -> Iterator[tuple[int, re.Match[bytes]]]:
        """All places where a pattern matches, with what; matches are at most `longest` bytes."""
        past = 0
        for at, chunk in self._overlapping(0, self.size, longest):
            for found in pattern.finditer(chunk, max(0, past - at)):
                if found.start() < len(chunk) - longest or at + len(chunk) >= self.size:
                    past = at + found.end()
                    yield at + found.start(), found

    def _overlapping(self, start: int, end: int, overlap: int) -> Iterator[tuple[int, bytes]]:
        """Chunks with where they begin; each goes on into the next one by `overlap` bytes."""
        if isinstance(self._data, bytes):
            yield start, self._data[start:end]
            return
        for at in range(start, max(end, start + 1), CHUNK):
            yield at, self.at(at, min(CHUNK + overlap, end - at))

    def last(self, word: bytes) -> int:
        """Where a word begins for the last time, -1 for nowhere."""
        start = max(0, self.size - TAIL)
        at = self.at(start, TAIL).rfind(word)
        if at >= 0:
            return start + at
        found = -1
        for at, chunk in self._overlapping(0, self.size, len(word)):
            found = max(found, at + chunk.rfind(word) if word in chunk else -1)
        return found

    def match(self, pattern: re.Pattern[bytes], at: int, length: int) -> re.Match[bytes] | None:
        """What a pattern matches in the `length` bytes at `at`, blanks before it passed over."""
        if at < 0:
            return None
        # With the byte before, since a pattern may look back.
        window = self.at(at - 1, length + 1) if at else b"\n" + self.at(0, length)
        return pattern.match(window, len(window) - len(window[1:].lstrip()))


def _state(file: BinaryIO) -> tuple[int, int]:
    """What is another one once a file was written to."""
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def _open(path: str) -> BinaryIO:
    """A file that stays open as long as anybody asks for a part of it; as many as the system lets us have."""
    try:
        return open(path, "rb")
    except OSError as error:
        if error.errno != EMFILE:
            raise
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return open(path, "rb")


def from_bytes(data: bytes) -> FileData:
    """A file in memory."""
    return FileData(BytesIO(data), len(data), data)


def from_file(file: BinaryIO) -> FileData:
    """An open file, which stays open."""
    return FileData(file, file.seek(0, 2))


def from_path(path: str) -> FileData:
    """The file at `path`; raises `OSError`."""
    file = _open(path)
    size = file.seek(0, 2)
    if size > LARGE:
        return FileData(file, size).watched()
    with file:
        file.seek(0)
        return from_bytes(file.read())
