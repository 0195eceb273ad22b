"""What runs by itself, or plays: taken out of every file whose objects come into another, and counted.

Kept are actions that only lead somewhere (ISO 32000-1, 12.6.4): GoTo, GoToR, GoToE, Thread, URI, Named,
and those that only change what is shown. Scripts go, also as the address of a link, and so do actions
that start programs, send or fetch data, or play media.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from layout.bindery.foreign import Opened, damaged
from layout.bindery.names import key_of, read_tree
from layout.bindery.objects import Key
from layout.ground.problems import Problem

SCRIPT, PROGRAM, SENDING, FETCHING, PLAYING, MEDIUM = range(6)
"""Kinds of what is taken out, in the order in which they are told."""
RUNNING = {
    "/JavaScript": SCRIPT,
    "/Launch": PROGRAM,
    "/SubmitForm": SENDING,
    "/ImportData": FETCHING,
    "/Rendition": PLAYING,
    "/Movie": PLAYING,
    "/Sound": PLAYING,
    "/RichMediaExecute": PLAYING,
    "/GoTo3DView": PLAYING,
}
"""Types of action that are taken out (ISO 32000-1, table 198; GoTo3DView has nothing to show without its medium)."""
MEDIA = frozenset(("/Screen", "/Movie", "/Sound", "/3D", "/RichMedia"))
"""Types of annotation that hold media (table 169)."""
PAYLOADS = frozenset(("/Movie", "/Sound", "/3DD", "/RichMediaContent"))
"""Keys of such annotations under which the media are."""
HOLDERS = frozenset(("/A", "/PA", "/NA", "/OpenAction", "/Next"))
"""Keys of actions; /AA holds several, each under its trigger."""
TREES = {"/JavaScript": SCRIPT, "/Renditions": MEDIUM}
"""Name trees of the catalogue (table 31) that are taken out."""
LONGEST = 100
"""Actions in one chain that has to be written anew; real ones have two or three."""
TOLD = 8
"""So many pages are named in a note."""
_SAID = {
    SCRIPT: ("script", "scripts", ""),
    PROGRAM: ("action", "actions", " that would start a program"),
    SENDING: ("action", "actions", " that would send data"),
    FETCHING: ("action", "actions", " that would fetch data"),
    PLAYING: ("action", "actions", " that would play media"),
    MEDIUM: ("embedded medium", "embedded media", ""),
}
_SCRIPT = re.compile(
    b"|".join(
        b"[\0- ]*".join([b"", *(re.escape(bytes((letter,))) for letter in word), b""])
        for word in (b"javascript:", b"vbscript:")
    ),
    re.IGNORECASE,
)
"""An address that is a script; browsers pass over blanks and control characters in a scheme."""
_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:")
_Pages = dict[int, int]
"""How many were found on each page, by its index; -1 stands for the document itself."""


class TakenOut:
    """Counts what was taken out of one file, by kind and page; `page` is the one that is being copied.

    `plain` holds actions that are known to lead to nothing that runs.
    """

    def __init__(self) -> None:
        self.page = -1
        self.found: dict[int, _Pages] = {}
        self.plain: set[Key] = set()
        self._seen: set[Key] = set()

    def add(self, kind: int, value: Any = None) -> None:
        """Count one; what several places refer to counts once."""
        if isinstance(value, IndirectObject):
            key = (value.idnum, value.generation)
            if key in self._seen:
                return
            self._seen.add(key)
        pages = self.found.setdefault(kind, {})
        pages[self.page] = pages.get(self.page, 0) + 1

    def join(self, other: "TakenOut") -> None:
        """Take in the counts of another copy of the same file: what both have was there once."""
        for kind, pages in other.found.items():
            own = self.found.setdefault(kind, {})
            for page, count in pages.items():
                own[page] = max(own.get(page, 0), count)

    def notes(self, opened: Opened) -> Iterator[Problem]:
        """A warning for each kind, with how many and where."""
        for kind, pages in sorted(self.found.items()):
            one, more, that = _SAID[kind]
            count = sum(pages.values())
            what = f"1 {one}" if count == 1 else f"{count} {more}"
            taken = "was taken out" if count == 1 else "were taken out"
            message = f"{what} of {opened.name}{that} {taken}{_places(pages)}"
            yield Problem(opened.place, message, "", "warning")


def _places(pages: Iterable[int]) -> str:
    known = sorted(page + 1 for page in pages if page >= 0)
    if not known:
        return ""
    shown = ", ".join(map(str, known[:TOLD]))
    more = f" and {len(known) - TOLD} more" if len(known) > TOLD else ""
    return f" ({'page' if len(known) == 1 else 'pages'} {shown}{more})"


def plain_action(opened: Opened, value: Any, taken: TakenOut) -> Any:
    """An action, or a list of them, without those that run; None if nothing is left.

    The value itself where nothing is taken out; else what is left of the chain, in the order in
    which it would be performed (12.6.2). Raises `Refused` for a chain with scripts that has no end.
    """
    if _is_plain(opened, value, taken.plain):
        return value
    left = []
    for reference, action in _chain(opened, value):
        kind = kind_of(opened, action)
        if kind is None:
            kept = {key: each for key, each in action.items() if key != "/Next"}
            left.append(DictionaryObject(kept))
        else:
            taken.add(kind, reference)
    if not left:
        return None
    first, *others = left
    if others:
        first[NameObject("/Next")] = ArrayObject(others)
    return first


def plain_triggers(opened: Opened, value: Any, taken: TakenOut) -> Any:
    """Additional actions (12.6.3) without those that run; None if nothing is left."""
    triggers = opened.resolve(value)
    if not isinstance(triggers, DictionaryObject):
        return None
    left = DictionaryObject()
    is_same = True
    for key in triggers:
        own = dict.get(triggers, key)
        plain = plain_action(opened, own, taken)
        is_same &= plain is own
        if plain is not None:
            left[key] = plain
    return value if is_same and left else left or None


def kind_of(opened: Opened, action: DictionaryObject) -> int | None:
    """What kind of action it is that must go, or None."""
    name = opened.item(action, "/S")
    if not isinstance(name, NameObject):
        return SCRIPT if "/JS" in action else None
    if name == "/URI":
        address = opened.item(action, "/URI")
        is_text = isinstance(address, TextStringObject | ByteStringObject)
        return SCRIPT if is_text and _SCRIPT.match(key_of(address)) else None
    return RUNNING.get(name)


def _is_plain(opened: Opened, value: Any, plain: set[Key]) -> bool:
    """Whether nothing in a chain runs; `plain` holds the actions of which that is known, and gets more."""
    if type(value) is DictionaryObject and "/Next" not in value:
        return kind_of(opened, value) is None
    stack, seen = [value], set[Key]()
    while stack:
        each = stack.pop()
        if isinstance(each, IndirectObject):
            key = (each.idnum, each.generation)
            if key in seen or key in plain:
                continue
            seen.add(key)
        action = opened.resolve(each)
        if isinstance(action, ArrayObject):
            stack += list.__iter__(action)
        elif isinstance(action, DictionaryObject):
            if kind_of(opened, action) is not None:
                return False
            if "/Next" in action:
                stack.append(dict.get(action, "/Next"))
    plain |= seen
    return True


def _chain(opened: Opened, value: Any) -> list[tuple[Any, DictionaryObject]]:
    """All actions of a chain as they stand in the file, each with what it stands for; circles end."""
    stack, seen = [value], set[Key]()
    chain: list[tuple[Any, DictionaryObject]] = []
    while stack:
        each = stack.pop()
        if isinstance(each, IndirectObject):
            key = (each.idnum, each.generation)
            if key in seen:
                continue
            seen.add(key)
        action = opened.resolve(each)
        if isinstance(action, ArrayObject):
            stack += reversed(list(list.__iter__(action)))
        elif isinstance(action, DictionaryObject):
            chain.append((each, action))
            if len(chain) > LONGEST:
                how = f"more than {LONGEST} actions follow one on the other"
                raise damaged(opened.place, opened.name, how)
            if "/Next" in action:
                stack.append(dict.get(action, "/Next"))
    return chain


def count_trees(opened: Opened, taken: TakenOut) -> None:
    """Count what a catalogue's name trees hold that is taken out."""
    names = opened.item(opened.root, "/Names")
    for key, kind in TREES.items() if isinstance(names, DictionaryObject) else ():
        for value in read_tree(opened, names, key).values():
            taken.add(kind, value)


def whole_address(opened: Opened, value: Any, said: Any) -> Any:
    """The address of a link with the base that its file has for all (12.6.4.7); the value itself where it is whole."""
    base = opened.item(opened.root, "/URI")
    base = opened.item(base, "/Base") if isinstance(base, DictionaryObject) else None
    if not isinstance(base, TextStringObject | ByteStringObject) or _SCHEME.match(key_of(said)):
        return value
    from urllib.parse import urljoin

    whole = urljoin(key_of(base).decode("latin-1"), key_of(said).decode("latin-1"))
    return ByteStringObject(whole.encode("latin-1"))
