"""Entries that do not come from one file into another as they are, looked at by their keys."""

from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NumberObject,
    TextStringObject,
)

from layout.bindery.actions import (
    HOLDERS,
    MEDIA,
    PAYLOADS,
    plain_action,
    plain_triggers,
    whole_address,
)
from layout.bindery.foreign import Opened
from layout.bindery.formfonts import restyled

if TYPE_CHECKING:
    from layout.bindery.graft import Graft

LOOKED_AT = HOLDERS | PAYLOADS | {"/AA", "/V", "/SD", "/Dest", "/D", "/DA", "/URI"}
"""Keys whose values are not always copied as they are."""


def screened(graft: "Graft", source: DictionaryObject, key: str, value: Any) -> Any:
    """What is to be copied in the place of the value of an entry; None for nothing."""
    if key in graft.dropped:
        return None
    if key in HOLDERS:
        return plain_action(graft.opened, value, graft.taken)
    if key == "/AA":
        return plain_triggers(graft.opened, value, graft.taken)
    if key == "/V" and _is_signature(graft.opened, source):
        graft.signed = True
        return None
    if key == "/SD" and not _is_element(graft, value):
        return None
    if key == "/Dest" or (key == "/D" and is_goto(source)):
        return graft.prepared(value)
    if key in PAYLOADS:
        return None if graft.opened.item(source, "/Subtype") in MEDIA else value
    if key == "/D" and dict.get(source, "/S") == "/Thread":
        return _thread(graft.opened, source, value)
    return _spelled(graft, key, value)


def is_goto(action: DictionaryObject) -> bool:
    """Whether an action leads to a place in its own file."""
    return dict.get(action, "/S") == "/GoTo"


def _is_element(graft: "Graft", destination: Any) -> bool:
    """Whether a structure destination (ISO 32000-2, 12.3.2.3) leads to an element that is kept."""
    value = graft.opened.resolve(destination)
    return isinstance(value, ArrayObject) and bool(value) and graft.known(value[0]) is not None


def _is_signature(opened: Opened, field: DictionaryObject) -> bool:
    value = opened.item(field, "/V")
    return isinstance(value, DictionaryObject) and "/ByteRange" in value


def _spelled(graft: "Graft", key: str, value: Any) -> Any:
    """A default appearance (12.7.3.3) with the new names of its fonts, or a whole address (12.6.4.7)."""
    said = graft.opened.resolve(value)
    if not isinstance(said, TextStringObject | ByteStringObject):
        return value
    if key == "/DA" and graft.fonts:
        return ByteStringObject(restyled(bytes(said.original_bytes), graft.fonts))
    return whole_address(graft.opened, value, said) if key == "/URI" else value


def _thread(opened: Opened, action: DictionaryObject, value: Any) -> Any:
    """A thread of this file that is given by its number (12.6.4.6), by itself."""
    number, threads = opened.resolve(value), opened.item(opened.root, "/Threads")
    is_own = isinstance(number, NumberObject) and "/F" not in action
    if not is_own or not isinstance(threads, ArrayObject) or not 0 <= number < len(threads):
        return value
    return list.__getitem__(threads, int(number))
