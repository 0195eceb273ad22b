"""Resources of an interactive form (ISO 32000-1, 12.7.2, /DR), and the fonts of its default appearances."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from layout.bindery.body import WRITTEN, Body, Stream, dictionary, serialised

if TYPE_CHECKING:
    from layout.bindery.graft import Graft

_FONT = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)(?=\s+[-+.0-9]+\s+Tf)")
DEEPEST = 12
"""Values in each other that are compared; fonts have four or five."""
MOST = 20_000
"""Values of a font that are compared, widths of Chinese ones included."""


def restyled(style: bytes, fonts: Mapping[bytes, bytes]) -> bytes:
    """A default appearance (12.7.3.3) with other names for its fonts."""
    return _FONT.sub(lambda found: b"/" + fonts.get(found[1], found[1]), style)


class Resources:
    """The resources of the form of the whole, by table and name."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._tables: dict[str, DictionaryObject] = {}
        self._sets: dict[str, ArrayObject] = {}

    def join(self, graft: "Graft", value: Any) -> dict[bytes, bytes]:
        """Take in those of one more form; fonts whose names others have get new ones, which are the answer.

        Other resources are named by nothing but streams that have their own: there the first stays.
        """
        resources = graft.opened.resolve(value)
        renamed: dict[bytes, bytes] = {}
        for key in resources if isinstance(resources, DictionaryObject) else ():
            table = graft.opened.item(resources, key)
            if isinstance(table, ArrayObject):
                self._sets.setdefault(str(key), graft.copy(ArrayObject(table)))
            elif isinstance(table, DictionaryObject):
                self._join(graft, str(key), table, renamed)
        return renamed

    def _join(
        self, graft: "Graft", key: str, table: DictionaryObject, renamed: dict[bytes, bytes]
    ) -> None:
        own = self._tables.setdefault(key, DictionaryObject())
        for name, value in table.items():
            if graft.opened.resolve(value) is None:
                continue
            copied = graft.copy(value)
            new, number = str(name), 1
            while (
                key == "/Font" and new in own and not alike(self._body, dict.get(own, new), copied)
            ):
                new, number = f"{name}.{number}", number + 1
            if new not in own:
                own[NameObject(new)] = copied
            if new != name:
                renamed[_spoken(str(name))] = _spoken(new)

    def written(self) -> DictionaryObject | None:
        """The /DR of the whole."""
        return dictionary({**self._sets, **self._tables}) or None


def _spoken(name: str) -> bytes:
    """A name as it stands in a content stream, without its solidus."""
    return serialised(NameObject(name))[1:]


def alike(body: Body, one: Any, other: Any) -> bool:
    """Whether two values of a file are the same, whatever the numbers of the objects in them.

    Those that are more than fonts have are not compared to the end, and are not the same.
    """
    return _alike(body, one, other, 0, [MOST])


def _alike(body: Body, one: Any, other: Any, depth: int, left: list[int]) -> bool:
    left[0] -= 1
    if left[0] < 0:
        return False
    if IndirectObject is type(one) is type(other) and one.idnum == other.idnum:
        return True
    one, other = body.get_object(one), body.get_object(other)
    if depth > DEEPEST or type(one) is not type(other):
        return False
    if isinstance(one, DictionaryObject):
        same = one.keys() == other.keys()
        return same and all(
            _alike(body, dict.get(one, key), dict.get(other, key), depth + 1, left) for key in one
        )
    if isinstance(one, ArrayObject):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_alike(body, a, b, depth + 1, left) for a, b in pairs)
    # Streams with the same bytes that refer to nothing are one object already.
    if isinstance(one, Stream) or WRITTEN in (one, other):
        return False
    return bool(serialised(one) == serialised(other))
