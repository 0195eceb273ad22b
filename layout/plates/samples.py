"""Picture files to their samples, as they are stored: no profile, no turning, no sharpening."""

import warnings
from io import BytesIO

from msgspec import Struct


class Samples(Struct, frozen=True):
    """A decoded picture: `data` has `channels` samples of `bits` for each pixel, rows in whole bytes."""

    wide: int
    high: int
    channels: int
    bits: int
    data: bytes


def samples_of(data: bytes) -> Samples | None:
    """The samples of a JPEG, JPEG 2000, TIFF or PNG file; None where it is none or cannot be read.

    Pillow takes JPEG files of four components for inverted, as Adobe writes them; in a PDF only /Decode inverts.
    """
    from PIL import Image, ImageChops

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                kind = picture.format
                if kind not in ("JPEG", "JPEG2000", "TIFF", "PNG"):
                    return None
                picture.load()
                shown: Image.Image = picture
                if shown.mode not in ("1", "L", "RGB", "CMYK"):
                    return None
                if kind == "JPEG" and shown.mode == "CMYK":
                    shown = ImageChops.invert(shown)
                bits = 1 if shown.mode == "1" else 8
                return Samples(*shown.size, len(shown.getbands()), bits, shown.tobytes())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
