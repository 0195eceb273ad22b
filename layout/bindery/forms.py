"""One interactive form (ISO 32000-1, 12.7.2) for a file made of several, from the forms of all of them.

Fields keep their names, but those of a later file whose names are taken: they come under one new
field that is called as the file's destinations are (`names.prefix_of`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    TextStringObject,
)

from layout.bindery.body import Body, dictionary, text
from layout.bindery.claims import note
from layout.bindery.fields import Field, Fields
from layout.bindery.foreign import Opened
from layout.bindery.formfonts import Resources, restyled
from layout.bindery.graft import Graft
from layout.ground.problems import Problem

ANEW = frozenset(("/Fields", "/DR", "/CO", "/NeedAppearances", "/XFA", "/DA", "/Q"))
"""Entries of a form (table 218) that are joined; others the first file gives."""


class Forms:
    """The form of a file under construction: `take` each graft before its pages are copied, then `written`."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._resources = Resources(body)
        self._entries = DictionaryObject()
        self._names: set[str] = set()
        self._tops, self._order = ArrayObject(), ArrayObject()
        self._is_there = self._needs_looks = False
        self._notes: list[Problem] = []

    def take(self, graft: Graft, pages: Iterable[int], is_main: bool) -> None:
        """Take in the form of one file, as far as its fields stand on pages that are kept."""
        opened = graft.opened
        form = opened.item(opened.root, "/AcroForm")
        if graft.bare or not isinstance(form, DictionaryObject):
            return
        roots = opened.item(form, "/Fields")
        fields = Fields(graft, roots if isinstance(roots, ArrayObject) else (), pages)
        fields.reserve()
        if is_main or fields.tops:
            self._is_there = True
            graft.fonts |= self._resources.join(graft, dict.get(form, "/DR"))
            needs = opened.item(form, "/NeedAppearances")
            self._needs_looks |= isinstance(needs, BooleanObject) and needs.value
        if is_main:
            self._take_others(graft, form)
        self._put(graft, fields, {} if is_main else self._defaults(graft, form))
        order = opened.item(form, "/CO")
        known = map(graft.known, order) if isinstance(order, ArrayObject) else ()
        self._order += [each for each in known if each is not None]
        if "/XFA" in form:
            self._notes.append(_xfa(opened, bool(fields.all)))

    def _take_others(self, graft: Graft, form: DictionaryObject) -> None:
        others = {key: value for key, value in form.items() if key not in ANEW}
        styles = {key: value for key, value in form.items() if key in ("/DA", "/Q")}
        self._entries = graft.copy(DictionaryObject(others | styles))

    def _defaults(self, graft: Graft, form: DictionaryObject) -> dict[str, Any]:
        """What a guest's fields without their own have from their form, where the whole says something else."""
        style, side = graft.opened.item(form, "/DA"), graft.opened.item(form, "/Q")
        found: dict[str, Any] = {}
        if isinstance(style, TextStringObject | ByteStringObject):
            plain = restyled(bytes(style.original_bytes), graft.fonts)
            found["/DA"] = ByteStringObject(plain)
        if isinstance(side, NumberObject) or "/Q" in self._entries:
            found["/Q"] = NumberObject(side if isinstance(side, NumberObject) else 0)
        return found

    def _put(self, graft: Graft, fields: Fields, defaults: dict[str, Any]) -> None:
        """Write all kept fields of one file, those with names that are taken under a new one."""
        tops = fields.tops
        names = {id(field): fields.name(field) for field in tops}
        apart = [field for field in tops if names[id(field)] in self._names]
        above = self._body.reserve() if apart else None
        aside = {id(field) for field in apart}
        for field in fields.kept():
            made = self._made(graft, fields, field)
            if field.parent < 0:
                missing = {key: value for key, value in defaults.items() if key not in made}
                made.update(dictionary(missing))
                if id(field) in aside:
                    made.update(dictionary({"/Parent": above}))
            assert field.reference
            self._body.put(field.reference, made)
        self._names |= {name for key, name in names.items() if name and key not in aside}
        self._tops += [field.reference for field in tops if id(field) not in aside]
        if above is not None:
            self._body.put(above, self._group(graft, apart))
            self._tops.append(above)

    def _made(self, graft: Graft, fields: Fields, field: Field) -> DictionaryObject:
        source = field.entries
        kept = {key: value for key, value in source.items() if key not in ("/Kids", "/Parent")}
        graft.taken.page = fields.pages.get(field.key, -1) if field.key else -1
        made: DictionaryObject = graft.copy(DictionaryObject(kept))
        graft.taken.page = -1
        above = fields.all[field.parent].reference if field.parent >= 0 else None
        kids = ArrayObject([fields.all[kid].reference for kid in field.kids])
        made.update(dictionary({"/Parent": above, "/Kids": kids if field.had_kids else None}))
        return made

    def _group(self, graft: Graft, fields: list[Field]) -> DictionaryObject:
        """The new field over those of a file whose names are taken."""
        stem = graft.names.prefix
        new, number = stem, 2
        while new in self._names:
            new, number = f"{stem}{number}", number + 1
        self._names.add(new)
        opened = graft.opened
        message = f"form fields of {opened.name} whose names are taken are now under `{new}`"
        self._notes.append(Problem(opened.place, message, "", "note"))
        kids = ArrayObject([field.reference for field in fields])
        return dictionary({"/T": text(new), "/Kids": kids})

    def written(self) -> IndirectObject | None:
        """The form of the whole, or None where no file has one."""
        if not self._is_there:
            return None
        entries = {
            "/Fields": self._tops,
            "/DR": self._resources.written(),
            "/CO": self._order or None,
            "/NeedAppearances": BooleanObject(True) if self._needs_looks else None,
        }
        self._entries.update(dictionary(entries))
        return self._body.add(self._entries)

    def notes(self) -> Iterator[Problem]:
        """What readers of the forms should know."""
        yield from self._notes


def _xfa(opened: Opened, has_fields: bool) -> Problem:
    """A warning about a form in XML (12.7.8), which a file of several cannot have."""
    stay = "its fields stay" if has_fields else "it had no other fields"
    message = f"the XFA form of {opened.name} was taken out: {stay}"
    return note(opened, message, "" if has_fields else "print it to PDF where it was made")
