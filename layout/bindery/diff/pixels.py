"""Pictures by their pixels: equal digests for pictures that show the same samples, however they are packed."""

from hashlib import sha256
from typing import Final

from layout.bindery.diff.paints import kind_of
from layout.bindery.diff.pictures import Stored
from layout.bindery.preflight.case import Case

MOST_SAMPLES: Final = 1 << 27
"""Samples of one picture that are unpacked; a larger one is compared as it is stored."""
MOST_UNPACKED: Final = 1 << 24
"""Bytes of samples of few bits that are places in a table."""
MOST_IN_ALL: Final = 1 << 32
"""Samples of all pictures of a comparison."""
_CODED: Final = ("DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode")
"""Filters that give a picture file, which somebody else must decode."""
_DIRECT: Final = ("gray", "rgb", "cmyk")


class Undecoded(Exception):
    """Raised for a picture whose pixels cannot be had here."""


class Pixels:
    """The pictures of one comparison: digests of their pixels, each taken once."""

    def __init__(self) -> None:
        self.left = MOST_IN_ALL
        self.failed = 0
        """Pictures that were compared as they are stored."""

    def digest(self, case: Case, digest: str, stored: Stored) -> str:
        """A digest of what a picture shows; the given one of what is stored where that cannot be had."""
        try:
            return "shown " + self._picture(case, stored).hex()
        except MemoryError:
            raise
        except (
            Exception
        ):  # whatever pypdf or Pillow raise for a packing they do not know, or that is damaged
            self.failed += 1
            return digest

    def _picture(self, case: Case, stored: Stored) -> bytes:
        data, bits = self._samples(case, stored)
        said = (
            stored.wide, stored.high, bits, _kind(stored), stored.is_mask, stored.decode, stored.matte
        )  # fmt: skip
        found = sha256(repr(said).encode("utf-8", "replace"))
        found.update(data)
        for mask in stored.masks:
            found.update(self._picture(case, mask))
        return found.digest()

    def _samples(self, case: Case, stored: Stored) -> tuple[bytes, int]:
        """All samples row by row, packed as their bits are, and how many bits each has."""
        channels = 1 if stored.space.kind == "indexed" else stored.space.channels
        size = stored.wide * stored.high * channels
        self.left -= size
        if not 0 < size <= MOST_SAMPLES or self.left < 0:
            raise Undecoded
        filters = [str(case.resolve(each))[1:] for each in case.each(stored.stream, "/Filter")]
        data = case.unpacked(stored.stream)
        if filters and filters[-1] in _CODED:
            return self._decoded(stored, data, channels)
        rows = _rows(data, stored.wide * channels, stored.high, stored.bits)
        if stored.space.kind == "indexed" and _is_plain(stored):
            return _looked_up(_unpacked(rows, stored.wide, stored.high, stored.bits), stored), 8
        return rows, stored.bits

    def _decoded(self, stored: Stored, data: bytes, channels: int) -> tuple[bytes, int]:
        from layout.plates.samples import samples_of

        found = samples_of(data)
        if found is None or (found.wide, found.high) != (stored.wide, stored.high):
            raise Undecoded
        if found.channels != channels and stored.space.kind != "unknown":
            raise Undecoded
        if stored.space.kind == "indexed" and _is_plain(stored) and found.bits == 8:
            return _looked_up(found.data, stored), 8
        return found.data, found.bits


def _is_plain(stored: Stored) -> bool:
    base = stored.space.base
    return base is not None and base.kind in _DIRECT and not stored.decode and stored.bits <= 8


def _kind(stored: Stored) -> str:
    """The space of the samples: a table of plain colours was looked up."""
    base = stored.space.base
    if stored.space.kind == "indexed" and base is not None and _is_plain(stored):
        return kind_of(base)
    return kind_of(stored.space)


def _rows(data: bytes, samples: int, high: int, bits: int) -> bytes:
    """The rows of samples; what fills up the last byte of each row means nothing, and is 0."""
    if bits not in (1, 2, 4, 8, 16):
        raise Undecoded
    wide = (samples * bits + 7) // 8
    if len(data) < wide * high:
        raise Undecoded
    spare = wide * 8 - samples * bits
    if not spare:
        return data[: wide * high]
    rows = bytearray(data[: wide * high])
    kept = bytes([value >> spare << spare for value in range(256)])
    rows[wide - 1 :: wide] = rows[wide - 1 :: wide].translate(kept)
    return bytes(rows)


def _unpacked(rows: bytes, samples: int, high: int, bits: int) -> bytes:
    """A byte for each sample of few bits."""
    if bits == 8:
        return rows
    if len(rows) > MOST_UNPACKED:
        raise Undecoded
    wide, each, mask = len(rows) // high, 8 // bits, (1 << bits) - 1
    table = [
        bytes(byte >> (8 - bits * (at + 1)) & mask for at in range(each)) for byte in range(256)
    ]
    return b"".join(
        [
            b"".join([table[byte] for byte in rows[at : at + wide]])[:samples]
            for at in range(0, len(rows), wide)
        ]
    )


def _looked_up(rows: bytes, stored: Stored) -> bytes:
    """The colours that samples are the places of in a table."""
    base, table = stored.space.base, stored.space.table
    assert base is not None
    channels = base.channels
    out = bytearray(len(rows) * channels)
    for channel in range(channels):
        values = [round(255 * row[channel]) for row in table[:256]]
        out[channel::channels] = rows.translate(bytes([*values, *bytes(256 - len(values))]))
    return bytes(out)
