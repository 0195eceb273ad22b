"""The fonts of all files that come into one: which are subsets of one face, and what becomes of pages that use them.

A face that comes in twice is one font from then on. The subset seen first keeps its codes, and its pages
are not touched; content that uses another subset is written in those codes. Where that cannot be told
without doubt, a page keeps its own font.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from pypdf.generic import (
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from layout.bindery.around import streams_of
from layout.bindery.body import deflated
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft, Rewritten
from layout.bindery.objects import Key
from layout.bindery.subsets.closed import DEEPEST, Closed, content_of, recoder, values_of
from layout.bindery.subsets.face import Face, Recoded
from layout.bindery.subsets.once import Once
from layout.bindery.subsets.recode import Strings, Unclear
from layout.bindery.subsets.subset import (
    READING,
    FaceKey,
    Subset,
    face_name,
    subset_of,
)

_Font = tuple[int, Key]
"""A font: the file it is in, and its object."""


_Plan = tuple[DictionaryObject, dict[str, Strings], dict[str, IndirectObject]]
"""Resources, what becomes of strings by the names of fonts, and of forms by theirs."""


class Joining:
    """The faces of a file under construction that several of its parts bring."""

    def __init__(self, opened: Iterable[Opened]) -> None:
        self._subsets: dict[_Font, Subset] = {}
        self._firsts: dict[FaceKey, _Font] = {}
        self._faces: dict[FaceKey, Face] = {}
        self._keys: dict[_Font, FaceKey] = {}
        self._recodes: dict[tuple[FaceKey, _Font], Strings] = {}
        self._told = Once[dict[str, Strings]]()
        self._fonts, self._tables = Once[IndirectObject](), Once[IndirectObject]()
        self._painted = Once[dict[str, IndirectObject]]()
        self._closed: dict[int, Closed] = {}
        self._forms: dict[tuple[int, Key], IndirectObject | None] = {}
        self._plans: dict[tuple[int, int], _Plan | None] = {}
        files = {id(each): each for each in opened}
        self._find(files)

    def _find(self, files: dict[int, Opened]) -> None:
        """Which fonts of the files are subsets of a face that another font is a subset of too."""
        named: dict[_Font, str] = {}
        for at, opened in files.items():
            with opened.reading():
                named |= {(at, key): name for key, name in _named(opened) if name}
        count = Counter(named.values())
        for font, name in named.items():
            if count[name] > 1:
                opened = files[font[0]]
                with opened.reading():
                    value = opened.resolve(IndirectObject(*font[1], opened.reader))
                    subset = subset_of(opened, value)
                if subset is not None:
                    self._subsets[font] = subset
                    self._keys[font] = subset.key
        shared = Counter(self._keys.values())
        self._keys = {font: key for font, key in self._keys.items() if shared[key] > 1}
        for font, key in self._keys.items():
            self._firsts.setdefault(key, font)

    def begin(self, graft: Graft) -> None:
        """Have the fonts of a file that come first stand for their faces wherever it refers to them."""
        at = id(graft.opened)
        self._closed[id(graft)] = Closed(graft.opened)
        for key, font in self._firsts.items():
            if font[0] != at:
                continue
            if key not in self._faces:
                with graft.opened.reading(), suppress(*READING, OverflowError):
                    self._faces[key] = Face(key.name, self._subsets[font], graft)
            if key in self._faces:
                graft.know(font[1], self._faces[key].reference)

    def page(self, graft: Graft, entries: DictionaryObject) -> Rewritten | None:
        """What a page with these entries becomes; None where it stays. Call it inside `reading()`."""
        if not self._faces:
            return None
        resources = graft.opened.item(entries, "/Resources")
        if not isinstance(resources, DictionaryObject):
            return None
        try:
            return self._rewritten(graft, streams_of(graft.opened, entries), resources, 0)
        except Unclear:
            return None

    def _rewritten(
        self, graft: Graft, streams: Sequence[StreamObject], resources: DictionaryObject, depth: int
    ) -> Rewritten | None:
        """The same for streams with resources; raises `Unclear`."""
        opened = graft.opened
        fonts = opened.item(resources, "/Font")
        fonts = fonts if isinstance(fonts, DictionaryObject) else DictionaryObject()
        place = (id(graft), id(resources))
        if place not in self._plans:
            self._plans[place] = None
            self._plans[place] = (resources, *self._plan(graft, resources, fonts, depth))
        plan = self._plans[place]
        if plan is None:
            raise Unclear
        _, recodes, forms = plan
        if not recodes and not forms:
            return None
        strings = recoder(fonts, recodes)
        made = tuple(strings.recoded(content_of(opened, each)) for each in streams)
        return Rewritten(made, self._resources(graft, resources, fonts, forms))

    def _plan(
        self, graft: Graft, resources: DictionaryObject, fonts: DictionaryObject, depth: int
    ) -> tuple[dict[str, Strings], dict[str, IndirectObject]]:
        """What becomes of the strings and the forms of all content with these resources; raises `Unclear`."""
        opened = graft.opened
        recodes = self._told.of(lambda: self._recodes_of(opened, fonts), graft, fonts)
        named = opened.item(resources, "/XObject")
        forms = self._painted.of(lambda: self._forms_of(graft, named, depth), graft, named)
        if recodes:
            self._closed[id(graft)].check(resources)
        return recodes, forms

    def _recodes_of(self, opened: Opened, fonts: DictionaryObject) -> dict[str, Strings]:
        """What to do with strings in fonts, by the names of those that become another."""
        found: dict[str, Strings] = {}
        for name, value in fonts.items():
            font = _font(opened, value)
            key = self._keys.get(font) if font else None
            if font and key is not None and self._firsts[key] != font and key in self._faces:
                found[name] = self._recode(key, font)
        return found

    def _recode(self, key: FaceKey, font: _Font) -> Strings:
        made = self._recodes.get((key, font))
        if made is None:
            face, subset = self._faces[key], self._subsets[font]
            face.take(subset)
            made = self._recodes[key, font] = Recoded(face, subset)
        return made

    def _forms_of(self, graft: Graft, named: Any, depth: int) -> dict[str, IndirectObject]:
        """The forms in a table of resources that are written anew, by their names."""
        found: dict[str, IndirectObject] = {}
        for name, value in named.items() if isinstance(named, DictionaryObject) else ():
            form = graft.opened.resolve(dict.get(named, name))
            if not isinstance(form, StreamObject) or not isinstance(value, IndirectObject):
                continue
            if graft.opened.item(form, "/Subtype") == "/Form":
                made = self._form(graft, value, form, depth)
                if made is not None:
                    found[name] = made
        return found

    def _form(
        self, graft: Graft, value: IndirectObject, form: StreamObject, depth: int
    ) -> IndirectObject | None:
        """A form written anew, once; None for one that stays. Raises `Unclear`."""
        place = (id(graft), (value.idnum, value.generation))
        if place in self._forms:
            return self._forms[place]
        self._forms[place] = None
        resources = graft.opened.item(form, "/Resources")
        if not isinstance(resources, DictionaryObject) or depth > DEEPEST:
            return None
        try:
            made = self._rewritten(graft, [form], resources, depth + 1)
        except Unclear:
            return None
        if made is None:
            return None
        entries = DictionaryObject(form)
        for key in ("/Resources", "/Filter", "/DecodeParms", "/Length"):
            entries.pop(key, None)
        said = {**graft.copy(entries), "/Resources": made.resources}
        stream = deflated(made.streams[0], said)
        reference = self._forms[place] = graft.write(place[1], stream)
        return reference

    def _resources(
        self,
        graft: Graft,
        resources: DictionaryObject,
        fonts: DictionaryObject,
        forms: dict[str, IndirectObject],
    ) -> DictionaryObject:
        entries = DictionaryObject(resources)
        for key in ("/Font", "/XObject"):
            entries.pop(key, None)
        made: DictionaryObject = graft.copy(entries)
        if fonts:
            made[NameObject("/Font")] = self._fonts.of(
                lambda: self._font_table(graft, fonts), graft, fonts
            )
        named = graft.opened.item(resources, "/XObject")
        if isinstance(named, DictionaryObject):
            made[NameObject("/XObject")] = self._tables.of(
                lambda: _form_table(graft, named, forms), graft, named
            )
        return made

    def _font_table(self, graft: Graft, fonts: DictionaryObject) -> IndirectObject:
        """The fonts of resources, those that became another in their places."""
        made = DictionaryObject()
        for name, value in fonts.items():
            font = _font(graft.opened, value)
            key = self._keys.get(font) if font else None
            face = self._faces.get(key) if key is not None else None
            made[NameObject(name)] = face.reference if face else graft.copy(value)
        return graft.body.add(made)

    def write(self, graft: Graft) -> None:
        """Put all faces into the body of a graft."""
        for face in self._faces.values():
            face.write(graft.body)


def _form_table(
    graft: Graft, named: DictionaryObject, forms: dict[str, IndirectObject]
) -> IndirectObject:
    """The pictures and forms of resources, those that are written anew in their places."""
    table: DictionaryObject = graft.copy(
        DictionaryObject({name: it for name, it in named.items() if name not in forms})
    )
    table.update({NameObject(name): form for name, form in forms.items()})
    return graft.body.add(table)


def _named(opened: Opened) -> Iterator[tuple[Key, str]]:
    """The fonts of pages and of forms on them, each once, and the names of the faces that they are subsets of."""
    seen: dict[Any, Any] = {}  # with each object itself, so that no other is ever made where it was
    stack = [(leaf.entries, 0) for leaf in reversed(opened.pages)]
    while stack:
        holder, depth = stack.pop()
        resources = opened.item(holder, "/Resources")
        if not isinstance(resources, DictionaryObject) or id(resources) in seen:
            continue
        seen[id(resources)] = resources
        fonts = opened.item(resources, "/Font")
        if isinstance(fonts, DictionaryObject) and id(fonts) not in seen:
            seen[id(fonts)] = fonts
            for value in fonts.values():
                key = (value.idnum, value.generation) if isinstance(value, IndirectObject) else None
                if key and key not in seen:
                    seen[key] = True
                    yield key, face_name(opened, opened.resolve(value))
        named = opened.item(resources, "/XObject")
        if depth < DEEPEST and id(named) not in seen:
            seen[id(named)] = named
            forms = values_of(opened, resources, "/XObject")
            stack += [(it, depth + 1) for it in forms if isinstance(it, StreamObject)]


def _font(opened: Opened, value: Any) -> _Font | None:
    return (id(opened), (value.idnum, value.generation)) if isinstance(value, IndirectObject) else None  # fmt: skip
