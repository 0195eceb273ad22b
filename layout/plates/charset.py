"""The CIDs of a compact font program, which a PDF's codes must lead to (Adobe technical note 5176): read and given."""

from typing import Final

_CHARSET: Final = 15
_ROS: Final = 1230
_REAL, _LONG, _SHORT = 30, 29, 28


def cids_of(data: bytes, glyphs: int) -> list[int]:
    """The CID of each glyph of a `CFF ` table; glyphs by themselves where it has none (ISO 32000-1, 9.7.4.2)."""
    after_names, _ = _index(data, data[2])
    _, tops = _index(data, after_names)
    top = _top(data[tops[0] : tops[1]])
    at = top.get(_CHARSET, 0)
    # Of the predefined sets, 0 to 2, a program with CIDs can only mean one in order.
    return _charset(data, at, glyphs) if _ROS in top and at > 2 else list(range(glyphs))


def with_cids(data: bytes, cids: list[int]) -> bytes | None:
    """The program with these CIDs for its glyphs, the first of them 0; None where it has none or they do not fit in.

    The new charset (format 0, clause 13) stands at the end, and the top DICT leads there if its number has room.
    """
    after_names, _ = _index(data, data[2])
    _, tops = _index(data, after_names)
    top = data[tops[0] : tops[1]]
    found = _top(top)
    led = bytes((_LONG, *found.get(_CHARSET, 0).to_bytes(4, "big"), _CHARSET))
    if _ROS not in found or top.count(led) != 1:
        return None
    at = tops[0] + top.index(led)
    leads = bytes((_LONG, *len(data).to_bytes(4, "big"), _CHARSET))
    charset = b"".join([cid.to_bytes(2, "big") for cid in cids[1:]])
    return data[:at] + leads + data[at + len(led) :] + b"\0" + charset


def _charset(data: bytes, at: int, glyphs: int) -> list[int]:
    """Clause 13: format 0 lists CIDs, 1 and 2 list ranges with what is left of them."""
    left = data[at]
    at += 1
    found = [0]
    while len(found) < glyphs:
        first = int.from_bytes(data[at : at + 2], "big")
        more = int.from_bytes(data[at + 2 : at + 2 + left], "big")
        found.extend(range(first, first + more + 1))
        at += 2 + left
    return found[:glyphs]


def _index(data: bytes, at: int) -> tuple[int, list[int]]:
    """Where an INDEX ends, and where its items begin, with the end of the last (clause 5)."""
    count, size = int.from_bytes(data[at : at + 2], "big"), data[at + 2]
    if not count:
        return at + 2, []
    base = at + 2 + size * (count + 1)
    places = [
        base + int.from_bytes(data[n : n + size], "big")
        for n in range(at + 3, at + 3 + size * (count + 1), size)
    ]
    return places[-1], places


def _top(data: bytes) -> dict[int, int]:
    """Of each operator of a DICT its last whole operand; those of two bytes are 1200 and more (clause 4)."""
    found: dict[int, int] = {}
    at, value = 0, 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte <= 21:
            if byte == 12:
                byte, at = 1200 + data[at], at + 1
            found[byte] = value
        elif byte == _REAL:
            while data[at] & 15 != 15 and data[at] >> 4 != 15:
                at += 1
            at += 1
        elif byte in (_SHORT, _LONG):
            size = 2 if byte == _SHORT else 4
            value, at = int.from_bytes(data[at : at + size], "big", signed=True), at + size
        elif byte <= 246:
            value = byte - 139
        else:
            value = (byte - 247) * 256 + data[at] + 108 if byte <= 250 else -1
            at += 1
    return found
