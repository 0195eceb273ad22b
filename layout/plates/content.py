"""A page's marks as a content stream in which everything is marked: tagged text, or an artifact.

A marked-content sequence lies wholly outside or wholly inside a text object (ISO 32000-1, 14.6.1); one
sequence holds all lines of an element that follow each other.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from layout.house.faces import Face
from layout.makeup.page import FOLIO, FOOTER, HEADER, LAYOUT, Element, Image, Mark, Rule, Run, Tint
from layout.plates.fonts import PaintedFont, first_place
from layout.plates.order import in_order
from layout.plates.palette import Palette
from layout.plates.structure import Structure
from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN
from layout.setting.words import TIGHT

ARTIFACTS = {
    LAYOUT: "/Artifact<</Type/Layout>>BDC",
    HEADER: "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC",
    FOOTER: "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC",
    FOLIO: "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC",
}
"""Furniture by its kind (14.8.2.2; ISO 14289-1, 7.8)."""

CLOSED = -100
"""No sequence is open."""

FIRST_TIGHT = TIGHT[0]
"""Characters before this one stand in words with spaces between."""

AS_TYPED = ("code",)
"""Roles whose lines are no parts of one word."""


class Shown(NamedTuple):
    """Pieces of a run from `x` on."""

    run: Run
    x: float
    pieces: tuple[Shaped, ...]


Line = list[Shown]
"""Runs that follow each other on one baseline: one text object."""


class Content:
    """Writes the content of one page; `do` gives the operators that paint a picture."""

    def __init__(
        self,
        palette: Palette,
        fonts: dict[Face, PaintedFont],
        structure: Structure | None,
        elements: Sequence[Element],
        do: Callable[[Image], str],
    ) -> None:
        self.palette, self.fonts, self.structure, self.do = palette, fonts, structure, do
        self.elements = elements
        self.code: list[str] = []
        self.open = CLOSED
        self.waiting: Line = []
        """The last line, until it is known how the next one begins."""
        self.begun: Line = []
        """Ends of earlier lines, with the beginning of the word that the first piece of `waiting` goes on with."""
        self.fill, self.spread, self.wide = "", "0.0000", "100.000"

    def painted(
        self,
        marks: Sequence[Mark],
        before: frozenset[int] = frozenset(),
        after: frozenset[int] = frozenset(),
    ) -> bytes:
        """The stream's bytes: tints and rules below, then pictures and text in order.

        `before` and `after` are the texts that stand on the pages before and after.
        """
        for mark in marks:
            if isinstance(mark, Tint):
                fill = self.palette.grounds[mark.colour]
                self._box(fill, mark.x, mark.y, mark.width, mark.height)
            elif isinstance(mark, Rule):
                fill = self.palette.fills[mark.colour]
                self._box(fill, mark.x, mark.y - mark.weight / 2, mark.width, mark.weight)
        for line in _lines(in_order(marks, self.elements, before, after)):
            if isinstance(line, Image):
                self._next([])
                self._image(line)
            else:
                self._next(line)
        self._next([])
        self._close()
        return "\n".join(self.code).encode("ascii")

    # --- marked content ---

    def _tag(self, element: int) -> None:
        """Have everything that follows belong to an element, or to furniture."""
        if element != self.open and self.structure is not None:
            self._close()
            self.code.append(self._opening(element))
            self.open = element

    def _opening(self, element: int) -> str:
        if element < 0:
            return ARTIFACTS[element]
        assert self.structure is not None
        kind, number = self.structure.mark(element)
        return f"/{kind}<</MCID {number}>>BDC"

    def _close(self) -> None:
        if self.open != CLOSED:
            self.code.append("EMC")
            self.open = CLOSED

    # --- pictures, tints, rules ---

    def _box(self, fill: str, x: float, y: float, width: float, height: float) -> None:
        self._tag(LAYOUT)
        if fill != self.fill:
            self.fill = fill
            self.code.append(fill)
        self.code.append(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f")

    def _image(self, image: Image) -> None:
        self._tag(image.element)
        if image.element >= 0 and self.structure is not None:
            self.structure.place(image)
        self.code.append(self.do(image))

    # --- text ---

    def _next(self, line: Line) -> None:
        """Write the line that waits but for what the next one goes on with: a word over both is one piece of text."""
        before, self.waiting = self.waiting, line
        if not before or not line or self.structure is None or not self._parted(before, line):
            self._flush(before)
            return
        head, tail = _last_word(before)
        if head:
            self._flush(head)
        self.begun += tail

    def _flush(self, line: Line) -> None:
        """Write a line; it may begin with the end of a word that began on an earlier one."""
        if self.begun and line:
            word, line = _first_word(line)
            begun, self.begun = self.begun, []
            self._word([*begun, *word])
        self._text(line)

    def _parted(self, before: Line, line: Line) -> bool:
        """Whether a line goes on inside the word that ended the one before it, all of it in one element."""
        if _ends_word(before[-1].pieces[-1]) or _begins_word(line[0].pieces[0]):
            return False
        # Over columns it is left as it is: readers that guess columns would take the two for one.
        if line[0].run.y >= before[-1].run.y:
            return False
        # Programs that do not know what is written from the right turn the text of a whole word round.
        if line[0].run.rtl or before[-1].run.rtl:
            return False
        elements = {it.run.element for it in (*_last_word(before)[1], *_first_word(line)[0])}
        element = next(iter(elements))
        return len(elements) == 1 and element >= 0 and self.elements[element].role not in AS_TYPED

    def _word(self, ends: Line) -> None:
        """A word over several lines as one sequence whose text is the word, without hyphens (14.9.4)."""
        assert self.structure is not None
        self._close()
        texts = ["".join([piece.text for piece in end.pieces]) for end in ends]
        text = "".join([*(it.removesuffix(SOFT_HYPHEN) for it in texts[:-1]), texts[-1]])
        _, number = self.structure.mark(ends[0].run.element)
        spoken = text.encode("utf-16-be").hex().upper()
        self.code.append(f"/Span<</MCID {number}/ActualText<FEFF{spoken}>>>BDC")
        for end in ends:
            self.code.append(f"BT {self._place(end)} {self._shown(end)} ET")
        self.code.append("EMC")

    def _text(self, line: Line) -> None:
        """A line as one text object: what reads the file need not guess whether a gap is a space."""
        if not line:
            return
        if self.structure is not None and any(it.whole for shown in line for it in shown.pieces):
            self._pieced(line)
        else:
            self._plain(line)

    def _plain(self, line: Line) -> None:
        """A line whose glyphs each say what they stand for, as one text object."""
        if not line:
            return
        elements = {shown.run.element for shown in line}
        if len(elements) == 1 or self.structure is None:
            self._tag(line[0].run.element)
            parts = [self._shown(shown) for shown in line]
        else:
            self._close()
            parts = [
                f"{self._opening(shown.run.element)} {self._shown(shown)} EMC" for shown in line
            ]
        if any(shown.run.rtl for shown in line):
            parts = _with_moves(line, parts)
        self.code.append(f"BT {self._place(line[0])} {' '.join(parts)} ET")

    def _pieced(self, line: Line) -> None:
        """A line in which a word's glyphs say its text only together: it is one piece of text, as a parted one is."""
        plain: Line = []
        for shown in line:
            start = 0
            for number, piece in enumerate(shown.pieces):
                if not piece.whole or shown.run.element < 0:
                    continue
                plain += _cut(shown, start, number)
                self._plain(plain)
                self._word(_cut(shown, number, number + 1))
                plain, start = [], number + 1
            plain += _cut(shown, start, len(shown.pieces))
        self._plain(plain)

    def _place(self, shown: Shown) -> str:
        return f"{_pen(shown):.3f} {shown.run.y:.3f} Td"

    def _shown(self, shown: Shown) -> str:
        """Font, colour and the words' codes with kerns between, justified by numbers after the spaces."""
        run = shown.run
        font = self.fonts.get(run.face)
        if font is None:
            font = self.fonts[run.face] = PaintedFont(run.face, f"F{len(self.fonts) + 1}")
        size, scale = run.size, run.scale
        # Horizontal scaling widens all that follows it, letterspace and numbers too (9.4.4).
        gap = f"{-run.stretch * 1000 / (size * scale):.2f}" if abs(run.stretch) > 1e-4 else ""
        if run.rtl:
            unit = 1000 / (size * scale)
            text = font.leftward(shown.pieces, size, run.tracking * unit, run.stretch * unit)
        else:
            text = font.shown(shown.pieces, size, gap)
        fill = self.palette.fills[run.colour]
        state = f"{fill} " if fill != self.fill else ""
        self.fill = fill
        state += f"/{font.name} {size:g} Tf"
        spread = f"{0.0 if run.rtl else run.tracking / scale:.4f}"
        wide = f"{100 * scale:.3f}"
        if spread != self.spread:
            state, self.spread = f"{state} {spread} Tc", spread
        if wide != self.wide:
            state, self.wide = f"{state} {wide} Tz", wide
        return f"{state} [{text.replace('><', '')}]TJ"


def _pen(shown: Shown) -> float:
    """Where the pen begins: at the left end, or at the first glyph from the right."""
    if not shown.run.rtl:
        return shown.x
    unit = shown.run.size / 1000 * shown.run.scale
    return _reach(shown, len(shown.pieces)) + first_place(shown.run.face, shown.pieces) * unit


def _with_moves(line: Line, parts: Sequence[str]) -> list[str]:
    """What shows a line, with a move before each part that does not begin where the pen is (9.4.2)."""
    moved, start = [parts[0]], _pen(line[0])
    for last, shown, part in zip(line, line[1:], parts[1:], strict=False):
        pen = _pen(shown)
        if shown.run.rtl or not _touches(last, shown.x):
            moved.append(f"{pen - start:.3f} 0 Td")
            start = pen
        moved.append(part)
    return moved


def _lines(marks: Sequence[Run | Image]) -> Iterator[Line | Image]:
    """Runs that go on where the one before them ended as lines, and pictures between them."""
    line: Line = []
    for mark in marks:
        if isinstance(mark, Run) and mark.joined and line and _goes_on(line, mark):
            line.append(Shown(mark, mark.x, mark.pieces))
            continue
        if line:
            yield line
        line = []
        if isinstance(mark, Run):
            line.append(Shown(mark, mark.x, mark.pieces))
        else:
            yield mark
    if line:
        yield line


def _goes_on(line: Line, run: Run) -> bool:
    """Whether a joined run still follows the one that it goes on from: the order of tags may have parted them."""
    if line[-1].run.y != run.y:
        return False
    return _touches(line[-1], run.x) or run.rtl or any(it.run.rtl for it in line)


def _touches(last: Shown, x: float) -> bool:
    """Whether something ends where the next one begins; what is written from the right leaves the pen elsewhere."""
    return not last.run.rtl and abs(_reach(last, len(last.pieces)) - x) < 0.01


def _last_word(line: Line) -> tuple[Line, Line]:
    """A line up to the end of its last word but one, and what stands after that."""
    for at in reversed(range(len(line))):
        shown = line[at]
        for number in reversed(range(len(shown.pieces))):
            if _ends_word(shown.pieces[number]):
                count = len(shown.pieces)
                head = [*line[:at], *_cut(shown, 0, number + 1)]
                return head, [*_cut(shown, number + 1, count), *line[at + 1 :]]
    return [], line


def _first_word(line: Line) -> tuple[Line, Line]:
    """What of a line stands before the end of its first word, and the rest."""
    for at, shown in enumerate(line):
        for number, piece in enumerate(shown.pieces):
            if _begins_word(piece):
                rest = [*_cut(shown, number, len(shown.pieces)), *line[at + 1 :]]
                return [*line[:at], *_cut(shown, 0, number)], rest
    return line, []


def _cut(shown: Shown, start: int, end: int) -> Line:
    """Some of the pieces of a run, none where there are none."""
    if start >= end:
        return []
    if shown.run.rtl:
        x = shown.x + sum(shown.run.advances(shown.pieces[end:]))
    else:
        x = shown.x if start == 0 else _reach(shown, start)
    return [Shown(shown.run, x, shown.pieces[start:end])]


def _ends_word(piece: Shaped) -> bool:
    return piece.is_space or _parts(piece.text[-1:])


def _begins_word(piece: Shaped) -> bool:
    return piece.is_space or _parts(piece.text[:1])


def _parts(character: str) -> bool:
    """Whether no word goes on over a character: a space, or one of a script that is written without."""
    if character < FIRST_TIGHT:
        return character.isspace()
    return bool(_tight().match(character)) or character.isspace()


@cache
def _tight() -> re.Pattern[str]:
    return re.compile(f"[{TIGHT}]")


def _reach(shown: Shown, count: int) -> float:
    """Where the piece after so many begins; a negative count is from the end."""
    return shown.x + sum(shown.run.advances(shown.pieces[:count]))
