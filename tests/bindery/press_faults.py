"""Faults of a press file; each is found as its rule alone, but for what else comes of it."""

from typing import Any

import pytest
from press_samples import (
    BLEED,
    FAULTS,
    MM,
    PROFILE,
    SRGB,
    codes,
    draw,
    fault,
    form,
    icc,
    jpeg,
    page,
    picture,
    replace,
    resources,
    text,
    tint,
    xmp,
)  # fmt: skip

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name, String  # noqa: E402


def put(name: str, holder: Any, key: str, value: Any, *also: str) -> None:
    """A fault of one entry; None takes it out."""

    def done(pdf: Any) -> None:
        held = holder(pdf)
        if value is None:
            del held[key]
        else:
            held[key] = value(pdf) if callable(value) else value

    fault(name, *also)(done)


def root(pdf: Any) -> Any:
    return pdf.Root


def intent(pdf: Any) -> Any:
    return pdf.Root.OutputIntents[0]


def info(pdf: Any) -> Any:
    return pdf.trailer.Info


def inner(pdf: Any) -> Any:
    return resources(pdf).Font.F1.DescendantFonts[0]


def drawn(name: str, code: str, *also: str) -> None:
    """A fault of something more that is drawn."""
    fault(name, *also)(lambda pdf: draw(pdf, code))


def profiled(data: bytes, channels: int) -> Any:
    return lambda pdf: pdf.make_stream(data, N=channels)


def annotation(box: list[float], kind: str = "Link", **entries: Any) -> Any:
    return lambda pdf: Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=box, **entries))]
    )  # fmt: skip


ICC = PROFILE.read_bytes()

# --- claims ---
put("metadata", root, "/Metadata", None, "x4-claim", "trapped-once")
fault("metadata-xml", "x4-claim", "trapped-once")(lambda pdf: xmp(pdf, "</rdf:RDF>", ""))
fault("metadata-utf8", "x4-claim", "trapped-once")(
    lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"Sample", b"\xff"))
)
fault("title")(lambda pdf: xmp(pdf, ">Sample<", "><"))
fault("x4-claim")(
    lambda pdf: xmp(pdf, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "")
)
fault("x4-claim older")(lambda pdf: xmp(pdf, ">PDF/X-4<", ">PDF/X-1a:2003<"))
fault("x4-claim external profile")(lambda pdf: xmp(pdf, ">PDF/X-4<", ">PDF/X-4p<"))
for key in (
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
):
    fault(f"x4-metadata {key}")(
        lambda pdf, key=key: xmp(pdf, f"<{key}>", f"<{key}x>") or xmp_end(pdf, key)
    )
fault("x4-metadata class")(lambda pdf: xmp(pdf, ">default<", "><"))
put("trapped unknown", info, "/Trapped", Name.Unknown)
fault("trapped unknown in XMP")(lambda pdf: xmp(pdf, "Trapped>False<", "Trapped>Unknown<"))
put("trapped-differs", info, "/Trapped", Name("/True"))
put("trapped-once", info, "/Trapped", None)


@fault("trapped")
def _(pdf: Any) -> None:
    del info(pdf).Trapped
    xmp(pdf, "<pdf:Trapped>False</pdf:Trapped>", "")


def xmp_end(pdf: Any, key: str) -> None:
    data = pdf.Root.Metadata.read_bytes().decode()
    pdf.Root.Metadata.write(data.replace(f"</{key}>", f"</{key}x>").encode())


put("x4-version", root, "/Version", Name("/2.0"))
put("x4-intent", root, "/OutputIntents", None)
put("x4-intent two", root, "/OutputIntents", lambda pdf: Array([intent(pdf), intent(pdf)]))
put("x4-intent other", intent, "/S", Name.GTS_PDFA1)
put("x4-condition", intent, "/OutputConditionIdentifier", None)
put("x4-profile none", intent, "/DestOutputProfile", None)
put("x4-profile garbage", intent, "/DestOutputProfile", profiled(b"profile" * 99, 4))
put("x4-profile class", intent, "/DestOutputProfile", profiled(ICC[:12] + b"mntr" + ICC[16:], 4))
put("x4-profile space", intent, "/DestOutputProfile", profiled(ICC[:16] + b"Lab " + ICC[20:], 3))
put("x4-profile channels", intent, "/DestOutputProfile", profiled(ICC, 3))
put("x4-profile version", intent, "/DestOutputProfile", profiled(ICC[:8] + b"\5" + ICC[9:], 4))
put("cmyk", intent, "/DestOutputProfile", profiled(ICC[:16] + b"GRAY" + ICC[20:], 1))


@fault("x4-intents-differ")
def _(pdf: Any) -> None:
    other = pdf.make_stream(ICC, N=4)
    pdf.Root.OutputIntents.append(
        Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier="x", DestOutputProfile=other)
    )


put("actions open", root, "/OpenAction", Dictionary(S=Name.Launch, F="x"))
put("actions file", root, "/AA", Dictionary())
put("actions page", page, "/AA", Dictionary())
put(
    "actions script",
    root,
    "/Names",
    Dictionary(JavaScript=Dictionary(Names=["a", Dictionary(S=Name.JavaScript)])),
)
put("actions bookmark", root, "/Outlines", lambda pdf: Dictionary(
    First=pdf.make_indirect(Dictionary(Title="x", A=Dictionary(S=Name.URI, URI="http://example.org/")))))  # fmt: skip
put(
    "actions link",
    page,
    "/Annots",
    annotation([50, 50, 60, 60], A=Dictionary(S=Name.URI)),
    "annotation-in-bleed",
)
put("xfa", root, "/AcroForm", Dictionary(Fields=Array(), XFA="x"))
put("layers", root, "/OCProperties", lambda pdf: Dictionary(
    OCGs=[pdf.make_indirect(Dictionary(Type=Name.OCG, Name="French"))], D=Dictionary()))  # fmt: skip


@fault("embedded-file")
def _(pdf: Any) -> None:
    file = pdf.make_stream(b"x")
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, UF="a.yaml", EF=Dictionary(F=file)))
    pdf.Root.AF = Array([spec])


put("stream-external", lambda pdf: resources(pdf).XObject.Im, "/F", String("x"))

# --- pages ---
put("annotation-in-bleed", page, "/Annots", annotation([290, 50, 305, 60], "Square"))
put("annotation", page, "/Annots", annotation([0, 0, 5, 5], "Square"))
put("trim-box none", page, "/TrimBox", None)
put("trim-box both", page, "/ArtBox", [30, 30, 290, 390])
put("box-nesting", page, "/BleedBox", [30, 5, 310, 410], "bleed-box")
put("box-nesting media", page, "/BleedBox", [0, 0, 321, 420])
put("crop-box", page, "/CropBox", [15, 15, 310, 410])
put("user-unit", page, "/UserUnit", 1.5, "resolution-good")


@fault("trim-size")
def _(pdf: Any) -> None:
    for side in (280, 280, 290):
        added = pdf.add_blank_page(page_size=(320, 420)).obj
        added.TrimBox = Array([20, 20, 20 + side, 400])


put("bleed-box", page, "/BleedBox", [18, 10, 302, 410])
fault("bleed-missing")(lambda pdf: replace(pdf, "5 5 310 410 re", "5 5 296 410 re"))
fault("bleed-missing upper")(lambda pdf: replace(pdf, "5 5 310 410 re", "5 5 310 396 re"))
drawn("bleed-missing line", "2 w 0 0 0 1 K 100 200 m 300 200 l S")
drawn("bleed-missing picture", "30 0 0 30 20 200 cm /Im Do", "resolution-good")
drawn("bleed-missing clip", "20 100 50 50 re W n 0 0 0 1 k 0 0 320 420 re f")

# --- colours ---
drawn("rgb", "1 0 0 rg 50 50 9 9 re f")
drawn("rgb white", "1 1 1 rg 50 50 9 9 re f")
drawn("rgb line", "1 0 0 RG 50 50 m 90 90 l S")
drawn("rgb text", text(12, before="/Over gs 0 0 0 rg"))
drawn("rgb inline", "q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")


@fault("rgb calibrated")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    draw(pdf, "/C cs 1 0 0 scn 50 50 9 9 re f")


@fault("rgb indexed")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")])
    draw(pdf, "/C cs 1 scn 50 50 9 9 re f")


@fault("rgb ink")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = Array(
        [Name.Separation, Name.Gold, Name.DeviceRGB, tint(1, 0.8, 0)]
    )
    draw(pdf, "/C cs 1 scn 50 50 9 9 re f")


@fault("rgb form")
def _(pdf: Any) -> None:
    form(pdf, "0 1 0 rg 50 50 9 9 re f")
    draw(pdf, "/Fm Do")


@fault("rgb pattern")
def _(pdf: Any) -> None:
    resources(pdf).Pattern.P = pdf.make_stream(
        b"1 0 0 rg 0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9,
        Resources=Dictionary(),
    )  # fmt: skip
    draw(pdf, "/Pattern cs /P scn 50 50 90 90 re f")


@fault("rgb shading pattern")
def _(pdf: Any) -> None:
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=tint(1, 1, 0)
    )
    resources(pdf).Pattern.P = pdf.make_indirect(Dictionary(PatternType=2, Shading=shading))
    draw(pdf, "/Pattern cs /P scn 50 50 90 90 re f")


@fault("rgb picture")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Rg = picture(pdf, bytes(30000), 100, 100, Name.DeviceRGB)
    draw(pdf, "24 0 0 24 60 150 cm /Rg Do")


@fault("rgb mask", "transparency")
def _(pdf: Any) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    form(pdf, "1 0 0 rg 0 0 99 99 re f", Group=group)
    mask = Dictionary(S=Name.Luminosity, G=resources(pdf).XObject.Fm)
    resources(pdf).ExtGState.M = Dictionary(SMask=mask)
    draw(pdf, "/M gs")


@fault("rgb shading", "bleed-missing")
def _(pdf: Any) -> None:
    resources(pdf).Shading.Sh = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=tint(1, 1, 0)
    )
    draw(pdf, "20 20 90 90 re W n /Sh sh")


@fault("rgb-picture")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Rg = picture(pdf, bytes(30000), 100, 100, icc(pdf, SRGB, 3))
    draw(pdf, "24 0 0 24 60 150 cm /Rg Do")


@fault("rgb-profile")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = icc(pdf, SRGB, 3)
    draw(pdf, "/C cs 1 0 0 scn 50 50 9 9 re f")


@fault("rgb-profile default")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.DefaultRGB = icc(pdf, SRGB, 3)
    draw(pdf, "1 0 0 rg 50 50 9 9 re f")


@fault("lab")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    draw(pdf, "/C cs 50 20 20 scn 50 50 9 9 re f")


put("blend-page", page, "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))


@fault("blend-group", "transparency")
def _(pdf: Any) -> None:
    form(pdf, "0 0 0 1 k 50 50 9 9 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    draw(pdf, "/Fm Do")


@fault("blend-group mask", "transparency")
def _(pdf: Any) -> None:
    form(pdf, "0 g", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    resources(pdf).ExtGState.M = Dictionary(
        SMask=Dictionary(S=Name.Luminosity, G=resources(pdf).XObject.Fm)
    )
    draw(pdf, "/M gs")


for word, entries in (
    ("fill", {"ca": 0.5}),
    ("line", {"CA": 0.5}),
    ("mode", {"BM": Name.Multiply}),
):

    @fault(f"transparency {word}")
    def _(pdf: Any, entries: Any = entries) -> None:
        resources(pdf).ExtGState.T = Dictionary(**entries)
        draw(pdf, "/T gs")


@fault("transparency picture")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Im.SMask = picture(pdf, bytes(10000), 100, 100, Name.DeviceGray)


def spot(name: str, *inks: float) -> Any:
    return Array(
        [Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint(*inks or (0, 0.5, 1, 0))]
    )


@fault("separation-differs")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.A, resources(pdf).ColorSpace.B = (
        spot("Gold"),
        spot("Gold", 0, 0.4, 1, 0),
    )
    draw(pdf, "/A cs 1 scn 50 50 9 9 re f /B cs 1 scn 50 50 9 9 re f")


@fault("separation-differs in DeviceN")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.A = spot("Gold")
    attributes = Dictionary(Colorants=Dictionary(Gold=spot("Gold", 0, 0.4, 1, 0)))
    resources(pdf).ColorSpace.B = Array(
        [
            Name.DeviceN,
            Array([Name.Gold, Name.Black]),
            Name.DeviceCMYK,
            tint(0, 0, 0, 1, n=2),
            attributes,
        ]
    )
    draw(pdf, "/A cs 1 scn 50 50 9 9 re f /B cs 1 0 scn 50 50 9 9 re f")


@fault("ink-names")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.A, resources(pdf).ColorSpace.B = spot("Warm Gold"), spot("warm-gold")
    draw(pdf, "/A cs 1 scn 50 50 9 9 re f /B cs 1 scn 50 50 9 9 re f")


@fault("ink-all")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.A = spot("All", 1, 1, 1, 1)
    draw(pdf, "/A cs 0.5 scn 50 50 9 9 re f")


@fault("icc-profile")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = Array([Name.ICCBased, pdf.make_stream(b"no profile", N=4)])
    draw(pdf, "/C cs 0 0 0 0.5 scn 50 50 9 9 re f")


@fault("icc-overprint")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = icc(pdf, PROFILE, 4)
    draw(pdf, "/Over gs /C cs 0 0 0 0.5 scn 50 50 9 9 re f")


# --- ink ---
drawn("ink-colour", "1 1 0.9 0.2 k 50 50 9 9 re f")
drawn("ink-colour line", "1 1 0.9 0.2 K 50 50 m 90 90 l S")
drawn("ink-colour text", text(12, before="/Over gs 1 1 0.9 0.2 k"))


@fault("ink-colour inks")
def _(pdf: Any) -> None:
    inks = Array([Name(f"/{ink}") for ink in ("Cyan", "Magenta", "Yellow", "Gold")])
    resources(pdf).ColorSpace.A = Array(
        [Name.DeviceN, inks, Name.DeviceCMYK, tint(0, 0, 0, 1, n=4)]
    )
    draw(pdf, "/A cs 1 1 1 1 scn 50 50 9 9 re f")


DARK = bytes([255, 255, 255, 40])


@fault("ink-picture")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Im.write(bytes([90]) * 39996 + DARK)


@fault("ink-picture decode")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Im.write(bytes([200]) * 39996 + bytes([0, 0, 0, 215]))
    resources(pdf).XObject.Im.Decode = Array([1, 0] * 4)


@fault("ink-picture JPEG")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Im.write(jpeg((255, 255, 255, 40)), filter=Name.DCTDecode)
    resources(pdf).XObject.Im.Decode = Array([1, 0] * 4)


@fault("ink-picture table")
def _(pdf: Any) -> None:
    space = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(DARK + bytes(4))])
    resources(pdf).XObject.Im = picture(pdf, bytes([1]) * 9999 + b"\0", 100, 100, space)


@fault("ink-picture inks")
def _(pdf: Any) -> None:
    inks = Array([Name(f"/{ink}") for ink in ("Cyan", "Magenta", "Yellow", "Gold")])
    space = Array([Name.DeviceN, inks, Name.DeviceCMYK, tint(0, 0, 0, 1, n=4)])
    resources(pdf).XObject.Im = picture(pdf, bytes(39996) + DARK, 100, 100, space)


drawn("overprint-white", "/Over gs 0 0 0 0 k 50 50 9 9 re f")
drawn("overprint-white line", "/Over gs 0 0 0 0 K 50 50 m 90 90 l S")
drawn("overprint-white text", text(12, before="/Over gs 0 0 0 0 k"))


@fault("overprint-white ink")
def _(pdf: Any) -> None:
    resources(pdf).ExtGState.Zero = Dictionary(OP=True, op=True, OPM=0)
    resources(pdf).ColorSpace.A = spot("Gold")
    draw(pdf, "/Zero gs /A cs 0 scn 50 50 9 9 re f")


drawn("overprint-spot", "/Over gs 1 g 50 50 9 9 re f")


@fault("overprint-spot mode")
def _(pdf: Any) -> None:
    resources(pdf).ExtGState.Zero = Dictionary(OP=True, op=True, OPM=0)
    draw(pdf, "/Zero gs 0 0 0 0 k 50 50 9 9 re f")


drawn("black-knockout", text(12, before="/Under gs 0 0 0 1 k"))
drawn("black-knockout grey", text(12, before="/Under gs 0 g"))

# --- lines, text, pictures ---
drawn("hairline", "0.2 w 0 0 0 1 K 50 50 m 90 90 l S")
drawn("hairline none", "0 w 0 0 0 1 K 50 50 m 90 90 l S")
drawn("hairline scaled", "0.1 0 0 0.1 0 0 cm 2 w 0 0 0 1 K 500 500 m 900 900 l S")
drawn("hairline one way", "1 0 0 0.1 0 0 cm 2 w 0 0 0 1 K 50 500 m 90 500 l S")
drawn("hairline filled", "0 0 0 1 k 50 50 90 0.1 re f")
drawn("hairline filled turned", "0 1 -1 0 200 0 cm 0 0 0 1 k 50 50 90 0.1 re f")


@fault("hairline state")
def _(pdf: Any) -> None:
    resources(pdf).ExtGState.Thin = Dictionary(LW=0.1)
    draw(pdf, "/Thin gs 0 0 0 1 K 50 50 m 90 90 l S")


@fault("hairline form")
def _(pdf: Any) -> None:
    form(pdf, "1 w 0 0 0 1 K 50 50 m 90 90 l S", Matrix=[0.2, 0, 0, 0.2, 50, 50])
    draw(pdf, "/Fm Do")


drawn("text-small", text(4.9))
drawn("text-small matrix", f"/Over gs 0 0 0 1 k BT /F1 1 Tf 4 0 0 4 50 50 Tm {codes('a')} Tj ET")
drawn(
    "text-small turned", f"/Over gs 0 0 0 1 k BT /F1 1 Tf 0 4 -4 0 50 50 Tm [{codes('a')} -9] TJ ET"
)
drawn(
    "text-small scaled",
    f"/Over gs 0 0 0 1 k 0.4 0 0 0.4 0 0 cm BT /F1 12 Tf 90 90 Td {codes('a')} Tj ET",
)
drawn("text-reversed", text(6, before="0 0 0 0 k"))
drawn("text-inks", text(6, before="/Over gs 0 0.5 0 1 k"))


@fault("text-inks RGB", "rgb-profile")
def _(pdf: Any) -> None:
    resources(pdf).ColorSpace.C = icc(pdf, SRGB, 3)
    draw(pdf, text(6, before="/C cs 0 0 0 scn"))


drawn("resolution-least", "60 0 0 60 60 100 cm /Im Do")
drawn("resolution-good", "30 0 0 30 60 150 cm /Im Do")
drawn("resolution-most", "12 0 0 12 60 150 cm /Im Do")
drawn("resolution-least one way", "24 0 0 60 60 100 cm /Im Do")
drawn("resolution-least turned", "0 60 -60 0 160 100 cm /Im Do")


@fault("resolution-least form")
def _(pdf: Any) -> None:
    form(pdf, "10 0 0 10 10 10 cm /Im Do", Matrix=[6, 0, 0, 6, 0, 0])
    draw(pdf, "/Fm Do")


@fault("resolution-least bits")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Bi = picture(
        pdf, bytes(1300), 100, 100, Name.DeviceGray, BitsPerComponent=1
    )
    draw(pdf, "24 0 0 24 60 150 cm /Bi Do")


@fault("resolution-least stencil")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Bi = pdf.make_stream(
        bytes(1300),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        BitsPerComponent=1,
        ImageMask=True,
    )
    draw(pdf, "24 0 0 24 60 150 cm /Bi Do")


@fault("resolution-least mask", "transparency")
def _(pdf: Any) -> None:
    resources(pdf).XObject.Im.SMask = picture(pdf, bytes(400), 20, 20, Name.DeviceGray)


drawn("resolution-least inline", "q 90 0 0 90 50 50 cm BI /W 4 /H 2 /BPC 8 /CS /G ID abcdefgh EI Q")


@fault("alternates")
def _(pdf: Any) -> None:
    other = Dictionary(Image=resources(pdf).XObject.Im, DefaultForPrinting=True)
    resources(pdf).XObject.Im.Alternates = Array([other])


put("image-opi", lambda pdf: resources(pdf).XObject.Im, "/OPI", Dictionary())


@fault("form-reference")
def _(pdf: Any) -> None:
    form(pdf, "", Ref=Dictionary(F="other.pdf", Page=0))
    draw(pdf, "/Fm Do")


@fault("form-postscript")
def _(pdf: Any) -> None:
    form(pdf, "showpage", Subtype=Name.PS)
    draw(pdf, "/Fm Do")


for word, entries in (("", {"TR": Name.Identity}), (" 2", {"TR2": Name.Identity})):

    @fault(f"transfer{word}")
    def _(pdf: Any, entries: Any = entries) -> None:
        resources(pdf).ExtGState.T = Dictionary(**entries)
        draw(pdf, "/T gs")


@fault("halftone")
def _(pdf: Any) -> None:
    resources(pdf).ExtGState.T = Dictionary(HT=Dictionary(HalftoneType=1, HalftoneName=String("x")))
    draw(pdf, "/T gs")


# --- content and fonts ---
drawn("operator", "frobnicate")
drawn("operand", "1 0 0 cm")
drawn("operand number", "1-2 w")
drawn("resource form", "/No Do")
drawn("resource space", "/No cs")
drawn("resource font", "BT /No 9 Tf ET")
drawn("resource state", "/No gs")
put("font-type", lambda pdf: resources(pdf).Font.F1, "/Subtype", Name.Type9, "font-embedded")
put("font-embedded", lambda pdf: inner(pdf).FontDescriptor, "/FontFile2", None)
put(
    "font-file",
    lambda pdf: inner(pdf).FontDescriptor,
    "/FontFile2",
    lambda pdf: pdf.make_stream(b"\0\1\0\0font"),
)
put("glyph-width", inner, "/W", Array([1, Array([9] * 55)]))
put("notdef", inner, "/CIDToGIDMap", lambda pdf: pdf.make_stream(bytes(200)))
put("glyph-missing", inner, "/CIDToGIDMap", lambda pdf: pdf.make_stream(b"\x0f\xff" * 100))


@fault("font-embedded standard")
def _(pdf: Any) -> None:
    resources(pdf).Font.F2 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    draw(pdf, "/Over gs 0 0 0 1 k BT /F2 9 Tf 50 50 Td (Hello) Tj ET")


assert FAULTS and BLEED and MM
