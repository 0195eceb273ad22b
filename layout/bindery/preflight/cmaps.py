"""CMaps (ISO 32000-1, 9.7.5 and 9.10.3): codes to characters, and codes to CIDs."""

import re
from typing import Any, Final

from pypdf.generic import StreamObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.tokens import Row, Text, hex_text, operations

_NAMES: Final = (
    "Identity-H Identity-V GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H "
    "GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H "
    "ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V "
    "83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V "
    "Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H "
    "UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H "
    "UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V"
)
PREDEFINED: Final = frozenset(_NAMES.split())
"""ISO 32000-1, table 118."""
IDENTITY: Final = ("Identity-H", "Identity-V")
_ORDERINGS: Final = (
    ("GB1", r"GB|UniGB"),
    ("CNS1", r"B5|HK|ETen|CNS|UniCNS"),
    ("Japan1", r"\d\d(pv|ms)|Add|EUC|Ext|[HV]$|UniJIS"),
    ("Korea1", r"KSC|UniKS"),
)
MOST: Final = 1 << 18
"""Entries of a map that are looked at; two bytes cannot tell more than 65 536 apart."""
LARGEST_CID: Final = 65535
"""ISO 32000-1, annex C."""
_HEX: Final = re.compile(rb"<([^>]*)>")


class CMap:
    """What a CMap says: `texts` by code, `cids` by code, the lengths of codes in bytes."""

    def __init__(self, data: bytes) -> None:
        self.texts: dict[int, str] = {}
        self.cids: dict[int, int] = {}
        self.lengths: set[int] = set()
        self.uses = ""
        self.mode = self.largest = 0
        self._left = 2 * MOST
        for operator, operands in operations(data):
            reader = _READERS.get(operator)
            if reader is not None and len(self.texts) + len(self.cids) < MOST:
                reader(self, list(operands))

    def read_space(self, operands: list[Any]) -> None:
        """Codespace ranges."""
        self.lengths |= {len(each) for each in operands if isinstance(each, Text)}

    def read_characters(self, operands: list[Any]) -> None:
        """Single codes to characters."""
        for code, characters in zip(operands[::2], operands[1::2], strict=False):
            if isinstance(code, Text):
                self.texts[int.from_bytes(code, "big")] = _characters(characters)

    def read_character_ranges(self, operands: list[Any]) -> None:
        """Ranges of codes to characters in a row, or to those of an array."""
        for first, last, start in zip(operands[::3], operands[1::3], operands[2::3], strict=False):
            if not (isinstance(first, Text) and isinstance(last, Text)):
                continue
            low, high = int.from_bytes(first, "big"), int.from_bytes(last, "big")
            if self._left < 0:
                return
            self._left -= min(max(0, high - low), 0xFFFF)
            if isinstance(start, Row):
                texts = [_characters(Text(hex_text(each)[0])) for each in _HEX.findall(start)]
                self.texts.update(zip(range(low, high + 1), texts, strict=False))
            elif isinstance(start, Text):
                for code in range(low, min(high, low + 0xFFFF) + 1):
                    self.texts[code] = _characters(_plus(start, code - low))

    def read_cids(self, operands: list[Any]) -> None:
        """Single codes to CIDs."""
        for code, cid in zip(operands[::2], operands[1::2], strict=False):
            if isinstance(code, Text):
                self.cids[int.from_bytes(code, "big")] = int(cid)
                self.largest = max(self.largest, int(cid))

    def read_cid_ranges(self, operands: list[Any]) -> None:
        """Ranges of codes to CIDs."""
        for first, last, cid in zip(operands[::3], operands[1::3], operands[2::3], strict=False):
            low, high = int.from_bytes(first, "big"), int.from_bytes(last, "big")
            self.largest = max(self.largest, int(cid) + high - low)
            if self._left < 0:
                return
            self._left -= min(max(0, high - low), 0xFFFF)
            for code in range(low, min(high, low + 0xFFFF) + 1):
                self.cids[code] = int(cid) + code - low

    def read_use(self, operands: list[Any]) -> None:
        """The CMap that this one builds on."""
        self.uses = str(operands[-1])[1:] if operands else ""

    def read_definition(self, operands: list[Any]) -> None:
        """The writing mode, among definitions."""
        if operands[-2:-1] == ["/WMode"]:
            self.mode = int(operands[-1])


_READERS: Final = {
    b"endcodespacerange": CMap.read_space,
    b"endbfchar": CMap.read_characters,
    b"endbfrange": CMap.read_character_ranges,
    b"endcidchar": CMap.read_cids,
    b"endcidrange": CMap.read_cid_ranges,
    b"usecmap": CMap.read_use,
    b"def": CMap.read_definition,
}


def _plus(text: bytes, number: int) -> Text:
    """A string with a number added to it; only the last byte may change, but writers are not so strict."""
    return Text((int.from_bytes(text, "big") + number).to_bytes(len(text) + 1, "big")[1:])


def _characters(value: Any) -> str:
    """UTF-16BE, or the characters a name of a glyph stands for, which hardly anyone writes."""
    if isinstance(value, Text):
        return value.decode("utf-16-be", "replace") if len(value) > 1 else value.decode("latin-1")
    return ""


def cmap_of(case: Case, stream: StreamObject) -> CMap:
    """The CMap in a stream."""
    return case.once("cmap", stream, lambda: CMap(case.unpacked(stream)))


def ordering_of(name: str) -> str:
    """The character collection a predefined CMap is of, or ""."""
    return next((each for each, pattern in _ORDERINGS if re.match(pattern, name)), "")
