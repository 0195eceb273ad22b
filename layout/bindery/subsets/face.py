"""One face in the file under construction: the codes of all its subsets, written as one font."""

from hashlib import sha256
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from layout.bindery.body import Body, Stream, deflated, dictionary
from layout.bindery.graft import Graft
from layout.bindery.subsets.compact import Charstring, CompactProgram
from layout.bindery.subsets.glyphs import Program
from layout.bindery.subsets.recode import Strings, Unclear
from layout.bindery.subsets.subset import OWN, READING, Shown, Subset
from layout.plates.cmap import CMAP, to_cids, to_unicode

LAST = 0xFFFF


class Row(Struct, frozen=True):
    """A code with the number of its glyph, its width, and what it stands for."""

    code: int
    glyph: int
    shown: Shown


class Face:
    """A face; the subset that it begins with keeps its codes, those of others are written anew.

    Raises as `Outlines` does where the first subset cannot be read whole.
    """

    def __init__(self, name: str, first: Subset, graft: Graft) -> None:
        self.name, self._first, self._graft = name, first, graft
        self._codes: dict[Shown, int] = {}
        self._shown: dict[int, Shown] = {}
        self._subsets = [first]
        missing = first.missing
        self._compact = isinstance(missing, Charstring)
        # All glyphs of a face are of one kind, since programs of two kinds are no kin.
        self._program: Any = (
            CompactProgram(missing) if isinstance(missing, Charstring) else Program(missing)
        )
        self._free = 1
        for code in first.codes:
            self._take(code, first.shown(code))
        self.reference = graft.body.reserve()

    def take(self, subset: Subset) -> None:
        """Say that codes of a subset will be asked for."""
        self._subsets.append(subset)

    def code(self, shown: Shown) -> int:
        """The code that shows this; raises OverflowError where there is none left, or no room for its glyph."""
        found = self._codes.get(shown)
        if found is None:
            while self._free in self._shown:
                self._free += 1
            if self._free > LAST:
                raise OverflowError
            found = self._free
            self._take(found, shown)
        return found

    def _take(self, code: int, shown: Shown) -> None:
        self._program.number(shown.glyph)
        self._shown[code] = shown
        self._codes.setdefault(shown, code)

    def write(self, body: Body) -> None:
        """Put the font, with all that hangs on it."""
        program = self._program
        rows = [
            Row(code, program.number(shown.glyph), shown)
            for code, shown in sorted(self._shown.items())
        ]
        outlines = [each.outlines for each in self._subsets]
        if self._compact:
            data = program.written(outlines, self.name)
            key, file = "/FontFile3", deflated(data, {"/Subtype": NameObject("/CIDFontType0C")})
        else:
            data = program.written(outlines)
            key, file = "/FontFile2", deflated(data, {"/Length1": NumberObject(len(data))})
        name = NameObject(f"/{_tag(data, rows)}+{self.name}")
        graft = self._graft
        with graft.opened.reading():
            said = DictionaryObject(self._first.descriptor)
            for own in OWN - {"/FontName"}:
                said.pop(own, None)
            descriptor: DictionaryObject = graft.copy(said)
        entries = {"/FontName": name, key: body.add_stream(file), "/FontBBox": self._box()}
        descriptor.update(dictionary(entries))
        listed = [row for row in rows if row.shown.width != self._first.default]
        inner = {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/CIDFontType0" if self._compact else "/CIDFontType2"),
            "/BaseFont": name,
            "/CIDSystemInfo": _IDENTITY,
            "/DW": _number(self._first.default),
            "/W": _widths(
                {row.glyph if self._compact else row.code: row.shown.width for row in listed}
            ),
            "/FontDescriptor": body.add(descriptor),
        }
        if self._compact:
            encoding: IndirectObject | NameObject = body.add_stream(_encoding(rows))
        else:
            encoding = NameObject("/Identity-H")
            inner["/CIDToGIDMap"] = body.add_stream(deflated(_map(rows)))
        texts = [(row.code, row.shown.text) for row in rows if row.shown.text is not None]
        font = {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/Type0"),
            "/BaseFont": name,
            "/Encoding": encoding,
            "/DescendantFonts": ArrayObject([body.add(dictionary(inner))]),
            "/ToUnicode": body.add_stream(deflated(to_unicode(texts))) if texts else None,
        }
        body.put(self.reference, dictionary(font))

    def _box(self) -> ArrayObject:
        """What holds the glyphs of all subsets; zeros, which say nothing, where one of them says nothing."""
        boxes = [subset.box for subset in self._subsets]
        if not all(any(box) for box in boxes):
            return ArrayObject([NumberObject(0)] * 4)
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return ArrayObject(map(_number, (min(lefts), min(bottoms), max(rights), max(tops))))


_IDENTITY = dictionary(
    {
        "/Registry": TextStringObject("Adobe"),
        "/Ordering": TextStringObject("Identity"),
        "/Supplement": NumberObject(0),
    }
)


def _tag(data: bytes, rows: list[Row]) -> str:
    """Six letters from the content: the same subset has the same tag and no other has it."""
    said = repr([(row.code, row.glyph, row.shown.text) for row in rows]).encode()
    return "".join(chr(65 + byte % 26) for byte in sha256(data + said).digest()[:6])


def _widths(widths: dict[int, float]) -> ArrayObject:
    """The array /W: runs of CIDs (9.7.4.3)."""
    made, before = ArrayObject(), -2
    for cid, width in sorted(widths.items()):
        if cid != before + 1:
            made += [NumberObject(cid), ArrayObject()]
        made[-1].append(_number(width))
        before = cid
    return made


def _encoding(rows: list[Row]) -> Stream:
    """A CMap that leads from codes to the glyphs of a compact program, whose CIDs are in order (9.7.5.4)."""
    said = {
        "/Type": NameObject("/CMap"),
        "/CMapName": NameObject(f"/{CMAP}"),
        "/WMode": NumberObject(0),
        "/CIDSystemInfo": _IDENTITY,
    }
    return deflated(to_cids([(row.code, row.glyph) for row in rows], CMAP), said)


def _number(value: float) -> NumberObject | FloatObject:
    return NumberObject(int(value)) if value.is_integer() else FloatObject(value)


def _map(rows: list[Row]) -> bytes:
    """Two bytes for each code up to the last (9.7.4.2)."""
    made = bytearray(2 * (rows[-1].code + 1) if rows else 2)
    for row in rows:
        made[2 * row.code : 2 * row.code + 2] = row.glyph.to_bytes(2, "big")
    return bytes(made)


class _Codes(dict[bytes, bytes]):
    """From codes of a subset to codes of its face, in hexadecimal digits."""

    def __init__(self, face: Face, subset: Subset) -> None:
        super().__init__()
        self._face, self._subset = face, subset

    def __missing__(self, digits: bytes) -> bytes:
        try:
            code = self._face.code(self._subset.shown(int(digits, 16)))
        except (*READING, OverflowError):
            raise Unclear from None
        made = self[digits] = b"%04X" % code
        return made


class Recoded(Strings):
    """From strings of a subset to those of its face; the same string is looked at once."""

    def __init__(self, face: Face, subset: Subset) -> None:
        super().__init__()
        self._codes = _Codes(face, subset)

    def __missing__(self, digits: bytes) -> bytes:
        plain = digits if digits.isalnum() else digits.translate(None, b" \t\r\n\f\0")
        if len(plain) % 4:
            raise Unclear
        codes = self._codes
        each = [codes[plain[at : at + 4]] for at in range(0, len(plain), 4)]
        made = self[digits] = b"<" + b"".join(each) + b">"
        return made
