"""The articles of a file, from its outline: entries at the top, and those below sections."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from pypdf.generic import DictionaryObject, IndirectObject

from layout.bindery.diff.content import Article
from layout.bindery.graft import Graft
from layout.bindery.preflight.case import Case

DEEPEST: Final = 3
"""Levels of the outline that are looked at: sections, articles, and what is below those."""
MOST: Final = 100_000
"""Entries of an outline."""
SHARED: Final = 0.5
"""The share of entries that may begin on the page of another; where more do, they are no articles but headings."""


class Entry(Struct, frozen=True):
    """An entry of the outline: the index of the page it leads to, -1 for none."""

    title: str
    page: int
    children: tuple["Entry", ...] = ()


def read_articles(case: Case, graft: Graft) -> tuple[Article, ...]:
    """The articles of a file in the order of its pages; one without a title where it names none."""
    count = len(case.opened.pages)
    root = case.dictionary(case.root, "/Outlines")
    entries = _entries(case, graft, root, DEEPEST, set())
    return articles_of(entries, count)


def articles_of(entries: Sequence[Entry], count: int) -> tuple[Article, ...]:
    """The articles that the entries of an outline stand for, in a file of so many pages."""
    found = [each for entry in entries for each in _below(entry)]
    starts: dict[int, str] = {}
    for entry in sorted(found, key=lambda entry: entry.page):
        starts.setdefault(entry.page, entry.title)
    if not starts or len(starts) < SHARED * len(found):
        return (Article("", 0, count),)
    if 0 not in starts:
        starts[0] = ""
    edges = [*sorted(starts), count]
    return tuple(Article(starts[start], start, stop) for start, stop in pairwise(edges))


def _below(entry: Entry) -> list[Entry]:
    """The articles of an entry: those in it where it is a section, else itself."""
    inner = [each for each in entry.children if each.page >= 0]
    if not inner:
        return [entry] if entry.page >= 0 else []
    is_apart = len({each.page for each in inner}) == len(inner)
    is_deep = len(inner) > 1 or bool(inner[0].children)
    if entry.page >= 0 and not (is_apart and is_deep):
        return [entry]
    if 0 <= entry.page < min(each.page for each in inner):
        return [entry, *inner]  # a page that opens the section
    return inner


def _entries(
    case: Case, graft: Graft, parent: DictionaryObject, depth: int, seen: set[object]
) -> tuple[Entry, ...]:
    made: list[Entry] = []
    value = dict.get(parent, "/First")
    while isinstance(value, IndirectObject) and len(seen) < MOST:
        key = (value.idnum, value.generation)
        source = case.resolve(value)
        if key in seen or not isinstance(source, DictionaryObject):
            break
        seen.add(key)
        page = graft.target(source)
        is_there = page is not None and 0 <= page < len(case.opened.pages)
        children = _entries(case, graft, source, depth - 1, seen) if depth > 1 else ()
        title = " ".join(case.text(source, "/Title").split())
        made.append(Entry(title, page if is_there and page is not None else -1, children))
        value = dict.get(source, "/Next")
    return tuple(made)
