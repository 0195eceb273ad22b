"""Files that a PDF carries (ISO 32000-1, 7.11.4), and what tells one page from another."""

from hashlib import md5, sha256
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from layout.bindery.around import streams_of
from layout.bindery.foreign import Opened
from layout.bindery.names import read_tree, tree_leaves
from layout.bindery.objects import Key
from layout.bindery.subsets.canonical import Canonical
from layout.bindery.unpacking import Damaged
from layout.ground.problems import refuse

TIES = frozenset(("/StructParent", "/StructParents"))
"""What ties an object to the tags of the file that it is in."""
OF_PAGES = TIES | {"/Parent"}
OF_ANNOTATIONS = OF_PAGES | {"/P", "/Popup", "/Dest"}
"""The same for a page and an annotation, which are another in another file; links inside the file with it."""

SPOKEN = ("/S", "/Alt", "/ActualText", "/E", "/Lang", "/A")
"""What an element of the structure tree says of its content."""

LARGEST = 1 << 30
"""Bytes of all attachments of a file, unpacked."""

DEPTH = 100
"""So many dictionaries may stand in each other, and so many elements; a deeper page is no page of ours."""


class Carried(Struct, frozen=True):
    """One embedded file: `sound` says that it is what its own check sum says."""

    name: str
    data: bytes
    sound: bool


def carried(opened: Opened) -> list[Carried]:
    """The embedded files of a document, in the order of their names; those that cannot be read are not sound."""
    with opened.reading():
        names = opened.item(opened.root, "/Names")
        if not isinstance(names, DictionaryObject):
            return []
        tree = read_tree(opened, names, "/EmbeddedFiles")
        known: dict[Key, Carried] = {}
        found: list[Carried] = []
        total = 0
        for _, value in sorted(tree.items()):
            before = len(known)
            each = _file(opened, opened.resolve(value), known)
            if each is not None:
                found.append(each)
                total += len(each.data) if len(known) > before else 0
            if total > LARGEST:
                message = f"its attachments have more than {LARGEST >> 20} MiB"
                raise refuse(opened.place, message, "take them out with another program")
    return found


def _file(opened: Opened, specification: Any, known: dict[Key, Carried]) -> Carried | None:
    """The file that a specification (table 44) names; what is `known` is not unpacked again."""
    if not isinstance(specification, DictionaryObject):
        return None
    name = opened.item(specification, "/UF") or opened.item(specification, "/F")
    files = opened.item(specification, "/EF")
    value = dict.get(files, "/F") if isinstance(files, DictionaryObject) else None
    if not isinstance(value, IndirectObject):
        return None
    key = (value.idnum, value.generation)
    if key in known:
        return Carried(str(name), known[key].data, known[key].sound)
    stream = opened.resolve(value)
    if not isinstance(stream, StreamObject):
        return None
    try:
        data = opened.data_of(stream)
        sound = _is_sound(opened, stream, data)
    except Damaged:
        data, sound = b"", False
    made = known[key] = Carried(str(name), data, sound)
    return made


def _is_sound(opened: Opened, stream: DictionaryObject, data: bytes) -> bool:
    """Whether a file has the size and the check sum that stand beside it (table 46)."""
    parameters = opened.item(stream, "/Params")
    if not isinstance(parameters, DictionaryObject):
        return False
    size, checksum = opened.item(parameters, "/Size"), opened.item(parameters, "/CheckSum")
    given = bytes(checksum.original_bytes) if hasattr(checksum, "original_bytes") else b""
    return size == len(data) and given == md5(data, usedforsecurity=False).digest()


class Prints(Struct, frozen=True):
    """A digest of each page of a file, and the indices of those on which the others are listed."""

    pages: list[bytes]
    contents: frozenset[int]


def fingerprints(opened: Opened) -> list[bytes]:
    """A digest of everything that each page is: its entries with all that they refer to, and its tags.

    Passed over is what ties it to its file; where it says '' the page is deeper than any of ours.
    """
    return prints_of(opened).pages


def prints_of(opened: Opened) -> Prints:
    """The same, and which pages have contents, as their tags say."""
    with opened.reading():
        prints = _Prints(opened)
        pages = [leaf.entries for leaf in opened.pages]
        contents = frozenset(at for at, page in enumerate(pages) if prints.is_contents(page))
        return Prints([prints.page(page) for page in pages], contents)


def _ties(value: DictionaryObject) -> frozenset[str]:
    """The entries of a dictionary that are passed over: names among resources may be the same."""
    if "/Rect" in value:
        return OF_ANNOTATIONS
    if dict.get(value, "/S") == "/GoTo":
        return frozenset(("/D",))
    if isinstance(value, StreamObject):
        return TIES | {"/Length"}
    return OF_PAGES if "/MediaBox" in value else frozenset()


class _TooDeep(Exception):
    """Raised for a page that is none of ours."""


class _Prints:
    """Digests values of one file; each object once."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.known: dict[tuple[int, int], bytes] = {}
        self.canonical = Canonical(opened)
        tree = opened.item(opened.root, "/StructTreeRoot")
        self.parents: dict[int, Any] = {}
        root = dict.get(tree, "/ParentTree") if isinstance(tree, DictionaryObject) else None
        for pairs in tree_leaves(opened, root, "/Nums"):
            self.parents.update(zip(map(opened.resolve, pairs[::2]), pairs[1::2], strict=False))

    def page(self, entries: DictionaryObject) -> bytes:
        """The digest of a page; b'' for one that cannot be ours."""
        try:
            tags = self.opened.resolve(
                self.parents.get(self.opened.item(entries, "/StructParents"))
            )
            said = [self._spoken(each) for each in tags] if isinstance(tags, ArrayObject) else []
            return sha256(self._digest(entries, 0) + b"".join(said)).digest()
        except _TooDeep:
            return b""

    def is_contents(self, entries: DictionaryObject) -> bool:
        """Whether content of a page hangs on a table of contents (14.8.4.2)."""
        tags = self.opened.resolve(self.parents.get(self.opened.item(entries, "/StructParents")))
        for element in tags if isinstance(tags, ArrayObject) else ():
            for _ in range(DEPTH):
                said = self.opened.resolve(element)
                if not isinstance(said, DictionaryObject):
                    break
                if self.opened.item(said, "/S") == "/TOC":
                    return True
                element = dict.get(said, "/P")
        return False

    def _spoken(self, element: Any) -> bytes:
        """What the tags say of a piece of content: its element and all that it stands in, but for the document."""
        found = []
        for depth in range(DEPTH + 1):
            entries = self.opened.resolve(element)
            if not isinstance(entries, DictionaryObject):
                break
            if self.opened.item(entries, "/S") in ("/Document", "/Part"):
                break
            found += [self._digest(dict.get(entries, key), 0) for key in SPOKEN]
            element = dict.get(entries, "/P")
            if depth == DEPTH:
                raise _TooDeep
        return sha256(b"".join(found)).digest()

    def _digest(self, value: Any, depth: int) -> bytes:
        """A digest of a value, whatever the numbers of the objects in it are."""
        if depth > DEPTH:
            raise _TooDeep
        if isinstance(value, IndirectObject):
            return self._referred(value, depth)
        if isinstance(value, DictionaryObject):
            return self._painted(value, depth) or self._plain(value, depth)
        if isinstance(value, ArrayObject):
            return sha256(
                b"[" + b"".join([self._digest(each, depth + 1) for each in value])
            ).digest()
        if isinstance(value, TextStringObject | ByteStringObject):
            return sha256(b"(" + bytes(value.original_bytes)).digest()
        return sha256(repr(value).encode("utf-8", "surrogateescape")).digest()

    def _plain(self, value: DictionaryObject, depth: int, *over: str) -> bytes:
        """The digest of a dictionary's entries, but for those passed `over`, and of a stream's bytes."""
        parts = [b"<<"]
        for key in sorted(set(value).difference(_ties(value), over)):
            parts += [
                str(key).encode("utf-8", "surrogateescape"),
                self._digest(dict.get(value, key), depth + 1),
            ]
        if isinstance(value, StreamObject) and "/Filter" not in over:
            parts.append(value._data)
        return sha256(b"\0".join(parts)).digest()

    def _painted(self, value: DictionaryObject, depth: int) -> bytes:
        """The digest of a page or a form whatever codes its fonts have; b'' for what is none, or is not clear.

        A face has another subset in every file, and one for all where files are merged.
        """
        resources = self.opened.item(value, "/Resources")
        if not isinstance(resources, DictionaryObject):
            return b""
        streams = [value] if isinstance(value, StreamObject) else streams_of(self.opened, value)
        found = self.canonical.content(streams, resources)
        if found is None:
            return b""
        content, faces = found
        fonts = self.opened.item(resources, "/Font")
        parts = [
            self._plain(value, depth, "/Resources", "/Contents", "/Filter", "/DecodeParms"),
            self._plain(resources, depth + 1, "/Font"),
            self._plain(fonts, depth + 2, *faces),
            repr(sorted(faces.items(), key=lambda face: face[0])).encode(),
            *content,
        ]
        return sha256(b"\0".join(parts)).digest()

    def _referred(self, reference: IndirectObject, depth: int) -> bytes:
        key = (reference.idnum, reference.generation)
        if key not in self.known:
            self.known[key] = b"again"  # what leads back to itself
            self.known[key] = self._digest(self.opened.resolve(reference), depth + 1)
        return self.known[key]
