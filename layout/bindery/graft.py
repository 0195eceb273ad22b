"""Objects taken from one file into another: each once, with its references and destinations."""

from typing import Any, Protocol

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from layout.bindery.actions import MEDIUM, RUNNING, TakenOut
from layout.bindery.annots import Sorted, sort_for_paper, sort_out
from layout.bindery.body import NULL, WRITTEN, Body, Stream, deflated, dictionary
from layout.bindery.foreign import Opened, damaged
from layout.bindery.names import Names, is_name, key_of
from layout.bindery.objects import Key
from layout.bindery.screening import LOOKED_AT, is_goto, screened

TIES = frozenset(("/StructParent", "/StructParents", "/SE"))
"""What ties pages, objects and outline entries to a structure tree: written anew or not at all."""
WHOLE = TIES | {"/SigFlags"}
"""The same, and what says that a form is signed."""
_TYPE, _PAGE, _PARENT = NameObject("/Type"), NameObject("/Page"), NameObject("/Parent")
SMALL = 8
"""Values in an array or dictionary that may stand in each page."""
DEEPEST = 100
"""Direct objects in each other; real files have a dozen."""


class Rewritten(Struct, frozen=True):
    """A page's or form's streams in other codes, and the resources that go with them, as values of the body."""

    streams: tuple[bytes, ...]
    resources: DictionaryObject


class Rewriter(Protocol):
    """Who knows which content has to be written anew."""

    def page(self, graft: "Graft", entries: DictionaryObject) -> Rewritten | None:
        """What a page with these entries becomes; None where it stays as it is."""


class Graft:
    """One file's objects in the body of another.

    Copying follows references without recursion, so it is linear in what is copied. Pages that
    are not kept are null to all that refers to them; from a `bare` one pages come without
    annotations. What runs is `taken` out of all that is copied. `marks` are the numbers of marked
    content that stands for annotations which are painted, `fonts` new names for those in default
    appearances (12.7.3.3), `artifacts` pages without tags that were made so. Call it inside `opened.reading()`.
    """

    def __init__(
        self,
        body: Body,
        opened: Opened,
        tree: IndirectObject,
        names: Names,
        is_whole: bool,
        bare: bool = False,
        joining: "Rewriter | None" = None,
    ) -> None:
        self.body, self.opened, self.names, self.bare = body, opened, names, bare
        self.joining = joining
        self.kept: dict[int, IndirectObject] = {}
        self.signed = False
        self.taken = TakenOut()
        self.sorted: dict[int, Sorted] = {}
        self.painted: dict[Key, int] = {}
        self.marks: dict[Key, int] = {}
        self.fonts: dict[bytes, bytes] = {}
        self.surrounded: set[int] = set()
        self.artifacts: set[int] = set()
        self._tree = tree
        self.dropped = TIES if is_whole else WHOLE
        self._special = self.dropped | LOOKED_AT
        self._known: dict[Key, PdfObject] = dict.fromkeys(opened.nodes, tree)
        self._known |= {leaf.key: NULL for leaf in opened.pages if leaf.key}
        self._depth = 0
        self._common: dict[int, tuple[Any, IndirectObject | None]] = {}
        self._queue: list[tuple[IndirectObject, Any, Key]] = []
        self._single: set[Key] = set()

    def know(self, key: Key, reference: PdfObject) -> None:
        """Say what stands in the body for an object that is written by somebody else."""
        self._known[key] = reference

    def known(self, value: Any) -> PdfObject | None:
        """What stands in the body for the object that `value` refers to, if there is something yet."""
        key = (value.idnum, value.generation) if isinstance(value, IndirectObject) else None
        found = self._known.get(key) if key else None
        return None if found is NULL else found

    def single_out(self, key: Key) -> None:
        """Have a stream as an object of its own, which waits: it will be told which element it hangs on."""
        self._single.add(key)

    def keep(self, page: int, reference: IndirectObject | None = None) -> IndirectObject:
        """Keep the page with that index; its reference in the body, `reference` if that is given."""
        reference = reference or self.body.reserve()
        self.kept[page] = reference
        key = self.opened.pages[page].key
        if key and self.opened.index[key] == page:
            self._known[key] = reference
        return reference

    def copy(self, value: Any) -> Any:
        """A value with all that it refers to, as a value of the body."""
        copied = self._copied(value)
        while self._queue:
            reference, source, key = self._queue.pop()
            self.body.put(reference, self._content(source), hold=key in self._single)
        return copied

    def write(self, key: Key, stream: Stream) -> IndirectObject:
        """Put a stream that stands for an object of the file from now on; its reference."""
        reference = self.body.reserve()
        self._known[key] = reference
        self.body.put(reference, stream, hold=key in self._single)
        return reference

    def page(self, page: int) -> DictionaryObject:
        """The dictionary of a page, with what it inherits; links to pages left out are left out."""
        self.taken.page = page
        entries = DictionaryObject(self.opened.pages[page].entries)
        entries.pop("/Parent", None)
        rewritten = self.joining.page(self, entries) if self.joining is not None else None
        if rewritten is not None:
            streams = [self.body.add_stream(deflated(each)) for each in rewritten.streams]
            contents = streams[0] if len(streams) == 1 else ArrayObject(streams)
            said = {"/Resources": self.body.add(rewritten.resources), "/Contents": contents}
            entries.update(dictionary(said))
        live = self.annotations(page)
        if live is None or self.bare:
            entries.pop("/Annots", None)
        elif live is not self.opened.item(entries, "/Annots"):
            entries[NameObject("/Annots")] = live
        made: DictionaryObject = self.copy(self._shared(entries))
        made.update({_TYPE: _PAGE, _PARENT: self._tree})
        if "/Contents" in made:
            self._check_contents(made, page)
        self.taken.page = -1
        return made

    def _check_contents(self, made: DictionaryObject, page: int) -> None:
        """Leave out content that is missing, which is none (7.3.10); raises `Refused` where it is no content."""
        contents = self.body.get_object(dict.get(made, "/Contents"))
        each = contents if isinstance(contents, ArrayObject) else [contents]
        found = [(value, self.body.get_object(value)) for value in each]
        if not all(it is WRITTEN or isinstance(it, Stream | NullObject) for _, it in found):
            how = f"the content of page {page + 1} is none"
            raise damaged(self.opened.place, self.opened.name, how)
        left = [value for value, it in found if not isinstance(it, NullObject)]
        if not left:
            made.pop("/Contents")
        elif len(left) < len(found):
            made[NameObject("/Contents")] = ArrayObject(left)

    def _shared(self, entries: DictionaryObject) -> DictionaryObject:
        """The entries of a page; what it has in common with pages before it is an object that all refer to."""
        made = DictionaryObject()
        for key, value in entries.items():
            if isinstance(value, DictionaryObject | ArrayObject) and len(value) > SMALL:
                held, reference = self._common.get(id(value), (None, None))
                if held is not value:
                    self._common[id(value)] = (value, None)
                elif key not in self._special:
                    reference = reference or self.body.add(self.copy(value))
                    self._common[id(value)] = (value, reference)
                    value = reference
            dict.__setitem__(made, key, value)
        return made

    def annotations(self, page: int) -> ArrayObject | None:
        """The annotations of a page that come along, unresolved; None for no array."""
        if page not in self.sorted:
            self._sort(page)
        return self.sorted[page].kept

    def _sort(self, page: int) -> None:
        """Settle what becomes of a page's annotations (see `annots`); those that go are null from now on."""
        entries = self.opened.pages[page].entries
        if "/Annots" not in entries:
            self.sorted[page] = Sorted()
            return
        if self.bare:
            found = sort_for_paper(self.opened, entries)
        else:
            found = sort_out(self.opened, entries, self._is_live)
        self.sorted[page], self.taken.page = found, page
        for value in found.media:
            self.taken.add(MEDIUM, value)
            if isinstance(value, IndirectObject):
                self._known[value.idnum, value.generation] = NULL
        self.taken.page = -1
        self.painted |= {it.key: page for it in found.painted if it.key}

    def _is_live(self, annotation: DictionaryObject) -> bool:
        """Whether an annotation is no link to a page that is left out."""
        if len(self.kept) == len(self.opened.pages):
            return True
        target = self.target(annotation)
        return annotation.get("/Subtype") != "/Link" or target is None or target in self.kept

    def target(self, entry: DictionaryObject) -> int | None:
        """The index of the page that a link or an outline entry leads to, if it leads to one."""
        value = self.opened.item(entry, "/Dest")
        action = self.opened.item(entry, "/A")
        if value is None and isinstance(action, DictionaryObject):
            value = self.opened.item(action, "/D") if is_goto(action) else None
        return self.page_of(value)

    def page_of(self, destination: Any) -> int | None:
        """The index of the page that a destination shows, or None (ISO 32000-1, 12.3.2)."""
        value = self.opened.resolve(destination)
        if is_name(value):
            value = self.opened.resolve(self.names.destination(key_of(value)))
        if isinstance(value, DictionaryObject):
            value = self.opened.item(value, "/D")
        if not isinstance(value, ArrayObject) or not value:
            return None
        if isinstance(value[0], IndirectObject):
            return self.opened.index.get((value[0].idnum, value[0].generation))
        return int(value[0]) if isinstance(value[0], NumberObject) else None

    def destination(self, value: Any) -> Any:
        """A destination as a value of the body: names renamed, page numbers made references."""
        return self.copy(self.prepared(value))

    def prepared(self, destination: Any) -> Any:
        """The same, still as a value of its own file."""
        value = self.opened.resolve(destination)
        if is_name(value):
            return self.names.spoken(value)
        if isinstance(value, DictionaryObject) and "/D" in value:
            whole = DictionaryObject(value)
            whole[NameObject("/D")] = self.prepared(dict.get(value, "/D"))
            return whole
        if isinstance(value, ArrayObject) and value and isinstance(value[0], NumberObject):
            number = int(value[0])
            leaf = self.opened.pages[number] if 0 <= number < len(self.opened.pages) else None
            if leaf and leaf.key:
                page = IndirectObject(leaf.key[0], leaf.key[1], self.opened.reader)
                return ArrayObject([page, *value[1:]])
        return destination

    def _copied(self, value: Any) -> Any:
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if not isinstance(value, DictionaryObject | ArrayObject):
            return value
        self._depth += 1
        if self._depth > DEEPEST:
            how = f"more than {DEEPEST} arrays and dictionaries stand in each other"
            raise damaged(self.opened.place, self.opened.name, how)
        try:
            if isinstance(value, DictionaryObject):
                return self._dictionary(value)
            return ArrayObject([self._copied(each) for each in value])
        finally:
            self._depth -= 1

    def _reference(self, value: IndirectObject) -> PdfObject:
        if value.pdf is self.body:
            return value
        key = (value.idnum, value.generation)
        if key not in self._known:
            source = self.opened.resolve(value)
            if source is None:
                self._known[key] = NULL
            elif self._is_shared(key, source):
                self._known[key] = self.body.add_stream(self._content(source))
            else:
                reference = self._known[key] = self.body.reserve()
                self._queue.append((reference, source, key))
        return self._known[key]

    def _is_shared(self, key: Key, source: Any) -> bool:
        return (
            isinstance(source, StreamObject) and key not in self._single and _stands_alone(source)
        )

    def _content(self, source: Any) -> Any:
        if not isinstance(source, StreamObject):
            return self._copied(source)
        entries = self._dictionary(source)
        entries.pop("/Length", None)
        if "/Filter" in entries:
            self._check_filters(entries, source)
        return Stream(entries, source._data)

    def _check_filters(self, entries: DictionaryObject, source: StreamObject) -> None:
        """Leave out null for filters (7.3.8.2, table 5); raises `Refused` for what names none."""
        said = self.opened.item(source, "/Filter")
        each = said if isinstance(said, ArrayObject) else [said]
        if said is None:
            entries.pop("/Filter")
        elif not all(isinstance(self.opened.resolve(it), NameObject) for it in each):
            how = "a stream is packed in no known way"
            raise damaged(self.opened.place, self.opened.name, how)

    def _dictionary(self, source: DictionaryObject) -> DictionaryObject:
        kind = dict.get(source, "/S")
        made = DictionaryObject()
        if type(kind) is NameObject and kind in RUNNING:
            self.taken.add(RUNNING[kind])  # an action in a place that is none for actions
            return made
        for key, value in source.items():
            if key in self._special:
                value = screened(self, source, key, value)
                if value is None:
                    continue
            made[key] = self._copied(value)
        return made


def _stands_alone(stream: StreamObject) -> bool:
    return not any(_refers(value) for key, value in stream.items() if key != "/Length")


def _refers(value: Any) -> bool:
    if isinstance(value, IndirectObject):
        return True
    each = value.values() if isinstance(value, DictionaryObject) else value
    return isinstance(value, DictionaryObject | ArrayObject) and any(map(_refers, each))


def top_of(page: IndirectObject) -> ArrayObject:
    """The destination that shows a whole page (ISO 32000-1, table 151)."""
    return ArrayObject([page, NameObject("/Fit")])
