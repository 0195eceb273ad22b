"""A PDF under construction: numbered objects, written once, with nothing in them that changes.

Objects are pypdf's values; bytes, names and strings go out exactly as they came in. What is no stream
goes into object streams.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO

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

from layout.ground import problems
from layout.plates.crossrefs import (
    LARGEST,
    PACKED,
    Place,
    Seal,
    header,
    indirect,
    object_stream,
)

VERSION = (1, 5)
"""The first version with object streams."""
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
    dict.update(made, [(_key(key), it) for key, it in entries.items() if it is not None])
    return made


@lru_cache(1024)
def _key(key: str) -> NameObject:
    return NameObject(key)


def deflated(data: bytes, entries: Mapping[str, Any] | None = None) -> Stream:
    """A stream of bytes that are not packed yet."""
    said = {"/Filter": NameObject("/FlateDecode"), **(entries or {})}
    return Stream(dictionary(said), zlib.compress(data))


def text(value: str) -> ByteStringObject:
    """A text string: as ASCII where it can be, else as UTF-16BE (ISO 32000-1, 7.9.2.2)."""
    if value.isascii():
        return ByteStringObject(value.encode("ascii"))
    return ByteStringObject(b"\xfe\xff" + value.encode("utf-16-be", "replace"))


WRITTEN = object()
"""What stands for a stream that is in the file already."""


class TooLarge(problems.Refused):
    """Raised for a file of more than 4 GiB, in which offsets would not fit."""

    def __init__(self) -> None:
        message = "it would have more than 4 GiB"
        super().__init__(
            [problems.Problem(problems.Place("the new file"), message, "make several files of it")]
        )


class Body:
    """The numbered objects of one file of at least PDF 1.5, written to `out`.

    Streams are written as soon as they are known, so that only dictionaries wait in memory; `version`
    is the one of the header.
    """

    def __init__(self, version: tuple[int, int] = VERSION, out: BinaryIO | None = None) -> None:
        self._out = out if out is not None else BytesIO()
        self._objects: list[object] = []
        self._twins: dict[bytes, IndirectObject] = {}
        self._where: dict[int, Place] = {}
        self._seal, self._at = Seal(), 0
        self._write(header(max(version, VERSION)))

    def reserve(self) -> IndirectObject:
        """A reference to an object that is put in later."""
        self._objects.append(NULL)
        return IndirectObject(len(self._objects), 0, self)

    def put(self, reference: IndirectObject, value: object, hold: bool = False) -> None:
        """Say what a reserved reference stands for; a stream is written at once unless it is to `hold`."""
        self._objects[reference.idnum - 1] = value
        if isinstance(value, Stream) and not hold:
            self._put_stream(reference.idnum, value)
            self._objects[reference.idnum - 1] = WRITTEN

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
        """What a reference of this file stands for, `WRITTEN` for most streams; other values are themselves."""
        return self._objects[value.idnum - 1] if isinstance(value, IndirectObject) else value

    def finish(
        self, root: IndirectObject, info: IndirectObject | None, identity: bytes = b""
    ) -> None:
        """Write what waits, and the cross-reference stream with an /ID.

        Its first half is `identity`, else made from the content, its second the seal of the file.
        Raises `TooLarge`.
        """
        packed: list[tuple[int, bytes]] = []
        for number, value in enumerate(self._objects, 1):
            if isinstance(value, Stream):
                self._put_stream(number, value)
            elif number not in self._where:
                packed.append((number, serialised(value)))
        free = len(self._objects) + 1
        for start in range(0, len(packed), PACKED):
            some = packed[start : start + PACKED]
            self._where |= {number: (2, free, at) for at, (number, _) in enumerate(some)}
            self._put(free, object_stream(some))
            free += 1
        entries = serialised(dictionary({"/Root": root, "/Info": info}))[2:-2]
        if self._at > LARGEST:
            raise TooLarge
        self._out.write(self._seal.ending(free, self._at, self._where, entries, identity))

    def written(
        self, root: IndirectObject, info: IndirectObject | None, identity: bytes = b""
    ) -> bytes:
        """The same, and the bytes of a file in memory; b'' where it goes into one that was given."""
        self.finish(root, info, identity)
        return self._out.getvalue() if isinstance(self._out, BytesIO) else b""

    def _put_stream(self, number: int, stream: Stream) -> None:
        self._put(number, _stream(stream))

    def _put(self, number: int, content: bytes) -> None:
        self._where[number] = (1, self._at, 0)
        self._write(indirect(number, content))

    def _write(self, data: bytes) -> None:
        if self._at > LARGEST:
            raise TooLarge
        self._out.write(data)
        self._seal.update(data)
        self._at += len(data)


def _stream(stream: Stream) -> bytes:
    sized = DictionaryObject(stream.entries)
    sized[NameObject("/Length")] = NumberObject(len(stream.data))
    return serialised(sized) + b"\nstream\n" + stream.data + b"\nendstream"


def serialised(value: object) -> bytes:
    """A value as it stands in a file (ISO 32000-1, 7.3)."""
    return _WRITERS[type(value)](value)


def _dictionary(value: Any) -> bytes:
    pairs = [_name(key) + b" " + serialised(each) for key, each in dict.items(value)]
    return b"<<" + b" ".join(pairs) + b">>"


def _array(value: Any) -> bytes:
    return b"[" + b" ".join([serialised(each) for each in list.__iter__(value)]) + b"]"


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
    NameObject: _name,
    TextStringObject: _string,
    ByteStringObject: _string,
    FloatObject: _real,
    NumberObject: lambda value: b"%d" % value,
    BooleanObject: lambda value: b"true" if value.value else b"false",
    NullObject: lambda _: b"null",
}
