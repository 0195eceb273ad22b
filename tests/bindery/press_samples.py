"""A small page that lacks nothing of PDF/X-4 and of a press, made with pikepdf alone, and ways to spoil it.

The trim is 280 × 380 points with its corner at 20, 20, and has 3 mm of bleed on all sides.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from preflight_samples import _font, codes, written

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name, String  # noqa: E402

MM = 72 / 25.4
PROFILE = Path(__file__).parents[2] / "layout/plates/profiles/FOGRA39L_coated.icc"
SRGB = PROFILE.with_name("sRGB.icc")
TRIM = [20, 20, 300, 400]
BLEED = [20 - 3 * MM, 20 - 3 * MM, 300 + 3 * MM, 400 + 3 * MM]

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sample</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-01-02T03:04:05Z</xmp:CreateDate>
<xmp:ModifyDate>2026-01-02T03:04:05Z</xmp:ModifyDate>
<xmp:MetadataDate>2026-01-02T03:04:05Z</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:0</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

CONTENT = f"""0.1 0.2 0 0 k 5 5 310 410 re f
q 24 0 0 24 60 200 cm /Im Do Q
0 0 0 1 k 0 0 0 1 K 0.5 w 40 100 m 200 100 l S
/Over gs BT /F1 10 Tf 40 300 Td {codes("Title")} Tj ET /Under gs"""


def tint(*inks: float, n: int = 1) -> Any:
    """A function of the density of an ink, or the first of several, in full as the inks are."""
    return Dictionary(
        FunctionType=2, N=1, Domain=[0, 1] * n, C0=[0.0] * len(inks), C1=[*map(float, inks)]
    )


def picture(pdf: Any, data: bytes, wide: int, high: int, space: Any, **entries: Any) -> Any:
    """An image object of 8 bits a component."""
    entries = {"BitsPerComponent": 8} | entries
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, ColorSpace=space, **entries
    )  # fmt: skip


def icc(pdf: Any, path: Path, channels: int) -> Any:
    """A colour space by a profile."""
    return Array([Name.ICCBased, pdf.make_stream(path.read_bytes(), N=channels)])


def sample() -> Any:
    """The sample as an open pikepdf document."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(320, 420)).obj
    page.TrimBox, page.BleedBox = Array(TRIM), Array(BLEED)
    page.Resources = Dictionary(
        Font=Dictionary(F1=pdf.make_indirect(_font(pdf))),
        XObject=Dictionary(
            Im=pdf.make_indirect(picture(pdf, bytes([90]) * 40000, 100, 100, Name.DeviceCMYK))
        ),
        ExtGState=Dictionary(
            Over=Dictionary(OP=True, op=True, OPM=1), Under=Dictionary(OP=False, op=False, OPM=1)
        ),
        ColorSpace=Dictionary(),
        Pattern=Dictionary(),
        Shading=Dictionary(),
    )
    page.Contents = pdf.make_stream(CONTENT.encode())
    profile = pdf.make_stream(PROFILE.read_bytes(), N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39", DestOutputProfile=profile
            )
        ]
    )  # fmt: skip
    pdf.Root.Metadata = pdf.make_stream(PACKET.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title="Sample", Trapped=Name.False_))
    pdf.trailer.Info["/Trapped"] = Name("/False")
    return pdf


Fault = Callable[[Any], None]

FAULTS: dict[str, Fault] = {}
"""What is done to the sample, by the rule that finds it; a word after the rule tells several apart."""
ALSO: dict[str, set[str]] = {}
"""What else comes of a fault."""


def fault(name: str, *also: str) -> Callable[[Fault], Fault]:
    def keep(done: Fault) -> Fault:
        FAULTS[name], ALSO[name] = done, set(also)
        return done

    return keep


def page(pdf: Any) -> Any:
    return pdf.pages[0].obj


def resources(pdf: Any) -> Any:
    return page(pdf).Resources


def draw(pdf: Any, code: str) -> None:
    """More content."""
    page(pdf).Contents.write(page(pdf).Contents.read_bytes() + f"\nq {code} Q".encode())


def replace(pdf: Any, old: str, new: str) -> None:
    data = page(pdf).Contents.read_bytes()
    assert old.encode() in data
    page(pdf).Contents.write(data.replace(old.encode(), new.encode(), 1))


def xmp(pdf: Any, old: str, new: str) -> None:
    assert old in PACKET
    pdf.Root.Metadata.write(PACKET.replace(old, new).encode())


def form(pdf: Any, code: str, name: str = "Fm", **entries: Any) -> Any:
    """A form of the page; it has the page's resources."""
    entries = {
        "Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 320, 420], "Resources": resources(pdf),
    } | entries  # fmt: skip
    made = pdf.make_stream(code.encode(), **entries)
    resources(pdf).XObject[f"/{name}"] = made
    return made


def text(size: float, shown: str = "letters", before: str = "/Over gs 0 0 0 1 k") -> str:
    return f"{before} BT /F1 {size} Tf 40 250 Td {codes(shown)} Tj ET"


def jpeg(colour: tuple[int, ...], mode: str = "CMYK", size: int = 100) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new(mode, (size, size), colour).save(out, "JPEG", quality=95)
    return out.getvalue()


__all__ = ["Array", "Dictionary", "Name", "String", "codes", "pikepdf", "written"]
