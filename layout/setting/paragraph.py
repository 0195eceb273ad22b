"""Spans to lines: words become boxes, spaces glue, and the best breaks become rows of runs.

Every line that comes out is as wide as its measure or narrower; nothing is lost and nothing is added
but soft hyphens where words part.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct

from layout.manuscript.text import Span
from layout.setting.hyphens import Hyphenator
from layout.setting.linebreak import INFINITE, Breaks, break_lines
from layout.setting.looks import Look, Looks
from layout.setting.marks import Link, Mark, Rule, Run, Shaped, Tint
from layout.setting.row import Piece, Row, Sign
from layout.setting.words import ADDRESS, Atom, Word, words_of

TOLERANCES = ((0.0, 1.0), (ADDRESS, 1.0), (ADDRESS, 1.6), (ADDRESS, 2.5), (ADDRESS, 4.0))
"""Passes of the breaker, each only when the last failed: the dearest break, and how far spaces may stretch."""

EMERGENCY = 0.06
"""Stretch added to every line of the last pass, in measures: bad lines are told from worse ones."""

RAGGED = 0.12
"""Stretch at the end of each ragged line, in measures: a line this much short is as bad as ratio 1."""

RAGGED_TOLERANCE = 4.0
"""Lines so ragged that they are half empty are tried only where no others can be had."""

RAGGED_LAST = 0.35
"""The same for the last line of ragged text, which may well be short, but not a lone word."""


class SetLine(Struct, frozen=True):
    """One line: marks relative to its left end on its baseline, and the natural width of its words."""

    marks: tuple[Mark, ...]
    width: float


class Setter:
    """Sets the paragraphs of one interview: its looks, its hyphens, the brand's rule under links."""

    def __init__(self, looks: Looks, hyphenator: Callable[[str], Hyphenator]) -> None:
        self.looks = looks
        self.link_rule = looks.brand.rules.link
        self._hyphenator = hyphenator

    @cached_property
    def hyphenator(self) -> Hyphenator:
        """The patterns of the language, opened when the first paragraph needs them."""
        return self._hyphenator(self.looks.language)

    def sized(self, style: str, size: float) -> "Setter":
        """The same setter with one style in another size, in points."""
        return Setter(self.looks.sized(style, size), self._hyphenator)

    def set_spans(
        self,
        spans: Iterable[Span],
        style: str,
        measure: float,
        element: int,
        *,
        indent: float = 0.0,
        sign: Sign | None = None,
        balance: bool = False,
    ) -> list[SetLine]:
        """The lines of one paragraph in a style of the brand; `indent` moves the first line in.

        `balance` makes lines of nearly equal length, for display. Raises `MissingGlyph`.
        """
        words = self.words(spans, style, element)
        return self.set_words(
            words, self.looks.look(style), measure, indent=indent, sign=sign, balance=balance
        )

    def words(self, spans: Iterable[Span], style: str, element: int) -> list[Word]:
        """Characters as words in the looks of a style."""
        return words_of(spans, style, element, self.looks)

    def set_words(
        self,
        words: list[Word],
        base: Look,
        measure: float,
        *,
        indent: float = 0.0,
        sign: Sign | None = None,
        balance: bool = False,
    ) -> list[SetLine]:
        """Words to lines: the breaks, then the marks of each line."""
        if not words:
            return []
        justified = base.style.align == "justified"
        if justified:
            row, breaks = self._justify(words, measure, indent, sign)
        else:
            row, breaks = self._rag(words, base, measure, indent, sign, balance)
        lines, start, last = [], 0, len(breaks.positions) - 1
        for number, end in enumerate(breaks.positions):
            shift = indent if number == 0 else 0.0
            ends = number == last or row.forced(end)
            stretched = justified and (not ends or breaks.ratios[number] < 0)
            spaced = number != last and (ends or not row.broken_inside(end))
            line = self._line(row, start, end, measure - shift, shift, base, stretched, spaced)
            lines.append(line)
            start = row.items.after(end)
        return lines

    def _justify(
        self, words: list[Word], measure: float, indent: float, sign: Sign | None
    ) -> tuple[Row, Breaks]:
        """The first pass that finds breaks: hyphens and wide spaces only where they are needed."""
        row = Row(
            words, measure, self.hyphenator, parted=True, justified=True, indent=indent, sign=sign
        )
        for dearest, tolerance in TOLERANCES:
            breaks = break_lines(row.items, [measure], tolerance, dearest=dearest)
            if breaks is not None:
                return row, breaks
        emergency = EMERGENCY * measure
        breaks = break_lines(row.items, [measure], INFINITE, background=emergency)
        if breaks is not None:
            return row, breaks
        return self._desperate(words, measure, indent, sign, emergency)

    def _desperate(
        self, words: list[Word], measure: float, indent: float, sign: Sign | None, background: float
    ) -> tuple[Row, Breaks]:
        """Lines for words that no others can be found for: nothing is wider than the measure, whatever it costs."""
        row = Row(
            words,
            measure,
            self.hyphenator,
            parted=True,
            justified=False,
            desperate=True,
            indent=indent,
            sign=sign,
        )
        # A measure that is narrower than a letter has lines too: they are drawn together, as far as that goes.
        room = max(measure, indent + row.widest())
        breaks = break_lines(row.items, [room], INFINITE, background=background)
        assert breaks is not None, "a row that may part anywhere has breaks"
        return row, breaks

    def _rag(
        self,
        words: list[Word],
        base: Look,
        measure: float,
        indent: float,
        sign: Sign | None,
        balance: bool,
    ) -> tuple[Row, Breaks]:
        """Breaks of text whose spaces keep their width: lines of like length, no lone last word."""
        row = Row(
            words,
            measure,
            self.hyphenator,
            parted=base.hyphenate,
            justified=False,
            indent=indent,
            sign=sign,
            last=RAGGED_LAST * measure,
        )
        stretch = RAGGED * measure
        breaks = break_lines(
            row.items, [measure], RAGGED_TOLERANCE, background=stretch, dearest=ADDRESS
        )
        if breaks is None:
            breaks = break_lines(row.items, [measure], INFINITE, background=stretch)
        if breaks is None:
            return self._desperate(words, measure, indent, sign, stretch)
        if balance and len(breaks.positions) > 1:
            return row, self._balanced(row, measure, breaks)
        return row, breaks

    def _balanced(self, row: Row, measure: float, breaks: Breaks) -> Breaks:
        """The narrowest measure, to a hundredth, that needs no more lines."""
        low, high = measure / 3, measure
        while high - low > measure / 100:
            middle = (low + high) / 2
            tried = break_lines(row.items, [middle], INFINITE, background=RAGGED * middle)
            if tried is not None and len(tried.positions) <= len(breaks.positions):
                high, breaks = middle, tried
            else:
                low = middle
        return breaks

    def _line(
        self,
        row: Row,
        start: int,
        end: int,
        measure: float,
        shift: float,
        base: Look,
        stretched: bool,
        spaced: bool,
    ) -> SetLine:
        """The marks of the items from `start` to the break at `end`."""
        pieces = row.pieces(start, end)
        natural = sum([width for _, _, width in pieces])
        spaces = sum([piece.is_space for _, piece, _ in pieces if piece is not None])
        gap = (measure - natural) / spaces if stretched and spaces else 0.0
        tracking = 0.0
        if natural > measure and not (spaces and stretched):
            tracking = (measure - natural) / max(
                1, sum(len(p.pairs) for _, p, _ in pieces if p is not None)
            )
        x = shift
        if base.style.align in ("right", "centre"):
            x += (measure - natural) * (1.0 if base.style.align == "right" else 0.5)
        last = pieces[-1][0] if pieces else None
        if isinstance(last, Atom) and spaced:
            # A real space at the line's end, for readers of the text; links and gaps end before it.
            space = Atom(last.look, " ", last.element)
            pieces.append((space, last.look.shaper.shape(" "), 0.0))
        return SetLine(_marks(pieces, x, gap, tracking, self.link_rule), natural)


def _marks(
    pieces: list[Piece], x: float, gap: float, tracking: float, link_rule: float
) -> tuple[Mark, ...]:
    """Pieces side by side as runs of one look, with links over what is linked and the sign after the last."""
    marks: list[Mark] = []
    run: list[Shaped] = []
    holder: Atom | None = None
    start = x
    links: list[tuple[str, float, float, Atom, str]] = []
    for atom, shaped, width in pieces:
        if isinstance(atom, Sign):
            marks.append(Tint(x + atom.gap, 0.0, atom.size, atom.size, atom.colour))
            x += width
            continue
        assert shaped is not None
        if holder is not None and (atom.look is not holder.look or atom.element != holder.element):
            marks.append(_run(holder, run, start, gap, tracking))
            holder = None
        if holder is None:
            holder, run, start = atom, [], x
        run.append(shaped)
        advance = width + tracking * len(shaped.pairs) + (gap if shaped.is_space else 0.0)
        if atom.href:
            if links and links[-1][0] == atom.href and abs(links[-1][2] - x) < 1e-6:
                href, left, _, first, text = links[-1]
                links[-1] = (href, left, x + advance, first, text + shaped.text)
            else:
                links.append((atom.href, x, x + advance, atom, shaped.text))
        x += advance
    if holder is not None:
        marks.append(_run(holder, run, start, gap, tracking))
    for href, left, right, atom, text in links:
        marks += _link(href, left, right, atom, text, link_rule)
    return tuple(marks)


def _run(atom: Atom, pieces: list[Shaped], x: float, gap: float, tracking: float) -> Run:
    look = atom.look
    return Run(
        x,
        0.0,
        look.face,
        look.size,
        look.colour,
        tuple(pieces),
        atom.element,
        gap,
        look.tracking + tracking,
    )


def _link(
    href: str, left: float, right: float, atom: Atom, text: str, weight: float
) -> tuple[Mark, ...]:
    """A live area over linked words, and the fine rule under them."""
    size = atom.look.size
    area = Link(
        left, -0.25 * size, right - left, size, href, text.replace("\u00ad", ""), atom.element
    )
    if not atom.look.style.underline:
        return (area,)
    return (area, Rule(left, -0.19 * size, right - left, weight, "brand"))
