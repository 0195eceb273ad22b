"""What Chinese, Japanese and Korean ask between two characters: closed-up punctuation, a gap beside Latin letters.

Sources: Requirements for Japanese Text Layout (JLREQ, W3C Note, 3.1 and 3.8), Requirements for Chinese Text Layout
(CLREQ, 3.1) and CSS Text 4 (8.3 text-autospace, 8.4 text-spacing-trim). Shares are of an em of the East Asian type.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb
from msgspec.structs import replace

from layout.house.companion_table import REGIONS
from layout.house.faces import Face
from layout.setting.language import primary
from layout.setting.looks import EASTERN, Look
from layout.setting.marks import Shaped
from layout.setting.shaping import Shaper
from layout.setting.words import Atom

AUTOSPACE, NARROWEST = 0.25, 0.125
"""The gap between an ideograph and a Latin letter or digit, and what it may shrink to (JLREQ 3.8.3)."""

GIVES = 0.25
"""What of the blank beside a bracket or a comma a line may take; that after a full stop stays (JLREQ 3.8.3)."""

SPREAD = 0.05
"""What a line that is stretched by its full share puts between two characters."""

SYLLABLES = 0.015
"""The same between Korean syllables: spaces go first."""

KEEP = 450.0
"""The penalty of a line that ends between two syllables of a Korean word: as much as a hyphen's."""

_IDEOGRAPH = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Ideographs as CSS Text 4 has them, with kana and their marks; no punctuation, no Hangul."""

_SYLLABLE = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_WIDE = re.compile("[\u3000-\u303f\u3099-\u309c\u30a0\u30fb\u30fc\ufe30-\ufe4f\uff00-\uffef]")
"""Signs of no script that only East Asian faces have."""

SQUARE = ("ja", "ko", "yue", "zh")
"""Languages whose characters have one height, so that figures beside them have that of capitals."""

_CHINESE, _SHARED = ("ja", "yue", "zh"), "\u2018\u201c\u201d\u2014\u2026"
"""Languages whose quotation marks, dashes and dots are as wide as their characters, beside Latin letters too."""

OPEN, CLOSE, MIDDLE = 1, 2, 3
_OPENING = "\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\uff08\uff3b\uff5b\uff5f"
_CLOSING = (
    "\u2019\u201d\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f"
    "\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60"
)
_POINTS = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b"
_MIDDLE = "\u3000\u30fb"
_STOPS = "\u3002\uff01\uff0e\uff1f"


class Gap(NamedTuple):
    """What stands between two atoms, and how much of it a line may give or take, in points."""

    width: float
    stretch: float
    shrink: float


def script_of(cluster: str, script: str, language: str) -> str:
    """The script in whose face a cluster is set: what is ASCII goes with Latin, East Asian signs never do."""
    first = cluster[0]
    if script in REGIONS:
        return "Latn" if first.isascii() else script
    shared = first in _SHARED and primary(language) in _CHINESE
    return "Hani" if shared or _WIDE.match(first) else script


def is_ideographic(face: Face) -> bool:
    """Whether a face has East Asian characters of its own, and not a sign or two."""
    return face.has("\u4e00") or face.has("\u3042") or face.has("\uac00")


class EasternShaper(Shaper):
    """Shapes East Asian text solid: each character as wide as it is, but closed up where two signs meet."""

    __slots__ = ()

    def _shape(self, shown: str, text: str) -> Shaped:
        shaped = super()._shape(shown, text)
        kerns = list(shaped.kerns)
        before = ""
        for index, (_, said) in enumerate(shaped.pairs):
            if index and before and said:
                kerns[index - 1] += closed_up(self.face, before[-1], said[0])
            before = said
        if kerns == list(shaped.kerns):
            return shaped
        return _kerned(shaped, tuple(kerns), whole=True)


def _kerned(shaped: Shaped, kerns: tuple[float, ...], whole: bool) -> Shaped:
    """The same with other kerns; `whole` where glyphs stand over each other, which readers of the file would part."""
    width = shaped.width - sum(kerns) + sum(shaped.kerns)
    return replace(shaped, width=width, kerns=kerns, whole=whole)


def set_off(shaped: Shaped, gap: float) -> Shaped:
    """The same with so much after it, in thousandths of an em."""
    kerns = (*shaped.kerns[:-1], shaped.kerns[-1] - gap)
    return _kerned(shaped, kerns, shaped.whole)


def joined(first: Shaped, second: Shaped) -> Shaped:
    """Two pieces as one, which says their text only as a whole."""
    shifts = (*_shifts(first), *_shifts(second)) if first.shifts or second.shifts else None
    groups = (*_groups(first), *_groups(second)) if first.groups or second.groups else None
    return replace(
        first,
        text=first.text + second.text,
        width=first.width + second.width,
        pairs=first.pairs + second.pairs,
        kerns=first.kerns + second.kerns,
        shifts=shifts,
        whole=True,
        letters=first.letters + second.letters,
        groups=groups,
    )


def _shifts(shaped: Shaped) -> tuple[tuple[float, float] | None, ...]:
    return shaped.shifts or (None,) * len(shaped.pairs)


def _groups(shaped: Shaped) -> tuple[tuple[int, str], ...]:
    return shaped.groups or tuple([(1, said) for _, said in shaped.pairs])


class EasternLook(Look):
    """A look of East Asian text: blanks of its punctuation hang over the ends of a line, whatever the brand hangs."""

    __slots__ = ()

    def hang(self, sign: str) -> tuple[float, float]:
        """How far a sign's blank halves hang over a line's left and right end, in points (JLREQ 3.1.5, 3.1.9)."""
        found = self.hangs.get(sign)
        if found is None:
            kind, left, right = _kind(self.face, sign)
            if sign == "\u3000":
                right = self.face.advance(self.shaper.shape(sign).pairs[0][0])
            scale = self.unit * self.wide
            found = (left * scale if kind == OPEN else 0.0, right * scale if kind != OPEN else 0.0)
            self.hangs[sign] = found
        return found


def closed_up(face: Face, before: str, after: str) -> float:
    """What of the blanks between two signs goes, in thousandths of an em (JLREQ 3.1.4; CSS Text 4, 8.4)."""
    first, second = _kind(face, before), _kind(face, after)
    if second[0] == OPEN and first[0]:
        return second[1]
    if first[0] == CLOSE and second[0]:
        return first[2]
    return 0.0


@lru_cache(4096)
def _kind(face: Face, sign: str) -> tuple[int, float, float]:
    """What kind of sign one is in a face, 0 for none, and the blank at its left and right that may go."""
    if sign in _MIDDLE:
        return MIDDLE, 0.0, 0.0
    if sign not in _OPENING and sign not in _CLOSING:
        return 0, 0.0, 0.0
    left, right = _blanks(face, sign)
    if sign in _OPENING:
        return (OPEN, left, 0.0) if left else (0, 0.0, 0.0)
    if right:
        return CLOSE, 0.0, right
    # A stop in the middle of its square, as in Taiwan, has no half to close up.
    return (MIDDLE, 0.0, 0.0) if sign in _POINTS else (0, 0.0, 0.0)


HALF, NEARLY = 500.0, 400.0
"""Half an em, and what a font's own halves are at least."""


def _blanks(face: Face, sign: str) -> tuple[float, float]:
    """The blank half of a full-width sign, at its left or its right: by the feature `halt`, else by its ink."""
    glyph = face.font.get_nominal_glyph(ord(sign))
    if glyph is None or abs(face.advance(glyph) - 1000) > 1:
        return 0.0, 0.0
    if _has_halves(face):
        buffer = hb.Buffer()
        buffer.add_str(sign)
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer, {"halt": True, "kern": False})
        position = buffer.glyph_positions[0]
        left = -position.x_offset * face.scale
        right = 1000 - position.x_advance * face.scale - left
        return (left if left >= NEARLY else 0.0, right if right >= NEARLY else 0.0)
    extents = face.font.get_glyph_extents(glyph)
    if extents is None or not extents.width:
        return 0.0, 0.0
    left = extents.x_bearing * face.scale
    right = 1000 - left - extents.width * face.scale
    return (HALF if left >= HALF else 0.0, HALF if right >= HALF else 0.0)


@cache
def _has_halves(face: Face) -> bool:
    """Whether a face has the feature `halt` (OpenType, GPOS)."""
    found = face.face
    return any(
        "halt" in found.get_language_feature_tags("GPOS", script, language)
        for script in range(len(found.get_table_script_tags("GPOS")))
        for language in (0xFFFF, *range(len(found.get_script_language_tags("GPOS", script))))
    )


def gap_between(before: Atom, after: Atom) -> Gap:
    """What stands between two atoms that no space parts; nothing beside what is written from the right."""
    if before.level & 1 or after.level & 1:
        return Gap(0.0, 0.0, 0.0)
    first, second = before.text[-1], after.text[0]
    look = before.look if before.look.script in EASTERN else after.look
    em = look.size * look.wide
    if (before.look.script in EASTERN) != (after.look.script in EASTERN):
        if _is_gapped(first, second) or _is_gapped(second, first):
            return Gap(AUTOSPACE * em, NARROWEST * em, (AUTOSPACE - NARROWEST) * em)
        letters = first.isalnum() and second.isalnum()
        return Gap(0.0, spread_of(look) * em if letters else 0.0, 0.0)
    if look.script not in EASTERN:
        return Gap(0.0, 0.0, 0.0)
    stretch = spread_of(look) * em
    if before.look.face is after.look.face:
        cut = closed_up(look.face, first, second)
        if cut:
            return Gap(-cut * look.unit * look.wide, stretch, 0.0)
    opens = _kind(after.look.face, second)[0] == OPEN
    comma = _kind(before.look.face, first)[0] == CLOSE and first not in _STOPS
    return Gap(0.0, stretch, GIVES * em if opens or comma else 0.0)


def _is_gapped(ideograph: str, other: str) -> bool:
    """Whether one is an ideograph and the other a letter or a digit of a script with words."""
    return bool(_IDEOGRAPH.match(ideograph)) and (other.isalpha() or other.isdecimal())


def is_inside_word(before: Atom, after: Atom) -> bool:
    """Whether two atoms are syllables of one Korean word."""
    return bool(_SYLLABLE.match(before.text[-1]) and _SYLLABLE.match(after.text[0]))


def spread_of(look: Look) -> float:
    """What goes between two characters of a look at full stretch, in ems."""
    return SYLLABLES if look.script == "Kore" else SPREAD
