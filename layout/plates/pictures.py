"""Pictures as image objects: JPEG files as they are where that is right, everything else in sRGB."""

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image

RESOLUTION = 300
"""Pixels to an inch that a digital page keeps of a picture at its placed size."""

SPARE = 1.5
"""A picture with more than this many times the pixels it needs is made smaller."""

QUALITY = 90
"""Of JPEG, where a photograph is encoded anew."""


class Pixels(Struct, frozen=True):
    """A picture as it goes into a file: its bytes, the entries of its dictionary, its size in pixels."""

    data: bytes
    entries: str
    packed: bool
    """Whether the bytes are compressed already."""
    width: int
    height: int


def pixels(path: str, width: float, height: float) -> Pixels:
    """The picture in a file; it will be `width` x `height` points."""
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        needed = (width / 72 * RESOLUTION, height / 72 * RESOLUTION)
        upright = picture.getexif().get(0x0112, 1) == 1
        plain = upright and picture.mode in ("RGB", "L") and not _profile(picture)
        fits = picture.width <= needed[0] * SPARE or picture.height <= needed[1] * SPARE
        if picture.format == "JPEG" and plain and fits:
            with open(path, "rb") as file:
                return _pixels(file.read(), picture.size, picture.mode, True)
        lossy = picture.format == "JPEG"
        if lossy and not fits:
            picture.draft(None, (int(needed[0] * 2), int(needed[1] * 2)))
        shown = _in_srgb(_opaque(ImageOps.exif_transpose(picture)), _profile(picture))
        scale = max(needed[0] / shown.width, needed[1] / shown.height)
        if scale * SPARE < 1:
            size = (round(shown.width * scale), round(shown.height * scale))
            shown = shown.resize(size, Image.Resampling.LANCZOS)
        if lossy:
            data = BytesIO()
            shown.save(data, "JPEG", quality=QUALITY, subsampling=0)
            return _pixels(data.getvalue(), shown.size, shown.mode, True)
        return _pixels(shown.tobytes(), shown.size, shown.mode, False)


def _opaque(picture: "Image.Image") -> "Image.Image":
    """A picture in grey, RGB or CMYK; what is clear becomes white."""
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off at 255
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(ground, rgba).convert("RGB")
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _profile(picture: "Image.Image") -> bytes:
    """The colour profile of a picture that is not in sRGB and says so, else b''."""
    data: bytes = picture.info.get("icc_profile") or b""
    if not data:
        return b""
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data)))
    except (ImageCms.PyCMSError, OSError):
        return b""  # a broken profile says nothing
    return b"" if "sRGB" in name else data


def _in_srgb(picture: "Image.Image", profile: bytes) -> "Image.Image":
    """The colours of an opaque picture as sRGB; grey stays as it is."""
    if picture.mode == "L":
        return picture
    if profile:
        from PIL import ImageCms

        try:
            found = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except ImageCms.PyCMSError:
            found = None  # a profile for another kind of picture
        if found is not None:
            return found
    return picture.convert("RGB")


def _pixels(data: bytes, size: tuple[int, int], mode: str, is_jpeg: bool) -> Pixels:
    """The pixels with what an image dictionary says of them (ISO 32000-1, 8.9.5)."""
    space = "DeviceGray" if mode == "L" else "DeviceRGB"
    entries = f"/Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}/BitsPerComponent 8/ColorSpace/{space}"
    return Pixels(data, entries + "/Filter/DCTDecode" * is_jpeg, is_jpeg, *size)
