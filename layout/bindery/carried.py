"""Files that a PDF carries (ISO 32000-1, 7.11.4), and what tells one page from another."""

from hashlib import md5, sha256
from typing import Any

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from layout.bindery.foreign import Opened
from layout.bindery.names import read_tree

FONT_PARTS = ("/FontFile2", "/FontFile3", "/FontFile", "/ToUnicode", "/CIDToGIDMap")
"""Streams that decide how the codes of a font look and read."""


class Carried(Struct, frozen=True):
    """One embedded file: `sound` says that it is what its own check sum says."""

    name: str
    data: bytes
    sound: bool


def carried(opened: Opened) -> list[Carried]:
    """The embedded files of a document, in the order of their names; those that cannot be read are not sound."""
    with opened.reading():
        names = opened.item(opened.root, "/Names")
        if not isinstance(names, DictionaryObject):
            return []
        tree = read_tree(opened, names, "/EmbeddedFiles")
        found = [_file(opened, opened.resolve(value)) for _, value in sorted(tree.items())]
    return [each for each in found if each is not None]


def _file(opened: Opened, specification: Any) -> Carried | None:
    if not isinstance(specification, DictionaryObject):
        return None
    name = opened.item(specification, "/UF") or opened.item(specification, "/F")
    files = opened.item(specification, "/EF")
    stream = opened.item(files, "/F") if isinstance(files, DictionaryObject) else None
    if not isinstance(stream, StreamObject):
        return None
    try:
        data = stream.get_data()
    except Exception:  # a damaged filter: whatever pypdf raises, it is not what was put in
        return Carried(str(name), b"", False)
    return Carried(str(name), data, _is_sound(opened, stream, data))


def _is_sound(opened: Opened, stream: DictionaryObject, data: bytes) -> bool:
    """Whether a file has the size and the check sum that stand beside it (table 46)."""
    parameters = opened.item(stream, "/Params")
    if not isinstance(parameters, DictionaryObject):
        return False
    size, checksum = opened.item(parameters, "/Size"), opened.item(parameters, "/CheckSum")
    given = bytes(checksum.original_bytes) if hasattr(checksum, "original_bytes") else b""
    return size == len(data) and given == md5(data, usedforsecurity=False).digest()


def fingerprints(opened: Opened) -> list[bytes]:
    """A digest of what each page shows: its size, its content, its fonts and pictures, and where its links lead.

    Links inside the file are left out: a merge gives them new names.
    """
    with opened.reading():
        return [_fingerprint(opened, leaf.entries) for leaf in opened.pages]


def _fingerprint(opened: Opened, page: DictionaryObject) -> bytes:
    digest = sha256(repr(opened.box(page, "/MediaBox")).encode())
    contents = opened.item(page, "/Contents")
    for each in contents if isinstance(contents, ArrayObject) else [contents]:
        _add(digest, opened.resolve(each))
    resources = opened.item(page, "/Resources")
    if isinstance(resources, DictionaryObject):
        for name, font in _entries(opened, resources, "/Font"):
            digest.update(name.encode("utf-8", "surrogateescape"))
            _add_font(digest, opened, font)
        for name, picture in _entries(opened, resources, "/XObject"):
            digest.update(name.encode("utf-8", "surrogateescape"))
            _add(digest, picture)
    for annotation in opened.item(page, "/Annots") or []:
        entries = opened.resolve(annotation)
        action = opened.item(entries, "/A") if isinstance(entries, DictionaryObject) else None
        if isinstance(action, DictionaryObject):
            digest.update(f"{opened.item(entries, '/Rect')} {opened.item(action, '/URI')}".encode())
    return digest.digest()


def _entries(opened: Opened, resources: DictionaryObject, kind: str) -> list[tuple[str, Any]]:
    table = opened.item(resources, kind)
    if not isinstance(table, DictionaryObject):
        return []
    return [(str(name), opened.item(table, name)) for name in sorted(table)]


def _add_font(digest: Any, opened: Opened, font: Any) -> None:
    """Add the streams of a font, its descendants' too."""
    todo, seen = [font], set[int]()
    while todo:
        entries = opened.resolve(todo.pop())
        if not isinstance(entries, DictionaryObject) or id(entries) in seen:
            continue
        seen.add(id(entries))
        digest.update(repr(opened.item(entries, "/W")).encode())
        for key in FONT_PARTS:
            _add(digest, opened.item(entries, key))
        todo += list(opened.item(entries, "/DescendantFonts") or [])
        todo.append(dict.get(entries, "/FontDescriptor"))


def _add(digest: Any, stream: Any) -> None:
    if isinstance(stream, StreamObject):
        digest.update(stream._data)
