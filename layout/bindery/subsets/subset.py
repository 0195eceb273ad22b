"""A font of a file as a subset of a face: what its codes show, how wide, and what they stand for."""

import re
import struct
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from layout.bindery.foreign import Opened
from layout.bindery.preflight.cmaps import CMap
from layout.bindery.subsets.compact import Charstring, CompactKin, CompactOutlines
from layout.bindery.subsets.glyphs import NOTHING, Glyph, Kin, Outlines

TAGGED: Final = re.compile(r"/[A-Z]{6}\+(.+)")
"""The name of a subset (ISO 32000-1, 9.6.4)."""
KEYS: Final = frozenset(
    ("/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode")
)
INNER: Final = frozenset(
    ("/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/DW", "/W", "/FontDescriptor", "/CIDToGIDMap")
)  # fmt: skip
"""All that a font and its descendant may say; one that says more (/W2, /AF) is left alone."""
OWN: Final = frozenset(("/FontName", "/FontFile2", "/FontFile3", "/CIDSet", "/FontBBox"))
"""What a descriptor says of its subset and not of the face."""
_ROW: Final = re.compile(rb"\s*<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{2})+)>")
_SECTION: Final = re.compile(rb"beginbfchar((?:" + _ROW.pattern + rb")*)\s*endbfchar")
MOST: Final = 1 << 16


class Shown(Struct, frozen=True):
    """What a code shows: a glyph, its width in thousandths of an em, its text as UTF-16BE or None for none."""

    glyph: Glyph | Charstring
    width: float
    text: bytes | None


class FaceKey(Struct, frozen=True):
    """What tells a face from others: its name, what its descriptor says, what its program has for all glyphs."""

    name: str
    descriptor: tuple[tuple[str, str], ...]
    kin: Kin | CompactKin


class Subset:
    """A Type 0 font whose codes are two bytes (9.7.6.2), with TrueType outlines or a compact program."""

    def __init__(self, opened: Opened, font: DictionaryObject) -> None:
        self._opened, self.font = opened, font
        descendants = opened.item(font, "/DescendantFonts")
        self.inner: DictionaryObject = opened.resolve(descendants[0])
        self.descriptor: DictionaryObject = opened.item(self.inner, "/FontDescriptor")
        self.outlines, self._cids = self._read_program()
        self._numbers = self._map()
        self.default = float(opened.item(self.inner, "/DW") or 0 if "/DW" in self.inner else 1000)
        self._widths = self._read_widths()
        self.texts = self._read_texts()
        if not self.texts:
            raise ValueError("an empty map is as good as none")
        self._shown: dict[int, Shown] = {}

    @property
    def key(self) -> FaceKey:
        """The face it is of."""
        found = TAGGED.fullmatch(str(self.font["/BaseFont"]))
        said = [
            (str(key), repr(self._opened.resolve(value)))
            for key, value in sorted(self.descriptor.items())
            if key not in OWN
        ]
        return FaceKey(found[1] if found else "", tuple(said), self.outlines.kin)

    @property
    def codes(self) -> list[int]:
        """The codes that content may use, in their order: they have a width, a text or a glyph."""
        count, numbers = self.outlines.count, self._numbers
        if self._cids is not None:
            return sorted(self._cids.keys() | self.texts.keys())
        if isinstance(self.outlines, CompactOutlines):
            mapped = self.outlines.program.glyph_of.keys() - {0}
        elif numbers is None:
            mapped = set(range(1, count))
        else:
            pairs = struct.unpack_from(f">{min(len(numbers) // 2, MOST)}H", numbers)
            mapped = {code for code, number in enumerate(pairs) if 0 < number < count}
        return sorted(mapped | self._widths.keys() | self.texts.keys())

    def shown(self, code: int) -> Shown:
        """What a code shows, nothing where its glyph is not in the program; raises as `Outlines` does."""
        found = self._shown.get(code)
        if found is None:
            cid = code if self._cids is None else self._cids.get(code, 0)
            width = self._widths.get(cid, self.default)
            glyph = self._drawn(cid, width)
            found = self._shown[code] = Shown(glyph, width, self.texts.get(code))
        return found

    def _drawn(self, cid: int, width: float) -> Glyph | Charstring:
        if isinstance(self.outlines, CompactOutlines):
            return self.outlines.glyph(self.outlines.number_of(cid), width)
        number = self._glyph(cid)
        return self.outlines.glyph(number) if number < self.outlines.count else NOTHING

    @property
    def missing(self) -> Glyph | Charstring:
        """The glyph of what the program has not."""
        if isinstance(self.outlines, CompactOutlines):
            return self.outlines.glyph(0, self._widths.get(0, self.default))
        return self.outlines.glyph(0)

    def _read_program(self) -> tuple[Outlines | CompactOutlines, dict[int, int] | None]:
        """The program, and CIDs by codes where these are not the same."""
        opened = self._opened
        compact = opened.item(self.descriptor, "/FontFile3")
        if compact is None:
            return Outlines(opened.data_of(opened.item(self.descriptor, "/FontFile2"))), None
        encoding = opened.item(self.font, "/Encoding")
        if not isinstance(encoding, StreamObject):
            return CompactOutlines(opened.data_of(compact)), None
        data = opened.data_of(encoding)
        cmap = CMap(data)
        if cmap.lengths != {2} or cmap.mode or cmap.uses or b"notdef" in data:
            raise ValueError("codes that are read in another way")
        cids = {code: cid for code, cid in cmap.cids.items() if 0 <= code < MOST}
        return CompactOutlines(opened.data_of(compact)), cids

    def _glyph(self, code: int) -> int:
        if self._numbers is None:
            return code
        return int.from_bytes(self._numbers[2 * code : 2 * code + 2], "big")

    def _map(self) -> bytes | None:
        value = self._opened.item(self.inner, "/CIDToGIDMap")
        return self._opened.data_of(value) if isinstance(value, StreamObject) else None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What holds its glyphs, in thousandths of an em; zeros where that is not said."""
        return self._opened.box(self.descriptor, "/FontBBox") or (0.0, 0.0, 0.0, 0.0)

    def _read_widths(self) -> dict[int, float]:
        """The array /W (9.7.4.3)."""
        resolve, found, at = self._opened.resolve, dict[int, float](), 0
        left = 4 * MOST
        values = [resolve(each) for each in self._opened.item(self.inner, "/W") or ()]
        while at + 1 < len(values):
            first, second = int(values[at]), values[at + 1]
            if isinstance(second, ArrayObject):
                found.update(enumerate(map(float, map(resolve, second)), first))
                at += 2
            else:
                codes = range(max(0, first), min(int(second), MOST - 1) + 1)
                left -= len(codes)
                if left < 0:
                    raise ValueError("more widths than codes")
                found.update(dict.fromkeys(codes, float(values[at + 2])))
                at += 3
        return {code: width for code, width in found.items() if 0 <= code < MOST}

    def _read_texts(self) -> dict[int, bytes]:
        """What codes stand for (9.10.3), as UTF-16BE."""
        stream: StreamObject = self._opened.item(self.font, "/ToUnicode")
        data = self._opened.data_of(stream)
        if b"usecmap" in data:
            raise ValueError("what codes stand for is said elsewhere")
        sections = list(_SECTION.finditer(data))
        if b"beginbfrange" in data or len(sections) != data.count(b"beginbfchar"):
            texts = CMap(data).texts
            return {
                code: text.encode("utf-16-be", "surrogatepass")
                for code, text in texts.items()
                if 0 <= code < MOST and text
            }
        return {
            int(row[1], 16): bytes.fromhex(row[2].decode())
            for section in sections
            for row in _ROW.finditer(section[1])
        }


def subset_of(opened: Opened, font: Any) -> Subset | None:
    """A font as a subset of a face, or None for one that is not of this kind or cannot be read."""
    if not _is_of_kind(opened, font):
        return None
    try:
        return Subset(opened, font)
    except Exception:  # whatever damage a program has, its font stays as it is
        return None


def face_name(opened: Opened, font: Any) -> str:
    """The name of the face that a font is a subset of, or '' where it says nothing of that kind."""
    if not isinstance(font, DictionaryObject) or opened.item(font, "/Subtype") != "/Type0":
        return ""
    found = TAGGED.fullmatch(str(opened.item(font, "/BaseFont")))
    return found[1] if found else ""


def _is_of_kind(opened: Opened, font: Any) -> bool:
    descendants = opened.item(font, "/DescendantFonts")
    inner = opened.resolve(descendants[0]) if isinstance(descendants, ArrayObject) else None
    if not isinstance(inner, DictionaryObject) or not (
        font.keys() <= KEYS and inner.keys() <= INNER
    ):
        return False
    descriptor = opened.item(inner, "/FontDescriptor")
    texts = opened.item(font, "/ToUnicode")
    # Without it readers guess characters from codes, which are others in the face.
    if not isinstance(texts, StreamObject) or "/UseCMap" in texts:
        return False
    if not isinstance(descriptor, DictionaryObject):
        return False
    kind = opened.item(inner, "/Subtype")
    if kind == "/CIDFontType0":
        return _is_compact(opened, font, inner, descriptor)
    mapped = opened.item(inner, "/CIDToGIDMap")
    return (
        opened.item(font, "/Encoding") == "/Identity-H"
        and kind == "/CIDFontType2"
        and isinstance(opened.item(descriptor, "/FontFile2"), StreamObject)
        and "/FontFile3" not in descriptor
        and (isinstance(mapped, StreamObject) or mapped in (None, NameObject("/Identity")))
    )


def _is_compact(
    opened: Opened, font: DictionaryObject, inner: DictionaryObject, descriptor: DictionaryObject
) -> bool:
    """The same of one with a compact program, whose codes are CIDs or led to them by a CMap of its own."""
    file, encoding = opened.item(descriptor, "/FontFile3"), opened.item(font, "/Encoding")
    embedded = isinstance(encoding, StreamObject) and not {"/UseCMap"} & encoding.keys()
    return (
        isinstance(file, StreamObject)
        and opened.item(file, "/Subtype") == "/CIDFontType0C"
        and "/FontFile2" not in descriptor
        and "/CIDToGIDMap" not in inner
        and (embedded or encoding == "/Identity-H")
    )


READING = (ValueError, IndexError, struct.error, KeyError)
"""What a damaged program raises where a code is looked up in it."""
