"""What the codes of a font stand for, as a CMap (ISO 32000-1, 9.10.3)."""

from collections.abc import Iterable

BLOCK = 100
"""The most lines that one bfchar section may hold (Adobe technical note 5014)."""


def to_unicode(texts: Iterable[tuple[int, bytes]]) -> bytes:
    """The CMap of codes of two bytes, each with what it stands for as UTF-16BE."""
    rows = [f"<{code:04X}><{text.hex().upper()}>" for code, text in texts]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000><FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def to_cids(cids: Iterable[tuple[int, int]]) -> bytes:
    """The CMap of codes of two bytes, each with its CID (ISO 32000-1, 9.7.5.4)."""
    rows = [f"<{code:04X}>{cid}" for code, cid in cids]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> def",
        "/CMapName /Offprint-H def",
        "/CMapType 1 def",
        "/WMode 0 def",
        "1 begincodespacerange",
        "<0000><FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        lines += [f"{len(block)} begincidchar", *block, "endcidchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
