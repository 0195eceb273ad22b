"""Whether the font of each string can be told from the content that shows it, whatever is painted on a page."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.foreign import Opened
from layout.bindery.objects import Key
from layout.bindery.subsets.once import Once
from layout.bindery.subsets.recode import Recoder, Strings, Unclear
from layout.bindery.unpacking import Damaged

TABLES: Final = ("/Font", "/XObject", "/Pattern", "/ExtGState")
DEEPEST: Final = 8
"""Forms in forms that are looked into."""
_SHOWING: Final = (b"Tj", b"TJ", b"'", b'"')
"""Operators that show text (ISO 32000-1, 9.4.3)."""


class Closed:
    """Looks at the resources of one file's pages and forms, at each form once; call it inside `reading()`."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._known: dict[Key, bool] = {}
        self._fonts, self._tables = Once[bool](), Once[bool]()

    def check(self, resources: DictionaryObject) -> None:
        """Whether content with these resources gets its fonts by name only; raises `Unclear`."""
        for key in TABLES:
            table = self._opened.item(resources, key)
            if isinstance(table, DictionaryObject) and not self._tables.of(
                partial(self._is_sound, table), table
            ):
                raise Unclear

    def _is_sound(self, table: DictionaryObject) -> bool:
        """Whether nothing in a table of resources brings a font that is not named, or takes one of the page's."""
        return all(self._is_plain(value) for value in dict.values(table))

    def _is_plain(self, value: Any) -> bool:
        """The same for one resource."""
        opened = self._opened
        found = opened.resolve(value)
        if not isinstance(found, DictionaryObject):
            return True
        kind = opened.item(found, "/Subtype")
        if isinstance(found, StreamObject):
            return kind == "/Image" or self._is_closed(value, 0)
        if kind == "/Type3":
            return self._fonts.of(partial(_is_told_font, opened, found), found)
        # A graphics state may set a font.
        return "/Font" not in found and all(
            self._is_closed(each, 0) for each in _mask(opened, found)
        )

    def _is_closed(self, value: Any, depth: int) -> bool:
        """Whether all text of a form, and of those in it, is shown in fonts of its own.

        It begins with the font of the page, and readers look there for fonts that it does not have.
        """
        form = self._opened.resolve(value)
        if not isinstance(form, StreamObject):
            return True
        key = (value.idnum, value.generation)
        if key not in self._known:
            self._known[key] = False  # as is one that paints itself
            resources = self._opened.item(form, "/Resources")
            self._known[key] = (
                isinstance(resources, DictionaryObject)
                and depth <= DEEPEST
                and _is_told(self._opened, form, resources)
                and all(self._is_closed(it, depth + 1) for it in _painted(self._opened, resources))
            )
        return self._known[key]


def _painted(opened: Opened, resources: DictionaryObject) -> Iterator[Any]:
    """The forms, tiling patterns and forms of soft masks among resources, unresolved."""
    for key in ("/XObject", "/Pattern"):
        named = opened.item(resources, key)
        for value in dict.values(named) if isinstance(named, DictionaryObject) else ():
            found = opened.resolve(value)
            if isinstance(found, StreamObject) and opened.item(found, "/Subtype") != "/Image":
                yield value
    for state in values_of(opened, resources, "/ExtGState"):
        yield from _mask(opened, state)


def _mask(opened: Opened, state: Any) -> Iterator[Any]:
    """The form of the soft mask in a graphics state (ISO 32000-1, 11.6.5.2), unresolved, if it has one."""
    mask = opened.item(state, "/SMask") if isinstance(state, DictionaryObject) else None
    if isinstance(mask, DictionaryObject) and "/G" in mask:
        yield dict.__getitem__(mask, "/G")


def _is_told_font(opened: Opened, font: DictionaryObject) -> bool:
    """Whether the glyphs of a Type 3 font, which are content too, show text only in fonts of its own."""
    resources = opened.item(font, "/Resources")
    return isinstance(resources, DictionaryObject) and all(
        _is_told(opened, each, resources)
        for each in values_of(opened, font, "/CharProcs")
        if isinstance(each, StreamObject)
    )


def _is_told(opened: Opened, form: StreamObject, resources: DictionaryObject) -> bool:
    """Whether a form shows text only in fonts that it names from its own resources."""
    fonts = opened.item(resources, "/Font")
    names = fonts if isinstance(fonts, DictionaryObject) else ()
    try:
        content = content_of(opened, form)
        if any(operator in content for operator in _SHOWING):
            recoder(names, {}).recoded(content)
    except Unclear:
        return False
    return True


def recoder(names: Iterable[str], recodes: dict[str, Strings]) -> Recoder:
    """What recodes strings in fonts of these names, with their slash; those in no `recodes` stay."""
    return Recoder({name[1:].encode("latin-1"): recodes.get(name) for name in names})


def content_of(opened: Opened, stream: StreamObject) -> bytes:
    """The content of a stream; raises `Unclear` where it cannot be unpacked: it stays as it is."""
    try:
        return opened.data_of(stream)
    except Damaged:
        raise Unclear from None


def values_of(opened: Opened, resources: DictionaryObject, key: str) -> list[Any]:
    """What stands in one of the tables of resources, or of a font."""
    named = opened.item(resources, key)
    return [opened.resolve(each) for each in named.values()] if isinstance(named, DictionaryObject) else []  # fmt: skip
