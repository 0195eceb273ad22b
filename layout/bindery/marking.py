"""Marked content of a page (ISO 32000-1, 14.6), read without reading all of the page."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, NumberObject, StreamObject

from layout.bindery.around import streams_of
from layout.bindery.foreign import Opened
from layout.bindery.objects import Key
from layout.bindery.unpacking import Damaged

_NUMBERED = re.compile(rb"/MCID\s*\+?(\d{1,9})")
MOST_FORMS = 10_000
"""Forms on a page that are looked into."""


def marks_of(opened: Opened, page: DictionaryObject) -> set[int]:
    """Numbers of marked content in a page's own streams; some too many where a text looks like one."""
    found = {
        int(each[1]) for data in contents_of(opened, page) for each in _NUMBERED.finditer(data)
    }
    return found | _listed(opened, opened.item(page, "/Resources"))


def has_marks(opened: Opened, page: DictionaryObject) -> bool:
    """Whether content of a page is numbered, in its own streams or in the forms that it may paint."""
    if marks_of(opened, page):
        return True
    for form in _forms(opened, page):
        if _NUMBERED.search(_data(opened, form)) or _listed(
            opened, opened.item(form, "/Resources")
        ):
            return True
    return False


def open_marks(opened: Opened, page: DictionaryObject) -> tuple[int, int]:
    """How many beginnings of marked content are missing in front of a page's content, and how many ends behind it."""
    from layout.bindery.preflight.tokens import operations

    depth = lowest = 0
    for operator, _ in operations(b"\n".join(contents_of(opened, page))):
        depth += (operator in (b"BMC", b"BDC")) - (operator == b"EMC")
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def contents_of(opened: Opened, page: DictionaryObject) -> list[bytes]:
    """The streams of a page, unpacked; empty is one that cannot be."""
    return [_data(opened, each) for each in streams_of(opened, page)]


def _data(opened: Opened, stream: StreamObject) -> bytes:
    try:
        return opened.data_of(stream)
    except Damaged:
        return b""


def _listed(opened: Opened, resources: Any) -> set[int]:
    """The numbers in lists of properties among the resources (14.6.2)."""
    lists = (
        opened.item(resources, "/Properties") if isinstance(resources, DictionaryObject) else None
    )
    if not isinstance(lists, DictionaryObject):
        return set()
    each = [opened.item(lists, name) for name in lists]
    marks = [opened.item(one, "/MCID") for one in each if isinstance(one, DictionaryObject)]
    return {int(mark) for mark in marks if isinstance(mark, NumberObject)}


def _forms(opened: Opened, page: DictionaryObject) -> Iterator[StreamObject]:
    """The forms among the resources of a page, and among theirs; each once."""
    stack, seen = [opened.item(page, "/Resources")], set[Key]()
    while stack and len(seen) < MOST_FORMS:
        resources = stack.pop()
        objects = (
            opened.item(resources, "/XObject") if isinstance(resources, DictionaryObject) else None
        )
        for value in dict.values(objects) if isinstance(objects, DictionaryObject) else ():
            form = opened.resolve(value)
            if not isinstance(value, IndirectObject) or (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            if isinstance(form, StreamObject) and opened.item(form, "/Subtype") == "/Form":
                yield form
                stack.append(opened.item(form, "/Resources"))
