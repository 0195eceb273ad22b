"""Companions: which face stands in for which script, where it is found, how large it is set."""

import os
import shutil
from pathlib import Path

import pytest
import uharfbuzz as hb

from layout.ground.problems import Place
from layout.house import companions as house
from layout.house.companions import chain, package_of, scale_of
from layout.house.faces import open_face
from layout.house.fontfiles import fonts_folder

NOTO = os.path.join(fonts_folder(), "noto")
BUNDLED = {
    "Arab": "السلام عليكم ورحمة الله، كيف حالك؟",
    "Hebr": "כל בני האדם נולדו חופשיים ושווים",
    "Deva": "सभी मनुष्यों को गौरव और अधिकारों के मामले में",
    "Beng": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা",
    "Taml": "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "Geor": "ყველა ადამიანი იბადება თავისუფალი",
    "Armn": "Բոլոր մարդիկ ծնվում են ազատ",
    "Ethi": "የሰው ልጅ ሁሉ ሲወለድ ነጻና እኩል ነው",
}
"""A line in each script that comes with the program."""
WANTED = {
    "Arab": {"init", "medi", "fina", "rlig"},
    "Deva": {"akhn", "half", "rphf", "blwf", "cjct", "pres", "abvs"},
    "Beng": {"akhn", "rphf", "blwf", "pstf", "init", "pres"},
    "Taml": {"akhn", "abvs", "psts"},
}


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Nothing of this system, nothing remembered of it."""
    monkeypatch.setattr(house, "system_folders", lambda: ())
    monkeypatch.delenv(house.VARIABLE, raising=False)
    house._chain.cache_clear()
    yield
    house._chain.cache_clear()


def companions(*asked):
    """The best face."""
    return next(iter(chain(*asked)), None)


def opened(path):
    return open_face(path, Place(path))


def beside(kind):
    file = {"serif": "source-serif/SourceSerif4-Regular.ttf", "sans": "source-sans/SourceSans3-Regular.ttf"}[kind]  # fmt: skip
    return opened(os.path.join(fonts_folder(), file))


@pytest.mark.parametrize("kind", ["serif", "sans"])
@pytest.mark.parametrize("script", BUNDLED)
def test_each_bundled_script_has_every_letter_features_and_two_weights(script, kind):
    regular, bold = (companions(script, "", kind, weight) for weight in ("regular", "semibold"))
    assert os.path.isabs(regular) and regular.endswith("-Regular.ttf")
    assert bold == regular.replace("-Regular", "-SemiBold")
    assert companions(script, "", kind, "italic") == regular
    for path in (regular, bold):
        face = opened(path)
        assert all(face.has(character) for character in BUNDLED[script] if character not in " ،؟,")
        assert WANTED.get(script, set()) <= face.features


@pytest.mark.parametrize("kind", ["serif", "sans"])
@pytest.mark.parametrize("script", BUNDLED)
def test_a_line_stays_inside_the_leading_at_its_scale(script, kind):
    """Ten points on 12.5: the ink of a shaped line, marks and all, is never taller than its leading."""
    face = opened(companions(script, "", kind, "regular"))
    scale = scale_of(beside(kind), face, script)
    buffer = hb.Buffer()
    buffer.add_str(BUNDLED[script])
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    tops, feet = [], []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        extents = face.font.get_glyph_extents(info.codepoint)
        tops.append((position.y_offset + extents.y_bearing) * face.scale * scale / 100)
        feet.append(tops[-1] + extents.height * face.scale * scale / 100)
    assert max(tops) - min(feet) <= 12.5


@pytest.mark.parametrize("kind", ["serif", "sans"])
@pytest.mark.parametrize("script", ["Geor", "Armn"])
def test_small_letters_are_as_tall_as_the_latin_ones(script, kind):
    face, latin = opened(companions(script, "", kind, "regular")), beside(kind)
    assert face.x_height * scale_of(latin, face, script) == pytest.approx(latin.x_height, abs=0.5)


@pytest.mark.parametrize("kind", ["serif", "sans"])
@pytest.mark.parametrize(("script", "character"), [("Hebr", "ם"), ("Deva", "क"), ("Arab", "ا")])
def test_letters_of_one_case_end_between_small_letters_and_capitals(script, character, kind):
    face, latin = opened(companions(script, "", kind, "regular")), beside(kind)
    height = face.height(character) * scale_of(latin, face, script)
    assert latin.x_height < height < latin.cap_height


def test_the_callers_folders_come_first(tmp_path, monkeypatch):
    mine = tmp_path / "deep" / "NotoSerifHebrew-Regular.ttf"
    mine.parent.mkdir()
    shutil.copy(os.path.join(NOTO, mine.name), mine)
    monkeypatch.setenv(house.VARIABLE, os.pathsep.join([str(tmp_path / "none"), str(tmp_path)]))
    assert companions("Hebr", "he", "serif", "regular") == str(mine)
    assert os.path.join(NOTO, mine.name) in chain("Hebr", "he", "serif", "regular")
    assert companions("Deva", "hi", "serif", "regular").startswith(NOTO)


@pytest.mark.parametrize(
    ("script", "language", "index"),
    [("Hani", "ja", 0), ("Hira", "en", 0), ("Hang", "ko", 1), ("Hani", "ko", 1), ("Hani", "zh", 2), ("Hani", "en", 2),
     ("Hans", "zh-Hans", 2), ("Hani", "zh-Hant", 3), ("Hani", "zh-TW", 3), ("Hant", "zh-HK", 4), ("Hani", "yue", 3)],
)  # fmt: skip
def test_a_language_chooses_the_drawings_of_its_region(
    tmp_path, monkeypatch, script, language, index
):
    file = tmp_path / "NotoSerifCJK-Regular.ttc"
    file.touch()
    monkeypatch.setenv(house.VARIABLE, str(tmp_path))
    assert companions(script, language, "serif", "regular") == f"{file}#{index}"
    assert package_of(script) == "fonts-noto-cjk"


def test_a_face_of_the_other_kind_or_weight_is_better_than_none(tmp_path, monkeypatch):
    for name in ("NotoSansKhmer-Bold.ttf", "NotoSansKhmer-Regular.ttf", "NanumMyeongjoBold.ttf", "NanumMyeongjo.ttf"):  # fmt: skip
        (tmp_path / name).touch()
    monkeypatch.setenv(house.VARIABLE, str(tmp_path))
    assert companions("Khmr", "km", "serif", "semibold") == str(tmp_path / "NotoSansKhmer-Bold.ttf")
    assert companions("Kore", "ko", "serif", "semibold") == str(tmp_path / "NanumMyeongjoBold.ttf")
    assert companions("Kore", "ko", "serif", "regular") == str(tmp_path / "NanumMyeongjo.ttf")


def test_where_nothing_is_installed_there_is_none_but_a_package():
    assert companions("Khmr", "km", "serif", "regular") is None
    assert companions("Qaaa", "", "sans", "regular") is None
    assert package_of("Khmr") == "fonts-noto-core"


def test_every_bundled_face_is_chosen_by_some_script_and_may_be_embedded():
    fonttools = pytest.importorskip("fontTools.ttLib")
    asked = [
        companions(script, "", kind, weight)
        for script in [*BUNDLED, "Zsye"]
        for kind in ("serif", "sans")
        for weight in ("regular", "semibold")
    ]
    there = sorted(os.path.join(NOTO, file) for file in os.listdir(NOTO) if file.endswith(".ttf"))
    assert sorted(set(asked)) == there
    assert all(fonttools.TTFont(path)["OS/2"].fsType == 0 for path in there)
    licence = Path(NOTO, "LICENSE.md").read_text(encoding="utf-8")
    assert all(os.path.basename(path)[:-4] in licence for path in there)
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
