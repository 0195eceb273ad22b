"""A small PDF that lacks nothing of PDF/A-3a and PDF/UA-1, made with pikepdf alone, to be spoilt by tests."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name, String  # noqa: E402

FONT = Path(__file__).parents[2] / "fonts/source-serif/SourceSerif4-Regular.ttf"
LETTERS = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1."
SOURCE = b"title: Sample\n"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sample</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>A. Author</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>2026-01-02T03:04:05Z</xmp:CreateDate>
<pdf:Producer>tests</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def _program() -> tuple[bytes, tuple[int, ...], tuple[float, ...]]:
    """A subset of a font: its bytes, and the glyph and the width of each letter."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(FONT, lazy=False)
    options = subset.Options(layout_features=[], name_IDs=[], notdef_outline=True, hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    glyphs = font.getBestCmap()
    order = [font.getGlyphID(glyphs[ord(letter)]) for letter in LETTERS]
    scale = 1000 / font["head"].unitsPerEm
    widths = [font["hmtx"][glyphs[ord(letter)]][0] * scale for letter in LETTERS]
    return out.getvalue(), tuple(order), tuple(widths)


def codes(text: str) -> str:
    """A text as a hexadecimal string in the sample's font."""
    return "<" + "".join(f"{LETTERS.index(each) + 1:04X}" for each in text) + ">"


def to_unicode(texts: dict[int, str]) -> bytes:
    rows = "\n".join(
        f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(texts)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _font(pdf: Any) -> Any:
    data, glyphs, widths = _program()
    gids = b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Serif"), Flags=4, FontBBox=[0, -300, 1000, 1000],
        ItalicAngle=0, Ascent=900, Descent=-300, CapHeight=700, StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Serif"), DW=0,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=pdf.make_stream(gids),
        W=[1, Array([round(width) for width in widths])],
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Serif"), Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pdf.make_stream(to_unicode(dict(enumerate(LETTERS, 1)))),
    )  # fmt: skip


def profile() -> bytes:
    """An ICC profile of sRGB."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


TAGS = (
    # role, parent, line, text, entries
    ("Document", None, 0, None, {"T": "sample.yaml"}),
    ("H1", 0, 2, "Title", {}),
    ("Question", 0, 4, "Who", {}),
    ("P", 0, 5, "A reader", {}),
    ("Link", 3, 0, "site", {}),
    ("Figure", 0, 7, "", {"Alt": "A red square"}),
    ("H2", 0, 8, "Further", {}),
    ("L", 0, 9, None, {}),
    ("LI", 7, 10, None, {}),
    ("Lbl", 8, 0, "1.", {}),
    ("LBody", 8, 0, "Item", {}),
    ("Table", 0, 11, None, {}),
    ("TR", 11, 12, None, {}),
    ("TH", 12, 0, "head", {"Scope": "Column"}),
    ("TR", 11, 13, None, {}),
    ("TD", 14, 0, "cell", {}),
    ("Note", 0, 14, "note", {"ID": "note1"}),
)
"""The elements of the sample: what has a text has it under a number of its own, from 0."""
NUMBER = {tag: n for n, tag in enumerate(row[0] for row in TAGS if row[3] is not None)}
"""The marked content of each tag."""


def _content() -> bytes:
    lines = ["/Artifact <</Type /Pagination>> BDC 0.9 0.9 1 rg 10 280 380 10 re f EMC"]
    number = 0
    for at, (role, _, _, text, _) in enumerate(TAGS):
        if text is None:
            continue
        shown = (
            f"BT /F1 10 Tf 20 {260 - 14 * at} Td [{codes(text)}] TJ ET"
            if text
            else "q 9 0 0 9 20 60 cm /Im Do Q"
        )
        lines.append(f"/{role} <</MCID {number}>> BDC {shown} EMC")
        number += 1
    return "\n".join(lines).encode()


def _tags(pdf: Any, page: Any, link: Any) -> Any:
    root = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Question=Name.P))
    )
    made: list[Any] = []
    owners: list[Any] = []
    for role, parent, line, text, entries in TAGS:
        entries = dict(entries)
        if scope := entries.pop("Scope", None):
            entries["A"] = Dictionary(O=Name.Table, Scope=Name(f"/{scope}"))
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), K=Array(), **entries)
        )
        element.P = root if parent is None else made[parent]
        if line:
            element.T = String(f"line {line}")
        if text is not None:
            element.Pg = page
            element.K.append(len(owners))
            owners.append(element)
        if role == "Link":
            element.K.append(Dictionary(Type=Name.OBJR, Obj=link, Pg=page))
            link.StructParent = 1
        if parent is not None:
            made[parent].K.append(element)
        made.append(element)
    root.K = Array([made[0]])
    linked = made[[row[0] for row in TAGS].index("Link")]
    root.ParentTree = pdf.make_indirect(
        Dictionary(Nums=[0, pdf.make_indirect(Array(owners)), 1, linked])
    )
    root.ParentTreeNextKey = 2
    return root


def sample() -> Any:
    """The sample as an open pikepdf document."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 300)).obj
    image = pdf.make_stream(
        b"\xff\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )  # fmt: skip
    page.Resources = Dictionary(
        Font=Dictionary(F1=pdf.make_indirect(_font(pdf))), XObject=Dictionary(Im=image)
    )
    page.Contents = pdf.make_stream(_content())
    link = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[20, 200, 60, 214],
            F=4,
            Border=[0, 0, 0],
            Contents="a site",
            A=Dictionary(S=Name.URI, URI="https://example.org/"),
        )
    )
    page.Annots, page.Tabs, page.StructParents = Array([link]), Name.S, 0
    root = pdf.Root
    root.StructTreeRoot = _tags(pdf, page, link)
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = String("en")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                DestOutputProfile=pdf.make_stream(profile(), N=3),
            )
        ]
    )
    root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    file = pdf.make_stream(SOURCE, Type=Name.EmbeddedFile, Subtype=Name("/application/yaml"))
    spec = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F="sample.yaml", UF="sample.yaml", AFRelationship=Name.Source, EF=Dictionary(F=file, UF=file))
    )  # fmt: skip
    root.AF = Array([spec])
    root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=["sample.yaml", spec]))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title="Sample", Author="A. Author", Producer="tests", CreationDate="D:20260102030405Z"
        )
    )
    return pdf


def written(pdf: Any, **options: Any) -> bytes:
    """A document as the bytes of a file."""
    out = BytesIO()
    options = {
        "fix_metadata_version": False,
        "deterministic_id": True,
        "force_version": "1.7",
    } | options
    pdf.save(out, **options)
    return out.getvalue()
