"""A file appears whole or not at all, and an older good one stays where a new one fails."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO


def write_whole(path: str | os.PathLike[str], chunks: bytes | Iterable[bytes]) -> None:
    """Write `chunks` to `path` so that a reader sees the old file or the new one, never a part.

    Raises `OSError` with nothing left behind.
    """
    with growing(path) as file:
        file.writelines((chunks,) if isinstance(chunks, bytes) else chunks)


@contextmanager
def growing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to be written and read that takes the name `path` when all is done, and is gone where it fails.

    It grows beside the old one: a rename is atomic only inside one file system. Missing folders are
    made. Raises `OSError` with nothing left behind.
    """
    target = os.fspath(path)
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    part = os.path.join(folder, f".{name[:100]}.{os.getpid()}.part")
    try:
        with open(part, "wb+") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(part)
        raise
