"""A paragraph as the row of items that is broken into lines, with what each item sets."""

from collections.abc import Sequence

from msgspec import Struct

from layout.setting.hyphens import Hyphenator
from layout.setting.linebreak import FILL, INFINITE, Items
from layout.setting.marks import Shaped
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

SPACE = " "


class Sign(Struct, frozen=True, gc=False):
    """A square of colour that follows the last word: sizes in points."""

    gap: float
    size: float
    colour: str


Piece = tuple[Atom | Sign, Shaped | None, float]
"""An atom with its glyphs, or a sign with none, and its natural width in points."""


class Row:
    """The items of a paragraph; `holders` says for each what it sets (None: nothing), `texts` its characters.

    `joins` marks items that are one with the next unless a line ends between them. In a `parted` row words
    have all the places where they may part, else only those that no line could hold.
    A `desperate` row may part anywhere, tied spaces and joined looks included: the last resort.
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
        self.items = Items()
        self.holders: list[Atom | Sign | None] = []
        self.texts: list[str] = []
        self.joins: list[bool] = []
        self._hyphenator = hyphenator
        self._parted = parted or desperate
        self._desperate = desperate
        self._give = (STRETCH, SHRINK) if justified else (0.0, 0.0)
        if indent:
            # An empty box: the first line begins after it, and all lines have one measure.
            self.items.box(indent)
            self._nothing()
        self._measure = measure - indent
        self._fill(words, sign, last)

    def _fill(self, words: Sequence[Word], sign: Sign | None, last: float) -> None:
        items, measure, parted = self.items, self._measure, self._parted
        holders, texts, joins = self.holders, self.texts, self.joins
        stretch, shrink = self._give
        before: Atom | None = None
        final = len(words) - 1
        for number, word in enumerate(words):
            atom = word[0]
            if atom.text == BREAK:
                self._finish(last)
                before = None
                continue
            if before is not None:
                look = before.look
                space = look.space
                items.glue(space, space * stretch, space * shrink)
                href = before.href if before.href == atom.href else ""
                holders.append(
                    before if before.href == href else Atom(look, SPACE, before.element, href)
                )
                texts.append(SPACE)
                joins.append(False)
            for place, atom in enumerate(word):
                if place and self._desperate:
                    items.penalty(0, LETTER)
                    self._nothing()
                if not parted:
                    width = atom.look.measure(atom.text)
                    if width <= measure and atom.text != NO_BREAK_SPACE:
                        items.box(width)
                        holders.append(atom)
                        texts.append(atom.text)
                        joins.append(False)
                        continue
                self._parts(atom, number == final)
            before = word[-1]
        if sign is not None:
            items.box(sign.gap + sign.size)
            holders.append(sign)
            texts.append("")
            joins.append(False)
        self._finish(last)

    def _finish(self, last: float) -> None:
        self.items.finish(last)
        self._nothing(3)

    def _nothing(self, count: int = 1) -> None:
        self.holders += [None] * count
        self.texts += [""] * count
        self.joins += [False] * count

    def _parts(self, atom: Atom, at_end: bool) -> None:
        """The boxes of an atom, and penalties where it may part."""
        if atom.text == NO_BREAK_SPACE:
            self._tie(atom)
            return
        items = self.items
        for part in parts_of(atom.look, atom.text, self._hyphenator):
            wide = part.width > self._measure - atom.look.size and len(part.text) > 1
            for bit in letters_of(atom.look, part) if wide else (part,):
                items.box(bit.width)
                self.holders.append(atom)
                self.texts.append(bit.text)
                self.joins.append(bool(bit.ends) and not bit.loose)
                if bit.ends:
                    self._penalty(bit, at_end)

    def _penalty(self, part: Part, at_end: bool) -> None:
        penalty = LAST_HYPHEN if at_end and part.penalty == HYPHEN else part.penalty
        self.items.penalty(
            part.hyphen, penalty, flagged=part.ends == "-" or part.text[-1] in "-\u2010"
        )
        self._nothing()

    def _tie(self, atom: Atom) -> None:
        """A space that does not break but gives like any other."""
        if not self._desperate:
            self.items.penalty(0, INFINITE)
            self._nothing()
        space = atom.look.space
        self.items.glue(space, space * self._give[0], space * self._give[1])
        self.holders.append(atom)
        self.texts.append(NO_BREAK_SPACE)
        self.joins.append(False)

    def forced(self, position: int) -> bool:
        """Whether the break at `position` is forced."""
        return self.items.penalties.get(position, (0.0, 0.0))[1] <= -INFINITE

    def broken_inside(self, position: int) -> bool:
        """Whether the break at `position` parts a word."""
        return position in self.items.penalties

    def pieces(self, start: int, end: int) -> list[Piece]:
        """What stands between two breaks, with the parts of unbroken words joined and shaped as one."""
        found: list[Piece] = []
        holders, texts, joins = self.holders, self.texts, self.joins
        text = ""
        whole: Atom | None = None
        for index in range(start, end):
            atom = holders[index]
            if atom is None:
                continue
            if isinstance(atom, Sign):
                found.append((atom, None, atom.gap + atom.size))
                continue
            if whole is not None and whole is not atom:
                found.append(_piece(whole, text))
                text = ""
            text += texts[index]
            whole = atom
            if not joins[index]:
                found.append(_piece(whole, text))
                text, whole = "", None
        if whole is not None:
            hyphened = end in self.items.penalties and self.items.penalties[end][0] > 0
            if hyphened:
                shaped = whole.look.shaper.hyphenated(text.rstrip("\u00ad"))
                found.append((whole, shaped, whole.look.width(shaped)))
            else:
                found.append(_piece(whole, text))
        return found


def _piece(atom: Atom, text: str) -> Piece:
    look = atom.look
    shaped = look.shaper.shape(text)
    return atom, shaped, look.measure(text)
