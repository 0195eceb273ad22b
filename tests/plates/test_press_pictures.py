"""Pictures for the press: converted by profiles, within the ink limit, flattened, sharpened, decoded once."""

from io import BytesIO
from pathlib import Path
from zlib import decompress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageCms

from layout.house.brands import read_brand
from layout.plates.colourmatch import most_ink, to_inks, within
from layout.plates.edition import COATED, EDITIONS, PROFILE
from layout.plates.pictures import Darkroom, Ground, Pixels, wish_of

BRAND = read_brand(None, "a.yaml").brand
WISH = wish_of(EDITIONS["press"], BRAND)
PRESS = Path(COATED).read_bytes()
WIDE = 72.0
"""One inch."""


def saved(folder: Path, picture: Image.Image, name: str, **options) -> str:
    picture.save(folder / name, **options)
    return str(folder / name)


def printed(path: str, wish=WISH, ground=None, width=WIDE, height=WIDE) -> Pixels:
    return Darkroom().pixels(path, width, height, wish, ground)


def decoded(found: Pixels) -> Image.Image:
    """The inks of a picture as a press takes them: 255 is all of an ink; grey as the black plate."""
    mode = "L" if "/DeviceGray" in found.entries else "CMYK"
    size = (found.width, found.height)
    if "/DCTDecode" in found.entries:
        picture = Image.open(BytesIO(found.data))
    else:
        picture = Image.frombytes(mode, size, decompress(found.data))
    assert (picture.mode, picture.size) == (mode, size)
    return picture


def plain(colour, size=(300, 300), mode="RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def lightness(inks: Image.Image) -> float:
    """L* of a flat CMYK picture on the paper of the profile, 0 to 100, relative to it."""
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(COATED, lab, "CMYK", "LAB", 1)
    return ImageCms.applyTransform(inks, transform).getpixel((0, 0))[0] / 2.55


# --- conversion ---


@pytest.mark.parametrize("colour", ["#ffffff", "#9E1B32", "#0E4F55", "#777777", "#d8c020"])
def test_an_rgb_picture_is_what_littlecms_makes_of_it(tmp_path, colour):
    """The oracle is Little CMS itself, called as its manual has it."""
    path = saved(tmp_path, plain(colour), "a.png")
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    wanted = ImageCms.profileToProfile(
        plain(colour, (1, 1)), PROFILE, COATED, renderingIntent=1, outputMode="CMYK", flags=flags
    )
    found = decoded(printed(path)).getpixel((5, 5))
    assert max(abs(a - b) for a, b in zip(found, wanted.getpixel((0, 0)))) <= 1


def test_a_profile_inside_is_honoured(tmp_path):
    """The same numbers under a profile whose red and green have changed places."""
    own = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = own.find(b"rXYZ"), own.find(b"gXYZ")
    own[red : red + 4], own[green : green + 4] = b"gXYZ", b"rXYZ"
    path = saved(tmp_path, plain("red"), "a.png", icc_profile=bytes(own))
    cyan, magenta, *_ = decoded(printed(path)).getpixel((5, 5))
    assert cyan > 120 > magenta
    assert decoded(printed(saved(tmp_path, plain("red"), "b.png"))).getpixel((5, 5))[0] < 20


def test_cmyk_without_a_profile_is_taken_as_it_is(tmp_path):
    picture = plain((10, 200, 150, 30), mode="CMYK")
    path = saved(tmp_path, picture, "a.jpg", quality=100)
    found = decoded(printed(path)).getpixel((5, 5))
    assert max(abs(a - b) for a, b in zip(found, (10, 200, 150, 30))) <= 3
    same = saved(tmp_path, picture, "b.jpg", quality=100, icc_profile=PRESS)
    assert printed(same).data == printed(path).data


def test_grey_stays_grey_and_as_light_on_paper(tmp_path):
    """Black ink alone; what is half as light on the screen is so on the paper, black-point compensated."""
    values = (0, 40, 90, 128, 190, 255)
    darkest = lightness(plain((0, 0, 0, 255), (1, 1), "CMYK"))
    for value in values:
        found = printed(saved(tmp_path, plain(value, mode="L"), "a.png"))
        assert "/DeviceGray" in found.entries
        black = 255 - decoded(found).getpixel((5, 5))
        shown = lightness(plain((0, 0, 0, black), (1, 1), "CMYK"))
        shine = ((shown + 16) / 116) ** 3 if shown > 8 else shown / 903.3
        floor = ((darkest + 16) / 116) ** 3
        light = value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4
        assert (shine - floor) / (1 - floor) == pytest.approx(light, abs=0.012)
    assert decoded(printed(saved(tmp_path, plain(255, mode="L"), "w.png"))).getpixel((0, 0)) == 255
    assert decoded(printed(saved(tmp_path, plain(0, mode="L"), "k.png"))).getpixel((0, 0)) == 0


# --- the ink limit ---


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 255)] * 4), st.integers(100, 400))
def test_no_pixel_has_more_ink_than_the_limit(inks, limit):
    found = within(plain(inks, (1, 1), "CMYK"), limit).getpixel((0, 0))
    assert 100 * sum(found) / 255 <= limit or (100 * inks[3] / 255 > limit and sum(found[:3]) == 0)
    assert found[3] == inks[3]
    if 100 * sum(inks) / 255 <= limit:
        assert found == inks
    else:  # the hue stays: inks keep their order, and give way alike
        assert all(
            abs(a * sum(inks[:3]) - b * sum(found[:3])) <= 3 * 765 for a, b in zip(found, inks[:3])
        )


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
@pytest.mark.parametrize("limit", [300, 280, 220])
def test_the_darkest_picture_stays_within(tmp_path, name, limit):
    picture = Image.effect_noise((300, 300), 40).point(lambda v: max(0, v - 110)).convert("RGB")
    path = (
        saved(tmp_path, picture, name, quality=80)
        if name == "a.jpg"
        else saved(tmp_path, picture, name)
    )
    assert most_ink(to_inks(picture, b"", PRESS, 400)) > 300, "the profile itself goes beyond"
    assert most_ink(decoded(printed(path, replace(WISH, limit=limit)))) <= limit


# --- what is clear, turned, or too fine ---


def test_what_is_clear_shows_the_ground_it_lies_on(tmp_path):
    picture = plain((200, 30, 40, 0), mode="RGBA")
    path = saved(tmp_path, picture, "a.png")
    assert decoded(printed(path)).getpixel((9, 9)) == (0, 0, 0, 0)
    ground = Ground("#E7EDEE", (0.1, 0.0, 0.2, 0.4))
    assert decoded(printed(path, ground=ground)).getpixel((9, 9)) == (26, 0, 51, 102)
    digital = wish_of(EDITIONS["digital"], BRAND)
    shown = Darkroom().pixels(path, WIDE, WIDE, digital, ground)
    assert tuple(decompress(shown.data)[:3]) == (0xE7, 0xED, 0xEE)


def test_clear_grey_on_a_coloured_ground_is_printed_in_colour(tmp_path):
    path = saved(tmp_path, plain((0, 0), mode="LA"), "a.png")
    assert decoded(printed(path)).getpixel((9, 9)) == 255
    found = decoded(printed(path, ground=Ground("#E7EDEE", (0.1, 0.0, 0.2, 0.0))))
    assert found.getpixel((9, 9)) == (26, 0, 51, 0)


@pytest.mark.parametrize(("pixels", "made"), [(440, 440), (460, 300), (2000, 300)])
def test_only_what_is_finer_than_the_most_is_made_smaller(tmp_path, pixels, made):
    path = saved(tmp_path, plain("red", (pixels, pixels)), "a.png")
    found = printed(path)
    assert (found.width, found.height) == (made, made)


def test_what_was_made_smaller_is_sharpened(tmp_path):
    """An edge has more contrast beside it than plain scaling gives."""
    picture = plain((90, 90, 90), (1200, 1200))
    picture.paste((180, 180, 180), (600, 0, 1200, 1200))
    small = picture.resize((200, 200), Image.Resampling.LANCZOS)
    digital = wish_of(EDITIONS["digital"], BRAND)
    found = Darkroom().pixels(saved(tmp_path, picture, "a.png"), WIDE, WIDE, digital)
    shown = Image.frombytes("RGB", (found.width, found.height), decompress(found.data))
    row = shown.crop((90, 99, 110, 100))
    plain_row = small.crop((90, 99, 110, 100))
    span = [high - low for low, high in (row.convert("L").getextrema(), plain_row.convert("L").getextrema())]  # fmt: skip
    assert span[0] > span[1]


def test_rgb_may_stay_with_what_its_numbers_mean(tmp_path):
    tagged = replace(WISH, tagged=True)
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_own = printed(saved(tmp_path, plain("red"), "a.png", icc_profile=own), tagged)
    without = printed(saved(tmp_path, plain("red"), "b.png"), tagged)
    assert "ColorSpace" not in with_own.entries + without.entries
    assert (with_own.profile, without.profile) == (own, Path(PROFILE).read_bytes())
    assert decompress(with_own.data) == decompress(without.data) == plain("red").tobytes()
    assert "/DeviceGray" in printed(saved(tmp_path, plain(9, mode="L"), "c.png"), tagged).entries


# --- once for both editions ---


def test_two_editions_decode_a_picture_once(tmp_path):
    path = saved(tmp_path, plain("red", (2000, 2000)), "a.png")
    digital = wish_of(EDITIONS["digital"], BRAND)
    room = Darkroom(keep=True)
    both = [room.pixels(path, WIDE, WIDE, wish) for wish in (digital, WISH)]
    assert room.decoded == 1
    assert both == [Darkroom().pixels(path, WIDE, WIDE, wish) for wish in (digital, WISH)]


def test_what_is_kept_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("layout.plates.pictures.KEPT", 1000)
    path = saved(tmp_path, plain("red"), "a.png")
    room = Darkroom(keep=True)
    wide = [room.pixels(path, width, width, WISH) for width in (WIDE, 2 * WIDE)]
    assert wide[0] == wide[1]
    assert room.decoded == 2
