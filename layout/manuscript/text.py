"""Text as the manuscript holds it: spans, paragraphs and blocks, each knowing where it was written.

`Words`, `Inline` and `Prose` are the three kinds of text a source may hold: plain words, words
with CommonMark's inline marks, and whole CommonMark blocks. Nothing is corrected on the way in.
"""

from msgspec import Struct

from layout.ground.problems import Place


class Span(Struct, frozen=True, gc=False):
    """A run of characters with one look. A hard line break is the span whose text is a line feed.

    `name` marks the name of the person who speaks, `language` words in another language than their
    text's; no source says either, setting finds them.
    """

    text: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    href: str = ""
    name: bool = False
    language: str = ""


class Inline(Struct, frozen=True):
    """Words with emphasis, strong, code and links, on one line of thought: no paragraphs.

    `place` is the start of the value: as near as a folded scalar can tell.
    """

    spans: tuple[Span, ...]
    place: Place

    @property
    def text(self) -> str:
        """The characters alone; a hard line break reads as a space."""
        return "".join(" " if s.text == "\n" else s.text for s in self.spans)


class Words(Inline, frozen=True):
    """Plain words: one span, no marks; what a name or a handle is."""


class Paragraph(Struct, frozen=True):
    """A paragraph of running text."""

    spans: tuple[Span, ...]
    place: Place

    @property
    def text(self) -> str:
        """The characters alone; a hard line break reads as a space."""
        return "".join(" " if s.text == "\n" else s.text for s in self.spans)


class ListOfItems(Struct, frozen=True):
    """A bullet or numbered list; each item is a row of blocks. `start` is the first number."""

    items: "tuple[tuple[Block, ...], ...]"
    place: Place
    ordered: bool = False
    start: int = 1


class BlockQuote(Struct, frozen=True):
    """Somebody else's paragraphs."""

    blocks: "tuple[Block, ...]"
    place: Place


class CodeBlock(Struct, frozen=True):
    """Lines to be set as they stand; `text` has no line feed at its end."""

    text: str
    place: Place


Block = Paragraph | ListOfItems | BlockQuote | CodeBlock


class Prose(Struct, frozen=True):
    """One or more CommonMark blocks."""

    blocks: tuple[Block, ...]
    place: Place

    @property
    def text(self) -> str:
        """The characters of all paragraphs alone, a space between two of them."""
        return " ".join(_texts(self.blocks))


def _texts(blocks: "tuple[Block, ...]") -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | CodeBlock):
            found.append(block.text)
        elif isinstance(block, BlockQuote):
            found += _texts(block.blocks)
        else:
            found += [text for item in block.items for text in _texts(item)]
    return found


def paragraphs_of(prose: Prose | None) -> list[Paragraph]:
    """The paragraphs of short prose, those in lists and quotations included; code is one of them."""
    found: list[Paragraph] = []
    todo: list[Block] = list(reversed(prose.blocks)) if prose is not None else []
    while todo:
        block = todo.pop()
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, ListOfItems):
            todo += reversed([each for item in block.items for each in item])
        elif isinstance(block, BlockQuote):
            todo += reversed(block.blocks)
        else:
            found.append(Paragraph((Span(block.text, code=True),), block.place))
    return found


class File(Struct, frozen=True, gc=False):
    """A file that a source names: its real path, and where it was named."""

    path: str
    place: Place


class LaterFile(File, frozen=True, gc=False):
    """A file that only some editions need: `absent` says why it is not there, and what to do, '' if it is."""

    absent: str = ""
    hint: str = ""


class PageNumber(Struct, frozen=True, gc=False):
    """The number of a page, from 1, and where it was written."""

    number: int
    place: Place


class Picture(Struct, frozen=True, gc=False):
    """A picture file that was opened and found whole; `width` and `height` in pixels, upright."""

    path: str
    place: Place
    width: int
    height: int
