"""Where font files lie, and how they are named: all of them that reading a brand needs.

"a.ttc#2" is the third face of the collection a.ttc.
"""

import os

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of the import package."""

VARIABLE = "OFFPRINT_FONTS"
"""The environment variable with folders that are searched for faces before all others."""

COLLECTION = b"ttcf"
"""How a collection of faces begins (OpenType, TTC header)."""


def fonts_folder() -> str:
    """The folder of the program's own fonts: inside an installed wheel, or beside the package in a checkout."""
    inside = os.path.join(PACKAGE, "fonts")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(PACKAGE), "fonts")


def split_index(path: str) -> tuple[str, int]:
    """The file and the number of the face in it: "a.ttc#2" is the third of a collection, unless a file is so named."""
    file, mark, index = path.rpartition("#")
    if mark and index.isdecimal() and len(index) < 9 and not os.path.exists(path):
        return file, int(index)
    return path, 0


def index_fault(path: str) -> tuple[str, str] | None:
    """What is wrong with the number of a face in "a.ttc#2", and the hint (OpenType, font collections)."""
    file, index = split_index(path)
    if file == path:
        return None
    with open(file, "rb") as data:
        head = data.read(12)
    if head[:4] != COLLECTION:
        return "the file is one font and no collection", f"leave `#{index}` out"
    count = int.from_bytes(head[8:12], "big")
    if index < count:
        return None
    among = f"from #0 to #{count - 1}" if count > 1 else "#0"
    return f"the collection has no face #{index}", f"name one {among}"
