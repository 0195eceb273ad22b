"""One issue of the newsletter, format 1, as frozen records."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from layout.manuscript.text import File, LaterFile, PageNumber, Words
from layout.manuscript.values import Language, PageRange, PubDate, Text


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of an issue's contents: exactly one of the five kinds below."""


class ForeignPages(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pages made elsewhere. `pages` is first and last, from 1; None is all of them."""

    pdf: Annotated[File, Meta(description="a PDF made elsewhere; its pages stay as they are")]
    press: Annotated[
        LaterFile | None,
        Meta(description="the same pages made for the press edition; default: those of pdf"),
    ] = None
    pages: Annotated[
        PageRange | None, Meta(description="which pages, such as 1-2; default: all")
    ] = None
    folio: Annotated[
        Literal["none", "arabic", "roman"], Meta(description="the numbers put on its pages")
    ] = "none"
    untagged: Annotated[
        Literal["report", "artifact"],
        Meta(
            description="what becomes of its pages if they have no tags: they are reported, or marked as artifacts"
        ),
    ] = "report"

    def file(self, press: bool) -> File:
        """The file that gives the pages, in the press edition or in others."""
        return self.press if press and self.press is not None else self.pdf

    @property
    def name(self) -> str:
        """What the pages are called in the outline and the contents, '' for nothing."""
        return ""


class TitledPages(ForeignPages, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pages made elsewhere, with an entry of their own or none."""

    title: Annotated[
        Words | None, Meta(description="its entry in the outline and the contents; none: no entry")
    ] = None

    @property
    def name(self) -> str:
        """What the pages are called in the outline and the contents, '' for nothing."""
        return self.title.text if self.title is not None else ""


class ContentsPages(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table of contents, with its title."""

    contents: Annotated[Words, Meta(description="the table of contents, under this title")]


class Section(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level in the outline and the contents."""

    section: Annotated[
        Words, Meta(description="a heading of the outline and the contents for the parts after it")
    ]


class Blank(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Empty pages."""

    blank: Annotated[int, Meta(ge=1, le=100, description="so many empty pages")]


class Placed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pages that stand inside an article: exactly one of the two kinds below."""


class PlacedPages(TitledPages, Placed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pages made elsewhere inside an article, after its page of that number."""

    after: Annotated[PageNumber, Meta(description="the page of the article that they follow")]


class PlacedBlank(Blank, Placed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Empty pages inside an article, after its page of that number."""

    after: Annotated[PageNumber, Meta(description="the page of the article that they follow")]


class Article(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of our interviews, by its file."""

    interview: Annotated[
        File, Meta(description="an interview's file, beside this file or a folder up")
    ]
    placed: Annotated[
        tuple[Placed, ...], Meta(description="other pages that stand between its pages")
    ] = ()


PLACED_KINDS: dict[str, type[Placed]] = {"pdf": PlacedPages, "blank": PlacedBlank}
"""Which key marks which kind of pages inside an article."""

PART_KINDS: dict[str, type[Part]] = {
    "pdf": TitledPages, "contents": ContentsPages, "section": Section, "interview": Article, "blank": Blank,
}  # fmt: skip
"""Which key marks which kind of part."""


class Fill(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an issue gets as many pages as its sheets have: before its back cover, else at its end."""

    to: Annotated[
        int, Meta(ge=2, le=64, description="the number of pages becomes a multiple of this")
    ]
    given: Annotated[
        ForeignPages | None,
        Meta(description="its pages are put in, one by one, before blank ones are"),
    ] = field(default=None, name="with")


class Issue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One issue, whole."""

    format: Annotated[Literal[1], Meta(description="the version of this format")]
    title: Annotated[Words, Meta(description="the publication's name on this issue")]
    contents: Annotated[
        tuple[Part, ...], Meta(min_length=1, description="the parts of the issue, in order")
    ]
    number: Annotated[Words | None, Meta(description='the issue\'s number, in quotes: "12"')] = None
    date: Annotated[
        PubDate | None, Meta(description="when it appears: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    language: Annotated[
        Language, Meta(description="a BCP 47 tag: sets the language of contents and labels")
    ] = "en"
    brand: Annotated[
        Text | None,
        Meta(description="a brand's name or a path to its file; default: the built-in brand"),
    ] = None
    opens: Annotated[
        Literal["any", "recto"],
        Meta(description="where an article may open; recto: blank pages as needed"),
    ] = "any"
    first_folio: Annotated[
        int, Meta(ge=1, le=100_000, description="the number of the first page")
    ] = 1
    fill: Annotated[
        Fill | None, Meta(description="blank pages, or others, up to a multiple; default: none")
    ] = None

    def foreign(self) -> Iterator[ForeignPages]:
        """All pages made elsewhere that may stand in the issue, in the order in which it names them."""
        for part in self.contents:
            if isinstance(part, ForeignPages):
                yield part
            elif isinstance(part, Article):
                yield from (it for it in part.placed if isinstance(it, PlacedPages))
        if self.fill is not None and self.fill.given is not None:
            yield self.fill.given
