"""Whether a finished file is up to date, by what it carries itself: its identifier and its seal."""

import os
import re
from functools import cache
from hashlib import sha256
from time import time_ns
from typing import BinaryIO, Final

from layout.desk.order import Written
from layout.desk.signature import signature
from layout.house.fontfiles import PACKAGE

KEY_TAIL: Final = 2048
"""So many bytes at a file's end, or from its cross-references on, hold its identifier."""

CHUNK: Final = 1 << 20

_START: Final = re.compile(rb"startxref\s+([0-9]{1,12})\s")


def look_at(output: str, key: str) -> tuple[str, Written | None]:
    """Why a finished file is not what is made now, `key` being the identifier of that; and what was read of it.

    No reason where it is the same to the byte.
    """
    try:
        with open(output, "rb") as file:
            read, status = time_ns(), os.fstat(file.fileno())
            start, carried = _identity(file, status.st_size)
            if key.encode() not in carried.upper():
                return "it was made from something else", None
            if status.st_mtime_ns < newest_code():
                return "the program was changed", None
            digest = _sealed(file, start)
            if digest is None:
                return "it was altered", None
            return "", Written(digest, signature(status, read))
    except FileNotFoundError:
        return "there was no such file", None
    except OSError as error:
        return f"it could not be read: {(error.strerror or str(error)).lower()}", None


def _identity(file: BinaryIO, size: int) -> tuple[int, bytes]:
    """Where a file's cross-references begin, and the bytes that hold its identifier."""
    file.seek(max(0, size - KEY_TAIL))
    tail = file.read()
    found = _START.match(tail, max(0, tail.rfind(b"startxref")))
    start = min(int(found[1]), size) if found else size
    file.seek(start)
    return start, tail + file.read(KEY_TAIL)


def _sealed(file: BinaryIO, start: int) -> bytes | None:
    """The sha-256 of a file that is, byte for byte, what was written: what begins at `start` seals all before it."""
    from layout.plates.crossrefs import Seal

    seal, digest = Seal(), sha256()
    file.seek(0)
    while start > 0:
        chunk = file.read(min(CHUNK, start))
        if not chunk:
            return None
        seal.update(chunk)
        digest.update(chunk)
        start -= len(chunk)
    end = file.read()
    digest.update(end)
    return digest.digest() if seal.closes(end) else None


@cache
def newest_code() -> int:
    """When the program itself had last changed, in nanoseconds: matters to those who work on it."""
    newest, todo = 0, [PACKAGE]
    while todo:
        for entry in os.scandir(todo.pop()):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("fonts", "__pycache__"):
                    todo.append(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".toml", ".icc")):
                newest = max(newest, entry.stat().st_mtime_ns)
    return newest
