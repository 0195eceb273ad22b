"""What a sheet file has of the file that it was made from, and what it says of itself."""

import re
from io import BytesIO
from itertools import pairwise
from time import process_time

import pikepdf
import pytest
from bindery_samples import drawn, needs, raw, save, saved, simple, stream
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from sheet_samples import BLEED, HEIGHT, SLUG, WAYS, WIDTH, booklet, imposed, opened

from layout.bindery.imposition.impose import impose
from layout.bindery.imposition.job import MARKS, Job
from layout.bindery.imposition.plan import plan_of
from layout.bindery.imposition.spots import spots_of
from layout.desk.kinds import SHEET_MARKS
from layout.ground.problems import Refused
from layout.plates.edition import PROFILE, bytes_of

PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    "<xmp:CreateDate>2012-06-01T00:00:00Z</xmp:CreateDate>CLAIMS</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
X4 = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
X3 = X4.replace("X-4", "X-3:2003")
A3 = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"


def edited(data: bytes, change) -> bytes:
    """The same PDF after a change to it as pikepdf has it open."""
    pdf = pikepdf.open(BytesIO(data))
    change(pdf)
    return saved(pdf)


def claiming(
    claims: str, inks: int = 4, intent: str = "/GTS_PDFX", version: str = "PDF/X-4"
) -> bytes:
    """A booklet that claims standards, with an output intent."""

    def change(pdf) -> None:
        profile = pdf.make_stream(bytes_of(PROFILE), N=inks)
        pdf.Root.OutputIntents = Array([
            Dictionary(Type=Name.OutputIntent, S=Name(intent), DestOutputProfile=profile,
                       OutputConditionIdentifier="FOGRA39"),
        ])  # fmt: skip
        packet = PACKET.replace("CLAIMS", claims).encode()
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        pdf.docinfo["/GTS_PDFXVersion"] = version
        pdf.docinfo["/Trapped"] = Name("/False")
        pdf.docinfo["/CreationDate"] = "D:20120601000000Z"

    return edited(booklet(4), change)


def sheets(data: bytes, **wishes):
    """A booklet imposed, as pikepdf has it, and what was said."""
    file = opened(data)
    made = impose(file, plan_of(file, Job(**wishes)))
    return pikepdf.open(BytesIO(made.pdf)), [str(note) for note in made.notes]


# --- what is kept ---


def test_the_stream_of_a_page_is_copied_and_not_touched():
    data = booklet(4)
    before = [page.Contents[0].read_raw_bytes() for page in pikepdf.open(BytesIO(data)).pages]
    pdf, _ = sheets(data)
    forms = {
        str(name): form
        for page in pdf.pages
        for name, form in page.Resources.XObject.items()
        if str(name).startswith("/P")
    }
    assert [forms[f"/P{at + 1}"].read_raw_bytes() for at in range(4)] == before


@needs("pdftoppm")
def test_a_page_with_a_restore_too_many_is_still_painted(tool, tmp_path):
    """Some readers end a form there, and with it all of the page."""

    def change(pdf) -> None:
        pdf.pages[0].Contents = pdf.make_stream(b"Q 1 0 0 rg -9 -9 300 300 re f Q")

    _, data = imposed(edited(booklet(1), change), scheme="n-up", up=(1, 1), marks=())
    path = save(tmp_path, "sheets.pdf", data)
    tool("pdftoppm", "-r", "36", "-png", "-singlefile", path, tmp_path / "seen")
    with Image.open(tmp_path / "seen.png") as seen:
        middle = (seen.width // 2, seen.height // 2)
        assert seen.convert("RGB").getpixel(middle) == (255, 0, 0)


def test_a_sheets_trim_is_what_will_be_cut_out_and_the_same_bytes_come_twice():
    data = booklet(8, WAYS)
    plan, first = imposed(data)
    assert first == imposed(data)[1]
    for page in pikepdf.open(BytesIO(first)).pages:
        block, reach = plan.frame.block, plan.frame.reach
        trim, bleed = ([float(it) for it in page[f"/{kind}Box"]] for kind in ("Trim", "Bleed"))
        assert trim == pytest.approx([block.left, block.bottom, block.right, block.top], abs=1e-3)
        assert bleed == pytest.approx([trim[0] - reach, trim[1] - reach, trim[2] + reach, trim[3] + reach], abs=1e-3)  # fmt: skip
        assert [float(it) for it in page.MediaBox] == pytest.approx(
            [0, 0, plan.frame.width, plan.frame.height], abs=1e-3
        )


def test_layers_are_kept_and_can_still_be_switched():
    def change(pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Varnish")))
        pdf.pages[1].Resources.Properties = Dictionary(L0=layer)
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
        )

    pdf, _ = sheets(edited(booklet(4), change))
    layer = pdf.Root.OCProperties.OCGs[0]
    assert layer.Name == "Varnish"
    assert pdf.Root.OCProperties.D.OFF[0].objgen == layer.objgen
    form = next(
        page.Resources.XObject["/P2"] for page in pdf.pages if "/P2" in page.Resources.XObject
    )
    assert form.Resources.Properties.L0.objgen == layer.objgen


def test_a_group_goes_with_its_page_and_is_isolated_as_a_page_is():
    def change(pdf) -> None:
        pdf.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    pdf, _ = sheets(edited(booklet(2), change))
    form = pdf.pages[0].Resources.XObject["/P1"]
    assert str(form.Group.CS) == "/DeviceCMYK" and form.Group.I is True
    second = pdf.pages[1].Resources.XObject["/P2"]
    assert "/Group" not in second


def test_tags_outlines_labels_links_and_attachments_stay_behind():
    data = drawn("tag", pages=4, labels=[(0, "ROMAN_UPPER", "", 1)])
    pdf, notes = sheets(data)
    assert not set(pdf.Root.keys()) & {
        "/StructTreeRoot",
        "/MarkInfo",
        "/Outlines",
        "/PageLabels",
        "/Names",
    }
    assert not any("/Annots" in page for page in pdf.pages)
    assert notes == []


def test_an_annotation_that_would_have_been_printed_is_told_of():
    def change(pdf) -> None:
        looks = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        stamp = Dictionary(Subtype=Name.Stamp, Rect=Array([9, 9, 18, 18]), F=4, AP=looks)
        hidden = Dictionary(Subtype=Name.Stamp, Rect=Array([9, 9, 18, 18]), F=6, AP=looks)
        pdf.pages[2].Annots = Array([stamp, hidden])

    _, notes = sheets(edited(booklet(4), change))
    assert len(notes) == 1
    assert "warning: 1 annotation on page 3 of sample.pdf: left out" in notes[0]


def test_annotations_on_many_pages_make_one_warning():
    def change(pdf) -> None:
        looks = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        for page in list(pdf.pages)[1:]:
            stamp = Dictionary(Subtype=Name.Stamp, Rect=Array([9, 9, 18, 18]), F=4, AP=looks)
            page.Annots = Array([stamp, stamp])

    _, notes = sheets(edited(booklet(4), change))
    assert len(notes) == 1
    assert "6 annotations on 3 pages from page 2 on of sample.pdf: left out" in notes[0]


# --- claims ---


def test_a_claim_to_x4_stands_with_its_intent_dates_and_trapping():
    pdf, notes = sheets(claiming(X4 + A3))
    assert notes and "claims PDF/A;" in notes[0]
    packet = pdf.Root.Metadata.read_bytes().decode()
    assert "PDF/X-4" in packet and "pdfaid:part" not in packet and "2012-06-01" in packet
    info = pdf.trailer.Info
    assert info.GTS_PDFXVersion == "PDF/X-4" and info.Trapped == Name("/False")
    assert info.CreationDate == "D:20120601000000Z"
    assert pdf.Root.OutputIntents[0].S == Name.GTS_PDFX
    assert pdf.pdf_version == "1.6" and "/ID" in pdf.trailer


@pytest.mark.parametrize(
    ("claims", "wishes"),
    [
        (X3, {"version": "PDF/X-3:2003"}),
        (X4, {"inks": 3}),
        (X4, {"intent": "/GTS_PDFA1"}),
        ("", {}),
    ],
    ids=["X-3", "an RGB press", "no intent for X", "in the information alone"],
)
def test_other_claims_are_withdrawn_and_told_of(claims, wishes):
    pdf, notes = sheets(claiming(claims, **wishes))
    assert "PDF/X" not in pdf.Root.Metadata.read_bytes().decode()
    assert "/GTS_PDFXVersion" not in pdf.trailer.Info
    assert "claims PDF/X" in notes[0]
    assert len(pdf.Root.OutputIntents) == 1


def test_a_file_without_claims_says_nothing():
    pdf, notes = sheets(booklet(4))
    assert notes == [] and "/Metadata" not in pdf.Root


# --- marks ---


def test_the_marks_of_the_command_line_are_those_of_the_bindery():
    assert SHEET_MARKS == MARKS


def test_without_marks_there_are_none():
    pdf, _ = sheets(booklet(4), marks=())
    for page in pdf.pages:
        assert b"Artifact" not in page.Contents.read_bytes()
    assert [float(it) for it in pdf.pages[0].MediaBox][2:] != []


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_can_stand_alone_and_is_an_artifact(mark):
    wishes = {"scheme": "perfect", "signature": 4}
    plain, _ = sheets(booklet(4), marks=(), **wishes)
    bare = plain.pages[0].Contents.read_bytes()
    pdf, _ = sheets(booklet(4), marks=(mark,), **wishes)
    content = pdf.pages[0].Contents.read_bytes()
    extra = content[content.index(b"/Artifact") :]
    assert len(content) > len(bare)
    assert extra.count(b"BDC") == extra.count(b"EMC") == 1
    assert extra.rstrip().endswith(b"EMC")


def test_collation_marks_step_down_and_are_on_fronts_alone():
    pdf, _ = sheets(booklet(12), scheme="perfect", signature=4, marks=("collation",))
    tops = []
    for at, page in enumerate(pdf.pages):
        found = re.findall(rb"0 0 0 1 k \S+ (\S+) \S+ \S+ re f Q", page.Contents.read_bytes())
        assert len(found) == (at % 2 == 0)
        tops += map(float, found)
    steps = {round(a - b, 2) for a, b in pairwise(tops)}
    assert len(tops) == 3 and len(steps) == 1 and steps.pop() > 5


def test_without_milling_there_is_no_spine_to_carry_them():
    pdf, _ = sheets(booklet(4), scheme="perfect", signature=4, marks=("collation",), milling=0.0)
    assert b"Artifact" not in pdf.pages[0].Contents.read_bytes()


@needs("pdftotext")
def test_the_job_note_says_what_the_sheet_is(tool, tmp_path):
    _, data = imposed(booklet(16), scheme="perfect", signature=8)
    text = tool("pdftotext", "-layout", save(tmp_path, "sheets.pdf", data), "-")
    lines = [line.strip() for line in text.split("\f") if line.strip()]
    assert lines[2] == (
        "sample.pdf · sheet 2 of 2 · front · signature 2 of 2 · perfect bound, signatures of 8"
    )


@needs("pdffonts")
def test_the_job_notes_face_is_embedded(tool, tmp_path):
    _, data = imposed(booklet(4))
    rows = tool("pdffonts", save(tmp_path, "sheets.pdf", data)).splitlines()[2:]
    assert len(rows) == 1 and "SourceSans3" in rows[0]
    assert rows[0].split()[-5:-2] == ["yes", "yes", "yes"]


def test_spot_inks_are_found_wherever_they_are(tmp_path):
    ink = b"[/Separation /%s /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 1 0] /N 1 >>]"
    both = (
        b"[/DeviceN [/Cyan /Deep#20Blue /Gold] /DeviceCMYK << /FunctionType 4 /Domain [0 1 0 1 0 1] "
        b"/Range [0 1 0 1 0 1 0 1] /Length 16 >>]"
    )
    data = raw({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /XObject << /F 4 0 R >> "
           b"/ColorSpace << /A [/Indexed " + ink % b"Indexed" + b" 1 <00FF>] /B " + ink % b"All" + b" >> >> >>",
        4: stream(b"", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /Pattern << /P 5 0 R >> /XObject << /Me 4 0 R >> "
                  b"/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >> >>"),
        5: b"<< /PatternType 2 /Shading << /ShadingType 2 /ColorSpace " + ink % b"Shade" + b" >> >>",
        6: stream(b"", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /ColorSpace << /C " + both.replace(b" /Length 16", b"") + b" >> >>"),
    })  # fmt: skip
    file = opened(data)
    found = spots_of(file, [leaf.entries for leaf in file.pages])
    assert [(it.name, it.inks, it.at) for it in found] == [
        ("/Deep Blue", 3, 1), ("/Gold", 3, 2), ("/Indexed", 1, 0), ("/Shade", 1, 0),
    ]  # fmt: skip


def test_a_separation_is_preferred_to_a_space_of_several_inks():
    tint = b"/DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 1 0] /N 1 >>"
    alone, several = b"[/Separation /Gold " + tint + b"]", b"[/DeviceN [/Cyan /Gold] " + tint + b"]"
    for spaces in (b"/A " + several + b" /B " + alone, b"/A " + alone + b" /B " + several):
        data = raw({
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /ColorSpace << "
               + spaces + b" >> >> >>",
        })  # fmt: skip
        file = opened(data)
        found = spots_of(file, [leaf.entries for leaf in file.pages])
        assert [(it.name, it.inks, it.at) for it in found] == [("/Gold", 1, 0)]


# --- refusals ---


def refusal(data: bytes, **wishes) -> list[str]:
    with pytest.raises(Refused) as caught:
        plan_of(opened(data), Job(**wishes))
    return [str(problem) for problem in caught.value.problems]


def test_pages_of_other_sizes_are_named_with_them():
    def change(pdf) -> None:
        pdf.pages[2].TrimBox = Array([14, 14, 134, 190])

    (problem,) = refusal(edited(booklet(4), change))
    assert "page 3 of sample.pdf is 42.3 x 62.1 mm, but page 1 is 42.3 x 60.0 mm" in problem


def test_very_many_pages_of_other_sizes_are_counted():
    def change(pdf) -> None:
        for page in list(pdf.pages)[1:]:
            page.TrimBox = Array([14, 14, 134, 190])

    problems = refusal(edited(booklet(16), change))
    assert len(problems) == 11
    assert "5 more pages of sample.pdf are of other sizes" in problems[-1]


def test_half_a_point_is_no_other_size():
    def change(pdf) -> None:
        pdf.pages[2].TrimBox = Array([14, 14, 134, 184.4])

    assert plan_of(opened(edited(booklet(4), change)), Job()).frame.page[1] == pytest.approx(170.4)


def test_pages_that_do_not_fill_a_sheet_are_refused_where_no_blank_is_wanted():
    (problem,) = refusal(booklet(5), blanks="none")
    assert "5 pages do not fill sheets of 4" in problem and "add 3 more pages" in problem
    assert plan_of(opened(booklet(4)), Job(blanks="none")).blanks == 0


def test_a_sheet_that_is_too_small_says_how_large_it_must_be():
    (problem,) = refusal(booklet(4), sheet="80x90")
    assert "80x90 mm is too small: pages, bleed and marks take" in problem
    width, height = map(float, re.search(r"take (\S+) x (\S+) mill", problem).groups())
    plan = plan_of(opened(booklet(4)), Job(sheet=f"{width + 0.1}x{height + 0.1}"))
    assert plan.frame.width / 72 * 25.4 == pytest.approx(width + 0.1)


def test_creep_in_the_wrong_unit_is_refused():
    (problem,) = refusal(booklet(16), paper=100.0)
    assert "creep would move" in problem


def test_a_page_without_a_bleed_box_has_no_bleed_and_without_a_trim_is_all_page():
    data = simple("bare", pages=4)
    plan = plan_of(opened(data), Job(marks=()))
    assert plan.frame.page == (595, 842) and plan.frame.outer == 0
    plan = plan_of(opened(booklet(4)), Job(marks=()))
    assert plan.frame.page == (WIDTH, HEIGHT) and plan.frame.outer == BLEED
    assert plan_of(opened(booklet(4)), Job(marks=(), bleed=4.0)).frame.outer == 4.0


def test_a_bleed_box_ends_where_the_page_ends():
    def change(pdf) -> None:
        for each in pdf.pages:
            each.BleedBox = Array([-500, -500, 900, 900])

    plan = plan_of(opened(edited(booklet(4), change)), Job())
    assert plan.frame.outer == SLUG


# --- other readers ---


@pytest.mark.parametrize("scheme", ["saddle", "perfect", "n-up", "work-and-turn"])
@needs("qpdf")
@needs("gs")
@needs("mutool")
def test_other_programs_find_nothing_wrong(scheme, tool, tmp_path):
    _, data = imposed(booklet(18, WAYS), scheme=scheme, signature=8, paper=0.2)
    path = save(tmp_path, "sheets.pdf", data)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING",
         "-sDEVICE=nullpage", path)  # fmt: skip
    tool("mutool", "draw", "-q", "-s", "5", "-o", "/dev/null", path)


def test_four_times_the_pages_take_about_four_times_the_work():
    def work(pages: int) -> float:
        """Seconds of the processor, the better of two goes."""
        file = opened(booklet(pages))
        found = []
        for _ in range(2):
            start = process_time()
            impose(file, plan_of(file, Job()))
            found.append(process_time() - start)
        return min(found)

    assert work(800) < 8 * work(200)
