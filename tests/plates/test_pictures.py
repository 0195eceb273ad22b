"""Pictures as image objects: what passes untouched, what is turned, flattened or made smaller."""

from io import BytesIO
from pathlib import Path
from zlib import decompress

import pytest
from PIL import Image, ImageCms
from readback import opened
from reprints import reprint, source

from layout.house.brands import read_brand
from layout.plates.edition import EDITIONS
from layout.plates.pictures import Darkroom, Pixels, wish_of

DIGITAL = EDITIONS["digital"]
RESOLUTION, MOST = int(DIGITAL.resolution), int(DIGITAL.most)
WISH = wish_of(DIGITAL, read_brand(None, "a.yaml").brand)

WIDE = 72.0
"""One inch: at this width a picture needs as many pixels as RESOLUTION says."""


def corners(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red at the upper left, blue at the lower right, white elsewhere."""
    picture = Image.new("RGB", size, "white")
    width, height = size
    picture.paste("red", (0, 0, width // 2, height // 2))
    picture.paste("blue", (width // 2, height // 2, width, height))
    return picture.convert(mode)


def pixels(path: str, width: float, height: float) -> Pixels:
    return Darkroom().pixels(path, width, height, WISH)


def saved(folder, picture: Image.Image, name: str, **options) -> str:
    path = folder / name
    picture.save(path, **options)
    return str(path)


def seen(path: str, width: float = WIDE, height: float = WIDE) -> Image.Image:
    """The picture that a reader of the PDF would see, decoded from the image object alone."""
    stored = pixels(path, width, height)
    words = stored.entries.replace("/", " ").split()
    entries = dict(zip(words[::2], words[1::2], strict=True))
    size = (int(entries["Width"]), int(entries["Height"]))
    assert size == (stored.width, stored.height)
    assert (entries["Subtype"], entries["BitsPerComponent"]) == ("Image", "8")
    mode = {"DeviceRGB": "RGB", "DeviceGray": "L"}[entries["ColorSpace"]]
    if entries["Filter"] == "DCTDecode":
        picture = Image.open(BytesIO(stored.data))
        assert picture.mode == mode
    else:
        assert entries["Filter"] == "FlateDecode"
        picture = Image.frombytes(mode, size, decompress(stored.data))
    assert picture.size == size
    return picture


def near(colour, wanted, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def has_corners(picture: Image.Image) -> bool:
    rgb = picture.convert("RGB")
    w, h = rgb.size
    return (
        near(rgb.getpixel((w // 4, h // 4)), (255, 0, 0))
        and near(rgb.getpixel((3 * w // 4, h // 4)), (255, 255, 255))
        and near(rgb.getpixel((3 * w // 4, 3 * h // 4)), (0, 0, 255))
    )


# --- JPEG ---


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_of_fitting_size_passes_untouched(tmp_path, mode, progressive):
    path = saved(tmp_path, corners(mode), "a.jpg", progressive=progressive)
    stored = pixels(path, WIDE, WIDE)
    with open(path, "rb") as file:
        assert stored.data == file.read()
    assert (stored.width, stored.height) == (80, 40)
    assert seen(path).mode == mode


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_jpeg_that_was_held_another_way_is_turned(tmp_path, turn):
    """All eight ways of EXIF: stored turned back, shown upright."""
    how = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
           5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
           8: Image.Transpose.ROTATE_270}[turn]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    path = saved(tmp_path, corners().transpose(how), "a.jpg", exif=exif, quality=95)
    picture = seen(path)
    assert picture.size == (80, 40)
    assert has_corners(picture)


def test_the_placed_picture_has_the_shape_of_the_upright_one(tmp_path):
    """The manuscript measures a picture as it will be seen, so nothing is cropped away."""
    exif = Image.Exif()
    exif[0x0112] = 6
    saved(
        tmp_path, corners(size=(400, 200)).transpose(Image.Transpose.ROTATE_90), "a.jpg", exif=exif
    )
    entries = [{"figure": "a.jpg", "alt": "A"}, {"question": "Q?", "answer": "A."}]
    printed = reprint(source(tmp_path, interview=entries))
    image = next(mark for mark in printed.pages.pages[0].marks if hasattr(mark, "path"))
    assert image.width / image.height == pytest.approx(2, rel=0.01)


def test_a_cmyk_jpeg_becomes_rgb(tmp_path):
    picture = Image.new("CMYK", (80, 40), (0, 255, 255, 0))
    found = seen(saved(tmp_path, picture, "a.jpg", quality=95))
    assert found.mode == "RGB"
    red, green, blue = found.getpixel((40, 20))
    assert red > 200 and green < 60 and blue < 60


def test_colours_of_another_profile_are_brought_to_srgb(tmp_path):
    """The same numbers mean another red elsewhere: here red and green have changed places."""
    srgb = ImageCms.createProfile("sRGB")
    plain = ImageCms.ImageCmsProfile(srgb).tobytes()
    path = saved(tmp_path, corners(), "s.jpg", icc_profile=plain)
    assert pixels(path, WIDE, WIDE).data == Path(path).read_bytes()
    swapped = bytearray(plain.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be")))
    red, green = plain.find(b"rXYZ"), plain.find(b"gXYZ")
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    for name in ("a.jpg", "a.png"):
        path = saved(tmp_path, corners(), name, icc_profile=bytes(swapped))
        colour = seen(path).convert("RGB").getpixel((10, 10))
        assert colour[1] > 150 > colour[0]


# --- PNG ---


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_png_keeps_its_pixels(tmp_path, mode):
    picture = seen(saved(tmp_path, corners(mode), "a.png"))
    assert picture.mode == "RGB"
    assert picture.tobytes() == corners().tobytes()


@pytest.mark.parametrize("mode", ["L", "1", "LA", "I;16"])
def test_a_grey_png_stays_grey(tmp_path, mode):
    grey = Image.linear_gradient("L").resize((80, 40))
    if mode == "I;16":
        wide = grey.convert("I").point(lambda value: value * 257)
        path = saved(tmp_path, wide.convert("I;16"), "a.png")
    else:
        path = saved(tmp_path, grey.convert(mode), "a.png")
    wanted = grey.convert("1").convert("L") if mode == "1" else grey
    picture = seen(path).convert("L")
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), wanted.tobytes())) <= 1


def clear_in_the_middle(mode: str) -> Image.Image:
    picture = Image.new("RGBA", (30, 30), (0, 0, 255, 255))
    picture.paste((255, 0, 0, 0), (10, 10, 20, 20))
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_clear_is_paper(tmp_path, mode):
    picture = clear_in_the_middle(mode)
    if mode == "PA":
        picture = clear_in_the_middle("RGBA").quantize(4)
    found = seen(saved(tmp_path, picture, "a.png")).convert("RGB")
    assert found.getpixel((15, 15)) == (255, 255, 255)
    assert found.getpixel((2, 2)) != (255, 255, 255)


@pytest.mark.parametrize(("mode", "key"), [("RGB", (255, 0, 0)), ("L", 76), ("P", 1)])
def test_a_colour_that_stands_for_clear_is_paper(tmp_path, mode, key):
    """A PNG without alpha may name one colour as transparent (PNG 1.2, 4.2.1.1)."""
    picture = Image.new("RGB", (30, 30), (0, 0, 255))
    picture.paste((255, 0, 0), (10, 10, 20, 20))
    if mode == "P":
        picture = Image.new("P", (30, 30), 0)
        picture.putpalette([0, 0, 255, 255, 0, 0])
        picture.paste(1, (10, 10, 20, 20))
    found = seen(saved(tmp_path, picture.convert(mode), "a.png", transparency=key)).convert("RGB")
    assert found.getpixel((15, 15)) == (255, 255, 255)
    assert found.getpixel((2, 2)) != (255, 255, 255)


# --- size ---


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_big_picture_is_made_smaller(tmp_path, name):
    path = saved(tmp_path, corners(size=(2400, 1200)), name)
    picture = seen(path, WIDE, WIDE / 2)
    assert picture.size == (RESOLUTION, RESOLUTION // 2)
    assert has_corners(picture)


def test_a_picture_that_covers_a_tall_box_keeps_what_its_height_needs(tmp_path):
    """A wide picture is cropped at its sides: the pixels of its height are what counts."""
    path = saved(tmp_path, corners(size=(2400, 600)), "a.png")
    assert seen(path, WIDE, WIDE).size == (4 * RESOLUTION, RESOLUTION)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_a_little_too_big_is_left_alone(tmp_path, name):
    width = MOST
    assert seen(saved(tmp_path, corners(size=(width, width // 2)), name), WIDE, WIDE / 2).size == (
        width,
        width // 2,
    )


def test_a_small_picture_is_not_blown_up(tmp_path):
    assert seen(saved(tmp_path, corners(size=(8, 4)), "a.png"), 500, 250).size == (8, 4)


# --- in a file ---


def images(pdf: bytes) -> list:
    return [
        thing for thing in opened(pdf).objects
        if getattr(thing, "get", None) and thing.get("/Subtype") == "/Image"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_is_stored_once(tmp_path, name):
    saved(tmp_path, corners(), name)
    turn = {"question": "Q?", "answer": "A."}
    figure = {"figure": name, "alt": "A"}
    printed = reprint(source(tmp_path, interview=[figure, turn, figure, turn, {**figure, "width": "page"}]))  # fmt: skip
    assert len(images(printed.pdf)) == 1


def test_a_picture_that_is_stored_is_the_file_itself(tmp_path):
    path = saved(tmp_path, corners(), "a.jpg")
    printed = reprint(source(tmp_path, interview=[{"figure": "a.jpg", "alt": "A"}, {"question": "Q?", "answer": "A."}]))  # fmt: skip
    (image,) = images(printed.pdf)
    assert image.Filter == "/DCTDecode"
    with open(path, "rb") as file:
        assert image.read_raw_bytes() == file.read()


def test_a_reader_sees_the_picture(tool, tmp_path):
    """Rendered by poppler: the red and blue corners stand where the page says they do."""
    saved(tmp_path, corners(size=(400, 200)), "a.png")
    printed = reprint(source(tmp_path, interview=[{"figure": "a.png", "alt": "A"}, {"question": "Q?", "answer": "A."}]))  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(printed.pdf)
    tool("pdftoppm", "-r", 72, "-png", "-singlefile", tmp_path / "a.pdf", tmp_path / "page")
    image = next(mark for mark in printed.pages.pages[0].marks if hasattr(mark, "path"))
    page = Image.open(tmp_path / "page.png")
    at = [(image.x + image.width * x, page.height - image.y - image.height * y) for x, y in ((0.25, 0.75), (0.75, 0.25))]  # fmt: skip
    assert near(page.getpixel(tuple(map(round, at[0])))[:3], (255, 0, 0))
    assert near(page.getpixel(tuple(map(round, at[1])))[:3], (0, 0, 255))
