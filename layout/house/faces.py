"""Font files as faces: metrics, coverage and HarfBuzz handles; the door to uharfbuzz for reading fonts.

It comes in with the first face: reading a brand, which is all that `check` does, needs none.
"""

import os
from bisect import bisect
from functools import cached_property
from unicodedata import category, normalize

from layout.ground.problems import Place, Problem, Refused
from layout.house.fontfiles import COLLECTION, fonts_folder, split_index

DEFAULT_LANGUAGE = 0xFFFF
"""HarfBuzz's index of a script's default language."""

_PLAIN = (
    0x09, 0x0B, 0x0C, 0x0E, 0x20, 0x590, 0x10A0, 0x1100, 0x1C80, 0x1CC0, 0x1D00, 0x200E, 0x2010, 0x202A,
    0x202F, 0x2066, 0x206A, 0x2C00, 0x2C60, 0x2C80, 0x2DE0, 0x2E80, 0xA640, 0xA6A0, 0xA720, 0xA800, 0xFB00, 0xFB18,
    0xFE00, 0xFE10, 0xFFFC, 0xFFFE, 0x1D400, 0x1D800,
)  # fmt: skip
"""Characters that are set one after another, from the left, in words with spaces between: those of Latin, Greek,
Cyrillic, Armenian and Georgian, with signs; none that order or part lines by rules of their own. Each range begins
at an even place of the list and ends before the next one: a search costs a cold start less than an expression."""

UNSEEN = ("Cc", "Cf", "Zs")
"""Categories of characters that HarfBuzz shows as nothing or as a space where the face lacks them."""


_SIGNS = frozenset(
    "\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd",
)
"""Signs under or round the figures that follow, which Unicode counts among the controls all the same."""


def is_unseen(character: str) -> bool:
    """Whether a character needs no glyph of its own."""
    if "\u0600" <= character <= "\u0605" or character in _SIGNS:
        return False
    variation = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return variation or category(character) in UNSEEN


RIGHTS, RESTRICTED, NO_SUBSETS, ONLY_BITMAPS = 0x000F, 0x0002, 0x0100, 0x0200
"""Bits of fsType that forbid to embed a part of a font (OpenType, OS/2)."""


def _is_torn(path: str) -> bool:
    """Whether a table of a face ends beyond its file, so that HarfBuzz would show glyphs as nothing."""
    file, index = split_index(path)
    size = os.path.getsize(file)
    with open(file, "rb") as data:
        head = data.read(12)
        if head[:4] == COLLECTION:
            data.seek(12 + 4 * index)
            data.seek(int.from_bytes(data.read(4), "big"))
            head = data.read(12)
        tables = int.from_bytes(head[4:6], "big")
        rows = [data.read(16) for _ in range(tables)]
    ends = (int.from_bytes(row[8:12], "big") + int.from_bytes(row[12:], "big") for row in rows)
    return not all(map(len, rows)) or any(end > size for end in ends)


class Face:
    """One font file, or one face of a collection ("a.ttc#2").

    Its glyphs are named by index, its lengths are in thousandths of an em.

    Not a value but a handle on one: two faces are the same when they are the same object.
    """

    __slots__ = ("__dict__", "_advances", "_plain", "blob", "face", "font", "path", "scale")

    def __init__(self, path: str) -> None:
        import uharfbuzz as hb

        self.path = path
        file, index = split_index(path)
        self.blob = hb.Blob.from_file_path(file)
        self.face = hb.Face(self.blob, index)
        self.font = hb.Font(self.face)
        self.scale: float = 1000 / self.face.upem
        self._advances: dict[int, float] = {}
        self._plain: set[str] = set()

    def advance(self, glyph: int) -> float:
        """A glyph's own width, in thousandths of an em."""
        advance = self._advances.get(glyph)
        if advance is None:
            advance = self._advances[glyph] = (
                float(self.font.get_glyph_h_advance(glyph)) * self.scale
            )
        return advance

    def height(self, character: str) -> float:
        """How far the ink of one character goes above the baseline, in thousandths of an em; 0 without one."""
        glyph = self.font.get_nominal_glyph(ord(character))
        extents = self.font.get_glyph_extents(glyph) if glyph is not None else None
        return extents.y_bearing * self.scale if extents is not None else 0.0

    def depth(self, character: str) -> float:
        """How far the ink of one character goes below the baseline, in thousandths of an em."""
        glyph = self.font.get_nominal_glyph(ord(character))
        extents = self.font.get_glyph_extents(glyph) if glyph is not None else None
        return -(extents.y_bearing + extents.height) * self.scale if extents is not None else 0.0

    @property
    def file(self) -> str:
        """The file's name, which orders faces wherever an order is wanted."""
        return os.path.basename(self.path)

    @cached_property
    def compact(self) -> bool:
        """Whether its outlines are PostScript's (OpenType, CFF)."""
        return "CFF " in self.face.table_tags and "glyf" not in self.face.table_tags

    def holds(self, table: str) -> bool:
        """Whether a table has data: fonts of bitmaps may have empty outlines."""
        return len(self.face.reference_table(table)) > 0

    @cached_property
    def licence(self) -> int:
        """What its licence says of embedding (OpenType, OS/2, fsType); 0 where it says nothing."""
        return int.from_bytes(bytes(self.face.reference_table("OS/2").data)[8:10], "big")

    @cached_property
    def name(self) -> str:
        """The PostScript name."""
        return str(self.face.get_name(6) or os.path.splitext(self.file)[0]).replace(" ", "")

    @cached_property
    def cap_height(self) -> float:
        """The height of capitals, in thousandths of an em."""
        import uharfbuzz as hb

        return (
            float(self.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT))
            * self.scale
        )

    @cached_property
    def box(self) -> tuple[int, ...]:
        """xMin, yMin, xMax and yMax of all glyphs, in font units (OpenType, head)."""
        head = bytes(self.face.reference_table("head").data)
        return tuple(int.from_bytes(head[i : i + 2], "big", signed=True) for i in (36, 38, 40, 42))

    @cached_property
    def angle(self) -> float:
        """The italic angle in degrees, negative to the right (OpenType, post)."""
        post = bytes(self.face.reference_table("post").data)
        return int.from_bytes(post[4:8], "big", signed=True) / 65536

    @cached_property
    def ascender(self) -> float:
        """How high the face reaches, in thousandths of an em."""
        return float(self.font.get_font_extents("ltr").ascender) * self.scale

    @cached_property
    def descender(self) -> float:
        """How deep the face reaches, in thousandths of an em, negative."""
        return float(self.font.get_font_extents("ltr").descender) * self.scale

    @cached_property
    def x_height(self) -> float:
        """The height of small letters, in thousandths of an em."""
        import uharfbuzz as hb

        return (
            float(self.font.get_metric_position_with_fallback(hb.OTMetricsTag.X_HEIGHT))
            * self.scale
        )

    @cached_property
    def features(self) -> frozenset[str]:
        """The tags of its substitutions, in whatever script and language (OpenType, GSUB)."""
        found: set[str] = set()
        for script in range(len(self.face.get_table_script_tags("GSUB"))):
            languages = len(self.face.get_script_language_tags("GSUB", script))
            for language in (DEFAULT_LANGUAGE, *range(languages)):
                found.update(self.face.get_language_feature_tags("GSUB", script, language))
        return frozenset(found)

    def sets(self, text: str) -> bool:
        """Whether the face has every character, and they are plainly set one after another.

        Asked of all text: what was once found is remembered, and the answer costs a look at each character.
        """
        if self._plain.issuperset(text):
            return True
        for character in set(text) - self._plain:
            if not (bisect(_PLAIN, ord(character)) & 1 and self.shows(character)):
                return False
            self._plain.add(character)
        return True

    def shows(self, cluster: str) -> bool:
        """Whether the face has what a grapheme cluster needs: HarfBuzz composes and decomposes it as the face asks."""
        return any(
            all(self.has(character) or is_unseen(character) for character in form)
            for form in dict.fromkeys(
                (cluster, normalize("NFC", cluster), normalize("NFD", cluster))
            )
        )

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for one character."""
        return self.font.get_nominal_glyph(ord(character)) is not None


_open: dict[str, Face] = {}


def open_face(path: str, place: Place) -> Face:
    """The face in a file, opened once a process; raises `Refused` at `place` where it is no usable font."""
    face = _open.get(path)
    if face is None:
        import uharfbuzz as hb

        try:
            face = Face(path)
        except (OSError, hb.HarfBuzzError) as error:
            raise Refused([Problem(place, f"cannot open the font {path}", str(error))]) from None
        _check(face, path, place)
        _open[path] = face
    return face


def _check(face: Face, path: str, place: Place) -> None:
    """Outlines that a PDF can hold, under a licence that lets it: OpenType, OS/2, fsType."""
    whole = path.startswith(fonts_folder()) or not face.face.glyph_count or not _is_torn(path)
    if not whole:
        raise Refused([Problem(place, f"{path} is damaged: its end is missing", "fetch it again")])
    tables = {"glyf", "CFF "} & set(face.face.table_tags)
    if not face.face.glyph_count or not any(map(face.holds, tables)):
        hint = "use a TrueType font, or an OpenType font with outlines in a table CFF"
        raise Refused([Problem(place, f"{path} is no TrueType or OpenType font", hint)])
    if face.licence & RIGHTS == RESTRICTED or face.licence & (NO_SUBSETS | ONLY_BITMAPS):
        hint = "use a font whose licence allows it, such as one under the SIL Open Font License"
        message = f"the licence of {path} forbids its embedding in part (fsType {face.licence})"
        raise Refused([Problem(place, message, hint)])
