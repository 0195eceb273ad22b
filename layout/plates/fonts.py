"""Faces as PDF fonts: Type0, Identity-H, one code for each pair of glyph and text.

One glyph may stand for different characters (a hyphen for U+002D or U+00AD, a small capital for its
letter), so codes are given to pairs, in the order they are first painted; CIDToGIDMap leads back to
glyphs (ISO 32000-1, 9.7.4.2) and ToUnicode to characters (9.10.3). A letter of several glyphs becomes
one glyph of the embedded font, so that one code says all of it (`composites`).
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING

import uharfbuzz as hb

from layout.house.faces import Face
from layout.plates.charset import cids_of, with_cids
from layout.plates.cmap import CMAP, to_cids, to_unicode
from layout.plates.document import Document, Item, Stream
from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN

if TYPE_CHECKING:
    from layout.plates.composites import Glyph
    from layout.plates.outlines import Parts

DROPPED = (
    "BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "HVAR", "MATH", "MVAR", "OS/2", "STAT", "VVAR", "avar", "cmap",
    "fvar", "gvar", "kern", "meta", "name", "post",
)  # fmt: skip
"""Tables that a font inside a PDF has no use for: what they say is in the PDF's own dictionaries."""

SYMBOLIC, ITALIC = 4, 64
"""Flags of a descriptor (ISO 32000-1, table 123)."""

SYSTEM = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
"""The CIDs of our fonts mean nothing beyond them (9.7.3)."""

Pair = tuple["Glyph", str]
"""What is drawn with the text that it stands for."""

Shift = tuple[float, float] | None
"""How far a glyph is off its place, in thousandths of an em."""

Code = tuple[int, int, str]
"""A code, the glyph in the subset that it shows, and how wide that is."""

LAST_CID = 65_535

STEM = 80
"""A stem width to write where none is known: viewers use it only to imitate a font that is missing."""


OFTEN = 60
"""A face is prepared for subsets once so many were made of it: that takes as long as 70 subsets save."""

SPELLED = 10_000
"""So many words are kept with what they are painted by; see `_spelling`."""

Key = int | str
"""The number of a pair in this process, or a kern as it stands between two codes."""

_NUMBERS: dict[Pair, int] = {}
"""A number for each pair that any document painted: quicker to look up than the pair, and the same for all of them."""

_PAIRS: list[Pair] = []
"""The pairs by their numbers."""

_SPELLINGS: dict[Shaped, tuple[Key, ...]] = {}


class _Codes(dict[Key, str]):
    """The codes of one document by the numbers of pairs, in hexadecimal and in the order of first use; and kerns."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __missing__(self, key: Key) -> str:
        if isinstance(key, str):
            code = key
        else:
            self.count += 1
            code = f"{self.count:04X}"
        self[key] = code
        return code


class PaintedFont:
    """One face as one document uses it."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes = _Codes()
        self._fragments: dict[Shaped, str] = {}
        self._made: dict[Parts, int] = {}
        """How wide each glyph made of several is, in font units: as it was where it was first painted."""

    def fragment(self, piece: Shaped, size: float) -> str:
        """A shaped word as elements of a TJ array: codes in hexadecimal, kerns as numbers."""
        found = self._fragments.get(piece)
        if found is None:
            pairs: Sequence[Pair] = piece.pairs
            kerns: Sequence[float] = piece.kerns
            shifts: Sequence[Shift] | None = piece.shifts
            if piece.groups:
                pairs, kerns, shifts = self.joined(piece)
            if shifts is not None:
                return self._shifted(pairs, kerns, shifts, size)
            keys = _keys(pairs, kerns) if piece.groups else _spelling(piece)
            found = f"<{''.join(map(self._codes.__getitem__, keys))}>"
            self._fragments[piece] = found
        return found

    def shown(self, pieces: Sequence[Shaped], size: float, gap: str) -> str:
        """Words after each other as elements of a TJ array, with the number `gap` after every space, '' for none."""
        known, fragment = self._fragments.get, self.fragment
        found = [known(piece) or fragment(piece, size) for piece in pieces]
        if gap:
            found = [
                text + gap if piece.is_space else text
                for text, piece in zip(found, pieces, strict=True)
            ]
        return "".join(found)

    @property
    def codes(self) -> dict[Pair, str]:
        """The codes given so far, in hexadecimal and in their order, by what they are given to."""
        return {_PAIRS[key]: code for key, code in self._codes.items() if isinstance(key, int)}

    def code(self, pair: Pair) -> str:
        """The code of a glyph with what it stands for, in hexadecimal."""
        return self._codes[_number_of(pair)]

    def joined(
        self, piece: Shaped, leftward: bool = False
    ) -> tuple[Sequence[Pair], Sequence[float], Sequence[Shift] | None]:
        """A word's glyphs, each group as one that stands where they all stand.

        Each with what it says, how much nearer its successor stands, and how far it is off its place.
        """
        from layout.plates.composites import apart, letter_of

        pairs: list[Pair] = []
        kerns: list[float] = []
        shifts: list[Shift] = []
        start = 0
        for count, text in piece.groups or [(1, text) for _, text in piece.pairs]:
            glyph: Glyph = piece.pairs[start][0]
            shift, kern = piece.shifts[start] if piece.shifts else None, piece.kerns[start]
            if count > 1:
                glyph, reach = letter_of(self.face, piece, start, count, leftward)
                kern, shift = self._natural(glyph, reach) - reach, None
            said = apart(glyph, text, leftward)
            pairs += said
            kerns += [kern, *repeat(0.0, len(said) - 1)]
            # A program that sorts by places must find what is read after a letter from the right on its left.
            shifts += [
                shift,
                *[(-float(n), 0.0) if leftward else None for n in range(1, len(said))],
            ]
            start += count
        return pairs, kerns, shifts if any(shifts) else None

    def _natural(self, glyph: "Glyph", reach: float = 0.0) -> float:
        """How wide a glyph is by the embedded font, in thousandths of an em; a new one is so wide as it reaches."""
        if isinstance(glyph, int):
            return self.face.advance(glyph) if glyph >= 0 else 0.0
        width = self._made.setdefault(glyph, max(round(reach / self.face.scale), 0))
        return width * self.face.scale

    def _shifted(
        self, pairs: Sequence[Pair], kerns: Sequence[float], shifts: Sequence[Shift], size: float
    ) -> str:
        """The same for a word with marks off their places: sideways by numbers, upwards by a text rise."""
        out: list[str] = []
        for pair, kern, shift in zip(pairs, kerns, shifts, strict=True):
            code = self.code(pair)
            across, up = shift or (0.0, 0.0)
            # Blanks part the numbers of two glyphs from each other.
            glyph = f" {_number(-across)}<{code}>{_number(kern + across)} "
            out.append(f"]TJ {up * size / 1000:.3f} Ts[{glyph}]TJ 0 Ts[" if up else glyph)
        return "".join(out)

    def leftward(
        self, pieces: Sequence[Shaped], size: float, tracking: float, stretch: float
    ) -> str:
        """Words that are written from the right, in the order of reading: numbers lead back to the left of each glyph.

        The pen begins at `first_place`. `tracking` goes after every letter, `stretch` after spaces besides, both in
        thousandths of an em.
        """
        from layout.plates.composites import is_blank

        out: list[str] = []
        pen = edge = 0.0
        for piece in pieces:
            pairs, kerns, shifts = self.joined(piece, leftward=True)
            for at, (pair, kern) in enumerate(zip(pairs, kerns, strict=True)):
                natural = self._natural(pair[0])
                across, up = (shifts and shifts[at]) or (0.0, 0.0)
                edge -= natural - kern
                move = round(pen - edge - across, 2) if out else 0.0
                pen = (pen - move if out else edge + across) + natural
                edge -= 0.0 if is_blank(pair[0]) else tracking
                glyph = f"{f' {_number(move)} ' if move else ''}<{self.code(pair)}>"
                out.append(f"]TJ {up * size / 1000:.3f} Ts[{glyph}]TJ 0 Ts[" if up else glyph)
            edge -= stretch * piece.is_space
        return "".join(out)

    def write(self, document: Document) -> Item:
        """The font's objects in the document; the one to refer to."""
        pairs = [(int(code, 16), glyph, text) for (glyph, text), code in self.codes.items()]
        data, new_glyphs = self._program([glyph for _, glyph, _ in pairs])
        base = f"/{_tag(data, pairs)}+{self.face.name}"
        codes = [
            (code, new_glyphs[glyph], _number(self._natural(glyph))) for code, glyph, _ in pairs
        ]
        descend = self._compact if self.face.compact else self._outlined
        encoding, descendant = descend(document, base, data, codes)
        unicode = Stream(document, _to_unicode(pairs))
        return Item(
            document,
            f"<</Type/Font/Subtype/Type0/BaseFont{base}/Encoding{encoding}"
            f"/DescendantFonts[{descendant.ref}]/ToUnicode {unicode.ref}>>",
        )

    def _program(self, glyphs: Iterable["Glyph"]) -> tuple[bytes, dict["Glyph", int]]:
        """The font file with these glyphs only, those of several made, and where each of them is in it."""
        single = [glyph for glyph in glyphs if isinstance(glyph, int)]
        parts = {glyph for made in self._made for glyph, _, _ in made}
        data, places = _subset(self.face, parts.union([glyph for glyph in single if glyph >= 0]))
        found: dict[Glyph, int] = dict(places.items())
        blanks = {glyph for glyph in single if glyph < 0}
        if self._made or blanks:
            from layout.plates.composites import composed

            made: dict[Parts, int] = {(): 0} if blanks else {}
            found |= dict.fromkeys(blanks, len(places))
            for it, width in self._made.items():
                found[it] = len(places) + len(made)
                made[tuple([(places[glyph], x, y) for glyph, x, y in it])] = width
            data = composed(data, made, self.face.compact)
        return data, found

    def _outlined(
        self, document: Document, base: str, data: bytes, codes: list[Code]
    ) -> tuple[str, Item]:
        """Encoding and descendant of a face with TrueType outlines: a map leads from codes to its glyphs."""
        file = Stream(document, data, f"/Length1 {len(data)}")
        descriptor = Item(document, f"<<{self._descriptor(base)}/FontFile2 {file.ref}>>")
        mapping = b"\0\0" + b"".join([glyph.to_bytes(2, "big") for _, glyph, _ in codes])
        glyphs = Stream(document, mapping)
        widths = " ".join([width for _, _, width in codes])
        return "/Identity-H", Item(
            document,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{base}{SYSTEM}"
            f"/DW 0/W[1[{widths}]]/FontDescriptor {descriptor.ref}/CIDToGIDMap {glyphs.ref}>>",
        )

    def _compact(
        self, document: Document, base: str, data: bytes, codes: list[Code]
    ) -> tuple[str, Item]:
        """The same of PostScript outlines: their CIDs are the codes, else a CMap leads from codes to CIDs.

        Such fonts have no CIDToGIDMap, and pypdf knows no CMaps.
        """
        face = hb.Face(hb.Blob(data))
        program = bytes(face.reference_table("CFF ").data)
        cids = _cids_for(codes, face.glyph_count)
        renumbered = with_cids(program, cids) if cids else None
        encoding = "/Identity-H"
        if renumbered is None:
            cids = cids_of(program, face.glyph_count)
            mapping = to_cids([(code, cids[glyph]) for code, glyph, _ in codes], CMAP)
            dictionary = f"/Type/CMap/CMapName/{CMAP}/WMode 0{SYSTEM}"
            encoding = f" {Stream(document, mapping, dictionary).ref}"
        widths = {cids[glyph]: width for _, glyph, width in codes}
        listed = "".join([f"{cid}[{widths[cid]}]" for cid in sorted(widths)])
        file = Stream(document, renumbered or program, "/Subtype/CIDFontType0C")
        descriptor = Item(document, f"<<{self._descriptor(base)}/FontFile3 {file.ref}>>")
        return encoding, Item(
            document,
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont{base}{SYSTEM}"
            f"/DW 0/W[{listed}]/FontDescriptor {descriptor.ref}>>",
        )

    def _descriptor(self, base: str) -> str:
        """ISO 32000-1, 9.8: numbers in thousandths of an em."""
        face, scale = self.face, self.face.scale
        box = " ".join(str(round(value * scale)) for value in face.box)
        return (
            f"/Type/FontDescriptor/FontName{base}/Flags {SYMBOLIC | (ITALIC if face.angle else 0)}/FontBBox[{box}]"
            f"/ItalicAngle {_number(face.angle)}/Ascent {round(face.ascender)}/Descent {round(face.descender)}"
            f"/CapHeight {round(face.cap_height)}/StemV {STEM}"
        )


def _cids_for(codes: list[Code], glyphs: int) -> list[int]:
    """A CID for each glyph: its own code; none for all where a glyph has two. Those without codes come last."""
    own = {glyph: code for code, glyph, _ in codes}
    if len(own) < len(codes) or 0 in own:
        return []
    further = iter(range(1 + max([code for code, _, _ in codes], default=0), LAST_CID))
    return [0, *[own[glyph] if glyph in own else next(further) for glyph in range(1, glyphs)]]


def first_place(face: Face, pieces: Sequence[Shaped]) -> float:
    """How far from its right end the first glyph of a text from the right has its origin, in thousandths of an em."""
    first = pieces[0]
    count = first.groups[0][0] if first.groups else 1
    across = (first.shifts[0] or (0.0,))[0] if first.shifts and count == 1 else 0.0
    glyphs = zip(first.pairs[:count], first.kerns[:count], strict=True)
    return sum([kern - face.advance(glyph) for (glyph, _), kern in glyphs]) + across


def _number_of(pair: Pair) -> int:
    """The number of a pair in this process."""
    number = _NUMBERS.get(pair)
    if number is None:
        number = _NUMBERS[pair] = len(_PAIRS)
        _PAIRS.append(pair)
    return number


def _spelling(piece: Shaped) -> tuple[Key, ...]:
    """What a word of plain glyphs is painted by, whichever document it stands in: found once a process."""
    found = _SPELLINGS.get(piece)
    if found is None:
        if len(_SPELLINGS) >= SPELLED:
            _SPELLINGS.clear()
        found = _SPELLINGS[piece] = _keys(piece.pairs, piece.kerns)
    return found


def _keys(pairs: Sequence[Pair], kerns: Sequence[float]) -> tuple[Key, ...]:
    """The numbers of pairs, with the kerns that are not nought after them."""
    keys: list[Key] = []
    for pair, kern in zip(pairs, kerns, strict=True):
        keys.append(_number_of(pair))
        if kern:
            keys.append(f">{_number(kern)}<")
    return tuple(keys)


def _subset(face: Face, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """The font file with these glyphs only, and where each of them is now."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0} | glyphs)
    # Charstrings without subroutines pack better, and are the same in every subset: files that are merged share them.
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.DESUBROUTINIZE
    for table in DROPPED:
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode(), "big"))
    plan = hb.SubsetPlan(_prepared(face), wanted)
    mapping = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), mapping


_ASKED: dict[Face, int] = {}
_PREPARED: dict[Face, hb.Face] = {}


def _prepared(face: Face) -> hb.Face:
    """The face to subset: one that is asked for again and again has what all subsets need found beforehand."""
    prepared = _PREPARED.get(face)
    if prepared is not None:
        return prepared
    asked = _ASKED[face] = _ASKED.get(face, 0) + 1
    if asked < OFTEN:
        return face.face
    prepared = _PREPARED[face] = hb.subset_preprocess(face.face)
    return prepared


def _tag(data: bytes, pairs: list[tuple[int, "Glyph", str]]) -> str:
    """Six letters from the content: the same subset has the same tag and no other has it."""
    digest = sha256(data + repr(pairs).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _to_unicode(pairs: Iterable[tuple[int, object, str]]) -> bytes:
    # A glyph that only ends a character still has a code that must say something: a soft hyphen, which goes.
    texts = [(code, (text or SOFT_HYPHEN).encode("utf-16-be")) for code, _, text in pairs]
    return to_unicode(texts)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
