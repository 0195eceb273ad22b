"""One file that a PDF carries: a value, apart from its writer, which costs an import of ReportLab."""

from typing import Literal

from msgspec import Struct


class Attachment(Struct, frozen=True):
    """A file inside the PDF: `name` is its path with slashes; `relation` says what it is to the document."""

    name: str
    data: bytes
    description: str
    relation: Literal["Source", "Data"] = "Source"
