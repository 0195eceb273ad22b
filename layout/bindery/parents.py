"""From content back to the elements it hangs on (ISO 32000-1, 14.7.4.4)."""

from collections.abc import Sequence
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from layout.bindery.body import NULL, Body, Stream, dictionary

LEAF = 64
"""Entries in one node of a tree that we write."""


class Parents:
    """The parent tree of a file under construction: filled with what elements hold, then `written`."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._holders: dict[int, IndirectObject] = {}
        self._marks: dict[int, dict[int, IndirectObject]] = {}
        self._owners: list[tuple[IndirectObject, IndirectObject]] = []

    def mark(self, holder: IndirectObject, mark: int, element: IndirectObject) -> None:
        """The marked content with that number, in a page or a stream, hangs on an element."""
        self._holders.setdefault(holder.idnum, holder)
        self._marks.setdefault(holder.idnum, {})[mark] = element

    def own(self, target: IndirectObject, element: IndirectObject) -> None:
        """A whole annotation or XObject hangs on an element."""
        self._owners.append((target, element))

    def written(self, pages: Sequence[IndirectObject]) -> tuple[IndirectObject, int]:
        """The tree and the next number that is free: pages in their order, then streams, then objects.

        Their numbers are written into all of them.
        """
        shown = {page.idnum for page in pages}
        order = [page for page in pages if page.idnum in self._marks]
        order += [each for number, each in self._holders.items() if number not in shown]
        values: list[Any] = []
        for holder in order:
            self._tie(holder, "/StructParents", len(values))
            values.append(self._array(self._marks[holder.idnum]))
        for target, element in self._owners:
            self._tie(target, "/StructParent", len(values))
            values.append(element)
        return number_tree(self._body, values), len(values)

    def _tie(self, reference: IndirectObject, key: str, number: int) -> None:
        value = self._body.get_object(reference)
        entries: DictionaryObject = value.entries if isinstance(value, Stream) else value
        entries[NameObject(key)] = NumberObject(number)

    def _array(self, marks: dict[int, IndirectObject]) -> IndirectObject:
        each = [marks.get(mark, NULL) for mark in range(max(marks) + 1)]
        return self._body.add(ArrayObject(each))


def number_tree(body: Body, values: Sequence[Any]) -> IndirectObject:
    """A number tree (ISO 32000-1, 7.9.7) of `values`, which are numbered from 0 on."""
    nodes = []
    for start in range(0, len(values), LEAF):
        part = values[start : start + LEAF]
        pairs = ArrayObject()
        for number, value in enumerate(part, start):
            pairs += [NumberObject(number), value]
        nodes.append((start, start + len(part) - 1, dictionary({"/Nums": pairs})))
    while len(nodes) > 1:
        groups = [nodes[start : start + LEAF] for start in range(0, len(nodes), LEAF)]
        nodes = [(each[0][0], each[-1][1], _above(body, each)) for each in groups]
    return body.add(nodes[0][2] if nodes else dictionary({"/Nums": ArrayObject()}))


def _above(body: Body, nodes: Sequence[tuple[int, int, DictionaryObject]]) -> DictionaryObject:
    """A node over others, which get their limits; the root has none (table 37)."""
    kids = ArrayObject()
    for first, last, entries in nodes:
        limits = ArrayObject([NumberObject(first), NumberObject(last)])
        kids.append(body.add(dictionary({"/Limits": limits, **entries})))
    return dictionary({"/Kids": kids})
