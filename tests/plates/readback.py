"""PDFs read back by a small parser of our own: content streams, codes, and the characters they stand for."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import pytest

pikepdf: Any = pytest.importorskip("pikepdf")

_BFCHAR = re.compile(rb"(\d+) beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})><([0-9A-F]+)>")
_OPERATORS = re.compile(rb"/(F\d+) [\d.]+ Tf|\[([^\]]*)\]TJ")


@cache
def opened(pdf: bytes) -> Any:
    """A file, kept open: its objects live no longer than it does."""
    return pikepdf.open(BytesIO(pdf))


def fonts(file: Any) -> dict[str, Any]:
    """All fonts of a file by their resource names."""
    found: dict[str, Any] = {}
    for page in file.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            found[name.lstrip("/")] = font
    return found


def to_unicode(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    stream = font.ToUnicode.read_bytes()
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for _, block in _BFCHAR.findall(stream)
        for code, text in _PAIR.findall(block)
    }


def blocks(font: Any) -> list[tuple[int, int]]:
    """Of each bfchar section: the number of lines it announces and the number it has."""
    stream = font.ToUnicode.read_bytes()
    return [(int(count), len(block.split(b"\n"))) for count, block in _BFCHAR.findall(stream)]


def shown(page: Any, texts: dict[str, dict[int, str]]) -> Iterator[str]:
    """The characters of each TJ operator of a page, in order."""
    font = ""
    for name, array in _OPERATORS.findall(content(page)):
        if name:
            font = name.decode()
        else:
            codes = re.findall(rb"<([0-9A-F]*)>", array)
            yield "".join(
                texts[font].get(int(code[i : i + 4], 16), "")
                for code in codes
                for i in range(0, len(code), 4)
            )


def content(page: Any) -> bytes:
    """The content stream of a page."""
    streams = page.Contents
    if isinstance(streams, pikepdf.Array):
        return b"\n".join(stream.read_bytes() for stream in streams)
    return bytes(streams.read_bytes())


def widths(font: Any) -> dict[int, float]:
    """The width of each code, as the file states it."""
    first, row = font.DescendantFonts[0].W
    return {int(first) + n: float(width) for n, width in enumerate(row)}


def glyphs(font: Any) -> list[int]:
    """The glyph of each code in the embedded font file."""
    data = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


# --- a page walked: what is painted where, and as what it is marked ---


class Tagged(NamedTuple):
    """What a marked-content sequence is: its tag, and the entries of its properties as they were read."""

    tag: str
    properties: Any

    @property
    def mcid(self) -> int | None:
        number = self.properties.get("/MCID")
        return None if number is None else int(number)

    @property
    def kind(self) -> str:
        """Of an artifact: its type, with the subtype of what stands on many pages."""
        found = self.properties
        return " ".join(str(found[key])[1:] for key in ("/Type", "/Subtype") if key in found)


class Piece(NamedTuple):
    """Characters shown by one TJ from `x` to `end`, or '' for a box or picture; `inside` are open sequences."""

    operator: str
    text: str
    x: float
    y: float
    end: float
    size: float
    inside: tuple[Tagged, ...]

    @property
    def mcid(self) -> int | None:
        """The number of the marked content that it belongs to; None where it is furniture, or nothing."""
        return next((it.mcid for it in reversed(self.inside) if it.mcid is not None), None)


class _Walk:
    """A reader of the few operators that there are: a method each, by name."""

    def __init__(self, page: Any) -> None:
        names = page.Resources.get("/Font", {})
        self.texts = {name: to_unicode(font) for name, font in names.items()}
        self.widths = {name: widths(font) for name, font in names.items()}
        self.found: list[Piece] = []
        self.inside: list[Tagged] = []
        self.font, self.size = "", 0.0
        self.spread, self.scale, self.rise = 0.0, 1.0, 0.0
        self.x = self.y = 0.0
        self.box = (0.0, 0.0, 0.0, 0.0)

    def number(self, operator: str, operands: list[float]) -> None:
        """An operator that takes numbers."""
        if operator == "BT":
            self.x = self.y = 0.0
        elif operator == "Td":
            self.x, self.y = self.x + operands[0], self.y + operands[1]
        elif operator == "Tc":
            self.spread = operands[0]
        elif operator == "Tz":
            self.scale = operands[0] / 100
        elif operator == "Ts":
            self.rise = operands[0]
        elif operator == "re":
            self.box = (operands[0], operands[1], operands[2], operands[3])
        else:
            assert operator in ("ET", "rg", "q", "Q", "cm", "W", "n"), f"no page has {operator}"

    def show(self, array: Any) -> None:
        """Characters, with numbers between them that move what follows (ISO 32000-1, 9.4.4)."""
        text, start = "", self.x
        for part in array:
            if not isinstance(part, pikepdf.String):
                self.x -= float(part) * self.size / 1000 * self.scale
                continue
            codes = bytes(part)
            for at in range(0, len(codes), 2):
                code = int.from_bytes(codes[at : at + 2], "big")
                text += self.texts[self.font].get(code, "")
                width = self.widths[self.font][code] * self.size / 1000
                self.x += (width + self.spread) * self.scale
        y = self.y + self.rise
        self.found.append(Piece("TJ", text, start, y, self.x, self.size, tuple(self.inside)))

    def paint(self, operator: str) -> None:
        """A box or a picture."""
        x, y, width, _ = self.box
        self.found.append(Piece(operator, "", x, y, x + width, 0.0, tuple(self.inside)))


def walked(page: Any) -> list[Piece]:
    """Everything that a page paints, in order."""
    walk = _Walk(page)
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            walk.inside.append(Tagged(str(operands[0])[1:], operands[1]))
        elif name == "EMC":
            walk.inside.pop()
        elif name == "Tf":
            walk.font, walk.size = str(operands[0]), float(operands[1])
        elif name == "TJ":
            walk.show(operands[0])
        elif name in ("f", "Do"):
            walk.paint(name)
        else:
            walk.number(name, [float(operand) for operand in operands])
    assert not walk.inside
    return walk.found


# --- the structure tree ---


def marked(file: Any) -> dict[tuple[tuple[int, int], int], str]:
    """What each marked content of each page says: its characters, or the text that stands for them."""
    found: dict[tuple[tuple[int, int], int], str] = {}
    for page in file.pages:
        for piece in walked(page):
            if piece.mcid is not None:
                inner = next(it for it in reversed(piece.inside) if it.mcid is not None)
                actual = inner.properties.get("/ActualText")
                key = (page.objgen, piece.mcid)
                found[key] = found.get(key, "") + piece.text if actual is None else str(actual)
    return found


class Node(NamedTuple):
    """A structure element: its type and entries, and its kids: texts, elements, annotations."""

    type: str
    entries: Any
    kids: "list[str | Node | Annotation]"

    @property
    def text(self) -> str:
        """All that it says, in order."""
        return "".join(
            kid if isinstance(kid, str) else kid.text if isinstance(kid, Node) else ""
            for kid in self.kids
        )

    def all(self, kind: str = "") -> "Iterator[Node]":
        """It and what is below it, in order; of one type where `kind` says so."""
        if kind in ("", self.type):
            yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all(kind)


class Annotation(NamedTuple):
    """An annotation in the tree, and the page that it is said to be on."""

    entries: Any
    page: Any


def tree(pdf: bytes) -> Node:
    """The structure tree with the words of its elements; neighbouring texts of one element are one."""
    file = opened(pdf)
    texts = marked(file)

    def node(element: Any, page: Any) -> Node:
        page = element.get("/Pg", page)
        kids: list[Any] = []
        given = element.get("/K", [])
        for kid in given if isinstance(given, pikepdf.Array) else [given]:
            found = read(kid, page)
            if isinstance(found, str) and kids and isinstance(kids[-1], str):
                kids[-1] += found
            else:
                kids.append(found)
        return Node(str(element.S)[1:], element, kids)

    def read(kid: Any, page: Any) -> Any:
        if isinstance(kid, int):
            return texts[page.objgen, kid]
        on = kid.get("/Pg", page)
        if kid.get("/Type") == "/MCR":
            return texts[on.objgen, int(kid.MCID)]
        if kid.get("/Type") == "/OBJR":
            return Annotation(kid.Obj, on)
        return node(kid, page)

    (root,) = file.Root.StructTreeRoot.K
    return node(root, None)


def outlined(node: Node, depth: int = 0) -> str:
    """A tree as text, a line for each element and for each text between others."""
    line = "  " * depth + node.type
    for key, shown in (("/Lang", "[{}]"), ("/Alt", "({})")):
        if key in node.entries and depth:
            line += " " + shown.format(node.entries[key])
    if len(node.kids) == 1 and isinstance(node.kids[0], str):
        return f"{line} {node.kids[0]}".rstrip() + "\n"
    rows = [line + "\n"]
    for kid in node.kids:
        if isinstance(kid, Node):
            rows.append(outlined(kid, depth + 1))
        elif isinstance(kid, str):
            rows.append(f"{'  ' * depth}  - {kid}".rstrip() + "\n")
        else:
            target = kid.entries.A.URI if "/A" in kid.entries else "a place"
            rows.append(f"{'  ' * depth}  -> {target}\n")
    return "".join(rows)
