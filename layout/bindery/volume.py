"""A file made of pages of several: one gives the catalogue, all give pages and what hangs on them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from layout.bindery import extras
from layout.bindery.actions import TREES, TakenOut, count_trees
from layout.bindery.body import Body, Stream, dictionary
from layout.bindery.claims import (
    SIGNED,
    Bound,
    archive_intents,
    guest_notes,
    main_notes,
    note,
    opened_notes,
    paper_notes,
    plain_info,
    plain_metadata,
    tag_notes,
)
from layout.bindery.flatten import paint_annotations
from layout.bindery.foreign import Opened
from layout.bindery.forms import Forms
from layout.bindery.graft import Graft
from layout.bindery.layers import join_layers
from layout.bindery.leftovers import count_catalogue, leftovers
from layout.bindery.names import Names, prefix_of, read_names, write_tree
from layout.bindery.outline import Item, write_outline
from layout.bindery.pagelabels import Label, write_labels
from layout.bindery.subsets.joining import Joining
from layout.bindery.tags import Tags
from layout.bindery.tagtree import TagTree
from layout.bindery.threads import threads_of
from layout.bindery.untagged import mark_untagged
from layout.ground.problems import Problem

REBUILT = frozenset(
    ("/Pages", "/Names", "/Dests", "/Outlines", "/PageLabels", "/Metadata", "/Version", "/AF", "/OCProperties",
     "/OutputIntents", "/StructTreeRoot", "/MarkInfo", "/AcroForm", "/NeedsRendering", "/Threads")
)  # fmt: skip
"""Entries of the catalogue that are written anew."""
JOINED = frozenset(("/Dests", "/EmbeddedFiles", *TREES))
"""Name trees to which guests bring entries, or that nobody keeps."""


class Volume:
    """The file under construction.

    Where there are `guests`, pages made elsewhere, claims for the whole are withdrawn, unless
    `keep_claims` says that they will be checked. Use: `graft` each file and `keep` pages of it,
    `settle` it, and `bound` the whole.
    """

    def __init__(
        self,
        main: Opened,
        guests: Sequence[Opened] = (),
        keep_claims: bool = False,
        out: BinaryIO | None = None,
    ) -> None:
        mixed = bool(guests)
        self.body = Body(max(opened.version for opened in (main, *guests)), out)
        self._tree = self.body.reserve()
        self._joining = Joining((main, *guests)) if guests else None
        self._mixed, self._keeps_claims = mixed, keep_claims or not mixed
        self._tags = Tags(self.body)
        self._forms, self._threads = Forms(self.body), ArrayObject()
        self._trees: list[TagTree] = []
        self._notes: list[Problem] = []
        self._grafts: list[Graft] = []
        self._taken: set[bytes] = set()
        self._taken_files: set[bytes] = set()
        self._named: dict[bytes, Any] = {}
        self._listed: dict[str, Any] = {}
        self._files: dict[bytes, Any] = {}
        self._associated = ArrayObject()
        self._layers: Any = None
        self.main = self.graft(main)

    def graft(self, opened: Opened, bare: bool = False) -> Graft:
        """One more file that gives pages, with what hangs on them unless `bare`; settle it before the next one."""
        is_whole = not self._mixed and not self._grafts
        with opened.reading():
            names = Names(*read_names(opened), self._taken, prefix_of(opened.name))
            graft = Graft(self.body, opened, self._tree, names, is_whole, bare, self._joining)
        if self._joining is not None:
            self._joining.begin(graft)
        self._grafts.append(graft)
        return graft

    def settle(self, graft: Graft, pages: Iterable[int]) -> None:
        """Copy pages of a file that were kept, with what of their document comes along."""
        placed = list(pages)
        with graft.opened.reading():
            for page in placed:
                graft.annotations(page)
            self._forms.take(graft, placed, graft is self.main)
            self._threads += threads_of(graft)
            self._trees.append(self._tags.take(graft, placed))
            for page in placed:
                self.body.put(graft.kept[page], graft.page(page))
            paint_annotations(graft, placed, self._trees[-1])
            self._take_names(graft)
            if self._is_first(graft) and not graft.bare:
                self._files |= extras.attachments(graft, self._taken_files)
                self._associated += extras.associated(graft)
            if graft is self.main:
                count_trees(graft.opened, graft.taken)
                self._root = self._catalogue()
                self._layers = graft.copy(dict.get(graft.opened.root, "/OCProperties"))
            else:
                count_catalogue(graft)
                self._layers = join_layers(self._layers, graft)
                extras.join_extensions(self._root, graft)

    def mark_untagged(self, graft: Graft, pages: Sequence[int], names: Mapping[int, str]) -> None:
        """Make artifacts of settled pages without tags; `names` are what its pages are called in descriptions."""
        tree = next(each for each in reversed(self._trees) if each.graft is graft)
        with graft.opened.reading():
            links = mark_untagged(graft, tree, pages, names, self._notes)
        self._tags.add_links(graft, links)

    def _is_first(self, graft: Graft) -> bool:
        """Whether no copy of the same file came before, with the files that are attached to it."""
        return next(each for each in self._grafts if each.opened is graft.opened) is graft

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
        left = REBUILT.union(SIGNED) if self._mixed else REBUILT
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
        tags = self._tags.written(pages)
        notes = self._notes
        with self.main.opened.reading():
            info = self._metadata(notes)
        intents = self._intents(notes)
        self._guest_notes(notes)
        if self._joining is not None:
            self._joining.write(self.main)
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
            "/AcroForm": self._forms.written(),
            "/Threads": self.body.add(self._threads) if self._threads else None,
            "/OCProperties": self._layers,
            "/OutputIntents": intents,
            **(tags or self._own_marks()),
        }
        self._root.update(dictionary(entries))
        for graft in self._grafts:
            graft.opened.check_unchanged()
        pdf = self.body.written(self.body.add(self._root), info, identity)
        return Bound(pdf, tuple(dict.fromkeys(notes)))

    def _write_pages(self, pages: Sequence[IndirectObject]) -> None:
        entries = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(pages),
            "/Count": NumberObject(len(pages)),
        }
        self.body.put(self._tree, dictionary(entries))

    def _own_marks(self) -> DictionaryObject:
        """/MarkInfo of a file of ours alone that has no tags and never said it had."""
        main = self.main.opened
        if self._mixed or "/StructTreeRoot" in main.root:
            return DictionaryObject()
        with main.reading():
            return dictionary({"/MarkInfo": self.main.copy(dict.get(main.root, "/MarkInfo"))})

    def _metadata(self, notes: list[Problem]) -> IndirectObject | None:
        main = self.main.opened
        if self._keeps_claims:
            packet = self.main.copy(dict.get(main.root, "/Metadata"))
            info = main.item(main.reader.trailer, "/Info") or DictionaryObject()
            claims: list[str] = []
        else:
            stream, claims = plain_metadata(main)
            info, more = plain_info(main)
            claims += more
            packet = self.body.add_stream(stream) if isinstance(stream, Stream) else None
            if stream is None and "/Metadata" in main.root:
                notes.append(
                    note(main, f"the XMP metadata of {main.name} cannot be read: left out")
                )
        notes += main_notes(main, claims, ["signature"] if self._is_unsigned() else [])
        self._root.update(dictionary({"/Metadata": packet}))
        return self.body.add(self.main.copy(info)) if info else None

    def _is_unsigned(self) -> bool:
        """Whether a signature is lost."""
        main = self.main.opened
        said = any(main.item(main.root, key) is not None for key in SIGNED)
        return self._mixed and (said or self.main.signed)

    def _intents(self, notes: list[Problem]) -> Any:
        """The output intents that hold for all pages, which are the first file's (14.11.5)."""
        main, found = self.main, []
        with main.opened.reading():
            intents = main.opened.item(main.opened.root, "/OutputIntents")
            own = archive_intents(main.opened)
        for graft in self._grafts[1:]:
            with graft.opened.reading():
                found.append(archive_intents(graft.opened).keys())
                if self._keeps_claims and found[-1] - own.keys():
                    message = (
                        f"the output intent of {graft.opened.name} is not that of the new file"
                    )
                    notes.append(note(graft.opened, f"{message}: left out"))
        with main.opened.reading():
            if self._keeps_claims:
                return main.copy(intents)
            if own and all(each == own.keys() for each in found):
                return main.copy(ArrayObject(own.values()))
        if intents is not None:
            notes += main_notes(main.opened, (), ["output intent"])
        return None

    def _guest_notes(self, notes: list[Problem]) -> None:
        """What readers should know of each file: its tags, what it lost, and what was taken out of it."""
        taken: dict[int, tuple[Opened, TakenOut]] = {}
        for graft, tree in zip(self._grafts, self._trees, strict=True):
            opened = graft.opened
            with opened.reading():
                if not graft.kept.keys() <= graft.artifacts:
                    notes += tag_notes(opened, tree, self._mixed and self._tags.is_there)
                if graft is not self.main:
                    notes += guest_notes(opened, graft.signed)
                    notes += leftovers(opened, self.main.opened)
            if graft.bare:
                notes += paper_notes(opened, graft.sorted)
            taken.setdefault(id(opened), (opened, TakenOut()))[1].join(graft.taken)
        for opened, found in taken.values():
            notes += opened_notes(opened)
            notes += found.notes(opened)
        notes += self._forms.notes()
