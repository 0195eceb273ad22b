"""The objects of a file, read in bounded time and memory however it was made.

pypdf's own reader looks at each byte, searches the whole file for each object that is missing, and
takes what it could read of a damaged dictionary for all of it.
"""

import logging
import re
from bisect import bisect_right
from io import BytesIO
from typing import Any

from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NullObject,
    NumberObject,
    StreamObject,
    read_object,
)

from layout.bindery.filedata import FileData
from layout.bindery.packed import MOST as MOST_PACKED
from layout.bindery.packed import unpacked
from layout.bindery.unpacking import Unpacker
from layout.bindery.values import BLANK, BLANKS, Broken, Odd, Room, Short, Values

Key = tuple[int, int]
"""Number and generation of an object."""

WINDOW = 1 << 16
"""Bytes of a large file in which an object is looked for first, without its stream."""
MARGIN = 64
"""Bytes at the end of such a window in which a token may be cut."""
OBJECTS = 1 << 20
"""Arrays and dictionaries that the smallest file may hold; larger ones hold one more for each byte."""
SLACK = 1 << 16
"""Bytes by which streams may lie over each other."""

_HEAD = re.compile(BLANK + rb"*([0-9]{1,10})" + BLANK + rb"+([0-9]{1,5})" + BLANK + rb"+obj")
_NEXT = re.compile(rb"(?:[ \n\r\t\f\0]++|%[^\r\n]*+)*+(?:(stream) *(\r\n|\n|\r(?!\n))?|(endobj))?")
_ENDED = re.compile(BLANK + rb"{0,32}(?:endstream|endobj)")
_STREAM = re.compile(rb">>" + BLANK + rb"*stream[ \r\n]")
_EMPTY = re.compile(BLANK + rb"*endobj")
HARMLESS = "Multiple definitions in dictionary"
"""What pypdf logs where a key stands twice, of which it takes the first."""
_log = logging.getLogger("pypdf")


class _Losses(logging.Handler):
    """Counts what pypdf has to say of a value, which is always that it passed over something."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.count += not str(record.msg).startswith(HARMLESS)


class Objects:
    """Objects of one file by their references, as pypdf's reader has them; those that are listed nowhere are None."""

    strict = False

    def __init__(self, file: FileData) -> None:
        self.file = file
        self.room = Room(OBJECTS + file.size)
        self.xref: dict[int, dict[int, int]] = {}
        self.xref_objStm: dict[int, tuple[int, int]] = {}
        self.resolved_objects: dict[Key, Any] = {}
        self.lock: Any = None
        self.data_of = Unpacker(file.size).data_of
        self._streams_left = file.size + SLACK
        self._offsets: list[int] = []
        self._contents: dict[int, set[int]] = {}
        self._sized: set[Key] = set()
        self._under_way: set[Key] = set()

    def get_object(self, reference: IndirectObject) -> Any:
        """An object, or None for one that is not listed."""
        number, generation = reference.idnum, reference.generation
        known = self.resolved_objects
        if (generation, number) in known:
            return known[generation, number]
        if generation == 0 and number in self.xref_objStm:
            self._unpack(self.xref_objStm[number][0])
            return known.setdefault((0, number), NullObject())
        place = self.xref.get(generation, {}).get(number)
        if place is None or (number, generation) in self._under_way:
            return None
        self._under_way.add((number, generation))
        try:
            found = self.read(place, (number, generation))
        finally:
            self._under_way.discard((number, generation))
        if self.lock is not None:
            found = self.lock.decrypt_object(found, number, generation)
        known[generation, number] = found
        return found

    def _unpack(self, holder: int) -> None:
        """Read all objects of an object stream that are listed in it."""
        if holder in self.xref_objStm:
            raise Broken("an object stream is in an object stream")
        wanted = self._contents.pop(holder, None)
        if not wanted:
            return
        packed = self.get_object(IndirectObject(holder, 0, self))
        if not isinstance(packed, StreamObject):
            raise Broken(f"the object stream {holder} is missing")
        if len(packed._data) > MOST_PACKED:
            raise Broken(f"the object stream {holder} is too large")
        for number, value in unpacked(packed, self.data_of(packed), self, wanted).items():
            self.resolved_objects.setdefault((0, number), value)
        self.resolved_objects.pop((0, holder), None)

    def read(self, place: int, key: Key) -> Any:
        """The object that begins at a place, not decrypted; None where there is another one."""
        limit = self._limit(place)
        for data, start, end in self.file.windows(place, limit, WINDOW):
            is_all = end - start >= limit - place
            head = _HEAD.match(data, start, end)
            if head is None or (int(head[1]), int(head[2])) != key:
                return None
            values = Values(data, self, self.room, end)
            try:
                found = values.value(head.end())
            except Odd as odd:
                if not is_all:
                    continue
                if isinstance(odd, Short) and not _EMPTY.match(data, head.end(), end):
                    raise Broken(f"object {key[0]} ends too early") from None
                return self._odd(data[head.end() : end], key, place + head.end() - start, limit)
            after = _NEXT.match(data, values.at, end)
            assert after
            if not is_all and after.end() > end - MARGIN:
                continue
            if after[1] and isinstance(found, DictionaryObject):
                return self._stream(found, place + after.end() - start, limit, key)
            return found
        return None

    def _limit(self, place: int) -> int:
        """Where an object ends at the latest: where the next one begins."""
        at = bisect_right(self._offsets, place)
        return self._offsets[at] if at < len(self._offsets) else self.file.size

    def _odd(self, data: bytes, key: Key, start: int, limit: int) -> Any:
        """What pypdf makes of an object between its head and the next one."""
        if _EMPTY.match(data):
            return NullObject()
        begun = _STREAM.search(data)
        found = self.odd(data[: begun.start() + 2] if begun else data, key[0])
        if begun is None or not isinstance(found, DictionaryObject):
            return found
        after = _NEXT.match(data, begun.start() + 2)
        assert after
        return self._stream(found, start + after.end(), limit, key)

    def odd(self, data: bytes, number: int) -> Any:
        """What pypdf makes of a value that is no plain PDF; raises `Broken` where it would lose a part."""
        losses = _Losses()
        _log.addHandler(losses)
        try:
            source = BytesIO(data.strip(BLANKS))
            found = read_object(source, self)  # type: ignore[arg-type]
        except Exception as error:  # pypdf raises some fifteen kinds
            raise Broken(f"object {number} cannot be read") from error
        finally:
            _log.removeHandler(losses)
        if losses.count or (isinstance(found, list | dict) and not _is_closed(source)):
            raise Broken(f"object {number} cannot be read whole")
        return found

    def _stream(self, entries: DictionaryObject, start: int, limit: int, key: Key) -> StreamObject:
        """A stream, whatever its /Length says; raises `Broken` where it has no end."""
        size = self._length(dict.get(entries, "/Length"))
        stated = 0 <= size <= self.file.size - start
        if not stated or not _ENDED.match(self.file.at(start + size, MARGIN)):
            size = self._size(start, limit, key)
        if key not in self._sized:
            self._sized.add(key)
            self._streams_left -= size
            if self._streams_left < 0:
                raise Broken("its streams lie over each other")
        made = EncodedStreamObject() if "/Filter" in entries else DecodedStreamObject()
        made._data = self.file.at(start, size)
        dict.update(made, entries)
        made.pop("/Length", None)
        return made

    def _length(self, value: Any) -> int:
        """The stated length of a stream; -1 for none."""
        if isinstance(value, IndirectObject):
            value = self.get_object(value)
        return int(value) if isinstance(value, NumberObject) else -1

    def _size(self, start: int, limit: int, key: Key) -> int:
        """The bytes of a stream up to its end, wherever that is."""
        end = self.file.find(b"endstream", start, limit)
        end = end if end >= 0 else self.file.find(b"endobj", start, limit)
        if end < 0:
            raise Broken(f"the stream of object {key[0]} has no end")
        last = self.file.at(max(start, end - 2), min(2, end - start))
        return end - start - (2 if last == b"\r\n" else last[-1:] in (b"\r", b"\n"))


def _is_closed(source: BytesIO) -> bool:
    """Whether an array or a dictionary that was read from bytes has its end in them."""
    return bool(source.read(1)) or source.getvalue().endswith((b"]", b">>"))
