"""The file under construction: ReportLab's document with numbered objects whose text is ready.

Everything that is no stream goes into object streams (ISO 32000-1, 7.5.7), which makes the many small
dictionaries of tags, links and bookmarks cost little; a cross-reference stream (7.5.8) leads to them.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

COMMENT = b"\n%\xe2\xe3\xcf\xd3\n"
"""Four bytes above 127, so that nobody takes the file for text (7.5.2)."""

PACKED = 1000
"""Objects in one object stream: a viewer that wants one of them unpacks them all, some 60 kB."""

ROW = 7
"""Bytes of an entry of the cross-reference stream: its type, an offset or number, an index."""


class Item(pdfdoc.PDFObject):
    """An indirect object; its text may be given later than its number."""

    __RefOnly__ = 1  # an object of its own, not repeated where it is referred to

    def __init__(self, document: "Document", text: str = "") -> None:
        self.text = text
        self.number = document.numbered(self)

    @property
    def ref(self) -> str:
        """What refers to it."""
        return f"{self.number} 0 R"

    def format(self, document: object) -> bytes:
        """The object's bytes."""
        return self.text.encode("latin-1")


class Stream(Item):
    """A stream: the entries of its dictionary, and its bytes, deflated unless they are packed already."""

    def __init__(
        self, document: "Document", content: bytes, text: str = "", deflate: bool = True
    ) -> None:
        super().__init__(document, text)
        self.data = zlib.compress(content) if deflate else content
        self.filter = "/Filter/FlateDecode" if deflate else ""

    def format(self, document: object) -> bytes:
        """The stream's bytes; an end of line stands before `endstream` (7.3.8.1)."""
        head = f"<<{self.text}{self.filter}/Length {len(self.data)}>>\nstream\n"
        return head.encode("latin-1") + self.data + b"\nendstream"


class Document(pdfdoc.PDFDocument):
    """ReportLab's document, which numbers objects and knows them by name, written in our way."""

    def __init__(self, version: tuple[int, int]) -> None:
        super().__init__(invariant=1, pdfVersion=version)
        self.version = version
        # It begins with a dictionary of fonts of its own; ours are all objects that there are.
        self.objectcounter = 0
        self.idToObject, self.numberToId, self.idToObjectNumberAndVersion = {}, {}, {}

    def numbered(self, item: Item) -> int:
        """Take an object in: its number."""
        self.Reference(item)  # type: ignore[no-untyped-call]
        return int(self.objectcounter)

    def written(self, root: Item, info: Item, identity: str) -> bytes:
        """The whole file; `identity` are 32 hexadecimal digits, for both halves of its /ID (14.4)."""
        out = bytearray(b"%%PDF-%d.%d" % self.version + COMMENT)
        where: dict[int, tuple[int, int, int]] = {}
        packed: list[tuple[int, bytes]] = []
        for number, name in self.numberToId.items():
            thing = self.idToObject[name]
            if isinstance(thing, Stream):
                where[number] = (1, len(out), 0)
                out += _indirect(number, thing.format(self))
            elif isinstance(thing, Item):
                packed.append((number, thing.format(self)))
        free = self.objectcounter + 1
        for start in range(0, len(packed), PACKED):
            some = packed[start : start + PACKED]
            where[free] = (1, len(out), 0)
            where |= {number: (2, free, at) for at, (number, _) in enumerate(some)}
            out += _indirect(free, _object_stream(some))
            free += 1
        where[free] = (1, len(out), 0)
        at = len(out)
        half = f"<{identity}>"
        trailer = f"/Root {root.ref}/Info {info.ref}/ID[{half}{half}]"
        out += _indirect(free, _cross_references(where, free + 1, trailer))
        out += b"startxref\n%d\n%%%%EOF\n" % at
        return bytes(out)


def _indirect(number: int, content: bytes) -> bytes:
    """An object with its number (7.3.10)."""
    return b"%d 0 obj\n" % number + content + b"\nendobj\n"


def _object_stream(some: Sequence[tuple[int, bytes]]) -> bytes:
    """Objects one after the other, before them their numbers and places (7.5.7)."""
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


def _cross_references(where: dict[int, tuple[int, int, int]], size: int, trailer: str) -> bytes:
    """Where each object is, as differences from the row above (7.5.8; predictor 12 of 7.4.4.4)."""
    rows, above = bytearray(), bytes(ROW)
    for number in range(size):
        kind, place, index = where.get(number, (0, 0, 65535))
        row = bytes((kind,)) + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        rows.append(2)
        rows += bytes([(a - b) & 255 for a, b in zip(row, above, strict=True)])
        above = row
    data = zlib.compress(bytes(rows))
    entries = (
        f"/Type/XRef/Size {size}/W[1 4 2]{trailer}"
        f"/Filter/FlateDecode/DecodeParms<</Columns {ROW}/Predictor 12>>/Length {len(data)}"
    )
    return b"<<" + entries.encode("ascii") + b">>\nstream\n" + data + b"\nendstream"


def text_string(value: str) -> str:
    """A text string (7.9.2.2): as it is where it is plain ASCII, else as UTF-16BE.

    What is no character, as a byte of a file's name may be, is written out: no reader takes half a pair.
    """
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be', 'backslashreplace').hex().upper()}>"


def references(items: Iterable[Any]) -> str:
    """An array of references."""
    return f"[{' '.join([item.ref for item in items])}]"
