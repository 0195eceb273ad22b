"""What can stand on paper: the few kinds of mark that setting makes, make-up places and plates paint.

Coordinates are in points with y upwards, from the origin of whatever holds the mark: a line's left
end on its baseline, a box's top left corner, and at last the page's lower left trim corner.
`element` says what a mark is in the reading order (see `Element`); negative ones are furniture.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from layout.house.faces import Face

LAYOUT, HEADER, FOOTER, FOLIO = -1, -2, -3, -4
"""Furniture, which no reader of the text meets: decoration, running head, foot, page number."""


class Shaped(Struct, frozen=True, gc=False, eq=False):
    """A word, or a part of one, shaped in one face: parallel tuples, one entry a glyph.

    `pairs` are glyphs with the characters each stands for (a later glyph of one cluster stands for '').
    `kerns` are how much nearer than its own width a glyph's successor stands, `shifts` how far the glyph
    is off its place, None where none is; both and `width` in thousandths of an em. The shaper keeps one
    value for each word, so identity is equality. Glyphs stand in the order of reading also where the word
    is `rtl`, written from the right: then each one's successor stands left of it.
    """

    text: str
    width: float
    pairs: tuple[tuple[int, str], ...]
    kerns: tuple[float, ...]
    shifts: tuple[tuple[float, float] | None, ...] | None
    is_space: bool = False
    whole: bool = False
    """Whether only all of its glyphs stand for its text: one letter became several, as in capitals."""
    rtl: bool = False
    letters: int = 0
    """After how many codes letterspace goes: a glyph has one with its marks and parts."""
    groups: tuple[tuple[int, str], ...] | None = None
    """How many glyphs make each letter, and what it stands for; None where each glyph is one of its own."""


class Run(Struct, frozen=True, gc=False):
    """Glyphs on one baseline in one face, size and colour.

    `scale` widens glyphs and the kerns between them, `tracking` points go after every glyph, `stretch` points
    after every space besides. A `joined` run goes on in the line of the one before it: exactly where that ended,
    but where text is written from the right. Then `x` is still the left end, and the pieces go left from the other.
    """

    x: float
    y: float
    face: Face
    size: float
    colour: str
    pieces: tuple[Shaped, ...]
    element: int
    stretch: float = 0.0
    tracking: float = 0.0
    scale: float = 1.0
    joined: bool = False
    rtl: bool = False
    """Whether its pieces are written from the right."""

    @property
    def text(self) -> str:
        """The characters the run stands for."""
        return "".join([p.text for p in self.pieces])

    @property
    def advance(self) -> float:
        """How far it reaches from one end to the other, spaces at its ends included, in points."""
        return sum(self.advances(self.pieces))

    def advances(self, pieces: Sequence[Shaped]) -> list[float]:
        """How far each of these pieces of it reaches, in points."""
        size, scale = self.size, self.scale
        return [
            piece.width * size / 1000 * scale
            + self.tracking * piece.letters
            + self.stretch * piece.is_space
            for piece in pieces
        ]


class Rule(Struct, frozen=True, gc=False):
    """A straight line from (x, y), `width` to the right, `weight` thick about y."""

    x: float
    y: float
    width: float
    weight: float
    colour: str
    element: int = LAYOUT


class Tint(Struct, frozen=True, gc=False):
    """A filled rectangle with its lower left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    element: int = LAYOUT


class Image(Struct, frozen=True, gc=False):
    """A picture with its lower left corner at (x, y), cropped to its box about the centre."""

    x: float
    y: float
    width: float
    height: float
    path: str
    element: int


class Link(Struct, frozen=True, gc=False):
    """A live area; `target` is an address, or '#name' for a place in the same document."""

    x: float
    y: float
    width: float
    height: float
    target: str
    text: str
    element: int


class Anchor(Struct, frozen=True, gc=False):
    """A place that links and the outline can point to; `title` is its outline entry, '' for none."""

    x: float
    y: float
    name: str
    title: str = ""
    level: int = 0
    element: int = LAYOUT


Mark = Run | Rule | Tint | Image | Link | Anchor

Role = Literal[
    "document", "kicker", "title", "standfirst", "byline", "illustration", "figure", "caption", "credit", "cross-head",
    "turn", "question", "subquestion", "answer", "speaker", "paragraph", "list", "numbered-list", "item", "label",
    "body", "block-quote", "code", "pull-quote", "attribution", "pointer", "sidebar", "sidebar-title", "accounts",
    "account", "account-line", "handle", "about", "masthead", "tagline", "dateline", "disclaimer", "colophon",
    "contents-title", "contents", "section", "section-entries", "entry", "reference", "entry-link", "entry-kicker",
    "link", "words", "jump",
]  # fmt: skip
"""What an element is: sections, blocks of text, and what stands inside a line (`INLINE`)."""

LINKS = frozenset(("link", "handle", "entry-link"))
"""Roles whose words are the words of a link."""

INLINE = frozenset(("speaker", "code", "words", *LINKS))
"""Roles of words inside a text, which is whole only with them."""


class Element(Struct, frozen=True, gc=False):
    """A node of the reading order: marks name it by its index; `parent` is an earlier index or -1.

    Siblings are read in the order of their indices; `language` is '' where it is the parent's, and `line`
    is where the source has it.
    """

    role: Role
    parent: int
    alt: str = ""
    language: str = ""
    line: int = 0
