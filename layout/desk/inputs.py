"""What a result was made from, as the ledger keeps it: files by their content, and files that were not there.

A file that is not there has a say where one would be taken before another: a brand in the project before
the program's own of that name, a picture beside an issue before one in the folder above.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import Final

from layout.desk.order import Input
from layout.desk.provenance import ELSEWHERE, OWN_PROFILES, PROGRAM
from layout.desk.signature import Digests, Signature
from layout.desk.work import Work
from layout.house.brands import BUILT_IN
from layout.house.fontfiles import fonts_folder
from layout.manuscript.paths import tree_of

NEAR: Final = "near"
"""A file of the project: it moves where the ledger moves."""

FAR: Final = "far"
"""A file of the program or the system."""

ABSENT: Final = "absent"
"""A file that was not there, and would have been taken."""

FACES: Final = "faces"
"""All that is searched for faces of scripts that the brand has none for."""

NOTHING: Final = Signature(0, 0, 0, 0, False)


def inputs_of(work: Work, source: str, digests: Digests) -> tuple[Input, ...]:
    """The inputs of a result as far as they are known when its source is read."""
    found = []
    for file in work.files:
        kind = FAR if work.names[file].startswith((PROGRAM, ELSEWHERE)) else NEAR
        found.append(Input(kind, os.path.abspath(file), *digests.of(file)))
    found += [Input(FAR, path, *digests.of(path)) for path in OWN_PROFILES.values()]
    found += [Input(ABSENT, path, b"", NOTHING) for path in _absent(work, source)]
    return tuple(found)


def inputs_of_faces(files: Sequence[str], digests: Digests) -> tuple[Input, ...]:
    """Those that are known once it is typeset: the `files` of faces that were found, and where they are searched."""
    found = [Input(FAR, os.path.abspath(file), *digests.of(file)) for file in files]
    return (*found, Input(FACES, "", landscape(), NOTHING))


def _absent(work: Work, source: str) -> list[str]:
    """The files that are not there and would have been taken."""
    return [path for path in dict.fromkeys(_shadows(work, source)) if not os.path.lexists(path)]


def _shadows(work: Work, source: str) -> Iterator[str]:
    """Where files would be taken before those that were: more places than are looked at, never fewer."""
    brands = work.found.files
    first = os.path.join(os.getcwd(), "command line") if work.asked.brand is not None else source
    for by, file in zip((first, *brands), brands, strict=False):
        if _folder(file) == BUILT_IN != _folder(by):
            yield os.path.join(tree_of(by), "brands", os.path.basename(file))
    fonts = fonts_folder() + os.sep
    own = [file.removeprefix(fonts) for file in work.files if file.startswith(fonts)]
    for folder in dict.fromkeys(map(_folder, brands)):
        if folder != BUILT_IN:
            yield from (os.path.join(folder, font) for font in own)
    for by in (source, *work.manuscript.articles):
        beside, tree = _folder(by), os.path.abspath(tree_of(by)) + os.sep
        if beside + os.sep != tree:
            inside = (os.path.abspath(it) for it in work.files)
            yield from (
                os.path.join(beside, it[len(tree) :]) for it in inside if it.startswith(tree)
            )


def _folder(file: str) -> str:
    return os.path.dirname(os.path.abspath(file))


@cache
def landscape() -> bytes:
    """The sha-256 of the names, sizes and times of all that is searched for faces, once a process."""
    from layout.house.companions import searched

    digest = sha256()
    for folder in (folder for house in searched() for folder in house):
        for parent, below, files in os.walk(folder):
            below.sort()
            for file in sorted(files):
                path = os.path.join(parent, file)
                status = os.lstat(path)
                digest.update(repr((path, status.st_size, status.st_mtime_ns)).encode())
    return digest.digest()
