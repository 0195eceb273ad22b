"""What is put before and after the content of a page, which itself stays as it is, still packed."""

import re
from collections.abc import Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from layout.bindery.body import NULL, Stream
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.bindery.unpacking import Damaged

Matrix = tuple[float, float, float, float, float, float]

# Strings, comments, dictionaries' names and inline images may hold a q that is no operator.
_TOKENS = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|%[^\r\n]*"
    rb"|(?<![^\s])(BI)\s|/[^\s()<>\[\]{}/%]*|(?<![^\s\]>)])([qQ])(?=[\s\[</(%]|$)",
    re.DOTALL,
)
_PICTURE_END = re.compile(rb"\sEI(?=\s|$)")


def streams_of(opened: Opened, page: DictionaryObject) -> list[StreamObject]:
    """The streams of a page's content, in order (7.7.3.3)."""
    contents = opened.item(page, "/Contents")
    each = contents if isinstance(contents, ArrayObject) else [contents]
    found = [opened.resolve(value) for value in each]
    return [value for value in found if isinstance(value, StreamObject)]


def surround(guest: Graft, page: int, before: bytes = b"", after: bytes = b"") -> None:
    """Put operators around the content of a settled page, which leaves no state behind for those after it.

    What is there already, the operators of earlier calls included, stands between them.
    """
    body, made = guest.body, guest.body.get_object(guest.kept[page])
    if page not in guest.surrounded:
        guest.surrounded.add(page)
        opening, closing = unbalanced(guest.opened, guest.opened.pages[page].entries)
        before += b"q\n" * (opening + 1)
        after = b"\n" + b"Q\n" * (closing + 1) + after
    contents = body.get_object(made.get("/Contents", NULL))
    inner = contents if isinstance(contents, ArrayObject) else [made.get("/Contents")]
    if isinstance(contents, NullObject):
        inner = []
    first, last = (
        [body.add_stream(Stream(DictionaryObject(), data))] if data else []
        for data in (before, after)
    )
    made[NameObject("/Contents")] = ArrayObject([*first, *inner, *last])


def add_form(guest: Graft, page: int, stem: str, form: IndirectObject) -> str:
    """The name of a form among the resources of a settled page, which begins with `stem`."""
    return add_resource(guest, page, "/XObject", stem, form)


def add_resource(guest: Graft, page: int, table: str, stem: str, value: IndirectObject) -> str:
    """The name of a resource in one of the tables of a settled page."""
    # Resources may serve other pages too, so that this page gets its own table.
    body, made = guest.body, guest.body.get_object(guest.kept[page])
    resources = DictionaryObject(body.get_object(made.get("/Resources")) or {})
    known = DictionaryObject(body.get_object(resources.get(table)) or {})
    name = next(name for n in range(len(known) + 1) if (name := f"{stem}{n}") not in known)
    known[NameObject(name)] = value
    resources[NameObject(table)] = known
    made[NameObject("/Resources")] = resources
    return name


def written(numbers: Sequence[float]) -> bytes:
    """Numbers as they stand in content."""
    return " ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers).encode()


def unbalanced(opened: Opened, page: DictionaryObject) -> tuple[int, int]:
    """How many q are missing at the beginning of a page's content, and how many Q at its end."""
    try:
        content = b"\n".join([opened.data_of(each) for each in streams_of(opened, page)])
    except Damaged:
        return 0, 0
    depth = lowest = at = 0
    while (found := _TOKENS.search(content, at)) is not None:
        operator: Any = found[2]
        depth += (operator == b"q") - (operator == b"Q")
        lowest = min(lowest, depth)
        at = found.end()
        if found[1]:
            # A picture without an end takes in all that follows.
            end = _PICTURE_END.search(content, at)
            at = end.end() if end else len(content)
    return -lowest, depth - lowest
