"""The faces that a manifest says were found for its pages, found once more, and no others."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from shutil import copyfile

from layout.desk.origin import Origin
from layout.desk.provenance import FONTS, HOUSES, house_of_name
from layout.ground.problems import Place, refuse
from layout.house.fontfiles import VARIABLE

SAID = {"own": f"the font {{}} of {VARIABLE}", "system": "the system's font {}"}
"""What a face that was found is called where it is another, or none, by the house that it was found in."""


@contextmanager
def faces_of(origin: Origin, fonts: Sequence[str], file: str) -> Iterator[tuple[str, ...]]:
    """Have just the faces searched that an origin was made with, as long as this lasts; what is another one here.

    They are taken from the folders `fonts`, whatever they are called there, else by their names from where faces
    are found here. Raises `Refused` for those that are nowhere.
    """
    from layout.house.companions import searched, searching

    wanted = _wanted(origin)
    if not wanted:
        with searching((), ()):
            yield ()
        return
    here = _found(wanted, fonts, [folder for house in searched() for folder in house])
    if lost := [_said(it) for it in wanted if it not in here]:
        message = f"it cannot be made again: {', '.join(lost)} is not here"
        hint = "install it, or give the folder where it lies with --fonts"
        raise refuse(Place(file), message, hint)
    with tempfile.TemporaryDirectory(prefix="offprint-fonts-") as folder:
        houses = [os.path.join(folder, house) for house in HOUSES]
        for house in houses:
            os.mkdir(house)
        for (house, name), path in here.items():
            copyfile(path, os.path.join(folder, house, name))
        others = [it for it, path in here.items() if hash_of(path) != wanted[it]]
        with searching(houses[:1], houses[1:]):
            yield tuple(f"{_said(it)} is another one here" for it in others)


_Face = tuple[str, str]
"""The house in which a font was found, and the name of its file."""


def _wanted(origin: Origin) -> dict[_Face, str]:
    """The fonts that were found, with their sha-256; faces of one collection share a file."""
    found: dict[_Face, str] = {}
    for name, digest in origin.manifest.fonts.items():
        if house := house_of_name(name):
            file, mark, index = os.path.basename(name).rpartition("#")
            found[house, file if mark and index.isdecimal() else os.path.basename(name)] = digest
    return found


def _said(face: _Face) -> str:
    return SAID[face[0]].format(face[1])


def _found(
    wanted: Mapping[_Face, str], given: Sequence[str], searched: Sequence[str]
) -> dict[_Face, str]:
    """Files for the faces that are wanted: one with the same bytes if there is one, else the first of its name."""
    exact: dict[str, str] = {}
    named: dict[str, str] = {}
    names = {name for _, name in wanted}
    for top in (*given, *searched):
        for parent, below, files in os.walk(top):
            below.sort()
            for name in sorted(files):
                path = os.path.join(parent, name)
                if name in names:
                    named.setdefault(name, path)
                if name in names or (top in given and name.lower().endswith(FONTS)):
                    exact.setdefault(hash_of(path), path)
    found = {face: exact.get(digest) or named.get(face[1]) for face, digest in wanted.items()}
    return {face: path for face, path in found.items() if path is not None}


def hash_of(path: str) -> str:
    """The sha-256 of a file in hexadecimal digits, '' where there is none."""
    if not os.path.isfile(path):
        return ""
    with open(path, "rb") as file:
        return sha256(file.read()).hexdigest()
