"""Spans to lines: words become boxes, spaces glue, and the best breaks become rows of runs.

Every line that comes out is as wide as its measure or narrower; nothing is lost and nothing is added
but soft hyphens where words part.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from unicodedata import combining

from msgspec import Struct

from layout.manuscript.text import Span
from layout.setting.hyphens import Hyphenator
from layout.setting.linebreak import FILL, INFINITE, Breaks, Items, break_lines
from layout.setting.looks import Look, Looks
from layout.setting.marks import Link, Mark, Rule, Run, Shaped, Tint
from layout.setting.shaping import SOFT_HYPHEN

STRETCH, SHRINK = 1 / 2, 1 / 3
"""How far a word space gives, in shares of itself: at ratio 1 it is half as wide again, at -1 a third narrower."""
HYPHEN, HARD_HYPHEN, DASH, ADDRESS, LETTER = 50.0, 500.0, 50.0, 250.0, 2000.0
"""Penalties: at a soft hyphen, after a real one (extractors take it for a soft one), after a dash,
inside an address, and between any two letters of a word that is wider than the measure."""
TOLERANCES = ((False, 1.0), (True, 1.0), (True, 1.6), (True, 2.5), (True, 4.0))
"""Passes of the breaker: with hyphens or without, and how far spaces may stretch; each only when the last failed."""
EMERGENCY = 0.06
"""Stretch added to every line of the last pass, in measures: bad lines are told from worse ones."""
RAGGED = 0.12
"""Stretch at the end of each ragged line, in measures: a line this much short is as bad as ratio 1."""
RAGGED_LAST = 0.8
"""The same for the last line of ragged text, which may well be short, but not a lone word."""

_WORDS = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|www\.)|^\S+\.\S+/\S", re.I)
_HANDLE = re.compile(r"^[(\[«“\"']*[@#]\w")
_AFTER_DASH = re.compile(r"(?<=[\w)][-\u2010])(?=\w{2})|(?<=[\u2013\u2014/])(?=[^\W\d])|(?<=\u200b)")
_ADDRESS_BREAKS = re.compile(r"(?<=[/:])(?=[^/])|(?=[.?&=_#%~+-])(?<=\w)|(?<=[@&=])")


class Atom(Struct, frozen=True, gc=False):
    """A part of a word that is set whole, or a space: characters of one look.

    `ends` tells how a line may end after it: '' nowhere, '-' with a soft hyphen, '|' as it stands.
    """

    look: Look
    text: str
    element: int
    href: str = ""
    ends: str = ""
    penalty: float = 0.0
    loose: bool = False
    """Never joined to its neighbours again: its width was counted alone."""


class Sign(Struct, frozen=True, gc=False):
    """A square of colour that follows the last word: sizes in points."""

    gap: float
    size: float
    colour: str


class SetLine(Struct, frozen=True):
    """One line: marks relative to its left end on its baseline, and the natural width of its words."""

    marks: tuple[Mark, ...]
    width: float


Word = list[Atom]
BREAK, NO_BREAK_SPACE = "\n", "\u00a0"


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
        base = self.looks.look(style)
        return self.set_words(words, base, measure, indent=indent, sign=sign, balance=balance)

    def words(self, spans: Iterable[Span], style: str, element: int) -> list[Word]:
        """Characters as words of one or more atoms; a hard break is a word of its own."""
        words: list[Word] = []
        joined = False
        for span in spans:
            if span.text == BREAK:
                words.append([Atom(self.looks.look(style), BREAK, element)])
                joined = False
                continue
            look = self.looks.of_span(style, span)
            for token in _WORDS.findall(span.text):
                if token[0] in " \t\n\r\f":
                    joined = False
                    continue
                atom = Atom(look, token, element, span.href)
                if joined:
                    words[-1].append(atom)
                else:
                    words.append([atom])
                joined = True
        return words

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
        measures = [measure - indent, measure] if indent else [measure]
        justified = base.style.align == "justified"
        if justified:
            row, breaks = self._justify(words, base, measures, sign)
        else:
            row, breaks = self._rag(words, base, measures, sign, balance)
        lines, start, last = [], 0, len(breaks.positions) - 1
        for number, end in enumerate(breaks.positions):
            room = measures[min(number, len(measures) - 1)]
            ends = number == last or row.forced(end)
            stretched = justified and (not ends or breaks.ratios[number] < 0)
            shift = indent if number == 0 else 0.0
            lines.append(self._line(row, start, end, room, shift, base, stretched, ends))
            start = row.items.after(end)
        return lines

    def _justify(self, words: list[Word], base: Look, measures: list[float], sign: Sign | None) -> "tuple[Row, Breaks]":
        """The first pass that finds breaks: hyphens and wide spaces only where they are needed."""
        row: Row | None = None
        hyphens = None
        for hyphenated, tolerance in TOLERANCES:
            if hyphenated and not base.style.hyphenate and hyphens is not None:
                hyphenated = bool(hyphens)
            if row is None or hyphens != hyphenated:
                row = Row(self._parted(words, hyphenated, measures), sign, True)
                hyphens = hyphenated
            breaks = break_lines(row.items, measures, tolerance)
            if breaks is not None:
                return row, breaks
        assert row is not None
        breaks = break_lines(row.items, measures, INFINITE, background=EMERGENCY * measures[-1])
        assert breaks is not None, "a word wider than its measure was not parted"
        return row, breaks

    def _rag(
        self, words: list[Word], base: Look, measures: list[float], sign: Sign | None, balance: bool
    ) -> "tuple[Row, Breaks]":
        """Breaks of text whose spaces keep their width: lines of like length, no lone last word."""
        measure = measures[-1]
        row = Row(self._parted(words, base.style.hyphenate, measures), sign, False, RAGGED_LAST * measure)
        breaks = break_lines(row.items, measures, INFINITE, background=RAGGED * measure)
        assert breaks is not None, "a word wider than its measure was not parted"
        if balance and len(breaks.positions) > 1:
            return row, self._balanced(row, measure, breaks)
        return row, breaks

    def _balanced(self, row: "Row", measure: float, breaks: Breaks) -> Breaks:
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

    def _parted(self, words: list[Word], hyphenated: bool, measures: list[float]) -> list[Word]:
        """Words with the places where they may be broken: `hyphenated` says whether for looks or in need only."""
        parted = []
        narrow = min(measures)
        for number, word in enumerate(words):
            atoms: Word = []
            at_end = number == len(words) - 1  # a paragraph does not end with a part of a word
            for atom in word:
                if hyphenated and not at_end:
                    atoms += self._part(atom)
                elif atom.look.width(atom.look.shaper.shape(atom.text)) > narrow:
                    atoms += self._part(atom)
                else:
                    atoms.append(atom)
            parted.append([bit for atom in atoms for bit in _letters_if_wide(atom, narrow)])
        return parted

    def _part(self, atom: Atom) -> Word:
        """One atom at its sensible places: addresses, dashes and hyphens, then syllables."""
        text = atom.text
        if len(text) < 4 or text == BREAK or _HANDLE.match(text):
            return [atom]
        if _ADDRESS.match(text):
            return _split(atom, [m.start() for m in _ADDRESS_BREAKS.finditer(text)], "|", ADDRESS)
        if SOFT_HYPHEN in text:
            return _split(atom, [m.end() for m in re.finditer(SOFT_HYPHEN, text)], "-", HYPHEN)
        parts = [atom]
        if not text.isalpha():
            parts = _split(atom, [m.start() for m in _AFTER_DASH.finditer(text)], "|", HARD_HYPHEN)
        if atom.look.hyphenate:
            parts = [bit for part in parts for bit in self._syllables(part)]
        return parts

    def _syllables(self, atom: Atom) -> Word:
        """The parts of an atom at the points that the language's patterns give for each word of letters."""
        points = [m.start() + p for m in _LETTERS.finditer(atom.text) for p in self.hyphenator.points(m.group())]
        return _split(atom, points, "-", HYPHEN)

    def _line(
        self, row: "Row", start: int, end: int, measure: float, shift: float, base: Look, stretched: bool, ends: bool
    ) -> SetLine:
        """The marks of the items from `start` to the break at `end`."""
        pieces = row.pieces(start, end)
        natural = sum(width for _, _, width in pieces)
        spaces = sum(1 for atom, piece, _ in pieces if piece is not None and piece.is_space)
        gap = (measure - natural) / spaces if stretched and spaces else 0.0
        tracking = 0.0
        if natural > measure and not (spaces and stretched):
            tracking = (measure - natural) / max(1, sum(len(p.glyphs) for _, p, _ in pieces if p is not None))
        x = shift + {"right": measure - natural, "centre": (measure - natural) / 2}.get(base.style.align, 0.0)
        last = pieces[-1][0] if pieces else None
        if isinstance(last, Atom) and not ends and not row.broken_inside(end):
            # A real space at the line's end, for readers of the text; links and gaps end before it.
            space = Atom(last.look, " ", last.element)
            pieces.append((space, last.look.shaper.shape(" "), 0.0))
        marks = _marks(pieces, x, gap, tracking, self.link_rule)
        return SetLine(marks, natural)


Piece = tuple[Atom | Sign, Shaped | None, float]
"""An atom with its glyphs, or a sign with none, and its natural width in points."""


class Row:
    """A paragraph's items for the breaker, and for each item what it sets."""

    def __init__(self, words: list[Word], sign: Sign | None, justified: bool, last: float = FILL) -> None:
        self.items = Items()
        self.atoms: list[Atom | Sign | None] = []
        self._justified = justified
        self._last = last
        forced = True
        for number, word in enumerate(words):
            if word[0].text == BREAK:
                self._finish()
                forced = True
                continue
            if not forced:
                self._space(words[number - 1][-1], word[0])
            forced = False
            self._word(word)
        if sign is not None:
            self._add(sign)
            self.items.box(sign.gap + sign.size)
        self._finish()

    def forced(self, position: int) -> bool:
        """Whether the break at `position` is forced."""
        return self.items.penalties.get(position, (0.0, 0.0))[1] <= -INFINITE

    def broken_inside(self, position: int) -> bool:
        """Whether the break at `position` parts a word."""
        return position in self.items.penalties

    def _add(self, atom: Atom | Sign | None) -> None:
        self.atoms.append(atom)

    def _finish(self) -> None:
        self.items.finish(self._last)
        self.atoms += [None, None, None]

    def _space(self, before: Atom, after: Atom) -> None:
        look = before.look
        stretch, shrink = (look.space * STRETCH, look.space * SHRINK) if self._justified else (0.0, 0.0)
        self.items.glue(look.space, stretch, shrink)
        self._add(Atom(look, " ", before.element, before.href if before.href == after.href else ""))

    def _word(self, word: Word) -> None:
        """Boxes for the parts of a word; widths are differences, so that the whole is as wide as when unbroken."""
        before, prefix = 0.0, ""
        for number, atom in enumerate(word):
            look, shape = atom.look, atom.look.shaper.shape
            if NO_BREAK_SPACE in atom.text:
                self._tied(atom)
                before, prefix = 0.0, ""
                continue
            if atom.loose or not atom.ends:
                joins = bool(prefix) and not atom.loose
                width = look.width(shape(prefix + atom.text)) - before if joins else look.width(shape(atom.text))
                before, prefix = 0.0, ""
                self.items.box(width)
                self._add(atom)
            else:
                prefix += atom.text
                total = look.width(shape(prefix))
                self.items.box(total - before)
                self._add(atom)
                before = total
            if atom.ends and number + 1 < len(word):
                hyphen = look.width(look.shaper.hyphenated(prefix)) - before if atom.ends == "-" else 0.0
                flagged = atom.ends == "-" or atom.text[-1] in "-\u2010"
                self.items.penalty(hyphen, atom.penalty, flagged=flagged)
                self._add(None)

    def _tied(self, atom: Atom) -> None:
        """Words joined by spaces that do not break but give like any other."""
        for number, text in enumerate(atom.text.split(NO_BREAK_SPACE)):
            if number:
                self.items.penalty(0, INFINITE)
                self._add(None)
                space = atom.look.space
                give = (space * STRETCH, space * SHRINK) if self._justified else (0.0, 0.0)
                self.items.glue(space, *give)
                self._add(_replace(atom, text=NO_BREAK_SPACE))
            if text:
                self.items.box(atom.look.width(atom.look.shaper.shape(text)))
                self._add(_replace(atom, text=text))

    def pieces(self, start: int, end: int) -> list[Piece]:
        """What stands between two breaks, with the parts of unbroken words joined and shaped as one."""
        found: list[Piece] = []
        text = ""
        whole: Atom | None = None
        for index in range(start, end):
            atom = self.atoms[index]
            if atom is None:
                continue
            if isinstance(atom, Sign):
                found.append((atom, None, atom.gap + atom.size))
                continue
            if atom.loose and whole is not None:
                found.append(_piece(whole, text))
                text, whole = "", None
            text, whole = text + atom.text, atom
            if atom.loose or not atom.ends:
                found.append(_piece(whole, text))
                text, whole = "", None
        if whole is not None:
            found.append(_piece(whole, text, hyphened=whole.ends == "-" and end in self.items.penalties))
        return found


def _piece(atom: Atom, text: str, hyphened: bool = False) -> Piece:
    shaper = atom.look.shaper
    shaped = shaper.hyphenated(text.rstrip(SOFT_HYPHEN)) if hyphened else shaper.shape(text)
    return atom, shaped, atom.look.width(shaped)


def _split(atom: Atom, points: Sequence[int], ends: str, penalty: float) -> Word:
    """An atom cut at indexes of its text; the last part keeps what may follow the whole."""
    if not points:
        return [atom]
    cuts = [0, *[p for p in points if 0 < p < len(atom.text)], len(atom.text)]
    texts = [atom.text[a:b] for a, b in pairwise(cuts) if b > a]
    parts = [Atom(atom.look, text, atom.element, atom.href, ends, penalty) for text in texts[:-1]]
    return [*parts, Atom(atom.look, texts[-1], atom.element, atom.href, atom.ends, atom.penalty)]


def _letters_if_wide(atom: Atom, measure: float) -> Word:
    """An atom that no line could hold, letter by letter; marks stay with their letters."""
    look = atom.look
    if len(atom.text) < 2 or look.width(look.shaper.shape(atom.text)) <= measure - look.size:
        return [atom]
    letters: list[str] = []
    for character in atom.text:
        if letters and combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    parts = [Atom(look, letter, atom.element, atom.href, "|", LETTER, True) for letter in letters[:-1]]
    return [*parts, Atom(look, letters[-1], atom.element, atom.href, atom.ends, atom.penalty, True)]


def _marks(pieces: list[Piece], x: float, gap: float, tracking: float, link_rule: float) -> tuple[Mark, ...]:
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
        advance = width + tracking * len(shaped.glyphs) + (gap if shaped.is_space else 0.0)
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
    return Run(x, 0.0, look.face, look.size, look.colour, tuple(pieces), atom.element, gap, look.tracking + tracking)


def _link(href: str, left: float, right: float, atom: Atom, text: str, weight: float) -> tuple[Mark, ...]:
    """A live area over linked words, and the fine rule under them."""
    size = atom.look.size
    area = Link(left, -0.25 * size, right - left, size, href, text.replace("\u00ad", ""), atom.element)
    if not atom.look.style.underline:
        return (area,)
    return (area, Rule(left, -0.19 * size, right - left, weight, "brand"))
