"""One file that a PDF carries: a value, apart from its writer, which costs an import of ReportLab."""

from typing import Literal

from msgspec import Struct


class Attachment(Struct, frozen=True):
    """A file inside the PDF: `name` is its path with slashes; `relation` says what it is to the document.

    One that is `dated` bears the document's date: a brand that many documents carry has no such date,
    and is stored once where they are merged.
    """

    name: str
    data: bytes
    description: str
    relation: Literal["Source", "Data"] = "Source"
    dated: bool = False
