"""Outlines (ISO 32000-1, 12.3.3): read into trees, written from trees."""

from collections.abc import Container, Sequence
from typing import Any

from msgspec import Struct
from pypdf.generic import ByteStringObject, DictionaryObject, IndirectObject, NumberObject

from layout.bindery.body import Body, dictionary, text
from layout.bindery.foreign import damaged
from layout.bindery.graft import Graft, top_of
from layout.bindery.objects import Key

LINKS = ("/First", "/Last", "/Next", "/Prev", "/Parent", "/Count", "/SE")
"""What ties an entry to its neighbours, and to a structure tree: written anew or not at all."""


DEEPEST = 200
"""Levels of an outline; real ones have five."""


class Item(Struct, frozen=True):
    """An entry with those under it; `page` is the index in its own file that it leads to."""

    entry: DictionaryObject
    children: tuple["Item", ...] = ()
    is_open: bool = False
    page: int | None = None


def leading_to(title: str, page: IndirectObject, children: Sequence[Item] = ()) -> Item:
    """A closed entry that shows a whole page of the body."""
    entry = dictionary({"/Title": text(title), "/Dest": top_of(page)})
    return Item(entry, tuple(children))


def read_outline(graft: Graft, shown: Container[int]) -> tuple[Item, ...]:
    """The outline of the pages `shown`; entries for others go, unless some that stay hang on them."""
    root = graft.opened.item(graft.opened.root, "/Outlines")
    seen: set[Key] = set()
    return _siblings(graft, root, shown, seen, 0) if isinstance(root, DictionaryObject) else ()


def _siblings(
    graft: Graft, parent: DictionaryObject, shown: Container[int], seen: set[Key], depth: int
) -> tuple[Item, ...]:
    if depth > DEEPEST:
        how = f"its outline has more than {DEEPEST} levels"
        raise damaged(graft.opened.place, graft.opened.name, how)
    items = []
    value = dict.get(parent, "/First")
    # A chain that comes back to an entry ends there.
    while isinstance(value, IndirectObject) and (value.idnum, value.generation) not in seen:
        seen.add((value.idnum, value.generation))
        source = graft.opened.resolve(value)
        if not isinstance(source, DictionaryObject):
            break
        item = _item(graft, source, shown, _siblings(graft, source, shown, seen, depth + 1))
        if item:
            items.append(item)
        value = dict.get(source, "/Next")
    return tuple(items)


def _item(
    graft: Graft, source: DictionaryObject, shown: Container[int], children: tuple[Item, ...]
) -> Item | None:
    page = graft.target(source)
    is_lost = page is not None and page not in shown
    if is_lost and not children:
        return None
    dropped = (*LINKS, "/Dest", "/A") if is_lost else LINKS
    own = DictionaryObject({key: value for key, value in source.items() if key not in dropped})
    entry = graft.copy(own)
    if not isinstance(graft.opened.item(source, "/Title"), str | bytes):
        entry.update(dictionary({"/Title": ByteStringObject(b"")}))
    count: Any = graft.opened.item(source, "/Count")
    is_open = isinstance(count, NumberObject) and count > 0
    return Item(entry, children, is_open, None if is_lost else page)


def write_outline(body: Body, items: Sequence[Item]) -> IndirectObject | None:
    """The root of an outline of `items`, or None if there are none."""
    if not items:
        return None
    root = body.reserve()
    first, last, visible = _write(body, root, items)
    entries = {"/First": first, "/Last": last, "/Count": NumberObject(visible)}
    body.put(root, dictionary(entries))
    return root


def _write(
    body: Body, parent: IndirectObject, items: Sequence[Item]
) -> tuple[IndirectObject, IndirectObject, int]:
    references = [body.reserve() for _ in items]
    visible = len(items)
    for at, item in enumerate(items):
        made = DictionaryObject(item.entry)
        made.update(dictionary({"/Parent": parent}))
        if at:
            made.update(dictionary({"/Prev": references[at - 1]}))
        if at + 1 < len(items):
            made.update(dictionary({"/Next": references[at + 1]}))
        if item.children:
            first, last, inner = _write(body, references[at], item.children)
            visible += inner if item.is_open else 0
            count = NumberObject(inner if item.is_open else -inner)
            made.update(dictionary({"/First": first, "/Last": last, "/Count": count}))
        body.put(references[at], made)
    return references[0], references[-1], visible
