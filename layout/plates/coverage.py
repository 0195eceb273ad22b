"""How much ink lies on paper: samples of pictures, and plates as a raster shows them, summed pixel by pixel."""

import warnings
from collections.abc import Iterator, Sequence
from functools import reduce
from io import BytesIO
from math import ceil, floor
from operator import add
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from PIL import Image

STRIP = 1 << 21
"""Pixels that are summed at a time."""
FULL = 255
"""A sample of full ink."""
PERCENT = 100 / FULL

Range = tuple[float, float]
Part = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of a picture, each 0 to 1."""


class Cover(Struct, frozen=True):
    """The most ink in percent, where it is, and the share of all pixels with more than a limit.

    `x` and `y` are parts of the picture from the left and from the top, 0 to 1.
    """

    most: float
    share: float
    x: float
    y: float


def of_samples(
    data: bytes, width: int, ranges: Sequence[Range], weights: Sequence[int], limit: float
) -> Cover:
    """The ink of a picture of one byte a component, row by row; `limit` in percent.

    `ranges` say what 0 and 255 mean for each component (ISO 32000-1, 8.9.5.2), `weights` on how many
    plates it prints. What is missing at the end counts as no ink.
    """
    from PIL import Image

    channels = len(ranges)
    tables = [_table(each) for each in ranges]
    rows = max(STRIP // width, 1)
    step = rows * width * channels

    def strips() -> Iterator[tuple[int, Any]]:
        for at in range(0, len(data), step):
            piece = data[at : at + step]
            high = len(piece) // (width * channels)
            if high:
                piece = piece[: high * width * channels]
                bands = [
                    Image.frombytes("L", (width, high), piece[n::channels]) for n in range(channels)
                ]
                yield at // (width * channels), _sum(bands, tables, weights)

    return _cover(strips(), (width, len(data) // (width * channels)), limit)


def of_jpeg(
    data: bytes, ranges: Sequence[Range], weights: Sequence[int], limit: float
) -> Cover | None:
    """The ink of a JPEG picture of four components; None where it is none or cannot be read.

    Pillow takes all of them for inverted, as Adobe writes them; in a PDF only /Decode inverts.
    """
    from PIL import Image, ImageChops

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                if picture.format != "JPEG" or picture.mode != "CMYK" or len(ranges) != 4:
                    return None
                picture.load()
                bands = [ImageChops.invert(band) for band in picture.split()]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    tables = [_table(each) for each in ranges]
    return _cover(_cut(bands, tables, weights), bands[0].size, limit)


def of_indexes(data: bytes, width: int, totals: Sequence[float], limit: float) -> Cover:
    """The ink of a picture of one byte a pixel, which is the place in a table of `totals` in percent."""
    from PIL import Image

    high = len(data) // width
    picture = (
        Image.frombytes("L", (width, high), data[: width * high])
        if high
        else Image.new("L", (1, 1))
    )
    counts = picture.histogram()
    sums = [*totals[:256], *[0.0] * (256 - len(totals))]
    worst = max((at for at, count in enumerate(counts) if count), key=sums.__getitem__)
    over = sum(count for count, total in zip(counts, sums, strict=True) if total > limit)
    x, y = _first(picture.point([FULL if at == worst else 0 for at in range(256)]))
    return Cover(sums[worst], over / sum(counts), x / picture.width, y / picture.height)


def of_plates(paths: Sequence[str], part: Part, limit: float) -> Cover:
    """The ink of plates, one grey picture each in which black is ink, in a part of them.

    Spots of less than 2 × 2 pixels do not count. Raises OSError where a plate cannot be read, and
    ValueError where they are not of one size.
    """
    from PIL import Image, ImageChops

    bands, sizes = [], set()
    for path in paths:
        with Image.open(path) as plate:
            sizes.add(plate.size)
            box = _box(part, *plate.size)
            bands.append(ImageChops.invert(plate.convert("L").crop(box)))
    if len(sizes) != 1:
        raise ValueError("plates of one page are of one size")
    cover = _cover(_worn(bands), bands[0].size, limit)
    (wide, high), (left, top, right, bottom) = sizes.pop(), box
    return replace(
        cover,
        x=(left + cover.x * (right - left)) / wide,
        y=(top + cover.y * (bottom - top)) / high,
    )


def _box(part: Part, wide: int, high: int) -> tuple[int, int, int, int]:
    """The pixels of a part, at least two each way."""
    left, top = min(floor(part[0] * wide), wide - 2), min(floor(part[1] * high), high - 2)
    right, bottom = ceil(part[2] * wide), ceil(part[3] * high)
    return (
        max(left, 0),
        max(top, 0),
        max(min(right, wide), left + 2),
        max(min(bottom, high), top + 2),
    )


def _worn(bands: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Sums in which each pixel has the least of itself and the three to its right and below."""
    from PIL import ImageMath

    plain = [_table((0, 1))] * len(bands)
    for top, total in _cut(bands, plain, [1] * len(bands), overlap=1):
        wide, high = total.size
        if wide > 1 and high > 1:
            parts = [total.crop((x, y, wide - 1 + x, high - 1 + y)) for x in (0, 1) for y in (0, 1)]
            yield top, reduce(_least(ImageMath), parts)


def _least(math: Any) -> Any:
    return lambda one, two: math.lambda_eval(lambda it: it["min"](it["a"], it["b"]), a=one, b=two)


def _table(each: Range) -> list[int]:
    """What each sample means, as ink of 0 to 255."""
    low, high = each
    values = (low + at / FULL * (high - low) for at in range(256))
    return [round(FULL * min(max(value, 0.0), 1.0)) for value in values]


def _cut(
    bands: Sequence[Any], tables: Sequence[list[int]], weights: Sequence[int], overlap: int = 0
) -> Iterator[tuple[int, Any]]:
    """Sums strip by strip, each with the row it begins at and so many rows of the next."""
    width, height = bands[0].size
    rows = max(STRIP // width, 2)
    for top in range(0, height, rows):
        box = (0, top, width, min(top + rows + overlap, height))
        yield top, _sum([band.crop(box) for band in bands], tables, weights)


def _sum(bands: Sequence[Any], tables: Sequence[list[int]], weights: Sequence[int]) -> Any:
    """The ink of all plates together, 255 for each one that is full."""
    read = [band.point(table) for band, table in zip(bands, tables, strict=True)]
    return total_of(read, weights)


def total_of(bands: Sequence["Image.Image"], weights: Sequence[int] = ()) -> "Image.Image":
    """The ink of plates together, 255 for each one that is full; `weights` say on how many each prints, else on one."""
    from PIL import ImageMath

    named = {f"n{at}": band for at, band in enumerate(bands)}
    weights = weights or [1] * len(bands)
    found: Image.Image = ImageMath.lambda_eval(
        lambda it: reduce(add, (it[f"n{at}"] * weight for at, weight in enumerate(weights))),
        **named,
    )
    return found


def _cover(strips: Iterator[tuple[int, Any]], size: tuple[int, int], limit: float) -> Cover:
    from PIL import ImageMath

    most, place, over, count = -1, (0, 0), 0, 0
    bound = limit / PERCENT
    for top, total in strips:
        largest = int(total.getextrema()[1])
        count += total.width * total.height
        if largest > most:
            left, down = _first(_above(ImageMath, total, largest - 1))
            most, place = largest, (left, down + top)
        if largest > bound:
            over += _above(ImageMath, total, bound).histogram()[FULL]
    x, y = place[0] / max(size[0], 1), place[1] / max(size[1], 1)
    return Cover(max(most, 0) * PERCENT, over / max(count, 1), x, y)


def _above(math: Any, total: Any, bound: float) -> "Image.Image":
    """Which pixels have more than a bound: 255, else 0."""
    found: Image.Image = math.lambda_eval(
        lambda it: it["convert"]((it["total"] > int(bound)) * FULL, "L"), total=total
    )
    return found


def _first(mask: "Image.Image") -> tuple[int, int]:
    """The first pixel of a mask that is not 0, row by row."""
    box = mask.getbbox()
    if box is None:
        return 0, 0
    row = mask.crop((0, box[1], mask.width, box[1] + 1)).getbbox()
    return (row[0] if row else box[0]), box[1]
