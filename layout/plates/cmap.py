"""What the codes of a font stand for (ISO 32000-1, 9.10.3) and lead to, as CMaps."""

from collections.abc import Iterable

BLOCK = 100
"""The most lines that one section may hold (Adobe technical note 5014)."""

CMAP = "Offprint-H"
"""The name of a CMap of ours that leads to CIDs."""


def to_unicode(texts: Iterable[tuple[int, bytes]]) -> bytes:
    """The CMap of codes of two bytes, each with what it stands for as UTF-16BE."""
    rows = [f"<{code:04X}><{text.hex().upper()}>" for code, text in texts]
    return _cmap("UCS", "Adobe-Identity-UCS", ["/CMapType 2 def"], "bfchar", rows)


def to_cids(cids: Iterable[tuple[int, int]], name: str) -> bytes:
    """The CMap of a `name` for codes of two bytes, each with its CID (ISO 32000-1, 9.7.5.4)."""
    rows = [f"<{code:04X}>{cid}" for code, cid in cids]
    return _cmap("Identity", name, ["/CMapType 1 def", "/WMode 0 def"], "cidchar", rows)


def _cmap(ordering: str, name: str, kind: list[str], section: str, rows: list[str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo <</Registry (Adobe) /Ordering ({ordering}) /Supplement 0>> def",
        f"/CMapName /{name} def",
        *kind,
        "1 begincodespacerange",
        "<0000><FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        lines += [f"{len(block)} begin{section}", *block, f"end{section}"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
