"""The annotations of a page (ISO 32000-1, 12.5): which of them come along, which are painted, which go."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from layout.bindery.actions import MEDIA
from layout.bindery.body import dictionary
from layout.bindery.foreign import Opened
from layout.bindery.objects import Key

HIDDEN, PRINT, NO_ROTATE, NO_VIEW = 2, 4, 16, 32
"""Flags of an annotation (table 165)."""
RADIO, PUSH = 1 << 15, 1 << 16
"""Flags of a button (table 226)."""
DEEPEST = 32
"""Form fields in each other."""


class Painted(Struct, frozen=True):
    """An annotation that becomes content: its object, its entries, and its appearance, a reference."""

    key: Key | None
    entries: DictionaryObject
    look: Any


class Sorted(Struct):
    """What becomes of a page's annotations: those `kept`, unresolved (None: the page has no array), those painted.

    `media` are those with media, which go, painted or not; `bare` are visible ones that have nothing to be painted
    by; `gone` says that others are left out because the file has none.
    """

    kept: ArrayObject | None = None
    painted: tuple[Painted, ...] = ()
    media: tuple[Any, ...] = ()
    bare: int = 0
    gone: bool = False


def sort_out(
    opened: Opened, page: DictionaryObject, is_live: Callable[[DictionaryObject], bool]
) -> Sorted:
    """The annotations of a page in a file that has annotations; `is_live` tells links that still lead somewhere."""
    found = opened.item(page, "/Annots")
    if not isinstance(found, ArrayObject):
        return Sorted()
    kept, painted, media, odd = ArrayObject(), list[Painted](), [], 0
    for value in found:
        entries = opened.resolve(value)
        if not isinstance(entries, DictionaryObject):
            odd += 1
        elif _kind(opened, entries) in MEDIA:
            media.append(value)
            look = look_of(opened, entries)
            if look is not None and not flags_of(opened, entries) & (HIDDEN | NO_VIEW):
                painted.append(Painted(_key(value), entries, look))
        elif is_live(entries):
            kept.append(value)
    gone = {key for each in media if (key := _key(each))}
    if gone:
        kept = ArrayObject([each for each in kept if not _is_popup_of(opened, each, gone)])
    # An array of which all stays is copied as it is, with what it has that is no annotation.
    whole = len(kept) + odd == len(found)
    return Sorted(found if whole else kept, tuple(painted), tuple(media))


def sort_for_paper(opened: Opened, page: DictionaryObject) -> Sorted:
    """The annotations of a page in a file that has none: what prints is painted (12.5.3)."""
    found = opened.item(page, "/Annots")
    if not isinstance(found, ArrayObject):
        return Sorted()
    done = Sorted(ArrayObject())
    painted, media = list[Painted](), []
    for value in found:
        entries = opened.resolve(value)
        if not isinstance(entries, DictionaryObject):
            continue
        kind, flags = _kind(opened, entries), flags_of(opened, entries)
        if kind in MEDIA:
            media.append(value)
        if kind in ("/Link", "/Popup") or flags & HIDDEN or not flags & PRINT:
            done.gone = True
            continue
        look = look_of(opened, entries)
        if look is not None:
            painted.append(Painted(_key(value), entries, look))
        elif kind not in MEDIA and _says_something(opened, kind, entries):
            done.bare += 1
    done.painted, done.media = tuple(painted), tuple(media)
    return done


def look_of(opened: Opened, annotation: DictionaryObject) -> Any:
    """The normal appearance in the annotation's state (12.5.5), a reference to a stream, or None."""
    looks = opened.item(annotation, "/AP")
    if not isinstance(looks, DictionaryObject):
        return None
    look, holder, key = opened.item(looks, "/N"), looks, "/N"
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        holder, key = look, str(opened.item(annotation, "/AS") or "")
        look = opened.item(holder, key)
    return dict.get(holder, key) if isinstance(look, StreamObject) else None


def flags_of(opened: Opened, annotation: DictionaryObject) -> int:
    """The flags of an annotation."""
    flags = opened.item(annotation, "/F")
    return int(flags) if isinstance(flags, NumberObject) else 0


def field_entry(opened: Opened, widget: DictionaryObject, key: str) -> Any:
    """An entry of a field, or of one above it that has it (12.7.3.1)."""
    holder: Any = widget
    for _ in range(DEEPEST):
        if not isinstance(holder, DictionaryObject) or key in holder:
            break
        holder = opened.item(holder, "/Parent")
    return opened.item(holder, key) if isinstance(holder, DictionaryObject) else None


def print_field(opened: Opened, annotation: DictionaryObject) -> DictionaryObject | None:
    """What tags say of a field that was one to be filled in (14.8.5.6, table 348); None for no field."""
    kind, flags = (field_entry(opened, annotation, key) for key in ("/FT", "/Ff"))
    if _kind(opened, annotation) != "/Widget":
        return None
    role, state = "/tv", None
    if kind == "/Btn":
        flags = int(flags) if isinstance(flags, NumberObject) else 0
        role = "/pb" if flags & PUSH else "/rb" if flags & RADIO else "/cb"
        shown = opened.item(annotation, "/AS")
        state = None if flags & PUSH else "/off" if shown in (None, "/Off") else "/on"
    entries = {
        "/O": NameObject("/PrintField"),
        "/Role": NameObject(role),
        "/checked": NameObject(state) if state else None,
        "/Desc": field_entry(opened, annotation, "/TU"),
    }
    return dictionary(entries)


def _says_something(opened: Opened, kind: str, entries: DictionaryObject) -> bool:
    """Whether something is lost with an annotation that has no appearance; an empty field shows nothing."""
    if kind != "/Widget":
        return True
    if field_entry(opened, entries, "/FT") == "/Btn":
        return not isinstance(opened.item(entries, "/AP"), DictionaryObject) and "/MK" in entries
    return bool(field_entry(opened, entries, "/V"))


def _kind(opened: Opened, annotation: DictionaryObject) -> str:
    found = dict.get(annotation, "/Subtype")
    if type(found) is IndirectObject:
        found = opened.resolve(found)
    return found if isinstance(found, NameObject) else ""


def _is_popup_of(opened: Opened, value: Any, gone: set[Key]) -> bool:
    entries = opened.resolve(value)
    is_popup = isinstance(entries, DictionaryObject) and _kind(opened, entries) == "/Popup"
    return is_popup and _key(dict.get(entries, "/Parent")) in gone


def _key(value: Any) -> Key | None:
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else None
