"""Colour spaces as plates: which inks a colour prints with, and how much of each."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.colour import Spaces
from layout.bindery.preflight.findings import Where

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
NO_INK: Final = 0.004
"""A share of an ink that no plate shows: one step of 255."""
ALL: Final = "All"
"""Every plate (ISO 32000-1, 8.6.6.4)."""

_SHORT: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_DEFAULTS: Final = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}  # fmt: skip
_DEEPEST: Final = 6
MOST_COLOURS: Final = 4096
"""Entries of a table of colours that are looked at."""


class Space(Struct, frozen=True):
    """A colour space: its `kind` is gray, rgb, cmyk, lab, inks, indexed, pattern or unknown.

    `inks` are the plates its components print on, if they do so directly; `base` is what a table or
    a pattern is made of, and what inks of their own fall back to.
    """

    kind: str
    inks: tuple[str, ...] = ()
    calibrated: bool = False
    """Whether a profile or a standard observer says what its numbers look like."""
    base: "Space | None" = None
    table: tuple[tuple[float, ...], ...] = ()

    @property
    def channels(self) -> int:
        """Components of a colour."""
        return {"gray": 1, "rgb": 3, "lab": 3, "cmyk": 4, "inks": len(self.inks)}.get(self.kind, 1)

    @property
    def paints(self) -> "Space":
        """The space that its colours are of in the end: that of a table or a pattern is its base."""
        inner = self.base if self.kind in ("indexed", "pattern") else None
        return inner or self

    @property
    def start(self) -> tuple[float, ...]:
        """The colour that a space begins with (8.6.5 to 8.6.6)."""
        if self.kind == "inks":
            return (1.0,) * len(self.inks)
        return (0.0, 0.0, 0.0, 1.0) if self.kind == "cmyk" else (0.0,) * self.channels

    def amounts(self, values: Sequence[float]) -> tuple[float, ...] | None:
        """How much of each ink, 0 to 1; None where only the press can tell, (0.0,) for white."""
        if self.kind == "indexed":
            at = int(values[0]) if values else 0
            inside = self.base is not None and 0 <= at < len(self.table)
            return self.base.amounts(self.table[at]) if inside and self.base else None
        if len(values) < self.channels:
            return None
        if self.kind == "gray":
            return (_held(1 - values[0]),)
        if self.kind in ("cmyk", "inks"):
            return tuple(map(_held, values))
        white = (1.0, 1.0, 1.0) if self.kind == "rgb" else (100.0, 0.0, 0.0)
        if self.kind in ("rgb", "lab") and all(
            abs(value - full) <= NO_INK * max(full, 1) for value, full in zip(values, white, strict=False)
        ):  # fmt: skip
            return (0.0,)
        return None

    def names(self, values: Sequence[float]) -> tuple[str, ...]:
        """The plates that a colour leaves ink on."""
        if self.kind == "indexed":
            at = int(values[0]) if values else 0
            return (
                self.base.names(self.table[at]) if self.base and 0 <= at < len(self.table) else ()
            )
        amounts = self.amounts(values) or ()
        if not self.inks:
            return ()
        pairs = zip(self.inks, amounts, strict=False)
        return tuple(ink for ink, amount in pairs if amount > NO_INK and ink != "None")

    def total(self, values: Sequence[float]) -> float | None:
        """Ink of all plates together in percent, or None where only the press can tell."""
        amounts = self.amounts(values)
        if amounts is None:
            return None
        inks = self.paints.inks or ("",) * len(amounts)
        plates = (
            amount * (len(PROCESS) if ink == ALL else ink != "None")
            for ink, amount in zip(inks, amounts, strict=False)
        )
        return 100 * sum(plates)


def _held(value: float) -> float:
    return min(max(value, 0.0), 1.0)


GRAY: Final = Space("gray", ("Black",))
RGB: Final = Space("rgb")
CMYK: Final = Space("cmyk", PROCESS)
UNKNOWN: Final = Space("unknown")
PATTERN: Final = Space("pattern")
_DEVICE: Final = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK}
_ICC: Final = {
    "GRAY": ("gray", ("Black",)),
    "RGB": ("rgb", ()),
    "CMYK": ("cmyk", PROCESS),
    "Lab": ("lab", ()),
}
_COUNTS: Final = {1: "GRAY", 3: "RGB", 4: "CMYK"}


class Inks:
    """The colour spaces of one file, each read once, and the inks that stand in them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.spaces = Spaces(case)
        self.known: dict[object, Space] = {}
        self.used: set[str] = set()
        """The inks that anything is printed with."""

    def space(self, value: Any, resources: Any, where: Where, depth: int = 0) -> Space:
        """A colour space by its name or its array, with the defaults of the resources (8.6.5.6)."""
        found = self.case.resolve(value)
        if isinstance(found, str):
            return self._named(str(found).removeprefix("/"), resources, where, depth)
        if not isinstance(found, ArrayObject) or not found or depth > _DEEPEST:
            return UNKNOWN
        own = self.case.dictionary(resources, "/ColorSpace")
        defaults = tuple(
            identity(dict.get(own, each)) for each in _DEFAULTS.values() if each in own
        )
        key = (identity(value), defaults)
        if key not in self.known:
            self.known[key] = self._composed(found, resources, where, depth)
            self.spaces.devices(value, resources, where)  # its profile, and that each ink is alike
        return self.known[key]

    def _named(self, name: str, resources: Any, where: Where, depth: int) -> Space:
        name = _SHORT.get(name, name)
        own = self.case.dictionary(resources, "/ColorSpace")
        default = _DEFAULTS.get(name)
        if default and default in own and depth <= _DEEPEST:
            return self.space(dict.get(own, default), None, where, depth + 1)
        if default:
            return _DEVICE[name]
        if name == "Pattern":
            return PATTERN
        if f"/{name}" not in own or depth > _DEEPEST:
            self.case.add("resource", where, f"colour space {name}")
            return UNKNOWN
        return self.space(dict.get(own, f"/{name}"), resources, where, depth + 1)

    def _composed(self, space: ArrayObject, resources: Any, where: Where, depth: int) -> Space:
        family = str(self.case.resolve(space[0])).removeprefix("/")
        family = _SHORT.get(family, family)
        if family in _DEFAULTS or (family == "Pattern" and len(space) == 1):
            return self._named(family, resources, where, depth)
        if family == "ICCBased" and len(space) > 1:
            return self._icc(space)
        if family in ("CalGray", "CalRGB", "Lab"):
            kind = {"CalGray": "gray", "CalRGB": "rgb", "Lab": "lab"}[family]
            return Space(kind, ("Black",) if kind == "gray" else (), calibrated=family == "Lab")
        if family == "Pattern":
            return Space("pattern", base=self.space(space[1], resources, where, depth + 1))
        if family == "Indexed" and len(space) > 3:
            return self._indexed(space, resources, where, depth)
        if family in ("Separation", "DeviceN") and len(space) > 3:
            return self._of_inks(space, resources, where, depth)
        return UNKNOWN

    def _icc(self, space: ArrayObject) -> Space:
        stream = self.case.resolve(space[1])
        if not isinstance(stream, StreamObject):
            return UNKNOWN
        try:
            said = self.case.unpacked(stream)[16:20].decode("latin-1").strip()
        except (ValueError, NotImplementedError):
            said = ""
        if said not in _ICC:
            said = _COUNTS.get(self.case.number(stream, "/N") or 0, "")
        kind, inks = _ICC.get(said, ("unknown", ()))
        return Space(kind, inks, calibrated=True)

    def _indexed(self, space: ArrayObject, resources: Any, where: Where, depth: int) -> Space:
        base = self.space(space[1], resources, where, depth + 1)
        found = self.case.resolve(space[3])
        data = self.case.unpacked(found) if isinstance(found, StreamObject) else _string(found)
        size = base.channels
        rows = range(0, min(len(data) - size + 1, MOST_COLOURS * size), size)
        ranges = (100.0, 255.0, 255.0) if base.kind == "lab" else (1.0,) * size
        starts = (0.0, -128.0, -128.0) if base.kind == "lab" else (0.0,) * size
        table = tuple(
            tuple(
                low + byte / 255 * wide
                for byte, low, wide in zip(data[at : at + size], starts, ranges, strict=False)
            )
            for at in rows
        )  # fmt: skip
        return Space("indexed", base=base, table=table)

    def _of_inks(self, space: ArrayObject, resources: Any, where: Where, depth: int) -> Space:
        names = self.case.resolve(space[1])
        values = list.__iter__(names) if isinstance(names, list) else iter((names,))
        inks = tuple(plain(str(self.case.resolve(each))) for each in values)
        self._described(space, resources, where)
        return Space("inks", inks, base=self.space(space[2], resources, where, depth + 1))

    def _described(self, space: ArrayObject, resources: Any, where: Where) -> None:
        """The inks that a DeviceN space describes one by one: each as everywhere else in the file."""
        attributes = self.case.resolve(space[4]) if len(space) > 4 else None
        described = self.case.dictionary(attributes, "/Colorants")
        if isinstance(described, DictionaryObject):
            for each in dict.values(described):
                self.spaces.devices(each, resources, where)


def _string(value: Any) -> bytes:
    """The bytes of a string, which pypdf may have taken for text."""
    if isinstance(value, bytes):
        return bytes(value)
    return bytes(getattr(value, "original_bytes", b""))


def plain(name: str) -> str:
    """The name of an ink as people read it: UTF-8 if it can be, without its solidus."""
    bare = name.removeprefix("/")
    try:
        return bare.encode("latin-1").decode()
    except UnicodeError:
        return bare
