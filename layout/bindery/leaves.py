"""What a bound file is put together of: values, apart from what reads foreign files, which costs an import of pypdf."""

from msgspec import Struct

from layout.ground.problems import Place

OWN = "our own pages"
"""What our own PDF is called in notes."""


class OwnPages(Struct, frozen=True):
    """`count` pages of our own PDF, beginning with the one with index `first`."""

    first: int
    count: int = 1


class Foreign(Struct, frozen=True):
    """`count` pages of the PDF at `path` (None: all from `first` on), untouched.

    `overlays` are indices of own pages, one for each foreign page or none at all: what is painted
    on the own page is laid over the foreign one, and links and named destinations that lead to the
    own page lead to the foreign one. Such own pages are no pages of the result. Problems of the
    file are reported at `place`. With `untagged`, the word for a page, pages that have no tags are
    marked as artifacts.
    """

    path: str
    first: int = 0
    count: int | None = None
    overlays: tuple[int, ...] = ()
    place: Place | None = None
    untagged: str = ""


class Entry(Struct, frozen=True):
    """An entry of the outline for the page of the result with index `page`; `level` from 0.

    The outline of the foreign pages that begin at `page` is put under the last entry for it.
    """

    title: str
    page: int
    level: int = 0
