"""The table of companions: by script what their files are called, which package has them, how tall they stand."""

from typing import Final

from msgspec import Struct

NOTO: Final = "fonts-noto-core"
CJK: Final = "fonts-noto-cjk"


class Companion(Struct, frozen=True):
    """What is known of one script.

    `serif` and `sans` are patterns of file names, the best first: "{}" stands for the weight, "#" leads
    to the face of a collection. `package` is Debian's. Of `references`, each a character and a share,
    the first that a face has counts: share 0 is the height of the Latin's small letters, 1 that of its
    capitals. The shares are measured: where the character ends between the small letters (536 of 1000)
    and the capitals (714) of Noto Serif and Noto Sans, with which the faces were drawn to stand. A script
    without references has small letters of its own, which are made as tall as the Latin's.
    """

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    package: str = NOTO
    references: tuple[tuple[str, float], ...] = ()


_BOTH: Final = (
    "Armn Armenian, Beng Bengali, Deva Devanagari, Ethi Ethiopic, Geor Georgian, Gran Grantha, Gujr Gujarati, "
    "Guru Gurmukhi, Hebr Hebrew, Khmr Khmer, Khoj Khojki, Knda Kannada, Laoo Lao, Mlym Malayalam, Mymr Myanmar, "
    "Sinh Sinhala, Taml Tamil, Telu Telugu, Thai Thai, Bali Balinese"
)
_SERIF: Final = (
    "Tibt Tibetan, Ahom Ahom, Dogr Dogra, Hmnp NyiakengPuachueHmong, Tang Tangut, Yezi Yezidi"
)
_SANS: Final = (
    "Adlm Adlam, Bamu Bamum, Bass BassaVah, Batk Batak, Bugi Buginese, Buhd Buhid, Cakm Chakma, "
    "Cans CanadianAboriginal, Cham Cham, Cher Cherokee, Copt Coptic, Dsrt Deseret, Glag Glagolitic, Goth Gothic, "
    "Hano Hanunoo, Java Javanese, Kali KayahLi, Lana TaiTham, Lepc Lepcha, Limb Limbu, Lisu Lisu, Mand Mandaic, "
    "Mong Mongolian, Mtei MeeteiMayek, Newa Newa, Nkoo NKo, Ogam Ogham, Olck OlChiki, Orya Oriya, Osge Osage, "
    "Osma Osmanya, Phag PhagsPa, Rjng Rejang, Rohg HanifiRohingya, Runr Runic, Samr Samaritan, Saur Saurashtra, "
    "Shaw Shavian, Sund Sundanese, Sylo SylotiNagri, Syrc Syriac, Tagb Tagbanwa, Tale TaiLe, Talu NewTaiLue, "
    "Tavt TaiViet, Tfng Tifinagh, Tglg Tagalog, Thaa Thaana, Tirh Tirhuta, Vaii Vai, Yiii Yi, Zmth Math"
)

_REFERENCES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    # Tops as measured in Noto Serif and Noto Sans (thousandths of an em) stand behind each.
    "Arab": (
        ("\u0627", 0.95),
    ),  # alef: 671 and 714, so 0.76 and 1; its bowls are low (349), so near 1
    "Hebr": (("\u05dd", 0.5),),  # final mem: 647 and 593, so 0.62 and 0.32
    "Deva": (("\u0915", 0.5),),  # the headline of ka: 623 and 622
    "Beng": (("\u0985", 0.5),),  # the headline of a: 622 and 622
    "Guru": (("\u0a15", 0.5),),  # the headline of ka: 622 and 622
    "Gujr": (("\u0a95", 0.4),),  # ka: 603 and 603
    "Orya": (("\u0b15", 0.7),),  # ka: 666
    "Taml": (("\u0baa", 0.1),),  # pa: 554 and 554
    "Telu": (("\u0c15", 1.05),),  # ka with its tick: 728 and 725
    "Knda": (("\u0c95", 1.35),),  # ka with its tick: 771 and 790
    "Mlym": (("\u0d2a", 0.1),),  # pa: 554 and 554
    "Sinh": (("\u0d9a", 0.35),),  # ka: 589 and 612
    "Thai": (("\u0e01", 0.12),),  # ko kai: 558 and 558
    "Laoo": (("\u0e81", 0.12),),  # ko: 560 and 558
    "Khmr": (("\u1780", 0.55),),  # ka: 685 and 586, so 0.84 and 0.28
    "Mymr": (("\u1000", 0.06),),  # ka: 546 and 546
    "Tibt": (("\u0f40", 0.8),),  # the headline of ka: 678
    "Ethi": (("\u1200", 1.0),),  # ha: 718 and 714
    "Cans": (("\u1401", 1.0),),  # e: 714
    "Nkoo": (("\u07ca", 1.0),),  # a: 714
    "Tfng": (("\u2d31", 1.0),),  # yab: 725
    "Syrc": (("\u0710", 0.35),),  # alaph: 595
}

_HAN: Final = (("\u56fd", 1.4), ("\uac00", 1.5), ("\u3042", 1.3))
"""Noto's Chinese, Japanese and Korean faces hold the Latin of Source Serif and Source Sans enlarged, capitals of
728 and 733, beside which the character for country ends at 821 and 795, shares of 1.44 and 1.33, ga at 853 and 827,
the hiragana a at 787 and 794."""
_EMOJI: Final = (("\U0001f600", 1.35),)
"""The ink of a grinning face goes from -164 to 847: so set it stays between the Latin's own ascender and descender."""


def _noto(kind: str, name: str) -> tuple[str, ...]:
    """Noto's names: static files, and the variable ones of other systems, whose default is the regular weight."""
    stem = f"Noto{kind}{name}"
    return f"{stem}-{{}}.ttf", f"{stem}-{{}}.otf", f"{stem}[wght].ttf", f"{stem}[wdth,wght].ttf"


def _east(
    index: int, noto: str, han: str, serif: tuple[str, ...], sans: tuple[str, ...]
) -> Companion:
    """One region's drawings of Han characters: Noto, Source Han, then faces of other houses."""
    serifs = (
        f"NotoSerifCJK-{{}}.ttc#{index}", f"NotoSerifCJK{noto.lower()}-{{}}.otf", f"NotoSerif{noto}-{{}}.otf",
        f"NotoSerif{noto}-{{}}.ttf", f"SourceHanSerif-{{}}.ttc#{index}", f"SourceHanSerif{han}-{{}}.otf",
    )  # fmt: skip
    sanses = tuple(name.replace("Serif", "Sans") for name in serifs)
    others = "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf"
    return Companion(serifs + serif, sanses + sans + others, CJK, _HAN)


_SONG: Final = "uming.ttc#0", "ukai.ttc#0", "Songti.ttc#0", "simsun.ttc#0"
_HEI: Final = "wqy-microhei.ttc#0", "wqy-zenhei.ttc#0", "msyh.ttc#0"
_MING: Final = "uming.ttc#1", "ukai.ttc#2", "mingliu.ttc#0"
_HONG: Final = "uming.ttc#3", "ukai.ttc#1", "mingliu.ttc#2"
_MINCHO: Final = "ipaexm.ttf", "ipam.ttf", "msmincho.ttc#0", "yumin.ttf"
_GOTHIC: Final = "ipaexg.ttf", "ipag.ttf", "msgothic.ttc#0"
_MYEONGJO: Final = "NanumMyeongjo{}.ttf", "AppleMyungjo.ttf", "batang.ttc#0"
_DOTUM: Final = "NanumGothic{}.ttf", "AppleGothic.ttf", "malgun.ttf"

REGIONS: Final = {
    "Hani": "Hans", "Hans": "Hans", "Hant": "Hant", "Bopo": "Hant", "Jpan": "Jpan", "Hira": "Jpan", "Kana": "Jpan",
    "Hrkt": "Jpan", "Kore": "Kore", "Hang": "Kore", "Jamo": "Kore",
}  # fmt: skip
"""The entry of the table that serves each script of Chinese, Japanese and Korean."""


def _table() -> dict[str, Companion]:
    found = {
        "Latn": Companion((*_noto("Serif", ""), "DejaVuSerif.ttf"), (*_noto("Sans", ""), "DejaVuSans.ttf")),
        "Arab": Companion(_noto("Naskh", "Arabic"), _noto("Sans", "Arabic"), NOTO, _REFERENCES["Arab"]),
        "Hans": _east(2, "SC", "SC", _SONG, _HEI),
        "Hant": _east(3, "TC", "TC", _MING, (*_HEI[:2], "msjh.ttc#0")),
        "Hant-HK": _east(4, "HK", "HC", _HONG, (*_HEI[:2], "msjh.ttc#0")),
        "Jpan": _east(0, "JP", "", _MINCHO, _GOTHIC),
        "Kore": _east(1, "KR", "K", _MYEONGJO, _DOTUM),
        "Zsye": Companion((), _noto("Emoji", ""), "fonts-noto-core", _EMOJI),
        "Zsym": Companion((), (*_noto("Sans", "Symbols2"), *_noto("Sans", "Symbols"), "DejaVuSans.ttf")),
    }  # fmt: skip
    found |= {"Grek": found["Latn"], "Cyrl": found["Latn"]}
    for names, serif, sans in ((_BOTH, True, True), (_SERIF, True, False), (_SANS, False, True)):
        for script, name in (each.split() for each in names.split(", ")):
            found[script] = Companion(
                _noto("Serif", name) if serif else (),
                _noto("Sans", name) if sans else (),
                NOTO,
                _REFERENCES.get(script, ()),
            )
    return found


COMPANIONS: Final = _table()
"""Companions by script; Han characters by region: Hans, Hant, Hant-HK, Jpan, Kore."""
