"""One issue of the newsletter, format 1, as frozen records."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from layout.manuscript.text import File, LaterFile, Words
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
    title: Annotated[
        Words | None, Meta(description="its entry in the outline and the contents; none: no entry")
    ] = None
    pages: Annotated[
        PageRange | None, Meta(description="which pages, such as 1-2; default: all")
    ] = None
    folio: Annotated[
        Literal["none", "arabic", "roman"], Meta(description="the numbers put on its pages")
    ] = "none"

    def file(self, press: bool) -> File:
        """The file that gives the pages, in the press edition or in others."""
        return self.press if press and self.press is not None else self.pdf


class ContentsPages(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table of contents, with its title."""

    contents: Annotated[Words, Meta(description="the table of contents, under this title")]


class Section(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level in the outline and the contents."""

    section: Annotated[
        Words, Meta(description="a heading of the outline and the contents for the parts after it")
    ]


class Article(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of our interviews, by its file."""

    interview: Annotated[
        File, Meta(description="an interview's file, beside this file or a folder up")
    ]


class Blank(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Empty pages."""

    blank: Annotated[int, Meta(ge=1, le=100, description="so many empty pages")]


PART_KINDS: dict[str, type[Part]] = {
    "pdf": ForeignPages, "contents": ContentsPages, "section": Section, "interview": Article, "blank": Blank,
}  # fmt: skip
"""Which key marks which kind of part."""


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
