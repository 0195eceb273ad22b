"""Pictures as they are stored: a digest of each, cheap to take, and all that it takes to decode it."""

from hashlib import sha256
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from layout.bindery.diff.paints import kind_of
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.press.inks import GRAY, Space
from layout.bindery.preflight.press.pictures import Picture
from layout.bindery.preflight.tokens import Text

_LONG: Final = {
    "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace", "/D": "/Decode", "/DP": "/DecodeParms", "/F": "/Filter",
    "/H": "/Height", "/IM": "/ImageMask", "/I": "/Interpolate", "/W": "/Width",
}  # fmt: skip
"""Names of entries in inline images (ISO 32000-1, table 93)."""
_FILTERS: Final = {
    "/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode",
    "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": "/DCTDecode",
}  # fmt: skip
"""And of filters (table 94)."""
_MASKS: Final = ("/SMask", "/Mask")


class Stored(Struct, frozen=True):
    """A picture with its masks: what is needed to decode it. `decode` is empty where it changes nothing."""

    wide: int
    high: int
    bits: int
    space: Space
    is_mask: bool
    stream: StreamObject
    decode: tuple[float, ...]
    matte: str
    masks: tuple["Stored", ...] = ()


class Shelf:
    """The pictures of one file by the digests of what is stored."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.kept: dict[str, Stored] = {}
        self._known: dict[tuple[int, Space], tuple[str, StreamObject]] = {}

    def put(self, picture: Picture, stream: StreamObject) -> tuple[str, str]:
        """Keep a picture: its digest, and its size and kind in words."""
        key = (id(stream), picture.space)
        if key not in self._known:
            stored = self._stored(picture, stream)
            digest = self._digest(stored).hex()
            # The stream is kept too: while it lives, no other one has its identity.
            self._known[key] = digest, stream
            self.kept.setdefault(digest, stored)
        kind = "a mask" if picture.is_mask else kind_in_words(picture.space)
        return self._known[key][0], f"{picture.wide} × {picture.high} pixels, {kind}"

    def _stored(self, picture: Picture, stream: StreamObject) -> Stored:
        case = self.case
        found = [(key, case.stream(stream, key)) for key in _MASKS]
        masks = [self._mask(mask, key == "/Mask") for key, mask in found if mask is not None]
        matte = repr([case.resolve(each) for each in case.array(stream, "/Mask")])
        return Stored(
            picture.wide, picture.high, picture.bits or 1, picture.space, picture.is_mask, stream,
            self._decode(stream, picture.space.channels), matte, tuple(masks),
        )  # fmt: skip

    def _mask(self, mask: StreamObject, is_hard: bool) -> Stored:
        case = self.case
        wide, high = (case.number(mask, key) or 0 for key in ("/Width", "/Height"))
        bits, decode = case.number(mask, "/BitsPerComponent") or 1, self._decode(mask, 1)
        return Stored(wide, high, bits, GRAY, is_hard, mask, decode, self._matte(mask))

    def _matte(self, mask: StreamObject) -> str:
        return repr([self.case.resolve(each) for each in self.case.array(mask, "/Matte")])

    def _decode(self, stream: StreamObject, channels: int) -> tuple[float, ...]:
        """What the least and the largest samples mean, where that is not the usual thing (8.9.5.2)."""
        found = [self.case.resolve(each) for each in self.case.array(stream, "/Decode")]
        if not all(isinstance(each, int | float) for each in found):
            return ()
        values = tuple(float(each) for each in found)
        return () if values == (0.0, 1.0) * channels else values

    def _digest(self, stored: Stored) -> bytes:
        case, stream = self.case, stored.stream
        filters = [str(case.resolve(each)) for each in case.each(stream, "/Filter")]
        parameters = [_plain(case, each) for each in case.each(stream, "/DecodeParms")]
        said = [
            stored.wide,
            stored.high,
            stored.bits,
            kind_of(stored.space),
            stored.is_mask,
            stored.decode,
            stored.matte,
            filters,
            parameters,
        ]
        found = sha256(repr(said).encode("utf-8", "replace"))
        found.update(bytes(stream._data))
        for mask in stored.masks:
            found.update(self._digest(mask))
        return found.digest()


def kind_in_words(space: Space) -> str:
    """A colour space as a person calls it."""
    names = {
        "gray": "grey",
        "rgb": "RGB",
        "cmyk": "CMYK",
        "lab": "Lab",
        "unknown": "unknown colours",
    }
    inner = space.paints
    return " and ".join(inner.inks) if inner.kind == "inks" else names.get(inner.kind, inner.kind)


def _plain(case: Case, value: Any) -> str:
    found = case.resolve(value)
    if not isinstance(found, DictionaryObject):
        return ""
    pairs = [(key, case.item(found, key)) for key in sorted(found)]
    globals_ = [case.unpacked(it) if isinstance(it, StreamObject) else str(it) for _, it in pairs]
    return repr([(key, it) for (key, _), it in zip(pairs, globals_, strict=True)])


def inline_stream(entries: dict[str, Any], data: bytes) -> StreamObject:
    """An inline image as the object that it could be (8.9.7)."""
    made = EncodedStreamObject()
    for key, value in entries.items():
        long = _LONG.get(key, key)
        made[NameObject(long)] = _value(value, long == "/Filter")
    body = data[:-2] if data.endswith(b"EI") else data
    if body[-1:] in (b"\n", b"\r", b" ") and "/Filter" in made:
        body = body[:-1]
    made._data = body
    return made


def _value(value: Any, is_filter: bool) -> Any:
    if isinstance(value, str):
        return NameObject(_FILTERS.get(value, value) if is_filter else value)
    if isinstance(value, list):
        return ArrayObject([_value(each, is_filter) for each in value])
    if isinstance(value, dict):
        return DictionaryObject(
            {NameObject(key): _value(each, False) for key, each in value.items()}
        )
    if isinstance(value, Text):
        return ByteStringObject(value)
    if value in (b"true", b"false"):
        return BooleanObject(value == b"true")
    try:
        return NumberObject(int(value))
    except (TypeError, ValueError):
        return FloatObject(value)
