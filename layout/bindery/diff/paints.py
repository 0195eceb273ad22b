"""Colours and other ways to paint in words that are equal for what looks equal, and digests of what has no words."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.press.inks import Space
from layout.bindery.preflight.press.state import Colour

STEPS: Final = 255
"""Steps of a component that are told apart."""
DEEPEST: Final = 40
"""Values inside one another in a pattern; a deeper one is compared as far as this."""
_STORED: Final = frozenset(
    ("/Length", "/Filter", "/DecodeParms", "/DL", "/Parent", "/Type", "/StructParent", "/StructParents", "/Metadata")
)  # fmt: skip
"""What says how a value is stored, not what it is."""


def said(colour: Colour, alpha: float = 1.0, extras: str = "") -> str:
    """A colour in words, with its opacity."""
    text = colour.pattern or _said(colour.space, colour.values)
    if alpha < 1 - 0.5 / STEPS:
        text += f", {round(100 * alpha)} % opaque"
    return text + extras


def _said(space: Space, values: Sequence[float]) -> str:
    if space.kind == "indexed" and space.base is not None:
        at = int(values[0]) if values else 0
        return _said(space.base, space.table[at]) if 0 <= at < len(space.table) else "no colour"
    profile = " by a profile" if space.calibrated and space.kind != "lab" else ""
    if space.kind == "rgb" and len(values) == 3:
        return "RGB #" + "".join(f"{_step(value):02X}" for value in values) + profile
    if space.kind == "gray" and len(values) == 1:
        return f"grey {_percent(values[0])}{profile}"
    if space.kind == "cmyk" and len(values) == 4:
        return "CMYK " + " ".join(map(_percent, values)) + profile
    if space.kind == "inks":
        pairs = zip(space.inks, values, strict=False)
        return " and ".join(f"{ink} {_percent(value)} %" for ink, value in pairs)
    numbers = " ".join(f"{value:.2f}" for value in values)
    return f"{space.kind} {numbers}".strip()


def _step(value: float) -> int:
    return round(min(max(value, 0.0), 1.0) * STEPS)


def _percent(value: float) -> str:
    return f"{_step(value) * 100 / STEPS:.3g}"


def kind_of(space: Space) -> str:
    """A colour space in words, with the colours of a table."""
    base = f" of {kind_of(space.base)}" if space.base is not None and space.kind != "inks" else ""
    table = sha256(repr(space.table).encode()).hexdigest()[:16] if space.table else ""
    inks = " ".join(space.inks) if space.kind == "inks" else ""
    words = [space.kind, inks, "by a profile" if space.calibrated else "", table]
    return " ".join(filter(None, words)) + base


class Digests:
    """Digests of the values of one file: of what they say, not of how they are stored."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.known: dict[object, bytes] = {}

    def of(self, value: Any) -> str:
        """A digest of a value with all that it refers to."""
        return self._of(value, 0).hex()[:16]

    def _of(self, value: Any, depth: int) -> bytes:
        if depth > DEEPEST:
            return b"deeper"
        if not isinstance(value, IndirectObject):
            return self._content(value, depth)
        key = identity(value)
        if key not in self.known:
            self.known[key] = b"again"  # what leads back to itself
            self.known[key] = self._content(value, depth)
        return self.known[key]

    def _content(self, value: Any, depth: int) -> bytes:
        found = self.case.resolve(value)
        if isinstance(found, DictionaryObject):
            parts = [
                key.encode("utf-8", "replace") + self._of(dict.get(found, key), depth + 1)
                for key in sorted(set(found) - _STORED)
            ]
            if isinstance(found, StreamObject):
                parts.append(self.case.unpacked(found))
            return sha256(b"<<" + b"\0".join(parts)).digest()
        if isinstance(found, ArrayObject):
            each = [self._of(it, depth + 1) for it in list.__iter__(found)]
            return sha256(b"[" + b"\0".join(each)).digest()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return f"{float(found):.5g}".encode()
        return repr(found).encode("utf-8", "replace")
