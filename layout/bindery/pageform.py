"""Pages as form XObjects (ISO 32000-1, 8.10), to be painted on others, and the numbers that place them."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
)

from layout.bindery.around import streams_of, unbalanced
from layout.bindery.body import Stream, dictionary
from layout.bindery.graft import Graft


def page_form(graft: Graft, entries: DictionaryObject, area: Sequence[float]) -> IndirectObject:
    """A page as a form in its own space, cut at `area`; its group is isolated, as a page's is (11.4.7)."""
    streams = streams_of(graft.opened, entries)
    form = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": numbers_of(area),
        "/Resources": graft.copy(dict.get(entries, "/Resources")) or DictionaryObject(),
        "/Group": _group(graft, entries),
    }
    missing, _ = unbalanced(graft.opened, entries)
    if len(streams) == 1 and not missing:  # as it is, still compressed
        for key in ("/Filter", "/DecodeParms"):
            form[key] = graft.copy(dict.get(streams[0], key))
        return graft.body.add_stream(Stream(dictionary(form), streams[0]._data))
    # A Q too many ends a page's form early for some readers; those a form begins with are its own.
    content = b"\n".join([b"q " * missing, *[graft.opened.data_of(each) for each in streams]])
    return graft.body.add_stream(packed(content, form))


def note_form(graft: Graft, entries: DictionaryObject) -> IndirectObject:
    """A page of our own as a form, the whole of it."""
    form = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": graft.copy(dict.get(entries, "/MediaBox")),
        "/Resources": graft.copy(dict.get(entries, "/Resources")),
    }
    content = b"\n".join([graft.opened.data_of(each) for each in streams_of(graft.opened, entries)])
    return graft.body.add_stream(packed(content, form))


def _group(graft: Graft, entries: DictionaryObject) -> DictionaryObject | None:
    group = graft.opened.item(entries, "/Group")
    if not isinstance(group, DictionaryObject):
        return None
    made: DictionaryObject = graft.copy(DictionaryObject(group))
    made.update(dictionary({"/I": BooleanObject(True)}))
    return made


def packed(content: bytes, entries: Mapping[str, Any]) -> Stream:
    """A stream, deflated."""
    whole = dictionary({**entries, "/Filter": NameObject("/FlateDecode")})
    return Stream(whole, zlib.compress(content, 9))


def numbers_of(values: Sequence[float]) -> ArrayObject:
    """An array of numbers, such as a box."""
    return ArrayObject([FloatObject(f"{value:.4f}") for value in values])


def written(value: float) -> str:
    """A number as an operand."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
