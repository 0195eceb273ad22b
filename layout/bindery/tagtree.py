"""The structure tree of one file (ISO 32000-1, 14.7), as far as it speaks of pages that are kept."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from layout.bindery.annots import print_field
from layout.bindery.body import NULL
from layout.bindery.foreign import damaged
from layout.bindery.graft import Graft
from layout.bindery.marking import marks_of
from layout.bindery.objects import Key

MAX_MARK = 1 << 18
"""Numbers of marked content from here on are taken for damage: a page's array is as long as its highest."""
MAX_MARKS = 1 << 22
"""Entries of these arrays of all pages of a file together."""


class Marked(Struct, frozen=True):
    """Marked content as a kid (14.7.4.2): number `mark` of a page, or of the stream `drawn` on it.

    `field` are attributes of what was a field to be filled in, and is content now.
    """

    page: int
    mark: int
    entries: DictionaryObject | None = None
    drawn: IndirectObject | None = None
    field: DictionaryObject | None = None


class Object(Struct, frozen=True):
    """An annotation or an XObject as a kid (14.7.4.3), and the page it stands on."""

    page: int
    target: IndirectObject


Kid = int | Marked | Object
"""What an element may hold; a number is the index of another element."""


class Element(Struct):
    """A structure element as it stands in its file; `page` is the one of its plain numbers (/Pg).

    `is_live` says that some content hangs on it or below it, `is_lost` that some does no more.
    """

    entries: DictionaryObject
    key: Key | None
    parent: int
    page: int | None
    kids: list[Kid]
    is_live: bool = False
    is_lost: bool = False
    is_kept: bool = False
    reference: IndirectObject | None = None


class TagTree:
    """The elements of one graft; each stands after its parent, and `tops` have none.

    An element that had content and has lost all of it goes; one that never had any, such as an
    empty cell, stays with its parent. Every element has one parent, and all marked content and
    every object one element: what a damaged tree says a second time is left out.
    """

    def __init__(self, graft: Graft, pages: Iterable[int]) -> None:
        self.graft = graft
        self.elements: list[Element] = []
        self._opened = graft.opened
        self._claimed = set[object]()
        self._pages: dict[Key, int] = {}
        self._annotations: dict[Key, int] = {}
        self._free: dict[int, int] = {}
        self._is_whole = len(graft.kept) == len(graft.opened.pages)
        self._names_pages = False
        self._highest: dict[object, int] = {}
        self._marks_left = MAX_MARKS
        for page in pages:
            self._enter(page)
        self.root = self._opened.item(self._opened.root, "/StructTreeRoot")
        self._read()
        self._settle_fates()

    @property
    def tops(self) -> list[int]:
        """The kept elements that hang on the root."""
        return [at for at, each in enumerate(self.elements) if each.parent < 0 and each.is_kept]

    @property
    def is_live(self) -> bool:
        """Whether it speaks of any page that is kept."""
        return any(element.is_live for element in self.elements)

    @property
    def is_lost(self) -> bool:
        """Whether nothing of it can come, although pages that are kept have tags, or all are."""
        is_there = isinstance(self.root, DictionaryObject) and bool(self.kids_of(self.root))
        if not is_there or self.is_live or not (self._is_whole or self._names_pages):
            return False
        return not self.elements or any(element.is_lost for element in self.elements)

    def _enter(self, page: int) -> None:
        leaf = self._opened.pages[page]
        self._names_pages |= "/StructParents" in leaf.entries
        if leaf.key:
            self._pages.setdefault(leaf.key, page)
        for each in self.graft.annotations(page) or ():
            if self._is_annotation(each):
                self._annotations.setdefault(_key(each), page)

    def _is_annotation(self, value: Any) -> bool:
        entries = self._opened.resolve(value)
        is_named = isinstance(entries, DictionaryObject) and "/Subtype" in entries
        return (
            is_named and isinstance(value, IndirectObject) and _key(value) not in self._opened.index
        )

    def _read(self) -> None:
        """All elements, level by level: no depth is too deep, and circles end."""
        if not isinstance(self.root, DictionaryObject):
            return
        for value in self.kids_of(self.root):
            self._element(value, -1)
        at = 0
        while at < len(self.elements):
            element = self.elements[at]
            values = self.kids_of(element.entries)
            for value in values:
                kid = self._kid(value, at)
                if kid is None:
                    element.is_lost = True
                else:
                    element.kids.append(kid)
            element.is_lost |= not values and self._is_elsewhere(element.entries)
            at += 1

    def kids_of(self, holder: DictionaryObject) -> list[Any]:
        """The kids of an element as its file has them."""
        kids = self._opened.item(holder, "/K")
        if isinstance(kids, ArrayObject):
            return list(kids)
        return [] if kids is None else [dict.get(holder, "/K")]

    def _kid(self, value: Any, at: int) -> Kid | None:
        element, source = self.elements[at], self._opened.resolve(value)
        if isinstance(source, NumberObject):
            return self._marked(int(source), element.page)
        if not isinstance(source, DictionaryObject):
            return None
        if "/S" in source:
            return self._element(value, at)
        page = self._page(source, element.page)
        if "/Obj" in source:
            return self._object(dict.get(source, "/Obj"), page)
        mark = self._opened.item(source, "/MCID")
        drawn = dict.get(source, "/Stm")
        return self._marked(mark, page, source, drawn) if isinstance(mark, NumberObject) else None

    def _element(self, value: Any, parent: int) -> int | None:
        source = self._opened.resolve(value)
        key = _key(value) if isinstance(value, IndirectObject) else None
        if not isinstance(source, DictionaryObject) or "/S" not in source or not self._claim(key):
            return None
        above = self.elements[parent].page if parent >= 0 else None
        self.elements.append(Element(source, key, parent, self._page(source, above), []))
        return len(self.elements) - 1

    def _page(self, holder: DictionaryObject, above: int | None) -> int | None:
        """The kept page that /Pg shows; without any, the one above, as viewers have it."""
        value = dict.get(holder, "/Pg")
        if self._opened.resolve(value) is None:
            return above
        return self._pages.get(_key(value)) if isinstance(value, IndirectObject) else None

    def _is_elsewhere(self, holder: DictionaryObject) -> bool:
        return self._opened.item(holder, "/Pg") is not None and self._page(holder, None) is None

    def _marked(
        self,
        mark: int,
        page: int | None,
        entries: DictionaryObject | None = None,
        drawn: Any = None,
    ) -> Marked | None:
        if page is None or not 0 <= mark < MAX_MARK:
            return None
        self._count(
            page if drawn is None else _key(drawn) if isinstance(drawn, IndirectObject) else None,
            mark,
        )
        if drawn is None:
            claimed = self._claim((page, mark, "page"))
            return Marked(page, int(mark), entries) if claimed else None
        if not self._is_drawn(drawn) or not self._claim((_key(drawn), mark, "stream")):
            return None
        self.graft.single_out(_key(drawn))
        return Marked(page, int(mark), entries, drawn)

    def _count(self, holder: object, mark: int) -> None:
        """Take a number into account: all up to the highest of a page take room."""
        self._marks_left -= max(0, mark - self._highest.get(holder, -1))
        self._highest[holder] = max(mark, self._highest.get(holder, -1))
        if self._marks_left < 0:
            how = "the numbers of its marked content are too high"
            raise damaged(self._opened.place, self._opened.name, how)

    def _object(self, target: Any, page: int | None) -> Object | Marked | None:
        if not isinstance(target, IndirectObject):
            return None
        if _key(target) in self.graft.painted:
            return self._painted(target)
        page = self._annotations.get(_key(target), page if self._is_drawn(target) else None)
        if page is None or not self._claim(_key(target)):
            return None
        if self._is_drawn(target):
            self.graft.single_out(_key(target))
        return Object(page, target)

    def _painted(self, target: IndirectObject) -> Marked | None:
        """The marked content that an annotation becomes, under a number that its page has not."""
        key, entries = _key(target), self._opened.resolve(target)
        if not self._claim(key):
            return None
        page = self.graft.painted[key]
        if page not in self._free:
            marks = marks_of(self._opened, self._opened.pages[page].entries)
            self._free[page] = max(marks, default=-1) + 1
        while not self._claim((page, self._free[page], "page")):
            self._free[page] += 1
        mark = self.graft.marks[key] = self._free[page]
        return Marked(page, mark, field=print_field(self._opened, entries))

    def _is_drawn(self, value: Any) -> bool:
        """Whether it is a reference to an XObject (8.8)."""
        entries = self._opened.resolve(value)
        if not isinstance(value, IndirectObject) or not isinstance(entries, StreamObject):
            return False
        return self._opened.item(entries, "/Subtype") in ("/Form", "/Image")

    def _claim(self, what: object) -> bool:
        """Whether nobody had it before; None is a direct object, which has one holder only."""
        is_free = what is None or what not in self._claimed
        self._claimed.add(what)
        return is_free

    def _settle_fates(self) -> None:
        for element in reversed(self.elements):
            below = [self.elements[kid] for kid in element.kids if isinstance(kid, int)]
            element.is_live = len(below) < len(element.kids) or any(each.is_live for each in below)
            element.is_lost |= any(each.is_lost and not each.is_live for each in below)
        for element in self.elements:
            is_held = element.parent < 0 or self.elements[element.parent].is_kept
            element.is_kept = is_held and (element.is_live or not element.is_lost)
        for element in self.elements:
            element.kids = [kid for kid in element.kids if self._stays(kid)]

    def _stays(self, kid: Kid) -> bool:
        return not isinstance(kid, int) or self.elements[kid].is_kept

    def leave_out(self) -> None:
        """Keep nothing of it."""
        for element in self.elements:
            element.is_kept = False

    def reserve(self, root: PdfObject) -> None:
        """Have references in the body ready for all kept elements, before anything refers to them."""
        where = dict.get(self._opened.root, "/StructTreeRoot")
        if isinstance(where, IndirectObject):
            self.graft.know(_key(where), root)
        for element in self.elements:
            if element.is_kept:
                element.reference = self.graft.body.reserve()
            if element.key:
                self.graft.know(element.key, element.reference or NULL)

    def firsts(self, places: Mapping[int, int]) -> list[int | None]:
        """The first page of the result that each element stands on; `places` by number of object."""
        found: list[int | None] = [None] * len(self.elements)
        for at in reversed(range(len(self.elements))):
            each = [self.first(kid, found, places) for kid in self.elements[at].kids]
            found[at] = min((page for page in each if page is not None), default=None)
        return found

    def first(self, kid: Kid, firsts: list[int | None], places: Mapping[int, int]) -> int | None:
        """The same for a kid, given that of all elements after its parent."""
        if isinstance(kid, int):
            return firsts[kid]
        return places.get(self.graft.kept[kid.page].idnum)

    def kept(self) -> Iterator[Element]:
        """The elements that are kept."""
        return (element for element in self.elements if element.is_kept)


def _key(reference: IndirectObject) -> Key:
    return reference.idnum, reference.generation
