"""A file made of pages of several: one gives the catalogue, all give pages and what hangs on them."""

from collections.abc import Iterable, Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from layout.bindery import extras
from layout.bindery.body import Body, Stream, dictionary
from layout.bindery.claims import (
    CATALOGUE,
    Bound,
    guest_notes,
    main_notes,
    note,
    plain_info,
    plain_metadata,
)
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.bindery.names import Names, prefix_of, read_names, write_tree
from layout.bindery.outline import Item, write_outline
from layout.bindery.pagelabels import Label, write_labels
from layout.ground.problems import Problem

REBUILT = frozenset(
    ("/Pages", "/Names", "/Dests", "/Outlines", "/PageLabels", "/Metadata", "/Version", "/AF", "/OCProperties")
)  # fmt: skip
"""Entries of the catalogue that are written anew."""
JOINED = frozenset(("/Dests", "/EmbeddedFiles"))
"""Name trees to which guests bring entries."""


class Volume:
    """The file under construction.

    `mixed` says that pages made elsewhere come in, so that claims for the whole are withdrawn.
    Use: `graft` each file and `keep` pages of it, `settle` it, and `bound` the whole.
    """

    def __init__(self, main: Opened, mixed: bool) -> None:
        self.body = Body()
        self._tree = self.body.reserve()
        self._mixed = mixed
        self._grafts: list[Graft] = []
        self._taken: set[bytes] = set()
        self._taken_files: set[bytes] = set()
        self._named: dict[bytes, Any] = {}
        self._listed: dict[str, Any] = {}
        self._files: dict[bytes, Any] = {}
        self._associated = ArrayObject()
        self._layers: Any = None
        self.main = self.graft(main)

    def graft(self, opened: Opened) -> Graft:
        """One more file that gives pages; settle it before the next one is grafted."""
        is_whole = not self._mixed and not self._grafts
        with opened.reading():
            names = Names(*read_names(opened), self._taken, prefix_of(opened.name))
            graft = Graft(self.body, opened, self._tree, names, is_whole)
        self._grafts.append(graft)
        return graft

    def settle(self, graft: Graft, pages: Iterable[int]) -> None:
        """Copy pages of a file that were kept, with its named destinations and attached files."""
        with graft.opened.reading():
            for page in pages:
                self.body.put(graft.kept[page], graft.page(page))
            self._take_names(graft)
            self._files |= extras.attachments(graft, self._taken_files)
            self._associated += extras.associated(graft)
            if graft is self.main:
                self._root = self._catalogue()
                self._layers = graft.copy(dict.get(graft.opened.root, "/OCProperties"))
            else:
                self._layers = extras.join_layers(self._layers, graft)

    def _take_names(self, graft: Graft) -> None:
        whole = len(graft.kept) == len(graft.opened.pages)
        for key, value in graft.names.tree.items():
            if whole or graft.page_of(value) in graft.kept:
                self._named[graft.names.renamed(key)] = graft.destination(value)
        for key, value in graft.names.listed.items():
            if whole or graft.page_of(value) in graft.kept:
                new = "/" + graft.names.renamed(key).decode("latin-1")
                self._listed[new] = graft.destination(value)

    def _catalogue(self) -> DictionaryObject:
        main = self.main.opened
        left = REBUILT | CATALOGUE.keys() if self._mixed else REBUILT
        entries = {key: value for key, value in main.root.items() if key not in left}
        root: DictionaryObject = self.main.copy(DictionaryObject(entries))
        names = main.item(main.root, "/Names")
        if isinstance(names, DictionaryObject):
            others = {key: value for key, value in names.items() if key not in JOINED}
            root[NameObject("/Names")] = self.main.copy(DictionaryObject(others))
        return root

    def bound(
        self,
        pages: Sequence[IndirectObject],
        outline: Sequence[Item],
        labels: Sequence[Label],
        identity: bytes = b"",
    ) -> Bound:
        """The file with these pages, outline and labels, and with `identity` as its /ID if there is one."""
        self._write_pages(pages)
        notes: list[Problem] = []
        with self.main.opened.reading():
            info = self._metadata(notes)
        for graft in self._grafts[1:]:
            with graft.opened.reading():
                notes += guest_notes(graft.opened)
        names = DictionaryObject(self.body.get_object(self._root.get("/Names")) or {})
        tree, files = write_tree(self.body, self._named), write_tree(self.body, self._files)
        names.update(dictionary({"/Dests": tree, "/EmbeddedFiles": files}))
        entries = {
            "/Pages": self._tree,
            "/Names": names or None,
            "/Dests": self.body.add(dictionary(self._listed)) if self._listed else None,
            "/Outlines": write_outline(self.body, outline),
            "/PageLabels": write_labels(self.body, labels),
            "/AF": self._associated or None,
            "/OCProperties": self._layers,
        }
        self._root.update(dictionary(entries))
        version = max(graft.opened.version for graft in self._grafts)
        pdf = self.body.written(version, self.body.add(self._root), info, identity)
        return Bound(pdf, tuple(dict.fromkeys(notes)))

    def _write_pages(self, pages: Sequence[IndirectObject]) -> None:
        entries = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(pages),
            "/Count": NumberObject(len(pages)),
        }
        self.body.put(self._tree, dictionary(entries))

    def _metadata(self, notes: list[Problem]) -> IndirectObject | None:
        main = self.main.opened
        if not self._mixed:
            packet = self.main.copy(dict.get(main.root, "/Metadata"))
            info = main.item(main.reader.trailer, "/Info") or DictionaryObject()
        else:
            stream, claims = plain_metadata(main)
            info, more = plain_info(main)
            packet = self.body.add_stream(stream) if isinstance(stream, Stream) else None
            notes += main_notes(main, claims + more, self.main.signed)
            if stream is None and "/Metadata" in main.root:
                notes.append(
                    note(main, f"the XMP metadata of {main.name} cannot be read: left out")
                )
        self._root.update(dictionary({"/Metadata": packet}))
        return self.body.add(self.main.copy(info)) if info else None
