"""Colours: ICC profiles, output intents, and which colours of a device a colour space comes down to."""

from hashlib import sha256
from typing import Any, Final

from pypdf.generic import ArrayObject, IndirectObject, NameObject, StreamObject

from layout.bindery.objects import Key
from layout.bindery.preflight.case import Case, identity, is_utf8
from layout.bindery.preflight.findings import Where

Devices = frozenset[str]
"""Of DeviceRGB, DeviceCMYK, DeviceGray and `ICC CMYK`: those a colour space paints with."""

NONE: Final[Devices] = frozenset()
GRAY: Final = frozenset({"DeviceGray"})
RGB: Final = frozenset({"DeviceRGB"})
CMYK: Final = frozenset({"DeviceCMYK"})
ICC_CMYK: Final = frozenset({"ICC CMYK"})

_SHORT: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Names in inline images (8.9.7)."""
_DEFAULTS: Final = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}  # fmt: skip
_CHANNELS: Final = {"GRAY": 1, "RGB": 3, "Lab": 3, "CMYK": 4}
_OUTPUT: Final = (("mntr", "prtr"), ("RGB", "CMYK", "GRAY"))
_INPUT: Final = (("mntr", "prtr", "scnr", "spac"), ("RGB", "CMYK", "GRAY", "Lab"))
_DEEPEST: Final = 8
MOST_INKS: Final = 32


def check_intents(case: Case) -> None:
    """The output intents of the catalogue (6.2.3); what they say of colours is kept in the case."""
    intents = [case.resolve(each) for each in case.array(case.root, "/OutputIntents")]
    profiles = {}
    for intent in intents:
        reference = dict.get(intent, "/DestOutputProfile") if isinstance(intent, dict) else None
        if case.name(intent, "/S") == "GTS_PDFX" and "/DestOutputProfileRef" in intent:
            case.add("intent-reference")
        if case.resolve(reference) is not None:
            profiles[identity(reference)] = case.resolve(reference)
    if len(profiles) > 1:
        case.add("intents-differ")
    archive = [intent for intent in intents if case.name(intent, "/S") == "GTS_PDFA1"]
    if not archive:
        case.add("output-intent")
        return
    profile = case.stream(archive[0], "/DestOutputProfile")
    if profile is None:
        case.add("intent-profile", detail="it has none")
        return
    space, fault = profile_kind(case, profile, *_OUTPUT)
    case.intent = space
    if fault:
        case.add("intent-profile", detail=fault)


def profile_kind(
    case: Case, stream: StreamObject, classes: tuple[str, ...], spaces: tuple[str, ...]
) -> tuple[str, str]:
    """The colour space of an ICC profile (ICC.1, 7.2) and what is wrong with it."""
    data = case.unpacked(stream)
    if len(data) < 128 or data[36:40] != b"acsp":
        return "", "it is no ICC profile"
    kind = data[12:16].decode("latin-1").strip()
    space = data[16:20].decode("latin-1").strip()
    if kind not in classes:
        return space, f"it is of class {kind}"
    if space not in spaces:
        return space, f"it is of {space}"
    if data[8] > 4:
        return space, f"it is of version {data[8]}"
    channels = case.number(stream, "/N")
    if channels != _CHANNELS[space]:
        return space, f"/N is {channels}, but the profile is of {space}"
    if int.from_bytes(data[:4], "big") > len(data):
        return space, "it is cut short"
    return space, ""


class Spaces:
    """The colour spaces of one file; each is looked into once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.known: dict[object, Devices] = {}
        self.inks: dict[str, str] = {}
        self.said: dict[Key | int | None, bytes] = {}

    def devices(self, value: Any, resources: Any, where: Where, depth: int = 0) -> Devices:
        """What a colour space paints with, defaults of the resources (8.6.5.6) taken in."""
        space = self.case.resolve(value)
        if isinstance(space, str):
            return self._named(str(space).removeprefix("/"), resources, where, depth)
        if depth > _DEEPEST:
            self.case.add("unchecked", where, "a colour space that is nested so deep")
        if not isinstance(space, ArrayObject) or not space or depth > _DEEPEST:
            return NONE
        defaults = self.case.dictionary(resources, "/ColorSpace")
        local = tuple(identity(dict.get(defaults, key)) for key in _DEFAULTS.values() if key in defaults)  # fmt: skip
        key = (identity(value), local)
        if key not in self.known:
            self.known[key] = self._composed(space, resources, where, depth)
        return self.known[key]

    def _named(self, name: str, resources: Any, where: Where, depth: int) -> Devices:
        name = _SHORT.get(name, name)
        own = self.case.dictionary(resources, "/ColorSpace")
        default = _DEFAULTS.get(name)
        if default and default in own and depth <= _DEEPEST:
            return self.devices(dict.get(own, default), None, where, depth + 1)
        if default:
            return frozenset({name})
        if name == "Pattern" or depth > _DEEPEST:
            return NONE
        if f"/{name}" not in own:
            self.case.add("resource", where, f"colour space {name}")
            return NONE
        return self.devices(dict.get(own, f"/{name}"), resources, where, depth + 1)

    def _composed(self, space: ArrayObject, resources: Any, where: Where, depth: int) -> Devices:
        family = str(self.case.resolve(space[0])).removeprefix("/")
        family = _SHORT.get(family, family)
        if family in _DEFAULTS or (family == "Pattern" and len(space) == 1):
            return self._named(family, resources, where, depth)
        if family == "ICCBased":
            return self._icc(space, where)
        if family in ("Indexed", "Pattern") and len(space) > 1:
            return self.devices(space[1], resources, where, depth + 1)
        if family == "Separation" and len(space) > 3:
            self._ink(space, where)
            return self.devices(space[2], resources, where, depth + 1)
        if family == "DeviceN" and len(space) > 3:
            self._inks(space, where)
            return self.devices(space[2], resources, where, depth + 1)
        return NONE

    def _icc(self, space: ArrayObject, where: Where) -> Devices:
        stream = self.case.resolve(space[1]) if len(space) > 1 else None
        if not isinstance(stream, StreamObject):
            self.case.add("icc-profile", where, "it is missing")
            return NONE
        kind, fault = profile_kind(self.case, stream, *_INPUT)
        if fault:
            self.case.add("icc-profile", where, fault)
        return ICC_CMYK if kind == "CMYK" else NONE

    def _ink(self, space: ArrayObject, where: Where) -> None:
        """An ink has one alternate and one tint transform in a file (6.2.4.4)."""
        name = str(self.case.resolve(space[1])).removeprefix("/")
        self._utf8(name, where)
        described = repr([self._said(each) for each in space[2:4]])
        if self.inks.setdefault(name, described) != described:
            self.case.add("separation-differs", where, name)

    def _utf8(self, ink: str, where: Where) -> None:
        if not is_utf8(ink):
            self.case.add("name-utf8", where, ink)

    def _said(self, value: Any) -> bytes:
        """What stands for a value, to compare it with another; the same object is read once."""
        key = identity(value) if isinstance(value, IndirectObject) else None
        said = self.said.get(key) or sha256(repr(self._plain(value)).encode()).digest()
        if key is not None:
            self.said[key] = said
        return said

    def _plain(self, value: Any, depth: int = 0) -> Any:
        """A value with references resolved, to compare it with another."""
        found = self.case.resolve(value)
        if depth > _DEEPEST:
            return None
        if isinstance(found, StreamObject):
            digest = sha256(self.case.unpacked(found)).digest()
            return digest, [self._plain(each, depth + 1) for each in dict.values(found)]
        if isinstance(found, dict):
            return sorted(
                (key, repr(self._plain(each, depth + 1))) for key, each in dict.items(found)
            )
        if isinstance(found, list):
            return [self._plain(each, depth + 1) for each in list.__iter__(found)]
        return found

    def _inks(self, space: ArrayObject, where: Where) -> None:
        found = self.case.resolve(space[1])
        inks = [self.case.resolve(each) for each in found] if isinstance(found, ArrayObject) else []
        if len(inks) > MOST_INKS:
            self.case.add("limit-inks", where)
        attributes = self.case.resolve(space[4]) if len(space) > 4 else None
        described = self.case.dictionary(attributes, "/Colorants")
        process = self.case.array(self.case.dictionary(attributes, "/Process"), "/Components")
        known = {*described, *map(str, map(self.case.resolve, process)), "/None"}
        for ink in inks:
            if not isinstance(ink, NameObject):
                continue
            self._utf8(ink[1:], where)
            if ink not in known:
                self.case.add("colorants", where, ink[1:])


def judge(case: Case, devices: Devices, where: Where) -> None:
    """Whether colours of a device may be used under the output intent (6.2.4.3)."""
    if "DeviceRGB" in devices and case.intent != "RGB":
        case.add("device-rgb", where)
    if "DeviceCMYK" in devices and case.intent != "CMYK":
        case.add("device-cmyk", where)
    if "DeviceGray" in devices and not case.intent:
        case.add("device-gray", where)
