"""Pictures with fewer pixels: what the decoder of a JPEG takes, how near that is to a filter, how it is sharpened."""

import random
from io import BytesIO
from math import log10

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from reprints import reprint, source

from layout.ground.problems import Refused
from layout.house.brands import read_brand
from layout.plates.edition import EDITIONS
from layout.plates.pictures import Darkroom, wish_of
from layout.plates.prints import KEPT, Prints
from layout.plates.reducing import REST, divisor, is_near, smaller

WISH = wish_of(EDITIONS["digital"], read_brand(None, "a.yaml").brand)
RESOLUTION = 200


def photograph(width: int, height: int) -> Image.Image:
    """Soft shapes under the grain of a film."""
    chance = random.Random(1)
    noise = Image.frombytes("RGB", (24, 16), chance.randbytes(3 * 24 * 16))
    shapes = noise.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", (width, height), chance.randbytes(3 * width * height))
    return Image.blend(shapes, grain.filter(ImageFilter.GaussianBlur(0.7)), 0.15)


def jpeg(picture: Image.Image, **options) -> bytes:
    data = BytesIO()
    picture.save(data, "JPEG", quality=92, **options)
    return data.getvalue()


def alike(one: Image.Image, other: Image.Image) -> float:
    """The ratio of the full signal to the difference of two pictures, in decibels."""
    difference = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB")))
    return 10 * log10(255**2 * 3 * one.width * one.height / sum(difference.sum2))


def off_in_colour(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of two pictures in Cb and Cr."""
    pairs = zip(one.convert("YCbCr").split()[1:], other.convert("YCbCr").split()[1:], strict=True)
    return max(ImageChops.difference(a, b).getextrema()[1] for a, b in pairs)


@pytest.mark.parametrize(
    ("scale", "by"),
    [(1, 1), (0.9, 1), (0.7, 1), (0.55, 1), (0.507, 2), (0.5, 2), (0.48, 2), (0.45, 1), (0.33, 2),
     (0.25, 4), (0.2, 2), (0.166, 4), (0.125, 8), (0.01, 8)],
)  # fmt: skip
def test_what_a_decoder_takes_away(scale, by):
    """All that is too much where that comes out even, else so much that a filter has half as many pixels more."""
    assert divisor(scale) == by
    assert by == 1 or is_near(scale * by) or scale * by <= 1 / REST


@pytest.mark.parametrize("by", [2, 3, 4, 5])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_jpeg_made_smaller_looks_as_if_a_filter_had_done_it(tmp_path, by, subsampling):
    """More alike than a JPEG of this quality is to its original; 35 dB is what the eye cannot tell in a photograph."""
    picture = photograph(by * RESOLUTION, by * RESOLUTION)
    (tmp_path / "a.jpg").write_bytes(jpeg(picture, subsampling=subsampling))
    found = Darkroom().pixels(str(tmp_path / "a.jpg"), 72, 72, WISH)
    assert (found.width, found.height) == (RESOLUTION, RESOLUTION)
    whole = Image.open(tmp_path / "a.jpg").resize(
        (RESOLUTION, RESOLUTION), Image.Resampling.LANCZOS
    )
    wanted = whole.filter(ImageFilter.UnsharpMask(0.6, 60, 2))
    assert alike(Image.open(BytesIO(found.data)), wanted) > 35


def test_a_picture_that_needs_no_filter_is_not_blurred_by_one():
    picture = photograph(300, 371)
    assert smaller(picture, 0.9978).size == (300, 371)
    assert smaller(picture, 0.9).size == (270, 334)


def test_colours_are_not_sharpened():
    """An edge between colours of one lightness has no fringe."""
    picture = Image.new("YCbCr", (60, 60), (128, 110, 128))
    picture.paste((128, 146, 128), (30, 0, 60, 60))
    assert smaller(picture.copy(), 1).tobytes() == picture.tobytes()
    rgb = picture.convert("RGB")
    fringed = rgb.filter(ImageFilter.UnsharpMask(0.6, 60, 2))
    assert off_in_colour(smaller(rgb, 1), rgb) <= 1 < 3 <= off_in_colour(fringed, rgb)


@pytest.mark.parametrize("turn", [6, 8])
def test_a_turned_jpeg_is_made_smaller_by_its_upright_size(tmp_path, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    (tmp_path / "a.jpg").write_bytes(jpeg(photograph(1600, 400), exif=exif))
    found = Darkroom().pixels(str(tmp_path / "a.jpg"), 72, 288, WISH)
    assert (found.width, found.height) == (200, 800)


def test_a_jpeg_whose_values_are_rgb_keeps_its_colours(tmp_path):
    """Few are: an Adobe marker says so, and the decoder then cannot give YCbCr."""
    picture = Image.new("RGB", (800, 800), (200, 40, 90))
    picture.save(tmp_path / "a.jpg", quality=95, keep_rgb=True)
    found = Darkroom().pixels(str(tmp_path / "a.jpg"), 72, 72, WISH)
    shown = Image.open(BytesIO(found.data)).getpixel((100, 100))
    assert all(abs(a - b) <= 4 for a, b in zip(shown, (200, 40, 90), strict=True))


# --- kept for the next file ---


def test_a_picture_of_many_files_is_made_once(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg(photograph(800, 800)))
    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.jpg").read_bytes())
    prints = Prints()
    rooms = [Darkroom(prints=prints) for _ in range(3)]
    made = [room.pixels(str(tmp_path / name), 72, 72, WISH) for room, name in zip(rooms, ("a.jpg", "b.jpg", "a.jpg"), strict=True)]  # fmt: skip
    assert [room.decoded for room in rooms] == [1, 0, 0]
    assert made[0] == made[1] == made[2]


def test_a_picture_that_was_changed_is_made_again(tmp_path):
    path, prints = tmp_path / "a.jpg", Prints()
    made = []
    for grey in (50, 200):
        path.write_bytes(jpeg(Image.new("L", (800, 800), grey)))
        made.append(Darkroom(prints=prints).pixels(str(path), 72, 72, WISH))
    assert made[0].data != made[1].data


def test_prints_are_bounded_and_the_last_used_stay():
    class Made:
        def __init__(self, size: int) -> None:
            self.data = bytes(size)

    prints = Prints()
    prints.put("logo", Made(KEPT // 10))
    for number in range(100):
        prints.put(number, Made(KEPT // 4))
        assert sum(prints.get(it) is not None for it in range(number + 1)) <= 3
        assert prints.get("logo") is not None
    prints.put("large", Made(KEPT + 1))
    assert prints.get("large") is None
    assert prints.get("logo") is not None


def test_a_torn_picture_is_told_where_it_is_named(tmp_path):
    data = jpeg(photograph(800, 800))
    (tmp_path / "a.jpg").write_bytes(data[: len(data) // 2])
    entries = [{"figure": "a.jpg", "alt": "A"}, {"question": "Q?", "answer": "A."}]
    with pytest.raises(Refused, match="damaged or cut short"):
        reprint(source(tmp_path, interview=entries))
