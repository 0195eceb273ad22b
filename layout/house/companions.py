"""Faces for the scripts that a brand's own faces lack: which to take, where they are, how large to set them.

A companion is found by script (ISO 15924), language, kind and weight: among the faces that come with the
program, then among those of the system, whose folders are walked once a process and only when asked. The
folders in the variable OFFPRINT_FONTS (a list as in PATH) go before both.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final, Literal

from layout.ground.problems import Place, Problem, Refused
from layout.house.companion_table import COMPANIONS, REGIONS
from layout.house.faces import Face, open_face
from layout.house.fontfiles import VARIABLE, fonts_folder

Kind = Literal["serif", "sans"]

Folders = tuple[str, ...]

_SUFFIXES: Final = (".otf", ".ttc", ".ttf")
_WEIGHTS: Final = {
    "regular": ("Regular",),
    "semibold": ("SemiBold", "DemiBold", "Bold", "Medium", "Regular"),
}
"""Parts of file names in the order wanted; an italic is upright in scripts that have none."""
_NOTO: Final = os.path.join(fonts_folder(), "noto")
_LEAST, _MOST = 0.7, 1.2
"""Bounds of a size factor: what lies beyond is a face with wrong metrics."""


def chain(script: str, language: str, kind: Kind, weight: str) -> tuple[str, ...]:
    """The absolute paths of all faces for a script that are there, with "#index" for one of a collection.

    The best is the first: those of the other kind come after those of `kind`. `language` (BCP 47) chooses among
    the drawings of Chinese, Japanese and Korean; `weight` is "regular", "italic", "semibold" or "semibold_italic".
    """
    return _chain(region_of(script, language), kind, weight, *searched())


_instead: list[tuple[Folders, Folders]] = []


def searched() -> tuple[Folders, Folders]:
    """The folders that go before the program's own, and those of the system, which come after."""
    if _instead:
        return _instead[-1]
    own = os.environ.get(VARIABLE, "").split(os.pathsep)
    return tuple([os.path.abspath(folder) for folder in own if folder]), system_folders()


@contextmanager
def searching(own: Sequence[str], system: Sequence[str]) -> Iterator[None]:
    """Have these folders searched in place of those that the variable names and the system's."""
    _instead.append((tuple(own), tuple(system)))
    try:
        yield
    finally:
        _instead.pop()


def house_of(path: str) -> Literal["own", "program", "system"]:
    """Where a face that `chain` gave was found: in a folder of the variable, with the program, on the system."""
    if any(path.startswith(folder + os.sep) for folder in searched()[0]):
        return "own"
    return "program" if path.startswith(fonts_folder() + os.sep) else "system"


@cache
def opened(path: str) -> Face | Problem:
    """A face that `chain` gave, or what is told of one that cannot be used: it is passed over.

    Raises `Refused` for one of the program's own.
    """
    try:
        return open_face(path, Place(path))
    except Refused as refusal:
        if house_of(path) == "program":
            raise
        why = refusal.problems[0]
        return Problem(why.place, f"passed over: {why.message}", why.hint, "note")


@cache
def _chain(script: str, kind: Kind, weight: str, own: Folders, system: Folders) -> tuple[str, ...]:
    known = COMPANIONS.get(script)
    if known is None:
        return ()
    weights = _WEIGHTS["semibold" if weight.startswith("semibold") else "regular"]
    ordered = (known.serif, known.sans) if kind == "serif" else (known.sans, known.serif)
    found = [
        _path(place, names)
        for patterns in ordered
        for place in (_files(own), _files((_NOTO,)), _files(system))
        for names in _names(patterns, weights)
    ]
    return tuple(dict.fromkeys(path for path in found if path is not None))


def candidates() -> tuple[str, ...]:
    """The files that `chain` may give for any script, but for the program's own."""
    names = {
        name.partition("#")[0]
        for known in COMPANIONS.values()
        for patterns in (known.serif, known.sans)
        for weights in _WEIGHTS.values()
        for group in _names(patterns, weights)
        for name in group
    }
    places = map(_files, searched())
    return tuple([path for place in places for name, path in place.items() if name in names])


def package_of(script: str) -> str:
    """The Debian package that has a face for a script, for the hint of an error; '' where no face is known."""
    known = COMPANIONS.get(region_of(script, ""))
    return known.package if known is not None else ""


def region_of(script: str, language: str) -> str:
    """The entry of the table: a script, or for Han characters the region whose drawings a language wants."""
    if script not in REGIONS:
        return script
    parts = language.replace("_", "-").lower().split("-")
    if script in ("Hani", "Hant") and parts[0] in ("zh", "yue") and {"hk", "mo"} & set(parts):
        return "Hant-HK"
    if script != "Hani":
        return REGIONS[script]
    if parts[0] == "yue" or (parts[0] == "zh" and {"hant", "tw"} & set(parts)):
        return "Hant"
    return {"ja": "Jpan", "ko": "Kore"}.get(parts[0], "Hans")


def scale_of(face: Face, beside: Face, script: str) -> float:
    """The size factor with which `beside`, a companion for `script`, looks as large as `face`.

    Letters with two cases meet in the height of small ones. For others a reference character gets a
    height between the face's small letters and its capitals: see `Companion`.
    """
    known = COMPANIONS.get(script) or COMPANIONS.get(REGIONS.get(script, ""))
    wanted, own = face.x_height, 0.0
    for character, share in known.references if known is not None else ():
        own = beside.height(character)
        if own > 0:
            wanted += share * (face.cap_height - face.x_height)
            break
    own = own if own > 0 else beside.x_height
    if own <= 0 or wanted <= 0:
        return 1.0
    return round(min(_MOST, max(_LEAST, wanted / own)), 3)


def _names(patterns: tuple[str, ...], weights: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Of each pattern the file names to look for, the wanted weight first."""
    for pattern in patterns:
        names = [pattern.replace("{}", weight) for weight in weights]
        # Nanum and others name their regular weight by leaving it out.
        names.append(pattern.replace("-{}", "").replace("{}", ""))
        yield tuple(dict.fromkeys(names))


def _path(place: dict[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        file, mark, index = name.partition("#")
        if file in place:
            return place[file] + mark + index
    return None


def system_folders() -> tuple[str, ...]:
    """Where Linux, macOS and Windows keep fonts; the user's own before the system's."""
    home = os.path.expanduser("~")
    windows = os.environ.get("WINDIR", ""), os.environ.get("LOCALAPPDATA", "")
    folders = [
        os.path.join(home, ".local/share/fonts"),
        os.path.join(home, ".fonts"),
        os.path.join(home, "Library/Fonts"),
        "/usr/local/share/fonts",
        "/usr/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
    ]
    if all(windows):
        folders += [
            os.path.join(windows[1], "Microsoft", "Windows", "Fonts"),
            os.path.join(windows[0], "Fonts"),
        ]
    return tuple(folders)


@cache
def _files(folders: tuple[str, ...]) -> dict[str, str]:
    """The font files in folders and below by name; of two with one name the first in order counts."""
    found: dict[str, str] = {}
    for folder in folders:
        for parent, below, files in os.walk(os.path.abspath(folder)):
            below.sort()
            for file in sorted(files):
                if file.lower().endswith(_SUFFIXES):
                    found.setdefault(file, os.path.join(parent, file))
    return found
