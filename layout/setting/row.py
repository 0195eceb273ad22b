"""A paragraph as the row of items that is broken into lines, and what stands between two breaks.

Words are the unit: a word that no line ends inside is one box, and its parts are looked up only where
the breaker wants them. This is where most of the time of setting is spent, so lists are filled directly.
"""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from layout.setting.hyphens import Hyphenator
from layout.setting.linebreak import FILL, INFINITE, Items
from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN
from layout.setting.words import (
    BREAK,
    HYPHEN,
    LAST_HYPHEN,
    LETTER,
    NO_BREAK_SPACE,
    Atom,
    Part,
    Word,
    letters_of,
    parts_of,
)

STRETCH, SHRINK = 1 / 2, 1 / 3
"""How far a word space gives, in shares of itself: at ratio 1 it is half as wide again, at -1 a third narrower."""

SPACE, HYPHENS = " ", "-\u2010"


class Sign(Struct, frozen=True, gc=False):
    """A square of colour that follows the last word: sizes in points."""

    gap: float
    size: float
    colour: str


Piece = tuple[Atom | Sign, Shaped | None, float]
"""An atom with its glyphs, or a sign with none, and its natural width in points."""


class _Cut(NamedTuple):
    """A place inside a word where a line may end: the word, the atom in it, the index in its text."""

    unit: int
    atom: int
    offset: int
    hyphen: bool


class Row:
    """The items of a paragraph, ready for the breaker.

    In a `parted` row words have all the places where they may part, else only those that no line could
    hold. A `desperate` row may part anywhere, tied spaces and joined looks included: the last resort.
    """

    def __init__(
        self,
        words: Sequence[Word],
        measure: float,
        hyphenator: Hyphenator,
        *,
        parted: bool,
        justified: bool,
        desperate: bool = False,
        indent: float = 0.0,
        sign: Sign | None = None,
        last: float = FILL,
    ) -> None:
        self._hyphenator = hyphenator
        self._parted = parted or desperate
        self._desperate = desperate
        self._measure = measure - indent
        self._limit = 0.8 * self._measure
        self._last = last
        self._units: list[Sequence[Atom] | Sign] = []
        self._starts: list[int] = []
        self._gaps: list[Atom | None] = []
        self._cuts: dict[int, _Cut] = {}
        self._loose: dict[tuple[int, int], list[int]] = {}
        self._widths: list[float] = []
        self._boxes: list[bool] = []
        self._breaks: list[int] = []
        self._penalties: dict[int, tuple[float, float]] = {}
        self._flags: set[int] = set()
        self._glue: list[tuple[int, float]] = []
        self._fills: list[int] = []
        if indent:
            # An empty box: the first line begins after it, and all lines have one measure.
            self._box(indent)
        self._fill(words, sign)
        self.items = self._items((STRETCH, SHRINK) if justified else (0.0, 0.0))

    def _items(self, give: tuple[float, float]) -> Items:
        """The lists that were filled as running sums."""
        stretches = [0.0] * len(self._widths)
        shrinks = stretches.copy()
        for index, space in self._glue:
            stretches[index] = space * give[0]
            shrinks[index] = space * give[1]
        for index in self._fills:
            stretches[index] = self._last
        return Items.of(
            self._widths,
            stretches,
            shrinks,
            self._boxes,
            self._breaks,
            self._penalties,
            self._flags,
        )

    def _fill(self, words: Sequence[Word], sign: Sign | None) -> None:
        before: Atom | None = None
        final = len(words) - 1
        for number, word in enumerate(words):
            first = word[0]
            if first.text == BREAK:
                self._finish()
                before = None
                continue
            gap = self._between(before, first) if before is not None else None
            before = word[-1]
            if len(word) > 1 or first.text == NO_BREAK_SPACE:
                self._word(word, gap, number == final)
            else:
                self._single(word, gap, number == final)
        if sign is not None:
            if self._desperate:
                self._penalty(0, LETTER)
            self._unit(sign, None)
            self._box(sign.gap + sign.size)
        self._finish()

    def _between(self, before: Atom, after: Atom) -> Atom:
        """The space between two words: a place to break, but after a real hyphen."""
        if before.text[-1] in HYPHENS and not self._desperate:
            # Readers of the file take a hyphen at a line's end for a soft one.
            self._penalty(0, INFINITE)
        else:
            self._breaks.append(len(self._widths))
        self._glue.append((len(self._widths), before.look.space))
        self._widths.append(before.look.space)
        self._boxes.append(False)
        if before.href and before.href != after.href:
            return Atom(before.look, SPACE, before.element)
        return before

    def _single(self, word: Word, gap: Atom | None, at_end: bool) -> None:
        """A word that is one atom: nearly every word is."""
        atom = word[0]
        self._starts.append(len(self._widths))
        self._units.append(word)
        self._gaps.append(gap)
        width = atom.look.glyphs(atom.text)[1]
        if width > self._limit:
            self._atom(atom, 0, at_end)
            return
        parts = parts_of(atom.look, atom.text, self._hyphenator) if self._parted else ()
        if len(parts) > 1:
            self._parts(parts, at_end)
        else:
            self._widths.append(width)
            self._boxes.append(True)

    def _unit(self, unit: Sequence[Atom] | Sign, gap: Atom | None) -> None:
        self._starts.append(len(self._widths))
        self._units.append(unit)
        self._gaps.append(gap)

    def _box(self, width: float) -> None:
        self._widths.append(width)
        self._boxes.append(True)

    def _space(self, atom: Atom) -> None:
        self._glue.append((len(self._widths), atom.look.space))
        self._widths.append(atom.look.space)
        self._boxes.append(False)

    def _penalty(self, width: float, penalty: float, flagged: bool = False) -> int:
        index = len(self._widths)
        if penalty < INFINITE:
            self._breaks.append(index)
        if flagged:
            self._flags.add(index)
        self._penalties[index] = (width, penalty)
        self._widths.append(0.0)
        self._boxes.append(False)
        return index

    def _finish(self) -> None:
        """No break before the last glue, which fills its line; then a forced one."""
        self._penalty(0, INFINITE)
        self._fills.append(len(self._widths))
        self._widths.append(0.0)
        self._boxes.append(False)
        self._penalty(0, -INFINITE)

    def _word(self, word: Word, gap: Atom | None, at_end: bool) -> None:
        """A word of several atoms or with places to part; tied spaces make several units of it."""
        atoms: list[Atom] = []
        self._unit(atoms, gap)
        if gap is None and word[0].text == NO_BREAK_SPACE:
            self._box(0.0)  # a tied space that begins a line stands in it
        for atom in word:
            if atom.text == NO_BREAK_SPACE:
                if self._desperate:
                    self._breaks.append(len(self._widths))
                else:
                    self._penalty(0, INFINITE)
                self._space(atom)
                atoms = []
                self._unit(atoms, atom)
                continue
            if atoms and self._desperate:
                self._cut(len(atoms), 0, self._penalty(0, LETTER), False)
            self._atom(atom, len(atoms), at_end)
            atoms.append(atom)

    def _cut(self, atom: int, index: int, item: int, hyphen: bool) -> None:
        self._cuts[item] = _Cut(len(self._units) - 1, atom, index, hyphen)

    def _atom(self, atom: Atom, place: int, at_end: bool) -> None:
        """The boxes of one atom, and penalties where it may part."""
        look = atom.look
        if not self._parted and look.measure(atom.text) <= self._measure:
            self._box(look.measure(atom.text))
            return
        index = 0
        loose: list[int] = []
        for part in parts_of(look, atom.text, self._hyphenator):
            wide = part.width > self._measure - look.size and len(part.text) > 1
            for bit in letters_of(look, part) if wide else (part,):
                if bit.loose:
                    loose.append(index)
                self._box(bit.width)
                index += len(bit.text)
                if bit.ends:
                    self._cut(place, index, self._part(bit, at_end), bit.ends == "-")
        if loose:
            self._loose[len(self._units) - 1, place] = loose

    def _parts(self, parts: Sequence[Part], at_end: bool) -> None:
        """The boxes of a word that is one atom, and penalties between them: the common case, without detours."""
        widths, boxes = self._widths, self._boxes
        unit, index = len(self._units) - 1, 0
        for text, width, ends, penalty, hyphen, _ in parts:
            widths.append(width)
            boxes.append(True)
            if ends:
                index += len(text)
                item = len(widths)
                self._breaks.append(item)
                hyphened = ends == "-"
                if hyphened or text[-1] in HYPHENS:
                    self._flags.add(item)
                self._penalties[item] = (
                    hyphen,
                    LAST_HYPHEN if at_end and penalty == HYPHEN else penalty,
                )
                self._cuts[item] = _Cut(unit, 0, index, hyphened)
                widths.append(0.0)
                boxes.append(False)

    def _part(self, part: Part, at_end: bool) -> int:
        penalty = LAST_HYPHEN if at_end and part.penalty == HYPHEN else part.penalty
        flagged = part.ends == "-" or part.text[-1] in HYPHENS
        return self._penalty(part.hyphen, penalty, flagged)

    def widest(self) -> float:
        """The most that one line must hold, whatever its measure: a box with a hyphen after it, in points."""
        hyphen = max(width for width, _ in self._penalties.values())
        return max([w for w, box in zip(self._widths, self._boxes, strict=True) if box]) + hyphen

    def forced(self, position: int) -> bool:
        """Whether the break at `position` is forced."""
        return self._penalties.get(position, (0.0, 0.0))[1] <= -INFINITE

    def broken_inside(self, position: int) -> bool:
        """Whether the break at `position` parts a word."""
        return position in self._penalties

    def pieces(self, start: int, end: int) -> list[Piece]:
        """What stands between two breaks, with the parts of unbroken words joined and shaped as one."""
        opened, closed = self._cuts.get(start - 1), self._cuts.get(end)
        first = opened.unit if opened is not None else bisect_left(self._starts, start)
        final = closed.unit if closed is not None else bisect_left(self._starts, end) - 1
        found: list[Piece] = []
        for number in range(first, final + 1):
            unit = self._units[number]
            gap = self._gaps[number] if number > first else None
            if gap is not None:
                text = NO_BREAK_SPACE if gap.text == NO_BREAK_SPACE else SPACE
                found.append((gap, *gap.look.glyphs(text)))
            if isinstance(unit, Sign):
                found.append((unit, None, unit.gap + unit.size))
            elif (
                len(unit) == 1
                and not self._loose
                and (number > first or opened is None)
                and (number < final or closed is None)
            ):
                found.append((unit[0], *unit[0].look.glyphs(unit[0].text)))
            else:
                begin = opened if number == first else None
                stop = closed if number == final else None
                self._partial(unit, number, begin, stop, found)
        while found and found[-1][1] is not None and found[-1][1].is_space:
            found.pop()  # tied spaces vanish at a line's end like all others
        return found

    def _partial(
        self,
        unit: Sequence[Atom],
        number: int,
        begin: _Cut | None,
        stop: _Cut | None,
        found: list[Piece],
    ) -> None:
        """The pieces of a word from one cut to another."""
        for place, atom in enumerate(unit):
            if (begin is not None and place < begin.atom) or (
                stop is not None and place > stop.atom
            ):
                continue
            left = begin.offset if begin is not None and place == begin.atom else 0
            right = stop.offset if stop is not None and place == stop.atom else len(atom.text)
            if right <= left:
                continue
            edges = [
                left,
                *(i for i in self._loose.get((number, place), ()) if left < i < right),
                right,
            ]
            hyphened = stop is not None and stop.hyphen and place == stop.atom
            for a, b in itertools.pairwise(edges):
                text = atom.text[a:b]
                if hyphened and b == right:
                    shaped = atom.look.shaper.hyphenated(text.rstrip(SOFT_HYPHEN))
                    found.append((atom, shaped, atom.look.width(shaped)))
                else:
                    found.append((atom, *atom.look.glyphs(text)))
