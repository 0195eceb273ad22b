"""PDFs read back by a small parser of our own: content streams, codes, and the characters they stand for."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest

pikepdf: Any = pytest.importorskip("pikepdf")

_BFCHAR = re.compile(rb"(\d+) beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})><([0-9A-F]+)>")
_OPERATORS = re.compile(rb"/(F\d+) [\d.]+ Tf|\[([^\]]*)\]TJ")


@cache
def opened(pdf: bytes) -> Any:
    """A file, kept open: its objects live no longer than it does."""
    return pikepdf.open(BytesIO(pdf))


def fonts(file: Any) -> dict[str, Any]:
    """All fonts of a file by their resource names."""
    found: dict[str, Any] = {}
    for page in file.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            found[name.lstrip("/")] = font
    return found


def to_unicode(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    stream = font.ToUnicode.read_bytes()
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for _, block in _BFCHAR.findall(stream)
        for code, text in _PAIR.findall(block)
    }


def blocks(font: Any) -> list[tuple[int, int]]:
    """Of each bfchar section: the number of lines it announces and the number it has."""
    stream = font.ToUnicode.read_bytes()
    return [(int(count), len(block.split(b"\n"))) for count, block in _BFCHAR.findall(stream)]


def shown(page: Any, texts: dict[str, dict[int, str]]) -> Iterator[str]:
    """The characters of each TJ operator of a page, in order."""
    font = ""
    for name, array in _OPERATORS.findall(content(page)):
        if name:
            font = name.decode()
        else:
            codes = re.findall(rb"<([0-9A-F]*)>", array)
            yield "".join(
                texts[font].get(int(code[i : i + 4], 16), "")
                for code in codes
                for i in range(0, len(code), 4)
            )


def content(page: Any) -> bytes:
    """The content stream of a page."""
    streams = page.Contents
    if isinstance(streams, pikepdf.Array):
        return b"\n".join(stream.read_bytes() for stream in streams)
    return bytes(streams.read_bytes())


def widths(font: Any) -> dict[int, float]:
    """The width of each code, as the file states it."""
    first, row = font.DescendantFonts[0].W
    return {int(first) + n: float(width) for n, width in enumerate(row)}


def glyphs(font: Any) -> list[int]:
    """The glyph of each code in the embedded font file."""
    data = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
