"""An interview to its galley: every text set once, in reading order."""

from math import ceil

from msgspec.structs import replace

from layout.house.labels import Labels
from layout.manuscript.interview import (
    Entry,
    Figure,
    Heading,
    Interview,
    Narration,
    PullQuote,
    Turn,
)
from layout.manuscript.text import Block as TextBlock
from layout.manuscript.text import Inline, Paragraph, Picture, Prose, Span, paragraphs_of
from layout.setting.coverage import covered
from layout.setting.display import hang_of, hung, hung_inside
from layout.setting.front import FOLIO_WIDTH, masthead, set_colophon, set_head
from layout.setting.galley import Block, Box, Galley, Mast, Tree, stack
from layout.setting.hyphens import hyphenator
from layout.setting.looks import TypeCase
from layout.setting.marks import LAYOUT, Anchor, Image, Mark, Role, Rule
from layout.setting.names import with_names_marked
from layout.setting.paragraph import Setter
from layout.setting.pieces import Sign
from layout.setting.prose import ProseSetter
from layout.setting.settings import Memo, SetLine, Setting
from layout.setting.sidebar import set_sidebar

POINTER = "#accounts"
"""The address of the sidebar inside its own interview."""


def compose(interview: Interview, case: TypeCase, file: str, memo: Memo | None = None) -> Galley:
    """The interview of `file` set in the brand's type; raises `Refused` for characters that no font has.

    A `memo` is shared by the galleys of one interview that is set several times.
    """
    return covered(interview, case, _Compositor(interview, case, memo).galley, file)


class _Compositor:
    """Sets one interview; holds what every step needs."""

    def __init__(self, interview: Interview, case: TypeCase, memo: Memo | None) -> None:
        self.brand = case.brand
        marks_names = case.brand.small_capitals.interviewee
        self.interview = with_names_marked(interview) if marks_names else interview
        self.looks = case.looks(interview.language)
        self.labels = Labels(case.brand, interview.language)
        self.tree = Tree(interview.language)
        self.setter = Setter(self.looks, hyphenator, memo, self.tree)
        self.leading = case.brand.grid.leading
        self.measure = case.brand.measure
        self.under_head = False
        self.begun = False

    def galley(self) -> Galley:
        interview = self.interview
        mast = self._mast()
        head = set_head(interview, self.setter, self.tree, self.labels)
        blocks = self._blocks()
        sidebar = None
        if interview.accounts is not None:
            sidebar = set_sidebar(interview.accounts, self.setter, self.tree, self.labels)
        disclaimer = self._disclaimer()
        colophon = set_colophon(interview, self.setter, self.tree, self.labels)
        return Galley(
            elements=tuple(self.tree.elements),
            head=head,
            blocks=tuple(blocks),
            sidebar=sidebar,
            colophon=colophon,
            disclaimer=disclaimer,
            title=interview.title.text,
            language=interview.language,
            dateline=self.labels.date(interview.date) if interview.date else "",
            tagline=interview.tagline.text if interview.tagline else "",
            mast=mast,
        )

    def _mast(self) -> Mast:
        """What the masthead says is read first; where it is not printed its elements stay empty."""
        tagline = self.interview.tagline
        return Mast(
            masthead(self.tree, self.brand),
            self.tree.add("tagline", line=tagline.place.line if tagline is not None else 0),
            self.tree.add("dateline", language=self.labels.foreign("months")),
        )

    def _blocks(self) -> list[Block]:
        """The flow: every entry in order, the end sign after the last word, the sidebar's anchor marked."""
        blocks: list[Block] = []
        last_text = max(
            (n for n, e in enumerate(self.interview.interview) if isinstance(e, Turn | Narration)),
            default=-1,
        )
        for number, entry in enumerate(self.interview.interview):
            sign = self._sign() if number == last_text else None
            blocks += self._entry(entry, sign)
        return blocks

    def _sign(self) -> Sign | None:
        sign, size = self.brand.end_sign, self.brand.styles["text"].size
        return Sign(sign.gap * size, sign.size * size, sign.colour) if sign.size else None

    def _entry(self, entry: Entry, sign: Sign | None) -> list[Block]:
        if isinstance(entry, Turn):
            return self._turn(entry, sign)
        if isinstance(entry, Heading):
            return [self._cross_head(entry)]
        if isinstance(entry, Narration):
            prose = self._prose("narration")
            blocks: list[Block] = []
            for number, text in enumerate(entry.text.blocks):
                last = sign if number == len(entry.text.blocks) - 1 else None
                found = prose.blocks([text], 0, sign=last, first=number == 0)
                blocks += _anchored(found) if _points(text) else found
            return [_spaced(blocks[0], self.brand.spacing.narration), *blocks[1:]]
        if isinstance(entry, PullQuote):
            return [self._pull_quote(entry)]
        assert isinstance(entry, Figure)
        return [self._figure(entry)]

    def _prose(self, style: str) -> ProseSetter:
        """A setter of prose; the first one of an interview opens the text."""
        prose = ProseSetter(self.setter, self.tree, style, self.measure)
        prose.initial, self.begun = not self.begun, True
        return prose

    def _turn(self, turn: Turn, sign: Sign | None) -> list[Block]:
        """A question, held together with the beginning of its answer."""
        element = self.tree.add("turn", line=turn.question.place.line)
        role: Role = "subquestion" if self.under_head else "question"
        question = self.tree.add(role, element, line=turn.question.place.line)
        words = self.setter.words(turn.question.spans, "question", question)
        settings = self.setter.settings(words, self.looks.look("question"), self.measure)
        level = 2 if self.under_head else 1
        anchor = Anchor(0.0, self.leading, f"q{question}", turn.question.text, level, question)
        block = Block(
            settings=settings or (Setting.of([SetLine((), 0.0)]),),
            lead=(anchor,),
            before=self.brand.spacing.question,
            keep=True,
        )
        answer = self.tree.add("answer", element)
        return [block, *self._answer(turn, answer, sign)]

    def _answer(self, turn: Turn, parent: int, sign: Sign | None) -> list[Block]:
        prose = self._prose("text")
        blocks: list[Block] = []
        texts = turn.answer.blocks
        for number, text in enumerate(texts):
            last = sign if number == len(texts) - 1 else None
            if number == 0 and turn.speaker is not None:
                found = self._spoken(turn.speaker, text, parent, prose, last)
            elif isinstance(text, Paragraph) and _is_pointer(text):
                found = [self._pointer(text, parent, last)]
            else:
                found = prose.blocks([text], parent, sign=last, first=number == 0)
            blocks += _anchored(found) if _points(text) else found
        return blocks

    def _spoken(
        self, speaker: Inline, text: TextBlock, parent: int, prose: ProseSetter, sign: Sign | None
    ) -> list[Block]:
        """An answer's first paragraph after its speaker's name."""
        element = self.tree.add("paragraph", parent, line=text.place.line)
        name = self.tree.add("speaker", element, line=speaker.place.line)
        words = self.setter.words([Span(speaker.text + ":")], "speaker", name, True)
        if not isinstance(text, Paragraph):
            base = self.looks.look("speaker")
            return [
                Block(settings=self.setter.settings(words, base, self.measure), keep=True),
                *prose.blocks([text], parent, sign=sign),
            ]
        words += self.setter.words(text.spans, "text", element, True)
        text_look = self.looks.look("text")
        return [Block(settings=self.setter.settings(words, text_look, self.measure, sign=sign))]

    def _pointer(self, text: Paragraph, parent: int, sign: Sign | None) -> Block:
        """A paragraph that is nothing but a link to the sidebar: a signpost in the furniture's face."""
        element = self.tree.add("pointer", parent, line=text.place.line)
        words = self.setter.words(text.spans, "pointer", element)
        look = self.looks.look("pointer")
        return Block(settings=self.setter.settings(words, look, self.measure, sign=sign))

    def _cross_head(self, entry: Heading) -> Block:
        self.under_head = True
        element = self.tree.add("cross-head", line=entry.heading.place.line)
        style = self.brand.styles["cross_head"]
        lines = self.setter.set_spans(
            entry.heading.spans, "cross_head", self.measure, element, balance=True
        )
        height = ceil(len(lines) * style.leading / self.leading - 1e-6)
        first = -self._baseline(height - 1) + (len(lines) - 1) * style.leading
        lines = hung(lines, hang_of(entry.heading.spans, "cross_head", self.looks))
        marks, _ = stack(lines, style.leading, first)
        anchor = Anchor(0.0, 0.0, f"h{element}", entry.heading.text, 1, element)
        return Block(
            box=Box(height, (anchor, *marks)), before=self.brand.spacing.cross_head, keep=True
        )

    def _baseline(self, line: int) -> float:
        """How far the baseline of grid line `line` of a box is below the box's top."""
        return (line + self.brand.grid.drop) * self.leading

    def _pull_quote(self, entry: PullQuote) -> Block:
        """Large words between two rules, over one column or all; each line takes two lines of the grid."""
        wide = (entry.width or self.brand.pull_quote.width) == "page"
        wide = wide and self.brand.columns.count > 1
        measure = self.brand.type_width if wide else self.measure
        parent = self.tree.add("pull-quote", line=entry.pull_quote.place.line)
        style = self.brand.styles["pull_quote"]
        step = ceil(style.leading / self.leading - 1e-6)
        element = self.tree.add("paragraph", parent, line=entry.pull_quote.place.line)
        hang = hang_of(entry.pull_quote.spans, "pull_quote", self.looks)
        inside = measure == self.measure and self._fills_alley(hang)
        quote = self.setter.set_spans(
            entry.pull_quote.spans,
            "pull_quote",
            measure - hang if inside else measure,
            element,
            balance=True,
        )
        quote = hung_inside(quote, hang) if inside else hung(quote, hang)
        marks, y = stack(quote, step * self.leading, -self._baseline(step - 1))
        height = step * len(quote) + 1
        if entry.attribution is not None:
            element = self.tree.add("attribution", parent, line=entry.attribution.place.line)
            lines = self.setter.set_spans(entry.attribution.spans, "attribution", measure, element)
            more, below = stack(lines, self.leading, y + (step - 1.5) * self.leading)
            marks += more
            y = below + (1 - step) * self.leading
            height += len(lines)
        weight = self.brand.rules.pull_quote
        top = Rule(0.0, -0.25 * self.leading, measure, weight, "brand")
        last = y + step * self.leading
        below_last = 0.75 if entry.attribution is None else 0.5
        bottom = Rule(0.0, last - below_last * self.leading, measure, weight, "brand")
        air = self.brand.spacing.pull_quote
        box = Box(height, (top, *marks, bottom))
        return Block(box=box, before=air, after=air, wide=wide, floats=True, large=True)

    def _fills_alley(self, hang: float) -> bool:
        """Whether a mark that hangs so far would come too near the column beside it."""
        room = self.brand.pull_quote.hang_room * self.brand.alley
        return self.brand.columns.count > 1 and hang > room

    def _figure(self, entry: Figure) -> Block:
        """A picture over one column or all, its caption and credit under it, on whole grid lines."""
        wide = entry.width == "page" and self.brand.columns.count > 1
        measure = self.brand.type_width if wide else self.measure
        group = self.tree.add("illustration", line=entry.figure.place.line)
        element = LAYOUT  # decoration: nothing is said of it
        if entry.alt.text:
            element = self.tree.add("figure", group, entry.alt.text, entry.figure.place.line)
        width, height = self._picture_size(entry.figure, measure)
        top = (
            self._baseline(0)
            - self.looks.look("text").face.cap_height * self.looks.look("text").unit
        )
        marks: list[Mark] = [
            Image((measure - width) / 2, -top - height, width, height, entry.figure.path, element)
        ]
        y = -top - height - 0.35 * self.leading
        leading = self.brand.styles["caption"].leading
        for style, role, blocks in (
            ("caption", "caption", paragraphs_of(entry.caption)),
            ("credit", "credit", [entry.credit]),
        ):
            for text in blocks:
                if text is not None:
                    part = self.tree.add(role, group, line=text.place.line)  # type: ignore[arg-type]
                    lines = self.setter.set_spans(text.spans, style, measure, part)
                    y -= leading * 0.76
                    more, y = stack(lines, leading, y)
                    y += leading * 0.76
                    marks += more
        rows = ceil((-y + 1e-6) / self.leading)
        air = self.brand.spacing.figure
        return Block(box=Box(rows, tuple(marks)), before=air, after=air, wide=wide, floats=True)

    def _picture_size(self, picture: Picture, measure: float) -> tuple[float, float]:
        """As wide as the measure allows, and no taller than the page does."""
        measure *= self.brand.pictures.scale
        height = measure * picture.height / picture.width
        tallest = self.brand.pictures.tallest * self.brand.lines * self.leading
        return (
            (measure, height)
            if height <= tallest
            else (tallest * picture.width / picture.height, tallest)
        )

    def _disclaimer(self) -> tuple[SetLine, ...]:
        """The disclaimer's lines over the width that the folio leaves."""
        prose = self.interview.disclaimer
        lines: list[SetLine] = []
        for text in paragraphs_of(prose):
            element = self.tree.add("disclaimer", line=text.place.line)
            lines += self.setter.set_spans(
                text.spans, "disclaimer", self.brand.type_width - FOLIO_WIDTH, element
            )
        return tuple(lines)


def _is_pointer(text: Paragraph) -> bool:
    return bool(text.spans) and all(
        span.href == POINTER or not span.text.strip() for span in text.spans
    )


def _points(block: TextBlock) -> bool:
    texts = paragraphs_of(Prose((block,), block.place))
    return any(span.href == POINTER for text in texts for span in text.spans)


def _spaced(block: Block, before: int) -> Block:
    return replace(block, before=before)


def _anchored(blocks: list[Block]) -> list[Block]:
    return [replace(block, anchor=True) for block in blocks]
