"""Inks: what each colour is printed with, and what keeps a brand from the press, with its line."""

import shutil
from pathlib import Path

import pytest
from house_samples import focus

from layout.ground.problems import Refused
from layout.house.brands import read_brand
from layout.house.inks import BLACK, Ink, faults_of, inks_of, spots_of
from layout.house.profile import profile_fault

PROFILES = Path(__file__).parents[2] / "layout/plates/profiles"


def press_brand(shelf, text: str):
    """A brand read for the press."""
    path = shelf.put("brands/own.yaml", text)
    return read_brand("own", str(path.parent.parent / "a.yaml"), press=True).brand


def refusal(shelf, text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        press_brand(shelf, text)
    return [str(problem) for problem in caught.value.problems]


def test_the_built_in_brand_can_be_printed():
    inks = inks_of(focus())
    assert inks.keys() == focus().colours.keys()
    assert inks["text"] == Ink(BLACK) and inks["text"].overprints
    assert not any(ink.overprints for name, ink in inks.items() if name != "text")
    assert spots_of(focus()) == {}
    assert list(faults_of(focus())) == []


def test_a_colour_and_its_tint_are_one_spot_ink(shelf):
    brand = press_brand(
        shelf,
        "colours:\n"
        "  brand: {srgb: '#0E4F55', spot: Petrol, cmyk: [0.9, 0.4, 0.4, 0.4]}\n"
        "  tint: {srgb: '#E7EDEE', spot: Petrol, density: 0.1}\n",
    )
    full = (0.9, 0.4, 0.4, 0.4)
    assert spots_of(brand) == {"Petrol": full}
    inks = inks_of(brand)
    assert inks["brand"] == Ink(full, "Petrol") and inks["tint"] == Ink(full, "Petrol", 0.1)
    assert inks["tint"].shares == pytest.approx((0.09, 0.04, 0.04, 0.04))
    assert inks["brand"].total == 100 and inks["tint"].total == pytest.approx(10)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("colours:\n  brand: {srgb: '#0E4F55'}\n", 2, "the colour `brand` has no CMYK value"),
        ("colours:\n  brand: {srgb: '#0E4F55', spot: Petrol}\n", 2, "nothing says what the ink `Petrol` looks like"),
        (
            ("colours:\n  brand: {srgb: '#0E4F55', spot: P, cmyk: [1, 0, 0, 0]}\n"
             "  tint: {srgb: '#E7EDEE',\n    spot: P,\n    cmyk: [0.1, 0, 0, 0]}\n"),
            5,
            "the ink `P` has two definitions",
        ),
        ("colours:\n  brand: {srgb: '#0E4F55',\n   spot: Black, cmyk: [0, 0, 0, 1]}\n", 3, "no spot ink can be called `Black`"),
        ("colours:\n  brand: {srgb: '#000000',\n   cmyk: [1, 0.9, 0.8, 0.9]}\n", 3, "has 360 % of ink, more than the limit of 300 %"),
        ("press:\n  profile: own.icc\n", 2, "there is no profile `own.icc`"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_at_its_line(shelf, text, line, message):
    (problem,) = refusal(shelf, text)
    assert f"own.yaml:{line}:" in problem and message in problem and "hint:" in problem


def test_the_keys_of_the_press_have_their_bounds(shelf):
    assert "from 100 to 400" in shelf.faults("press: {ink_limit: 50}\n")[0]
    assert "found `star`" in shelf.faults("press: {marks: [crop, star]}\n")[0]


def test_for_screens_the_same_brand_is_sound(shelf):
    brand = shelf.read("colours:\n  brand: {srgb: '#0E4F55'}\npress: {profile: none.icc}\n")
    assert brand.colours["brand"].cmyk is None


@pytest.mark.parametrize("name", ["sRGB.icc", "words.icc", "cut.icc"])
def test_only_the_profile_of_a_cmyk_printer_will_do(shelf, name):
    folder = shelf.put("brands/x.yaml", "").parent
    shutil.copy(PROFILES / "sRGB.icc", folder)
    (folder / "words.icc").write_text("no profile at all " * 20)
    coated = (PROFILES / "FOGRA39L_coated.icc").read_bytes()
    (folder / "cut.icc").write_bytes(coated[:100])
    (problem,) = refusal(shelf, f"press:\n  profile: {name}\n")
    assert f"own.yaml:2:12: error: `{name}` is not a CMYK printer profile: it is" in problem


def test_a_profile_beside_the_brand_is_found(shelf):
    folder = shelf.put("brands/x.yaml", "").parent
    shutil.copy(PROFILES / "FOGRA39L_coated.icc", folder / "own.icc")
    brand = press_brand(shelf, "press: {profile: own.icc, condition: FOGRA39}\n")
    assert brand.press.profile == str(folder / "own.icc")
    assert profile_fault(brand.press.profile) == ""


def test_a_profile_outside_the_brands_folder_is_refused(shelf):
    folder = shelf.put("brands/x.yaml", "").parent
    shutil.copy(PROFILES / "FOGRA39L_coated.icc", folder.parent / "own.icc")
    assert "there is no profile" in refusal(shelf, "press: {profile: ../own.icc}\n")[0]


# --- a brand over another ---


def test_a_colour_said_anew_does_not_print_the_old_one(shelf):
    """The built-in red would be printed where the screen is green."""
    brand = shelf.read("colours: {brand: {srgb: '#0E5F25'}}\n")
    assert brand.colours["brand"].cmyk is None
    only_ink = shelf.read("colours: {brand: {cmyk: [1, 0, 1, 0.5]}}\n").colours["brand"]
    assert (only_ink.srgb, only_ink.cmyk) == ("#9E1B32", (1, 0, 1, 0.5))


def test_a_colour_above_a_spot_ink_is_none(shelf):
    shelf.put("brands/low.yaml", "colours: {brand: {srgb: '#9E1B32', spot: Red, cmyk: [0, 1, 1, 0], density: 0.9}}\n")  # fmt: skip
    colour = shelf.read("extends: low\ncolours: {brand: {cmyk: [0, 1, 1, 0.1]}}\n").colours["brand"]
    assert (colour.spot, colour.density, colour.cmyk) == (None, 1, (0, 1, 1, 0.1))
    same = shelf.read("extends: low\n").colours["brand"]
    assert (same.spot, same.density) == ("Red", 0.9)
