"""Pictures from one meaning of colours to another by LittleCMS: to sRGB, to the inks of a press, within their limit.

Relative colorimetric with black-point compensation throughout: paper stays white, the darkest stays darkest.
"""

from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from layout.plates.edition import PROFILE, bytes_of

if TYPE_CHECKING:
    from PIL import Image, ImageCms

FULL = 255
"""A pixel's value for all there is of an ink or of light."""


def profile_of(data: bytes, mode: str) -> bytes:
    """A profile that pictures of this mode can have; b'' for none, a broken one, or one of another kind."""
    if not data:
        return b""
    kinds = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}
    return (
        data if data[36:40] == b"acsp" and data[16:20] == kinds.get(mode) and _opened(data) else b""
    )


@lru_cache(maxsize=32)
def _opened(data: bytes) -> "ImageCms.ImageCmsProfile | None":
    """A profile that is open, or None for one that cannot be."""
    from PIL import ImageCms

    try:
        return ImageCms.ImageCmsProfile(BytesIO(data))
    except (ImageCms.PyCMSError, OSError):
        return None


def is_srgb(data: bytes) -> bool:
    """Whether a profile says the same as none does of a picture in RGB."""
    from PIL import ImageCms

    profile = _opened(data)
    return profile is not None and "sRGB" in (ImageCms.getProfileDescription(profile) or "")


@lru_cache(maxsize=16)
def _transform(
    source: bytes, target: bytes, modes: tuple[str, str]
) -> "ImageCms.ImageCmsTransform | None":
    from PIL import ImageCms

    first, last = _opened(source), _opened(target)
    if first is None or last is None:
        return None
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        return ImageCms.buildTransform(first, last, *modes, intent, flags)
    except ImageCms.PyCMSError:
        return None  # a profile that lacks the way in or out


def to_srgb(picture: "Image.Image", profile: bytes, press: bytes) -> "Image.Image":
    """A picture in grey, RGB or CMYK as the screen has it; CMYK that says nothing is taken for that of the `press`."""
    from PIL import ImageCms

    source = profile or (press if picture.mode == "CMYK" else b"")
    if not source:
        return picture
    grey = picture.mode == "L"
    transform = _transform(source, bytes_of(PROFILE), (picture.mode, "RGB"))
    if transform is None:
        return picture if grey else picture.convert("RGB")
    found = ImageCms.applyTransform(picture, transform)
    assert found is not None
    return found.getchannel("G") if grey else found


def to_inks(picture: "Image.Image", profile: bytes, press: bytes, limit: float) -> "Image.Image":
    """A picture as inks: grey as black alone (mode L), all else in CMYK with at most `limit` percent."""
    from PIL import ImageCms

    if picture.mode == "L":
        return to_srgb(picture, profile, press).point(_black_curve(press))
    if picture.mode == "CMYK" and profile in (b"", press):
        return within(picture, limit)
    transform = _transform(profile or bytes_of(PROFILE), press, (picture.mode, "CMYK"))
    if transform is None:  # the picture's own profile cannot lead here: it says nothing then
        transform = _transform(bytes_of(PROFILE), press, ("RGB", "CMYK"))
        picture = picture.convert("RGB")
    assert transform is not None
    found = ImageCms.applyTransform(picture, transform)
    assert found is not None
    return within(found, limit)


def most_ink(picture: "Image.Image") -> float:
    """The most ink of any pixel of a CMYK picture, in percent."""
    from layout.plates.coverage import total_of

    _, most = total_of(picture.split()).getextrema()
    assert isinstance(most, int | float)
    return 100 * most / FULL


def within(picture: "Image.Image", limit: float) -> "Image.Image":
    """A CMYK picture with no more ink than `limit` percent: the coloured inks give way alike, black stays."""
    from PIL import Image, ImageMath

    from layout.plates.coverage import total_of

    if most_ink(picture) <= limit:
        return picture
    room = int(limit * FULL / 100)
    *coloured, black = picture.split()
    share = ImageMath.lambda_eval(
        lambda it: it["float"](it["min"](room - it["k"], it["all"])) / it["max"](it["all"], 1),
        all=total_of(coloured),
        k=black,
    )
    bands = [
        ImageMath.lambda_eval(lambda it: it["int"](it["b"] * it["share"]), b=band, share=share)
        for band in coloured
    ]
    return Image.merge("CMYK", [*(band.convert("L") for band in bands), black])


@cache
def _black_curve(press: bytes) -> list[int]:
    """For each grey of sRGB how light the black plate is to be, so that it looks as light on the paper.

    The lightness of every share of black ink is read from the profile; white is the paper and the darkest
    is all the ink, as with black-point compensation.
    """
    from PIL import Image, ImageCms

    screen = Image.new("L", (FULL + 1, 1))
    screen.putdata(range(FULL + 1))
    inks = Image.merge("CMYK", [*[Image.new("L", screen.size)] * 3, screen])
    lab, profile = ImageCms.createProfile("LAB"), ImageCms.ImageCmsProfile(BytesIO(press))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(profile, lab, "CMYK", "LAB", intent)
    found = ImageCms.applyTransform(inks, transform)
    assert found is not None
    light = [_luminance(value * 100 / FULL) for value in found.getchannel("L").tobytes()]
    paper, full = light[0], light[-1]
    shades = [(value - full) / (paper - full) for value in light]
    return [FULL - _nearest(shades, _linear(grey / FULL)) for grey in range(FULL + 1)]


def _nearest(shades: list[float], wanted: float) -> int:
    """The share of ink that looks nearest to a luminance; ties go to less ink."""
    return min(range(len(shades)), key=lambda share: (abs(shades[share] - wanted), share))


def _luminance(lightness: float) -> float:
    """From L* to Y, 0 to 1 (CIE 15, 8.2.1)."""
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3


def _linear(value: float) -> float:
    """From a value of sRGB to light (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
