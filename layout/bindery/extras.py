"""What hangs on a whole document and not on its pages: attached files, and extensions in use."""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from layout.bindery.body import Body
from layout.bindery.graft import Graft
from layout.bindery.names import Names, read_tree


def attachments(graft: Graft, taken: set[bytes]) -> dict[bytes, Any]:
    """The embedded files of one document, those with taken names under new ones (7.11.4)."""
    names = graft.opened.item(graft.opened.root, "/Names")
    if not isinstance(names, DictionaryObject):
        return {}
    found = read_tree(graft.opened, names, "/EmbeddedFiles")
    renamed = Names(found, {}, taken, graft.names.prefix)
    return {renamed.renamed(key): graft.copy(value) for key, value in found.items()}


def associated(graft: Graft) -> list[Any]:
    """The associated files of one document (ISO 32000-2, 14.13)."""
    files = graft.opened.item(graft.opened.root, "/AF")
    if not isinstance(files, ArrayObject):
        return []
    return [graft.copy(each) for each in files if graft.opened.resolve(each) is not None]


def join_extensions(root: DictionaryObject, graft: Graft) -> None:
    """Add the extensions (7.12) that a guest uses to a catalogue; of two levels of one, the higher holds."""
    opened, body = graft.opened, graft.body
    found = opened.item(opened.root, "/Extensions")
    if not isinstance(found, DictionaryObject):
        return
    joined = DictionaryObject(body.get_object(root.get("/Extensions")) or {})
    for key in found:
        copied = graft.copy(dict.get(found, key))
        if key not in joined or _level(body, copied) > _level(body, joined.get(key)):
            joined[key] = copied
    root[NameObject("/Extensions")] = joined


def _level(body: Body, extension: Any) -> int:
    entries = body.get_object(extension)
    if not isinstance(entries, DictionaryObject):
        return 0
    level = body.get_object(dict.get(entries, "/ExtensionLevel"))
    return int(level) if isinstance(level, NumberObject) else 0
