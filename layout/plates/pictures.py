"""Pictures as image objects: JPEG files as they are where that is right, everything else in an edition's colours."""

import zlib
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.house.brand import Brand
from layout.house.inks import PAPER, Shares
from layout.plates.colourmatch import (
    FULL,
    is_srgb,
    most_ink,
    profile_of,
    to_inks,
    to_srgb,
    within,
)
from layout.plates.edition import EDITIONS, PROFILE, Edition, Intent, bytes_of, intent_of
from layout.plates.prints import Prints
from layout.plates.reducing import divisor, smaller

if TYPE_CHECKING:
    from PIL import Image

QUALITY = 90
"""Of JPEG, where a photograph is encoded anew."""

KEPT = 48_000_000
"""Pixels of decoded pictures that are kept for the next edition; beyond that they are decoded again."""

ON_ITS_SIDE = (5, 6, 7, 8)
"""Orientations in which width and height change places."""

TRIES = 3
"""So often a JPEG is encoded with less ink where its losses brought more; then it is kept without losses."""


class Pixels(Struct, frozen=True):
    """A picture as it goes into a file: its bytes, compressed, the entries of its dictionary, its size in pixels.

    With a `profile` its colour space is that profile, which the entries do not say.
    """

    data: bytes
    entries: str
    width: int
    height: int
    profile: bytes = b""


class Ground(Struct, frozen=True):
    """What a picture lies on, where it is clear: paper or a tint."""

    srgb: str = "#FFFFFF"
    shares: Shares = PAPER


class Wish(Struct, frozen=True):
    """What an edition wants of its pictures: resolutions in pixels to an inch at the placed size.

    `inks` says that they are converted to the `press`, with at most `limit` percent of ink; `tagged` that those
    in RGB stay so with their own profile.
    """

    resolution: float
    most: float
    press: Intent
    inks: bool = False
    tagged: bool = False
    limit: float = 400


def wish_of(edition: Edition, brand: Brand) -> Wish:
    """What an edition of a brand wants of its pictures."""
    press, resolution = brand.press, brand.press.resolution
    return Wish(
        edition.resolution or resolution.made,
        edition.most or resolution.most,
        intent_of(EDITIONS["press"], brand),
        edition.inks,
        edition.inks and press.pictures == "rgb",
        press.ink_limit,
    )


class _Decoded(Struct, frozen=True):
    """A picture, upright, in grey, RGB, YCbCr or CMYK, maybe with alpha; whether its file had lost something already.

    YCbCr are the values of a JPEG, which a JPEG is made of again; they mean sRGB.
    """

    picture: "Image.Image"
    profile: bytes
    lossy: bool


class Darkroom:
    """Decodes pictures; with `keep` it keeps them for another edition of the same pages.

    `prints` are those finished for other files, each with what it was made from.
    """

    def __init__(self, keep: bool = False, prints: Prints | None = None) -> None:
        self.keep, self.prints = keep, prints or Prints()
        self._kept: dict[tuple[bytes, int, bool], _Decoded] = {}
        self._pixels = 0
        self.decoded = 0
        """How many pictures were decoded."""

    def pixels(
        self, path: str, width: float, height: float, wish: Wish, ground: Ground | None = None
    ) -> Pixels:
        """The picture in a file; it will be `width` x `height` points, and lies on a `ground` (None: paper)."""
        with open(path, "rb") as file:
            data = file.read()
        name, ground = sha256(data).digest(), ground or Ground()
        key = (name, width, height, wish, ground)
        return self.prints.get(key) or self.prints.put(key, self._made(data, *key))

    def _made(
        self, data: bytes, name: bytes, width: float, height: float, wish: Wish, ground: Ground
    ) -> Pixels:
        from PIL import Image

        inches = (width / 72, height / 72)
        with Image.open(BytesIO(data)) as picture:
            turned, is_jpeg = _orientation(picture), picture.format == "JPEG"
            size = picture.size[::-1] if turned in ON_ITS_SIDE else picture.size
            fits = any(there <= inch * wish.most for there, inch in zip(size, inches, strict=True))
            plain = is_jpeg and not wish.inks and _is_plain(picture)
            if plain and fits and turned == 1:
                return _pixels(data, picture.size, picture.mode, True)
            raw = plain and not fits and _is_ycc(picture)
        scale = 1.0 if fits else _scale(size, inches, wish)
        decoded = self._decoded(name, data, divisor(scale) if is_jpeg else 1, raw)
        shown = decoded.picture
        if scale < 1:
            shown = smaller(shown, _scale(shown.size, inches, wish))
        if not wish.inks:
            return _on_screen(shown, decoded, ground, wish)
        if wish.tagged and shown.mode in ("RGB", "RGBA"):
            return _as_it_is(shown, decoded, ground)
        return _printed(shown, decoded, ground, wish)

    def _decoded(self, name: bytes, data: bytes, by: int, raw: bool) -> _Decoded:
        key = (name, by, raw)
        if key not in self._kept:
            self.decoded += 1
            found = _decode(data, by, raw)
            size = found.picture.width * found.picture.height
            if not self.keep or self._pixels + size > KEPT:
                return found
            self._kept[key] = found
            self._pixels += size
        return self._kept[key]


def _orientation(picture: "Image.Image") -> object:
    """How a picture is to be held (EXIF 2.3, 4.6.4): 1 is upright."""
    return picture.getexif().get(0x0112, 1)


def _scale(size: tuple[int, int], inches: tuple[float, float], wish: Wish) -> float:
    """How much of a picture's pixels a side are wanted, where they are too many."""
    return max(inch * wish.resolution / there for inch, there in zip(inches, size, strict=True))


def _is_plain(picture: "Image.Image") -> bool:
    """Whether an upright JPEG says the same to a viewer as its pixels do."""
    data = picture.info.get("icc_profile") or b""
    profile = profile_of(data, picture.mode)
    return picture.mode in ("RGB", "L") and (not profile or is_srgb(profile))


def _is_ycc(picture: "Image.Image") -> bool:
    """Whether a JPEG in colour says that its values are YCbCr (JFIF 1.02; Adobe technical note 5116)."""
    said = "jfif" in picture.info or picture.info.get("adobe_transform") == 1
    return said and picture.mode == "RGB"


def _decode(data: bytes, by: int, raw: bool) -> _Decoded:
    """A picture, the sides of a JPEG divided on the way, and its values left as they are if they are wanted `raw`."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as picture:
        lossy = picture.format == "JPEG"
        if by > 1 or raw:
            size = (picture.width // by, picture.height // by)
            picture.draft("YCbCr" if raw else None, size)
        profile = picture.info.get("icc_profile") or b""
        upright = ImageOps.exif_transpose(picture)  # a copy, which outlives the file
    upright = upright if raw else _simple(upright)
    return _Decoded(upright, profile_of(profile, upright.mode.removesuffix("A")), lossy)


def _simple(picture: "Image.Image") -> "Image.Image":
    """A picture in L, RGB or CMYK, or in LA or RGBA where something of it is clear."""
    if picture.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off at 255
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        alpha = "LA" if picture.mode in ("L", "LA", "1") else "RGBA"
        return picture.convert("RGBA").convert(alpha)
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _parted(picture: "Image.Image") -> "tuple[Image.Image, Image.Image | None]":
    """The colours of a picture, and where it is opaque if not everywhere."""
    if picture.mode in ("LA", "RGBA"):
        return picture.convert(picture.mode[:-1]), picture.getchannel("A")
    return picture, None


def _laid(
    picture: "Image.Image", alpha: "Image.Image | None", ground: tuple[int, ...]
) -> "Image.Image":
    """A picture flattened on a ground of its mode."""
    from PIL import Image

    if alpha is None:
        return picture
    value = ground[0] if picture.mode == "L" else ground
    return Image.composite(picture, Image.new(picture.mode, picture.size, value), alpha)


def _on_screen(picture: "Image.Image", decoded: _Decoded, ground: Ground, wish: Wish) -> Pixels:
    colours, alpha = _parted(picture)
    lit = tuple(int(ground.srgb[at : at + 2], 16) for at in (1, 3, 5))
    shown = to_srgb(colours, decoded.profile, wish.press.profile)
    if alpha is not None and shown.mode == "L" and len(set(lit)) > 1:
        shown = shown.convert("RGB")
    shown = _laid(shown, alpha, lit)
    return _stored(shown, decoded.lossy)


def _as_it_is(picture: "Image.Image", decoded: _Decoded, ground: Ground) -> Pixels:
    """A picture in RGB with what its values mean; on a ground it is flattened as sRGB."""
    colours, alpha = _parted(picture)
    profile = decoded.profile
    if alpha is not None:
        colours, profile = to_srgb(colours, profile, b""), b""
        colours = _laid(
            colours, alpha, tuple(int(ground.srgb[at : at + 2], 16) for at in (1, 3, 5))
        )
    return _stored(colours, decoded.lossy, profile or bytes_of(PROFILE))


def _printed(picture: "Image.Image", decoded: _Decoded, ground: Ground, wish: Wish) -> Pixels:
    from PIL import Image

    colours, alpha = _parted(picture)
    inks = to_inks(colours, decoded.profile, wish.press.profile, wish.limit)
    shares = tuple(round(FULL * share) for share in ground.shares)
    if alpha is not None and inks.mode == "L" and any(shares[:3]):
        none = Image.new("L", inks.size)
        inks = Image.merge("CMYK", [none, none, none, inks.point(lambda value: FULL - value)])
    value = (FULL - shares[3],) if inks.mode == "L" else shares
    inks = _laid(inks, alpha, value)
    return _stored(inks, decoded.lossy, limit=wish.limit)


def _stored(
    picture: "Image.Image", lossy: bool, profile: bytes = b"", limit: float = 400
) -> Pixels:
    """A picture encoded as its file was: with losses or without, and never with more ink than the limit."""
    if not lossy:
        return _pixels(picture.tobytes(), picture.size, picture.mode, False, profile)
    wanted = limit
    for _ in range(TRIES):
        data = _jpeg(picture if wanted == limit else within(picture, wanted))
        excess = _ink_of(data) - limit if picture.mode == "CMYK" else 0.0
        if excess <= 0:
            return _pixels(data, picture.size, picture.mode, True, profile)
        wanted -= excess + 1
    return _pixels(picture.tobytes(), picture.size, picture.mode, False, profile)


def _jpeg(picture: "Image.Image") -> bytes:
    data = BytesIO()
    picture.save(data, "JPEG", quality=QUALITY, subsampling=0)
    return data.getvalue()


def _ink_of(data: bytes) -> float:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        return most_ink(picture)


_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "YCbCr": "DeviceRGB", "CMYK": "DeviceCMYK"}
"""By modes; what is YCbCr in a JPEG is RGB when it is decoded (ISO 32000-1, 7.4.8)."""


def _pixels(
    data: bytes, size: tuple[int, int], mode: str, is_jpeg: bool, profile: bytes = b""
) -> Pixels:
    """The pixels with what an image dictionary says of them (ISO 32000-1, 8.9.5)."""
    entries = f"/Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}/BitsPerComponent 8"
    if not profile:
        entries += f"/ColorSpace/{_SPACES[mode]}"
    if not is_jpeg:
        return Pixels(zlib.compress(data), f"{entries}/Filter/FlateDecode", *size, profile)
    entries += "/Filter/DCTDecode"
    if mode == "CMYK":  # Adobe's way, which Pillow follows: full ink is 0
        entries += "/Decode[1 0 1 0 1 0 1 0]"
    return Pixels(data, entries, *size, profile)
