"""What is known of a file's content: fonts in use, marked content by page, forms that were painted."""

from typing import Any

from msgspec import Struct
from pypdf.generic import DictionaryObject, IndirectObject

from layout.bindery.objects import Key
from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.colour import GRAY, Devices, Spaces
from layout.bindery.preflight.findings import Finding, Where
from layout.bindery.preflight.tree import Tree


class Shown(Struct, frozen=True):
    """Where some text stands: page, element, and whether it is invisible or has a replacement."""

    page: int
    element: int
    invisible: bool
    replaced: bool


class FontUse(Struct):
    """A font, and the codes shown in it at each place, as bytes."""

    entries: DictionaryObject
    page: int
    shown: dict[Shown, list[bytes]] = {}


class Reading(Struct, frozen=True):
    """What came of a page's content: what it was found to lack there, and the numbers it holds."""

    findings: tuple[Finding, ...]
    transparent: bool
    numbers: frozenset[int]


class State(Struct):
    """The graphics state, as far as rules look at it (8.4.1)."""

    font: FontUse | None = None
    mode: int = 0
    fill: Devices = GRAY
    stroke: Devices = GRAY
    overprint: bool = False
    overprint_mode: int = 0


class Contents:
    """All content of a file, as it is read."""

    def __init__(self, case: Case, tree: Tree) -> None:
        self.case, self.tree = case, tree
        self.spaces = Spaces(case)
        self.fonts: dict[Key | int, FontUse] = {}
        self.numbers: dict[Key | int | None, set[int]] = {}
        """Numbers of marked content, by the page or form it is in."""
        self.keys: dict[Key | int | None, int | None] = {}
        """Keys into the parent tree, by the page or form."""
        self.forms: dict[Key | int, bool] = {}
        """Forms that were painted, and whether they have numbered content."""
        self.seen: dict[object, bool] = {}
        self.readings: dict[object, Reading] = {}
        """Of content with its resources, and its key where it has numbers, what came of it."""
        self.transparent = False
        """Whether the page that is being read has something transparent."""
        self.numbered = False
        """Whether it paints a form with numbered content."""
        self.written: dict[int, str] = {}

    def alike(self, value: Any) -> object:
        """What resources have in common that are the same: an object, or the same entries."""
        if isinstance(value, IndirectObject) or value is None:
            return identity(value)
        key = id(value)
        if key not in self.written:
            self.written[key] = repr(value)
        return self.written[key]

    def font(self, value: Any, page: int) -> FontUse | None:
        """The use of a font."""
        return font_use(self.case, self.fonts, value, page)


def font_use(case: Case, fonts: dict[Key | int, FontUse], value: Any, page: int) -> FontUse | None:
    """The use of a font, begun on this page if it is not among `fonts` yet; None for what is none."""
    key = identity(value)
    if key not in fonts:
        entries = case.resolve(value)
        if not isinstance(entries, DictionaryObject):
            return None
        fonts[key] = FontUse(entries, page)
    return fonts[key]


def named_resource(
    case: Case, resources: DictionaryObject, category: str, name: Any, where: Where
) -> Any:
    """A named resource as it stands there, or None with a finding (7.8.3)."""
    found = dict.get(case.dictionary(resources, category), name) if isinstance(name, str) else None
    if case.resolve(found) is None:
        kind = category[1:].lower()
        case.add("resource", where, f"{kind} {str(name).removeprefix('/')}")
        return None
    return found
