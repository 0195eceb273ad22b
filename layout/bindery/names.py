"""Named destinations: read in both their forms, kept apart where two files use one name.

A destination may be named by a name object, looked up in the catalogue's /Dests, or by a string,
looked up in its name tree (ISO 32000-1, 12.3.2.3). Viewers look in both, so a name taken in one
form counts as taken in the other.
"""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from layout.bindery.body import Body, dictionary
from layout.bindery.foreign import Opened
from layout.bindery.objects import Key

LEAF = 64
"""Names in one leaf of a tree that we write."""


class Names:
    """The named destinations of one file, and what each is called in the file under construction.

    `taken` holds the names of all files so far. A name that is in it gets `prefix`, also one that
    this file uses and does not define: it would lead into another file.
    """

    def __init__(
        self, tree: dict[bytes, Any], listed: dict[bytes, Any], taken: set[bytes], prefix: str
    ) -> None:
        self.tree, self.listed, self.prefix = tree, listed, prefix
        self._taken, self._mine = taken, set[bytes]()
        self._new: dict[bytes, bytes] = {}
        for key in tree | listed:
            self.renamed(key)

    def destination(self, key: bytes) -> Any:
        """What a name leads to, unresolved, or None."""
        return self.tree.get(key, self.listed.get(key))

    def renamed(self, key: bytes) -> bytes:
        """What a name of this file is called from now on."""
        if key not in self._new:
            new, number = key, 1
            while self._is_foreign(new) or (new != key and self._is_mine(new)):
                stem = self.prefix if number == 1 else f"{self.prefix}{number}"
                new, number = _prefixed(key, f"{stem}."), number + 1
            self._new[key] = new
            self._taken.add(new)
            self._mine.add(new)
        return self._new[key]

    def _is_foreign(self, name: bytes) -> bool:
        return name in self._taken and name not in self._mine

    def _is_mine(self, name: bytes) -> bool:
        return name in self._mine or name in self.tree or name in self.listed

    def spoken(self, value: Any) -> Any:
        """A name or string that names a destination, under its new name and in its old form."""
        new = self.renamed(key_of(value))
        if isinstance(value, NameObject):
            return NameObject("/" + new.decode("latin-1"))
        return ByteStringObject(new)


def key_of(value: Any) -> bytes:
    """The bytes of a name (without its slash) or of a string."""
    if isinstance(value, NameObject):
        return str(value)[1:].encode("latin-1", "replace")
    return bytes(value.original_bytes)


def is_name(value: Any) -> bool:
    """Whether a destination is given by its name."""
    return isinstance(value, NameObject | TextStringObject | ByteStringObject)


def prefix_of(name: str) -> str:
    """A file's name as the beginning of a destination's name."""
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem)[:40].strip("-") or "part"


def _prefixed(key: bytes, prefix: str) -> bytes:
    if key.startswith(b"\xfe\xff"):
        return b"\xfe\xff" + prefix.encode("utf-16-be") + key[2:]
    return prefix.encode("ascii") + key


def read_names(opened: Opened) -> tuple[dict[bytes, Any], dict[bytes, Any]]:
    """The destinations of a file by the bytes of their names: those of its tree, those listed."""
    listed: dict[bytes, Any] = {}
    dests = opened.item(opened.root, "/Dests")
    if isinstance(dests, DictionaryObject):
        listed = {key_of(key): dict.get(dests, key) for key in dests}
    names = opened.item(opened.root, "/Names")
    tree = read_tree(opened, names, "/Dests") if isinstance(names, DictionaryObject) else {}
    return tree, listed


def read_tree(opened: Opened, names: DictionaryObject, key: str) -> dict[bytes, Any]:
    """The entries of a name tree (ISO 32000-1, 7.9.6), values unresolved, the first of equals."""
    found: dict[bytes, Any] = {}
    for pairs in tree_leaves(opened, dict.get(names, key), "/Names"):
        for name, value in zip(pairs[::2], pairs[1::2], strict=False):
            name = opened.resolve(name)
            if is_name(name):
                found.setdefault(key_of(name), value)
    return found


def tree_leaves(opened: Opened, root: Any, key: str) -> Iterator[ArrayObject]:
    """The /Names or /Nums arrays of a tree, in order; each node once, so that circles end."""
    stack, seen = [root], set[Key]()
    while stack:
        value = stack.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
        node = opened.resolve(value)
        if not isinstance(node, DictionaryObject):
            continue
        entries, kids = opened.item(node, key), opened.item(node, "/Kids")
        if isinstance(entries, ArrayObject):
            yield entries
        if isinstance(kids, ArrayObject):
            stack += reversed(kids)


def write_tree(body: Body, entries: dict[bytes, Any]) -> IndirectObject | None:
    """A name tree of `entries` in the order of their bytes, or None if there are none."""
    names = sorted(entries)
    if not names:
        return None
    kids = ArrayObject()
    for start in range(0, len(names), LEAF):
        leaf = names[start : start + LEAF]
        pairs = ArrayObject()
        for name in leaf:
            pairs += [ByteStringObject(name), entries[name]]
        limits = ArrayObject([ByteStringObject(leaf[0]), ByteStringObject(leaf[-1])])
        kids.append(body.add(dictionary({"/Limits": limits, "/Names": pairs})))
    return body.add(dictionary({"/Kids": kids}))
