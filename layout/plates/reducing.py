"""Pictures with fewer pixels: a JPEG's decoder takes what it can for nothing, a filter the rest; sharpened after."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SHARPEN = (0.6, 60, 2)
"""Radius in pixels, percent and threshold of the unsharp mask after a picture was made smaller."""

REST = 1.5
"""What a decoder has made smaller still has so many times the pixels a side that are wanted, or just these."""

NEAR = (0.98, 1.05)
"""So little off what is wanted a picture stays as it is: a filter would blur it and gain nothing."""

DIVISORS = (8, 4, 2)
"""By what a decoder divides the sides: it leaves out the finer half of each block's frequencies, once or more."""


def divisor(scale: float) -> int:
    """By what the sides of a JPEG are divided while it is decoded, where `scale` of its pixels a side are wanted."""
    return next((by for by in DIVISORS if is_near(scale * by) or scale * by <= 1 / REST), 1)


def is_near(scale: float) -> bool:
    """Whether a picture of which `scale` is wanted is as good as that."""
    return NEAR[0] <= 1 / scale <= NEAR[1]


def smaller(picture: "Image.Image", scale: float) -> "Image.Image":
    """A picture with `scale` of its pixels a side, sharpened as much as that, or its decoder before, has blurred it."""
    from PIL import Image

    if not is_near(scale):
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return _sharpened(picture)


def _sharpened(picture: "Image.Image") -> "Image.Image":
    """A picture sharpened, one in RGB or YCbCr by its lightness: no fringes of colour, and a third of the work."""
    from PIL import Image, ImageFilter

    mask = ImageFilter.UnsharpMask(*SHARPEN)
    if picture.mode not in ("RGB", "YCbCr"):
        return picture.filter(mask)
    light, *colour = picture.convert("YCbCr").split()
    return Image.merge("YCbCr", (light.filter(mask), *colour)).convert(picture.mode)
