"""The fields of a file's interactive form (ISO 32000-1, 12.7.3), as far as they come along."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    TextStringObject,
)

from layout.bindery.body import NULL
from layout.bindery.graft import Graft
from layout.bindery.objects import Key

MOST = 1_000_000
"""Fields and widgets of one file."""


class Field(Struct):
    """A field, a widget or both as it stands in its file; `parent` and `kids` are indices."""

    entries: DictionaryObject
    key: Key | None
    parent: int
    kids: list[int]
    had_kids: bool = False
    is_kept: bool = False
    reference: IndirectObject | None = None


class Fields:
    """All fields of a file; each stands after its parent. Those whose widgets are all on pages left out go.

    `pages` are those on which annotations stand, by the annotations' objects.
    """

    def __init__(self, graft: Graft, roots: Iterable[Any], pages: Iterable[int]) -> None:
        self._graft, self._opened = graft, graft.opened
        self.all: list[Field] = []
        self._seen: set[Key] = set()
        for value in roots:
            self._add(value, -1)
        at = 0
        while at < len(self.all):
            kids = self._opened.item(self.all[at].entries, "/Kids")
            for value in kids if isinstance(kids, ArrayObject) else ():
                self.all[at].had_kids = True
                self._add(value, at)
            at += 1
        self.pages = dict(self._standing(pages))
        self._settle(len(graft.kept) == len(self._opened.pages))

    def _add(self, value: Any, parent: int) -> None:
        entries = self._opened.resolve(value)
        key = (value.idnum, value.generation) if isinstance(value, IndirectObject) else None
        # What a damaged tree says a second time is left out, so that circles end; and pages are no fields.
        if not isinstance(entries, DictionaryObject) or key in self._seen or self._is_page(key):
            return
        if key:
            self._seen.add(key)
        if parent >= 0:
            self.all[parent].kids.append(len(self.all))
        self.all.append(Field(entries, key, parent, []))

    def _is_page(self, key: Key | None) -> bool:
        return key is not None and (key in self._opened.index or key in self._opened.nodes)

    def _standing(self, pages: Iterable[int]) -> Iterator[tuple[Key, int]]:
        """The annotations of pages that are kept, with the page of each."""
        for page in pages:
            for it in self._graft.annotations(page) or ():
                if isinstance(it, IndirectObject):
                    yield (it.idnum, it.generation), page

    def _settle(self, is_whole: bool) -> None:
        for field in reversed(self.all):
            if field.had_kids:
                field.kids = [kid for kid in field.kids if self.all[kid].is_kept]
                field.is_kept = bool(field.kids)
            else:
                is_widget = self._opened.item(field.entries, "/Subtype") == "/Widget"
                field.is_kept = is_whole or not is_widget or field.key in self.pages

    @property
    def tops(self) -> list[Field]:
        """The kept fields that hang on the form itself."""
        return [field for field in self.kept() if field.parent < 0]

    def kept(self) -> Iterator[Field]:
        """The fields and widgets that are kept."""
        return (field for field in self.all if field.is_kept)

    def name(self, field: Field) -> str:
        """The partial name of a field (12.7.3.2); '' for none."""
        value = self._opened.item(field.entries, "/T")
        if isinstance(value, TextStringObject):
            return str(value)
        return value.decode("latin-1") if isinstance(value, ByteStringObject) else ""

    def reserve(self) -> None:
        """Have references in the body ready for all of them, before anything refers to them."""
        for field in self.all:
            if field.is_kept:
                field.reference = self._graft.body.reserve()
            if field.key:
                self._graft.know(field.key, field.reference or NULL)
