"""One structure tree (ISO 32000-1, 14.7) for a file made of several, from the trees of all of them.

Under its Document stand what the first file has there and, where its pages are, one Part for each
other file. Nothing of content that is not kept is in it, and all else of the elements is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from layout.bindery.body import NULL, Body, dictionary, text
from layout.bindery.graft import Graft
from layout.bindery.names import write_tree
from layout.bindery.parents import Parents
from layout.bindery.tagcopy import TagCopy
from layout.bindery.tagnames import Classes, Identifiers, Roles
from layout.bindery.tagtree import TagTree

ROOT = frozenset(
    ("/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap", "/IDTree", "/Namespaces")
)  # fmt: skip
"""Entries of the root (ISO 32000-1, table 322) that are written anew; others the first file gives."""
Links = tuple[Graft, list[tuple[int, IndirectObject]]]
"""A file without tags, and its links that are to have some, each with the index of its page."""
_Placed = tuple[int | None, Any]
"""A kid of the Document, after the index of the page that it begins on."""
FLAGS = ("/UserProperties", "/Suspects")
"""What /MarkInfo (table 321) says of all if it is true of one."""


class Tags:
    """The tree of a file under construction: `take` each graft, put all pages, have it `written`."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._root: IndirectObject | None = None
        self._trees: list[TagTree] = []
        self._links: list[Links] = []

    @property
    def is_there(self) -> bool:
        """Whether any file so far has tags."""
        return self._root is not None

    def take(self, graft: Graft, pages: Iterable[int]) -> TagTree:
        """The tags of pages that are kept and not yet copied; call it inside `reading()`."""
        tree = TagTree(graft, pages)
        if self._trees and not tree.is_live:
            tree.leave_out()
        self._trees.append(tree)
        if self._root is None and tree.tops:
            self._root = self._body.reserve()
        tree.reserve(self._root or NULL)
        return tree

    def add_links(self, graft: Graft, links: Sequence[tuple[int, IndirectObject]]) -> None:
        """Links of settled pages without tags, which stand in a Part of their file."""
        if links:
            self._links.append((graft, list(links)))

    def written(self, pages: Sequence[IndirectObject]) -> DictionaryObject:
        """What the catalogue says of tags: /StructTreeRoot and /MarkInfo, or nothing."""
        if self._root is None:
            return DictionaryObject()
        whole = _Whole(self._body, self._root, pages)
        for tree in self._trees:
            with tree.graft.opened.reading():
                whole.join(tree)
        self._body.put(self._root, whole.root(self._links))
        flags = {key: self._is_true(key) for key in FLAGS}
        marks = dictionary({"/Marked": BooleanObject(True), **flags})
        return dictionary({"/StructTreeRoot": self._root, "/MarkInfo": marks})

    def _is_true(self, flag: str) -> Any:
        for tree in self._trees:
            opened = tree.graft.opened
            with opened.reading():
                info = opened.item(opened.root, "/MarkInfo")
                value = opened.item(info, flag) if isinstance(info, DictionaryObject) else None
            if tree.tops and isinstance(value, BooleanObject) and value.value:
                return BooleanObject(True)
        return None


class _Whole:
    """The root and the Document of the new tree, and what they hold of all trees."""

    def __init__(self, body: Body, root: IndirectObject, pages: Sequence[IndirectObject]) -> None:
        self._body, self._reference, self._pages = body, root, pages
        self._places = {page.idnum: at for at, page in enumerate(pages)}
        self._parents = Parents(body)
        self._roles, self._classes, self._ids = Roles(), Classes(), Identifiers()
        self._copies: list[TagCopy] = []

    def join(self, tree: TagTree) -> None:
        """One more tree, whose names are settled among those of the trees before it."""
        names = (self._roles, self._classes, self._ids)
        self._copies.append(TagCopy(tree, *names, is_main=not self._copies))

    def root(self, links: Sequence[Links]) -> DictionaryObject:
        """The root of the tree, all of which is put below it; `links` of files without tags are in it."""
        main, *guests = self._copies
        with main.tree.graft.opened.reading():
            made, language = self._others(main.tree), _language(main.tree.graft)
            document, kids = self._document(main)
        parts: list[_Placed] = []
        for guest in guests:
            if guest.tree.tops:
                with guest.tree.graft.opened.reading():
                    parts += self._guest(guest, document, language)
        parts += [self._linked(graft, found, document) for graft, found in links]
        self._body.get_object(document).update(dictionary({"/K": _in_order(kids, parts)}))
        parents, following = self._parents.written(self._pages)
        entries = {
            "/Type": NameObject("/StructTreeRoot"),
            "/K": ArrayObject([document]),
            "/ParentTree": parents,
            "/ParentTreeNextKey": NumberObject(following),
            "/RoleMap": _names(self._roles.map),
            "/ClassMap": dictionary(self._classes.map) or None,
            "/IDTree": write_tree(self._body, self._ids.holders),
            "/Namespaces": self._namespaces(),
        }
        made.update(dictionary(entries))
        return made

    def _others(self, tree: TagTree) -> DictionaryObject:
        root = tree.root if isinstance(tree.root, DictionaryObject) else DictionaryObject()
        others = {key: value for key, value in root.items() if key not in ROOT}
        made: DictionaryObject = tree.graft.copy(DictionaryObject(others))
        return made

    def _namespaces(self) -> ArrayObject | None:
        """The namespaces of all trees (ISO 32000-2, table 354)."""
        found = ArrayObject()
        for each in self._copies:
            graft, root = each.tree.graft, each.tree.root
            with graft.opened.reading():
                own = graft.opened.item(root, "/Namespaces") if each.tree.tops else None
                found += [graft.copy(space) for space in own or ()]
        return found or None

    def _document(self, main: TagCopy) -> tuple[IndirectObject, list[_Placed]]:
        """The Document of the whole, the first file's if it has one, and what that file has in it."""
        tree, own = main.tree, main.document
        if own is not None:
            main.put(self._reference, self._parents)
            document = tree.elements[own].reference
            assert document
            return document, self._kids(tree, own)
        firsts = tree.firsts(self._places)
        document = self._body.add(_element("/Document", self._reference))
        main.put(document, self._parents)
        return document, [(firsts[at], self._top(main, at)) for at in tree.tops]

    def _guest(self, guest: TagCopy, document: IndirectObject, language: str) -> list[_Placed]:
        """A guest's elements as a Part, which bears its name, and its language if that is another.

        Where the guest's pages stand apart, such as a front and a back cover, each run of them has one.
        """
        part, kids = self._part(guest, document)
        made, spoken = self._body.get_object(part), _language(guest.tree.graft)
        is_other = spoken and spoken.casefold() != language.casefold()
        said = {
            "/T": text(guest.tree.graft.opened.name),
            "/Lang": text(spoken) if is_other else None,
        }
        made.update(dictionary({key: value for key, value in said.items() if key not in made}))
        parts: list[_Placed] = []
        for first, run in self._runs(guest.tree, kids):
            if parts:
                part = self._body.add(_element("/Part", document))
                self._body.get_object(part).update(
                    {NameObject(key): made[key] for key in said if key in made}
                )
                for kid in run:
                    self._body.get_object(kid).update(dictionary({"/P": part}))
            self._body.get_object(part).update(dictionary({"/K": ArrayObject(run)}))
            parts.append((first, part))
        return parts

    def _linked(
        self, graft: Graft, links: Sequence[tuple[int, IndirectObject]], document: IndirectObject
    ) -> _Placed:
        """A Part with the links of a file that has no tags of its own, and where it begins."""
        part = self._body.add(_element("/Part", document))
        kids = ArrayObject()
        for page, link in links:
            element = self._body.add(_element("/Link", part))
            where = {
                "/Type": NameObject("/OBJR"),
                "/Pg": graft.kept[page],
                "/Obj": link,
            }
            self._body.get_object(element).update(dictionary({"/K": dictionary(where)}))
            self._parents.own(link, element)
            kids.append(element)
        self._body.get_object(part).update(dictionary({"/T": text(graft.opened.name), "/K": kids}))
        return min(self._places[graft.kept[page].idnum] for page, _ in links), part

    def _part(
        self, guest: TagCopy, document: IndirectObject
    ) -> tuple[IndirectObject, list[_Placed]]:
        """A Part, made of the guest's Document if it has one, and what is to stand in it."""
        tree, own = guest.tree, guest.document
        if own is None:
            part = self._body.add(_element("/Part", document))
            guest.put(part, self._parents)
            firsts = tree.firsts(self._places)
            return part, [(firsts[at], self._top(guest, at)) for at in tree.tops]
        guest.put(document, self._parents)
        return self._top(guest, own), self._kids(tree, own)

    def _kids(self, tree: TagTree, at: int) -> list[_Placed]:
        """What stands in an element that is put."""
        element, firsts = tree.elements[at], tree.firsts(self._places)
        made = self._body.get_object(element.reference)
        places = [tree.first(kid, firsts, self._places) for kid in element.kids]
        return list(zip(places, _list(dict.get(made, "/K")), strict=True))

    def _runs(self, tree: TagTree, kids: Sequence[_Placed]) -> list[tuple[int, list[Any]]]:
        """Kids of a guest by the run of its pages that they begin on, and where that begins."""
        begins: dict[int, int] = {}
        for at in sorted(self._places[page.idnum] for page in tree.graft.kept.values()):
            begins[at] = begins.get(at - 1, at)
        starts = [begins[place] for place, _ in kids if place is not None]
        if not all(isinstance(kid, IndirectObject) for _, kid in kids):
            return [(min(starts), [kid for _, kid in kids])]
        start, runs = starts[0], dict[int, list[Any]]()
        for place, kid in kids:
            start = start if place is None else begins[place]
            runs.setdefault(start, []).append(kid)
        return sorted(runs.items())

    def _top(self, copy: TagCopy, at: int) -> IndirectObject:
        """An element that was at the top of its file, which is no Document in the whole."""
        reference = copy.tree.elements[at].reference
        assert reference
        if copy.is_document(at):
            self._body.get_object(reference).update(dictionary({"/S": NameObject("/Part")}))
        return reference


def _element(role: str, above: IndirectObject) -> DictionaryObject:
    entries = {"/Type": NameObject("/StructElem"), "/S": NameObject(role), "/P": above}
    return dictionary(entries)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, ArrayObject) else [] if value is None else [value]


def _names(names: Mapping[str, str]) -> DictionaryObject | None:
    return dictionary({key: NameObject(value) for key, value in names.items()}) or None


def _language(graft: Graft) -> str:
    """The language of a file (ISO 32000-1, 14.9.2), or nothing."""
    found = graft.opened.item(graft.opened.root, "/Lang")
    return str(found) if isinstance(found, TextStringObject) else ""


def _in_order(kids: Sequence[_Placed], parts: Sequence[_Placed]) -> ArrayObject:
    """All of them by the page that each begins on; `kids` stay in their order, whatever it is."""
    reached, placed = -1, []
    for first, kid in kids:
        reached = max(reached, -1 if first is None else first)
        placed.append((reached, kid))
    placed += [(-1 if first is None else first, part) for first, part in parts]
    return ArrayObject([kid for _, kid in sorted(placed, key=lambda each: each[0])])
