"""From breaks to lines: how each line of a paragraph is filled, and where its marks stand."""

from collections.abc import Sequence
from typing import NamedTuple

from layout.house.brand import Justification
from layout.setting.fit import AS_IT_IS, Fit, SquareFit, fit_line
from layout.setting.linebreak import Breaks
from layout.setting.looks import Look
from layout.setting.pieces import Piece, Sign
from layout.setting.row import Row
from layout.setting.runs import marks_of
from layout.setting.settings import WHOLE, Notch, SetLine
from layout.setting.words import Atom, Word


class Paragraph(NamedTuple):
    """What is to be set, and the room for it; `measure` and `indent` in points."""

    words: list[Word]
    base: Look
    measure: float
    indent: float
    sign: Sign | None
    notch: Notch = WHOLE

    @property
    def justified(self) -> bool:
        """Whether its lines fill the measure."""
        return self.base.style.align == "justified"

    def measures(self, share: float = 1.0) -> list[float]:
        """The widths of its lines in a share of its measure, the last one for all that follow."""
        room = share * self.measure
        return [room - self.notch.width] * self.notch.lines + [room]


class _Filled(NamedTuple):
    """What a line is made of, its natural width in points, and how it takes up what it lacks."""

    pieces: list[Piece]
    natural: float
    fit: Fit | SquareFit
    squeeze: float = 0.0


class _Turned(NamedTuple):
    """A paragraph that is not simply set from the left: its embedding level, 0 or 1 (UAX 9, P3).

    `across` is its measure where it stands at the other side than its document's, else 0.
    """

    level: int
    across: float


def lines_of(
    text: Paragraph, row: Row, breaks: Breaks, rtl: bool, link_rule: float
) -> list[SetLine]:
    """The lines between breaks; `rtl` says whence the document is written, `link_rule` is a weight in points."""
    return _Lines(text, row, rtl, link_rule).between(breaks)


class _Lines:
    """Makes the lines of one paragraph."""

    def __init__(self, text: Paragraph, row: Row, rtl: bool, link_rule: float) -> None:
        self.text, self.row, self.rtl, self.link_rule = text, row, rtl, link_rule
        self.turned: _Turned | None = None

    def between(self, breaks: Breaks) -> list[SetLine]:
        """The lines from each break to the next."""
        text, row = self.text, self.row
        lines, start, last = [], 0, len(breaks.positions) - 1
        if row.turned or self.rtl:
            self.turned = self._turned(alone=not last)
        for number, end in enumerate(breaks.positions):
            shift = text.indent if number == 0 else 0.0
            if number < text.notch.lines:
                shift += text.notch.width
            ends = number == last or row.forced(end)
            stretched = text.justified and (not ends or breaks.ratios[number] < 0)
            spaced = number != last and (ends or not row.broken_inside(end))
            lines.append(self._line(start, end, shift, stretched, spaced))
            start = row.items.after(end)
        return lines

    def _turned(self, *, alone: bool) -> _Turned:
        """The level of a paragraph of which not all is simply set from the left, and the measure it stands across.

        One that is written the other way than its document begins at its own side, but for a line alone.
        """
        text = self.text
        level = min([atom.level for word in text.words for atom in word]) & 1
        across = level != self.rtl and not alone and text.base.style.align != "centre"
        return _Turned(level, text.measure if across else 0.0)

    def _line(self, start: int, end: int, shift: float, stretched: bool, spaced: bool) -> SetLine:
        """The marks of the items from `start` to the break at `end`, `shift` points in."""
        row, turned = self.row, self.turned
        pieces = row.pieces(start, end)
        left, right = row.left(start), row.right(end)
        if turned is not None:
            left *= _ends_with(pieces, 0, turned.level)
            right *= _ends_with(pieces, -1, turned.level)
        measure = self.text.measure - shift
        room = measure + left + right
        line = self._filled(pieces, room, measure, stretched)
        x = shift - left
        align = self.text.base.style.align
        if align in ("right", "centre"):
            x += (room - line.natural) * (1.0 if align == "right" else 0.5)
        last = line.pieces[-1][0] if line.pieces else None
        if isinstance(last, Atom) and spaced:
            # A real space at the line's end, for readers of the text; links and gaps end before it.
            space = Atom(last.look, " ", last.element)
            line.pieces.append((space, last.look.shaper.shape(" "), 0.0))
        if turned is not None:
            from layout.setting.order import Ends, ordered

            ends = Ends(turned.level, self.rtl, x, turned.across)
            marks = ordered(line.pieces, ends, line.fit, line.squeeze, self.link_rule)
        else:
            marks = marks_of(line.pieces, x, line.fit, line.squeeze, self.link_rule)
        return SetLine(marks, line.natural)

    def _filled(self, pieces: list[Piece], room: float, measure: float, stretched: bool) -> _Filled:
        """How the pieces of a line fill its `room`: the `measure` and what of them hangs over its ends."""
        if self.row.squares:
            from layout.setting.squares import spread_out

            return _Filled(*spread_out(pieces, room, stretched))
        natural = sum([width for _, _, width in pieces])
        white = sum([width for _, it, width in pieces if it is not None and it.is_space])
        if stretched and self.row.give is not None:
            return _Filled(pieces, natural, _fit(pieces, room - natural, white, self.row.give))
        # The last resort: a narrow measure draws letters together, a wide gap is the spaces'.
        if stretched and white:
            return _Filled(pieces, natural, Fit(1 + (measure - natural) / white, 1.0, 0.0))
        if natural > measure:
            signs = sum([it.letters for _, it, _ in pieces if it is not None])
            return _Filled(pieces, natural, AS_IT_IS, (measure - natural) / max(1, signs))
        return _Filled(pieces, natural, AS_IT_IS)


def _fit(pieces: Sequence[Piece], gap: float, white: float, give: Justification) -> Fit:
    """How a line of these pieces takes up a gap: what is not space is letters."""
    letters = pairs = 0.0
    for atom, shaped, width in pieces:
        if shaped is None:
            continue
        assert isinstance(atom, Atom)
        if shaped.is_space:
            pairs -= atom.look.size  # a space takes in the letterspace before it
        else:
            letters += width - atom.look.tracking * shaped.letters
            pairs += shaped.letters * atom.look.size
    if pieces:
        last, shaped, _ = pieces[-1]
        if isinstance(last, Atom) and shaped is not None and not shaped.is_space:
            pairs -= last.look.size
    return fit_line(gap, white, letters, pairs, give)


def _ends_with(pieces: Sequence[Piece], which: int, level: int) -> bool:
    """Whether the first or last piece of a line stands at its end in print as well: it has the paragraph's level."""
    atom = pieces[which][0] if pieces else None
    return isinstance(atom, Atom) and atom.level == level
