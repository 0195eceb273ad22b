"""How a file is written (ISO 19005-3, 6.1.2 to 6.1.9): its header, its end, the edges of its objects."""

import re
from collections.abc import Iterator
from mmap import mmap
from typing import Any, Final

from pypdf.generic import IndirectObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import NOWHERE

MOST_OBJECTS: Final = 8_388_607
"""ISO 32000-1, annex C."""

_EOL: Final = rb"(?:\r\n|\r|\n)"
_HEADER: Final = re.compile(rb"%PDF-1\.[0-7]" + _EOL + rb"(%[\x80-\xff]{4})?")
_HEADER_ONLY: Final = re.compile(rb"%PDF-1\.[0-7]" + _EOL)
_XREF: Final = re.compile(rb"xref" + _EOL + rb"\d+ \d+")
_OBJ: Final = re.compile(rb"\d+ \d+ obj" + _EOL)
_ENDOBJ: Final = re.compile(rb"[\r\n]endobj[\r\n]")
_STREAM: Final = re.compile(rb">>[\0\t\n\f\r ]*stream(\r\n|\n)?")
_LENGTH: Final = re.compile(rb"/Length[\0\t\n\f\r ]+(\d+)(?:[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+(R))?")
_ENDSTREAM: Final = re.compile(_EOL + rb"endstream")
_SPACED_END: Final = re.compile(rb"[\0\t\n\f\r ]*endstream")
_STRINGS: Final = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)|%[^\r\n]*+|<<|>>|<([^<>]*+)>", re.DOTALL
)
_ENDLESS: Final = re.compile(rb"[0-9]{400}")
"""A number that Python may take for none at all."""
_NO_DIGITS: Final = re.compile(rb"[^0-9A-Fa-f\0\t\n\f\r ]")
_BLANKS: Final = b"\0\t\n\f\r "


def check_syntax(case: Case) -> None:
    """Everything about the bytes of the file."""
    data = case.data()
    if not _HEADER_ONLY.match(data):
        case.add("header")
    elif not _HEADER.match(data)[1]:  # type: ignore[index]  # it matches where the one above does
        case.add("header-comment")
    _end(case, data)
    identifier = case.array(case.opened.reader.trailer, "/ID")
    if not identifier or not all(case.resolve(each) for each in identifier):
        case.add("file-id")
    if case.opened.is_encrypted:
        case.add("encrypted")
    count = 0
    for number, chunk in _chunks(case, data):
        count += 1
        _object(case, number, chunk)
    if count > MOST_OBJECTS:
        case.add("limit-objects")


def _end(case: Case, data: bytes | mmap) -> None:
    at = data.rfind(b"%%EOF")
    rest = len(data) - at - 5
    # One end of line may follow (6.1.3).
    if at >= 0 and rest > 0 and data[at + 5 :] not in (b"\n", b"\r", b"\r\n"):
        case.add("after-end", NOWHERE, "1 byte" if rest == 1 else f"{rest} bytes")
    start = re.match(rb"startxref\s+(\d+)", data[data.rfind(b"startxref") :])
    position = int(start[1]) if start else len(data)
    if data[position : position + 4] == b"xref" and not _XREF.match(data, position):
        case.add("xref-spacing")


def _chunks(case: Case, data: bytes | mmap) -> Iterator[tuple[int, bytes]]:
    """Each object that stands by itself, with the byte before it and all up to the next one."""
    places = sorted(
        (offset, number)
        for table in case.opened.reader.xref.values()
        for number, offset in table.items()
        if 0 < offset < len(data)
    )
    ends = [offset for offset, _ in places[1:]] + [len(data)]
    for (offset, number), end in zip(places, ends, strict=True):
        yield number, data[offset - 1 : end]


def _object(case: Case, number: int, chunk: bytes) -> None:
    what = f"object {number}"
    if not _OBJ.match(chunk, 1) or chunk[:1] not in (b"\n", b"\r"):
        case.add("object-spacing", NOWHERE, what)
    stream, end = _STREAM.search(chunk), chunk.find(b"endobj")
    # What stands behind the object may be an older one that an update has replaced.
    if stream and not 0 <= end < stream.start():
        head = chunk[: stream.start() + 2]
        end = chunk.find(b"endobj", _stream(case, what, chunk, head, stream))
    else:
        head = chunk[:end]
    if end > 0 and not _ENDOBJ.match(chunk, end - 1):
        case.add("object-spacing", NOWHERE, what)
    check_strings(case, what, head)


def check_strings(case: Case, what: str, data: bytes) -> None:
    """The hexadecimal strings in objects as they are written, and numbers too long to be read."""
    for found in _STRINGS.finditer(data):
        digits = found[1]
        if digits is not None and (
            len(digits.translate(None, _BLANKS)) & 1 or _NO_DIGITS.search(digits)
        ):
            case.add("hex-string", NOWHERE, what)
    if _ENDLESS.search(data) and _ENDLESS.search(_STRINGS.sub(b" ", data)):
        case.add("limit-number", NOWHERE, what)


def _stream(case: Case, what: str, chunk: bytes, head: bytes, found: re.Match[bytes]) -> int:
    """The edges of a stream (7.3.8); where its data ends."""
    if not found[1]:
        case.add("stream-keywords", NOWHERE, what)
    length = _LENGTH.search(head)
    size: Any = int(length[1]) if length else None
    if length and length[3]:
        size = case.resolve(IndirectObject(size, int(length[2]), case.opened.reader))
    if not isinstance(size, int):
        return found.end()
    end = found.end() + size
    if not _ENDSTREAM.match(chunk, end):
        key = "stream-keywords" if _SPACED_END.match(chunk, end) else "stream-length"
        case.add(key, NOWHERE, what)
    return end
