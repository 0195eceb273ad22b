"""Styles of the brand as looks: a face, a size, a colour and a shaper, ready to set words in."""

import os
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from layout.ground.problems import Place, Problem, refuse
from layout.house.brand import Brand, Family, Style
from layout.house.faces import Face, open_face
from layout.house.fontfiles import fonts_folder
from layout.house.protrusion import DEFAULT, Table
from layout.manuscript.text import Span
from layout.setting.language import is_rtl
from layout.setting.marks import Shaped
from layout.setting.shaping import Shaper, SmallCapitals

CODE_SCALE = 0.93
"""Code inside text is set this much smaller: monospaced faces look large beside a serif."""

STANDING_FOR = {"italic": ("regular",), "semibold_italic": ("italic", "semibold")}
"""What is set where no face of a family has a weight, the nearest first."""


JOINED = frozenset(("Arab", "Beng", "Deva", "Gujr", "Guru", "Mong", "Nkoo", "Syrc"))
"""Scripts whose letters touch: no letterspace goes between them."""

EASTERN = frozenset(("Hans", "Hant", "Hant-HK", "Jpan", "Kore"))
"""The scripts of looks that are set square beside square: Chinese, Japanese and Korean by region."""

HYPHENED = frozenset(
    ("Armn", "Beng", "Cyrl", "Deva", "Geor", "Grek", "Gujr", "Guru", "Knda", "Latn", "Mlym", "Orya", "Taml", "Telu")
)  # fmt: skip
"""Scripts that part words with hyphens, where there are patterns of the language."""

CASED = frozenset(("Adlm", "Armn", "Cher", "Copt", "Cyrl", "Dsrt", "Glag", "Grek", "Latn", "Osge"))
"""Scripts with capitals; those of Georgian, which few texts use, are not set for its letters."""

FITTED = 16
"""So many moved brands are kept with their words."""

NONE: Table = {}
"""Nothing hangs."""


class Met(Struct):
    """What was met beside a brand's own faces since it was cleared: faces that set text, and why others did not.

    Both by their paths, in the order met.
    """

    used: dict[str, None] = {}
    passed: dict[str, Problem] = {}

    def clear(self) -> None:
        """Forget all."""
        self.used.clear()
        self.passed.clear()


class Look:
    """One style with one weight in one language: what a run of characters is set in. Lengths in points."""

    __slots__ = (
        "_turned",
        "colour",
        "face",
        "hangs",
        "hyphenate",
        "lining",
        "parts",
        "protrusion",
        "role",
        "script",
        "shaped",
        "shaper",
        "size",
        "small",
        "space",
        "style",
        "tracking",
        "unit",
        "weight",
        "wide",
    )  # fmt: skip

    def __init__(
        self,
        style: Style,
        size: float,
        shaper: Shaper,
        hyphenate: bool,
        protrusion: Table = NONE,
        tracking: float = 0.0,
    ) -> None:
        self.style = style
        self.protrusion = protrusion
        self.hangs: dict[str, tuple[float, float]] = {}
        self.hyphenate = hyphenate
        self.size = size
        self.shaper = shaper
        self.face = shaper.face
        self.colour = style.colour
        self.tracking = (style.tracking + tracking) * size
        self.unit = size / 1000
        self.wide = style.expansion
        self.shaped: dict[str, tuple[Shaped, float]] = {}
        self.parts: dict[str, tuple[Any, ...]] = {}
        """How words part: kept here by those who part them."""
        self.space = self.measure(" ")
        self.role: str = style.font
        self.weight: str = style.weight
        self.script = ""
        """The script that a companion of the text's own face sets."""
        self.small: Look | None = None
        """What acronyms are set in, where the brand sets them in small capitals."""
        self.lining: Look | None = None
        """What words of capitals with figures are set in, where text has old-style ones."""
        self._turned: Look | None = None

    @property
    def turned(self) -> "Look":
        """The look of what is written in the other direction beside this; from the right nothing is hyphenated."""
        if self._turned is None:
            from copy import copy

            other = copy(self)
            other.shaper, other.shaped, other.parts = self.shaper.turned, {}, {}
            other.hyphenate, other.small, other.lining = False, None, None
            self._turned, other._turned = other, self
        return self._turned

    def at(self, level: int) -> "Look":
        """The look for text of an embedding level: odd ones are written from the right (UAX 9, BD2)."""
        return self if self.shaper.rtl == bool(level & 1) else self.turned

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this look from all that set their words otherwise; leading is no part of it."""
        return (id(self.shaper), self.size, self.wide, self.tracking, self.colour)

    def width(self, piece: Shaped) -> float:
        """How wide a shaped word is in this look."""
        return piece.width * self.unit * self.wide + self.tracking * piece.letters

    def glyphs(self, text: str) -> tuple[Shaped, float]:
        """A text shaped as one word, and how wide it is in this look."""
        found = self.shaped.get(text)
        if found is None:
            shaped = self.shaper.shape(text)
            found = self.shaped[text] = (shaped, self.width(shaped))
        return found

    def measure(self, text: str) -> float:
        """How wide a text is in this look, shaped as one word."""
        return self.glyphs(text)[1]

    def hang(self, sign: str) -> tuple[float, float]:
        """How far a sign hangs over a line's left and right end, in points; letters with marks like bare ones."""
        found = self.hangs.get(sign)
        if found is None:
            left, right = self.protrusion.get(sign) or self.protrusion.get(
                normalize("NFD", sign)[:1], (0.0, 0.0)
            )
            width = self.measure(sign) / 1000 if left or right else 0.0
            found = self.hangs[sign] = (left * width, right * width)
        return found


class Looks:
    """All looks of one brand in one language; keeps what it has made, so words are shaped once a process."""

    def __init__(self, brand: Brand, language: str, met: Met | None = None) -> None:
        self.brand = brand
        self.language = language
        self.rtl = is_rtl(language)
        self.met = met or Met()
        self._looks: dict[tuple[str, bool, bool, bool, bool], Look] = {}
        self._companions: dict[tuple[Look, str, str], Look] = {}
        self._thin: dict[Look, Look] = {}
        self._changed: dict[tuple[str, tuple[tuple[str, Any], ...]], Looks] = {}
        self._shapers: dict[tuple[int, tuple[str, ...], bool, SmallCapitals | None], Shaper] = {}

    def look(
        self,
        style: str,
        emphasis: bool = False,
        strong: bool = False,
        code: bool = False,
        name: bool = False,
    ) -> Look:
        """The look of a style, or of a span in it; emphasis inside italics stands upright again."""
        key = (style, emphasis, strong, code, name)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._make(*key)
        return look

    @property
    def alone(self) -> bool:
        """Whether no text in these looks has asked for a companion yet."""
        return not self._companions

    def sized(self, style: str, size: float) -> "Looks":
        """These looks with one style in another size, in points; shaped words are shared."""
        return self.changed(style, size=size)

    def changed(self, style: str, **changes: Any) -> "Looks":
        """These looks with one style changed; shaped words are shared."""
        old = self.brand.styles[style]
        new = replace(old, **changes)
        if new == old:
            return self
        key = (style, tuple(sorted(changes.items())))
        looks = self._changed.get(key)
        if looks is None:
            styles = {**self.brand.styles, style: new}
            looks = self._changed[key] = Looks(
                replace(self.brand, styles=styles), self.language, self.met
            )
            looks._shapers = self._shapers
        return looks

    def of_span(self, style: str, span: Span) -> Look:
        """The look of a span of text set in `style`."""
        return self.look(style, span.emphasis, span.strong, span.code, span.name)

    def thin(self, look: Look) -> Look:
        """A look like another whose spaces are as wide as U+202F and give as letters do: what is typed stays."""
        found = self._thin.get(look)
        if found is None:
            shaper = look.shaper.thin()
            found = self._thin[look] = Look(look.style, look.size, shaper, False, look.protrusion)
            found.role, found.weight, found.script = look.role, look.weight, look.script
        return found

    def companions(self, look: Look, scripts: Sequence[str]) -> Iterator[Look]:
        """The looks that may stand beside one for what its face lacks: same role, weight, apparent size.

        The brand's own faces come first, then those of the scripts in order. A face is opened when it is asked for;
        one of the system's that cannot be used is passed over.
        """
        from layout.house.companions import opened

        for file in self.brand.fonts[look.role].fallback:
            face = open_face(file, Place(file))
            yield self._companion(look, face, scripts[0] if scripts else "")
        for name, file in self._chain(look, scripts):
            found = opened(file)
            if isinstance(found, Problem):
                self.met.passed[file] = found
            else:
                yield self._companion(look, found, name)

    def passed_over(self, look: Look, scripts: Sequence[str]) -> list[Problem]:
        """Why faces that might have stood beside a look were passed over, each once."""
        files = dict.fromkeys(file for _, file in self._chain(look, scripts))
        return [self.met.passed[file] for file in files if file in self.met.passed]

    def _chain(self, look: Look, scripts: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Scripts with the faces that are there for them, the best first."""
        from layout.house.companions import chain

        family = self.brand.fonts[look.role]
        for name in scripts:
            kind, weight = family.companions, look.weight
            if name in EASTERN and _is_emphasised(look):
                # No italic: emphasis changes between the faces with and without serifs, as books have it.
                kind = "sans" if kind == "serif" else "serif"
            elif _is_emphasised(look):
                weight = "semibold"  # no italic either
            for file in chain(name, self.language, kind, weight):
                yield name, file

    def itself(self, look: Look, script: str) -> Look:
        """A look in its own face, for a script that asks for more than the text beside it does."""
        return self._companion(look, look.face, script)

    def upright(self, look: Look, script: str) -> Look:
        """A look in the text's own face, for figures beside a script that has no italics or small letters."""
        heavy = look.weight.startswith("semibold") or _is_emphasised(look)
        face = self._face(look.role, "semibold" if heavy else "regular", look.size)
        return self._companion(look, face, script)

    def _companion(self, look: Look, face: Face, script: str) -> Look:
        """A look in a face, which seems as large as the one beside it."""
        key = (look, face.path, script)
        found = self._companions.get(key)
        if found is None:
            from layout.house.companions import scale_of

            scale = 1.0 if face is look.face else scale_of(look.face, face, script)
            size = round(look.size * scale, 3)
            if script in EASTERN:
                found = self._eastern(look, face, size, script)
            else:
                tracking = -look.style.tracking if script in JOINED else 0.0
                shaper = self._shaper(face, (), look.style.capitals and script in CASED)
                parts = look.hyphenate and script in HYPHENED and shaper.has_hyphen
                found = Look(look.style, size, shaper, parts, look.protrusion, tracking)
            found.script = script
            self._companions[key] = found
        return found

    def _eastern(self, look: Look, face: Face, size: float, script: str) -> Look:
        """A look of East Asian text: no kerns but Korean ones, for characters stand in squares (JLREQ 3.1.1)."""
        from layout.setting.eastern import EasternLook, EasternShaper

        features = () if script == "Kore" else ("-kern",)
        key = (id(face), (script, *features), False, None)
        shaper = self._shapers.get(key)
        if shaper is None:
            shaper = self._shapers[key] = EasternShaper(face, features, self.language)
        return EasternLook(look.style, size, shaper, False)

    def _make(self, kind: str, emphasis: bool, strong: bool, code: bool, name: bool) -> Look:
        style = self.brand.styles[kind]
        role, size = style.font, style.size
        weight = _weight(style.weight, emphasis, strong)
        features = _features(style)
        if code and style.font != "code":
            role, size, weight, features = "code", size * CODE_SCALE, "regular", ()
        code = code or style.font == "code"
        face = self._face(role, weight, size)
        hangs = self._protrusion(role)
        if name and not code and self._has_small("smcp", kind, face):
            shaper = self._shaper(face, (*features, "smcp"), False)
            return Look(style, size, shaper, False, hangs, self.brand.small_capitals.tracking)
        shaper = self._shaper(face, features, style.capitals)
        look = Look(style, size, shaper, style.hyphenate and not code, hangs)
        look.role, look.weight = role, weight
        if not code:
            self._add_capitals(look, kind, features)
        return look

    def _protrusion(self, role: str) -> Table:
        """The table of a font over the program's own, as far as the brand lets signs hang."""
        share = self.brand.justification.protrusion
        table = {**DEFAULT, **self.brand.fonts[role].protrusion}
        return {sign: (left * share, right * share) for sign, (left, right) in table.items()}

    def _has_small(self, feature: str, kind: str, face: Face) -> bool:
        """Whether a kind of text may have small capitals and its face has them, of capitals or of small letters."""
        style = self.brand.styles[kind]
        set_already = style.capitals or "smcp" in style.features
        allowed = kind in self.brand.small_capitals.styles
        return allowed and not set_already and feature in face.features

    def _add_capitals(self, look: Look, kind: str, features: tuple[str, ...]) -> None:
        """Give a look those of words with capitals in it, if the brand sets these by themselves."""
        brand, style = self.brand.small_capitals, look.style
        if self.brand.figures.capitals and "onum" in features:
            features = (*(tag for tag in features if tag != "onum"), "lnum")
            shaper = self._shaper(look.face, features, style.capitals)
            look.lining = Look(style, look.size, shaper, look.hyphenate, look.protrusion)
        if brand.acronyms and self._has_small("c2sc", kind, look.face):
            shaper = self._shaper(look.face, features, False, (brand.least, brand.tracking))
            look.small = Look(style, look.size, shaper, look.hyphenate, look.protrusion)

    def _shaper(
        self,
        face: Face,
        features: tuple[str, ...],
        capitals: bool,
        small: SmallCapitals | None = None,
    ) -> Shaper:
        key = (id(face), features, capitals, small)
        shaper = self._shapers.get(key)
        if shaper is None:
            shaper = self._shapers[key] = Shaper(face, features, self.language, capitals, small)
        return shaper

    def _face(self, role: str, weight: str, size: float) -> Face:
        file = _file(self.brand.fonts[role], weight, size)
        if file is None:
            raise refuse(
                Place(f"{self.brand.name}.yaml"),
                f"the font '{role}' has no {weight.replace('_', ' ')} face",
                "name one under fonts:",
            )
        path = file if os.path.isabs(file) else os.path.join(fonts_folder(), file)
        return open_face(path, Place(path))


def _features(style: Style) -> tuple[str, ...]:
    """The features of a style; capitals have lining figures and marks of their own height unless it says otherwise."""
    if not style.capitals:
        return style.features
    added = ("case",) if "onum" in style.features else ("lnum", "case")
    return (*(tag for tag in added if tag not in style.features), *style.features)


def _weight(weight: str, emphasis: bool, strong: bool) -> str:
    """The weight of a span: emphasis turns italics on, and off where the style has them on already."""
    italic = ("italic" in weight) != emphasis
    heavy = "semibold" in weight or strong
    return (
        ("semibold_italic" if italic else "semibold")
        if heavy
        else ("italic" if italic else "regular")
    )


def _is_emphasised(look: Look) -> bool:
    """Whether a look is italic in upright text, or upright in italic text."""
    return ("italic" in look.weight) != ("italic" in look.style.weight)


def _file(family: Family, weight: str, size: float) -> str | None:
    """A real face for a weight, or for what may stand for it: never a slanted or emboldened fake."""
    for name in (weight, *STANDING_FOR.get(weight, ())):
        if (file := family.file(name, size)) is not None:
            return file
    return None


class TypeCase:
    """All the type of one brand, by language: what a job keeps so that no word is shaped twice."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.met = Met()
        self._looks: dict[str, Looks] = {}
        self._fitted: dict[object, TypeCase] = {}

    def looks(self, language: str) -> Looks:
        """The brand's looks for a BCP 47 language tag."""
        looks = self._looks.get(language)
        if looks is None:
            looks = self._looks[language] = Looks(self.brand, language, self.met)
        return looks

    @property
    def words(self) -> int:
        """How many shaped words it keeps."""
        return sum(
            sum(it.words for it in looks._shapers.values()) for looks in self._looks.values()
        )

    def fitted(self, brand: Brand, moves: object) -> "TypeCase":
        """The type of the brand once it has been moved; `moves` say how, shaped words are shared."""
        case = self._fitted.get(moves)
        if case is None:
            if len(self._fitted) >= FITTED:
                self._fitted.clear()  # a batch of thousands must not keep every move it ever made
            case = self._fitted[moves] = TypeCase(brand)
            case.met = self.met
            for language, looks in self._looks.items():
                shared = case.looks(language)
                shared._shapers = looks._shapers
        return case
