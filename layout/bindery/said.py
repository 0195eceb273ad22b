"""What a PDF says of itself: its XMP metadata, its information dictionary and its catalogue, as one record."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.claims import stated
from layout.bindery.foreign import Opened
from layout.bindery.preflight.case import text
from layout.bindery.preflight.schemas import DC, XMP
from layout.bindery.preflight.xmp import Property, Unreadable, read
from layout.bindery.unpacking import Damaged
from layout.plates.metadata import bounded

MOST: Final = 1000
"""People, and languages, of one file."""

_XMP_DATE: Final = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", re.ASCII)
_PDF_DATE: Final = re.compile(r"\s*(?:D:)?(\d{4})(\d\d)?(\d\d)?", re.ASCII)
_NO_TEXT: Final = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Said(Struct, frozen=True):
    """Title, people, date and languages of a file, and the standards it claims; "" and () where it says nothing.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD; `fault` says why there is no XMP to be read, "" where there is.
    """

    title: str = ""
    people: tuple[str, ...] = ()
    date: str = ""
    languages: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    fault: str = ""


def said_by(opened: Opened) -> Said:
    """What a file says of itself: XMP first (ISO 16684-1), then /Info (ISO 32000-1, 14.3.3) and /Lang (14.9.2).

    The date is that of its content, `dc:date`; where it has none, when the file was made. Raises `Refused`
    where objects of the file are damaged.
    """
    with opened.reading():
        properties, fault = _properties(opened)
        info = opened.item(opened.reader.trailer, "/Info")
        author = _info(opened, info, "/Author")
        return Said(
            next(iter(_texts(_values(properties, DC, "title"))), _info(opened, info, "/Title")),
            _texts(_values(properties, DC, "creator")) or ((author,) if author else ()),
            _date(properties, _info(opened, info, "/CreationDate")),
            _languages(opened, properties),
            _texts(sorted(stated(opened))),
            fault,
        )


def _properties(opened: Opened) -> tuple[list[Property], str]:
    """The properties of the catalogue's XMP packet, else why there are none."""
    stream = opened.item(opened.root, "/Metadata")
    if not isinstance(stream, StreamObject):
        return [], "it has no XMP metadata"
    try:
        return read(opened.data_of(stream)), ""
    except Unreadable as error:
        return [], f"its XMP metadata cannot be read: {error}"
    except Damaged:
        return [], "its XMP metadata is damaged"


def _values(properties: Sequence[Property], space: str, name: str) -> Iterator[str]:
    for each in properties:
        if each.space == space and each.name == name:
            yield from each.values


def _texts(values: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    """Those that say something, each once, as text that any file can hold."""
    found = dict.fromkeys(clean(value) for value in values)
    return tuple(value for value in found if value)[:MOST]


def clean(value: str) -> str:
    """A text without blanks around it; what is no character of XML 1.0 is U+FFFD, and it is bounded."""
    return bounded(_NO_TEXT.sub("\ufffd", value.strip()))


def _info(opened: Opened, info: Any, key: str) -> str:
    """A text of the information dictionary, or ""."""
    return (
        clean(text(opened.item(info, key)).rstrip("\0"))
        if isinstance(info, DictionaryObject)
        else ""
    )


def _date(properties: Sequence[Property], made: str) -> str:
    """The first date of the content, else of the making, else ""; `made` is a PDF date (7.9.4)."""
    dates = [*_values(properties, DC, "date"), *_values(properties, XMP, "CreateDate")]
    found = [_XMP_DATE.match(date) for date in dates]
    return next((_day(it) for it in (*found, _PDF_DATE.match(made)) if it is not None), "")


def _day(found: re.Match[str]) -> str:
    """As much of a date as is one."""
    year, month, day = found.groups()
    if not (month and 1 <= int(month) <= 12):
        return str(year)
    return f"{year}-{month}-{day}" if day and 1 <= int(day) <= 31 else f"{year}-{month}"


def _languages(opened: Opened, properties: Sequence[Property]) -> tuple[str, ...]:
    """The catalogue's language, then those of the metadata."""
    return _texts([text(opened.item(opened.root, "/Lang")), *_values(properties, DC, "language")])
