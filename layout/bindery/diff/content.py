"""What a PDF says, as it is compared: words, pictures, drawings and links by page, and what holds for the whole.

Lengths are points; places are those of a page as it is read: upright, its trim's lower left corner at the origin.
"""

from collections.abc import Iterable

from msgspec import Struct

from layout.bindery.preflight.press.geometry import Box


class Look(Struct, frozen=True):
    """How letters look: the face without the tag of its subset, the size, and what they are painted with."""

    face: str
    size: float
    paint: str


class Word(Struct, gc=False):
    """Letters without a space between them, on one line.

    `turn` is the direction of reading in degrees, `along` and `across` are where the word begins and its baseline
    lies in that direction. `looks` has each look with the number of letters it holds for.
    """

    text: str
    box: Box
    turn: int
    along: float
    end: float
    across: float
    size: float
    looks: tuple[tuple[int, Look], ...]
    furniture: bool = False
    """Whether it is a running head, a folio or the like: no part of the text."""
    spaced: bool = False
    """Whether a space is painted after it."""
    page: int = 0
    line: int = 0
    """The number of its line among all of the file."""


class Picture(Struct, frozen=True):
    """A picture where it stands: `shows` is a digest of it, `pixels` its size and kind in words."""

    shows: str
    box: Box
    pixels: str
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    paint: str = ""
    """What a mask is painted with, and how transparent a picture is."""


class Drawing(Struct, frozen=True):
    """A painted path or shading: `kind` is fill, line, shading or clip; `points` are pairs of 32-bit numbers."""

    kind: str
    box: Box
    paint: str
    points: bytes = b""
    width: float = 0.0


class Link(Struct, frozen=True):
    """A link: the words on it, and where it leads: `page` is the index of a page, else -1, `target` in words."""

    text: str
    box: Box
    target: str
    page: int = -1


class Note(Struct, frozen=True):
    """Any other annotation: its kind, and what it says."""

    kind: str
    text: str
    box: Box


class Page(Struct, frozen=True):
    """A page: `label` as a viewer calls it, `sizes` its boxes in words, `words` its first word and the next page's."""

    label: str
    width: float
    height: float
    sizes: tuple[tuple[str, str], ...]
    words: tuple[int, int]
    pictures: tuple[Picture, ...]
    drawings: tuple[Drawing, ...]
    links: tuple[Link, ...]
    notes: tuple[Note, ...]
    unread: str = ""
    """What of it could not be read, in words."""


class Article(Struct, frozen=True):
    """A part of the file with a title: its first page and the one after its last; "" before the first article."""

    title: str
    start: int
    stop: int


class File(Struct, frozen=True):
    """An attached file."""

    name: str
    digest: str
    size: int


class Content(Struct, frozen=True):
    """All that is compared of one file; `facts` are what it says of itself, by name."""

    name: str
    words: tuple[Word, ...]
    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    facts: tuple[tuple[str, str], ...]
    files: tuple[File, ...]
    digest: bytes = b""
    """Of the file as it is."""
    unread: tuple[str, ...] = ()
    """What could not be read of what holds for the whole."""
    notes: tuple[str, ...] = ()
    """What can be compared only in part, or in another way than it should be, in words."""

    def label(self, page: int, name: str = "") -> str:
        """A page as a person finds it: its number from 1, of the file `name`, and its label where that is another."""
        label = self.pages[page].label
        said = f"page {page + 1}" + (f" of {name}" if name else "")
        return said if label in ("", str(page + 1)) else f"{said} (label {label})"

    def span(self, pages: Iterable[int]) -> str:
        """Pages as a person lists them."""
        numbers = sorted(set(pages))
        if len(numbers) == 1:
            return self.label(numbers[0])
        said: list[str] = []
        start = last = numbers[0]
        for page in [*numbers[1:], -1]:
            if page != last + 1:
                said.append(f"{start + 1}" if start == last else f"{start + 1}–{last + 1}")
                start = page
            last = page
        return f"pages {', '.join(said)}"
