"""What travels to a worker of a cluster and back: a source with all that it names, and its PDF.

Files keep their full paths: on the worker they stand below one folder, as they stand here below the root of
the file system, links and all. So every path that is told, and every name in a PDF, comes out as it does here.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256

from msgspec import Struct

from layout.desk.provenance import versions
from layout.ground.problems import Problem
from layout.ground.version import VERSION
from layout.house.fontfiles import PACKAGE, fonts_folder

MOST_LINKS = 40
"""So many links are followed on the way to one file, as Linux does."""


class Item(Struct, frozen=True, gc=False):
    """A file at its full path with the sha-256 of its content, or a link with where it leads to."""

    path: str
    digest: bytes = b""
    link: str = ""


class Parcel(Struct, frozen=True):
    """One PDF that is to be made: `items` are what it is made from, `house` those that its brand brings.

    `key` is the identifier of the result as far as it is known before faces were searched for it. The two lists
    of `folders` are where faces are searched, `fonts` the files that may be taken there, `landscape` a digest of all
    that lies there; `wanted` are those that travel.
    """

    source: str
    text: bytes
    brand: str | None
    edition: str
    pages: tuple[int, int] | None
    marks: bool
    folio: int | None
    epoch: str
    folder: str
    key: str
    items: tuple[Item, ...]
    house: tuple[Item, ...]
    folders: tuple[tuple[str, ...], tuple[str, ...]]
    fonts: tuple[str, ...]
    landscape: bytes
    wanted: tuple[Item, ...]


class Sent(Struct, frozen=True):
    """What came of a parcel: a PDF, its pages, and what was told; or the problems of one that was `refused`.

    `failed` says why it was not made where the source is not to blame. `faces` are the names by their paths of
    those that were found for it. `wanted` are fonts, by their paths, that the worker lacks: it is asked once more
    with them.
    """

    edition: str = ""
    pdf: bytes = b""
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    failed: Problem | None = None
    faces: dict[str, str] = {}
    passed: tuple[Problem, ...] = ()
    wanted: tuple[str, ...] = ()


@cache
def facts() -> dict[str, str]:
    """What must be the same on all machines, that all may give the same bytes: names and versions."""
    return {"offprint": VERSION, "the program's code": _code(), **versions()}


def _code() -> str:
    """16 hexadecimal digits of the program itself: two checkouts of one version may differ."""
    digest = sha256()
    for top in (PACKAGE, fonts_folder()):
        for parent, below, files in os.walk(top):
            below[:] = sorted(
                it for it in below if it[0] != "." and it not in ("__pycache__", "fonts")
            )
            for name in sorted(it for it in files if not it.startswith(".")):
                path = os.path.join(parent, name)
                digest.update(os.path.relpath(path, top).replace(os.sep, "/").encode())
                if name.endswith((".py", ".toml", ".yaml", ".icc")):
                    with open(path, "rb") as file:
                        digest.update(sha256(file.read()).digest())
                else:
                    digest.update(b"%d" % os.path.getsize(path))
    return digest.hexdigest()[:16]


def differences(here: dict[str, str], there: dict[str, str]) -> str:
    """What a worker has otherwise, both versions of each."""
    names = [it for it in dict.fromkeys((*here, *there)) if here.get(it) != there.get(it)]
    told = [f"{it} is {there.get(it, 'none')} there, {here.get(it, 'none')} here" for it in names]
    return ", ".join(told)


def items_of(files: Iterable[str], digest_of: "dict[str, bytes]") -> Iterator[Item]:
    """Files as they are to be laid out elsewhere: each at its full path, after the links that lead to it."""
    told: set[str] = set()
    for file in files:
        *links, real = traced(os.path.abspath(file))
        for link, leads in links:
            if link not in told:
                told.add(link)
                yield Item(link, link=leads)
        if real[0] not in told:
            told.add(real[0])
            yield Item(real[0], digest=digest_of[file])


def traced(path: str) -> "list[tuple[str, str]]":
    """The links on the way to a file, each with where it leads to, and last the file itself with ''."""
    found: list[tuple[str, str]] = []
    done, todo = os.sep, [it for it in path.split(os.sep) if it]
    while todo:
        name = todo.pop(0)
        if name == os.pardir:
            done = os.path.dirname(done)
            continue
        step = os.path.join(done, name)
        leads = _link(step) if len(found) < MOST_LINKS else ""
        if leads:
            found.append((step, leads))
            done = os.sep if os.path.isabs(leads) else done
            todo[:0] = [it for it in leads.split(os.sep) if it not in ("", os.curdir)]
        else:
            done = step
    return [*found, (done, "")]


def _link(path: str) -> str:
    """Where a link leads to, '' for what is none."""
    try:
        return os.readlink(path)
    except OSError:
        return ""
