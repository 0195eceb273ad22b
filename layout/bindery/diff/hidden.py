"""The layers of two files in one (ISO 32000-1, 8.11): those that were hidden stay so."""

from collections.abc import Sequence
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from layout.bindery.body import dictionary
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft


def layers_of(files: Sequence[Opened], grafts: Sequence[Graft]) -> DictionaryObject | None:
    """What the catalogue says of the layers of all files, None where there are none."""
    groups, hidden = ArrayObject(), ArrayObject()
    for opened, graft in zip(files, grafts, strict=True):
        with opened.reading():
            properties = opened.item(opened.root, "/OCProperties")
            if not isinstance(properties, DictionaryObject):
                continue
            groups += _copied(graft, opened.item(properties, "/OCGs"))
            default = opened.item(properties, "/D")
            if isinstance(default, DictionaryObject):
                hidden += _copied(graft, opened.item(default, "/OFF"))
    if not groups:
        return None
    return dictionary({"/OCGs": groups, "/D": dictionary({"/OFF": hidden})})


def _copied(graft: Graft, values: Any) -> list[Any]:
    return list(graft.copy(values)) if isinstance(values, ArrayObject) else []
