"""One file under inspection: the PDF, what is known of it so far, and what was found."""

import re
import zlib
from collections.abc import Callable, Iterator
from mmap import mmap
from typing import Any, Final, TypeVar

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from layout.bindery.foreign import Opened
from layout.bindery.objects import Key
from layout.bindery.preflight.findings import NOWHERE, Findings, Where
from layout.bindery.preflight.profiles import Profile
from layout.bindery.unpacking import Damaged
from layout.manuscript.values import language_fault

T = TypeVar("T")

_SPECIAL: Final = re.compile(r"[ixIX](-[A-Za-z0-9]{1,8})+")
MOST_INFLATED: Final = 1 << 28
"""Bytes of one content stream; more than pypdf takes."""
MOST_BYTES: Final = 1 << 30
"""Bytes of all streams that are read of a file: 512 KiB for each of 2 000 pages."""
MOST_OPERATORS: Final = 30_000_000
"""Operators of all content of a file: 15 000 for each of 2 000 pages."""
NOTHING = DictionaryObject()
"""What stands for a dictionary that is not there; never changed."""


class Spent(Exception):
    """Raised where a file holds more than is looked at; its words begin a finding."""


class Case:
    """Typed, forgiving access to a file's objects: what is of another type counts as not there."""

    def __init__(self, opened: Opened, profile: Profile) -> None:
        self.opened, self.profile = opened, profile
        self.findings = Findings(profile.rules)
        self.root = opened.root
        self.intent = ""
        """The colour space of the output intent: `RGB`, `CMYK`, `GRAY` or "" for none."""
        self.described: dict[tuple[str, str], str] = {}
        """Kinds of the properties that the catalogue's metadata describe, by namespace and name."""
        self.stamps: dict[str, set[object]] = {}
        self.made: dict[tuple[str, int], Any] = {}
        self.held: dict[int, tuple[StreamObject, bytes | Damaged]] = {}
        """Streams that were unpacked, by their identities."""
        self.bytes_left, self.operators_left = MOST_BYTES, MOST_OPERATORS

    def data(self) -> bytes | mmap:
        """The bytes of the whole file; those of a large one are read where they are looked at."""
        return self.opened.bytes

    def add(self, key: str, where: Where = NOWHERE, detail: object = "") -> None:
        """A finding."""
        self.findings.add(key, where, detail)

    def language(self, tag: str, where: Where = NOWHERE) -> None:
        """A language tag by its form (RFC 5646, 2.1), private and old registered ones included."""
        if language_fault(tag) and not _SPECIAL.fullmatch(tag):
            self.add("lang-form", where, tag or "it is empty")

    def guard(self, what: str, check: Callable[..., None], *arguments: Any, page: int = 0) -> None:
        """Run a check; whatever it cannot bear becomes a finding."""
        try:
            check(self, *arguments)
        except MemoryError:
            raise
        except Spent as spent:
            self.add("unchecked", NOWHERE, spent)
        except Exception:  # a damaged file breaks pypdf, and us, in more ways than can be listed
            self.add("unchecked", Where(page), what)

    def first(self, list_name: str, value: object) -> bool:
        """Whether a value comes to this list for the first time: shared objects are checked once."""
        seen = self.stamps.setdefault(list_name, set())
        if value in seen:
            return False
        seen.add(value)
        return True

    def item(self, holder: Any, key: str) -> Any:
        """The value of an entry, or None."""
        return self.opened.item(holder, key) if isinstance(holder, DictionaryObject) else None

    def resolve(self, value: Any) -> Any:
        """What a value stands for, or None."""
        return self.opened.resolve(value)

    def dictionary(self, holder: Any, key: str) -> DictionaryObject:
        """The dictionary in an entry, or an empty one."""
        found = self.item(holder, key)
        return found if isinstance(found, DictionaryObject) else NOTHING

    def stream(self, holder: Any, key: str) -> StreamObject | None:
        """The stream in an entry, or None."""
        found = self.item(holder, key)
        return found if isinstance(found, StreamObject) else None

    @property
    def is_spent(self) -> bool:
        """Whether more was read of the file than is looked at: not everything is known of it."""
        return self.bytes_left < 0 or self.operators_left < 0

    def spend(self, size: int = 0, operators: int = 0) -> None:
        """Take bytes and operators from what may be read of the file."""
        self.bytes_left -= size
        self.operators_left -= operators
        if self.bytes_left < 0:
            raise Spent(f"all that is beyond {MOST_BYTES >> 20} MiB of streams")
        if self.operators_left < 0:
            raise Spent(f"all that is beyond {MOST_OPERATORS} operators of content")

    def unpacked(self, stream: StreamObject) -> bytes:
        """The data of a stream; whatever refers to it, it is taken into account once."""
        data = self._data(stream)
        if self.first("unpacked", id(stream)):
            self.spend(len(data))
        return data

    def once(self, list_name: str, stream: StreamObject, make: Callable[[], T]) -> T:
        """What is made of a stream, made once however many objects refer to it."""
        key = (list_name, id(stream))
        if key not in self.made:
            self.made[key] = make()
        found: T = self.made[key]
        return found

    def content(self, stream: StreamObject, page: int) -> bytes:
        """The data of a content stream; what is lost of it is a finding, though pypdf may not mind.

        It is taken into account as often as it is read.
        """
        self.spend()
        if self.first("content", id(stream)):
            first = self.resolve(next(iter(self.each(stream, "/Filter")), None))
            if first == "/FlateDecode" and stream._data and not _inflates(stream._data):
                self.add("unchecked", Where(page), "a damaged content stream")
        data = self._data(stream)
        self.spend(len(data))
        return data

    def _data(self, stream: StreamObject) -> bytes:
        """The same; of what refers to one stream, the first unpacks it, or fails to."""
        held: StreamObject | None
        data: bytes | Damaged
        held, data = self.held.get(id(stream), (None, b""))
        if held is not stream:
            try:
                data = self.opened.data_of(stream)
            except Damaged as error:
                data = error
            self.held[id(stream)] = (stream, data)
        if isinstance(data, Damaged):
            raise data
        return data

    def array(self, holder: Any, key: str) -> list[Any]:
        """The array in an entry, its values as they are, or an empty one."""
        found = self.item(holder, key)
        return list(found) if isinstance(found, ArrayObject) else []

    def each(self, holder: Any, key: str) -> list[Any]:
        """What stands in an entry that holds one value or an array of them."""
        found = self.item(holder, key)
        if found is None:
            return []
        return list(found) if isinstance(found, ArrayObject) else [dict.get(holder, key)]

    def name(self, holder: Any, key: str) -> str:
        """The name in an entry without its solidus, or ""."""
        found = self.item(holder, key)
        return found[1:] if isinstance(found, NameObject) else ""

    def text(self, holder: Any, key: str) -> str:
        """The text string in an entry, or ""."""
        return text(self.item(holder, key))

    def number(self, holder: Any, key: str) -> int | None:
        """The integer in an entry, or None."""
        found = self.item(holder, key)
        return int(found) if isinstance(found, int | float) else None

    def is_true(self, holder: Any, key: str) -> bool:
        """Whether an entry is true."""
        found = self.item(holder, key)
        return isinstance(found, BooleanObject) and bool(found.value)

    def name_tree(self, root: Any) -> Iterator[tuple[Any, Any]]:
        """Keys and values of a name tree or a number tree, whatever its depth (7.9.6, 7.9.7)."""
        stack, seen = [root], set()
        while stack:
            value = stack.pop()
            if (key := identity(value)) in seen:
                continue
            seen.add(key)
            node = self.resolve(value)
            for entry in ("/Names", "/Nums"):
                pairs = self.array(node, entry)
                yield from zip(map(self.resolve, pairs[::2]), pairs[1::2], strict=False)
            stack += reversed(self.array(node, "/Kids"))


def _inflates(data: bytes) -> bool:
    """Whether deflated data is whole; what stands behind it does not matter."""
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(data, MOST_INFLATED)
    except zlib.error:
        return False
    return inflater.eof or bool(inflater.unconsumed_tail)


def text(value: Any) -> str:
    """A text string as it reads, or ""."""
    if isinstance(value, TextStringObject):
        return str(value)
    return bytes(value).decode("latin-1") if isinstance(value, ByteStringObject) else ""


def identity(value: Any) -> Key | int:
    """What tells an object from others: its number, or where it is in memory."""
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else id(value)


def is_utf8(name: str) -> bool:
    """Whether a name, read as Latin-1, is UTF-8 (6.1.8)."""
    try:
        name.encode("latin-1").decode()
    except UnicodeError:
        return name.isascii()
    return True
