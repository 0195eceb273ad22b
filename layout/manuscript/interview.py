"""One interview, format 1, as frozen records: what the reader makes and all other rooms take.

The annotations are the format: the reader walks them, and the JSON Schema is made from them.
Descriptions are what an editor sees while typing.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from layout.manuscript.text import Inline, Picture, Prose, Words
from layout.manuscript.values import MAY_BE_EMPTY, Address, Language, PubDate, Text

Network = Literal[
    "twitter", "x", "mastodon", "bluesky", "facebook", "instagram", "linkedin", "youtube",
    "threads", "tiktok", "flickr", "github", "telegram", "website",
]  # fmt: skip
"""The networks a handle can live on; `x` is another name for `twitter`."""


class Portrait(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture of the person who answers."""

    image: Annotated[
        Picture, Meta(description="the picture's file, JPEG or PNG, in this file's folder or below")
    ]
    alt: Annotated[
        Words,
        Meta(description="what the picture shows, for readers who cannot see it"),
        MAY_BE_EMPTY,
    ]
    credit: Annotated[Words | None, Meta(description="who made the picture")] = None


class Interviewee(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who answers."""

    name: Annotated[Words, Meta(description="the name as it is printed")]
    role: Annotated[Words | None, Meta(description="what the person does")] = None
    organisation: Annotated[Words | None, Meta(description="for whom")] = None
    handle: Annotated[
        Words | None, Meta(description='the account, in quotes: "@MineBanTreaty"')
    ] = None
    portrait: Annotated[Portrait | None, Meta(description="a picture of the person")] = None


class Original(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the interview first appeared."""

    publication: Annotated[Words | None, Meta(description="the newsletter, magazine or site")] = (
        None
    )
    publisher: Annotated[Words | None, Meta(description="who published it")] = None
    issue: Annotated[Words | None, Meta(description='its number there, in quotes: "12"')] = None
    date: Annotated[PubDate | None, Meta(description="when: YYYY, YYYY-MM or YYYY-MM-DD")] = None
    pages: Annotated[Words | None, Meta(description="the pages there, such as 3-4")] = None
    url: Annotated[Address | None, Meta(description="where it can be read")] = None


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the interview: exactly one of the five kinds below."""


class Turn(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question with its answer."""

    question: Annotated[Inline, Meta(description="what was asked")]
    answer: Annotated[
        Prose, Meta(description="what was answered; an empty line parts two paragraphs")
    ]
    speaker: Annotated[Words | None, Meta(description="who answers, where several people do")] = (
        None
    )


class Heading(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cross-head."""

    heading: Annotated[Inline, Meta(description="a cross-head between turns")]


class Narration(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text between questions."""

    text: Annotated[Prose, Meta(description="narration between turns")]


class PullQuote(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the interview shown large."""

    pull_quote: Annotated[Inline, Meta(description="words of the interview to be shown large")]
    attribution: Annotated[Words | None, Meta(description="who said them")] = None
    width: Annotated[
        Literal["column", "page"] | None,
        Meta(description="one column wide, or the page's whole width; default: as the brand says"),
    ] = None


class Figure(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture with its caption; an empty `alt` marks decoration."""

    figure: Annotated[
        Picture, Meta(description="the picture's file, JPEG or PNG, in this file's folder or below")
    ]
    alt: Annotated[
        Words,
        Meta(
            description='what the picture shows, for readers who cannot see it; "" marks decoration'
        ),
        MAY_BE_EMPTY,
    ]
    caption: Annotated[Prose | None, Meta(description="the text under the picture")] = None
    credit: Annotated[Words | None, Meta(description="who made the picture")] = None
    width: Annotated[
        Literal["column", "page"], Meta(description="one column wide, or the page's whole width")
    ] = "column"


ENTRY_KINDS: dict[str, type[Entry]] = {
    "question": Turn, "heading": Heading, "text": Narration, "pull_quote": PullQuote, "figure": Figure,
}  # fmt: skip
"""Which key marks which kind of entry."""


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recommended account."""

    handle: Annotated[
        Words, Meta(description='the account\'s name on its network, in quotes: "@ONGCirec"')
    ]
    name: Annotated[Words | None, Meta(description="whose account it is")] = None
    about: Annotated[Prose | None, Meta(description="why to follow it")] = None
    network: Annotated[
        Network | None, Meta(description="where it is; default: the network of all accounts")
    ] = None
    url: Annotated[
        Address | None, Meta(description="its address; default: made from network and handle")
    ] = None


class Accounts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sidebar of recommended accounts."""

    entries: Annotated[
        tuple[Account, ...], Meta(min_length=1, description="the accounts, in the order of print")
    ]
    title: Annotated[
        Words | None,
        Meta(description="the sidebar's title; default: the brand's, in the interview's language"),
    ] = None
    intro: Annotated[Prose | None, Meta(description="a few words under the title")] = None
    network: Annotated[
        Network | None, Meta(description="the network of entries that name none")
    ] = None


class Interview(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One interview, whole."""

    format: Annotated[Literal[1], Meta(description="the version of this format")]
    title: Annotated[Inline, Meta(description="the title")]
    interview: Annotated[
        tuple[Entry, ...],
        Meta(min_length=1, description="turns and what stands between them, in order"),
    ]
    kicker: Annotated[Words | None, Meta(description="a short line over the title")] = None
    standfirst: Annotated[
        Prose | None, Meta(description="one or two sentences under the title")
    ] = None
    language: Annotated[
        Language, Meta(description="a BCP 47 tag: sets hyphenation, direction, quotes and labels")
    ] = "en"
    date: Annotated[
        PubDate | None, Meta(description="first publication: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    brand: Annotated[
        Text | None,
        Meta(description="a brand's name or a path to its file; default: the built-in brand"),
    ] = None
    interviewee: Annotated[Interviewee | None, Meta(description="who answers")] = None
    interviewer: Annotated[Words | None, Meta(description="who asks")] = None
    original: Annotated[Original | None, Meta(description="where the interview first appeared")] = (
        None
    )
    rights: Annotated[
        Words | None, Meta(description="who holds the rights, such as © 2012 State of Geneva")
    ] = None
    keywords: Annotated[
        tuple[Words, ...], Meta(description="what it is about, for catalogues")
    ] = ()
    accounts: Annotated[
        Accounts | None, Meta(description="the sidebar of recommended accounts")
    ] = None
    tagline: Annotated[Words | None, Meta(description="what the publication is, in a line")] = None
    disclaimer: Annotated[
        Prose | None, Meta(description="the publication's legal line, at every foot")
    ] = None
