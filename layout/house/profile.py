"""ICC profiles as far as a brand can be wrong about them: what they are of (ICC.1:2022, 7.2)."""

HEADER = 128
"""Bytes of a profile's header."""

VERSION, CLASS, SPACE, SIGNATURE = 8, slice(12, 16), slice(16, 20), slice(36, 40)

KINDS = {"scnr": "a scanner", "mntr": "a screen", "prtr": "a printer", "link": "a device link"}
NEWEST = 4
"""The latest major version that PDF 1.7 knows."""

OUTPUT, INPUT = b"A2B", b"B2A"
"""Beginnings of the tags that lead from inks to colours and back; both are needed to convert and to proof."""


def profile_fault(path: str) -> str:
    """Why a file is not the profile of a CMYK printer, or ''."""
    with open(path, "rb") as file:
        head = file.read(HEADER + 4 + 12 * 100)
    if len(head) < HEADER or head[SIGNATURE] != b"acsp":
        return "it is no ICC profile"
    kind, space = head[CLASS].decode("latin-1").strip(), head[SPACE].decode("latin-1").strip()
    if kind != "prtr" or space != "CMYK":
        return f"it is of {KINDS.get(kind, kind)} in {space}"
    if head[VERSION] > NEWEST:
        return f"it is of version {head[VERSION]}, which PDF does not know"
    count = min(int.from_bytes(head[HEADER : HEADER + 4], "big"), 100)
    tags = {head[HEADER + 4 + 12 * n : HEADER + 7 + 12 * n] for n in range(count)}
    if not {OUTPUT, INPUT} <= tags:
        return "it has no tables from inks to colours and back"
    return ""
