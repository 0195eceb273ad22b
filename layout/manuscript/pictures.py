"""Picture files, opened and found whole: JPEG or PNG, of bounded size."""

import os
from functools import lru_cache
from typing import Any, Final

from layout.manuscript.values import Fault

MAX_PICTURE_BYTES: Final = 64 * 1024 * 1024
"""A picture file of more is not opened."""
MAX_PIXELS: Final = 89_478_485
"""A picture of more pixels is not decoded; Pillow's own bound against decompression bombs."""

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
    (b"BM", "BMP"), (b"%PDF", "PDF"), (b"8BPS", "Photoshop"), (b"%!PS", "EPS"), (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"), (b"\xff\x0a", "JPEG XL"), (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"<svg", "SVG"), (b"<?xml", "SVG"),
)  # fmt: skip
_ORIENTATION: Final = 0x0112
_ON_ITS_SIDE: Final = (5, 6, 7, 8)


def measure(path: str) -> tuple[int, int, Fault | None]:
    """Width and height in pixels of an existing picture file, held upright, and what is wrong with it."""
    status = os.stat(path)
    return _measure(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _measure(path: str, changed: int, size: int) -> tuple[int, int, Fault | None]:
    if size > MAX_PICTURE_BYTES:
        fault = (
            f"the picture file is larger than {MAX_PICTURE_BYTES // 1024 // 1024} MiB",
            "save it smaller",
        )
        return 0, 0, fault
    with open(path, "rb") as stream:
        data = stream.read(MAX_PICTURE_BYTES)
    name = _format(data)
    if name not in ("JPEG", "PNG"):
        found = f"the picture is {name}" if name else "this is no picture that is known here"
        return (
            0,
            0,
            (f"{found}, not JPEG or PNG", "save it as JPEG or PNG: `magick PICTURE picture.png`"),
        )
    return _decode(data, name)


def _format(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12] in (b"avif", b"avis") else "HEIC"
    return next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")


def _decode(data: bytes, name: str) -> tuple[int, int, Fault | None]:
    import warnings
    from io import BytesIO

    from PIL import Image

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            if name == "PNG":  # its checksums are looked at only here
                with Image.open(BytesIO(data), formats=[name]) as image:
                    image.verify()
            with Image.open(BytesIO(data), formats=[name]) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    return 0, 0, _too_large()
                on_its_side = _orientation(image) in _ON_ITS_SIDE
                # A JPEG may be decoded to an eighth: all its data are read, and little is calculated.
                image.draft(None, (max(1, width // 8), max(1, height // 8)))
                image.load()
        except bombs:
            return 0, 0, _too_large()
        except Exception:  # Pillow's decoders raise many kinds; all of them mean the file's content
            return 0, 0, (f"the {name} picture is damaged or cut short", "copy or save it again")
    return (height, width, None) if on_its_side else (width, height, None)


def _orientation(image: Any) -> Any:
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # a broken EXIF block turns nothing
        return None


def _too_large() -> Fault:
    return f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels", "save it smaller"
