"""Pictures as image objects: JPEG files as they are where that is right, everything else in sRGB."""

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from PIL import Image

RESOLUTION = 300
"""Pixels to an inch that a digital page keeps of a picture at its placed size."""

SPARE = 1.5
"""A picture with more than this many times the pixels it needs is made smaller."""

QUALITY = 90
"""Of JPEG, where a photograph is encoded anew."""


def image_object(path: str, width: float, height: float) -> tuple[pdfdoc.PDFStream, int, int]:
    """The picture in a file as a stream, and its size in pixels; it will be `width` x `height` points."""
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        needed = (width / 72 * RESOLUTION, height / 72 * RESOLUTION)
        upright = picture.getexif().get(0x0112, 1) == 1
        plain = upright and picture.mode in ("RGB", "L") and not _profile(picture)
        fits = picture.width <= needed[0] * SPARE or picture.height <= needed[1] * SPARE
        if picture.format == "JPEG" and plain and fits:
            with open(path, "rb") as file:
                return _stream(file.read(), picture.size, picture.mode, "DCTDecode"), *picture.size
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
            return _stream(data.getvalue(), shown.size, shown.mode, "DCTDecode"), *shown.size
        return _stream(shown.tobytes(), shown.size, shown.mode, ""), *shown.size


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


def _stream(data: bytes, size: tuple[int, int], mode: str, codec: str) -> pdfdoc.PDFStream:
    """An image dictionary (ISO 32000-1, 8.9.5) round the pixels."""
    stream = pdfdoc.PDFStream(content=data, filters=[] if codec else [pdfdoc.PDFZCompress])
    entries = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": size[0],
        "Height": size[1],
        "BitsPerComponent": 8,
        "ColorSpace": pdfdoc.PDFName("DeviceGray" if mode == "L" else "DeviceRGB"),
    }
    if codec:
        entries["Filter"] = pdfdoc.PDFName(codec)
    for key, value in entries.items():
        stream.dictionary[key] = value
    return stream
