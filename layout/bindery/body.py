"""A PDF under construction: numbered objects, written once, with nothing in them that changes.

Objects are pypdf's values; bytes, names and strings go out exactly as they came in.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

NULL = NullObject()
_LITERAL = re.compile(rb"[\x20-\x7e]*")
_ESCAPED = re.compile(rb"([\\()])")
_REGULAR = re.compile(rb"[^!\"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]")


class Stream(Struct, frozen=True, gc=False):
    """A stream: its dictionary without /Length, and its bytes as they stand in the file."""

    entries: DictionaryObject
    data: bytes


def dictionary(entries: Mapping[str, Any]) -> DictionaryObject:
    """A PDF dictionary; keys with their slash, None values left out."""
    made = DictionaryObject()
    for key, value in entries.items():
        if value is not None:
            made[NameObject(key)] = value
    return made


def text(value: str) -> ByteStringObject:
    """A text string: as ASCII where it can be, else as UTF-16BE (ISO 32000-1, 7.9.2.2)."""
    if value.isascii():
        return ByteStringObject(value.encode("ascii"))
    return ByteStringObject(b"\xfe\xff" + value.encode("utf-16-be", "replace"))


class Body:
    """The numbered objects of one file."""

    def __init__(self) -> None:
        self._objects: list[object] = []
        self._twins: dict[bytes, IndirectObject] = {}

    def reserve(self) -> IndirectObject:
        """A reference to an object that is put in later."""
        self._objects.append(NULL)
        return IndirectObject(len(self._objects), 0, self)

    def put(self, reference: IndirectObject, value: object) -> None:
        """Say what a reserved reference stands for."""
        self._objects[reference.idnum - 1] = value

    def add(self, value: object) -> IndirectObject:
        """A reference to a new object."""
        reference = self.reserve()
        self.put(reference, value)
        return reference

    def add_stream(self, stream: Stream) -> IndirectObject:
        """A reference to a stream; equal streams that refer to nothing else are stored once."""
        key = sha256(serialised(stream.entries) + b"\0" + stream.data).digest()
        if key not in self._twins:
            self._twins[key] = self.add(stream)
        return self._twins[key]

    def get_object(self, value: Any) -> Any:
        """What a reference of this file stands for; any other value is its own answer."""
        return self._objects[value.idnum - 1] if isinstance(value, IndirectObject) else value

    def written(
        self,
        version: tuple[int, int],
        root: IndirectObject,
        info: IndirectObject | None,
        identity: bytes = b"",
    ) -> bytes:
        """The file, with a cross-reference table (ISO 32000-1, 7.5) and an /ID: `identity`, else from its content."""
        out = bytearray(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version)
        offsets = []
        for number, value in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number
            out += _stream(value) if isinstance(value, Stream) else serialised(value)
            out += b"\nendobj\n"
        start, size = len(out), len(offsets) + 1
        half = ByteStringObject(identity or sha256(out).digest()[:16])
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        trailer = dictionary(
            {
                "/Size": NumberObject(size),
                "/Root": root,
                "/Info": info,
                "/ID": ArrayObject([half, half]),
            }
        )
        out += b"trailer\n" + serialised(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def _stream(stream: Stream) -> bytes:
    sized = DictionaryObject(stream.entries)
    sized[NameObject("/Length")] = NumberObject(len(stream.data))
    return serialised(sized) + b"\nstream\n" + stream.data + b"\nendstream"


def serialised(value: object) -> bytes:
    """A value as it stands in a file (ISO 32000-1, 7.3)."""
    return _WRITERS[type(value)](value)


def _dictionary(value: Any) -> bytes:
    pairs = [_name(str(key)) + b" " + serialised(each) for key, each in value.items()]
    return b"<<" + b" ".join(pairs) + b">>"


def _array(value: Any) -> bytes:
    return b"[" + b" ".join([serialised(each) for each in value]) + b"]"


@lru_cache(4096)
def _name(value: str) -> bytes:
    # Names were read as Latin-1, so that each byte is one character: see `foreign.reading`.
    raw = value[1:].encode("latin-1")
    return b"/" + _REGULAR.sub(lambda odd: b"#%02X" % odd[0][0], raw)


def _string(value: Any) -> bytes:
    raw = bytes(value.original_bytes)
    if _LITERAL.fullmatch(raw):
        return b"(" + _ESCAPED.sub(rb"\\\1", raw) + b")"
    return b"<" + raw.hex().encode() + b">"


def _real(value: Any) -> bytes:
    shown = f"{float(value):.10f}".rstrip("0").rstrip(".")
    return b"0" if shown in ("-0", "") else shown.encode()


_WRITERS: dict[type, Callable[[Any], bytes]] = {
    IndirectObject: lambda value: b"%d %d R" % (value.idnum, value.generation),
    DictionaryObject: _dictionary,
    ArrayObject: _array,
    NameObject: lambda value: _name(str(value)),
    TextStringObject: _string,
    ByteStringObject: _string,
    FloatObject: _real,
    NumberObject: lambda value: b"%d" % value,
    BooleanObject: lambda value: b"true" if value.value else b"false",
    NullObject: lambda _: b"null",
}
