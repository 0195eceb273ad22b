"""Faults of limits, of metadata anywhere and of JPEG 2000 images; each is found as its rule alone."""

from typing import Any

import pytest
from preflight_samples import XMP, codes
from preflight_spoiling import (
    FAULTS,
    append,
    element,
    fault,
    font,
    form,
    inner,
    link,
    page,
    state,
    xmp,
)

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name  # noqa: E402

# --- metadata of other things than the catalogue ---

PACKET = """<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:my="http://example.org/">
<tiff:Orientation>1</tiff:Orientation><xmp:CreatorTool>camera</xmp:CreatorTool>%s</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def packet(pdf: Any, holder: Any, added: str = "", data: bytes = b"") -> None:
    """Metadata of some object."""
    data = data or (PACKET % added).encode()
    holder.Metadata = pdf.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)


def image(pdf: Any) -> Any:
    return page(pdf).Resources.XObject.Im


UNDECLARED = "<my:thing>1</my:thing>"
FAULTS["xmp-undeclared page"] = lambda pdf: packet(pdf, page(pdf), UNDECLARED)
FAULTS["xmp-undeclared image"] = lambda pdf: packet(pdf, image(pdf), UNDECLARED)
FAULTS["xmp-undeclared font"] = lambda pdf: packet(
    pdf, inner(pdf).FontDescriptor.FontFile2, UNDECLARED
)
FAULTS["xmp-undeclared element"] = lambda pdf: packet(pdf, element(pdf, "P"), UNDECLARED)
FAULTS["xmp-undeclared photo"] = lambda pdf: packet(
    pdf, image(pdf), "<exif:Nothing>1</exif:Nothing>"
)
FAULTS["xmp-undeclared original"] = lambda pdf: xmp(
    pdf,
    "<pdfuaid:part>",
    '<m:OriginalDocumentID xmlns:m="http://ns.adobe.com/xap/1.0/mm/">x</m:OriginalDocumentID><pdfuaid:part>',
)
FAULTS["xmp-type image"] = lambda pdf: packet(
    pdf, image(pdf), "<tiff:ImageWidth>x</tiff:ImageWidth>"
)
FAULTS["metadata-xml image"] = lambda pdf: packet(pdf, image(pdf), data=b"<x")
FAULTS["metadata-utf8 image"] = lambda pdf: packet(pdf, image(pdf), data=XMP.encode("utf-16"))
FAULTS["metadata-packet image"] = lambda pdf: packet(
    pdf, image(pdf), data=(PACKET % "").replace('id="x"', 'id="x" bytes="9"').encode()
)

DERIVED = '<m:DerivedFrom xmlns:m="http://ns.adobe.com/xap/1.0/mm/" %s/>'
REFERENCE = 'xmlns:r="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"'
FAULTS["xmp-type field"] = lambda pdf: packet(
    pdf, image(pdf), DERIVED % f'{REFERENCE} r:originalDocumentID="x"'
)
FAULTS["xmp-type no structure"] = lambda pdf: packet(pdf, image(pdf), DERIVED % "")
FAULTS["xmp-type rating"] = lambda pdf: packet(pdf, image(pdf), "<xmp:Rating>good</xmp:Rating>")
FAULTS["xmp-type language"] = lambda pdf: xmp(pdf, '<rdf:li xml:lang="x-default">', "<rdf:li>")
FAULTS["xmp-type item"] = lambda pdf: xmp(
    pdf,
    "<dc:creator>",
    "<dc:date><rdf:Seq><rdf:li>once</rdf:li></rdf:Seq></dc:date><dc:creator>",
)
FAULTS["xmp-extension type"] = lambda pdf: xmp(
    pdf, "<pdfaProperty:valueType>Integer", "<pdfaProperty:valueType>Whole"
)
FAULTS["xmp-extension more"] = lambda pdf: xmp(
    pdf, "<pdfaSchema:prefix>", "<pdfaSchema:x>1</pdfaSchema:x><pdfaSchema:prefix>"
)
FAULTS["xmp-extension bag"] = lambda pdf: pdf.Root.Metadata.write(
    XMP.replace("property><rdf:Seq>", "property><rdf:Bag>")
    .replace("</rdf:Seq></pdfaSchema:property>", "</rdf:Bag></pdfaSchema:property>")
    .encode()
)
FAULTS["xmp-type described"] = lambda pdf: pdf.Root.Metadata.write(
    XMP.replace("valueType>Integer", "valueType>Seq Integer").encode()
)

# --- images and halftones ---

FAULTS["image-bits inline"] = lambda pdf: append(pdf, "BI /W 1 /H 1 /BPC 3 /CS /G ID a\nEI")
FAULTS["halftone name"] = lambda pdf: state(pdf, HT=Name.Dots)


@fault("image-bits mask")
def _(pdf: Any) -> None:
    entries = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1}
    image(pdf).Mask = pdf.make_stream(
        b"a", BitsPerComponent=8, ColorSpace=Name.DeviceGray, **entries
    )


# --- limits and forms in content and in its properties ---

LONG = "(" + 32_768 * "x" + ")"
LETTER = codes("a")[1:-1]
SHOW = "BT /F1 9 Tf {} ET"
CONTENT = {
    "limit-number": "2147483648 0 m",
    "limit-number negative": "-2147483649 0 m",
    "limit-number long": "1" + 40 * "0" + " 0 m",
    "limit-number real": "1" + 39 * "0" + ".0 0 m",
    "limit-number small": "0." + 38 * "0" + "1 0 m",
    "limit-number row": SHOW.format(f"[{codes('a')}-3000000000{codes('b')}] TJ"),
    "limit-number dashes": "[3000000000] 0 d",
    "limit-number properties": "/P <</X 3000000000>> BDC EMC",
    "limit-number properties row": "/P <</X [1 3000000000]>> BDC EMC",
    "limit-name": f"/{128 * 'x'} BMC EMC",
    "limit-name properties": f"/P <</X /{128 * 'x'}>> BDC EMC",
    "limit-name key": f"/P <</{128 * 'x'} 1>> BDC EMC",
    "limit-string": SHOW.format(f"<{LETTER * 16_384}> Tj"),
    "limit-string escapes": SHOW.format("(" + r"\000\002" * 16_384 + ") Tj"),
    "limit-string row": SHOW.format(f"[<{LETTER * 16_384}>] TJ"),
    "limit-string nested": f"/P <</X ({LONG})>> BDC EMC",
    "limit-string properties": f"/P <</X {LONG}>> BDC EMC",
    "limit-string point": f"/P <</X {LONG}>> DP",
    "limit-string hexadecimal": f"/P <</X <{'61' * 32_768}>>> DP",
    "hex-string properties": "/P <</X <616>>> BDC EMC",
    "hex-string properties row": "/P <</X [1 <616>]>> BDC EMC",
    "hex-string list": "/P <</X [/N <616>]>> BDC EMC",
    "hex-string point": "/P <</X <616>>> DP",
    "hex-string dashes": "[<616>] 0 d",
    "hex-string inline": "BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <00000>] ID a\nEI",
    "lang-form point": "/P <</Lang (x_y)>> DP",
    "resource point": "/P /Nothing DP",
    "unchecked operands": "0 " * ((1 << 20) + 1) + "0 0 m",
    "unchecked brackets": "[" * 600,
}
for _name, _code in CONTENT.items():
    _rule, _, _kind = _name.partition(" ")
    FAULTS[f"{_rule} in content {_kind}"] = lambda pdf, code=_code: append(pdf, code)


@fault("limit-number cid")
def _(pdf: Any) -> None:
    data = (
        b"/WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"2 begincidrange <0000> <00FF> 0 <0100> <01FF> 65400 endcidrange"
    )
    system = Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
    font(pdf).Encoding = pdf.make_stream(
        data, Type=Name.CMap, CMapName=Name.X, CIDSystemInfo=system
    )


@fault("limit-string trailer")
def _(pdf: Any) -> None:
    pdf.trailer.More = Dictionary(X="x" * 40_000)


@fault("action-type last of many")
def _(pdf: Any) -> None:
    at = link(pdf).A
    for _ in range(120):
        at.Next = pdf.make_indirect(Dictionary(S=Name.URI, URI="https://example.org/"))
        at = at.Next
    at.S = Name.JavaScript


# --- what lies deeper than is looked ---


@fault("unchecked form")
def _(pdf: Any) -> None:
    made = form(pdf, "0 0 9 9 re f")
    for _ in range(30):
        resources = Dictionary(XObject=Dictionary(Fm=made))
        made = form(pdf, "/Fm Do", Resources=resources)
    append(pdf, "/Fm Do")


@fault("unchecked colour space")
def _(pdf: Any) -> None:
    space: Any = Name.DeviceRGB
    for _ in range(12):
        space = pdf.make_indirect(Array([Name.Pattern, space]))
    page(pdf).Resources.ColorSpace = Dictionary(S=space)
    append(pdf, "/S cs")


@fault("unchecked table")
def _(pdf: Any) -> None:
    element(pdf, "TD").A = Dictionary(O=Name.Table, ColSpan=2000, RowSpan=2000)


@fault("transfer pattern")
def _(pdf: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0], C1=[0, 0, 1])
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=function
    )
    pattern = Dictionary(PatternType=2, Shading=shading, ExtGState=Dictionary(TR=Name.Identity))
    page(pdf).Resources.Pattern = Dictionary(P=pattern)
    append(pdf, "/Pattern cs /P scn 0 0 9 9 re f")


# --- names that are not UTF-8 ---


@fault("name-utf8 ink")
def _(pdf: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0], C1=[0, 0, 1])
    ink = pikepdf.Object.parse(b"/Gr#fcn")
    page(pdf).Resources.ColorSpace = Dictionary(
        S=[Name.Separation, ink, Name.DeviceRGB, pdf.make_indirect(function)]
    )
    append(pdf, "/S cs 1 scn 0 0 9 9 re f")


@fault("name-utf8 tag")
def _(pdf: Any) -> None:
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Object.parse(b"<</Question /P /Gr#fcn /P>>")


# --- JPEG 2000 ---


def box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


IHDR = box(b"ihdr", b"\0\0\0\1\0\0\0\1" + b"\0\3" + b"\7\7\0\0")
COLR = box(b"colr", b"\1\0\0\0\0\0\x10")


def jpx(pdf: Any, *boxes: bytes) -> None:
    data = box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    data += box(b"jp2h", b"".join(boxes)) if boxes else b""
    made = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    made.Filter = Name.JPXDecode
    page(pdf).Resources.XObject.Im = made


FAULTS["jpx without a box"] = jpx
FAULTS["jpx without a header"] = lambda pdf: jpx(pdf, COLR)
FAULTS["jpx with a short header"] = lambda pdf: jpx(pdf, box(b"ihdr", bytes(6)), COLR)
FAULTS["jpx without a colour space"] = lambda pdf: jpx(pdf, IHDR)
FAULTS["jpx depths"] = lambda pdf: jpx(pdf, IHDR, box(b"bpcc", b"\7\7\7"), COLR)
for _count in (0, 2, 5):
    FAULTS[f"jpx {_count} channels"] = lambda pdf, n=_count: jpx(
        pdf, IHDR.replace(b"\0\3\7", bytes((0, n, 7))), COLR
    )
FAULTS["device-cmyk jpx"] = lambda pdf: jpx(
    pdf, IHDR.replace(b"\0\3\7", b"\0\4\7"), box(b"colr", b"\1\0\0\0\0\0\x0c")
)
