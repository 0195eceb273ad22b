"""The objects of a file, read in bounded time and memory however it was made.

pypdf's own reader looks at each byte, searches the whole file for each object that is missing, and
takes what it could read of a damaged dictionary for all of it.
"""

import logging
import re
from bisect import bisect_right
from io import BytesIO
from typing import Any

from pypdf import apply_configuration
from pypdf.errors import PdfReadError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    read_object,
)

from layout.bindery.crosstables import HEAD, Found, Scan, read_tables
from layout.bindery.filedata import FileData
from layout.bindery.packed import MOST as MOST_PACKED
from layout.bindery.packed import members, unpacked
from layout.bindery.values import BLANK, BLANKS, Broken, Odd, Room, Short, Values

Key = tuple[int, int]
"""Number and generation of an object."""

WINDOW = 1 << 16
"""Bytes of a large file in which an object is looked for first, without its stream."""
MARGIN = 64
"""Bytes at the end of such a window in which a token may be cut."""
OBJECTS = 1 << 20
"""Arrays and dictionaries that the smallest file may hold; larger ones hold one more for each byte."""
MOST = 75_000_000
"""Bytes of one stream, unpacked."""
UNPACKED = 1 << 27
"""Bytes of all streams of the smallest file that are unpacked, and for each byte of larger ones:"""
TIMES = 32
SLACK = 1 << 16
"""Bytes by which streams may lie over each other."""
RECOVERED = 1 << 20
"""Bytes of a damaged stream that pypdf looks at one by one."""

_HEAD = re.compile(BLANK + rb"*([0-9]{1,10})" + BLANK + rb"+([0-9]{1,5})" + BLANK + rb"+obj")
_NEXT = re.compile(rb"(?:[ \n\r\t\f\0]++|%[^\r\n]*+)*+(?:(stream) *(\r\n|\n|\r(?!\n))?|(endobj))?")
_ENDED = re.compile(BLANK + rb"{0,32}(?:endstream|endobj)")
_STREAM = re.compile(rb">>" + BLANK + rb"*stream[ \r\n]")
_EMPTY = re.compile(BLANK + rb"*endobj")
_ROOT = NameObject("/Root")
HARMLESS = "Multiple definitions in dictionary"
"""What pypdf logs where a key stands twice, of which it takes the first."""
_log = logging.getLogger("pypdf")


class _Losses(logging.Handler):
    """Counts what pypdf has to say of a value, which is always that it passed over something."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.count += not str(record.msg).startswith(HARMLESS)


class Damaged(PdfReadError):
    """Raised for a stream that cannot be unpacked."""


class Spent(Damaged):
    """Raised where streams would have to be unpacked that are far larger than their file."""


class Reader:
    """Objects of one file by their references, as pypdf's reader has them; those that are listed nowhere are None.

    `is_mended` says that the tables were wrong, `is_rebuilt` that they were lost.
    """

    strict = False

    def __init__(self, file: FileData) -> None:
        self.file = file
        self.room = Room(OBJECTS + file.size)
        self.trailer = DictionaryObject()
        self.xref: dict[int, dict[int, int]] = {}
        self.xref_objStm: dict[int, tuple[int, int]] = {}
        self.resolved_objects: dict[Key, Any] = {}
        self.lock: Any = None
        self.is_mended = self.is_rebuilt = False
        self._unpacked_left = UNPACKED + TIMES * file.size
        self._streams_left = file.size + SLACK
        self._offsets: list[int] = []
        self._contents: dict[int, set[int]] = {}
        self._sized: set[Key] = set()
        self._under_way: set[Key] = set()
        self._scan: Scan | None = None
        self._open()

    # --- tables ---

    def _open(self) -> None:
        try:
            self._list(read_tables(self))
        except (Odd, PdfReadError, ValueError, TypeError, NotImplementedError):
            self._rebuild()
        else:
            self._put_right()
        if "/Encrypt" not in self.trailer:
            self.root_object  # noqa: B018  # which is looked for where there is none

    @property
    def root_object(self) -> DictionaryObject:
        """The catalogue; raises `Broken`."""
        root = self._root()
        if root is None and not self.is_rebuilt:
            self._rebuild()
            root = self._root()
        if root is None:
            raise Broken("it has no catalogue" if self.trailer else "its end is missing")
        return root

    def _root(self) -> DictionaryObject | None:
        found = self.trailer.get("/Root")
        found = self.get_object(found) if isinstance(found, IndirectObject) else found
        return found if isinstance(found, DictionaryObject) else None

    def _list(self, found: Found) -> None:
        """Have objects where tables say that they are."""
        self.trailer = found.trailer
        self.xref, self.xref_objStm, self._contents = {}, {}, {}
        for number, entry in found.entries.items():
            if entry is None:
                continue
            generation, place, index = entry
            if generation < 0:
                self.xref_objStm[number] = (place, index)
                self._contents.setdefault(place, set()).add(number)
            else:
                self.xref.setdefault(generation, {})[number] = place
        self._sort()

    def _sort(self) -> None:
        places = {place for table in self.xref.values() for place in table.values()}
        self._offsets = sorted(places)

    def _put_right(self) -> None:
        """Find objects that are not where the table has them."""
        for generation, table in self.xref.items():
            for number, place in list(table.items()):
                head = self.file.match(_HEAD, place, HEAD)
                if head is None or (int(head[1]), int(head[2])) != (number, generation):
                    self.is_mended = True
                    found = self.scan.places.get((number, generation))
                    if found is None:
                        del table[number]
                    else:
                        table[number] = found
        if self.is_mended:
            self._sort()

    @property
    def scan(self) -> Scan:
        """What is found where nobody says where anything is."""
        if self._scan is None:
            self._scan = Scan(self)
        return self._scan

    def _rebuild(self) -> None:
        """Find all objects without any table."""
        self.is_mended = self.is_rebuilt = True
        self.resolved_objects.clear()
        scan = self.scan
        self.xref, self.xref_objStm, self._contents = {}, {}, {}
        for (number, generation), place in scan.places.items():
            self.xref.setdefault(generation, {})[number] = place
        self._sort()
        scan.look()
        self.trailer = scan.trailer
        if "/Encrypt" not in self.trailer:
            self._list_packed()

    def _list_packed(self) -> None:
        """List what is in object streams; an object that stands for itself behind its stream holds."""
        for holder in self.scan.streams:
            place = self.xref.get(0, {}).get(holder, -1)
            try:
                packed = self.get_object(IndirectObject(holder, 0, self))
                numbers = members(packed, self.data_of(packed))
            except Exception:  # a damaged one gives nothing
                numbers = []
            for number in numbers:
                if self.xref.get(0, {}).get(number, -1) < place:
                    self.xref.get(0, {}).pop(number, None)
                    self.xref_objStm[number] = (holder, 0)
        self._contents = {}
        for number, (holder, _) in self.xref_objStm.items():
            self._contents.setdefault(holder, set()).add(number)
        if self.trailer and self._root() is None:
            self._find_root()

    def _find_root(self) -> None:
        """Take the catalogue in an object stream where no trailer names one."""
        for number in sorted(self.xref_objStm):
            reference = IndirectObject(number, 0, self)
            found = self.get_object(reference)
            if isinstance(found, DictionaryObject) and found.get("/Type") == "/Catalog":
                self.trailer.update({_ROOT: reference})

    def unlock(self, lock: Any) -> None:
        """Decrypt all objects from now on with a lock's `decrypt_object`."""
        self.lock = lock
        self.resolved_objects.clear()  # what was read on the way here was not decrypted
        if self.is_rebuilt:
            self._list_packed()

    # --- objects ---

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

    # --- streams ---

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

    def data_of(self, stream: StreamObject) -> bytes:
        """The bytes of a stream, unpacked; raises `Damaged`.

        They are not kept: who wants them twice keeps them.
        """
        if self._unpacked_left < 0:
            raise Spent("too much would have to be unpacked")
        self._unpacked_left -= len(stream._data)
        if "/Filter" not in stream:
            return stream._data
        size = MOST
        try:
            with apply_configuration(zlib_maximum_recovery_input_length=RECOVERED):
                data: bytes = decode_stream_data(stream)
            size = len(data)
        except MemoryError:
            raise
        except Exception as error:  # a filter that pypdf does not know or limits, or damage
            raise Damaged("a stream cannot be unpacked") from error
        finally:
            self._unpacked_left -= size  # one that fails may have cost as much as the largest
        return data


def _is_closed(source: BytesIO) -> bool:
    """Whether an array or a dictionary that was read from bytes has its end in them."""
    return bool(source.read(1)) or source.getvalue().endswith((b"]", b">>"))
