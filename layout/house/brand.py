"""The look of a publication as one frozen record: every number of a page is here and not in the code.

Type is in points, page geometry in millimetres, as people in the trade give them.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

from layout.ground.units import MM
from layout.house.press import Press
from layout.manuscript.text import Picture

Weight = Literal["regular", "italic", "semibold", "semibold_italic"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
Millimetres = Annotated[float, Meta(ge=0, le=2000, description="in millimetres")]
Points = Annotated[float, Meta(ge=0, le=500, description="in points")]
Hex = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$", description="sRGB as #RRGGBB")]
Share = Annotated[float, Meta(ge=0, le=1)]
Hang = Annotated[float, Meta(ge=-1000, le=1000)]


class Colour(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One colour: sRGB for screens, and for the press CMYK shares or a `density` of a named spot ink.

    With `spot`, `cmyk` is what the full ink looks like; one colour of an ink says it for all.
    """

    srgb: Hex
    cmyk: (
        Annotated[
            tuple[Share, ...],
            Meta(min_length=4, max_length=4, description="with spot: of the full ink"),
        ]
        | None
    ) = None
    spot: (
        Annotated[str, Meta(min_length=1, max_length=100, description="a spot ink's name")] | None
    ) = None
    density: Annotated[Share, Meta(description="of the spot ink; 1 is full")] = 1.0


FontFile = Annotated[
    str, Meta(description="a font file; name.ttc#2 is the third face of a collection")
]


class Cut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The faces of one optical size: drawn for `from` points and more, up to the next cut."""

    start: Annotated[
        float, Meta(ge=0, le=200, description="the smallest size it is drawn for, in points")
    ] = field(name="from")
    regular: FontFile | None = None
    italic: FontFile | None = None
    semibold: FontFile | None = None
    semibold_italic: FontFile | None = None


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The faces of one role: font files by weight, beside the brand's file or in the program's fonts."""

    regular: FontFile
    italic: FontFile | None = None
    semibold: FontFile | None = None
    semibold_italic: FontFile | None = None
    companions: Annotated[
        Literal["serif", "sans"],
        Meta(description="which of the program's faces go with it for scripts that it lacks"),
    ] = "serif"
    fallback: Annotated[
        tuple[FontFile, ...],
        Meta(description="files tried in order for characters that it lacks, before `companions`"),
    ] = ()
    protrusion: Annotated[
        dict[str, tuple[Hang, Hang]],
        Meta(
            description="by sign, thousandths of its width that hang over the left and right edges"
        ),
    ] = {}
    optical: Annotated[
        tuple[Cut, ...],
        Meta(
            description="the cuts by size; the files beside it then serve weights that no cut has"
        ),
    ] = ()

    def file(self, weight: str, size: float) -> str | None:
        """The file of a weight at a size in points: that of the nearest cut that has one, else the family's own."""
        cuts = sorted(self.optical, key=lambda cut: cut.start)
        ends = [*(cut.start for cut in cuts[1:]), float("inf")]
        found = [
            (max(cut.start - size, size - end, 0.0), -cut.start, file)
            for cut, end in zip(cuts, ends, strict=False)
            if (file := getattr(cut, weight)) is not None
        ]
        own: str | None = getattr(self, weight)
        return min(found)[2] if found else own

    @property
    def files(self) -> Iterator[str]:
        """Every face of it, by its file."""
        for faces in (self, *self.optical):
            for weight in WEIGHTS:
                if (file := getattr(faces, weight)) is not None:
                    yield file
        yield from self.fallback


class Style(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one kind of text is set."""

    font: Annotated[str, Meta(description="a role under fonts")]
    size: Annotated[float, Meta(ge=4, le=200, description="in points")]
    leading: Annotated[float, Meta(ge=4, le=400, description="baseline to baseline, in points")]
    weight: Weight = "regular"
    colour: Annotated[str, Meta(description="a name under colours")] = "text"
    features: Annotated[
        tuple[str, ...],
        Meta(description="OpenType features beyond kerning and ligatures; -tag turns one off"),
    ] = ()
    tracking: Annotated[float, Meta(ge=-0.1, le=0.5, description="letterspace, in ems")] = 0.0
    align: Literal["justified", "left", "right", "centre"] = "left"
    hyphenate: bool = False
    indent: Annotated[
        float, Meta(ge=0, le=10, description="of a paragraph after the first, in ems")
    ] = 0.0
    expansion: Annotated[float, Meta(ge=0.9, le=1.1, description="of every glyph's width")] = 1.0
    underline: Annotated[bool, Meta(description="a fine rule under links")] = True
    capitals: Annotated[
        bool,
        Meta(description="set in capitals with lining figures; the text stays as written"),
    ] = False
    hang: Annotated[
        float,
        Meta(ge=0, le=1, description="share of an opening quotation mark that hangs outside"),
    ] = 0.0


class PageSize(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The trim size, and the bleed beyond it."""

    width: Millimetres
    height: Millimetres
    bleed: Millimetres


class Margins(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From the trim to the text: `inner` is at the fold, `head` ends where the first line begins."""

    inner: Millimetres
    outer: Millimetres
    head: Millimetres
    foot: Millimetres


class Columns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the type area is divided."""

    count: Annotated[int, Meta(ge=1, le=4)]
    alley: Millimetres


class Grid(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The baseline grid that all columns share."""

    leading: Annotated[float, Meta(ge=6, le=40, description="in points")]
    drop: Annotated[
        float, Meta(ge=0, le=1, description="from a line's top to its baseline, in leadings")
    ]


class Masthead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The publication's name at the head of page one: words or a picture."""

    text: str
    logo: Annotated[
        Picture | None,
        Meta(description="a PNG or JPEG beside the brand's file, in place of the text"),
    ] = None
    logo_height: Millimetres = 12.0
    rule: Points = 2.0
    below: Annotated[
        int, Meta(ge=0, le=20, description="grid lines between its rule and the kicker")
    ] = 2


class TitleStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One size of the title; the first whose lines do not pass `lines` is taken, else the last."""

    size: Annotated[float, Meta(ge=8, le=200)]
    leading: Annotated[float, Meta(ge=8, le=250)]
    lines: Annotated[int, Meta(ge=1, le=100)]


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The head of page one below the masthead."""

    title_steps: Annotated[tuple[TitleStep, ...], Meta(min_length=1)]
    title_measure: Annotated[float, Meta(gt=0, le=1, description="share of the type area's width")]
    kicker_gap: Points
    standfirst_gap: Points
    byline_gap: Points
    below: Annotated[int, Meta(ge=0, le=20, description="grid lines between the head and the text")]
    portrait_width: Millimetres
    portrait_height: Millimetres


class Sidebar(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The box of recommended accounts: a tint over one column."""

    tint: str
    padding: Millimetres
    place: Annotated[
        Literal["foot", "head"], Meta(description="where in its column the box stands")
    ] = "foot"
    entry_gap: Points = 5.0
    above: Annotated[
        int, Meta(ge=0, le=10, description="grid lines between the text and the box")
    ] = 1


class Spacing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Air on the grid, in grid lines."""

    question: Annotated[int, Meta(ge=0, le=10)]
    cross_head: Annotated[int, Meta(ge=0, le=10)]
    pull_quote: Annotated[int, Meta(ge=0, le=10)]
    figure: Annotated[int, Meta(ge=0, le=10)]
    narration: Annotated[int, Meta(ge=0, le=10)]


class Justification(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How justified lines give: spaces in shares of the face's own, letters in shares of their width and of the em.

    A line takes of each the same share of its limit, as little as it needs. `most_expansion` and
    `most_tracking` are for lines whose spaces would else be wider than `loosest`.
    """

    tight: Annotated[
        float,
        Meta(ge=0.5, le=1, description="the narrowest word space, letters giving all they may"),
    ]
    tightest: Annotated[float, Meta(ge=0.5, le=1, description="the narrowest where it must be")]
    loose: Annotated[float, Meta(ge=1, le=2, description="the widest, letters giving all they may")]
    loosest: Annotated[float, Meta(ge=1, le=3, description="the widest before letters give more")]
    expansion: Annotated[float, Meta(ge=0, le=0.05, description="of glyphs, either way")]
    most_expansion: Annotated[float, Meta(ge=0, le=0.05)]
    tracking: Annotated[float, Meta(ge=0, le=0.04, description="between letters, either way")]
    most_tracking: Annotated[float, Meta(ge=0, le=0.04)]
    protrusion: Annotated[
        float,
        Meta(ge=0, le=2, description="how far signs hang over the edges: 1 is the tables' way"),
    ]


class Insets(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far blocks inside a text stand in, in ems of it."""

    list: Annotated[float, Meta(ge=0, le=10, description="room for bullets and numbers")]
    quotation: Annotated[float, Meta(ge=0, le=10, description="of a block quote, at both sides")]
    code: Annotated[float, Meta(ge=0, le=10)]
    label: Annotated[float, Meta(ge=0, le=5, description="from a bullet or number to the text")]
    code_goes_on: Annotated[
        float, Meta(ge=0, le=10, description="of the rest of a long line of code, in its own ems")
    ]


class Initial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The large letter that opens the text: over so many `lines`, 0 for none; `gap` beside it in ems of the text."""

    lines: Annotated[int, Meta(ge=0, le=5)] = 0
    font: Annotated[str, Meta(description="a role under fonts")] = "display"
    colour: Annotated[str, Meta(description="a name under colours")] = "brand"
    gap: Annotated[float, Meta(ge=0, le=2)] = 0.3


class Pictures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large figures are: `scale` of the measure they stand in, `tallest` in shares of a full column."""

    scale: Annotated[float, Meta(gt=0, le=1)] = 1.0
    tallest: Annotated[float, Meta(gt=0, le=1)] = 0.62


class Lever(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may move to make an interview fill its pages, from `least` to `most` in steps.

    `headings` is the air over cross-heads, pull quotes and figures in grid lines, `figures` their scale,
    `tracking` the text's letterspace in ems, `expansion` its glyphs' width, `alley` in millimetres, `leading`
    and `size` in points, the latter of the text: questions keep pace.
    """

    move: Literal["headings", "figures", "tracking", "expansion", "alley", "leading", "size"]
    least: Annotated[float, Meta(ge=-1, le=100)]
    most: Annotated[float, Meta(ge=-1, le=100)]
    step: Annotated[float, Meta(gt=0, le=10)]


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights of the thin lines."""

    foot: Points
    pull_quote: Points
    link: Points


class Figures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures where they stand with other things than small letters."""

    capitals: Annotated[
        bool, Meta(description="lining ones in words of capitals, such as A4 or COVID-19")
    ]
    contents: Annotated[
        tuple[str, ...], Meta(description="OpenType features of the folios in the contents")
    ]


class SmallCapitals(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Small capitals inside text, where the face has real ones."""

    acronyms: Annotated[bool, Meta(description="for words of capitals")]
    interviewee: Annotated[
        bool, Meta(description="for the interviewee's name where the text says it whole")
    ]
    tracking: Annotated[float, Meta(ge=-0.1, le=0.5, description="letterspace, in ems")]
    least: Annotated[int, Meta(ge=2, le=20, description="capitals that make an acronym")]
    styles: Annotated[tuple[str, ...], Meta(description="the kinds of text that have them")]


class PullQuotes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the interview shown large."""

    width: Annotated[
        Literal["column", "page"], Meta(description="where the source does not say it")
    ]
    hang_room: Annotated[
        float, Meta(ge=0, le=1, description="share of the alley that its opening mark may hang in")
    ]


class Footer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The foot of every page: its rule stands `rule` above the trim; the disclaimer hangs below it."""

    rule: Millimetres
    lines: Annotated[
        int, Meta(ge=1, le=6, description="a longer disclaimer stands on the first page only")
    ]


class EndSign(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The small square after the last word; size and gap in ems of the text, 0 for none."""

    size: Annotated[float, Meta(ge=0, le=2)]
    gap: Annotated[float, Meta(ge=0, le=3)]
    colour: str


class Brand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One publication's look, whole: what a brand file says over what it extends."""

    name: str
    page: PageSize
    margins: Margins
    columns: Columns
    grid: Grid
    masthead: Masthead
    head: Head
    sidebar: Sidebar
    spacing: Spacing
    justification: Justification
    pictures: Pictures = Pictures()
    initial: Initial = Initial()
    insets: Insets
    rules: Rules
    figures: Figures
    small_capitals: SmallCapitals
    pull_quote: PullQuotes
    footer: Footer
    end_sign: EndSign
    press: Press = Press()
    colours: dict[str, Colour]
    fonts: dict[str, Family]
    styles: dict[str, Style]
    copyfit: Annotated[
        tuple[Lever, ...], Meta(description="what may move to fill pages, in order of preference")
    ] = ()
    quotes: Annotated[
        Literal["as_typed", "typographic"],
        Meta(
            description="plain quotes in running text: kept, or turned into those of the language"
        ),
    ] = "as_typed"
    labels: Annotated[
        dict[str, dict[str, str]],
        Meta(description="words of the house by language, over the program's own"),
    ] = {}

    @property
    def width(self) -> float:
        """The trim width in points."""
        return self.page.width * MM

    @property
    def height(self) -> float:
        """The trim height in points."""
        return self.page.height * MM

    @property
    def type_width(self) -> float:
        """The width of the type area in points."""
        return (self.page.width - self.margins.inner - self.margins.outer) * MM

    @property
    def alley(self) -> float:
        """The space between two columns in points."""
        return self.columns.alley * MM

    @property
    def measure(self) -> float:
        """One column's width in points."""
        return (self.type_width - self.alley * (self.columns.count - 1)) / self.columns.count

    @property
    def lines(self) -> int:
        """How many grid lines a full column has."""
        room = (self.page.height - self.margins.head - self.margins.foot) * MM
        return int(room / self.grid.leading + 1e-6)


STYLES = (
    "masthead", "tagline", "dateline", "running_head", "kicker", "title", "standfirst", "byline", "question", "text",
    "narration", "speaker", "cross_head", "pull_quote", "attribution", "caption", "credit", "code", "pointer",
    "sidebar_title", "sidebar_intro", "handle", "account_name", "about", "disclaimer", "folio", "colophon",
    "contents_title", "contents_section", "contents_entry", "contents_kicker",
    "jump",
)  # fmt: skip
"""The kinds of text that every brand sets."""

GRID_STYLES = ("question", "text", "narration", "pointer", "code", "attribution")
"""Those whose lines stand one by one on the grid, so that their leading is the grid's."""
