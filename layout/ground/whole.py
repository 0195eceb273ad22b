"""A file appears whole or not at all, and an older good one stays where a new one fails."""

import os
from collections.abc import Iterable


def write_whole(path: str | os.PathLike[str], chunks: bytes | Iterable[bytes]) -> None:
    """Write `chunks` to `path` so that a reader sees the old file or the new one, never a part.

    The new file grows beside the old one and takes its name at the end: a rename is atomic only
    inside one file system. Missing folders are made. Raises `OSError` with nothing left behind.
    """
    target = os.fspath(path)
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    part = os.path.join(folder, f".{name[:100]}.{os.getpid()}.part")
    try:
        with open(part, "wb") as file:
            file.writelines((chunks,) if isinstance(chunks, bytes) else chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:
        try:
            os.unlink(part)
        except FileNotFoundError:
            pass
        raise
