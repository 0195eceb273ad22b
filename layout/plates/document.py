"""The file under construction: ReportLab's document with numbered objects whose text is ready."""

import zlib
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from layout.plates.crossrefs import (
    PACKED,
    Place,
    Seal,
    header,
    indirect,
    object_stream,
)


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
        """The whole file; `identity` are 32 hexadecimal digits, the lasting half of its /ID (14.4)."""
        out = bytearray(header(self.version))
        where: dict[int, Place] = {}
        packed: list[Item] = []
        for name in self.numberToId.values():
            thing = self.idToObject[name]
            if isinstance(thing, Stream):
                where[thing.number] = (1, len(out), 0)
                out += indirect(thing.number, thing.format(self))
            elif isinstance(thing, Item):
                packed.append(thing)
        free = self.objectcounter + 1
        for start in range(0, len(packed), PACKED):
            some = [(item.number, item.format(self)) for item in packed[start : start + PACKED]]
            where[free] = (1, len(out), 0)
            where |= {number: (2, free, at) for at, (number, _) in enumerate(some)}
            out += indirect(free, object_stream(some))
            free += 1
        entries = f"/Root {root.ref}/Info {info.ref}".encode("ascii")
        out += Seal(out).ending(free, len(out), where, entries, bytes.fromhex(identity))
        return bytes(out)


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
