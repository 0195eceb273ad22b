"""Cut the East Asian faces of the tests out of Noto CJK: just the characters that the tests set.

Run as `python tests/fonts/make.py FOLDER`, with the folder that holds NotoSerifCJK-Regular.ttc and
NotoSansCJK-Regular.ttc (Debian: fonts-noto-cjk). The same files give the same bytes.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from layout.house.labels import words_in

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "whole" / "samples"

SIGNS = "\u3000、。・「」『』（）〈〉《》〔〕【】“”‘’…—！？，．：；ー々"
DATES = " 0123456789年月日년월일"
FACES = {
    "JP": (0, "ja", "japanese", "ぁぃぅぇぉっゃゅょァィゥェォッャュョ国語日本永あアイ東京第章"),
    "KR": (1, "ko", "korean", "한국어가나다라마바사아자차카타파하"),
    "SC": (2, "zh", "chinese", "国语中文永字体说明第章AVあ가·"),
    "TC": (3, "zh-Hant", "", "國語中文永字體說明第章·"),
}
"""By region: the face of the collection, a language whose labels and a sample whose text it has, and more."""


def main(folder: Path) -> None:
    for region, (number, language, sample, more) in FACES.items():
        text = (SAMPLES / f"{sample}.yaml").read_text(encoding="utf-8") if sample else ""
        text += more + SIGNS + DATES + "".join(map(str, words_in(language).values()))
        wanted = {ord(it) for it in text if it.isprintable() or it == "\u3000"}
        for kind in ("Serif", "Sans") if sample else ("Serif",):
            font = TTFont(
                folder / f"Noto{kind}CJK-Regular.ttc", fontNumber=number, recalcTimestamp=False
            )
            options = Options(
                layout_features=["halt", "palt", "kern", "locl", "ccmp", "ljmo", "vjmo", "tjmo"],
                name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 14],
                hinting=False,
                desubroutinize=True,
                notdef_outline=True,
                drop_tables=["DSIG", "VORG", "vhea", "vmtx", "BASE"],
            )
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=wanted)
            subsetter.subset(font)
            font.save(HERE / f"Noto{kind}{region}-Regular.otf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
