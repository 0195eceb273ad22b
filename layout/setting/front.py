"""The head of page one and the colophon at the end: what frames an interview, set over the whole width."""

from collections.abc import Sequence
from math import ceil

from msgspec.structs import replace

from layout.ground.units import MM
from layout.house.brand import Brand
from layout.house.labels import Labels
from layout.manuscript.interview import Interview, Original
from layout.manuscript.networks import guess_network, make_address
from layout.manuscript.text import Span, paragraphs_of
from layout.setting.display import hang_of, hung
from layout.setting.galley import Box, Tree, shifted, stack
from layout.setting.marks import HEADER, LAYOUT, Anchor, Image, Mark, Role, Run
from layout.setting.paragraph import Setter
from layout.setting.settings import SetLine

PORTRAIT_GAP = 6 * MM
"""Between the words of the head and the portrait."""

FOLIO_WIDTH = 14 * MM
"""What the folio keeps of the foot's width."""

BESIDE = 10 * MM
"""The least space between a standfirst and what stands at the end of its line."""

SEPARATOR = " \u00b7 "
"""Between the parts of the byline."""


def masthead(tree: Tree, brand: Brand) -> int:
    """The element of the publication's name; a logo is a figure that says it, or furniture where there is no name."""
    if brand.masthead.logo is None:
        return tree.add("masthead")
    return tree.add("figure", alt=brand.masthead.text) if brand.masthead.text else HEADER


def set_head(interview: Interview, setter: Setter, tree: Tree, labels: Labels) -> Box:
    """Kicker, title, standfirst and who speaks, with the portrait at the right."""
    return _Head(interview, setter, tree, labels).box()


class _Head:
    """Sets the parts of the head from the top down."""

    def __init__(self, interview: Interview, setter: Setter, tree: Tree, labels: Labels) -> None:
        self.interview, self.setter, self.tree, self.labels = interview, setter, tree, labels
        self.brand = setter.looks.brand
        self.marks: list[Mark] = []
        self.y = 0.0
        self.top: float | None = None
        """How far the capitals of the first line are below the head's top."""
        self.last: tuple[float, float] | None = None
        """Width and baseline of the standfirst's last line."""
        self.measure = self.brand.type_width
        person = interview.interviewee
        self.portrait = person.portrait if person is not None else None
        if self.portrait is not None:
            self.measure -= self.brand.head.portrait_width * MM + PORTRAIT_GAP

    def box(self) -> Box:
        head, interview = self.brand.head, self.interview
        if interview.kicker is not None:
            self._add(interview.kicker.spans, "kicker", "kicker", interview.kicker.place.line)
            self.y -= head.kicker_gap
        self._title()
        if interview.standfirst is not None:
            self.y -= head.standfirst_gap
            for text in paragraphs_of(interview.standfirst):
                self._add(text.spans, "standfirst", "standfirst", text.place.line)
        self._byline()
        depth = max(-self.y, self._portrait())
        return Box(ceil(depth / self.brand.grid.leading - 1e-6), tuple(self.marks))

    def _add(self, spans: Sequence[Span], style: str, role: Role, line: int) -> None:
        element = self.tree.add(role, line=line)
        lines = self.setter.set_spans(spans, style, self.measure, element)
        lines = hung(lines, hang_of(spans, style, self.setter.looks))
        leading = self.brand.styles[style].leading
        self._place(lines, leading)
        if role == "standfirst" and lines:
            self.last = (lines[-1].width, self.y + leading * (1 - self.brand.grid.drop))

    def _place(self, lines: Sequence[SetLine], leading: float) -> None:
        """Lines from the present depth, each baseline where the grid's drop puts it in its leading."""
        drop = leading * self.brand.grid.drop
        if self.top is None and lines:
            first = next((mark for mark in lines[0].marks if isinstance(mark, Run)), None)
            self.top = (
                drop - first.face.cap_height * first.size / 1000 if first is not None else 0.0
            )
        marks, y = stack(lines, leading, self.y - drop)
        self.marks += marks
        self.y = y + drop

    def _title(self) -> None:
        title = self.interview.title
        element = self.tree.add("title", line=title.place.line)
        lines, leading = fit_title(
            title.spans, self.setter, self.measure * self.brand.head.title_measure, element
        )
        self.marks.append(Anchor(0.0, self.y, "start", title.text, 0, element))
        self._place(lines, leading)

    def _byline(self) -> None:
        """Who speaks and who asked, in small sans: at the end of the standfirst's line if there is room, else below."""
        spans = self._people()
        if not spans:
            return
        line = self.interview.title.place.line
        element = self.tree.add("byline", line=line)
        lines = self.setter.set_spans(spans, "byline", self.measure, element)
        if (
            len(lines) == 1
            and self.last is not None
            and self.last[0] + lines[0].width + BESIDE <= self.measure
        ):
            self.marks += shifted(lines[0].marks, self.measure - lines[0].width, self.last[1])
            return
        self.y -= self.brand.head.byline_gap
        self._place(lines, self.brand.styles["byline"].leading)

    def _people(self) -> list[Span]:
        """Name, role and organisation, the handle, the interviewer; a name that the title says already is left out."""
        person, interviewer = self.interview.interviewee, self.interview.interviewer
        rows: list[list[Span]] = []
        if person is not None:
            known = person.name.text == self.interview.title.text
            words = [] if known else [Span(person.name.text, strong=True)]
            for part in (person.role, person.organisation):
                if part is not None:
                    words.append(Span((self.labels.comma if words else "") + part.text))
            rows.append(words)
            if person.handle is not None:
                rows.append([Span(person.handle.text, href=_address(person.handle.text))])
        if interviewer is not None:
            rows.append(_labelled("interview_by", [Span(interviewer.text)], self.labels, " "))
        spans: list[Span] = []
        for row in filter(None, rows):
            spans += [Span(SEPARATOR), *row] if spans else row
        return spans

    def _portrait(self) -> float:
        """Place the portrait, level with the capitals beside it, and its credit; how deep they reach."""
        if self.portrait is None:
            return 0.0
        top = max(self.top or 0.0, 0.0)
        width, height = self.brand.head.portrait_width * MM, self.brand.head.portrait_height * MM
        x = self.brand.type_width - width
        line = self.portrait.image.place.line
        group, element = self.tree.add("illustration", line=line), LAYOUT
        if self.portrait.alt.text:
            element = self.tree.add("figure", group, self.portrait.alt.text, line)
        self.marks.append(Image(x, -top - height, width, height, self.portrait.image.path, element))
        if self.portrait.credit is None:
            return top + height
        credit = self.tree.add("credit", group, line=self.portrait.credit.place.line)
        lines = self.setter.set_spans(self.portrait.credit.spans, "credit", width, credit)
        leading = self.brand.styles["credit"].leading
        marks, y = stack(lines, leading, -top - height - leading, x)
        self.marks += marks
        return -y


def _address(handle: str) -> str:
    """Where a handle leads, as far as it alone can tell; '' if it does not."""
    return make_address(handle, guess_network(handle))[0]


def fit_title(
    spans: Sequence[Span], setter: Setter, measure: float, element: int
) -> tuple[list[SetLine], float]:
    """The title in the largest of the brand's sizes that keeps to its number of lines, with its leading."""
    lines: list[SetLine] = []
    leading = 0.0
    for step in setter.looks.brand.head.title_steps:
        leading = step.leading
        sized = setter.sized("title", step.size)
        lines = sized.set_spans(spans, "title", measure, element, balance=True)
        lines = hung(lines, hang_of(spans, "title", sized.looks))
        if len(lines) <= step.lines:
            break
    return lines, leading


def set_colophon(
    interview: Interview, setter: Setter, tree: Tree, labels: Labels
) -> tuple[SetLine, ...]:
    """The lines on how and from what this was made; none where the source does not say."""
    spans: list[Span] = []
    line = interview.title.place.line
    if interview.original is not None:
        spans += _first_published(interview.original, labels)
    if interview.rights is not None:
        text = interview.rights.text
        stop = "" if text.endswith((".", labels.stop)) else labels.stop
        spans.append(Span(f"{' ' if spans else ''}{text}{stop}"))
    if not spans:
        return ()
    element = tree.add("colophon", line=line)
    return tuple(
        setter.set_spans(spans, "colophon", setter.looks.brand.type_width - FOLIO_WIDTH, element)
    )


def _labelled(key: str, said: list[Span], labels: Labels, space: str) -> list[Span]:
    """Words in a label of the house: after it, or where its placeholder stands."""
    before, after = labels.parted(key, space)
    label, language = before.removesuffix(space), labels.foreign(key)
    spans = [Span(label, language=language), Span(before[len(label) :]), *said]
    return [span for span in (*spans, Span(after, language=language)) if span.text]


def _first_published(original: Original, labels: Labels) -> list[Span]:
    """One sentence on the first publication; words of the house may be in another language than its texts."""
    date = labels.date(original.date) if original.date is not None else ""
    spans: list[Span] = []
    for key, space, text in (
        ("first_published", " ", original.publication),
        ("number", "\u00a0", original.issue),
        ("", "", date),
        ("pages", "\u00a0", original.pages),
        ("published_by", " ", original.publisher),
    ):
        words = text if isinstance(text, str) else text.text if text is not None else ""
        if not words:
            continue
        said = [Span(words, emphasis=key == "first_published")]
        if key:
            said = _labelled(key, said, labels, space)
        else:
            said = [Span(words, language=labels.foreign("months"))]
        if spans:
            spans.append(Span(labels.comma))
        else:
            said[0] = replace(said[0], text=said[0].text[:1].upper() + said[0].text[1:])
        spans += said
    if spans:
        spans.append(Span(labels.stop))
    if original.url is not None:
        spans += [Span(" " if spans else ""), Span(original.url, href=original.url)]
    return spans
