"""Every object of a file once: limits, filters, and the files that are embedded (6.1.7, 6.1.13, 6.8)."""

import re
from typing import Any, Final

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from layout.bindery.preflight.case import Case, identity, is_utf8
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.metadata import check_packet
from layout.bindery.preflight.syntax import check_strings
from layout.bindery.preflight.tokens import (
    LARGEST,
    LARGEST_REAL,
    LONGEST_NAME,
    LONGEST_STRING,
    SMALLEST_REAL,
)

_FILTERS: Final = (
    "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode "
    "DCTDecode JPXDecode"
)
FILTERS: Final = frozenset(_FILTERS.split())
_ELSEWHERE: Final = ("/F", "/FFilter", "/FDecodeParms")
_TELLING: Final = ("/BaseFont", "/FontName")
_MIME: Final = re.compile(r"[-\w+.]+/[-\w+.]+", re.ASCII)


class Objects:
    """What the walk through all objects gathers."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.files: dict[object, DictionaryObject] = {}
        """File specifications, most of them with an embedded file."""
        self.associated: set[object] = set()
        """What stands in any /AF."""

    def walk(self) -> None:
        """Look at every object, then at the files."""
        reader = self.case.opened.reader
        for generation, table in sorted(reader.xref.items()):
            for number in sorted(table):
                self._object(IndirectObject(number, generation, reader))
        for number in sorted(reader.xref_objStm):
            self._object(IndirectObject(number, 0, reader))
        self.case.guard("the trailer", _look, self, reader.trailer, 0)
        for key, file in self.files.items():
            self._file(key, file)

    def _object(self, reference: IndirectObject) -> None:
        self.case.guard(f"object {reference.idnum}", _look, self, reference, reference.idnum)

    def _file(self, key: object, file: DictionaryObject) -> None:
        """An embedded file (6.8; PDF/UA-1, 7.11)."""
        case = self.case
        name = case.text(file, "/UF") or case.text(file, "/F")
        if "/EF" in file:
            case.add("file-embedded", NOWHERE, name)
        if "/EF" in file and not (case.text(file, "/F") and case.text(file, "/UF")):
            case.add("file-names", NOWHERE, name)
        if not case.name(file, "/AFRelationship"):
            case.add("file-relationship", NOWHERE, name)
        if key not in self.associated and id(file) not in self.associated:
            case.add("file-unassociated", NOWHERE, name)
        embedded = case.dictionary(file, "/EF")
        streams = {
            identity(dict.get(embedded, each)): case.item(embedded, each) for each in embedded
        }
        for stream in streams.values():
            kind = case.name(stream, "/Subtype")
            if isinstance(stream, DictionaryObject) and not _MIME.fullmatch(kind):
                case.add("file-type", NOWHERE, kind or name)

    def dictionary(self, value: Any, found: DictionaryObject, number: int) -> None:
        """A dictionary, a stream's too, in the object of a number."""
        case = self.case
        if "/EF" in found or case.name(found, "/Type") in ("Filespec", "F"):
            self.files[identity(value)] = found
        if "/AF" in found:
            for each in case.each(found, "/AF"):
                self.associated |= {identity(each), id(case.resolve(each))}
        packet = case.stream(found, "/Metadata")
        if packet is not None and found is not case.root and case.first("metadata", id(packet)):
            case.guard("metadata", check_packet, packet, number)
        for key in _TELLING:
            if key in found and not is_utf8(case.name(found, key)):
                case.add("name-utf8", NOWHERE, case.name(found, key))
        if isinstance(found, StreamObject):
            self._stream(found)
            if case.name(found, "/Type") == "ObjStm":
                check_strings(case, f"in object {number}", case.unpacked(found))

    def _stream(self, stream: StreamObject) -> None:
        for key in _ELSEWHERE:
            if key in stream:
                self.case.add("stream-external", NOWHERE, key)
        parameters = [self.case.resolve(each) for each in self.case.each(stream, "/DecodeParms")]
        for at, value in enumerate(self.case.each(stream, "/Filter")):
            name = str(self.case.resolve(value))[1:]
            if name in FILTERS:
                continue
            identity_crypt = (
                name == "Crypt"
                and at < len(parameters)
                and self.case.name(parameters[at], "/Name") == "Identity"
            )
            if not identity_crypt:
                self.case.add("stream-filter", NOWHERE, name)


def _look(case: Case, objects: Objects, start: Any, number: int) -> None:
    """Everything in one object that is not an object of its own."""
    stack: list[tuple[Any, Any]] = [(start, case.resolve(start))]
    while stack:
        value, found = stack.pop()
        kind = type(found)
        if kind is IndirectObject:
            continue
        if isinstance(found, DictionaryObject):
            objects.dictionary(value, found, number)
            stack += [(each, each) for each in dict.values(found)]
            for name in found:
                if len(name) > LONGEST_NAME:
                    case.add("limit-name", NOWHERE, name)
        elif kind is ArrayObject:
            stack += [(each, each) for each in list.__iter__(found)]
        else:
            _scalar(case, found)


def _scalar(case: Case, value: Any) -> None:
    kind = type(value)
    if kind is NameObject:
        if len(value) > LONGEST_NAME + 1:  # its solidus is no part of it
            case.add("limit-name", NOWHERE, value)
    elif kind is NumberObject:
        if not -LARGEST - 1 <= value <= LARGEST:
            case.add("limit-number", NOWHERE, value)
    elif kind is FloatObject:
        if abs(value) > LARGEST_REAL or 0 < abs(value) < SMALLEST_REAL:
            case.add("limit-number", NOWHERE, value)
    elif kind is TextStringObject:
        if len(value) > LONGEST_STRING // 2 and len(value.original_bytes) > LONGEST_STRING:
            case.add("limit-string", NOWHERE, f"{value[:20]}…")
    elif isinstance(value, bytes) and len(value) > LONGEST_STRING:
        case.add("limit-string", NOWHERE, f"{len(value)} bytes")
