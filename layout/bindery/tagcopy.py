"""The elements of one structure tree, written into the tree of another file (ISO 32000-1, 14.7)."""

from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from layout.bindery.body import NULL, dictionary
from layout.bindery.names import key_of
from layout.bindery.parents import Parents
from layout.bindery.tagnames import Classes, Identifiers, Roles, terminal
from layout.bindery.tagtree import Element, Kid, Marked, Object, TagTree

ANEW = frozenset(("/S", "/P", "/K", "/Pg", "/ID", "/A", "/C", "/Ref"))
"""Entries of an element (ISO 32000-1, table 323) that are not simply copied."""
MARK = frozenset(("/Type", "/Pg", "/Stm", "/StmOwn"))
"""Entries of a reference to marked content (table 324) that are not simply copied."""


class TagCopy:
    """One tree on its way into the whole; call all of it inside `reading()` of its file.

    Names are settled when it is made, so make all copies before the first is put.
    """

    def __init__(
        self, tree: TagTree, roles: Roles, classes: Classes, identifiers: Identifiers, is_main: bool
    ) -> None:
        self.tree = tree
        self._graft, self._opened = tree.graft, tree.graft.opened
        self._map = self._role_map()
        used = [self._role(each) for each in tree.kept() if "/NS" not in each.entries]
        self._roles = roles.join(self._map, dict.fromkeys(used))
        self._ids: dict[bytes, bytes] = {}
        self._own_ids: dict[int, bytes] = {}
        self._name(identifiers)
        self._classes = classes.join(self._class_map(is_main))

    def _entries(self, key: str) -> DictionaryObject:
        root = self.tree.root
        found = self._opened.item(root, key) if isinstance(root, DictionaryObject) else None
        return found if isinstance(found, DictionaryObject) else DictionaryObject()

    def _role_map(self) -> dict[str, str]:
        found = self._entries("/RoleMap")
        kinds = {str(role): self._opened.item(found, role) for role in found}
        return {role: str(kind) for role, kind in kinds.items() if isinstance(kind, NameObject)}

    def _role(self, element: Element) -> str:
        """Its role; a link whose annotation leads to a page left out is words like others."""
        found = self._opened.item(element.entries, "/S")
        role = str(found) if isinstance(found, NameObject) else "/NonStruct"
        if terminal(self._map, role) == "/Link" and self._is_dead(element):
            return "/Span"
        return role

    def _is_dead(self, element: Element) -> bool:
        """Whether an element had annotations and has none any more."""
        if any(isinstance(kid, Object) for kid in element.kids):
            return False
        kids = [self._opened.resolve(kid) for kid in self.tree.kids_of(element.entries)]
        return any(isinstance(kid, DictionaryObject) and "/Obj" in kid for kid in kids)

    def _name(self, identifiers: Identifiers) -> None:
        for element in self.tree.kept():
            value = self._opened.item(element.entries, "/ID")
            if isinstance(value, TextStringObject | ByteStringObject) and element.reference:
                old = key_of(value)
                new = identifiers.take(old, element.reference)
                self._own_ids[element.reference.idnum] = new
                self._ids.setdefault(old, new)
        self._is_renamed = any(old != new for old, new in self._ids.items())

    def _class_map(self, is_main: bool) -> dict[str, Any]:
        """The classes in use; of the first file all."""
        own = self._entries("/ClassMap")
        found = list(own) if is_main else []
        for element in self.tree.kept():
            value = self._opened.item(element.entries, "/C")
            each = value if isinstance(value, ArrayObject) else [value]
            found += [name for name in map(self._opened.resolve, each) if _is_in(own, name)]
        return {str(name): self._attributes(dict.get(own, name)) for name in dict.fromkeys(found)}

    @property
    def document(self) -> int | None:
        """The index of the only element at the top, if that is a Document."""
        tops = self.tree.tops
        return tops[0] if len(tops) == 1 and self.is_document(tops[0]) else None

    def is_document(self, at: int) -> bool:
        """Whether an element stands for a whole document, by this name or by the role map."""
        element = self.tree.elements[at]
        role = self._role(element)
        return (role if "/NS" in element.entries else terminal(self._map, role)) == "/Document"

    def put(self, above: IndirectObject, parents: Parents) -> None:
        """Write all elements, those at the top under `above`, and tell `parents` what hangs on them."""
        for element in self.tree.kept():
            assert element.reference
            self._graft.body.put(element.reference, self._made(element, above, parents))

    def _made(self, element: Element, above: IndirectObject, parents: Parents) -> DictionaryObject:
        source, copy = element.entries, self._graft.copy
        made = dictionary({key: copy(value) for key, value in source.items() if key not in ANEW})
        role, is_plain = self._role(element), any(_is_plain(kid) for kid in element.kids)
        shows = element.page is not None and (is_plain or "/Pg" in source)
        kids = [self._kid(element, kid, parents) for kid in element.kids]
        entries = {
            "/S": NameObject(self._roles.get(role, role) if "/NS" not in source else role),
            "/P": self.tree.elements[element.parent].reference if element.parent >= 0 else above,
            "/Pg": self._graft.kept[element.page] if shows and element.page is not None else None,
            "/ID": self._id(element),
            "/A": self._all_attributes(element),
            "/C": self._class(source),
            "/Ref": self._others(source),
            "/K": (kids[0] if len(kids) == 1 else ArrayObject(kids)) if kids else None,
        }
        made.update(dictionary(entries))
        return made

    def _id(self, element: Element) -> ByteStringObject | None:
        found = self._own_ids.get(element.reference.idnum) if element.reference else None
        return None if found is None else ByteStringObject(found)

    def _kid(self, element: Element, kid: Kid, parents: Parents) -> Any:
        """A kid as it stands in /K, once `parents` knows of it."""
        owner: Any = element.reference
        if isinstance(kid, int):
            return self.tree.elements[kid].reference
        page = self._graft.kept[kid.page]
        if isinstance(kid, Object):
            target = self._graft.copy(kid.target)
            parents.own(target, owner)
            return dictionary({"/Type": NameObject("/OBJR"), "/Pg": page, "/Obj": target})
        drawn = self._graft.copy(kid.drawn) if kid.drawn is not None else None
        parents.mark(drawn or page, kid.mark, owner)
        if kid.entries is None:
            return NumberObject(kid.mark)
        return self._reference(kid.entries, page, drawn)

    def _reference(self, source: DictionaryObject, page: Any, drawn: Any) -> DictionaryObject:
        entries = {key: self._graft.copy(value) for key, value in source.items() if key not in MARK}
        own = self._graft.known(dict.get(source, "/StmOwn")) if drawn else None
        named = {"/Type": NameObject("/MCR"), "/Pg": page, "/Stm": drawn, "/StmOwn": own}
        return dictionary(named | entries)

    def _others(self, source: DictionaryObject) -> ArrayObject | None:
        """The elements that one refers to (ISO 32000-2, table 355), as far as they are kept."""
        value = self._opened.item(source, "/Ref")
        each = value if isinstance(value, ArrayObject) else [dict.get(source, "/Ref")]
        known = [found for found in map(self._graft.known, each) if found is not None]
        return ArrayObject(known) if known else None

    def _class(self, source: DictionaryObject) -> Any:
        value = self._opened.item(source, "/C")
        if isinstance(value, ArrayObject):
            return ArrayObject([self._classified(self._opened.resolve(each)) for each in value])
        return None if value is None else self._classified(value)

    def _classified(self, value: Any) -> Any:
        if isinstance(value, NameObject):
            return NameObject(self._classes.get(str(value), str(value)))
        return NULL if value is None else self._graft.copy(value)

    def _all_attributes(self, element: Element) -> Any:
        """The attributes of an element, with those of fields that are content now."""
        source, kids = element.entries, element.kids
        own = self._attributes(dict.get(source, "/A")) if "/A" in source else None
        fields = [kid.field for kid in kids if isinstance(kid, Marked) and kid.field is not None]
        if not fields:
            return own
        listed = self._graft.body.get_object(own)
        before = listed if isinstance(listed, ArrayObject) else [own] if own is not None else []
        return ArrayObject([*before, self._graft.copy(fields[0])])

    def _attributes(self, value: Any) -> Any:
        """Attributes (14.7.5), with the new identifiers of the headers of table cells (table 349)."""
        source = self._opened.resolve(value)
        if self._is_renamed and isinstance(source, ArrayObject):
            return ArrayObject([self._attribute(each) for each in source])
        return self._attribute(value)

    def _attribute(self, value: Any) -> Any:
        source = self._opened.resolve(value)
        is_plain = isinstance(source, DictionaryObject) and not isinstance(source, StreamObject)
        if not (self._is_renamed and is_plain):
            return self._graft.copy(value)
        headers = self._opened.item(source, "/Headers")
        made = self._graft.copy(DictionaryObject(source))
        if self._opened.item(source, "/O") == "/Table" and isinstance(headers, ArrayObject):
            each = [self._header(self._opened.resolve(header)) for header in headers]
            made.update(dictionary({"/Headers": ArrayObject(each)}))
        return made

    def _header(self, value: Any) -> Any:
        if not isinstance(value, TextStringObject | ByteStringObject):
            return NULL
        old = key_of(value)
        return ByteStringObject(self._ids.get(old, old))


def _is_plain(kid: Kid) -> bool:
    return isinstance(kid, Marked) and kid.entries is None


def _is_in(classes: DictionaryObject, name: Any) -> bool:
    return isinstance(name, NameObject) and name in classes
