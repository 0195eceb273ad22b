"""A file appears whole or not at all, and an older good one stays where a new one fails."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from itertools import count
from typing import BinaryIO

PART = ".part"
"""How the names of unfinished files end; they begin with a dot."""


def write_whole(path: str | os.PathLike[str], chunks: bytes | Iterable[bytes]) -> os.stat_result:
    """Write `chunks` to `path` so that a reader sees the old file or the new one, never a part.

    What the system says of the new file, whatever another process has put in its place since. Raises
    `OSError` with nothing left behind.
    """
    kept = -1
    try:
        with growing(path) as file:
            file.writelines((chunks,) if isinstance(chunks, bytes) else chunks)
            kept = os.dup(file.fileno())
        return os.fstat(kept)
    finally:
        if kept >= 0:
            os.close(kept)


@contextmanager
def growing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to be written and read that takes the name `path` when all is done, and is gone where it fails.

    It grows beside the old one: a rename is atomic only inside one file system. Missing folders are
    made. Raises `OSError` with nothing left behind.
    """
    target = os.fspath(path)
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    tried: list[str] = []
    ours = ""
    try:
        with _part(os.path.join(folder, f".{name[:100]}.{os.getpid()}"), tried) as file:
            ours = tried.pop()
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(ours, target)
    except BaseException:
        if ours:
            with suppress(FileNotFoundError):
                os.unlink(ours)
        for part in tried:
            _discard(part)
        raise


def _part(stem: str, tried: list[str]) -> BinaryIO:
    """An empty file to grow in, locked as long as it is open; another name where one is in use.

    Names are added to those that were `tried` before there are files: an interruption may come at any moment.
    """
    for number in count():
        tried.append(f"{stem}.{number}{PART}" if number else stem + PART)
        file = os.fdopen(os.open(tried[-1], os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "wb+")
        try:
            if _is_ours(file, tried[-1]):
                file.truncate()
                return file
        except BaseException:
            file.close()
            raise
        file.close()
    raise AssertionError


def _discard(part: str) -> None:
    """Take away a file that nobody has locked."""
    with suppress(FileNotFoundError), open(part, "rb+") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return
        except OSError:
            pass  # a file system without locks
        os.unlink(part)


def _is_ours(file: BinaryIO, part: str) -> bool:
    """Whether nobody else has a lock on an open file, and it still bears its name."""
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: `sweep` cannot lock either, and leaves it alone
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(part))
    except FileNotFoundError:
        return False


def _is_part(name: str) -> bool:
    """Whether a name is one that `growing` gives: a dot, the file's own, the process, a number for a further one."""
    words = name.removesuffix(PART).split(".")
    return name.startswith(".") and name.endswith(PART) and len(words) > 2 and words[-1].isdigit()


def sweep(folder: str) -> None:
    """Take away what processes that were killed left unfinished in a folder; what still grows is locked, and stays."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if _is_part(entry.name):
                with suppress(OSError), open(entry.path, "rb+") as file:
                    flock(file, LOCK_EX | LOCK_NB)
                    os.unlink(entry.path)
