"""Rows and lines of East Asian text: a line may end between most characters, and takes up what it lacks there.

A break between two characters is a penalty with a gap after it, which goes where a line ends: so do the gap beside
Latin letters and what two signs close up by. Blanks of signs at a line's ends hang over them (`EasternLook.hang`).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from layout.setting.eastern import (
    KEEP,
    SQUARE,
    Gap,
    gap_between,
    is_inside_word,
    joined,
    set_off,
    spread_of,
)
from layout.setting.fit import AS_IT_IS, Fit, SquareFit
from layout.setting.items import INFINITE, Items
from layout.setting.language import primary
from layout.setting.looks import EASTERN
from layout.setting.pieces import Piece, Sign
from layout.setting.row import Row
from layout.setting.words import Atom, Word

LOOSER, TIGHTER = 0.5, 0.3
"""What a word space gives and takes at full stretch, in shares of its width (JLREQ 3.8.2: a third of an em may be
half of one, or a quarter)."""


def row_of(words: Sequence[Word], language: str) -> type[Row]:
    """The kind of row of a paragraph with East Asian text: its own in such a language, or if half of it is such."""
    if primary(language) in SQUARE:
        return EasternRow
    eastern = others = 0
    for word in words:
        for atom in word:
            if atom.look.script in EASTERN:
                eastern += len(atom.text)
            else:
                others += len(atom.text)
    return EasternRow if eastern >= others else Row


class EasternRow(Row):
    """The items of a paragraph of East Asian text; its Latin words are as wide as they are."""

    squares = True

    def _fill(self, words: Sequence[Word], sign: Sign | None) -> None:
        self._takes: dict[int, float] = {}
        self._tracking = self._expansion = 0.0
        super()._fill(words, sign)
        if words and words[0][0].look.script in EASTERN:
            self._lefts[0] = words[0][0].look.hang(words[0][0].text[0])[0]

    def _items(self) -> Items:
        items = super()._items()
        if self.give is not None:
            takes = [0.0] * len(self._widths)
            for index, take in self._takes.items():
                takes[index] = take
            stretches = self._stretches.copy()
            for index in self._glue:
                stretches[index] = self._widths[index] * LOOSER
                takes[index] = self._widths[index] * TIGHTER
            for index in self._fills:
                stretches[index] = self._last
            items.stretches = [0.0, *accumulate(stretches)]
            items.shrinks = items.limits = [0.0, *accumulate(takes)]
        return items

    def _joint(self, before: Atom, after: Atom, breaks: bool) -> None:
        """Between two words without a space; between the syllables of a Korean word only where it must be."""
        self.turned = self.turned or after.level > 0
        penalty = KEEP if is_inside_word(before, after) else 0.0
        index = self._penalty(0, penalty if breaks else INFINITE)
        self._gap(gap_between(before, after))
        self._rights[index] = before.look.hang(before.text[-1])[1]
        self._lefts[len(self._widths)] = after.look.hang(after.text[0])[0]

    def _gap(self, gap: Gap) -> None:
        """What goes where a line ends."""
        if gap.shrink:
            self._takes[len(self._widths)] = gap.shrink
        self._widths.append(gap.width)
        self._stretches.append(gap.stretch)
        self._boxes.append(False)

    def _single(self, word: Word, gap: Atom | None, at_end: bool) -> None:
        self._unit(word, gap)
        self._atom(word[0], 0, at_end)

    def _atom(self, atom: Atom, place: int, at_end: bool, mixed: bool = False) -> None:
        word = self._units[-1]
        if place and not self._desperate and not isinstance(word, Sign):
            # No line ends here: the gap is one with what stands before it.
            gap = gap_between(word[-1], atom)
            self._widths[-1] += gap.width
            self._stretches[-1] += gap.stretch
        look = atom.look
        if look.script not in EASTERN or look.measure(atom.text) > self._measure:
            super()._atom(atom, place, at_end, mixed)
            return
        shaped, width = look.glyphs(atom.text)
        self._widths.append(width)
        self._stretches.append((shaped.letters - 1) * spread_of(look) * look.size)
        self._boxes.append(True)


class _Line(NamedTuple):
    """What a line is made of, in points: its natural width, and what it gives and takes at full stretch."""

    natural: float
    gives: float
    takes: float
    between: float
    """The gaps between its characters, in ems of points: those that letterspace goes into."""


def spread_out(
    pieces: Sequence[Piece], room: float, stretched: bool
) -> tuple[list[Piece], float, Fit | SquareFit, float]:
    """The pieces of a line with the gaps between them, their natural width, how the line fills `room`, and a squeeze.

    A line that is `stretched` is exactly as wide as `room`, whatever it lacks: word spaces, gaps and the space between
    characters take it up, each its share. One that is not is drawn together only if it is too long.
    """
    gaps = [_gap_after(before, after) for before, after in pairwise(pieces)]
    gaps += [NOTHING] * bool(pieces)
    spread = max(
        [spread_of(it.look) for it, _, _ in pieces if isinstance(it, Atom) and _is_square(it)],
        default=0.0,
    )
    line = _measured(pieces, gaps, spread)
    lack, squeeze = room - line.natural, 0.0
    if lack >= 0:
        ratio = lack / line.gives if stretched and line.gives else 0.0
        fit = SquareFit(1 + ratio * LOOSER, 1.0, 0.0, ratio * spread)
    else:
        ratio = max(-1.0, lack / line.takes) if line.takes else 0.0
        # What is too long even so is drawn together: by a hair in a good line, by more where no good one is to be had.
        rest = min(0.0, lack - abs(ratio) * -line.takes)
        square = rest / line.between if line.between else 0.0
        fit = SquareFit(1 + ratio * TIGHTER, 1.0, 0.0, square)
        if not line.between:
            squeeze = rest / max(1, sum([it.letters for _, it, _ in pieces if it is not None]))
    whole = ratio == 0 and not fit.square
    return _set_off(pieces, gaps, ratio, fit), line.natural, AS_IT_IS if whole else fit, squeeze


def _measured(pieces: Sequence[Piece], gaps: Sequence[Gap], spread: float) -> _Line:
    natural = sum([width for _, _, width in pieces]) + sum([gap.width for gap in gaps])
    between, spaces, last = 0.0, 0.0, 0.0
    for atom, shaped, width in pieces:
        if shaped is None or not isinstance(atom, Atom):
            continue
        last = 0.0
        if shaped.is_space:
            spaces += width
            between -= atom.look.size if _is_square(atom) else 0.0
        elif _is_square(atom):
            between += shaped.letters * atom.look.size
            last = atom.look.size
    between -= last
    gives = spaces * LOOSER + between * spread
    gives += sum([_beyond(gap, it, spread) for gap, it in zip(gaps, pieces, strict=True)])
    takes = spaces * TIGHTER + sum([gap.shrink for gap in gaps])
    return _Line(natural, gives, takes, between)


def _beyond(gap: Gap, before: Piece, spread: float) -> float:
    """What a gap gives beyond the letterspace that follows the character before it anyway."""
    atom = before[0]
    own = spread * atom.look.size if isinstance(atom, Atom) and _is_square(atom) else 0.0
    return max(0.0, gap.stretch - own)


def _set_off(
    pieces: Sequence[Piece], gaps: Sequence[Gap], ratio: float, fit: SquareFit
) -> list[Piece]:
    """The pieces with the gaps after them; those that are closed up are one piece."""
    spread = fit.square / ratio if ratio > 0 else 0.0
    found: list[Piece] = []
    closed = False
    for piece, gap in zip(pieces, gaps, strict=True):
        atom, shaped, width = piece
        wide = gap.width + ratio * (_beyond(gap, piece, spread) if ratio > 0 else gap.shrink)
        if shaped is not None and isinstance(atom, Atom):
            if wide:
                shaped = set_off(shaped, wide / (atom.look.unit * atom.look.wide))
                width += wide
            before = found[-1][1] if closed else None
            if before is not None:
                atom, _, first = found.pop()
                shaped, width = joined(before, shaped), first + width
        found.append((atom, shaped, width))
        closed = gap.width < 0
    return found


def _is_square(atom: Atom) -> bool:
    return atom.look.script in EASTERN


NOTHING = Gap(0.0, 0.0, 0.0)


def _gap_after(before: Piece, after: Piece) -> Gap:
    """What stands between two pieces: nothing beside a space or a sign."""
    first, second = before[1], after[1]
    if first is None or second is None or first.is_space or second.is_space:
        return NOTHING
    one, other = before[0], after[0]
    if isinstance(one, Sign) or isinstance(other, Sign):
        return NOTHING
    if one is other:  # parted because no line could hold it
        return NOTHING
    return gap_between(one, other)
