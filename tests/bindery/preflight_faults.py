"""Faults of a file, its catalogue, metadata, colours and content; each is found as its rule alone."""

from collections.abc import Callable
from typing import Any

import pytest
from preflight_samples import (
    PDFUA,
    XMP,
    codes,
    profile,
)
from preflight_spoiling import (
    BYTES,
    FAULTS,
    append,
    element,
    fault,
    font,
    form,
    inner,
    link,
    page,
    put,
    replace,
    root,
    state,
    xmp,
)

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name, String  # noqa: E402

SIMPLE: tuple[tuple[str, Callable[[Any], Any], str, Any], ...] = (
    ("marked", lambda pdf: pdf.Root.MarkInfo, "/Marked", False),
    ("suspects", lambda pdf: pdf.Root.MarkInfo, "/Suspects", True),
    ("display-title", root, "/ViewerPreferences", None),
    ("document-lang", root, "/Lang", None),
    ("lang-form document", root, "/Lang", lambda: String("en_GB")),
    ("lang-form element", lambda pdf: element(pdf, "P"), "/Lang", lambda: String("English")),
    ("additional-actions catalogue", root, "/AA", Dictionary()),
    ("additional-actions page", page, "/AA", Dictionary()),
    ("needs-rendering", root, "/NeedsRendering", True),
    ("requirements", root, "/Requirements", Array()),
    ("alternate-presentations", lambda pdf: pdf.Root.Names, "/AlternatePresentations", Dictionary()),
    ("action-type open", root, "/OpenAction", Dictionary(S=Name.Launch, F="x")),
    ("action-type link", lambda pdf: link(pdf).A, "/Next", Dictionary(S=Name.JavaScript, JS="x")),
    ("action-named", link, "/A", Dictionary(S=Name.Named, N=Name.Print)),
    ("need-appearances", root, "/AcroForm", Dictionary(Fields=Array(), NeedAppearances=True)),
    ("xfa", root, "/AcroForm", Dictionary(Fields=Array(), XFA="x")),
    ("metadata", root, "/Metadata", None),
    ("figure-alt", lambda pdf: element(pdf, "Figure"), "/Alt", None),
    ("figure-alt blank", lambda pdf: element(pdf, "Figure"), "/Alt", "  "),
    ("alt-says-nothing", lambda pdf: element(pdf, "Figure"), "/Alt", "Image"),
    ("alt-says-nothing file", lambda pdf: element(pdf, "Figure"), "/Alt", "IMG_0012.jpg"),
    ("heading-first", lambda pdf: element(pdf, "H1"), "/S", Name.H2),
    ("heading-skipped", lambda pdf: element(pdf, "H2"), "/S", Name.H3),
    ("heading-mixed", lambda pdf: element(pdf, "H2"), "/S", Name.H),
    ("role-unmapped", lambda pdf: element(pdf, "P"), "/S", Name.Answer),
    ("role-unmapped none", lambda pdf: pdf.Root.StructTreeRoot, "/RoleMap", None),
    ("role-circle", lambda pdf: pdf.Root.StructTreeRoot.RoleMap, "/Question", Name.Question),
    ("role-remapped", lambda pdf: pdf.Root.StructTreeRoot.RoleMap, "/P", Name.Question),
    ("tree-parent none", lambda pdf: element(pdf, "P"), "/P", None),
    ("parent-next-key", lambda pdf: pdf.Root.StructTreeRoot, "/ParentTreeNextKey", 1),
    ("note-id", lambda pdf: element(pdf, "Note"), "/ID", None),
    ("table-header", lambda pdf: element(pdf, "TH"), "/A", None),
    ("table-spans", lambda pdf: element(pdf, "TD"), "/A", Dictionary(O=Name.Table, ColSpan=2)),
    ("tabs", page, "/Tabs", None),
    ("page-steps", page, "/PresSteps", Dictionary()),
    ("page-size", page, "/TrimBox", [0, 0, 2, 2]),
    ("page-boxes", page, "/BleedBox", [0, 0, 500, 300]),
    ("link-contents", link, "/Contents", None),
    ("annotation-flags", link, "/F", 0),
    ("annotation-flags hidden", link, "/F", 36),
    ("lang-form link", link, "/Lang", lambda: String("x_y")),
    ("font-embedded", lambda pdf: inner(pdf).FontDescriptor, "/FontFile2", None),
    ("cid-to-gid", inner, "/CIDToGIDMap", None),
    ("to-unicode", font, "/ToUnicode", None),
    ("cmap", font, "/Encoding", Name("/Fancy-H")),
    ("font-type", inner, "/Subtype", Name.CIDFontType9),
    ("image-interpolate", lambda pdf: page(pdf).Resources.XObject.Im, "/Interpolate", True),
    ("image-alternates", lambda pdf: page(pdf).Resources.XObject.Im, "/Alternates", Array()),
    ("image-opi", lambda pdf: page(pdf).Resources.XObject.Im, "/OPI", Dictionary()),
    ("image-bits", lambda pdf: page(pdf).Resources.XObject.Im, "/BitsPerComponent", 3),
    ("rendering-intent image", lambda pdf: page(pdf).Resources.XObject.Im, "/Intent", Name.Nice),
    ("device-cmyk", lambda pdf: page(pdf).Resources.XObject.Im, "/ColorSpace", Name.DeviceCMYK),
    ("file-type", lambda pdf: pdf.Root.AF[0].EF.F, "/Subtype", None),
    ("file-names", lambda pdf: pdf.Root.AF[0], "/UF", None),
    ("file-relationship", lambda pdf: pdf.Root.AF[0], "/AFRelationship", None),
    ("file-unassociated", root, "/AF", None),
    ("stream-external", lambda pdf: pdf.Root.AF[0].EF.F, "/F", "elsewhere"),
    ("permissions", root, "/Perms", Dictionary(Other=Dictionary())),
    ("limit-name", root, "/Long", Name("/" + "x" * 128)),
    ("limit-string", root, "/Long", "x" * 40_000),
    ("limit-number", root, "/Long", 1 << 40),
)  # fmt: skip
for _name, _holder, _key, _value in SIMPLE:
    FAULTS[_name] = lambda pdf, h=_holder, k=_key, v=_value: put(pdf, h, k, v)


@fault("scripts")
def _(pdf: Any) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=["x", Dictionary(S=Name.JavaScript, JS="1")])


@fault("struct-tree")
def _(pdf: Any) -> None:
    del pdf.Root.StructTreeRoot
    del page(pdf).StructParents
    del page(pdf).Annots
    page(pdf).Contents.write(b"/Artifact BMC 0 g 0 0 9 9 re f EMC")


@fault("field-actions")
def _(pdf: Any) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="a", AA=Dictionary()))
    pdf.Root.AcroForm = Dictionary(Fields=[field])


@fault("signature-range")
def _(pdf: Any) -> None:
    value = Dictionary(Type=Name.Sig, ByteRange=[0, 10, 20, 10], Contents=b"x")
    pdf.Root.AcroForm = Dictionary(
        Fields=[pdf.make_indirect(Dictionary(FT=Name.Sig, T="a", V=value))]
    )


def _layers(pdf: Any, **entries: Any) -> Any:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
    entries = {"Name": "All", "Order": [layer]} | entries
    pdf.Root.OCProperties = Dictionary(
        OCGs=[layer], D=Dictionary({f"/{k}": v for k, v in entries.items()})
    )
    return layer


FAULTS["layer-name"] = lambda pdf: _layers(pdf, Name="")
FAULTS["layer-order"] = lambda pdf: _layers(pdf, Order=Array())
FAULTS["layer-usage"] = lambda pdf: _layers(pdf, AS=Array())

FAULTS["metadata-xml"] = lambda pdf: pdf.Root.Metadata.write(b"<x")
FAULTS["metadata-xml entities"] = lambda pdf: pdf.Root.Metadata.write(
    b'<!DOCTYPE x [<!ENTITY a "b">]>' + XMP.encode()
)
FAULTS["metadata-packet"] = lambda pdf: xmp(pdf, 'W5M0MpCehiHzreSzNTczkc9d"?>', 'x" bytes="9"?>')
FAULTS["metadata-packet encoding"] = lambda pdf: xmp(
    pdf, 'W5M0MpCehiHzreSzNTczkc9d"?>', 'x" encoding="UTF-8"?>'
)
FAULTS["metadata-utf8"] = lambda pdf: pdf.Root.Metadata.write(XMP.encode("utf-16"))
FAULTS["xmp-undeclared"] = lambda pdf: xmp(
    pdf, "<pdfuaid:part>", "<pdf:Trapped>True</pdf:Trapped><pdfuaid:part>"
)
FAULTS["xmp-undeclared schema"] = lambda pdf: xmp(
    pdf, "<pdfaSchema:namespaceURI>" + PDFUA, "<pdfaSchema:namespaceURI>" + PDFUA + "x"
)
FAULTS["xmp-type"] = lambda pdf: xmp(
    pdf, "<rdf:Seq><rdf:li>A. Author</rdf:li></rdf:Seq>", "A. Author"
)
FAULTS["xmp-type date"] = lambda pdf: xmp(pdf, "2026-01-02T03:04:05Z", "2026-01-02 03:04")
FAULTS["xmp-extension"] = lambda pdf: xmp(
    pdf, "<pdfaProperty:category>internal</pdfaProperty:category>", ""
)
FAULTS["info-differs"] = lambda pdf: put(pdf, lambda pdf: pdf.trailer.Info, "/Title", "Other")
FAULTS["info-differs date"] = lambda pdf: put(
    pdf, lambda pdf: pdf.trailer.Info, "/CreationDate", "D:2025"
)
FAULTS["pdfa-claim"] = lambda pdf: xmp(
    pdf, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", ""
)
FAULTS["pdfa-part"] = lambda pdf: xmp(pdf, "<pdfaid:conformance>A", "<pdfaid:conformance>B")
FAULTS["ua-claim"] = lambda pdf: xmp(pdf, "<pdfuaid:part>1</pdfuaid:part>", "")
FAULTS["ua-part"] = lambda pdf: xmp(pdf, "<pdfuaid:part>1", "<pdfuaid:part>2")
FAULTS["claim-prefix"] = lambda pdf: xmp(
    pdf,
    "<pdfuaid:part>1</pdfuaid:part>",
    f'<ua:part xmlns:ua="{PDFUA}">1</ua:part>',
)
FAULTS["title"] = lambda pdf: (
    xmp(
        pdf,
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sample</rdf:li></rdf:Alt></dc:title>',
        "",
    ),
    put(pdf, lambda pdf: pdf.trailer.Info, "/Title", None),
)


def _intent(pdf: Any, data: bytes, channels: int = 3) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(data, N=channels)


FAULTS["intent-profile"] = lambda pdf: _intent(pdf, profile()[:12] + b"abst" + profile()[16:])
FAULTS["intent-profile channels"] = lambda pdf: _intent(pdf, profile(), 4)
FAULTS["intent-profile version"] = lambda pdf: _intent(pdf, profile()[:8] + b"\5" + profile()[9:])
FAULTS["intent-profile none"] = lambda pdf: (
    _no_colour(pdf),
    put(pdf, lambda pdf: pdf.Root.OutputIntents[0], "/DestOutputProfile", None),
)


def _no_colour(pdf: Any) -> None:
    """Everything in a colour of its own, so that no output intent is needed."""
    space = Array([Name.ICCBased, pdf.make_stream(profile(), N=3)])
    page(pdf).Resources.ColorSpace = Dictionary(DefaultRGB=space, S=space)
    replace(pdf, "/Artifact", "/S cs 0 0 0 scn /Artifact")


@fault("intents-differ")
def _(pdf: Any) -> None:
    other = Dictionary(pdf.Root.OutputIntents[0])
    other.S, other.DestOutputProfile = Name.GTS_PDFX, pdf.make_stream(profile(), N=3)
    pdf.Root.OutputIntents.append(other)


@fault("intent-reference")
def _(pdf: Any) -> None:
    pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFX, DestOutputProfileRef=Dictionary()))


def _icc(pdf: Any, data: bytes, channels: int) -> None:
    page(pdf).Resources.ColorSpace = Dictionary(
        S=[Name.ICCBased, pdf.make_stream(data, N=channels)]
    )
    append(pdf, "/S cs 0 0 9 9 re f")


FAULTS["icc-profile"] = lambda pdf: _icc(pdf, b"no profile", 3)
FAULTS["icc-profile link"] = lambda pdf: _icc(pdf, profile()[:12] + b"link" + profile()[16:], 3)


@fault("icc-overprint")
def _(pdf: Any) -> None:
    page(pdf).Resources.ExtGState = Dictionary(G=Dictionary(OP=True, OPM=1))
    data = profile()[:12] + b"prtrCMYK" + profile()[20:]
    page(pdf).Resources.ColorSpace = Dictionary(S=[Name.ICCBased, pdf.make_stream(data, N=4)])
    append(pdf, "q /G gs /S cs 0 0 9 9 re f Q")


@fault("device-rgb")
def _(pdf: Any) -> None:
    data = bytearray(profile())
    data[16:20] = b"GRAY"
    _intent(pdf, bytes(data), 1)


FAULTS["device-cmyk text"] = lambda pdf: append(pdf, f"0 0 0 1 k BT /F1 9 Tf {codes('a')} Tj ET")
FAULTS["device-cmyk line"] = lambda pdf: append(pdf, "0 0 0 1 K 0 0 m 9 9 l S")
FAULTS["device-cmyk inline"] = lambda pdf: append(pdf, "BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd\nEI")


@fault("device-cmyk shading")
def _(pdf: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 0, 0, 1])
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=function
    )
    page(pdf).Resources.Shading = Dictionary(S=shading)
    append(pdf, "/S sh")


@fault("device-cmyk separation")
def _(pdf: Any) -> None:
    function = pdf.make_indirect(
        Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 1, 0, 0])
    )
    page(pdf).Resources.ColorSpace = Dictionary(
        S=[Name.Separation, Name.Ink, Name.DeviceCMYK, function]
    )
    append(pdf, "/S cs 1 scn 0 0 9 9 re f")


@fault("device-cmyk pattern")
def _(pdf: Any) -> None:
    cell = pdf.make_stream(
        b"0 0 0 1 k 0 0 5 5 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=[0, 0, 9, 9], XStep=9, YStep=9, Resources=Dictionary(),
    )  # fmt: skip
    page(pdf).Resources.Pattern = Dictionary(P=cell)
    append(pdf, "/Pattern cs /P scn 0 0 9 9 re f")


@fault("device-gray")
def _(pdf: Any) -> None:
    _no_colour(pdf)
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX
    append(pdf, "0 g 0 0 9 9 re f")


@fault("limit-inks")
def _(pdf: Any) -> None:
    names = [Name(f"/Ink{n}") for n in range(33)]
    function = pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0], C1=[1]))
    ink = Array([Name.Separation, Name.Ink, Name.DeviceGray, function])
    described = Dictionary({str(name): ink for name in names})
    space = [Name.DeviceN, Array(names), Name.DeviceGray, function, Dictionary(Colorants=described)]
    page(pdf).Resources.ColorSpace = Dictionary(S=space)
    append(pdf, "/S cs 0 0 9 9 re f")


@fault("colorants")
def _(pdf: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0], C1=[1])
    page(pdf).Resources.ColorSpace = Dictionary(
        S=[Name.DeviceN, [Name.Gold], Name.DeviceGray, pdf.make_indirect(function)]
    )
    append(pdf, "/S cs 1 scn 0 0 9 9 re f")


@fault("separation-differs")
def _(pdf: Any) -> None:
    spaces = {}
    for name, end in (("/S", 1), ("/T", 0.5)):
        function = pdf.make_indirect(
            Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0], C1=[end])
        )
        spaces[name] = Array([Name.Separation, Name.Gold, Name.DeviceGray, function])
    page(pdf).Resources.ColorSpace = Dictionary(spaces)
    append(pdf, "/S cs 1 scn 0 0 9 9 re f /T cs 1 scn 0 0 9 9 re f")


FAULTS["transfer"] = lambda pdf: state(pdf, TR=Name.Identity)
FAULTS["transfer 2"] = lambda pdf: state(pdf, TR2=Name.Identity)
FAULTS["halftone"] = lambda pdf: state(pdf, HTP=[0, 0])
FAULTS["halftone type"] = lambda pdf: state(pdf, HT=Dictionary(HalftoneType=6))
FAULTS["blend-mode"] = lambda pdf: state(pdf, BM=Name.Plus)
FAULTS["rendering-intent state"] = lambda pdf: state(pdf, RI=Name.Nice)
FAULTS["rendering-intent"] = lambda pdf: append(pdf, "/Nice ri")
FAULTS["operator"] = lambda pdf: append(pdf, "1 2 foo")
FAULTS["metadata-xml twice"] = lambda pdf: xmp(
    pdf, "<pdf:Producer>", "<pdf:Producer>tests</pdf:Producer><pdf:Producer>"
)
FAULTS["device-cmyk set"] = lambda pdf: append(pdf, "0 0 0 1 k")
FAULTS["operand"] = lambda pdf: append(pdf, "Tr")
FAULTS["operator sign"] = lambda pdf: append(pdf, "}")
FAULTS["resource"] = lambda pdf: append(pdf, "/Nothing Do")
FAULTS["resource font"] = lambda pdf: append(pdf, "BT /F9 9 Tf ET")
FAULTS["states"] = lambda pdf: append(pdf, "Q")
FAULTS["states open"] = lambda pdf: append(pdf, "q")
FAULTS["limit-nesting"] = lambda pdf: append(pdf, "q " * 29 + "Q " * 29)
FAULTS["hex-string content"] = lambda pdf: append(pdf, "BT /F1 9 Tf <00010> Tj ET")
FAULTS["inline-filter"] = lambda pdf: append(pdf, "BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID ab\nEI")
FAULTS["image-interpolate inline"] = lambda pdf: append(
    pdf, "BI /W 1 /H 1 /BPC 8 /CS /G /I true ID a\nEI"
)


@fault("page-group")
def _(pdf: Any) -> None:
    _no_colour(pdf)
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX
    state(pdf, ca=0.5)


FAULTS["form-reference"] = lambda pdf: (form(pdf, "", Ref=Dictionary()), append(pdf, "/Fm Do"))
FAULTS["form-postscript"] = lambda pdf: (form(pdf, "", PS=Dictionary()), append(pdf, "/Fm Do"))
FAULTS["form-postscript object"] = lambda pdf: (
    form(pdf, "", Subtype=Name.PS),
    append(pdf, "/Fm Do"),
)
FAULTS["resource form"] = lambda pdf: (
    form(pdf, f"BT /F1 9 Tf {codes('a')} Tj ET"),
    append(pdf, "/Fm Do"),
)


@fault("output-intent")
def _(pdf: Any) -> None:
    _no_colour(pdf)
    del pdf.Root.OutputIntents


BYTES["stream-filter"] = lambda data: data.replace(
    b"/Type /EmbeddedFile", b"/Filter /LZWDecode /Type /EmbeddedFile", 1
)
BYTES["header"] = lambda data: data.replace(b"%PDF-1.7", b"%PDF-2.0", 1)
BYTES["header-comment"] = lambda data: data.replace(data[9:15], b"%abcd\n", 1)
BYTES["file-id"] = lambda data: data.replace(b"/ID [", b"/Ix [")
BYTES["after-end"] = lambda data: data + b"more\n"
BYTES["xref-spacing"] = lambda data: data.replace(b"\nxref\n0", b"\nxref 0", 1)
BYTES["stream-length"] = lambda data: data.replace(b"/Length 14", b"/Length 10", 1)
BYTES["stream-keywords"] = lambda data: data.replace(
    b"title: Sample\n\nendstream", b"title: Sample\n endstream", 1
)
BYTES["object-spacing"] = lambda data: data.replace(b"\n1 0 obj\n", b"\n1 0 obj ", 1)
BYTES["hex-string"] = lambda data: data.replace(b"(https://example.org/)", b"<6162636>", 1)


@fault("resource-inherited")
def _(pdf: Any) -> None:
    pdf.Root.Pages.Resources = page(pdf).Resources
    del page(pdf).Resources


@fault("resource-inherited form")
def _(pdf: Any) -> None:
    del form(pdf, "/Im Do").Resources
    append(pdf, "/Fm Do")


@fault("file-relationship without a file")
def _(pdf: Any) -> None:
    pdf.Root.AF.append(Dictionary(Type=Name.Filespec, F="x"))
