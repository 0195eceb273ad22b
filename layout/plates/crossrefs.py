"""Object streams (ISO 32000-1, 7.5.7) and the cross-reference stream (7.5.8) that leads to what is in them.

Everything that is no stream goes into object streams, which makes the many small dictionaries of tags,
links and bookmarks cost little.
"""

import re
import zlib
from collections.abc import Sequence
from hashlib import sha256

COMMENT = b"\n%\xe2\xe3\xcf\xd3\n"
"""Four bytes above 127, so that nobody takes the file for text (7.5.2)."""

PACKED = 1000
"""Objects in one object stream: a viewer that wants one of them unpacks them all, some 60 kB."""

ROW = 7
"""Bytes of an entry of the cross-reference stream: its type, an offset or number, an index."""

LARGEST = 0xFFFFFFFF
"""The last byte that an entry can lead to."""

Place = tuple[int, int, int]
"""A row: 1, offset, 0; or 2, the number of an object stream, the index in it."""


BLANK = b"0" * 32
"""What stands for the seal while it is not known."""

_HALVES = re.compile(rb"/ID\[<[0-9A-F]{32}><([0-9A-F]{32})>\]")

FREE: Place = (0, 0, 65535)
"""The row of a number that no object has."""


def header(version: tuple[int, int]) -> bytes:
    """The first two lines of a file."""
    return b"%%PDF-%d.%d" % version + COMMENT


def indirect(number: int, content: bytes) -> bytes:
    """An object with its number (7.3.10)."""
    return b"%d 0 obj\n" % number + content + b"\nendobj\n"


def object_stream(some: Sequence[tuple[int, bytes]]) -> bytes:
    """Objects one after the other, before them their numbers and places."""
    places, body = [], bytearray()
    for number, content in some:
        places.append(b"%d %d" % (number, len(body)))
        body += content + b"\n"
    head = b" ".join(places) + b"\n"
    data = zlib.compress(head + bytes(body), 9)
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d" % (
        len(some),
        len(head),
        len(data),
    )
    return b"<<" + entries + b">>\nstream\n" + data + b"\nendstream"


def cross_references(where: dict[int, Place], size: int, trailer: bytes) -> bytes:
    """Where each object is, as differences from the row above (predictor 12 of 7.4.4.4)."""
    rows = b"".join(
        [
            bytes((kind,)) + place.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, place, index in (where.get(number, FREE) for number in range(size))
        ]
    )
    changes = bytes([(a - b) & 255 for a, b in zip(rows, bytes(ROW) + rows, strict=False)])
    filtered = [b"\2" + changes[at : at + ROW] for at in range(0, len(changes), ROW)]
    data = zlib.compress(b"".join(filtered))
    entries = (
        b"/Type/XRef/Size %d/W[1 4 2]%b"
        b"/Filter/FlateDecode/DecodeParms<</Columns %d/Predictor 12>>/Length %d"
        % (size, trailer, ROW, len(data))
    )
    return b"<<" + entries + b">>\nstream\n" + data + b"\nendstream"


class Seal:
    """The second half of an /ID (14.4): it changes with every other byte of the file.

    A file that still bears the right one has not been touched since it was written.
    """

    def __init__(self, data: bytes | bytearray = b"") -> None:
        self._digest = sha256(data)

    def update(self, data: bytes) -> None:
        """Take in what comes next in the file."""
        self._digest.update(data)

    def half(self) -> bytes:
        """16 bytes for all that was taken in."""
        return self._digest.digest()[:16]

    def ending(
        self, number: int, at: int, where: dict[int, Place], entries: bytes, identity: bytes
    ) -> bytes:
        """The end of a file of `at` bytes, all taken in: its cross-reference stream as object `number`, and the seal.

        `entries` go into its trailer; `identity`, or what was taken in if it is empty, is the first half of its /ID.
        """
        where[number] = (1, at, 0)
        first = (identity or self.half()).hex().upper().encode()
        trailer = entries + b"/ID[<%b><%b>]" % (first, BLANK)
        end = indirect(number, cross_references(where, number + 1, trailer))
        end += b"startxref\n%d\n%%%%EOF\n" % at
        self.update(end)
        at = end.index(BLANK + b">]")
        return end[:at] + self.half().hex().upper().encode() + end[at + len(BLANK) :]

    def closes(self, end: bytes) -> bool:
        """Whether what was taken in is all that stood before an `ending`, and this is it to the byte."""
        found = _HALVES.search(end)
        if found is None:
            return False
        self.update(end[: found.start(1)] + BLANK + end[found.end(1) :])
        return found[1] == self.half().hex().upper().encode()
