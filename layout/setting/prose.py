"""CommonMark blocks to blocks of the galley: paragraphs, lists, quotations, code."""

from collections.abc import Sequence

from msgspec.structs import replace

from layout.house.labels import Labels
from layout.manuscript.text import Block as TextBlock
from layout.manuscript.text import BlockQuote, CodeBlock, ListOfItems, Paragraph, Span
from layout.setting.galley import Block, Tree, shifted
from layout.setting.initial import opened
from layout.setting.marks import LAYOUT, Mark, Role, Run
from layout.setting.paragraph import Setter
from layout.setting.pieces import Sign
from layout.setting.settings import SetLine, Setting

TAB = 4
"""Columns from one tab stop of code to the next (CommonMark 0.31.2, 2.2)."""


class ProseSetter:
    """Sets blocks of text in one style down a column; remembers whether a paragraph is the first."""

    def __init__(self, setter: Setter, tree: Tree, style: str, measure: float) -> None:
        self.setter, self.tree, self.style, self.measure = setter, tree, style, measure
        self.look = setter.looks.look(style)
        self.initial = False
        """Whether the next paragraph opens the text, with a large letter if the brand wants one."""
        self.insets = setter.looks.brand.insets

    def blocks(
        self,
        blocks: Sequence[TextBlock],
        parent: int,
        role: Role = "paragraph",
        sign: Sign | None = None,
        first: bool = True,
    ) -> list[Block]:
        """The galley's blocks for the text's; `sign` follows the very last word; only a `first` one stands flush."""
        found: list[Block] = []
        for number, block in enumerate(blocks):
            last = sign if number == len(blocks) - 1 else None
            found += self._block(block, parent, role, 0.0, first and number == 0, last)
        return found

    def _block(
        self,
        block: TextBlock,
        parent: int,
        role: Role,
        inset: float,
        first: bool,
        sign: Sign | None,
    ) -> list[Block]:
        if isinstance(block, Paragraph):
            indent = 0.0 if first else self.look.style.indent * self.look.size
            element = self.tree.add(role, parent, line=block.place.line)
            return [self.paragraph(block.spans, element, inset, indent, sign)]
        if isinstance(block, ListOfItems):
            return self._list(block, parent, inset, sign)
        if isinstance(block, BlockQuote):
            quote = self.tree.add("block-quote", parent, line=block.place.line)
            step = self.insets.quotation * self.look.size
            # A quotation stands in at both sides.
            inner = ProseSetter(self.setter, self.tree, self.style, self.measure - step)
            return inner._several(block.blocks, quote, inset + step, sign)
        return self._code(block, parent, inset, sign)

    def paragraph(
        self,
        spans: Sequence[Span],
        element: int,
        inset: float,
        indent: float,
        sign: Sign | None = None,
    ) -> Block:
        """One paragraph as a block of lines, `inset` from the left."""
        words = self.setter.words(spans, self.style, element)
        if self.initial and words and not inset:
            self.initial = False
            block = opened(self.setter, words, self.look, self.measure, sign)
            if block is not None:
                return block
        settings = self.setter.settings(
            words, self.look, self.measure - inset, indent=indent, sign=sign
        )
        return Block(settings=settings, inset=inset)

    def _several(
        self, blocks: Sequence[TextBlock], parent: int, inset: float, sign: Sign | None
    ) -> list[Block]:
        found: list[Block] = []
        for number, block in enumerate(blocks):
            last = sign if number == len(blocks) - 1 else None
            found += self._block(block, parent, "paragraph", inset, number == 0, last)
        return found

    def _list(
        self, block: ListOfItems, parent: int, inset: float, sign: Sign | None
    ) -> list[Block]:
        role: Role = "numbered-list" if block.ordered else "list"
        element = self.tree.add(role, parent, line=block.place.line)
        labels = self._labels(block)
        look = self.look
        step = max(
            self.insets.list * look.size,
            max(map(self._label_width, labels)) + self.insets.label * look.size,
        )
        found: list[Block] = []
        for number, (label, item) in enumerate(zip(labels, block.items, strict=True)):
            line = item[0].place.line if item else block.place.line
            part = self.tree.add("item", element, line=line)
            mark = self._label(label, inset + step, self.tree.add("label", part))
            body = self.tree.add("body", part)
            last = sign if number == len(block.items) - 1 else None
            found += _labelled(self._several(item, body, inset + step, last), mark)
        return found

    def _labels(self, block: ListOfItems) -> list[str]:
        """What stands before the items: bullets, or numbers in the digits of the language."""
        if not block.ordered:
            return ["•"] * len(block.items)
        number = Labels(self.setter.looks.brand, self.setter.looks.language).number
        return [f"{number(block.start + n)}." for n in range(len(block.items))]

    def _label_width(self, label: str) -> float:
        if _is_plain(label):
            return self.look.width(self.look.shaper.shape(label))
        return self.setter.set_spans([Span(label)], self.style, self.measure, LAYOUT)[0].width

    def _label(self, label: str, end: float, element: int) -> tuple[Mark, ...]:
        """A bullet or a number as far before the text, which begins at `end`, as the brand says; with a space after."""
        look, rtl = self.look, self.setter.looks.rtl
        space = look.at(int(rtl)).shaper.shape(" ")
        if rtl or not _is_plain(label):
            line = self.setter.set_spans([Span(label)], self.style, end, element)[0]
            x = end - self.insets.label * look.size - line.width
            place = end if rtl else x + line.width
            gap = Run(place, 0.0, look.face, look.size, look.colour, (space,), element, rtl=rtl)
            return (*shifted(line.marks, x, 0.0), gap)
        piece = look.shaper.shape(label)
        x = end - self.insets.label * look.size - look.width(piece)
        return (Run(x, 0.0, look.face, look.size, look.colour, (piece, space), element),)

    def _code(self, block: CodeBlock, parent: int, inset: float, sign: Sign | None) -> list[Block]:
        text = self.tree.add("paragraph", parent, line=block.place.line)
        element = self.tree.add("code", text, line=block.place.line)
        inset += self.insets.code * self.look.size
        lines: list[SetLine] = []
        texts = block.text.rstrip("\n").split("\n")
        for number, row in enumerate(texts):
            # Spaces of code are kept: they do not break a line unless it is too long for the measure.
            kept = row.expandtabs(TAB).replace(" ", "\u00a0")
            spans = [Span(kept)] if row.strip() else []
            last = sign if number == len(texts) - 1 else None
            lines += self._code_line(spans, self.measure - inset, element, last)
            if number < len(texts) - 1:
                lines[-1] = self._parted(lines[-1])
        return [Block(settings=(Setting.of(lines),), inset=inset)]

    def _parted(self, line: SetLine) -> SetLine:
        """A line of code with a space at its end: else the next one goes on in it, to who reads the file."""
        run = line.marks[-1] if line.marks else None
        if not isinstance(run, Run):
            return line
        space = self.setter.looks.look("code").at(run.rtl).shaper.shape(" ")
        x = run.x - sum(run.advances([space])) * (self.setter.looks.rtl != run.rtl)
        longer = replace(run, x=x, pieces=(*run.pieces, space))
        return replace(line, marks=(*line.marks[:-1], longer))

    def _code_line(
        self, spans: list[Span], measure: float, element: int, sign: Sign | None
    ) -> list[SetLine]:
        """One line of code; where it is too long, it goes on further in than it began."""
        lines = self.setter.set_spans(spans, "code", measure, element, sign=sign)
        if len(lines) < 2:
            return lines or [SetLine((), 0.0)]
        look, text = self.setter.looks.look("code"), spans[0].text
        began = look.measure("\u00a0") * (len(text) - len(text.lstrip("\u00a0")))
        further = min(began + self.insets.code_goes_on * look.size, measure / 2)
        first, *rest = self.setter.set_spans(spans, "code", measure - further, element, sign=sign)
        return [first, *(replace(ln, marks=shifted(ln.marks, further, 0.0)) for ln in rest)]


def _is_plain(label: str) -> bool:
    """Whether a label is a bullet, or a number in figures that every face of a text has."""
    return label == "•" or label.isascii()


def _labelled(blocks: list[Block], label: tuple[Mark, ...]) -> list[Block]:
    """The blocks of an item with its bullet or number before the first line."""
    if not blocks or not blocks[0].settings:
        return [Block(settings=(Setting.of([SetLine(label, 0.0)]),)), *blocks]
    first = blocks[0]
    return [replace(first, lead=(*label, *first.lead)), *blocks[1:]]
