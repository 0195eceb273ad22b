"""What a PDF says of itself, by any program that made it."""

from pathlib import Path

import pytest
from reprints import sample

from layout.bindery.foreign import open_bytes
from layout.bindery.said import Said, clean, said_by
from layout.ground.problems import Place
from layout.plates.edition import EDITIONS
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint

pikepdf = pytest.importorskip("pikepdf")

PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">{}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def said(tmp_path: Path, xmp: str | bytes | None = None, lang: str = "", **info: str) -> Said:
    """What a page without anything on it says with this metadata."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if xmp is not None:
        data = xmp if isinstance(xmp, bytes) else PACKET.format(xmp).encode()
        pdf.Root.Metadata = pdf.make_stream(
            data, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
    if lang:
        pdf.Root.Lang = lang
    for key, value in info.items():
        pdf.docinfo[f"/{key}"] = value
    pdf.save(tmp_path / "a.pdf", fix_metadata_version=False)  # or the packet would be mended
    return said_by(open_bytes((tmp_path / "a.pdf").read_bytes(), Place("a.pdf"), "a.pdf"))


def test_a_file_that_says_nothing(tmp_path):
    assert said(tmp_path) == Said(fault="it has no XMP metadata")


def test_one_of_ours():
    opened = open_bytes(sample("mine-ban-convention").pdf, Place("a.pdf"), "a.pdf")
    title = "Anti-Personnel Mine Ban Convention"
    assert said_by(opened) == Said(
        title, (title, "Focus"), "2012-06", ("en",), ("PDF/A-3a", "PDF/UA-1")
    )


def test_the_information_dictionary_where_there_is_no_xmp(tmp_path):
    found = said(
        tmp_path, Title="Grüße", Author="Ada; Bo", CreationDate="D:20120630120000Z", lang="de"
    )
    assert found == Said("Grüße", ("Ada; Bo",), "2012-06-30", ("de",), (), "it has no XMP metadata")


def test_xmp_comes_first_and_the_date_of_the_content_before_that_of_the_file(tmp_path):
    xmp = (
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>X</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li> </rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
        "<dc:date><rdf:Seq><rdf:li>2010</rdf:li></rdf:Seq></dc:date><xmp:CreateDate>2020-01-01</xmp:CreateDate>"
        "<dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag></dc:language><pdfaid:part>1</pdfaid:part>"
        "<pdfaid:conformance>B</pdfaid:conformance>"
    )
    found = said(tmp_path, xmp, lang="en", Title="I", Author="J", CreationDate="D:2019")
    assert found == Said("X", ("Ada", "Bo"), "2010", ("en", "fr"), ("PDF/A-1b",))


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2012", "2012"), ("2012-06", "2012-06"), ("2012-06-09T10:00:00Z", "2012-06-09"), ("2012-13-01", "2012"),
        ("2012-06-32", "2012-06"), ("20120609", "2001"), ("June", "2001"), ("", "2001"),
    ],
)  # fmt: skip
def test_as_much_of_a_date_as_is_one(tmp_path, date, day):
    xmp = f"<dc:date><rdf:Seq><rdf:li>{date}</rdf:li></rdf:Seq></dc:date>"
    assert said(tmp_path, xmp, CreationDate="D:2001").date == day


@pytest.mark.parametrize(
    ("packet", "fault"),
    [
        (b"<rdf", "its XMP metadata cannot be read: it is no XML"),
        (b"<a/>", "its XMP metadata cannot be read: it has no rdf:RDF"),
        (b"<!DOCTYPE a><a/>", "its XMP metadata cannot be read: it has a document type"),
    ],
)
def test_xmp_that_cannot_be_read_is_told_and_the_rest_is_taken(tmp_path, packet, fault):
    assert said(tmp_path, packet, Title="I") == Said("I", fault=fault)


def test_what_no_file_can_hold_is_replaced_and_bounded():
    assert clean(" a\0b\ud800\tc\n ") == "a\ufffdb\ufffd\tc"
    assert len(clean("x" * 10_000)) == 8_000


def test_the_press_edition_says_its_three_standards():
    made = sample("mine-ban-convention")
    pdf = paint([Part(made.pages)], made.brand, EDITIONS["press"], about_interview(made.interview))
    claims = said_by(open_bytes(pdf, Place("a.pdf"), "a.pdf")).claims
    assert claims == ("PDF/A-2a", "PDF/UA-1", "PDF/X-4")
