"""What stands on a page besides the text: masthead, running head, rules, disclaimer, folio."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from layout.ground.problems import Place, refuse
from layout.ground.units import MM
from layout.house.brand import Brand
from layout.house.labels import Labels
from layout.manuscript.text import Span
from layout.setting.front import FOLIO_WIDTH
from layout.setting.galley import Galley, shifted, stack
from layout.setting.looks import TypeCase
from layout.setting.marks import FOLIO, FOOTER, HEADER, LAYOUT, Image, Link, Mark, Rule
from layout.setting.paragraph import Setter
from layout.setting.settings import SetLine
from layout.setting.words import words_of

BESIDE = 15 * MM
"""The least that a masthead leaves for the words beside it."""

MAST_LINES = 1
"""The masthead's baseline is that of this line of the grid, counted from 0."""

UNDER_MAST = 0.3
"""From the masthead's baseline to the rule under it, in sizes of its type: room for a descender."""


INNER_AIR = 2
"""Grid lines between the running head and the kicker of an article inside an issue."""

FOOT_DROP = 1.15
"""From the rule at the foot to the first baseline under it, in leadings of the disclaimer."""


class Banner(Struct, frozen=True):
    """What the masthead and the running heads say: the publication, its line, and the date or number.

    Inside an issue an article opens under a running head: the masthead stands once, at the issue's head. Where it
    is `dated`, the date or number is in every running head. It is `turned` where the article is written the other way
    than the issue, which is bound at the issue's side.
    """

    publication: str
    tagline: str = ""
    dateline: str = ""
    inside: bool = False
    dated: bool = False
    turned: bool = False


class Furniture:
    """Sets and places the furniture of one interview's pages."""

    def __init__(
        self, galley: Galley, case: TypeCase, setter: Setter, banner: Banner, file: str = ""
    ) -> None:
        self.file = file
        self.brand: Brand = case.brand
        self.case = case
        self.galley = galley
        self.setter = setter
        self.banner = banner
        self.labels = Labels(case.brand, galley.language)
        self.leading = case.brand.grid.leading
        self.top = case.brand.height - case.brand.margins.head * MM

    def side(self, recto: bool) -> bool:
        """Whether a page is laid out as one whose lines begin at the binding: all that follows is told so."""
        return recto != self.banner.turned

    def left(self, recto: bool) -> float:
        """Where the type area begins: margins are mirrored."""
        margins = self.brand.margins
        return (margins.inner if recto else margins.outer) * MM

    @property
    def mast_depth(self) -> float:
        """From the type area's top to the middle of the rule under the masthead, in points."""
        baseline = (MAST_LINES + self.brand.grid.drop) * self.leading
        return baseline + UNDER_MAST * self.brand.styles["masthead"].size

    @property
    def mast_lines(self) -> int:
        """The grid lines that the masthead and the air under it take."""
        if self.banner.inside:
            return INNER_AIR
        return (
            ceil((self.mast_depth + self.brand.masthead.rule / 2) / self.leading)
            + self.brand.masthead.below
        )

    def opening(self, recto: bool) -> list[Mark]:
        """What stands over the first page."""
        return self.inner_head(recto) if self.banner.inside else self.masthead(recto)

    def inner_head(self, recto: bool) -> list[Mark]:
        """Over an article inside an issue: the publication with its line, and at the other end the number."""
        x, width = self.left(recto), self.brand.type_width
        y = self.top + 0.9 * self.leading
        mast = self.galley.mast
        spans = [(Span(self.banner.publication, strong=True), HEADER)]
        if self.banner.tagline:
            spans += [(Span("\u2003"), HEADER), (Span(self.banner.tagline), mast.tagline)]
        room = width * (0.66 if self.banner.dateline else 1)
        words = words_of(
            [span for span, _ in spans],
            "running_head",
            HEADER,
            self.setter.looks,
            [it for _, it in spans],
        )
        lines = self.setter.set_words(words, self.setter.looks.look("running_head"), room)
        marks, _ = stack(lines, self.brand.styles["running_head"].leading, y, x)
        if self.banner.dateline:
            date = self.setter.set_spans(
                [Span(self.banner.dateline)], "running_head", width, HEADER
            )[0]
            marks += shifted(date.marks, x + width - date.width, y)
        return marks

    def masthead(self, recto: bool) -> list[Mark]:
        """The publication's name or logo at the left, its line and date at the right, a rule under both."""
        x, width = self.left(recto), self.brand.type_width
        baseline = self.top - (MAST_LINES + self.brand.grid.drop) * self.leading
        marks, taken = self._name(x, baseline)
        rule = Rule(x, self.top - self.mast_depth, width, self.brand.masthead.rule, "brand")
        return [*marks, *self._beside(x, baseline, taken), rule]

    def _name(self, x: float, baseline: float) -> tuple[list[Mark], float]:
        """The publication's name or logo, and how wide it is."""
        masthead, element = self.brand.masthead, self.galley.mast.name
        if masthead.logo is not None:
            height = masthead.logo_height * MM
            wide = self._logo_width(height)
            return [Image(x, baseline, wide, height, masthead.logo.path, element)], wide
        if not self.banner.publication:
            return [], 0.0
        name, *more = self.setter.set_spans(
            [Span(self.banner.publication)], "masthead", self.brand.type_width, element
        )
        if more:
            hint = "give the brand a shorter `masthead: text`, or that style a smaller size"
            raise refuse(Place(self.file), "the masthead is wider than the page", hint)
        return list(shifted(name.marks, x, baseline)), name.width

    def _beside(self, x: float, baseline: float, taken: float) -> list[Mark]:
        """The tagline and the date at the right, the last of their lines on the name's baseline."""
        width = self.brand.type_width
        room = width - taken - 12 * MM
        if room < BESIDE and (self.banner.tagline or self.banner.dateline):
            message = "the masthead leaves no room for the tagline and the date beside it"
            hint = "give the brand a smaller `logo_height`, or a shorter name"
            raise refuse(Place(self.file), message, hint)
        room = min(room, 0.42 * width)
        mast = self.galley.mast
        lines: list[SetLine] = []
        for text, style, element in (
            (self.banner.tagline, "tagline", mast.tagline),
            (self.banner.dateline, "dateline", mast.dateline),
        ):
            if text:
                lines += self.setter.set_spans([Span(text)], style, room, element, balance=True)
        leading = self.brand.styles["tagline"].leading
        marks, _ = stack(lines, leading, baseline + leading * (len(lines) - 1), x + width - room)
        return marks

    def _logo_width(self, height: float) -> float:
        logo = self.brand.masthead.logo
        return height * logo.width / logo.height if logo is not None else 0.0

    def running_head(self, recto: bool) -> list[Mark]:
        """Publication and title outside over a page that is not the first; inside, the date or number of an issue."""
        x, width, y = self.left(recto), self.brand.type_width, self.top + 0.9 * self.leading
        dated = self.banner.dateline if self.banner.dated else ""
        title = self._shortened(self.galley.title, "running_head", width * (0.6 if dated else 0.8))
        spans = [Span(self.banner.publication, strong=True), Span("\u2003"), Span(title)]
        lines = self.setter.set_spans([s for s in spans if s.text], "running_head", width, HEADER)
        shift = 0.0 if not recto else width - lines[0].width
        marks = list(shifted(lines[0].marks, x + shift, y))
        if dated:
            date = self.setter.set_spans([Span(dated)], "running_head", width, HEADER)[0]
            marks += shifted(date.marks, x if recto else x + width - date.width, y)
        return marks

    def _shortened(self, text: str, style: str, measure: float) -> str:
        """As many words of a title as fit on one line, with an ellipsis where some do not."""
        words = text.split()
        while len(words) > 1:
            tried = (
                " ".join(words) if len(words) == len(text.split()) else " ".join(words) + "\u2026"
            )
            if self.setter.width(tried, style) <= measure:
                return tried
            words.pop()
        return " ".join(words)[:60]

    @property
    def long_disclaimer(self) -> bool:
        """Whether the disclaimer stands on the first page only."""
        return len(self.galley.disclaimer) > self.brand.footer.lines

    @property
    def first_foot_lines(self) -> int:
        """Grid lines that a long disclaimer takes from the first page."""
        more = len(self.galley.disclaimer) - self.brand.footer.lines
        return max(0, ceil(more * self.brand.styles["disclaimer"].leading / self.leading - 1e-6))

    @property
    def closing_lines(self) -> int:
        """Grid lines that the colophon takes from the last page: those that find no room under the disclaimer."""
        free = (
            self.brand.footer.lines + 1 - min(len(self.galley.disclaimer), self.brand.footer.lines)
        )
        more = len(self.galley.colophon) - free
        return max(0, ceil(more * self.brand.styles["colophon"].leading / self.leading - 1e-6))

    def folio_mark(self, folio: str, recto: bool, raised: float = 0.0) -> list[Mark]:
        """The folio at the foot, outside."""
        x, width = self.left(recto), self.brand.type_width
        number = self.setter.set_spans([Span(self.labels.number(folio))], "folio", width, FOLIO)[0]
        y = (
            self.brand.footer.rule * MM
            + raised
            - FOOT_DROP * self.brand.styles["disclaimer"].leading
        )
        return list(shifted(number.marks, x + width - number.width if recto else x, y))

    def foot(self, folio: int, recto: bool, first: int, last: bool) -> list[Mark]:
        """The rule, the disclaimer or where to find it, the folio outside, and on the last page the colophon."""
        x, width = self.left(recto), self.brand.type_width
        leading = self.brand.styles["disclaimer"].leading
        lines: Sequence[SetLine] = self.galley.disclaimer
        on_first = folio == first
        if self.long_disclaimer and not on_first:
            text = self.labels.of_page("disclaimer_on", first)
            lines = self.setter.set_spans([Span(text)], "disclaimer", width, FOOTER)
        raised = self.first_foot_lines * self.leading if on_first else 0.0
        raised += self.closing_lines * self.leading if last else 0.0
        y = self.brand.footer.rule * MM + raised
        marks: list[Mark] = [Rule(x, y, width, self.brand.rules.foot, "hairline", LAYOUT)]
        marks += self.folio_mark(str(folio), recto, raised)
        y -= FOOT_DROP * leading
        left = x if recto else x + FOLIO_WIDTH
        below, y = stack(lines, leading, y, left)
        # It is read once: on later pages the same words are furniture, and lead nowhere.
        words = [mark for mark in below if not isinstance(mark, Link)]
        marks += below if on_first else [replace(mark, element=FOOTER) for mark in words]
        if last:
            colophon, _ = stack(
                self.galley.colophon, self.brand.styles["colophon"].leading, y, left
            )
            marks += colophon
        return marks
