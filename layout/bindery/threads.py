"""Article threads (ISO 32000-1, 12.4.3): the beads on pages that are kept, strung anew."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from layout.bindery.body import NULL, dictionary
from layout.bindery.graft import Graft
from layout.bindery.objects import Key


class _Bead(Struct):
    entries: DictionaryObject
    key: Key
    reference: IndirectObject | None = None


def threads_of(graft: Graft) -> list[Any]:
    """The threads of a file, copied; call it when its pages are kept and not yet copied."""
    found = graft.opened.item(graft.opened.root, "/Threads")
    is_whole = len(graft.kept) == len(graft.opened.pages)
    made = []
    for value in found if isinstance(found, ArrayObject) else ():
        thread = graft.opened.resolve(value)
        if isinstance(thread, DictionaryObject) and isinstance(value, IndirectObject):
            copied = graft.copy(value) if is_whole else _strung(graft, value, thread)
            made += [copied] if copied is not None else []
    return made


def _strung(graft: Graft, value: IndirectObject, thread: DictionaryObject) -> Any:
    """A thread of the beads that are left, or None."""
    beads = list(_beads(graft, dict.get(thread, "/F")))
    left = [bead for bead in beads if _is_kept(graft, bead)]
    if len(left) == len(beads) and beads:
        return graft.copy(value)
    for bead in beads:
        graft.know(bead.key, NULL)
    if not left:
        graft.know((value.idnum, value.generation), NULL)
        return None
    own = graft.body.reserve()
    graft.know((value.idnum, value.generation), own)
    for bead in left:
        bead.reference = graft.body.reserve()
        graft.know(bead.key, bead.reference)
    for at, bead in enumerate(left):
        made = _without(graft, bead.entries, ("/N", "/V", "/T"))
        ahead, behind = left[(at + 1) % len(left)], left[at - 1]
        made.update(dictionary({"/T": own, "/N": ahead.reference, "/V": behind.reference}))
        assert bead.reference
        graft.body.put(bead.reference, made)
    entries = _without(graft, thread, ("/F",))
    entries.update(dictionary({"/F": left[0].reference}))
    graft.body.put(own, entries)
    return own


def _without(graft: Graft, source: DictionaryObject, keys: tuple[str, ...]) -> DictionaryObject:
    left = DictionaryObject({key: value for key, value in source.items() if key not in keys})
    made: DictionaryObject = graft.copy(left)
    return made


def _beads(graft: Graft, value: Any) -> Iterator[_Bead]:
    """The beads of a thread in order, once round."""
    seen: set[Key] = set()
    while isinstance(value, IndirectObject) and (value.idnum, value.generation) not in seen:
        key = (value.idnum, value.generation)
        seen.add(key)
        entries = graft.opened.resolve(value)
        if not isinstance(entries, DictionaryObject):
            return
        yield _Bead(entries, key)
        value = dict.get(entries, "/N")


def _is_kept(graft: Graft, bead: _Bead) -> bool:
    page = dict.get(bead.entries, "/P")
    if not isinstance(page, IndirectObject):
        return False
    return graft.opened.index.get((page.idnum, page.generation)) in graft.kept
