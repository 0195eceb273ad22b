"""PDFs made elsewhere, opened with care: what cannot be read whole is refused in one sentence."""

import logging
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EINVAL
from functools import cached_property
from mmap import mmap
from typing import Any, BinaryIO

from msgspec import Struct
from pypdf import apply_configuration
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from layout.bindery.crosstables import HEAD, OBJECT, START, TABLE
from layout.bindery.filedata import FileData, from_bytes, from_file, from_path
from layout.bindery.objects import Key
from layout.bindery.reader import Reader
from layout.bindery.unpacking import Damaged
from layout.bindery.values import Broken
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.plates.crossrefs import Seal

Content = bytes

MAX_BYTES = 1 << 31
MAX_PAGES = 100_000
MAX_ENTRIES = 1 << 22
"""Entries of all pages together, each page as often as it is shown."""
MAX_SIDE = 1_000_000.0
"""Points; ISO 32000-1, annex C stops at 14 400, and posters do not."""
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What a page may have from the nodes above it (ISO 32000-1, table 30)."""

HELD = 1 << 14
"""Bytes up to which streams of a large file stay in memory once they were read."""

_HEADER = re.compile(rb"%PDF-(\d)\.(\d)")
_log = logging.getLogger("pypdf")


class Leaf(Struct, frozen=True):
    """A page: its object, and its entries with those it inherits."""

    key: Key | None
    entries: DictionaryObject


@contextmanager
def reading(place: Place, name: str, limit: int) -> Iterator[None]:
    """Read from a PDF of `limit` bytes: whatever pypdf raises becomes a refusal, and it is silent.

    No array or stream can be larger than its file, which replaces pypdf's fixed limits. Names are
    read as Latin-1, since pypdf's guess between three encodings cannot be written back.
    """
    silent = logging.NullHandler()
    charsets, heard = NameObject.CHARSETS, _log.propagate
    NameObject.CHARSETS = ("latin-1",)  # type: ignore[assignment]
    _log.propagate = False
    _log.addHandler(silent)
    try:
        with apply_configuration(
            array_maximum_element_count=limit,
            dictionary_maximum_element_count=limit,
            maximum_declared_stream_length=limit + 1,
        ):
            yield
    except (Refused, MemoryError):
        raise
    except OSError as error:
        # A place that is in no file is the file's fault, and all else is not.
        if error.errno not in (None, EINVAL):
            raise
        raise damaged(place, name) from error
    except (Broken, Damaged) as error:
        raise damaged(place, name, str(error)) from error
    except Exception as error:  # pypdf raises some fifteen kinds on damaged files
        raise damaged(place, name) from error
    finally:
        NameObject.CHARSETS, _log.propagate = charsets, heard
        _log.removeHandler(silent)


def damaged(place: Place, name: str, how: str = "") -> Refused:
    """The refusal of a file that is cut short or broken."""
    message = f"{name} is cut short or damaged" + (f": {how}" if how else "")
    return refuse(place, message, "fetch or export it once more; qpdf may be able to mend it")


class Opened:
    """A PDF that could be opened: `pages` in order, `nodes` of the page tree above them.

    `resolve` answers for references that dangle, which are null (ISO 32000-1, 7.3.10), except
    where the table was lost: there a missing object means a file that is cut short.
    """

    def __init__(
        self, data: FileData, place: Place, name: str, passwords: Sequence[str] | None = None
    ) -> None:
        self.place, self.name, self.size = place, name, data.size
        self._data = data
        with self.reading():
            self.reader = Reader(data)
            self.is_encrypted = "/Encrypt" in self.reader.trailer
            if self.is_encrypted:
                from layout.bindery.locked import unlock

                unlock(self.reader, passwords, place, name)
            self._rebuilt = self.reader.is_rebuilt or not _table_stands(data)
            self.root = self.reader.root_object
            self.nodes: set[Key] = set()
            self.pages = tuple(self._walk())
            self._check_pages()

    def reading(self) -> Any:
        """`reading` for this file."""
        return reading(self.place, self.name, self.size)

    @property
    def version(self) -> tuple[int, int]:
        """The later of the header's version and the catalogue's (ISO 32000-1, 7.2.2)."""
        found = _HEADER.search(self._data.at(0, 1024))
        header = (int(found[1]), int(found[2])) if found else (1, 4)
        stated = re.fullmatch(r"/(\d)\.(\d)", str(self.item(self.root, "/Version")))
        return max(header, (int(stated[1]), int(stated[2]))) if stated else header

    @cached_property
    def index(self) -> dict[Key | None, int]:
        """The index from 0 of each page, by its object; the first where one stands twice."""
        return {leaf.key: at for at, leaf in reversed(list(enumerate(self.pages)))}

    @property
    def bytes(self) -> bytes | mmap:
        """All of the file; a large one is read where it is looked at."""
        return self._data.whole()

    @cached_property
    def is_sealed(self) -> bool:
        """Whether it is, byte for byte, what this program wrote: its /ID has the seal of all other bytes."""
        found = self._data.match(START, self._data.last(b"startxref"), HEAD)
        start, seal = int(found[1]) if found else 0, Seal()
        if not 0 < start < self.size:
            return False
        for chunk in self._data.chunks(start):
            seal.update(chunk)
        return seal.closes(self._data.at(start, self.size - start))

    def check_unchanged(self) -> None:
        """Raise `Refused` where the file was written to while it was read: what was taken of it is no whole."""
        if self._data.is_changed:
            message = f"{self.name} was changed while it was read"
            raise refuse(self.place, message, "try again when it is finished")

    def item(self, holder: DictionaryObject, key: str) -> Any:
        """The value of an entry, or None."""
        return self.resolve(dict.get(holder, key))

    def resolve(self, value: Any) -> Any:
        """What a value stands for; None for null and for nothing."""
        for _ in range(8):
            if not isinstance(value, IndirectObject):
                break
            known = self.reader.resolved_objects.get((value.generation, value.idnum))
            value = self._object(value) if known is None else known
        return None if isinstance(value, NullObject | IndirectObject) else value

    def data_of(self, stream: StreamObject) -> Content:
        """The bytes of a stream, unpacked; raises `Damaged`, also where that would be too much."""
        return self.reader.data_of(stream)

    def _object(self, reference: IndirectObject) -> Any:
        number, generation = reference.idnum, reference.generation
        table = self.reader.xref.get(generation, {})
        listed = number in table or (generation == 0 and number in self.reader.xref_objStm)
        if not listed and self.reader.is_mended:
            place = self.reader.scan.places.get((number, generation))
            if place is not None:
                self.reader.xref.setdefault(generation, {})[number] = place
        found = self.reader.get_object(reference)
        if found is None and self._rebuilt:
            raise damaged(self.place, self.name, f"object {number} is missing")
        if self._data.is_large and isinstance(found, StreamObject) and len(found._data) > HELD:
            self.reader.resolved_objects.pop((generation, number), None)
        return found

    def _walk(self) -> Iterator[Leaf]:
        stack: list[tuple[Any, dict[str, Any]]] = [(dict.get(self.root, "/Pages"), {})]
        count, entries_left = 0, MAX_ENTRIES
        while stack:
            value, inherited = stack.pop()
            node = self.resolve(value)
            if not isinstance(node, DictionaryObject):
                raise damaged(self.place, self.name, f"page {count + 1} is missing")
            entries = {key: dict.get(node, key) for key in INHERITED if key in node}
            key = (value.idnum, value.generation) if isinstance(value, IndirectObject) else None
            if "/Kids" in node:
                self._enter(key)
                kids = self.item(node, "/Kids")
                stack += [(kid, inherited | entries) for kid in reversed(kids)]
                continue
            count += 1
            if count > MAX_PAGES:
                raise refuse(self.place, f"{self.name} has more than {MAX_PAGES} pages")
            entries_left -= len(node) + len(inherited)
            if entries_left < 0:
                raise damaged(self.place, self.name, "its pages are too large together")
            whole = DictionaryObject(node)
            whole.update({NameObject(k): v for k, v in inherited.items() if k not in node})
            yield Leaf(key, whole)

    def _enter(self, key: Key | None) -> None:
        if key is None:
            return
        if key in self.nodes:
            raise damaged(self.place, self.name, "its page tree runs in a circle")
        self.nodes.add(key)

    def _check_pages(self) -> None:
        if not self.pages:
            raise refuse(self.place, f"{self.name} has no pages")
        for number, leaf in enumerate(self.pages, 1):
            width, height = self.sides(leaf.entries, "/MediaBox")
            if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
                size = f"{width:g} by {height:g} points" if width or height else "no size"
                hint = "export it again with real page sizes"
                raise refuse(self.place, f"page {number} of {self.name} has {size}", hint)

    def sides(self, page: DictionaryObject, key: str) -> tuple[float, float]:
        """Width and height of one of a page's boxes, in its own units; zeros for none."""
        left, bottom, right, top = self.box(page, key) or (0.0, 0.0, 0.0, 0.0)
        return right - left, top - bottom

    def box(self, page: DictionaryObject, key: str) -> tuple[float, float, float, float] | None:
        """One of a page's boxes, lower left corner first whichever it names (7.9.5), or None."""
        corners = self.item(page, key)
        if not isinstance(corners, ArrayObject) or len(corners) != 4:
            return None
        x1, y1, x2, y2 = (float(self.resolve(corner)) for corner in corners)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def open_pdf(
    path: str, place: Place | None = None, passwords: Sequence[str] | None = None
) -> Opened:
    """The PDF at `path`, or one `Refused` problem at `place` (the file itself, if None).

    Refused are files that are missing, empty, no PDF, cut short, damaged beyond repair, without
    pages or with pages of no real size, and encrypted ones that none of the `passwords` opens
    (None: there is no way to give any). Raises `OSError` where the file may not be read.
    """
    name, place = os.path.basename(path), place or Place(path)
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise refuse(place, f"there is no file {path}", "check the path") from None
    if not stat.S_ISREG(status.st_mode):
        raise refuse(place, f"{path} is no file", "give the path of a PDF")
    if status.st_size > MAX_BYTES:
        raise refuse(place, f"{name} has more than {MAX_BYTES >> 30} GiB", "make it smaller")
    return _opened(from_path(path), place, name, passwords)


def open_all(paths: Sequence[str], passwords: Sequence[str] | None = None) -> list[Opened]:
    """The PDFs at `paths`; one `Refused` holds the problems of all that cannot be opened."""
    opened: list[Opened] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            opened.append(open_pdf(path, passwords=passwords))
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(dict.fromkeys(problems))
    return opened


def open_bytes(data: bytes, place: Place, name: str) -> Opened:
    """As `open_pdf`, for a PDF in memory; `name` stands for it in problems."""
    return _opened(from_bytes(data), place, name)


def open_file(file: BinaryIO, place: Place, name: str) -> Opened:
    """As `open_pdf`, for a PDF in an open file, which is read where it stands."""
    return _opened(from_file(file), place, name)


def _opened(
    data: FileData, place: Place, name: str, passwords: Sequence[str] | None = None
) -> Opened:
    if not data.size:
        raise refuse(place, f"{name} is empty", "fetch or export it once more")
    if b"%PDF-" not in data.at(0, 1024):
        raise refuse(place, f"{name} is no PDF", "give a PDF; other files must be exported first")
    # Objects after the last end belong to an update, or to a linearised file, that was cut short.
    end = data.last(b"%%EOF")
    if end >= 0 and OBJECT.search(data.at(end, data.size)):
        raise damaged(place, name, "its end is missing")
    return Opened(data, place, name, passwords)


def _table_stands(data: FileData) -> bool:
    """Whether the last `startxref` leads to a cross-reference table or stream."""
    found = data.match(START, data.last(b"startxref"), HEAD)
    return found is not None and data.match(TABLE, int(found[1]), HEAD) is not None
