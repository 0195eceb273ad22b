"""Tags: the reading order of the pages as a structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).

The tree is that of the seam's elements, written while they are painted: an element that has nothing on
any page has no tag. Siblings are read in the order of their elements, the words inside a text in the
order in which they are painted.
"""

from collections.abc import Sequence

from layout.makeup.page import Element, Image
from layout.plates.document import Document, Item, text_string
from layout.setting.language import is_rtl
from layout.setting.marks import INLINE, LINKS, Role

TYPES: dict[Role, str] = {
    "document": "Document", "masthead": "P", "tagline": "P", "dateline": "P", "kicker": "P", "title": "H1",
    "standfirst": "P", "byline": "P", "illustration": "Div", "figure": "Figure", "caption": "Caption", "credit": "P",
    "cross-head": "H2", "turn": "Turn", "question": "Question", "subquestion": "Subquestion", "answer": "Answer",
    "speaker": "Span", "paragraph": "P", "list": "L", "numbered-list": "L", "item": "LI", "label": "Lbl",
    "body": "LBody", "block-quote": "BlockQuote", "code": "Code", "pull-quote": "PullQuote", "attribution": "P",
    "pointer": "P", "sidebar": "Sidebar", "sidebar-title": "H2", "accounts": "L", "account": "LI",
    "account-line": "P", "handle": "Link", "about": "P", "disclaimer": "P", "colophon": "P", "contents-title": "H1",
    "contents": "TOC", "section": "TOCI", "section-entries": "TOC", "entry": "TOCI", "reference": "Reference",
    "entry-link": "Link", "entry-kicker": "P", "link": "Link", "words": "Span",
    "jump": "P",
}  # fmt: skip
"""The structure type of each role."""

ROLE_MAP = {
    "Turn": "Sect", "Question": "H2", "Subquestion": "H3", "Answer": "Div", "Sidebar": "Sect",
    "PullQuote": "BlockQuote",
}  # fmt: skip
"""Types of ours as standard ones (14.7.3)."""

NUMBERING = {"list": "Disc", "numbered-list": "Decimal", "accounts": "None"}
"""What lists are labelled with (table 347)."""


class Node:
    """One element of the tree: its kids are marked content, objects and elements inside a text, in order."""

    __slots__ = ("attributes", "blocks", "element", "kids", "parent", "ref", "type")

    def __init__(self, kind: str, element: Element, parent: "Node | None") -> None:
        self.ref = ""
        """What refers to it, once the tree is written."""
        self.type, self.element, self.parent = kind, element, parent
        self.kids: list[Node | tuple[Item, int] | tuple[Item, Item]] = []
        self.blocks: list[tuple[int, Node]] = []
        """Elements that are no part of a text, with their indices."""
        self.attributes = ""


class Structure:
    """The tree of one document: that of its `single` part, or each part is a Part of it."""

    def __init__(self, document: Document, language: str, links: bool, single: bool) -> None:
        self.document, self.language, self.links, self.single = document, language, links, single
        self.tree = Item(document)
        self.root = Node("Document", Element("document", -1), None)
        self.nodes: list[Node] = [self.root]
        self.parents: list[Node | list[Node]] = []
        """The parent tree's values by rising keys: an element, or those of a page's marked content."""
        self.page: Item | None = None
        self.content: list[Node] = []
        """The elements of the present page's marked content."""
        self.elements: Sequence[Element] = ()
        self.found: dict[int, Node] = {}
        self.source = ""
        self.offset = 0.0
        """From the corner of the page to that of its trim, either way, in points."""

    def part(self, elements: Sequence[Element], source: str) -> None:
        """Begin with the elements of a part, which was made from a file of that name."""
        self.elements, self.found, self.source = elements, {}, source
        if self.single:
            self.found[0] = self.root
            self.root.attributes = _title(source) + _direction(self.language)

    def begin(self, page: Item) -> None:
        """Begin a page."""
        self.page, self.content = page, []

    def end(self) -> str:
        """End the page: the entries of its dictionary."""
        if not self.content:
            return ""
        self.parents.append(self.content)
        return f"/StructParents {len(self.parents) - 1}"

    def mark(self, element: int) -> tuple[str, int]:
        """The type of an element, and the number of the marked content that follows on this page."""
        node = self._node(element)
        assert self.page is not None
        number = len(self.content)
        self.content.append(node)
        node.kids.append((self.page, number))
        return node.type, number

    def annotation(self, element: int, annotation: Item) -> str:
        """Make an annotation a kid of an element: the entry of its dictionary."""
        assert element >= 0, "furniture leads nowhere"
        node = self._node(element)
        assert self.page is not None
        node.kids.append((self.page, annotation))
        self.parents.append(node)
        return f"/StructParent {len(self.parents) - 1}"

    def place(self, image: Image) -> None:
        """Say where a figure stands (table 344)."""
        left, bottom = image.x + self.offset, image.y + self.offset
        box = f"{left:.2f} {bottom:.2f} {left + image.width:.2f} {bottom + image.height:.2f}"
        self._node(image.element).attributes = f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"

    def _node(self, element: int) -> Node:
        """The node of an element; it and what it stands in begin to exist when it is first asked for."""
        node = self.found.get(element)
        if node is None:
            made = self.elements[element]
            parent = self.root if made.parent < 0 else self._node(made.parent)
            node = self.found[element] = Node(self._type(made), made, parent)
            self.nodes.append(node)
            if made.role in INLINE:
                parent.kids.append(node)
            else:
                parent.blocks.append((element, node))
            if made.parent < 0:
                node.attributes = _title(self.source) + _direction(made.language)
            elif made.role in NUMBERING:
                node.attributes = f"/A<</O/List/ListNumbering/{NUMBERING[made.role]}>>"
        return node

    def _type(self, element: Element) -> str:
        if element.parent < 0:
            return "Part"
        if element.role in LINKS and not self.links:
            return "Span"
        return TYPES[element.role]

    def write(self) -> str:
        """Write the tree: what the catalogue says of it.

        Elements of one type stand together: like packs well beside like, and so do numbers that rise one by one.
        """
        nodes, items = sorted(self.nodes, key=lambda node: node.type), []
        for node in nodes:
            items.append(Item(self.document))
            node.ref = items[-1].ref
        for item, node in zip(items, nodes, strict=True):
            item.text = self._element(node)
        numbers = " ".join([f"{key} {self._parent(it)}" for key, it in enumerate(self.parents)])
        parents = Item(self.document, f"<</Nums[{numbers}]>>")
        roles = "".join([f"/{ours}/{standard}" for ours, standard in ROLE_MAP.items()])
        self.tree.text = (
            f"<</Type/StructTreeRoot/K[{self.root.ref}]/RoleMap<<{roles}>>"
            f"/ParentTree {parents.ref}/ParentTreeNextKey {len(self.parents)}>>"
        )
        return f"/StructTreeRoot {self.tree.ref}/MarkInfo<</Marked true>>"

    def _parent(self, value: Node | list[Node]) -> str:
        """A reference to a value of the parent tree (14.7.4.4)."""
        if isinstance(value, Node):
            return value.ref
        return Item(self.document, f"[{' '.join([node.ref for node in value])}]").ref

    def _element(self, node: Node) -> str:
        """A structure element (table 323)."""
        made, page = node.element, None
        parent = node.parent.ref if node.parent is not None else self.tree.ref
        kids = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(kid.ref)
                continue
            if page is None:
                page = kid[0]
            kids.append(_kid(kid[1], "" if kid[0] is page else f"/Pg {kid[0].ref}"))
        kids += [block.ref for _, block in sorted(node.blocks, key=lambda found: found[0])]
        entries = [f"/S/{node.type}/P {parent}", node.attributes]
        if page is not None:
            entries.append(f"/Pg {page.ref}")
        if made.alt:
            entries.append(f"/Alt{text_string(made.alt)}")
        if made.language and (node.type != "Part" or made.language != self.language):
            entries.append(f"/Lang{text_string(made.language)}")
        if made.line and made.line != _line(node.parent):
            entries.append(f"/T(line {made.line})")
        shown = f" {kids[0]}" if len(kids) == 1 else f"[{' '.join(kids)}]"
        return f"<<{''.join(entries)}/K{shown}>>"


def _line(node: Node | None) -> int:
    """The line of the source that an element is on, or what it stands in; 0 where none is known."""
    while node is not None and not node.element.line:
        node = node.parent
    return node.element.line if node is not None else 0


def _title(source: str) -> str:
    """The source's name as the title of a document or part, so that a finding leads to the file."""
    return f"/T{text_string(source)}" if source else ""


def _direction(language: str) -> str:
    """Whence the lines of an element run, and columns follow each other, where that is the right (14.8.5.4.2)."""
    return "/A<</O/Layout/WritingMode/RlTb>>" if is_rtl(language) else ""


def _kid(kid: Item | int, on: str) -> str:
    """Marked content or an annotation as a kid (14.7.4.2 and 14.7.4.3)."""
    if isinstance(kid, Item):
        return f"<</Type/OBJR/Obj {kid.ref}{on}>>"
    return f"<</Type/MCR/MCID {kid}{on}>>" if on else str(kid)
