"""Faults of fonts; each is found as its rule alone."""

from typing import Any

import pytest
from preflight_samples import LETTERS, _program, to_unicode
from preflight_spoiling import (
    FAULTS,
    append,
    fault,
    font,
    inner,
    page,
    put,
)

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Dictionary, Name  # noqa: E402


@fault("name-utf8")
def _(pdf: Any) -> None:
    pdf.Root.Extra = Dictionary(
        Type=Name.FontDescriptor, FontName=pikepdf.Object.parse(b"/Se#e9rif")
    )


@fault("cid-system")
def _(pdf: Any) -> None:
    data = (
        b"/CMapName /X def /WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 begincidrange <0000> <00FF> 0 endcidrange"
    )
    system = Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=0)
    font(pdf).Encoding = pdf.make_stream(
        data, Type=Name.CMap, CMapName=Name.X, CIDSystemInfo=system
    )


@fault("cmap mode")
def _(pdf: Any) -> None:
    data = b"/WMode 1 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <00FF> 0 endcidrange"
    system = Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
    font(pdf).Encoding = pdf.make_stream(
        data, Type=Name.CMap, CMapName=Name.X, CIDSystemInfo=system
    )


def _texts(pdf: Any, **changed: str | None) -> None:
    texts: dict[int, str | None] = dict(enumerate(LETTERS, 1))
    texts |= {LETTERS.index(key) + 1: value for key, value in changed.items()}
    font(pdf).ToUnicode.write(
        to_unicode({code: text for code, text in texts.items() if text is not None})
    )


FAULTS["to-unicode letter"] = lambda pdf: _texts(pdf, e=None)
FAULTS["to-unicode-value"] = lambda pdf: _texts(pdf, e="\0")
FAULTS["to-unicode-value mark"] = lambda pdf: _texts(pdf, e="\ufeff")
FAULTS["private-use"] = lambda pdf: _texts(pdf, e="\ue000")
FAULTS["font-file"] = lambda pdf: inner(pdf).FontDescriptor.FontFile2.write(b"no font")


@fault("notdef")
def _(pdf: Any) -> None:
    glyphs = bytearray(inner(pdf).CIDToGIDMap.read_bytes())
    glyphs[2 * codes_of("e") : 2 * codes_of("e") + 2] = b"\0\0"
    inner(pdf).CIDToGIDMap.write(bytes(glyphs))


@fault("glyph-missing")
def _(pdf: Any) -> None:
    glyphs = bytearray(inner(pdf).CIDToGIDMap.read_bytes())
    glyphs[2 * codes_of("e") : 2 * codes_of("e") + 2] = b"\x7f\xff"
    inner(pdf).CIDToGIDMap.write(bytes(glyphs))


@fault("glyph-width")
def _(pdf: Any) -> None:
    inner(pdf).W[1][codes_of("e") - 1] = 900


@fault("cid-set")
def _(pdf: Any) -> None:
    inner(pdf).FontDescriptor.CIDSet = pdf.make_stream(b"\xff\0\0\0\0\0\0\0")


def codes_of(letter: str) -> int:
    return LETTERS.index(letter) + 1


def _simple_font(pdf: Any, flags: int = 32, **entries: Any) -> None:
    """A simple TrueType font of the same program, showing one letter as an artifact."""

    descriptor = Dictionary(inner(pdf).FontDescriptor)
    descriptor.Flags = flags
    width = round(_program()[2][LETTERS.index("a")])
    entries = {
        "Encoding": Name.WinAnsiEncoding,
        "Widths": [width],
        "FirstChar": 97,
        "LastChar": 97,
    } | entries
    made = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Serif"))
    for key, value in entries.items():
        if value is not None:
            made[f"/{key}"] = value
    made.FontDescriptor = pdf.make_indirect(descriptor)
    page(pdf).Resources.Font.F2 = pdf.make_indirect(made)
    append(pdf, "BT /F2 9 Tf (a) Tj ET")


FAULTS["font-widths"] = lambda pdf: _simple_font(pdf, LastChar=99)
FAULTS["glyph-width simple"] = lambda pdf: _simple_font(pdf, Widths=[100])
FAULTS["font-symbolic"] = lambda pdf: _simple_font(
    pdf, Encoding=Dictionary(Differences=[97, Name.a])
)
FAULTS["font-symbolic names"] = lambda pdf: _simple_font(
    pdf, Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=[98, Name.nobodyknows])
)
FAULTS["font-embedded standard"] = lambda pdf: (
    put(pdf, lambda pdf: page(pdf).Resources.Font, "/F2", Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)),
    append(pdf, "BT /F2 9 Tf (a) Tj ET"),
)  # fmt: skip


def _type_3(pdf: Any, width: int, name: str) -> None:
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    page(pdf).Resources.Font.F3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary({name: glyph}), Encoding=Dictionary(Differences=[97, Name(name)]),
        FirstChar=97, LastChar=97, Widths=[width], Resources=Dictionary(),
    )  # fmt: skip
    append(pdf, "BT /F3 9 Tf (a) Tj ET")


FAULTS["glyph-width type 3"] = lambda pdf: _type_3(pdf, 900, "/a")
FAULTS["to-unicode type 3"] = lambda pdf: _type_3(pdf, 500, "/g1")
