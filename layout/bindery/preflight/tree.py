"""The structure tree of a file as it stands: elements in reading order, and the parent tree."""

import re
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from layout.bindery.objects import Key
from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.findings import NOWHERE, Where

_TYPES: Final = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu "
    "WT WP Figure Formula Form"
)
STANDARD: Final = frozenset(_TYPES.split())
"""The standard structure types (ISO 32000-1, 14.8.4)."""

GROUPS: Final = ("Div", "NonStruct")
MOST_ELEMENTS: Final = 5_000_000
_LINE: Final = re.compile(r"line ([1-9]\d{0,8})")
_SOURCE: Final = re.compile(r".{1,200}\.ya?ml")


class Content(Struct, frozen=True):
    """A marked-content sequence that an element names: its number, and the page or form it is in."""

    holder: Key | int | None
    mcid: int


class Element(Struct):
    """A structure element: `role` is its tag, `kind` the standard type it stands for, or "" for none."""

    entries: DictionaryObject
    role: str
    kind: str
    index: int
    parent: int
    replaced: bool = False
    """Whether it has an /ActualText."""
    source: str = ""
    line: int = 0
    page: int = 0
    kids: list[int] = []
    contents: list[Content] = []
    objects: list[Key | int] = []


class Tree:
    """The elements of a file, parents before kids; `by_key` finds them by their objects."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.root = case.dictionary(case.root, "/StructTreeRoot")
        self.roles = case.dictionary(self.root, "/RoleMap")
        self.kinds: dict[str, str] = {}
        self.circular: set[str] = set()
        """Tags that the role map leads around in a circle."""
        self.elements: list[Element] = []
        self.by_key: dict[Key | int, int] = {}
        self.parents: dict[int, Any] = {}
        self.arrays: dict[int, list[Any]] = {}

    def read(self) -> None:
        """Read parent tree and elements; what does not fit becomes findings."""
        for key, value in self.case.name_tree(dict.get(self.root, "/ParentTree")):
            if not isinstance(key, int) or key in self.parents:
                self.case.add("parent-key", NOWHERE, key)
            else:
                self.parents[int(key)] = value
        self._walk()
        for element in reversed(self.elements):
            element.page = element.page or next(
                (page for kid in element.kids if (page := self.elements[kid].page)), 0
            )
        for element in self.elements:
            if not element.page and element.parent >= 0:
                element.page = self.elements[element.parent].page

    def where(self, element: Element | None, page: int = 0) -> Where:
        """Where an element is."""
        if element is None:
            return Where(page)
        return Where(page or element.page, element.source, element.line)

    def standard(self, role: str) -> str:
        """The standard type that a tag stands for, or "" (14.7.3); each step is gone but once."""
        way: dict[str, None] = {}
        kind = role
        while kind and kind not in self.kinds and kind not in STANDARD and kind not in way:
            way[kind] = None
            kind = self.case.name(self.roles, f"/{kind}")
        if kind in way or kind in self.circular:
            self.circular |= way.keys()
        self.kinds |= dict.fromkeys(way, kind if kind in STANDARD else self.kinds.get(kind, ""))
        return role if role in STANDARD else self.kinds.get(role, "")

    def owner(self, value: Any) -> Element | None:
        """The element that a value of the parent tree refers to."""
        index = self.by_key.get(identity(value)) if isinstance(value, IndirectObject) else None
        if index is None:
            index = self.by_key.get(id(self.case.resolve(value)))
        return None if index is None else self.elements[index]

    def of_content(self, key: int, mcid: int) -> Element | None:
        """The element of a marked-content sequence, by the key of the page or form it is in."""
        if key not in self.arrays:
            found = self.case.resolve(self.parents.get(key))
            self.arrays[key] = list(found) if isinstance(found, ArrayObject) else []
        owners = self.arrays[key]
        return self.owner(owners[mcid]) if 0 <= mcid < len(owners) else None

    def of_object(self, key: int | None) -> Element | None:
        """The element of an annotation or a form, by its /StructParent."""
        return None if key is None else self.owner(self.parents.get(key))

    def _walk(self) -> None:
        stack: list[tuple[Any, int, Key | int | None]] = [
            (kid, -1, None) for kid in reversed(self.case.each(self.root, "/K"))
        ]
        while stack:
            if len(self.elements) >= MOST_ELEMENTS:
                self.case.add("unchecked", NOWHERE, "a structure tree of so many elements")
                break
            value, parent, page = stack.pop()
            found = self.case.resolve(value)
            if isinstance(found, int):
                self._content(parent, page, int(found))
            elif isinstance(found, DictionaryObject):
                stack += self._enter(value, found, parent, page)
            elif parent >= 0:
                self.case.add("tree-kid", self.where(self.elements[parent]), "null")

    def _content(self, parent: int, holder: Key | int | None, mcid: int) -> None:
        if parent >= 0:
            self.elements[parent].contents.append(Content(holder, mcid))

    def _enter(
        self, value: Any, entries: DictionaryObject, parent: int, page: Key | int | None
    ) -> list[tuple[Any, int, Key | int | None]]:
        """Take a dictionary among an element's kids in; its own kids, last first."""
        kind = self.case.name(entries, "/Type")
        if "/Pg" in entries:
            page = identity(dict.get(entries, "/Pg"))
        if parent >= 0 and kind in ("MCR", "OBJR") and "/S" not in entries:
            self._reference(entries, kind, parent, page)
            return []
        key = identity(value) if isinstance(value, IndirectObject) else id(entries)
        if key in self.by_key:
            self.case.add("tree-circle", self.where(self.elements[self.by_key[key]]))
            return []
        index = len(self.elements)
        self.by_key[key] = index
        self.elements.append(self._element(entries, parent, page))
        if parent >= 0:
            self.elements[parent].kids.append(index)
        return [(kid, index, page) for kid in reversed(self.case.each(entries, "/K"))]

    def _reference(
        self, entries: DictionaryObject, kind: str, parent: int, page: Key | int | None
    ) -> None:
        element = self.elements[parent]
        element.page = element.page or self._page_number(page)
        if kind == "OBJR" and self.case.item(entries, "/Obj") is None:
            self.case.add("tree-kid", self.where(element), "a reference to nothing")
        elif kind == "OBJR":
            element.objects.append(identity(dict.get(entries, "/Obj")))
        if kind == "OBJR":
            return
        holder = identity(dict.get(entries, "/Stm")) if "/Stm" in entries else page
        number = self.case.number(entries, "/MCID")
        element.contents.append(Content(holder, -1 if number is None else number))

    def _element(self, entries: DictionaryObject, parent: int, page: Key | int | None) -> Element:
        role = self.case.name(entries, "/S")
        above = self.elements[parent] if parent >= 0 else None
        title = self.case.text(entries, "/T")
        line = _LINE.fullmatch(title)
        source = title if _SOURCE.fullmatch(title) and title.isprintable() else ""
        element = Element(entries, role, self.standard(role), len(self.elements), parent)
        element.replaced = "/ActualText" in entries
        element.page = self._page_number(page) if "/Pg" in entries else 0
        element.source = source or (above.source if above else "")
        element.line = int(line[1]) if line else (above.line if above and not source else 0)
        self._check_parent(element, above)
        return element

    def _page_number(self, page: Key | int | None) -> int:
        return self.case.opened.index.get(page, -1) + 1 if isinstance(page, tuple) else 0

    def _check_parent(self, element: Element, above: Element | None) -> None:
        named = self.case.item(element.entries, "/P")
        wanted = above.entries if above else self.root
        if named is None:
            self.case.add("tree-parent", self.where(element), f"{element.role} names none")
        elif named is not wanted:
            self.case.add("tree-parent", self.where(element), f"{element.role} names another")

    def kids_of(self, element: Element) -> list[int]:
        """Its kids, those inside a Div or NonStruct in their place: these group, and mean nothing."""
        return self._kids[element.index]

    @cached_property
    def _kids(self) -> list[list[int]]:
        """The kids of each element that is no group itself, in one pass over all."""
        found: list[list[int]] = [[] for _ in self.elements]
        for element in self.elements:
            if element.kind not in GROUPS and self._outer[element.index] >= 0:
                found[self._outer[element.index]].append(element.index)
        return found

    @cached_property
    def _outer(self) -> list[int]:
        """Of each element, the one around it that is not a Div or NonStruct; -1 for none."""
        found: list[int] = []
        for element in self.elements:
            at = element.parent
            found.append(found[at] if at >= 0 and self.elements[at].kind in GROUPS else at)
        return found

    def parent_of(self, element: Element) -> Element | None:
        """The element around it that is not a Div or NonStruct."""
        index = self._outer[element.index]
        return self.elements[index] if index >= 0 else None

    def text_of(self, element: Element, key: str) -> str:
        """A text string of an element."""
        return self.case.text(element.entries, key)

    def attribute(self, element: Element, owner: str, key: str) -> Any:
        """An attribute of an element (14.7.5), from its own dictionaries or those of its classes."""
        holders = [self.case.resolve(each) for each in self.case.each(element.entries, "/A")]
        classes = self.case.dictionary(self.root, "/ClassMap")
        for each in self.case.each(element.entries, "/C"):
            name = self.case.resolve(each)
            if isinstance(name, NameObject):
                holders += [self.case.resolve(one) for one in self.case.each(classes, name)]
        for holder in holders:
            if self.case.name(holder, "/O") == owner and key in holder:
                return self.case.item(holder, key)
        return None
