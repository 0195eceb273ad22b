"""The ink in the data of pictures, exact to a step of 255, each picture measured once a file."""

from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import StreamObject

from layout.bindery.preflight.case import Case

if TYPE_CHECKING:
    from layout.bindery.preflight.press.pictures import Picture
    from layout.plates.coverage import Cover

MOST_SAMPLES: Final = 1 << 27
"""Bytes of one picture, unpacked; larger ones are measured on the plates alone."""
EXACT: Final = 1.0
"""Percent of ink that may come of rounding four plates to 255 steps."""
LOSSY: Final = 5.0
"""Percent of ink that the packing of JPEG may add at sharp edges."""
_LOSSLESS: Final = frozenset(
    ("FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode")
)
_JPEG: Final = "DCTDecode"


class Pixels:
    """Pictures of one file under a limit of ink in percent."""

    def __init__(self, case: Case, limit: float) -> None:
        self.case, self.limit = case, limit
        self.said: dict[int, str] = {}

    def ink(self, picture: "Picture") -> str:
        """What is to be said of too much ink in a picture, or ""."""
        stream = picture.stream
        if stream is None:
            return ""
        if id(stream) not in self.said:
            self.said[id(stream)] = self._measured(picture, stream)
        return self.said[id(stream)]

    def _measured(self, picture: "Picture", stream: StreamObject) -> str:
        space = picture.space
        if space.paints.kind not in ("cmyk", "inks"):
            return ""
        size = picture.wide * picture.high * space.channels
        if picture.bits not in (8, 16) or not 0 < size * picture.bits // 8 <= MOST_SAMPLES:
            return ""
        filters = [str(self.case.resolve(each))[1:] for each in self.case.each(stream, "/Filter")]
        is_jpeg = bool(filters) and filters[-1] == _JPEG
        if not set(filters[:-1] if is_jpeg else filters) <= _LOSSLESS:
            return ""
        slack = LOSSY if is_jpeg else EXACT
        cover = self._cover(picture, stream, is_jpeg, self.limit + slack)
        if cover is None or cover.most <= self.limit + slack:
            return ""
        return f"{cover.most:.0f} % at most, {_share(cover.share)} of it over the limit of {self.limit:g} %"

    def _cover(
        self, picture: "Picture", stream: StreamObject, is_jpeg: bool, limit: float
    ) -> "Cover | None":
        from layout.plates import coverage

        data, space = self.case.unpacked(stream), picture.space
        ranges = self._decode(stream, space.channels)
        if space.kind == "indexed":
            totals = [space.total((at,)) or 0.0 for at in range(len(space.table))]
            return (
                None
                if is_jpeg or picture.bits != 8
                else coverage.of_indexes(data, picture.wide, totals, limit)
            )
        inks = tuple(_plates(each) for each in space.inks)
        if is_jpeg:
            return coverage.of_jpeg(data, ranges, inks, limit)
        return coverage.of_samples(data[:: picture.bits // 8], picture.wide, ranges, inks, limit)

    def _decode(self, stream: StreamObject, channels: int) -> list[tuple[float, float]]:
        """What the least and the largest sample of each component mean (8.9.5.2)."""
        found: list[Any] = [self.case.resolve(each) for each in self.case.array(stream, "/Decode")]
        if len(found) != 2 * channels or not all(isinstance(each, int | float) for each in found):
            return [(0.0, 1.0)] * channels
        values = [float(each) for each in found]
        return list(zip(values[::2], values[1::2], strict=True))


def _plates(ink: str) -> int:
    """On how many plates a component prints."""
    return {"All": 4, "None": 0}.get(ink, 1)


def _share(share: float) -> str:
    """A part of a picture in percent."""
    percent = 100 * share
    return f"{percent:.0f} %" if percent >= 1 else "less than 1 %"
