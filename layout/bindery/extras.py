"""What hangs on a whole document and not on its pages: layers and attached files."""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from layout.bindery.body import Body, dictionary
from layout.bindery.graft import Graft
from layout.bindery.names import Names, read_tree

_LISTS = ("/Order", "/Locked", "/RBGroups", "/AS")
"""Lists of a configuration of layers that are simply longer for more layers."""


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


def join_layers(properties: Any, graft: Graft) -> Any:
    """The layers of the file, a copied /OCProperties or None, with those of a guest (8.11.4.2).

    A guest's layers are as its default configuration has them: without that, what it hides shows.
    """
    opened, body = graft.opened, graft.body
    found = opened.item(opened.root, "/OCProperties")
    if not isinstance(found, DictionaryObject):
        return properties
    joined = DictionaryObject(body.get_object(properties) or {})
    settings = DictionaryObject(body.get_object(joined.get("/D")) or {})
    groups = _list(body, joined, "/OCGs")
    lists = {key: _list(body, settings, key) for key in ("/ON", "/OFF", *_LISTS)}
    _join(graft, found, groups, lists)
    settings.update(dictionary({key: each for key, each in lists.items() if each}))
    joined.update(dictionary({"/OCGs": groups, "/D": settings}))
    return joined


def _join(
    graft: Graft, found: DictionaryObject, groups: ArrayObject, lists: dict[str, ArrayObject]
) -> None:
    opened = graft.opened
    settings = opened.item(found, "/D") or DictionaryObject()
    on, off = (_keys(opened.item(settings, key)) for key in ("/ON", "/OFF"))
    starts_off = opened.item(settings, "/BaseState") == "/OFF"
    for group in opened.item(found, "/OCGs") or []:
        if not isinstance(group, IndirectObject):
            continue
        key = (group.idnum, group.generation)
        is_off = key not in on if starts_off else key in off
        copied = graft.copy(group)
        groups.append(copied)
        lists["/OFF" if is_off else "/ON"].append(copied)
    for name in _LISTS:
        lists[name] += [graft.copy(each) for each in opened.item(settings, name) or []]


def _keys(groups: Any) -> set[tuple[int, int]]:
    each = groups or []
    return {(ref.idnum, ref.generation) for ref in each if isinstance(ref, IndirectObject)}


def _list(body: Body, holder: DictionaryObject, key: str) -> ArrayObject:
    return ArrayObject(body.get_object(holder.get(NameObject(key))) or [])
