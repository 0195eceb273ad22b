"""What a finished PDF carries of its making, read back: manifests, and the files that each of them names."""

import os
import re
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from layout.bindery.carried import Carried, carried
from layout.bindery.foreign import Opened
from layout.desk.provenance import FORMAT, MANIFEST
from layout.ground.problems import Place, Problem, Refused, refuse

UNSAFE = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|[\\\0-\x1f]|^[A-Za-z]:|^$")
"""Names that would lead out of the folder into which a file is written."""

_KEY = re.compile(rb'\{\s*"manifest"\s*:')


class Altered(Refused):
    """Raised when what a file carries is not what was put into it."""


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

    Raises `Refused` where it says nothing, `Altered` where what it carries is not what was put in.
    """
    files = carried(opened)
    damaged = [each.name for each in files if not each.sound]
    records = [each for each in files if each.sound and _KEY.match(each.data)]
    found = [_origin(each, files, opened.place) for each in records]
    if not found and MANIFEST in damaged:
        message = "its manifest was altered after it was made"
        raise Altered([Problem(opened.place, message, _FETCH)])
    if not found:
        hint = "another program made it, or took its attachments out"
        raise refuse(opened.place, "this file does not say what it was made from", hint)
    lost = [name for origin in found for name in origin.missing if name in damaged]
    if lost:
        raise Altered(
            Problem(opened.place, f"{name} in it was altered after it was made", _FETCH)
            for name in dict.fromkeys(lost)
        )
    return found


_FETCH = "fetch the file from where it was kept"


def _origin(record: Carried, files: Sequence[Carried], place: Place) -> Origin:
    try:
        manifest = msgspec.json.decode(record.data, type=Manifest)
    except msgspec.MsgspecError:
        raise refuse(place, "its manifest cannot be read", _FETCH) from None
    if manifest.manifest != FORMAT:
        message = (
            f"its manifest has the format {manifest.manifest}, which this program does not know"
        )
        raise refuse(place, message, f"take {manifest.program} or a later one")
    unsafe = [name for name in (*manifest.files, *manifest.fonts) if UNSAFE.search(name)]
    if unsafe or manifest.source not in manifest.files:
        raise refuse(place, "its manifest names files in ways that are not ours", _FETCH)
    by_hash = {sha256(each.data).hexdigest(): each.data for each in files if each.sound}
    here = {name: by_hash[found] for name, found in manifest.files.items() if found in by_hash}
    return Origin(manifest, record.data, here)


def write_files(origin: Origin, folder: str) -> list[str]:
    """Write the files of an origin into a folder, with the folders in their names; their paths."""
    written = []
    for name, data in sorted(origin.files.items()):
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        written.append(path)
    return written
