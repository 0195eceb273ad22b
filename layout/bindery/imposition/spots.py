"""The spot inks that pages are printed with, found in all that their resources lead to."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from layout.bindery.foreign import Opened
from layout.house.inks import NO_SPOTS

NO_INKS = frozenset(f"/{name}" for name in NO_SPOTS)
"""Colorants that are no spot inks (ISO 32000-1, 8.6.6.4)."""

CATEGORIES = ("/ColorSpace", "/XObject", "/Pattern", "/Shading", "/ExtGState", "/Font")
"""The resources that may lead to a colour space (table 33)."""
LEADS = ("/Resources", "/ColorSpace", "/CS", "/Shading", "/Group", "/SMask", "/G")
"""The entries of those that do: of forms, images, patterns, shadings, graphics states, masks and Type 3 fonts."""


class SpotInk(Struct, frozen=True):
    """A spot ink: its name as the file writes it, and a colour space of `inks` components; it is the one `at`."""

    name: str
    space: Any
    inks: int
    at: int


def spots_of(opened: Opened, pages: Sequence[DictionaryObject]) -> tuple[SpotInk, ...]:
    """The spot inks of pages by their names; a Separation is preferred to a DeviceN that has it too.

    Whatever several pages share is looked at once. Raises `Refused` where the file is damaged.
    """
    found: dict[str, SpotInk] = {}
    with opened.reading():
        for ink in _Walk(opened).inks(pages):
            known = found.get(ink.name)
            if known is None or known.inks > ink.inks:
                found[ink.name] = ink
    return tuple([found[name] for name in sorted(found)])


class _Walk:
    """Walks through resources without recursion; every object once."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.seen: set[tuple[int, int]] = set()
        self.left: list[Any] = []

    def inks(self, pages: Sequence[DictionaryObject]) -> Iterator[SpotInk]:
        """All spot inks, some of them again and again."""
        for page in pages:
            self.left.append(("resources", dict.get(page, "/Resources")))
            self.left.append(("thing", dict.get(page, "/Group")))
            while self.left:
                kind, value = self.left.pop()
                if self._is_new(value):
                    yield from self._look(kind, value)

    def _is_new(self, value: Any) -> bool:
        if not isinstance(value, IndirectObject):
            return True
        key = (value.idnum, value.generation)
        is_new = key not in self.seen
        self.seen.add(key)
        return is_new

    def _look(self, kind: str, value: Any) -> Iterator[SpotInk]:
        thing = self.opened.resolve(value)
        if isinstance(thing, ArrayObject):
            yield from self._space(value, thing)
        elif isinstance(thing, DictionaryObject) and kind == "resources":
            self._resources(thing)
        elif isinstance(thing, DictionaryObject):
            self._leads(thing)

    def _resources(self, resources: DictionaryObject) -> None:
        for category in CATEGORIES:
            entries = self.opened.item(resources, category)
            if isinstance(entries, DictionaryObject):
                self.left += [("thing", dict.get(entries, key)) for key in entries]

    def _leads(self, thing: DictionaryObject) -> None:
        for key in LEADS:
            value = dict.get(thing, key)
            if key == "/Resources":
                self.left.append(("resources", value))
            elif value is not None:
                self.left.append(("thing", value))

    def _space(self, value: Any, space: ArrayObject) -> Iterator[SpotInk]:
        """The inks of a colour space, and what it is based on (8.6.6)."""
        family = self.opened.resolve(space[0]) if space else None
        if family == "/Separation" and len(space) == 4:
            name = str(self.opened.resolve(space[1]))
            if name not in NO_INKS:
                yield SpotInk(name, value, 1, 0)
        elif family == "/DeviceN" and len(space) >= 4:
            names = self.opened.resolve(space[1])
            for at, name in enumerate(names if isinstance(names, ArrayObject) else ()):
                if str(self.opened.resolve(name)) not in NO_INKS:
                    yield SpotInk(str(self.opened.resolve(name)), value, len(names), at)
        elif family in ("/Indexed", "/Pattern") and len(space) > 1:
            self.left.append(("thing", space[1]))
