"""Associated files: what a file was made from, inside it (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8)."""

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import md5

from layout.plates.attachment import Attachment
from layout.plates.document import Document, Item, Stream, references, text_string

MEDIA_TYPES = {
    ".yaml": "application/yaml", ".yml": "application/yaml", ".json": "application/json", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf",
}  # fmt: skip
"""By the end of a file's name (RFC 9512 for YAML)."""

PACKED = (".jpg", ".jpeg", ".png", ".pdf")
"""Files that deflating makes no smaller."""


def write_attachments(
    document: Document, attachments: Sequence[Attachment], date: str, names: str = ""
) -> str:
    """Write files with the date of a PDF date string: what the catalogue says of them, '' for none.

    `names` are other entries of its name dictionary (table 31).
    """
    if not attachments:
        return f"/Names<<{names}>>" if names else ""
    rows = [(each, _specification(document, each, date)) for each in attachments]
    files = name_tree(document, {each.name: item for each, item in rows})
    return f"/AF{references([item for _, item in rows])}/Names<<{names}/EmbeddedFiles {files.ref}>>"


def name_tree(document: Document, items: Mapping[str, Item]) -> Item:
    """Write a name tree of one leaf (7.9.6)."""
    names = sorted(items, key=_key)
    rows = " ".join([f"{text_string(name)} {items[name].ref}" for name in names])
    return Item(document, f"<</Names[{rows}]>>")


def _key(name: str) -> bytes:
    """Names in a tree are in the order of their bytes (7.9.6)."""
    if name.isascii():
        return name.encode("ascii")
    return b"\xfe\xff" + name.encode("utf-16-be", "backslashreplace")


def _specification(document: Document, each: Attachment, date: str) -> Item:
    """A file specification (table 44) with its embedded file (table 45)."""
    end = os.path.splitext(each.name)[1].lower()
    media = MEDIA_TYPES.get(end, "application/octet-stream").replace("/", "#2F")
    checksum = md5(each.data, usedforsecurity=False).hexdigest()
    modified = f"/ModDate({date})" if date and each.dated else ""
    size = f"/Size {len(each.data)}/CheckSum<{checksum}>"
    data, packing = (
        (each.data, "") if end in PACKED else (_deflated(each.data), "/Filter/FlateDecode")
    )
    entries = f"/Type/EmbeddedFile/Subtype/{media}/Params<<{size}{modified}>>{packing}"
    file = Stream(document, data, entries, deflate=False)
    name = text_string(each.name)
    return Item(
        document,
        f"<</Type/Filespec/F{name}/UF{name}/Desc{text_string(each.description)}"
        f"/AFRelationship/{each.relation}/EF<</F {file.ref}/UF {file.ref}>>>>",
    )


@lru_cache(32)
def _deflated(data: bytes) -> bytes:
    """A brand is in every file of an archive: it is deflated once."""
    import zlib

    return zlib.compress(data, 9)
