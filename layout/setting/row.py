"""A paragraph as the row of items that is broken into lines, and what stands between two breaks.

Words are the unit: a word that no line ends inside is one box, and its parts are looked up only where
the breaker wants them. This is where most of the time of setting is spent, so lists are filled directly.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import IntEnum

from layout.house.brand import Justification
from layout.setting.hyphens import Hyphenator
from layout.setting.items import FILL, INFINITE, Items
from layout.setting.language import names_are_capitalised
from layout.setting.looks import Look
from layout.setting.pieces import Cut, Piece, Sign, parted
from layout.setting.words import (
    BREAK,
    LETTER,
    NAME,
    NO_BREAK_SPACE,
    SPACE,
    TIED,
    Atom,
    Part,
    Word,
    letters_of,
    parts_of,
    space_between,
)

HYPHENS = "-\u2010"

RUNT = 4
"""A paragraph's last line has at least so many letters or figures."""

_BARE = re.compile(r"\W+")
_TAIL = re.compile(r"\W+$")
_NAME = re.compile(r"[^\w]*[^\W\d_a-z]")
_ENDED = re.compile(r"[.?!:\u2026][^\w]*$")


def _letters_to(text: str) -> int:
    """Up to where a text is letters or figures: what stands after them is no part of a word."""
    return len(_TAIL.sub("", text))


def _partly_linked(word: Word, number: int) -> bool:
    """Whether what stands between two tied spaces about an atom is a link only in part."""
    start, end = number, number
    while start and word[start - 1].text not in TIED:
        start -= 1
    while end < len(word) and word[end].text not in TIED:
        end += 1
    return any(atom.href != word[number].href for atom in word[start:end])


class Parting(IntEnum):
    """Where words may part: each way includes those before it."""

    NOWHERE = 0
    """Only where no line could hold a word."""
    INSIDE = 1
    """At dashes, marks of addresses and by the language's patterns; not in a paragraph's last word."""
    LAST_TOO = 2
    """In the last word as well, if enough of it is left for a line."""
    HYPHENS = 3
    """After hyphens that belong to a word: who reads the file takes them for soft ones, or puts a space there."""
    ANYWHERE = 4
    """Tied spaces and joined looks included: the last resort."""


class OuterWords:
    """The words at the ends of lines, bare; '' for a part of one.

    It knows no row: one that led back to itself would wait for the search for cycles, with all its words.
    """

    def __init__(
        self, cuts: Mapping[int, Cut], starts: Sequence[int], units: Sequence[Sequence[Atom] | Sign]
    ) -> None:
        self._cuts, self._starts, self._units = cuts, starts, units
        self._bare: dict[str, str] = {}
        """Words without marks and in small letters, as they are compared: each is asked for by several lines."""

    def __call__(self, item: int, first: bool) -> str:
        """The word at an item: the `first` of a line that begins there, or the last of one that ends there."""
        if (item - 1 if first else item) in self._cuts:
            return ""
        number = bisect_left(self._starts, item) - (0 if first else 1)
        unit = self._units[number] if 0 <= number < len(self._units) else ()
        if isinstance(unit, Sign) or not unit:
            return ""
        text = unit[0].text if len(unit) == 1 else "".join([atom.text for atom in unit])
        bare = self._bare.get(text)
        if bare is None:
            bare = self._bare[text] = _BARE.sub("", text).casefold()
        return bare


class Row:
    """The items of a paragraph, ready for the breaker; `parting` says where words may part."""

    squares = False
    """Whether its lines are filled by East Asian rules."""

    def __init__(
        self,
        words: Sequence[Word],
        measure: float,
        hyphenator: Hyphenator,
        *,
        parting: Parting,
        give: Justification | None,
        indent: float = 0.0,
        sign: Sign | None = None,
        last: float = FILL,
    ) -> None:
        self._hyphenator = hyphenator
        self._parting = parting
        self._parted = parting > Parting.NOWHERE
        self._desperate = parting == Parting.ANYWHERE
        self._measure = measure - indent
        self._limit = 0.8 * self._measure
        self._last = last
        self._units: list[Sequence[Atom] | Sign] = []
        self._starts: list[int] = []
        self._gaps: list[Atom | None] = []
        self._cuts: dict[int, Cut] = {}
        self._loose: dict[int, dict[int, list[int]]] = {}
        self.give = give
        self.last_word = 0
        self.turned = bool(words) and words[0][0].level > 0
        """Whether something in it is not simply set from the left."""
        self._beside: tuple[Atom, Atom] | None = None
        """The first atom of the present word, and the last of the one before it."""
        self._widths: list[float] = []
        self._stretches: list[float] = []
        self._boxes: list[bool] = []
        self._breaks: list[int] = []
        self._penalties: dict[int, tuple[float, float]] = {}
        self._flags: set[int] = set()
        self._glue: list[int] = []
        self._fills: list[int] = []
        self._lefts: dict[int, float] = {}
        self._rights: dict[int, float] = {}
        self._expansion = give.expansion if give is not None else 0.0
        self._tracking = give.tracking if give is not None else 0.0
        if indent:
            # An empty box: the first line begins after it, and all lines have one measure.
            self._box(indent)
        self._fill(words, sign)
        self.items = self._items()

    def _items(self) -> Items:
        """The lists that were filled as running sums; letters give alike either way, spaces as the brand says."""
        stretches = self._stretches
        shrinks = stretches.copy()
        limits: list[float] = []
        give = self.give
        if give is not None:
            widths, limits = self._widths, stretches.copy()
            loose, tight, most = give.loose - 1, 1 - give.tight, 1 - give.tightest
            for index in self._glue:
                width = widths[index]
                stretches[index] = width * loose
                shrinks[index] = width * tight
                limits[index] = width * most
            limits = [0.0, *itertools.accumulate(limits)]
        for index in self._fills:
            stretches[index] = self._last
        items = Items.of(
            self._widths,
            stretches,
            shrinks,
            self._boxes,
            self._breaks,
            self._penalties,
            self._flags,
        )
        if give is not None:
            items.starts, items.ends, items.spaces = self._lefts, self._rights, self._glue
            items.words, items.limits = OuterWords(self._cuts, self._starts, self._units), limits
        return items

    def left(self, item: int) -> float:
        """What of a line that begins with `item` hangs over its left end, in points."""
        return self._lefts.get(item, 0.0)

    def right(self, position: int) -> float:
        """What of a line that ends at a break hangs over its right end, in points."""
        return self._rights.get(position, 0.0)

    def _fill(self, words: Sequence[Word], sign: Sign | None) -> None:
        before: Atom | None = None
        final = len(words) - 1
        runt = self._runt(words)
        if words and self.give is not None and words[0][0].text != BREAK:
            first = words[0][0]
            self._lefts[0] = first.look.hang(first.text[0])[0]
        for number, word in enumerate(words):
            first = word[0]
            if first.text == BREAK:
                self._finish()
                before = None
                continue
            gap = None
            if before is not None:
                if first.tight:
                    self._joint(before, first, number < runt)
                else:
                    gap = self._between(before, first, number < runt)
                self._beside = first, before
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

    def _runt(self, words: Sequence[Word]) -> int:
        """The number of the first word that may not begin the last line: too little would stand in it."""
        letters = 0
        for number in range(len(words) - 1, 0, -1):
            letters += sum([len(_BARE.sub("", atom.text)) for atom in words[number]])
            if letters >= RUNT or words[number][0].text == BREAK or self._desperate:
                return number + 1
        return 1

    def _between(self, before: Atom, after: Atom, breaks: bool) -> Atom:
        """The space between two words: a place to break, but after a real hyphen."""
        space: Atom | None = None
        if not breaks or (before.text[-1] in HYPHENS and not self._desperate):
            # Readers of the file take a hyphen at a line's end for a soft one.
            self._penalty(0, INFINITE)
        else:
            index = len(self._widths)
            self._breaks.append(index)
            if self.give is not None:
                look = before.look
                hang = look.hangs.get(before.text[-1]) or look.hang(before.text[-1])
                if hang[1]:
                    self._rights[index] = hang[1]
                look = after.look
                hang = look.hangs.get(after.text[0]) or look.hang(after.text[0])
                if hang[0]:
                    self._lefts[index + 1] = hang[0]
        if before.level or after.level:
            self.turned = True
        elif before.look is after.look and not before.href and not after.href:
            space = before  # nearly every space is that of the words on both sides
        if space is None:
            space = space_between(before, after)
        self._glue.append(len(self._widths))
        self._widths.append(space.look.space)
        self._stretches.append(0.0)
        self._boxes.append(False)
        return space

    def _joint(self, before: Atom, after: Atom, breaks: bool) -> None:
        """Between two words without a space: a line may end there, and letterspace goes there as between letters."""
        self.turned = self.turned or after.level > 0
        size = before.look.size
        self._stretches[-1] += self._tracking * size
        index = self._penalty(0, 0 if breaks else INFINITE)
        if self.give is not None:
            self._rights[index] = before.look.hang(before.text[-1])[1]
            self._lefts[index + 1] = after.look.hang(after.text[0])[0]

    def _single(self, word: Word, gap: Atom | None, at_end: bool) -> None:
        """A word that is one atom: nearly every word is."""
        atom = word[0]
        self._starts.append(len(self._widths))
        self._units.append(word)
        self._gaps.append(gap)
        look = atom.look
        shaped, width = look.shaped.get(atom.text) or look.glyphs(atom.text)
        if width > self._limit:
            self._atom(atom, 0, at_end)
            return
        parts: Sequence[Part] = ()
        if self._parted:
            parts = look.parts.get(atom.text) or parts_of(look, atom.text, self._hyphenator)
        if len(parts) > 1:
            self._parts(look, parts, at_end)
        else:
            self._widths.append(width)
            self._stretches.append(
                width * self._expansion + (shaped.letters - 1) * self._tracking * look.size
            )
            self._boxes.append(True)

    def _unit(self, unit: Sequence[Atom] | Sign, gap: Atom | None) -> None:
        self._starts.append(len(self._widths))
        self._units.append(unit)
        self._gaps.append(gap)

    def _box(self, width: float, letters: int = 0, size: float = 0.0) -> None:
        """What is set whole; `letters` of `size` give as letters do."""
        self._widths.append(width)
        self._stretches.append(
            width * self._expansion + (letters - 1) * self._tracking * size if letters else 0.0
        )
        self._boxes.append(True)

    def _tie(self, atom: Atom) -> None:
        """A tied space: a word space, or one that is thin and gives as letters do."""
        if not (self._desperate or atom.look.glyphs(atom.text)[0].is_space):
            self._box(atom.look.space, 1, atom.look.size)
            return
        if self._desperate:
            self._breaks.append(len(self._widths))
        else:
            self._penalty(0, INFINITE)
        self._glue.append(len(self._widths))
        self._widths.append(atom.look.space)
        self._stretches.append(0.0)
        self._boxes.append(False)

    def _penalty(self, width: float, penalty: float, flagged: bool = False) -> int:
        index = len(self._widths)
        if penalty < INFINITE:
            self._breaks.append(index)
        if flagged:
            self._flags.add(index)
        self._penalties[index] = (width, penalty)
        self._widths.append(0.0)
        self._stretches.append(0.0)
        self._boxes.append(False)
        return index

    def _finish(self) -> None:
        """No break before the last glue, which fills its line; then a forced one."""
        self.last_word = len(self._widths)
        self._penalty(0, INFINITE)
        self._fills.append(len(self._widths))
        self._widths.append(0.0)
        self._stretches.append(0.0)
        self._boxes.append(False)
        self._penalty(0, -INFINITE)

    def _word(self, word: Word, gap: Atom | None, at_end: bool) -> None:
        """A word of several atoms or with places to part; tied spaces make several units of it."""
        atoms: list[Atom] = []
        # What is partly a link is two texts to who reads the file: no hyphen can be taken out of both.
        linked = not self._desperate and any(atom.href != word[0].href for atom in word)
        self._unit(atoms, gap)
        if gap is None and word[0].text == NO_BREAK_SPACE:
            self._box(0.0)  # a tied space that begins a line stands in it
        for number, atom in enumerate(word):
            if atom.level:
                self.turned = True
            if atom.text in TIED:
                self._tie(atom)
                atoms = []
                self._unit(atoms, atom)
                continue
            if atoms and self._desperate:
                self._cut(len(atoms), 0, self._penalty(0, LETTER), False)
            self._atom(atom, len(atoms), at_end, linked and _partly_linked(word, number))
            atoms.append(atom)

    def _cut(self, atom: int, index: int, item: int, hyphen: bool) -> None:
        self._cuts[item] = Cut(len(self._units) - 1, atom, index, hyphen)

    def _atom(self, atom: Atom, place: int, at_end: bool, mixed: bool = False) -> None:
        """The boxes of one atom, and penalties where it may part; a `mixed` word has no hyphens."""
        look = atom.look
        if not self._parted and look.measure(atom.text) <= self._measure:
            self._box(look.measure(atom.text), len(atom.text), look.size)
            return
        index = 0
        loose: list[int] = []
        for part in parts_of(look, atom.text, self._hyphenator):
            wide = part.width > self._measure - look.size and len(part.text) > 1
            for bit in letters_of(look, part) if wide else (part,):
                if bit.loose:
                    loose.append(index)
                self._box(bit.width, len(bit.text), look.size)
                index += len(bit.text)
                if bit.ends and not (
                    bit.ends == "-"
                    and (mixed or (at_end and self._keeps(_letters_to(atom.text) - index)))
                ):
                    item = self._part(look, bit)
                    self._cut(place, index, item, bit.ends == "-")
        if loose:
            self._loose.setdefault(len(self._units) - 1, {})[place] = loose

    def _parts(self, look: Look, parts: Sequence[Part], at_end: bool) -> None:
        """The boxes of a word that is one atom, and penalties between them: the common case, without detours."""
        unit, index = len(self._units) - 1, 0
        length = _letters_to("".join([part.text for part in parts])) if at_end else 0
        for part in parts:
            self._box(part.width, len(part.text), look.size)
            index += len(part.text)
            if part.ends and not (at_end and part.ends == "-" and self._keeps(length - index)):
                self._cuts[self._part(look, part)] = Cut(unit, 0, index, part.ends == "-")

    def _keeps(self, left: int) -> bool:
        """Whether the last word of a paragraph is not to be hyphenated with so many letters after the hyphen."""
        return self._parting < Parting.LAST_TOO or (not self._desperate and left < RUNT)

    def _is_name(self) -> bool:
        """Whether the present word is a name by its look: capitals that no sentence begins with."""
        if self._beside is None or not self._parted:
            return False
        first, before = self._beside
        return (
            _NAME.match(first.text) is not None
            and not _ENDED.search(before.text)
            and names_are_capitalised(self._hyphenator.tag)
        )

    def _part(self, look: Look, part: Part) -> int:
        """The break after a part of a word: dearer in what is a name by its look."""
        hyphened = part.ends == "-"
        penalty = part.penalty + NAME if hyphened and self._is_name() else part.penalty
        if part.text[-1] in HYPHENS and not hyphened and self._parting < Parting.HYPHENS:
            penalty = INFINITE
        item = self._penalty(part.hyphen, penalty, hyphened or part.text[-1] in HYPHENS)
        if self.give is not None:
            self._rights[item] = look.hang(look.shaper.hyphen if hyphened else part.text[-1])[1]
        return item

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
                found.append((gap, *(gap.look.shaped.get(text) or gap.look.glyphs(text))))
            if isinstance(unit, Sign):
                found.append((unit, None, unit.gap + unit.size))
            elif (
                len(unit) == 1
                and not self._loose
                and (number > first or opened is None)
                and (number < final or closed is None)
            ):
                atom = unit[0]
                look, text = atom.look, atom.text
                found.append((atom, *(look.shaped.get(text) or look.glyphs(text))))
            else:
                begin = opened if number == first else None
                stop = closed if number == final else None
                found += parted(unit, begin, stop, self._loose.get(number, {}))
        while found and found[-1][1] is not None and found[-1][1].is_space:
            found.pop()  # tied spaces vanish at a line's end like all others
        return found
