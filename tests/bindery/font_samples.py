"""Pages with one Type 0 font each, cut from a face of the house and spoilt as other programs do it."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz as hb
from bindery_samples import ROOT, save, saved
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

SERIF = str(Path(ROOT, "fonts", "source-serif", "SourceSerif4-Regular.ttf"))
Content = Callable[[dict[str, int]], bytes]
Change = Callable[[Any, Any, dict[str, int]], None]


@cache
def program(text: str, retained: bool) -> tuple[bytes, dict[str, int], dict[str, float]]:
    """A program with what a text needs, the glyphs of its characters, and their widths."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if retained:
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
    face = hb.subset(hb.Face(hb.Blob.from_file_path(SERIF)), wanted)
    font = TTFont(BytesIO(bytes(face.blob.data)))
    order, unit = font.getGlyphOrder(), font["head"].unitsPerEm
    glyphs = {chr(code): order.index(name) for code, name in font.getBestCmap().items()}
    widths = {each: font["hmtx"][order[at]][0] * 1000 / unit for each, at in glyphs.items()}
    out = BytesIO()
    del font["cmap"]
    font.save(out)
    return out.getvalue(), glyphs, widths


def characters(rows: dict[int, str]) -> bytes:
    """A ToUnicode map."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in rows.items()]
    head = ["1 begincodespacerange", "<0000><FFFF>", "endcodespacerange"]
    return "\n".join([*head, f"{len(rows)} beginbfchar", *lines, "endbfchar"]).encode()


def shown(glyphs: dict[str, int], text: str) -> bytes:
    return b"<%s>" % b"".join(b"%04X" % glyphs[each] for each in text)


def words(text: str) -> Content:
    return lambda glyphs: b"BT /F1 24 Tf 40 200 Td " + shown(glyphs, text) + b" Tj ET"


def written(
    folder: Path,
    name: str,
    text: str,
    change: Change | None = None,
    content: Content | None = None,
    listed: str | None = None,
    retained: bool = False,
) -> str:
    """A PDF with a page that shows a text; the font lists what is `listed`, else all."""
    pdf = pikepdf.new()
    data, glyphs, widths = program(text, retained)
    tag = "".join(chr(65 + ord(each) % 26) for each in f"{name:A<6}"[:6])
    base, known = Name(f"/{tag}+Serif"), [it for it in glyphs if listed is None or it in listed]
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[-200, -300, 1200, 1000],
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        W=Array([each for it in known for each in (glyphs[it], Array([widths[it]]))]),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pdf.make_stream(characters({glyphs[it]: it for it in known})),
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(400, 300))
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream((content or words(text))(glyphs))
    if change is not None:
        change(pdf, page.Resources.Font.F1, glyphs)
    return save(folder, f"{name}.pdf", saved(pdf))


# --- what other programs write, and what they should not ---


def no_widths(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    """All codes are as wide as the default."""
    del font.DescendantFonts[0].W
    font.DescendantFonts[0].DW = 600


def widths_of_all_codes(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    font.DescendantFonts[0].W = Array([0, 65535, 500])


def characters_without_glyphs(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    rows = {code: text for text, code in glyphs.items()}
    font.ToUnicode = pdf.make_stream(characters({**rows, 5000: "Z"}))


def blanks_in_characters(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    font.ToUnicode.write(re.sub(rb"<00(..)>\n", rb"<00 \1>\n", font.ToUnicode.read_bytes()))


def codes_of_one_byte(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    font.ToUnicode.write(re.sub(rb"<00(..)> <", rb"<\1> <", font.ToUnicode.read_bytes()))


def no_characters(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    del font.ToUnicode


def an_empty_map(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    font.ToUnicode.write(characters({}))


def characters_by_name(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    font.ToUnicode = Name("/Identity-H")


def form(pdf: Any, content: bytes, **entries: Any) -> Any:
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 300], **entries
    )


def form_in_fonts_of_the_page(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    """It has resources, but its font is among those of the page."""
    page = pdf.pages[0]
    page.Resources.XObject = Dictionary(
        Fm=form(pdf, page.Contents.read_bytes(), Resources=Dictionary(ProcSet=[Name.PDF]))
    )
    page.Contents = pdf.make_stream(b"/Fm Do")


def form_in_a_form(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    """The same, one deeper."""
    form_in_fonts_of_the_page(pdf, font, glyphs)
    resources = pdf.pages[0].Resources
    resources.XObject = Dictionary(
        Fm=form(pdf, b"/Fm Do", Resources=Dictionary(XObject=resources.XObject))
    )


def glyphs_in_fonts_of_the_page(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    """A Type 3 font has resources, but what its glyphs show is among those of the page."""
    page = pdf.pages[0]
    content = b"1000 0 d0 BT /F1 500 Tf " + shown(glyphs, "He") + b" Tj ET"
    page.Resources.Font.T = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], Resources=Dictionary(),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=65, LastChar=65, Widths=[1000],
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name.A]),
        CharProcs=Dictionary(A=pdf.make_stream(content)),
    )  # fmt: skip
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" BT /T 40 Tf 9 9 Td (A) Tj ET")


def pattern_without_resources(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    page = pdf.pages[0]
    entries = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 400, "YStep": 300}
    content = page.Contents.read_bytes()
    page.Resources.Pattern = Dictionary(
        P=pdf.make_stream(content, Type=Name.Pattern, BBox=[0, 0, 400, 300], **entries)
    )
    page.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 400 300 re f")


def mask_without_resources(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = Dictionary(S=Name.Luminosity, G=form(pdf, b"1 g " + content, Group=group))
    page.Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))
    page.Contents = pdf.make_stream(b"/G gs 0 0 400 300 re f")
