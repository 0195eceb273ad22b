"""Pages to PDF: reads the seam's values and writes them in one pass, deciding nothing."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

from layout.house.brand import Brand
from layout.house.faces import Face
from layout.makeup.page import Anchor, Image, Link, Page, Pages, Run
from layout.plates.attachment import Attachment
from layout.plates.attachments import write_attachments
from layout.plates.content import Content
from layout.plates.document import Document, Item, Stream, references, text_string
from layout.plates.edition import Edition, profile_bytes
from layout.plates.fonts import PaintedFont
from layout.plates.metadata import About, identifier, info, pdf_date, xmp
from layout.plates.navigation import (
    Bookmark,
    Label,
    bookmarks_of,
    labels_of,
    write_outline,
    written_labels,
)
from layout.plates.order import texts_on
from layout.plates.pictures import pixels
from layout.plates.structure import Structure

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


def paint(
    parts: Sequence[Part],
    brand: Brand,
    edition: Edition,
    about: About,
    key: str = "",
    guide: Guide | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """One PDF of all parts, fonts and pictures once each.

    `key` is the file's identifier: 32 hexadecimal digits of what it was made from, or '' for one from
    its content. Without a `guide` bookmarks and labels are those of the first part.
    """
    painter = _Painter(brand, edition, about, len(parts) == 1)
    for part in parts:
        painter.part(part)
    if guide is None:
        guide = Guide(bookmarks_of(parts[0].pages), labels_of(parts[0].pages))
    return painter.finish(key, guide, attachments)


class _Painter:
    """One document while it is being painted."""

    def __init__(self, brand: Brand, edition: Edition, about: About, single: bool) -> None:
        self.brand, self.edition, self.about = brand, edition, about
        self.document = Document(edition.version)
        self.root, self.tree = Item(self.document), Item(self.document)
        self.structure: Structure | None = None
        if edition.tagged:
            self.structure = Structure(self.document, about.language, edition.links, single)
        self.resources = Item(self.document)
        self.pages: list[Item] = []
        self.places: dict[str, Item] = {}
        """What named places lead to: a destination each, also one that is not placed yet."""
        self.fonts: dict[Face, PaintedFont] = {}
        self.pictures: dict[tuple[str, float, float], tuple[str, int, int]] = {}
        self.stored: dict[bytes, str] = {}
        self.images: dict[str, Item] = {}
        """The pictures of the document, by their names in content."""
        self.used: dict[str, Item] = {}
        """The pictures of the present page, by their names in its content."""
        self.names: dict[int, str] = {}
        """What links are called, by their elements."""
        self.content: list[bytes] = [repr(about).encode()]

    def part(self, part: Part) -> None:
        """Paint the pages of a part."""
        if self.structure is not None:
            self.structure.part(part.pages.elements, part.source)
        pages = part.pages.pages
        self.names = _names(pages)
        nothing: frozenset[int] = frozenset()
        texts = [nothing, *(texts_on(page, part.pages.elements) for page in pages), nothing]
        for number, page in enumerate(pages):
            self._page(page, part, texts[number], texts[number + 2])

    def _page(self, page: Page, part: Part, before: frozenset[int], after: frozenset[int]) -> None:
        item = Item(self.document)
        self.pages.append(item)
        self.used = {}
        if self.structure is not None:
            self.structure.begin(item)
        content = Content(self.brand, self.fonts, self.structure, part.pages.elements, self._do)
        data = content.painted(page.marks, before, after)
        self.content.append(data)
        stream = Stream(self.document, data)
        annotations = self._annotations(page, part.prefix, item)
        pictures = "".join([f"/{name} {image.ref}" for name, image in self.used.items()])
        resources = f"/Font {self.resources.ref}" + (f"/XObject<<{pictures}>>" if pictures else "")
        item.text = (
            f"<</Type/Page/Parent {self.tree.ref}/MediaBox[0 0 {page.width:.4f} {page.height:.4f}]"
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
                place = self._place(prefix + mark.name)
                place.text = f"[{item.ref}/XYZ 0 {mark.y:.3f} 0]"
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

    def _do(self, image: Image) -> str:
        """The operators for a picture that covers its box, cropped about the centre."""
        key = (image.path, image.width, image.height)
        if key not in self.pictures:
            self.pictures[key] = self._stored(*key)
        name, wide, high = self.pictures[key]
        scale = max(image.width / wide, image.height / high)
        width, height = wide * scale, high * scale
        x, y = image.x + (image.width - width) / 2, image.y + (image.height - height) / 2
        box = f"{image.x:.3f} {image.y:.3f} {image.width:.3f} {image.height:.3f} re W n"
        self.used[name] = self.images[name]
        return f"q {box} {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q"

    def _stored(self, path: str, width: float, height: float) -> tuple[str, int, int]:
        """The name of an image in the file; the same pixels are there once, in whatever sizes they are placed."""
        image = pixels(path, width, height)
        key = sha256(image.entries.encode() + image.data).digest()
        if key not in self.stored:
            name = self.stored[key] = f"P{len(self.stored) + 1}"
            packed = image.packed
            self.images[name] = Stream(self.document, image.data, image.entries, deflate=not packed)
            self.content.append(key)
        return self.stored[key], image.width, image.height

    def finish(self, key: str, guide: Guide, attachments: Sequence[Attachment]) -> bytes:
        """The whole file: fonts as they were used, an identifier made from the content."""
        document = self.document
        fonts = [f"/{font.name} {font.write(document).ref}" for font in self.fonts.values()]
        self.resources.text = f"<<{''.join(fonts)}>>"
        self.tree.text = f"<</Type/Pages/Count {len(self.pages)}/Kids{references(self.pages)}>>"
        for name, place in self.places.items():
            assert place.text, f"a link leads to {name}, which is nowhere"
        about = self.about
        identity = identifier(self.content, key)
        packet = xmp(about, identity, self.edition.tagged)
        metadata = Stream(document, packet, "/Type/Metadata/Subtype/XML", deflate=False)
        entries = [
            f"/Type/Catalog/Pages {self.tree.ref}/Metadata {metadata.ref}/Lang{text_string(about.language)}",
            "/ViewerPreferences<</DisplayDocTitle true>>",
            write_outline(document, guide.outline, self.pages),
            written_labels(guide.labels),
            self.structure.write() if self.structure is not None else "",
            self._intent() if self.edition.tagged else "",
            write_attachments(document, attachments, pdf_date(about.date)),
        ]
        self.root.text = f"<<{''.join(entries)}>>"
        return document.written(self.root, Item(document, info(about)), identity)

    def _intent(self) -> str:
        """The output intent: what the colours of the pages mean (ISO 19005-3, 6.2.3)."""
        profile = Stream(self.document, profile_bytes(), "/N 3")
        return (
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile.ref}>>]"
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
