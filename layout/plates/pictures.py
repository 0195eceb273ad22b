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
        plain = (picture.getexif().get(0x0112, 1) == 1) and picture.mode in ("RGB", "L")
        fits = picture.width <= needed[0] * SPARE or picture.height <= needed[1] * SPARE
        if picture.format == "JPEG" and plain and fits:
            with open(path, "rb") as file:
                return _stream(file.read(), picture.size, picture.mode, "DCTDecode"), *picture.size
        lossy = picture.format == "JPEG"
        if lossy and not fits:
            picture.draft(None, (int(needed[0] * 2), int(needed[1] * 2)))
        upright = _flat(ImageOps.exif_transpose(picture))
        scale = max(needed[0] / upright.width, needed[1] / upright.height)
        if scale * SPARE < 1:
            size = (round(upright.width * scale), round(upright.height * scale))
            upright = upright.resize(size, Image.Resampling.LANCZOS)
        if lossy:
            data = BytesIO()
            upright.save(data, "JPEG", quality=QUALITY, subsampling=0)
            return _stream(data.getvalue(), upright.size, upright.mode, "DCTDecode"), *upright.size
        return _stream(upright.tobytes(), upright.size, upright.mode, ""), *upright.size


def _flat(picture: "Image.Image") -> "Image.Image":
    """A picture without alpha, on white, in grey or RGB."""
    from PIL import Image

    if picture.mode == "P" or picture.mode in ("LA", "RGBA", "PA"):
        rgba = picture.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, "white")
        picture = Image.alpha_composite(ground, rgba).convert("RGB")
    if picture.mode in ("1", "L", "I;16", "I", "F"):
        return picture.convert("L")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


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
