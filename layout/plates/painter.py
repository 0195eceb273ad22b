"""Pages to PDF: reads the seam's values and writes them in one pass, deciding nothing."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from layout.ground.units import MM
from layout.house.brand import Brand
from layout.house.faces import Face
from layout.makeup.page import Anchor, Image, Link, Page, Pages, Run, Tint
from layout.plates.attachment import Attachment
from layout.plates.attachments import name_tree, write_attachments
from layout.plates.content import Content
from layout.plates.document import Document, Item, Stream, references, text_string
from layout.plates.edition import Edition, Intent, deflated_of, intent_of
from layout.plates.fonts import PaintedFont
from layout.plates.frame import MARGIN, Frame
from layout.plates.labels import Label
from layout.plates.metadata import About, dated, info, pdf_date, xmp
from layout.plates.navigation import (
    Bookmark,
    bookmarks_of,
    labels_of,
    write_outline,
    written_labels,
)
from layout.plates.order import texts_on
from layout.plates.palette import STATES, Palette
from layout.plates.pictures import Darkroom, Ground, wish_of
from layout.plates.structure import Structure
from layout.setting.language import is_rtl

LONGEST_NAME = 300
"""Characters of what a link is called on each of its lines; its element has all of them."""


class Part(Struct, frozen=True):
    """Pages that belong together, made from a file called `source`.

    `prefix` keeps their named places apart from other parts'.
    """

    pages: Pages
    prefix: str = ""
    source: str = ""


class Guide(Struct, frozen=True):
    """What leads a reader through the file."""

    outline: Sequence[Bookmark]
    labels: Sequence[Label]
    names: Mapping[str, str] = {}
    """Named destinations, and the places of the parts that they are."""


def paint(
    parts: Sequence[Part],
    brand: Brand,
    edition: Edition,
    about: About,
    key: str = "",
    guide: Guide | None = None,
    attachments: Sequence[Attachment] = (),
    darkroom: Darkroom | None = None,
) -> bytes:
    """One PDF of all parts, fonts and pictures once each.

    `key` is the file's identifier: 32 hexadecimal digits of what it was made from, or '' for one from
    its content. Without a `guide` bookmarks and labels are those of the first part, and one part is the
    document. The `darkroom` is one that has seen the pictures already, if they are painted in more than one
    edition.
    """
    single = len(parts) == 1 and guide is None
    painter = _Painter(brand, edition, about, single, darkroom or Darkroom())
    for part in parts:
        painter.part(part)
    if guide is None:
        guide = Guide(bookmarks_of(parts[0].pages), labels_of(parts[0].pages))
    return painter.finish(key, guide, attachments)


class _Painter:
    """One document while it is being painted."""

    def __init__(
        self, brand: Brand, edition: Edition, about: About, single: bool, darkroom: Darkroom
    ) -> None:
        self.brand, self.edition, self.about = brand, edition, about
        self.darkroom, self.wish = darkroom, wish_of(edition, brand)
        self.palette = Palette(brand, edition.inks)
        self.frame = frame_of(edition, brand)
        self.document = Document(edition.version)
        self.root, self.tree = Item(self.document), Item(self.document)
        self.structure: Structure | None = None
        if edition.tagged:
            self.structure = Structure(self.document, about.language, edition.links, single)
            self.structure.offset = self.frame.offset
        self.resources = Item(self.document)
        self.pages: list[Item] = []
        self.places: dict[str, Item] = {}
        """The named places that something leads to: a destination each."""
        self.anchors: dict[str, str] = {}
        """Where all named places are, as destinations."""
        self.fonts: dict[Face, PaintedFont] = {}
        self.pictures: dict[tuple[str, float, float, Ground], tuple[str, int, int]] = {}
        self.stored: dict[bytes, str] = {}
        self.images: dict[str, Item] = {}
        """The pictures of the document, by their names in content."""
        self.profiles: dict[bytes, Item] = {}
        """The profiles that pictures are tagged with."""
        self.tints: list[Tint] = []
        """The tints of the present page."""
        self.states = Item(self.document, STATES) if edition.inks else None
        self.spaces = Item(self.document) if edition.inks else None
        self.inks: dict[str, None] = {}
        """The inks in use, in the order of the pages."""
        self.used: dict[str, Item] = {}
        """The pictures of the present page, by their names in its content."""
        self.names: dict[int, str] = {}
        """What links are called, by their elements."""
        self.content = sha256(repr(about).encode())

    def part(self, part: Part) -> None:
        """Paint the pages of a part."""
        if self.structure is not None:
            self.structure.part(part.pages.elements, part.source)
        pages = part.pages.pages
        if self.edition.inks:
            from layout.makeup.bleed import bled

            pages = bled(part.pages, self.frame.bleed).pages
        self.names = _names(pages)
        nothing: frozenset[int] = frozenset()
        # Empty pages part no text: what stands before one goes on after it.
        shown = [texts_on(page, part.pages.elements) for page in pages if page.marks]
        texts, at = [nothing, *shown, nothing], 0
        for page in pages:
            before, after = (texts[at], texts[at + 2]) if page.marks else (nothing, nothing)
            self._page(page, part, before, after)
            at += bool(page.marks)

    def _page(self, page: Page, part: Part, before: frozenset[int], after: frozenset[int]) -> None:
        item = Item(self.document)
        self.pages.append(item)
        self.used = {}
        if self.structure is not None:
            self.structure.begin(item)
        self.tints = [mark for mark in page.marks if isinstance(mark, Tint)]
        inks = self.palette.inks_on(page) if self.edition.inks else []
        self.inks |= dict.fromkeys(inks)
        content = Content(self.palette, self.fonts, self.structure, part.pages.elements, self._do)
        data = self._framed(page, inks) + content.painted(page.marks, before, after)
        self.content.update(data)
        stream = Stream(self.document, data)
        annotations = self._annotations(page, part.prefix, item)
        pictures = "".join([f"/{name} {image.ref}" for name, image in self.used.items()])
        resources = f"/Font {self.resources.ref}" + (f"/XObject<<{pictures}>>" if pictures else "")
        if self.states is not None and self.spaces is not None:
            resources += f"/ExtGState {self.states.ref}/ColorSpace {self.spaces.ref}"
        item.text = (
            f"<</Type/Page/Parent {self.tree.ref}{self.frame.boxes(page.width, page.height)}"
            f"/Contents {stream.ref}/Resources<<{resources}>>{annotations}"
            f"{self.structure.end() if self.structure is not None else ''}>>"
        )

    def _annotations(self, page: Page, prefix: str, item: Item) -> str:
        """Links and named places: the entries of the page's dictionary; links are walked in the order of tags."""
        links = []
        for mark in page.marks:
            if isinstance(mark, Link) and self.edition.links:
                links.append(self._link(mark, prefix))
            elif isinstance(mark, Anchor):
                top = mark.y + self.frame.offset
                self.anchors[prefix + mark.name] = f"[{item.ref}/XYZ 0 {top:.3f} 0]"
        if not links:
            return ""
        return f"/Annots{references(links)}/Tabs/S"

    def _place(self, name: str) -> Item:
        place = self.places.get(name)
        if place is None:
            place = self.places[name] = Item(self.document)
        return place

    def _link(self, link: Link, prefix: str) -> Item:
        """A link annotation with all its words as contents; it is printed with the page (flag 4)."""
        item = Item(self.document)
        if link.target.startswith("#"):
            target = f"/Dest {self._place(prefix + link.target[1:]).ref}"
        else:
            target = f"/A<</S/URI/URI{text_string(link.target)}>>"
        parent = self.structure.annotation(link.element, item) if self.structure is not None else ""
        name = self.names[link.element]
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 1] + "\u2026"
        item.text = (
            f"<</Type/Annot/Subtype/Link/Rect[{link.x:.3f} {link.y:.3f} {link.x + link.width:.3f} "
            f"{link.y + link.height:.3f}]/Border[0 0 0]/F 4/Contents{text_string(name)}"
            f"{target}{parent}>>"
        )
        return item

    def _framed(self, page: Page, inks: Sequence[str]) -> bytes:
        """The printer's marks, and where the trim begins, for all that is painted after."""
        off, kinds, marks = self.frame.offset, self.brand.press.marks, ""
        if not off:
            return b""
        if kinds:
            from layout.plates.pagemarks import page_marks
            from layout.plates.printers_marks import Box

            trim = Box(off, off, off + page.width, off + page.height)
            spots = self.palette.spot_spaces(inks)
            marks = page_marks(trim, trim.grown(self.frame.bleed), kinds, spots)
        return f"{marks}1 0 0 1 {off:.4f} {off:.4f} cm\n".encode("ascii")

    def _do(self, image: Image) -> str:
        """The operators for a picture that covers its box, cropped about the centre."""
        key = (image.path, image.width, image.height, self._ground(image))
        if key not in self.pictures:
            self.pictures[key] = self._stored(*key)
        name, wide, high = self.pictures[key]
        scale = max(image.width / wide, image.height / high)
        width, height = wide * scale, high * scale
        x, y = image.x + (image.width - width) / 2, image.y + (image.height - height) / 2
        box = f"{image.x:.3f} {image.y:.3f} {image.width:.3f} {image.height:.3f} re W n"
        self.used[name] = self.images[name]
        return f"q {box} {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q"

    def _ground(self, image: Image) -> Ground:
        """What a picture lies on: the last tint under all of it, else paper."""
        for tint in reversed(self.tints):
            if _is_inside(image, tint):
                colour, ink = self.brand.colours[tint.colour], self.palette.inks.get(tint.colour)
                return Ground(colour.srgb, ink.shares) if ink is not None else Ground(colour.srgb)
        return Ground()

    def _stored(
        self, path: str, width: float, height: float, ground: Ground
    ) -> tuple[str, int, int]:
        """The name of an image in the file; the same pixels are there once, in whatever sizes they are placed."""
        image = self.darkroom.pixels(path, width, height, self.wish, ground)
        key = sha256(image.entries.encode() + image.profile + image.data).digest()
        if key not in self.stored:
            name = self.stored[key] = f"P{len(self.stored) + 1}"
            entries = image.entries + self._space(image.profile)
            self.images[name] = Stream(self.document, image.data, entries, deflate=False)
            self.content.update(key)
        return self.stored[key], image.width, image.height

    def _space(self, profile: bytes) -> str:
        """The colour space of a picture that is tagged with its profile (8.6.5.5)."""
        if not profile:
            return ""
        if profile not in self.profiles:
            self.profiles[profile] = Stream(self.document, profile, "/N 3/Alternate/DeviceRGB")
        return f"/ColorSpace[/ICCBased {self.profiles[profile].ref}]"

    def finish(self, key: str, guide: Guide, attachments: Sequence[Attachment]) -> bytes:
        """The whole file: fonts as they were used, an identifier made from the content."""
        document = self.document
        fonts = [f"/{font.name} {font.write(document).ref}" for font in self.fonts.values()]
        self.resources.text = f"<<{''.join(fonts)}>>"
        self.tree.text = f"<</Type/Pages/Count {len(self.pages)}/Kids{references(self.pages)}>>"
        named = self._named(guide.names)
        for name, place in self.places.items():
            assert name in self.anchors, f"a link leads to {name}, which is nowhere"
            place.text = self.anchors[name]
        about = self.about
        identity = key or self.content.hexdigest()[:32].upper()
        if self.spaces is not None:
            self.spaces.text = self.palette.spaces(self.inks, bool(self.brand.press.marks))
        packet = xmp(about, identity, self.edition)
        date = pdf_date(dated(about, self.edition))
        metadata = Stream(document, packet, "/Type/Metadata/Subtype/XML", deflate=False)
        turned = "/Direction/R2L" if is_rtl(about.language) else ""
        entries = [
            f"/Type/Catalog/Pages {self.tree.ref}/Metadata {metadata.ref}/Lang{text_string(about.language)}",
            f"/ViewerPreferences<</DisplayDocTitle true{turned}>>",
            write_outline(document, guide.outline, self.pages),
            written_labels(guide.labels),
            self.structure.write() if self.structure is not None else "",
            self._intents() if self.edition.tagged else "",
            write_attachments(document, attachments, date, named),
        ]
        self.root.text = f"<<{''.join(entries)}>>"
        return document.written(self.root, Item(document, info(about, self.edition)), identity)

    def _named(self, names: Mapping[str, str]) -> str:
        """The named destinations (12.3.2.3): an entry of the name dictionary, '' for none."""
        if not names:
            return ""
        found = {name: self._place(place) for name, place in names.items()}
        return f"/Dests {name_tree(self.document, found).ref}"

    def _intents(self) -> str:
        """The output intents: what the colours of the pages mean (ISO 19005-3, 6.2.3; ISO 15930-7)."""
        intent = intent_of(self.edition, self.brand)
        entries = f"/N {4 if self.edition.inks else 3}/Filter/FlateDecode"
        profile = Stream(self.document, deflated_of(intent.path), entries, deflate=False)
        kinds = ("GTS_PDFA1", "GTS_PDFX") if self.edition.inks else ("GTS_PDFA1",)
        rows = [_intent(kind, intent, profile) for kind in kinds]
        return f"/OutputIntents[{''.join(rows)}]"


def _intent(kind: str, intent: Intent, profile: Item) -> str:
    registry = f"/RegistryName{text_string(intent.registry)}" if intent.registry else ""
    return (
        f"<</Type/OutputIntent/S/{kind}/OutputConditionIdentifier{text_string(intent.condition)}{registry}"
        f"/Info{text_string(intent.info)}/DestOutputProfile {profile.ref}>>"
    )


def frame_of(edition: Edition, brand: Brand) -> Frame:
    """What goes on round the trim of a brand's pages in an edition."""
    if not edition.inks:
        return Frame()
    return Frame(brand.page.bleed * MM, MARGIN if brand.press.marks else 0.0, boxed=True)


def _is_inside(image: Image, tint: Tint) -> bool:
    return (
        tint.x <= image.x
        and tint.y <= image.y
        and image.x + image.width <= tint.x + tint.width
        and image.y + image.height <= tint.y + tint.height
    )


def _names(pages: Sequence[Page]) -> dict[int, str]:
    """What each link is called: by its own words, all of them where they stand on several lines."""
    marks = [mark for page in pages for mark in page.marks]
    names: dict[int, str] = {}
    several: dict[int, str] = {}
    for mark in marks:
        if isinstance(mark, Link):
            if mark.element in names:
                several[mark.element] = ""
            names[mark.element] = mark.text
    for mark in marks if several else ():
        if isinstance(mark, Run) and mark.element in several:
            several[mark.element] += mark.text.replace("\u00ad", "")
    return names | {element: " ".join(name.split()) for element, name in several.items()}
