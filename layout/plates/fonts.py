"""Faces as PDF fonts: Type0, Identity-H, one code for each pair of glyph and text.

One glyph may stand for different characters (a hyphen for U+002D or U+00AD, a small capital for its
letter), so codes are given to pairs, in the order they are first painted; CIDToGIDMap leads back to
glyphs (ISO 32000-1, 9.7.4.2) and ToUnicode to characters (9.10.3).
"""

from hashlib import sha256

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from layout.house.faces import Face
from layout.setting.marks import Shaped

DROPPED = (
    "BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "HVAR", "MATH", "MVAR", "OS/2", "STAT", "VVAR", "avar", "cmap",
    "fvar", "gvar", "kern", "meta", "name", "post",
)  # fmt: skip
"""Tables that a font inside a PDF has no use for: what they say is in the PDF's own dictionaries."""

BLOCK = 100
"""The most lines that one bfchar section may hold (Adobe technical note 5014)."""

STEM = 80
"""A stem width to write where none is known: viewers use it only to imitate a font that is missing."""


class PaintedFont:
    """One face as one document uses it."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[tuple[int, str], int] = {}
        self._fragments: dict[Shaped, str] = {}
        self._natural: dict[int, float] = {}

    def fragment(self, piece: Shaped, size: float) -> str:
        """A shaped word as elements of a TJ array: codes in hexadecimal, kerns as numbers."""
        found = self._fragments.get(piece)
        if found is None:
            found = self._encode(piece, size)
            if piece.shifts is None:
                self._fragments[piece] = found
        return found

    def _encode(self, piece: Shaped, size: float) -> str:
        out: list[str] = []
        row = ""
        codes, natural = self.codes, self._natural
        for index, (glyph, text) in enumerate(zip(piece.glyphs, piece.texts, strict=True)):
            code = codes.setdefault((glyph, text), len(codes) + 1)
            advance = natural.get(glyph)
            if advance is None:
                advance = natural[glyph] = self.face.font.get_glyph_h_advance(glyph) * self.face.scale
            shift = piece.shifts[index] if piece.shifts is not None else None
            kern = advance - piece.advances[index]
            if shift is not None:
                out.append(f"<{row}>" if row else "")
                row = ""
                out.append(_shifted(f"{code:04X}", shift, size))
                kern += shift[0]
                if abs(kern) > 0.004:
                    out.append(_number(kern))
                continue
            row += f"{code:04X}"
            if abs(kern) > 0.004:
                out.append(f"<{row}>{_number(kern)}")
                row = ""
        if row:
            out.append(f"<{row}>")
        return "".join(out)

    def reference(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        """The font's objects in the document, and a reference to the font."""
        pairs = sorted((code, glyph, text) for (glyph, text), code in self.codes.items())
        data, new_glyphs = _subset(self.face, {glyph for _, glyph, _ in pairs})
        base = f"{_tag(data, pairs)}+{self.face.name}"
        mapping = b"\0\0" + b"".join(new_glyphs[glyph].to_bytes(2, "big") for _, glyph, _ in pairs)
        widths = [_width(self._natural[glyph]) for _, glyph, _ in pairs]
        descendant = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": self._refer(document, self._descriptor(base, self._file(document, data)), "Descriptor"),
            "DW": 0,
            "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)]),
            "CIDToGIDMap": self._refer(document, _stream(mapping), "Glyphs"),
        }
        font = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(base),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([self._refer(document, _dictionary(descendant), "Descendant")]),
            "ToUnicode": self._refer(document, _stream(_to_unicode(pairs)), "Unicode"),
        }
        return self._refer(document, _dictionary(font), "Font")

    def _refer(self, document: pdfdoc.PDFDocument, thing: object, what: str) -> pdfdoc.PDFObjectReference:
        return document.Reference(thing, f"{what}.{self.name}")

    def _file(self, document: pdfdoc.PDFDocument, data: bytes) -> pdfdoc.PDFObjectReference:
        stream = _stream(data)
        stream.dictionary["Length1"] = len(data)
        return self._refer(document, stream, "File")

    def _descriptor(self, base: str, file: pdfdoc.PDFObjectReference) -> pdfdoc.PDFDictionary:
        """ISO 32000-1, 9.8: numbers in thousandths of an em."""
        face, scale = self.face, self.face.scale
        extents = face.font.get_font_extents("ltr")
        head = bytes(face.face.reference_table("head").data)
        box = [round(int.from_bytes(head[i : i + 2], "big", signed=True) * scale) for i in (36, 38, 40, 42)]
        angle = int.from_bytes(bytes(face.face.reference_table("post").data)[4:8], "big", signed=True) / 65536
        return _dictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4 | (64 if angle else 0),
                "FontBBox": pdfdoc.PDFArray(box),
                "ItalicAngle": round(angle, 2),
                "Ascent": round(extents.ascender * scale),
                "Descent": round(extents.descender * scale),
                "CapHeight": round(face.cap_height),
                "StemV": STEM,
                "FontFile2": file,
            }
        )


def _subset(face: Face, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """The font file with these glyphs only, and where each of them is now."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0} | glyphs)
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for table in DROPPED:
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode(), "big"))
    plan = hb.SubsetPlan(face.face, wanted)
    mapping = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), mapping


def _tag(data: bytes, pairs: list[tuple[int, int, str]]) -> str:
    """Six letters from the content: the same subset has the same tag and no other has it."""
    digest = sha256(data + repr(pairs).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _to_unicode(pairs: list[tuple[int, int, str]]) -> bytes:
    rows = [f"<{code:04X}><{text.encode('utf-16-be').hex().upper()}>" for code, _, text in pairs if text]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000><FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _shifted(code: str, shift: tuple[float, float], size: float) -> str:
    """A glyph off its place: sideways by a number of the array, upwards by a text rise round it."""
    across = _number(-shift[0]) if shift[0] else ""
    if not shift[1]:
        return f"{across}<{code}>"
    rise = f"{shift[1] * size / 1000:.3f}"
    return f"{across}]TJ {rise} Ts[<{code}>]TJ 0 Ts["


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _width(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 3)


def _stream(content: bytes) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def _dictionary(entries: dict[str, object]) -> pdfdoc.PDFDictionary:
    dictionary = pdfdoc.PDFDictionary(entries)
    dictionary.__RefOnly__ = 1  # an object of its own, not repeated where it is referred to
    return dictionary
