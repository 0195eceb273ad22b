"""What a finished PDF carries of its making, read back: manifests, and the files that each of them names.

All of it may be forged: names are bounded and lead nowhere but into the folder that they are written to.
"""

import os
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from layout.bindery.carried import Carried, carried
from layout.bindery.foreign import Opened
from layout.desk.provenance import FORMAT, LAST_FOLIO, MANIFEST
from layout.ground.problems import Place, Problem, Refused, refuse

UNSAFE = re.compile(
    r"(?:^|/)(?:\.\.?|\.git|\.hg|\.svn)(?:/|$)|^/|//|/$|[\\\0-\x1f\x7f]|^[A-Za-z]:|^$",
    re.IGNORECASE,
)
"""Names that would lead out of the folder into which a file is written, or be run by other programs there."""

LONGEST, DEEPEST, MOST = 255, 16, 10_000
"""Bytes of a name between two slashes, names in a path, and files of one origin."""

AGAIN = 8
"""So many times as much as the PDF carries its files may be written in all: one may stand under several names."""

ORIGINS = 1000
"""Files of ours in one PDF."""

_KEY = re.compile(rb'\{\s*"manifest"\s*:')
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_FETCH = "fetch the file from where it was kept"


class Altered(Refused):
    """Raised when what a file carries is not what was put into it."""


class Sourceless(Refused):
    """Raised where a file says nothing of its making."""


class Manifest(Struct, frozen=True):
    """What a file says it was made from and with; hashes are sha-256 in hexadecimal digits."""

    manifest: int
    program: str
    source: str
    edition: str
    files: dict[str, str]
    fonts: dict[str, str]
    profiles: dict[str, str]
    versions: dict[str, str]
    brand: str | None = None
    pages: tuple[int, int] | None = None
    epoch: str | None = None
    folio: int | None = None


class Origin(Struct, frozen=True):
    """One manifest, and those of its files that are here and just what it says: data by names."""

    manifest: Manifest
    record: bytes
    files: dict[str, bytes]

    @property
    def missing(self) -> list[str]:
        """Names of files that should be here and are not."""
        return [name for name in self.manifest.files if name not in self.files]


def origins(opened: Opened) -> list[Origin]:
    """What a PDF says of its making, one entry for each file of ours in it.

    Raises `Sourceless` where it says nothing, `Altered` where what it carries is not what was put in,
    `Refused` where that is none of ours.
    """
    files = carried(opened)
    damaged = [each.name for each in files if not each.sound]
    records = {each.data: each for each in files if each.sound and _KEY.match(each.data)}
    if not records and MANIFEST in damaged:
        message = "its manifest was altered after it was made"
        raise Altered([Problem(opened.place, message, _FETCH)])
    if not records:
        hint = "another program made it, or took its attachments out"
        message = "this file does not say what it was made from"
        raise Sourceless([Problem(opened.place, message, hint)])
    if len(records) > ORIGINS:
        message = f"it carries {len(records)} manifests, and {ORIGINS} is the most"
        raise refuse(opened.place, message, "verify the files one by one")
    by_hash = {sha256(each.data).hexdigest(): each.data for each in files if each.sound}
    found = [_origin(each, by_hash, opened.place) for each in records.values()]
    lost = [name for origin in found for name in origin.missing if name in damaged]
    if lost:
        raise Altered(
            Problem(opened.place, f"{name} in it was altered after it was made", _FETCH)
            for name in dict.fromkeys(lost)
        )
    return found


def _origin(record: Carried, by_hash: dict[str, bytes], place: Place) -> Origin:
    try:
        manifest = msgspec.json.decode(record.data, type=Manifest)
    except msgspec.MsgspecError:
        raise refuse(place, "its manifest cannot be read", _FETCH) from None
    if manifest.manifest != FORMAT:
        message = (
            f"its manifest has the format {manifest.manifest}, which this program does not know"
        )
        raise refuse(place, message, f"take {manifest.program} or a later one")
    here = {name: by_hash[found] for name, found in manifest.files.items() if found in by_hash}
    if fault := next(_faults(manifest, here, sum(map(len, by_hash.values()))), None):
        raise refuse(place, f"its manifest is none of ours: {fault}", _FETCH)
    return Origin(manifest, record.data, here)


def _faults(manifest: Manifest, here: dict[str, bytes], size: int) -> Iterator[str]:
    """What no manifest of ours has."""
    names = [*manifest.files, *manifest.fonts]
    if manifest.source not in manifest.files:
        yield "it does not name its source"
    if len(names) > MOST:
        yield f"it names {len(names)} files"
    folders = {
        "/".join(name.split("/")[:n]) for name in names for n in range(1, name.count("/") + 1)
    }
    for name in (*names, manifest.brand or "x"):
        parts = name.split("/")
        if UNSAFE.search(name) or len(parts) > DEEPEST or name in folders:
            yield f"the name {name[:80]!r}"
        if any(len(part.encode("utf-8", "replace")) > LONGEST for part in parts):
            yield f"the name {name[:80]!r}"
    if sum(map(len, here.values())) > AGAIN * size:
        yield "it has one file under many names"
    if manifest.epoch is not None and not _SECONDS.fullmatch(manifest.epoch):
        yield "its SOURCE_DATE_EPOCH is no number of seconds"
    if manifest.pages is not None and not 1 <= manifest.pages[0] <= manifest.pages[1] <= MOST:
        yield "its number of pages"
    if manifest.folio is not None and not 1 <= manifest.folio <= LAST_FOLIO:
        yield "its first folio"


def layout_of(origin: Origin, folder: str) -> dict[str, bytes]:
    """Where the files of an origin go in a folder: data by paths."""
    return {
        os.path.join(folder, *name.split("/")): data for name, data in sorted(origin.files.items())
    }


def write_files(files: dict[str, bytes]) -> None:
    """Write files by their paths, with the folders that they need."""
    for path, data in files.items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)


def folders_of(found: Sequence[Origin]) -> list[str]:
    """A name for the folder of each origin: that of its source without its end, numbered where two are alike."""
    stems = [os.path.splitext(os.path.basename(origin.manifest.source))[0] for origin in found]
    return [
        stem if stems.count(stem) == 1 else f"{stem}-{stems[: number + 1].count(stem)}"
        for number, stem in enumerate(stems)
    ]
