"""Layers (optional content, ISO 32000-1, 8.11) of several files in one, each as its own file shows it."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from layout.bindery.body import Body, dictionary, text
from layout.bindery.foreign import Opened, damaged
from layout.bindery.graft import Graft

_LISTS = ("/Order", "/Locked", "/RBGroups", "/AS")
"""Lists of a configuration of layers (table 101) that are simply longer for more layers."""
MOST = 1 << 20
"""Layers in configurations: each of the whole may name each of a guest, and the other way round."""
_Groups = list[tuple[IndirectObject, bool]]
"""Layers as they stand in their file, and whether a configuration hides them."""


def join_layers(properties: Any, graft: Graft) -> Any:
    """The layers of the file, a copied /OCProperties or None, with those of a guest (8.11.4.2).

    A guest's layers are as its default configuration has them: without that, what it hides shows. Other
    configurations leave the layers of other files as they are.
    """
    opened, body = graft.opened, graft.body
    found = opened.item(opened.root, "/OCProperties")
    if not isinstance(found, DictionaryObject):
        return properties
    joined = DictionaryObject(body.get_object(properties) or {})
    settings = DictionaryObject(body.get_object(joined.get("/D")) or {})
    groups, others = _list(body, joined, "/OCGs"), _list(body, joined, "/Configs")
    own = opened.item(found, "/D")
    own = own if isinstance(own, DictionaryObject) else DictionaryObject()
    states = list(_states(opened, found, own))
    configs = [opened.resolve(each) for each in _array(opened, found, "/Configs")]
    if (len(others) + len(configs)) * len(states) > MOST:
        how = "it has too many layers in too many configurations"
        raise damaged(opened.place, opened.name, how)
    groups += [graft.copy(group) for group, _ in states]
    _add(graft, settings, own, states)
    if others:
        others = ArrayObject([_with_guests(graft, each, states) for each in others])
    names = {_name(body.get_object(each)) for each in [settings, *others]}
    for config in configs:
        if isinstance(config, DictionaryObject):
            others.append(_alone(graft, found, config, names))
    joined.update(dictionary({"/OCGs": groups, "/D": settings, "/Configs": others or None}))
    return joined


def _states(
    opened: Opened, properties: DictionaryObject, config: DictionaryObject
) -> Iterator[tuple[IndirectObject, bool]]:
    """The layers of a file, and whether a configuration hides them; unchanged is shown (table 101)."""
    on, off = (_keys(opened.item(config, key)) for key in ("/ON", "/OFF"))
    starts_off = opened.item(config, "/BaseState") == "/OFF"
    for group in _array(opened, properties, "/OCGs"):
        if isinstance(group, IndirectObject) and opened.resolve(group) is not None:
            key = (group.idnum, group.generation)
            yield group, (key not in on if starts_off else key in off)


def _add(graft: Graft, settings: DictionaryObject, own: DictionaryObject, states: _Groups) -> None:
    """Add a guest's layers to a configuration of the whole."""
    opened, body = graft.opened, graft.body
    lists = {key: _list(body, settings, key) for key in ("/ON", "/OFF", *_LISTS)}
    for group, is_off in states:
        lists["/OFF" if is_off else "/ON"].append(graft.copy(group))
    for name in _LISTS:
        lists[name] += [graft.copy(each) for each in _array(opened, own, name)]
    settings.update(dictionary({key: each for key, each in lists.items() if each}))


def _with_guests(graft: Graft, value: Any, states: _Groups) -> Any:
    """Another configuration of the whole, in which a guest's layers are as in the default one."""
    config = graft.body.get_object(value)
    if not isinstance(config, DictionaryObject):
        return value
    made = DictionaryObject(config)
    _add(graft, made, DictionaryObject(), states)
    return made


def _alone(
    graft: Graft, properties: DictionaryObject, config: DictionaryObject, names: set[str]
) -> DictionaryObject:
    """A configuration of a guest that changes its own layers only, under a name of its own."""
    made: DictionaryObject = graft.copy(DictionaryObject(config))
    if graft.opened.item(config, "/BaseState") != "/Unchanged":
        lists: dict[str, ArrayObject] = {"/ON": ArrayObject(), "/OFF": ArrayObject()}
        for group, is_off in _states(graft.opened, properties, config):
            lists["/OFF" if is_off else "/ON"].append(graft.copy(group))
        made.update(dictionary({**lists, "/BaseState": NameObject("/Unchanged")}))
    stem = new = _name(made)
    number = 1
    while new and new in names:
        prefix = graft.names.prefix if number == 1 else f"{graft.names.prefix}{number}"
        new, number = f"{prefix}.{stem}", number + 1
    names.add(new)
    if new != stem:
        made.update(dictionary({"/Name": text(new)}))
    return made


def _name(config: Any) -> str:
    found = dict.get(config, "/Name") if isinstance(config, DictionaryObject) else None
    return str(found) if isinstance(found, TextStringObject | ByteStringObject) else ""


def _keys(groups: Any) -> set[tuple[int, int]]:
    each = groups if isinstance(groups, ArrayObject) else ()
    return {(ref.idnum, ref.generation) for ref in each if isinstance(ref, IndirectObject)}


def _array(opened: Opened, holder: DictionaryObject, key: str) -> ArrayObject:
    found = opened.item(holder, key)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _list(body: Body, holder: DictionaryObject, key: str) -> ArrayObject:
    return ArrayObject(body.get_object(dict.get(holder, key)) or [])
