"""Spans to lines: words become boxes, spaces glue, and the best breaks become rows of runs.

Every line that comes out is as wide as its measure or narrower; nothing is lost and nothing is added
but soft hyphens where words part.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial

from msgspec.structs import replace

from layout.house.brand import Justification
from layout.manuscript.text import Span
from layout.setting.galley import Tree
from layout.setting.hyphens import Hyphenator
from layout.setting.items import FILL, INFINITE
from layout.setting.linebreak import Breaks, Demerits, all_lengths, break_lines, one_line
from layout.setting.lines import Paragraph, lines_of
from layout.setting.looks import EASTERN, JOINED, Look, Looks
from layout.setting.marks import LAYOUT
from layout.setting.pieces import Sign
from layout.setting.row import Parting, Row
from layout.setting.settings import WHOLE, Memo, Notch, SetLine, Setting
from layout.setting.words import ADDRESS, Word, words_of

LATIN = {""}
"""The scripts of text that is set in its own faces alone."""

LAST_PASSES = (
    (Parting.LAST_TOO, 2.2),
    (Parting.LAST_TOO, 3.0),
    (Parting.HYPHENS, 2.2),
    (Parting.LAST_TOO, 4.0),
)
"""Passes in which the last word of a paragraph may part as well: where words may, how far lines may be stretched."""

PLAIN = 1.3
"""How far the lines of the first pass, which has no hyphens, may be stretched: where spaces begin to show."""

VARIED = 1.8
"""The same of settings that are looked for because a column does not end where it should."""

ALONE = 0.33
"""A last line of ragged text shorter than this, in measures, is a word alone under a full line."""

NARROWINGS = 12
"""So many times a question's measure is made narrower to give its last word company."""

NARROWER = (0.92, 0.84, 0.76, 0.68)
"""Measures in which ragged text is tried for one line more."""

LONGER = 60_000.0
"""What that line costs, in demerits."""

TOLERANCES = ((2.2, 1.0), (2.2, 1.6))
"""Passes with hyphens, each only when the last failed: how far lines may be stretched, and how far shrunk."""

GREY = Demerits(
    line=10.0,
    consecutive_hyphens=150_000.0,
    fitness_gap=10_000.0,
    last_hyphen=0.0,
    exponent=1.5,
    white=60.0,
    river=9_000.0,
    stack=40000.0,
    runt=20_000.0,
    apart=True,
)
"""What spoils the even grey of justified text: ladders, neighbours of unlike colour, rivers, a word under itself."""

LEAST = 4.0
"""A last line shorter than this, in ems, looks lost over the indent that follows."""

EMERGENCY = 0.06
"""Stretch added to every line of the last pass, in measures: bad lines are told from worse ones."""

RAGGED = 0.12
"""Stretch at the end of each ragged line, in measures: a line this much short is as bad as ratio 1."""

RAGGED_TOLERANCE = 4.0
"""Lines so ragged that they are half empty are tried only where no others can be had."""

RAGGED_LAST = 0.35
"""The same for the last line of ragged text, which may well be short, but not a lone word."""


class Setter:
    """Sets the paragraphs of one interview: its looks, its hyphens, the brand's rule under links.

    A `memo` keeps the settings of paragraphs for an interview that is set again, with another leading say.
    In the reading order, the `tree`, links and words in another language become elements of their own.
    """

    def __init__(
        self,
        looks: Looks,
        hyphenator: Callable[[str], Hyphenator],
        memo: Memo | None = None,
        tree: Tree | None = None,
    ) -> None:
        self.looks = looks
        self._memo = memo
        self._tree = tree
        self.link_rule = looks.brand.rules.link
        self._hyphenator = hyphenator

    @cached_property
    def hyphenator(self) -> Hyphenator:
        """The patterns of the language, opened when the first paragraph needs them."""
        return self._hyphenator(self.looks.language)

    def sized(self, style: str, size: float) -> "Setter":
        """The same setter with one style in another size, in points."""
        return Setter(self.looks.sized(style, size), self._hyphenator, None, self._tree)

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

    def width(self, text: str, style: str) -> float:
        """How wide a text is in a style on one line, in points."""
        look = self.looks.look(style)
        if look.face.sets(text):
            return look.width(look.shaper.shape(text))
        return self.set_spans([Span(text)], style, FILL, LAYOUT)[0].width

    def words(
        self, spans: Iterable[Span], style: str, element: int, part: bool = False
    ) -> list[Word]:
        """Characters as words in the looks of a style: a paragraph, or `part` of one."""
        spans = tuple(spans)
        if self._tree is not None and element >= 0 and not self._are_plain(spans, style):
            from layout.setting.spoken import spoken

            spans = spoken(spans, self.looks.language)
        if (
            self._tree is None
            or element < 0
            or not any(span.href or span.language for span in spans)
        ):
            return words_of(spans, style, element, self.looks, None, part)
        elements = self._tree.inside(spans, element)
        return words_of(spans, style, element, self.looks, elements, part)

    def _are_plain(self, spans: Sequence[Span], style: str) -> bool:
        """Whether all characters are in the text's own faces, and so in no script beside it."""
        of_span = self.looks.of_span
        return all(it.text.isascii() or of_span(style, it).face.sets(it.text) for it in spans)

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
        text = Paragraph(words, base, measure, indent, sign)
        if text.justified:
            row, (breaks, *_) = self._justify(text, counted=False)
        else:
            row, breaks = self._rag(text, balance)
        return lines_of(text, row, breaks, self.looks.rtl, self.link_rule)

    def settings(
        self,
        words: list[Word],
        base: Look,
        measure: float,
        *,
        indent: float = 0.0,
        sign: Sign | None = None,
        notch: Notch = WHOLE,
    ) -> tuple[Setting, ...]:
        """Every good way to set a paragraph, the best first: others have a line more or less."""
        if not words:
            return ()
        text = Paragraph(words, base, measure, indent, sign, notch)
        if self._memo is None:
            return self._settings(text)
        said = tuple(
            [tuple([(a.look.key, a.text, a.element, a.href) for a in word]) for word in words]
        )
        key = (said, base.key, measure, indent, sign, notch)
        if key not in self._memo:
            self._memo[key] = self._settings(text)
        return self._memo[key]

    def _settings(self, text: Paragraph) -> tuple[Setting, ...]:
        """The same, set anew."""
        if not text.justified:
            row, breaks = self._rag(text, False)
            breaks = self._company(text, row, breaks)
            longer = partial(self._longer, text, row, breaks)
            return (self._setting(text, row, breaks, 0.0, longer),)
        row, found = self._justify(text, counted=True)
        best = found[0].demerits
        others = None
        if self._may_vary(row, text.measure, VARIED):
            others = partial(self._others, text, found)
        return tuple([self._setting(text, row, b, b.demerits - best, others) for b in found])

    def _row(self, text: Paragraph, parting: Parting) -> Row:
        """A paragraph of justified text in a row of items."""
        return self._new_row(text, parting, self.looks.brand.justification)

    def _new_row(
        self, text: Paragraph, parting: Parting, give: Justification | None, last: float = FILL
    ) -> Row:
        """A paragraph in a row of the kind that its scripts ask for."""
        kind: type[Row] = Row
        scripts = LATIN
        if not self.looks.alone:
            # A text has a few looks and many words.
            looks = {atom.look for word in text.words for atom in word}
            scripts = {look.script for look in looks}
        if scripts != LATIN:
            if give is not None and not JOINED.isdisjoint(scripts):
                # What would part letters that touch goes to the spaces.
                give = replace(give, tracking=0.0, most_tracking=0.0)
            if not EASTERN.isdisjoint(scripts):
                from layout.setting.squares import row_of

                kind = row_of(text.words, self.looks.language)
        return kind(
            text.words,
            text.measure,
            self.hyphenator,
            parting=parting,
            give=give,
            indent=text.indent,
            sign=text.sign,
            last=last,
        )

    def _others(self, text: Paragraph, known: list[Breaks]) -> list[Setting]:
        """Settings with hyphens and wider spaces, of lengths that are not known yet."""
        row = self._row(text, Parting.INSIDE)
        counts = {len(breaks.positions) for breaks in known}
        found = all_lengths(row.items, text.measures(), VARIED, _grey(text))
        best = known[0].demerits
        return [
            self._setting(text, row, b, max(0.0, b.demerits - best))
            for b in found
            if len(b.positions) not in counts
        ]

    def _company(self, text: Paragraph, row: Row, breaks: Breaks) -> Breaks:
        """Breaks of ragged text in as many lines whose last is no word alone, where a narrower measure gives such."""

        def last(found: Breaks) -> float:
            start = row.items.after(found.positions[-2])
            return row.items.widths[found.positions[-1]] - row.items.widths[start]

        count, alone = len(breaks.positions), ALONE * text.measure
        if count < 2 or last(breaks) >= alone:
            return breaks
        for step in range(1, NARROWINGS + 1):
            tried = _ragged(text, row, 1 - 0.04 * step)
            if tried is None or len(tried.positions) > count:
                break
            if len(tried.positions) == count and last(tried) >= alone:
                return tried
        return breaks

    def _longer(self, text: Paragraph, row: Row, breaks: Breaks) -> list[Setting]:
        """Ragged text in one line more, its lines of nearly equal length."""
        count = len(breaks.positions)
        for share in NARROWER:
            tried = _ragged(text, row, share)
            if tried is not None and len(tried.positions) == count + 1:
                return [self._setting(text, row, tried, LONGER)]
        return []

    def _setting(
        self,
        text: Paragraph,
        row: Row,
        breaks: Breaks,
        cost: float,
        others: Callable[[], list[Setting]] | None = None,
    ) -> Setting:
        flags = row.items.flags
        hyphens = frozenset([n for n, end in enumerate(breaks.positions) if end in flags])
        make = partial(lines_of, text, row, breaks, self.looks.rtl, self.link_rule)
        return Setting(len(breaks.positions), cost, hyphens, make, others)

    def _justify(self, text: Paragraph, *, counted: bool) -> tuple[Row, list[Breaks]]:
        """The breaks of the first pass that finds any, the best first; with `counted` also a line more or less.

        Hyphens and wide spaces are had only where they are needed.
        """
        measures, demerits = text.measures(), _grey(text)
        row = self._row(text, Parting.NOWHERE)
        if counted and self._may_vary(row, text.measure, PLAIN):
            found = all_lengths(row.items, measures, PLAIN, demerits, dearest=0.0)
            if found:
                return row, found
        else:
            breaks = break_lines(row.items, measures, PLAIN, demerits, dearest=0.0)
            if breaks is not None:
                return row, [breaks]
        row = self._row(text, Parting.INSIDE)
        best: Breaks | None = None
        for tolerance, tightest in TOLERANCES:
            bound = demerits._replace(tightest=tightest)
            breaks = break_lines(row.items, measures, tolerance, bound)
            if breaks is not None and not _climbs(row, breaks):
                return row, [breaks]
            best = breaks or best
        if best is not None:
            return row, [best]
        # Only now may the last word part, and then a word at its own hyphen: a line of holes is the greater evil.
        bound = demerits._replace(tightest=TOLERANCES[-1][1])
        for parting, tolerance in LAST_PASSES:
            row = self._row(text, parting)
            breaks = break_lines(row.items, measures, tolerance, bound)
            if breaks is not None:
                return row, [breaks]
        emergency = EMERGENCY * text.measure
        row = self._row(text, Parting.HYPHENS)
        breaks = break_lines(row.items, measures, INFINITE, demerits, background=emergency)
        if breaks is not None:
            return row, [breaks]
        row, breaks = self._desperate(text, emergency)
        return row, [breaks]

    def _may_vary(self, row: Row, measure: float, tolerance: float) -> bool:
        """Whether a paragraph may take different numbers of lines: by its whole length, before it is broken."""
        items = row.items
        width, stretch = items.widths[-1], items.stretches[row.last_word]
        fewest = (width - items.shrinks[-1]) / measure
        most = (width + tolerance * stretch) / measure
        return most > 1 and int(most) + 1 > int(fewest) + (fewest > int(fewest))

    def _desperate(self, text: Paragraph, background: float) -> tuple[Row, Breaks]:
        """Lines for words that no others can be found for: nothing is wider than the measure, whatever it costs."""
        row = self._new_row(text, Parting.ANYWHERE, None)
        # A measure that is narrower than a letter has lines too: they are drawn together, as far as that goes.
        least = text.indent + row.widest()
        measures = [max(measure, least) for measure in text.measures()]
        breaks = break_lines(row.items, measures, INFINITE, background=background)
        assert breaks is not None, "a row that may part anywhere has breaks"
        return row, breaks

    def _rag(self, text: Paragraph, balance: bool) -> tuple[Row, Breaks]:
        """Breaks of text whose spaces keep their width: lines of like length, no lone last word."""
        parting = Parting.INSIDE if text.base.hyphenate else Parting.NOWHERE
        row = self._new_row(text, parting, None, RAGGED_LAST * text.measure)
        stretch = RAGGED * text.measure
        breaks = _ragged(text, row, dearest=ADDRESS)
        if breaks is None:
            breaks = break_lines(row.items, text.measures(), INFINITE, background=stretch)
        if breaks is None:
            return self._desperate(text, stretch)
        if balance and len(breaks.positions) > 1:
            return row, self._balanced(row, text.measure, breaks)
        return row, breaks

    def _balanced(self, row: Row, measure: float, breaks: Breaks) -> Breaks:
        """The narrowest measure, to a hundredth, that needs no more lines; a Korean word is not parted for it."""
        low, high = measure / 3, measure
        dearest = ADDRESS if row.squares else INFINITE
        while high - low > measure / 100:
            middle = (low + high) / 2
            stretch = RAGGED * middle
            tried = break_lines(row.items, [middle], INFINITE, background=stretch, dearest=dearest)
            if tried is not None and len(tried.positions) <= len(breaks.positions):
                high, breaks = middle, tried
            else:
                low = middle
        return breaks


def _grey(text: Paragraph) -> Demerits:
    """What spoils the grey of a paragraph: its last line is no shorter than the next one's indent."""
    return GREY._replace(least=max(LEAST * text.base.size, text.indent))


def _ragged(text: Paragraph, row: Row, share: float = 1.0, dearest: float = 0.0) -> Breaks | None:
    """Breaks of ragged text in a share of its measure."""
    stretch, measures = RAGGED * share * text.measure, text.measures(share)
    if len(measures) == 1:
        found = one_line(row.items, measures[0], RAGGED_TOLERANCE, stretch)
        if found is not None:
            return found
    return break_lines(row.items, measures, RAGGED_TOLERANCE, background=stretch, dearest=dearest)


def _climbs(row: Row, breaks: Breaks) -> bool:
    """Whether three lines in a row end in hyphens: a ladder that a wider search may avoid."""
    flags = [end in row.items.flags for end in breaks.positions]
    return any(a and b and c for a, b, c in zip(flags, flags[1:], flags[2:], strict=False))
