"""Text to glyphs: HarfBuzz for each word once, then from memory.

Kerning and ligatures are HarfBuzz's own; each glyph keeps the characters it stands for, so that the
file can give the text back (conformance depends on it: ISO 14289-1, 7.21.7).
"""

from collections.abc import Iterable
from itertools import repeat

import uharfbuzz as hb
from msgspec.structs import replace

from layout.house.faces import Face
from layout.setting.capitals import Reach, acronyms
from layout.setting.language import primary
from layout.setting.marks import Shaped

SOFT_HYPHEN = "\u00ad"

OWN_CAPITALS = frozenset(("az", "el", "hy", "lt", "tr"))
"""Languages whose capitals are not those that Unicode gives each letter: Greek has no accents there, Turkish two I."""

_ALONE = frozenset(map(chr, (*range(0x300), *range(0x2010, 0x2028))))
"""Characters of most texts, none of which is one letter with another (UAX 29): these need no ICU."""


class MissingGlyph(Exception):
    """Raised when a face has no glyph for a character, nor any that goes with it for the character's `script`."""

    def __init__(self, character: str, face: Face, script: str = "") -> None:
        self.character, self.face, self.script = character, face, script
        super().__init__(f"{face.file} has no glyph for {character!r}")


SmallCapitals = tuple[int, float]
"""How many capitals make an acronym, and the letterspace inside it, in ems."""


class Shaper:
    """Shapes words in one face with one set of features for one language; remembers every word.

    A feature that begins with `-` is turned off. With `small` acronyms are set in small capitals. An `rtl` shaper
    writes from the right: brackets are mirrored then.
    """

    __slots__ = (
        "_ends", "_thin", "_turned", "_words", "capitals", "face", "features", "language", "rtl", "small"
    )  # fmt: skip

    def __init__(
        self,
        face: Face,
        features: Iterable[str],
        language: str,
        capitals: bool = False,
        small: SmallCapitals | None = None,
    ) -> None:
        self.face = face
        self.features = {tag.removeprefix("-"): not tag.startswith("-") for tag in features}
        self.language = language
        self.capitals = capitals
        self.small = small
        self.rtl = False
        self._turned: Shaper | None = None
        self._words: dict[str, Shaped] = {}
        self._ends: dict[str, Shaped] = {}
        self._thin: Shaper | None = None

    @property
    def words(self) -> int:
        """How many shaped words it keeps, those of the other direction apart."""
        return len(self._words) + len(self._ends)

    @property
    def turned(self) -> "Shaper":
        """The one that writes in the other direction."""
        if self._turned is None:
            self._turned = Shaper(self.face, (), self.language, self.capitals, self.small)
            self._turned.features = self.features
            self._turned.rtl = not self.rtl
            self._turned._turned = self
        return self._turned

    def shape(self, word: str) -> Shaped:
        """The glyphs of a word; raises `MissingGlyph`."""
        shaped = self._words.get(word)
        if shaped is None:
            shaped = self._words[word] = self._shape(word, word)
        return shaped

    def hyphenated(self, word: str) -> Shaped:
        """The glyphs of the first part of a broken word: its hyphen stands for a soft hyphen in the text."""
        shaped = self._ends.get(word)
        if shaped is None:
            shaped = self._ends[word] = self._shape(word + self.hyphen, word + SOFT_HYPHEN)
        return shaped

    def thin(self) -> "Shaper":
        """A shaper like this one whose spaces are shown as U+202F and are no word spaces; kept with it."""
        if self._thin is None:
            tags = tuple(tag if on else f"-{tag}" for tag, on in self.features.items())
            self._thin = Shaper(self.face, tags, self.language, self.capitals, self.small)
            for space in (" ", "\u00a0"):
                shaped = self._shape("\u202f", space)
                self._thin._words[space] = replace(shaped, is_space=False)
        return self._thin

    @property
    def has_hyphen(self) -> bool:
        """Whether the face has a sign to end the first part of a broken word."""
        return self.face.has("\u2010") or self.face.has("-")

    @property
    def hyphen(self) -> str:
        """The character whose glyph ends the first part of a broken word."""
        return "\u2010" if self.face.has("\u2010") else "-"

    def _shape(self, shown: str, text: str) -> Shaped:
        shown, origin = _capitals(shown, self.language) if self.capitals else (shown, None)
        reaches = acronyms(shown, self.small[0]) if self.small is not None else ()
        buffer = hb.Buffer()
        buffer.add_str(shown)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if self.rtl else "ltr"
        buffer.language = self.language
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        features: dict[str, bool | list[tuple[int, int, bool]]] = {**self.features}
        if reaches:
            features["c2sc"] = [(start, end, True) for start, end in reaches]
        hb.shape(self.face.font, buffer, features)
        glyphs, clusters, places = [], [], []
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        if self.rtl:  # HarfBuzz gives glyphs from the left
            infos, positions = infos[::-1], positions[::-1]
        for info in infos:
            glyph, cluster = info.codepoint, info.cluster
            if glyph == 0:
                raise MissingGlyph(shown[cluster], self.face)
            glyphs.append(glyph)
            places.append(cluster)
            clusters.append(cluster if origin is None else origin[cluster])
        scale, natural = self.face.scale, self.face.advance
        width, kerns, shifted = 0.0, [], False
        shifts: list[tuple[float, float] | None] = []
        spaces = self._letterspace(clusters, reaches)
        for glyph, position, space in zip(glyphs, positions, spaces, strict=True):
            advance = position.x_advance * scale + space
            width += advance
            kerns.append(natural(glyph) - advance)
            if position.x_offset or position.y_offset:
                shifts.append((position.x_offset * scale, position.y_offset * scale))
                shifted = True
            else:
                shifts.append(None)
        texts = _texts(clusters, text)
        groups = None
        if "" in texts or not (shown.isascii() or _ALONE.issuperset(shown)):
            from layout.setting.grouping import codes_of, groups_of

            groups = groups_of(places, texts, shown)
        says = texts if groups is None else [said for _, said in groups]
        letters = len(says)
        if groups is not None and not self.rtl:
            letters = sum([codes_of(said) for said in says])
        return Shaped(
            text,
            width,
            tuple(zip(glyphs, texts, strict=True)),
            tuple(kerns),
            tuple(shifts) if shifted else None,
            text in (" ", "\u00a0"),
            "" in says and not self.rtl,
            self.rtl,
            letters=letters,
            groups=groups,
        )

    def _letterspace(self, clusters: list[int], reaches: tuple[Reach, ...]) -> Iterable[float]:
        """What is added after each glyph, in thousandths of an em: between those of one acronym, not after it."""
        if self.small is None or not reaches:
            return repeat(0.0, len(clusters))
        inside = {it for start, end in reaches for it in range(start, end - 1)}
        return [self.small[1] * 1000 * (cluster in inside) for cluster in clusters]


def _capitals(word: str, language: str) -> tuple[str, list[int]]:
    """The word in capitals, and for each of its characters the index of the one it came from."""
    if primary(language) in OWN_CAPITALS:
        from layout.setting.unicode import capitals

        return capitals(word, language)
    shown, origin = "", []
    for index, character in enumerate(word):
        upper = character.upper()
        shown += upper
        origin += [index] * len(upper)
    return shown, origin


def _texts(clusters: list[int], text: str) -> tuple[str, ...]:
    """What each glyph stands for: the characters from its cluster to the next one; once a cluster."""
    if len(clusters) == len(text) and clusters == list(range(len(text))):
        return tuple(text)
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    texts = []
    for cluster in clusters:
        texts.append("" if cluster in seen else text[cluster : ends[cluster]])
        seen.add(cluster)
    return tuple(texts)
