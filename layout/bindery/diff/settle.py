"""Pictures that only one of two files has as they are stored: known by their pixels from here on."""

from collections.abc import Collection

from msgspec.structs import replace

from layout.bindery.diff.content import Content
from layout.bindery.diff.pictures import Shelf
from layout.bindery.diff.pixels import Pixels

Read = tuple[Content, Shelf]
"""What a file says, and its pictures."""


def settled(a: Read, b: Read) -> tuple[Content, Content]:
    """Both files; pictures that both have as they are stored are the same, and need not be decoded."""
    pixels = Pixels()
    return (_settled(*a, b[1].kept, pixels), _settled(*b, a[1].kept, pixels))


def _settled(content: Content, shelf: Shelf, others: Collection[str], pixels: Pixels) -> Content:
    shown = {}
    failed = pixels.failed
    with shelf.case.opened.reading():
        for digest, stored in shelf.kept.items():
            if digest not in others:
                shown[digest] = pixels.digest(shelf.case, digest, stored)
    pages = [
        replace(page, pictures=tuple([replace(it, shows=shown.get(it.shows, it.shows)) for it in page.pictures]))
        if page.pictures
        else page
        for page in content.pages
    ]  # fmt: skip
    notes = content.notes
    if pixels.failed > failed:
        count = pixels.failed - failed
        what = "1 picture" if count == 1 else f"{count} pictures"
        notes = (*notes, f"{what} cannot be decoded here: compared as stored")
    return replace(content, pages=tuple(pages), notes=notes)
