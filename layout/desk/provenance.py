"""What a PDF was made from, for the file to carry: its sources, and a manifest of everything that shaped it.

Every file has one name, wherever the work was done: its path in the folder tree of the source, with
slashes; `@command-line/…` for a brand that was named on the command line; `@offprint/…` for what comes
with the program; for a face that was found for a script `@offprint-fonts/NAME`, in a folder of OFFPRINT_FONTS,
or `@system/NAME`, where "#2" is the third face of a collection. Fonts are named and hashed, not carried: a
licence may forbid it.
"""

import os
import re
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from layout.ground.problems import Place, refuse
from layout.ground.version import VERSION
from layout.house.fontfiles import PACKAGE, fonts_folder, split_index
from layout.manuscript.paths import tree_of
from layout.plates.edition import COATED, PROFILE

if TYPE_CHECKING:
    from layout.plates.attachment import Attachment

MANIFEST = "offprint-manifest.json"
"""The name of the manifest among the files in a PDF."""

FORMAT = 1
"""The version of the manifest's own format."""

PROGRAM, COMMAND_LINE, ELSEWHERE = "@offprint", "@command-line", "@elsewhere"
HOUSES = {"own": "@offprint-fonts", "system": "@system"}
"""Where files lie that are in no source's folder tree; no folder of a source may be called so."""

OWN_PROFILES = {os.path.basename(path): path for path in (PROFILE, COATED)}
"""The colour profiles that come with the program: pictures are converted by them, in any edition."""

LIBRARIES = (
    "babel", "fonttools", "markdown-it-py", "msgspec", "pillow", "pyicu-wheels", "pypdf", "pyphen", "pyyaml",
    "reportlab", "uharfbuzz",
)  # fmt: skip
"""The libraries that have a say in the bytes of a result."""

FONTS = (".ttf", ".otf", ".ttc", ".otc")

LAST_FOLIO = 100_000
"""The highest number that a first page may be given."""


class Asked(Struct, frozen=True):
    """How a result was asked for, as far as it shapes it.

    `brand` is the name of the brand's file where the command line gives one; `epoch` is SOURCE_DATE_EPOCH or ''.
    `marks` says that all marks of the printer were asked for, `folio` is the number of the first page where
    it is not that of the source.
    """

    edition: str = "digital"
    brand: str | None = None
    pages: tuple[int, int] | None = None
    epoch: str = ""
    marks: bool = False
    folio: int | None = None


def names_of(files: Sequence[str], source: str, base: str = "") -> dict[str, str]:
    """The name of each file that `source` was made from; a brand of the command line lies in or below `base`.

    Raises `Refused` where two would have the same one.
    """
    houses = (
        (fonts_folder(), f"{PROGRAM}/fonts"),
        (os.path.join(PACKAGE, "house"), PROGRAM),
        (os.path.abspath(tree_of(source)), ""),
        (os.path.abspath(tree_of(os.path.join(base or os.getcwd(), "brand"))), COMMAND_LINE),
    )
    names = {file: _name(os.path.abspath(file), houses) for file in files}
    taken: dict[str, str] = {}
    for file, name in names.items():
        other = taken.setdefault(name, file)
        if other != file and os.path.abspath(other) != os.path.abspath(file):
            message = f"{file} and {other} would both be called {name} in the PDF"
            raise refuse(Place(source), message, "rename one of them")
    return names


def names_of_faces(used: Iterable[str], files: Container[str]) -> dict[str, str]:
    """The names of faces by their paths, but for those in `files`, which are the brand's, and the program's own."""
    found: dict[str, str] = {}
    for path in used:
        from layout.house.companions import house_of

        house = house_of(path)
        if house != "program" and split_index(path)[0] not in files:
            found[path] = f"{HOUSES[house]}/{os.path.basename(path)}"
    return found


def house_of_name(name: str) -> str:
    """Where the face of that name was found, a key of `HOUSES`; '' for a name of another kind."""
    return next((house for house, said in HOUSES.items() if name.startswith(f"{said}/")), "")


def is_font(name: str) -> bool:
    """Whether a name is one of a font, or of a face of a collection."""
    return _FACE.sub("", name.lower()).endswith(FONTS)


_FACE = re.compile("(?<=[.][ot]tc)#[0-9]{1,8}$")


def _name(path: str, houses: Sequence[tuple[str, str]]) -> str:
    for real in (False, True):
        for folder, prefix in houses:
            inside = os.path.realpath(folder) if real else folder
            if path.startswith(inside + os.sep):
                name = _written(os.path.relpath(path, inside).replace(os.sep, "/"))
                return f"{prefix}/{name}" if prefix else name
        path = os.path.realpath(path)
    return f"{ELSEWHERE}/{_written(os.path.basename(path))}"


def _written(name: str) -> str:
    """A file's name as text that any system can take: what is no text, or odd in a path, is percent-encoded."""
    if name.isprintable() and "\\" not in name and ":" not in name:
        return name
    return re.sub(_ODD, lambda odd: f"%{ord(odd[0]) & 0xFF:02X}", name)


_ODD = r"[\\\0-\x1f\x7f\udc80-\udcff]|(?<=^[A-Za-z]):"
"""Backslashes, control codes, the colon of a drive, and bytes that are no text, as the system's names have them."""


def own_file(name: str) -> str | None:
    """The file of that name that comes with the program; None for a name of another kind."""
    first, *rest = name.split("/")
    if first != PROGRAM or not rest:
        return None
    if rest[0] == "fonts":
        return os.path.join(fonts_folder(), *rest[1:])
    return os.path.join(PACKAGE, "house", *rest)


def identity(asked: Asked, digests: Mapping[str, bytes]) -> str:
    """32 hexadecimal digits of all that a result is made from, files by their names; a manifest leads to them."""
    from hashlib import sha256  # not for a check

    digest = sha256(repr((VERSION, asked, versions())).encode())
    for name, found in sorted(digests.items()):
        digest.update(name.encode() + b"\0" + found)
    return digest.hexdigest()[:32].upper()


def manifest(
    source: str, asked: Asked, digests: Mapping[str, bytes], profiles: Mapping[str, bytes]
) -> bytes:
    """The manifest as JSON: `source` is the name of what was typeset, the others are the sha-256 of all files."""
    import json

    fonts = {name: found for name, found in digests.items() if is_font(name)}
    files = {name: found for name, found in digests.items() if name not in fonts}
    record: dict[str, Any] = {
        "manifest": FORMAT,
        "program": f"offprint {VERSION}",
        "source": source,
        "edition": asked.edition,
        "brand": asked.brand,
        "pages": list(asked.pages) if asked.pages is not None else None,
        "epoch": asked.epoch or None,
        "marks": asked.marks or None,
        "folio": asked.folio,
        "files": _hashes(files),
        "fonts": _hashes(fonts),
        "profiles": _hashes(profiles),
        "versions": versions(),
    }
    return (
        json.dumps(record, ensure_ascii=False, indent=0).encode("utf-8", "backslashreplace") + b"\n"
    )


def _hashes(digests: Mapping[str, bytes]) -> dict[str, str]:
    return {name: found.hex() for name, found in sorted(digests.items())}


@cache
def versions() -> dict[str, str]:
    """The versions of the language and of the libraries that shape a result, by name.

    Read from the names of the installed distributions: asking the interpreter's own register costs a
    quarter of a cold start.
    """
    import zlib

    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            stem, dash, version = name.removesuffix(".dist-info").rpartition("-")
            if dash and name.endswith(".dist-info"):
                found.setdefault(stem.lower().replace("_", "-"), version)
    for library in LIBRARIES:
        if library not in found:
            from importlib.metadata import version as version_of

            found[library] = version_of(library)
    return {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{library: found[library] for library in LIBRARIES},
    }


def carried(files: Mapping[str, str], source: str, record: bytes) -> "list[Attachment]":
    """The files that a result carries: all but fonts, the source first, and the manifest last."""
    from layout.plates.attachment import Attachment

    found, first = [], files[source]
    named = {
        name: file for file, name in files.items()
    }  # one file may have been asked for by two paths
    for name in sorted(named, key=lambda name: (name != first, name)):
        if not is_font(name):
            with open(named[name], "rb") as stream:
                said = _description(name, name == first)
                found.append(Attachment(name, stream.read(), said, dated=name == first))
    said = "what this file was made from and with"
    return [*found, Attachment(MANIFEST, record, said, "Data", dated=True)]


def _description(name: str, is_source: bool) -> str:
    if is_source:
        return "the source of this file"
    if name.startswith(f"{PROGRAM}/brands/") or "brands/" in name:
        return "its brand"
    return "a file that the source names"
