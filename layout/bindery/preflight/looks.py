"""Graphics states and images, each looked at once, when content first uses it."""

from typing import Any, Final

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.colour import CMYK, GRAY, NONE, Devices
from layout.bindery.preflight.findings import Where

_MODES: Final = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference "
    "Exclusion Hue Saturation Color Luminosity"
)
BLEND_MODES: Final = frozenset(_MODES.split())
"""ISO 32000-1, tables 136 and 137."""
INTENTS: Final = ("RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation")
"""ISO 32000-1, table 70."""
_FILTERS: Final = (
    "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode DCTDecode "
    "AHx A85 Fl RL CCF DCT"
)
INLINE_FILTERS: Final = frozenset(_FILTERS.split())
_JPX_CHANNELS: Final = (1, 3, 4)
_JPX_SPACES: Final = {b"\0\0\0\x0c": CMYK, b"\0\0\0\x11": GRAY}
"""Those of devices (ISO 15444-1, table I.10, and ISO 15444-2, table M.25)."""
_BITS: Final = (1, 2, 4, 8, 16)
_PRIMARY: Final = ("", "Cyan", "Magenta", "Yellow", "Black")


def check_rendering(case: Case, name: str, where: Where) -> None:
    """A rendering intent (6.2.6)."""
    if name not in INTENTS:
        case.add("rendering-intent", where, name)


def check_state(case: Case, state: DictionaryObject, where: Where) -> bool:
    """A graphics state (6.2.5, 6.2.10); whether it makes what is painted transparent."""
    if "/TR" in state:
        case.add("transfer", where, "/TR")
    if "/TR2" in state and case.name(state, "/TR2") != "Default":
        case.add("transfer", where, "/TR2")
    if "/HTP" in state:
        case.add("halftone", where, "it has a phase (/HTP)")
    if "/RI" in state:
        check_rendering(case, case.name(state, "/RI"), where)
    _halftone(case, case.item(state, "/HT"), where)
    modes = [case.resolve(each) for each in case.each(state, "/BM")]
    for mode in modes:
        if str(mode)[1:] not in BLEND_MODES:
            case.add("blend-mode", where, str(mode).removeprefix("/"))
    plain = all(mode in ("/Normal", "/Compatible") for mode in modes)
    opaque = all(case.item(state, key) in (None, 1) for key in ("/ca", "/CA"))
    return not (plain and opaque and case.item(state, "/SMask") in (None, "/None"))


def _halftone(case: Case, halftone: Any, where: Where, ink: str = "", depth: int = 0) -> None:
    if not isinstance(halftone, DictionaryObject):
        if halftone not in (None, "/Default") and not depth:
            case.add("halftone", where, "it has a name")
        return
    if depth > 2:
        return
    kind = case.number(halftone, "/HalftoneType")
    if kind not in (1, 5):
        case.add("halftone", where, f"it is of type {kind}")
    if "/HalftoneName" in halftone:
        case.add("halftone", where, "it has a name")
    if ink != "Default" and (ink in _PRIMARY) == ("/TransferFunction" in halftone) and kind != 5:
        case.add("halftone", where, "its transfer function")
    if kind == 5:
        for key in halftone:
            _halftone(case, case.item(halftone, key), where, key[1:], depth + 1)


def check_image(case: Case, image: DictionaryObject, where: Where) -> None:
    """An image (6.2.8)."""
    if "/Alternates" in image:
        case.add("image-alternates", where)
    if "/OPI" in image:
        case.add("image-opi", where)
    if case.is_true(image, "/Interpolate"):
        case.add("image-interpolate", where)
    if "/Intent" in image:
        check_rendering(case, case.name(image, "/Intent"), where)
    _bits(case, image, (1,) if case.is_true(image, "/ImageMask") else _BITS, where)
    filters = [case.resolve(each) for each in case.each(image, "/Filter")]
    if "/JPXDecode" in filters and isinstance(image, StreamObject):
        _jpx(case, image, where)
    for key in ("/SMask", "/Mask"):
        mask = case.item(image, key)
        if key == "/Mask" and isinstance(mask, StreamObject):
            _bits(case, mask, (1,), where)
        if isinstance(mask, StreamObject) and case.first("images", id(mask)):
            check_image(case, mask, where)


def _bits(case: Case, image: DictionaryObject, allowed: tuple[int, ...], where: Where) -> None:
    bits = case.number(image, "/BitsPerComponent")
    if bits is not None and bits not in allowed:
        case.add("image-bits", where, bits)


def check_inline(case: Case, image: dict[str, Any], where: Where) -> None:
    """An inline image (6.1.10, 6.2.8)."""
    filters = image.get("/F", image.get("/Filter", []))
    for each in [filters] if isinstance(filters, str) else filters:
        if str(each)[1:] not in INLINE_FILTERS:
            case.add("inline-filter", where, str(each)[1:])
    bits = image.get("/BPC", image.get("/BitsPerComponent"))
    if isinstance(bits, bytes) and bits not in (b"1", b"2", b"4", b"8", b"16"):
        case.add("image-bits", where, bits.decode("latin-1"))
    if b"true" in (image.get("/I"), image.get("/Interpolate")):
        case.add("image-interpolate", where)
    if intent := image.get("/Intent"):
        check_rendering(case, str(intent)[1:], where)


def check_xobject(case: Case, thing: DictionaryObject, where: Where) -> None:
    """What may not stand in any external object (6.2.9)."""
    postscript = case.name(thing, "/Subtype") == "PS" or case.name(thing, "/Subtype2") == "PS"
    is_form = case.name(thing, "/Subtype") == "Form"
    if postscript or (is_form and ("/PS" in thing or "/OPI" in thing)):
        case.add("form-postscript", where)
    if is_form and "/Ref" in thing:
        case.add("form-reference", where)


def _jpx(case: Case, image: StreamObject, where: Where) -> None:
    """A JPEG 2000 image (6.2.8.3), by the boxes of its header (ISO 15444-1, annex I)."""
    boxes = _jpx_header(case, image)
    size = dict(boxes).get(b"ihdr", b"")
    if len(size) < 14:
        case.add("jpx", where, "it has no header")
        return
    channels, depth = int.from_bytes(size[8:10], "big"), (size[10] & 127) + 1
    if channels not in _JPX_CHANNELS:
        case.add("jpx", where, f"it has {channels} channels")
    if b"bpcc" in dict(boxes) or depth > 38:
        case.add("jpx", where, "its channels differ in depth")
    colours = [body for kind, body in boxes if kind == b"colr"]
    if case.item(image, "/ColorSpace") is not None:
        return
    if not colours:
        case.add("jpx", where, "it has no colour space")
    if len(colours) > 1 and sum(body[2:3] == b"\1" for body in colours) != 1:
        case.add("jpx", where, "none of its colour spaces is the best")
    if any(body[:1] not in (b"\1", b"\2", b"\3") for body in colours):
        case.add("jpx", where, "its colour space is given in an unknown way")
    if any(body[:1] == b"\1" and body[3:7] == b"\0\0\0\x13" for body in colours):
        case.add("jpx", where, "it is in CIEJab")


def _jpx_header(case: Case, image: StreamObject) -> list[tuple[bytes, bytes]]:
    return case.once("jpx", image, lambda: _read_jpx_header(case, image))


def _read_jpx_header(case: Case, image: StreamObject) -> list[tuple[bytes, bytes]]:
    filters = [case.resolve(each) for each in case.each(image, "/Filter")]
    if "/JPXDecode" not in filters:
        return []
    data = image._data if len(filters) == 1 else case.unpacked(image)
    return _boxes(dict(_boxes(data)).get(b"jp2h", b""))


def _boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        start = at + 8
        if length == 1:
            length, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = at + length if length else len(data)
        if end <= at:
            break
        found.append((kind, data[start:end]))
        at = end
    return found


def jpx_devices(case: Case, image: DictionaryObject) -> Devices:
    """The colours that a JPEG 2000 image without a colour space of the PDF's says to be in."""
    if not isinstance(image, StreamObject) or "/ColorSpace" in image:
        return NONE
    boxes = _jpx_header(case, image)
    stated = [_JPX_SPACES.get(body[3:7]) for kind, body in boxes if kind == b"colr"]
    return next(filter(None, stated), NONE)


def has_soft_mask(case: Case, image: DictionaryObject) -> bool:
    """Whether an image is transparent."""
    return isinstance(case.item(image, "/SMask"), StreamObject)
