import os
import re
import subprocess
import sys
import time
import zlib
from io import BytesIO

import pytest
from bindery_samples import (
    A4,
    LETTER,
    ROOT,
    by_name,
    check,
    drawn,
    label_of,
    links,
    names_of,
    needs,
    opened,
    outline,
    page,
    pikepdf,
    save,
    saved,
    simple,
    stream,
    texts,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.bindery.merge import merge
from layout.ground.problems import Refused

pytestmark = [needs("qpdf"), needs("pdftotext")]


@pytest.fixture
def three(tmp_path):
    host = save(tmp_path, "host.pdf", by_name(drawn("host", 4, title="The review")))
    one = save(tmp_path, "one.pdf", by_name(drawn("one", 2, LETTER, title="First talk")))
    return host, [one, save(tmp_path, "two.pdf", by_name(drawn("two", 3)))]


def test_pages_go_to_the_end(three, tmp_path):
    made = merge(*three)
    check(made.pdf, tmp_path)
    assert made.notes == ()
    named = [
        f"{tag} page {n}"
        for tag, k in (("host", 4), ("one", 2), ("two", 3))
        for n in range(1, k + 1)
    ]
    assert texts(made.pdf, tmp_path) == named
    boxes = [tuple(map(float, each.mediabox[2:])) for each in opened(made.pdf).pages]
    assert boxes == [A4] * 4 + [LETTER] * 2 + [A4] * 3


def test_pages_go_before_a_page_of_the_host(three, tmp_path):
    made = merge(*three, before=3)
    check(made.pdf, tmp_path)
    assert texts(made.pdf, tmp_path)[1:4] == ["host page 2", "one page 1", "one page 2"]
    assert texts(made.pdf, tmp_path)[-2:] == ["host page 3", "host page 4"]


def test_links_lead_where_they_led_although_all_use_the_same_names(three):
    made = links(merge(*three, before=3).pdf)
    internal = [[goal for goal in each if isinstance(goal, int)] for each in made]
    assert internal == [[1], [7], [3], [2], [5], [6], [4], [8], [0]]
    web = [next(goal for goal in each if isinstance(goal, str)) for each in made]
    assert [address.rpartition("/")[2] for address in web] == [
        *("host", "host", "one", "one", "two", "two", "two", "host", "host")
    ]


def test_the_outline_holds_the_hosts_and_one_entry_for_each_reprint(three):
    assert outline(merge(*three, before=2).pdf) == [
        (0, "host 0", 0),
        (1, "host 1", 6),
        (1, "host 2", 7),
        (1, "host 3", 8),
        (0, "First talk", 1),
        (1, "one 0", 1),
        (2, "one 1", 2),
        (0, "two", 3),
        (1, "two 0", 3),
        (2, "two 1", 4),
        (2, "two 2", 5),
    ]


def test_an_outline_keeps_its_state_and_its_looks(tmp_path):
    entries = {
        "o3": b"<< /Type /Outlines /First 4 0 R /Last 6 0 R /Count 3 >>",
        "o4": b"<</Title(Open)/Parent 3 0 R/Next 6 0 R/First 5 0 R/Last 5 0 R/Count 1/C[1 0 0]/F 2/Dest[10 0 R/Fit]>>",
        "o5": b"<</Title(Inner)/Parent 4 0 R/A<</S/GoTo/D[12 0 R/XYZ 1 2 null]>>>>",
        "o6": b"<</Title<FEFF00C9>/Parent 3 0 R/Prev 4 0 R/First 7 0 R/Last 7 0 R/Count -1/A<</S/URI/URI(https://x.org)>>>>",
        "o7": b"<</Title(Hidden)/Parent 6 0 R>>",
    }
    host = save(tmp_path, "host.pdf", simple("host", 2, b"/Outlines 3 0 R", **entries))
    made = merge(host, [save(tmp_path, "a.pdf", drawn("a", 1))])
    pdf = opened(made.pdf)
    root = pdf.Root.Outlines
    first, second = root.First, root.First.Next
    assert int(root.Count) == 4
    assert (int(first.Count), int(second.Count)) == (1, -1)
    assert (first.C, int(first.F)) == (pikepdf.Array([1, 0, 0]), 2)
    assert outline(made.pdf)[:4] == [
        *((0, "Open", 0), (1, "Inner", 1)),
        *((0, "É", "https://x.org"), (1, "Hidden", None)),
    ]


def test_a_circle_in_an_outline_ends(tmp_path):
    entries = {
        "o3": b"<< /Type /Outlines /First 4 0 R /Last 4 0 R /Count 1 >>",
        "o4": b"<</Title(Round)/Parent 3 0 R/Next 4 0 R/First 4 0 R/Dest[10 0 R/Fit]>>",
    }
    host = save(tmp_path, "host.pdf", simple("host", 1, b"/Outlines 3 0 R", **entries))
    assert outline(merge(host, [save(tmp_path, "a.pdf", drawn("a", 1))]).pdf)[0] == (0, "Round", 0)


def with_tree(tag: str, target: int) -> bytes:
    """Two pages; a name tree of two levels with `one`; links to `one` and to `nowhere`."""
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] %s >>"
    data = {
        "o3": b"<< /Kids [4 0 R] >>",
        "o4": b"<< /Limits [(one) (one)] /Names [(one) 5 0 R] >>",
        "o5": b"<< /D [%d 0 R /XYZ 0 700 null] >>" % target,
        "o10": page(11, b"/MediaBox [0 0 595 842] /Annots [20 0 R 21 0 R]"),
        "o20": link % b"/A << /S /GoTo /D (one) >>",
        "o21": link % b"/Dest (nowhere)",
    }
    return simple(tag, 2, b"/Names << /Dests 3 0 R >>", **data)


def test_names_in_trees_are_kept_apart(tmp_path):
    host = save(tmp_path, "host.pdf", with_tree("host", 12))
    parts = [save(tmp_path, name, with_tree("part", 10)) for name in ("a b.pdf", "c.pdf")]
    made = merge(host, parts)
    check(made.pdf, tmp_path)
    assert links(made.pdf) == [[1, None], [], [2, None], [], [4, None], []]
    assert names_of(made.pdf) == ["a-b.one", "c.one", "one"]


def test_names_listed_in_a_dictionary_are_kept_apart(tmp_path):
    link = b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest /intro >>]"
    data = {
        "o3": b"<< /intro [12 0 R /Fit] /a#20b << /D [10 0 R /Fit] >> >>",
        "o10": page(11, b"/MediaBox [0 0 595 842] " + link),
    }
    host = save(tmp_path, "host.pdf", simple("host", 2, b"/Dests 3 0 R", **data))
    made = merge(host, [save(tmp_path, "part.pdf", simple("part", 2, b"/Dests 3 0 R", **data))])
    check(made.pdf, tmp_path)
    assert links(made.pdf) == [[1], [], [3], []]
    pdf = opened(made.pdf)
    names = ["/a#20b", "/intro", "/part.a#20b", "/part.intro"]
    assert sorted(each.replace(" ", "#20") for each in list(pdf.Root.Dests.keys())) == names


def test_a_name_listed_by_one_file_clashes_with_one_in_anothers_tree(tmp_path):
    link = b"/MediaBox [0 0 9 9] /Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest /one >>]"
    listed = {"o3": b"<< /one [12 0 R /Fit] >>", "o10": page(11, link)}
    host = save(tmp_path, "host.pdf", simple("host", 2, b"/Dests 3 0 R", **listed))
    made = merge(host, [save(tmp_path, "part.pdf", with_tree("part", 12))])
    assert links(made.pdf) == [[1], [], [3, None], []]


def test_a_name_that_leads_nowhere_does_not_lead_into_another_file(tmp_path):
    lost = {
        "o10": page(11, b"/MediaBox [0 0 9 9] /Annots [<</Subtype/Link/Rect[0 0 9 9]/Dest(p0)>>]")
    }
    a = save(tmp_path, "a.pdf", simple("lost", 1, **lost))
    b = save(tmp_path, "b.pdf", by_name(drawn("b", 1)))
    for host, part, at in ((a, b, 0), (b, a, 1)):
        made = merge(host, [part])
        assert links(made.pdf)[at] == [None]
        assert links(made.pdf)[1 - at][0] == 1 - at


def test_links_by_the_number_of_a_page_move_with_it(tmp_path):
    numbered = (
        b"/MediaBox [0 0 595 842] /Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest [1 /Fit] >>]"
    )
    host = save(tmp_path, "host.pdf", simple("host", 2, o10=page(11, numbered)))
    made = merge(host, [save(tmp_path, "a.pdf", drawn("a", 3))], before=2)
    assert links(made.pdf)[0] == [4]


LABELS = [(0, "ROMAN_LOWER", "", 1), (2, "ARABIC", "", 1)]


@pytest.mark.parametrize(
    ("hosts", "parts", "before", "expected"),
    [
        (LABELS, [(0, "ARABIC", "", 7)], None, ["i", "ii", "1", "2", "7", "8"]),
        (LABELS, [(0, "ARABIC", "", 7)], 4, ["i", "ii", "1", "7", "8", "2"]),
        (LABELS, [(0, "ARABIC", "", 7)], 1, ["7", "8", "i", "ii", "1", "2"]),
        (LABELS, [], 2, ["i", "a-1", "a-2", "ii", "1", "2"]),
        ([], [(0, "LETTERS_UPPER", "S", 1)], None, ["1", "2", "3", "4", "SA", "SB"]),
        ([], [], 2, ["1", "a-1", "a-2", "2", "3", "4"]),
        ([], [], None, ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_every_page_is_called_what_it_was_called(hosts, parts, before, expected, tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host", 4, labels=hosts))
    part = save(tmp_path, "a.pdf", drawn("a", 2, labels=parts))
    made = merge(host, [part], before)
    assert label_of(made.pdf) == expected
    assert ("/PageLabels" in opened(made.pdf).Root) == bool(hosts or parts or before)


def rich_host() -> bytes:
    """A host with all that a catalogue may hold, made by pikepdf."""
    pdf = pikepdf.open(BytesIO(drawn("host", 2, title="Host title")))
    root = pdf.Root
    root.Lang, root.PageMode = "fr-CH", pikepdf.Name.UseOutlines
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    root.OpenAction = pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.Fit])
    pdf.attachments["data.csv"] = b"a,b\n1,2\n"
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Notes"))
    config = pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array([layer]))
    root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=config)
    return packed(pdf)


def packed(pdf) -> bytes:
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def test_the_hosts_catalogue_is_kept(tmp_path):
    host = save(tmp_path, "host.pdf", rich_host())
    before = opened(rich_host())
    made = merge(host, [save(tmp_path, "rich.pdf", rich_host())], before=1)
    check(made.pdf, tmp_path)
    after = opened(made.pdf)
    assert str(after.Root.Lang) == "fr-CH"
    assert after.Root.PageMode == "/UseOutlines"
    assert after.Root.ViewerPreferences.DisplayDocTitle
    assert after.Root.OpenAction[0].objgen == after.pages[3].obj.objgen
    assert dict(after.docinfo) == dict(before.docinfo)
    assert after.attachments["data.csv"].get_file().read_bytes() == b"a,b\n1,2\n"
    assert after.attachments["rich.data.csv"].get_file().read_bytes() == b"a,b\n1,2\n"
    layers = after.Root.OCProperties
    assert [str(each.Name) for each in layers.OCGs] == ["Notes", "Notes"]
    assert [each.objgen for each in layers.D.OFF] == [each.objgen for each in layers.OCGs]


XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfaid:part="2"><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part><dc:rights>Mine &amp; yours</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def tagged() -> bytes:
    objects = {
        "o3": stream(XMP, b"/Type /Metadata /Subtype /XML"),
        "o4": b"<< /Type /StructTreeRoot /K [5 0 R] /ParentTree << /Nums [0 [5 0 R]] >> >>",
        "o5": b"<< /S /P /P 4 0 R /Pg 10 0 R /K 0 >>",
        "o6": b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) >>",
        "o8": b"<< /First 9 0 R /Last 9 0 R /Count 1 >>",
        "o9": b"<< /Title (T) /Parent 8 0 R /SE 5 0 R /Dest [10 0 R /Fit] >>",
        "o10": page(11, b"/MediaBox [0 0 595 842] /StructParents 0"),
        "trailer": b"/Info << /Title (T) /GTS_PDFXVersion (PDF/X-4) >>",
    }
    catalogue = b"/Metadata 3 0 R /StructTreeRoot 4 0 R /MarkInfo << /Marked true >> /OutputIntents [6 0 R] /Outlines 8 0 R"
    return simple("tagged", 1, catalogue, **objects)


def test_no_claim_stays_that_does_not_hold(tmp_path):
    host = save(tmp_path, "host.pdf", tagged())
    made = merge(host, [save(tmp_path, "a.pdf", drawn("a"))])
    pdf = opened(made.pdf)
    assert "/OutputIntents" not in pdf.Root
    for word in (b"/SE", b"pdfaid:part", b"pdfuaid:part", b"GTS_PDFX"):
        assert word not in made.pdf
    packet = pdf.Root.Metadata.read_bytes()
    assert b"<dc:rights>Mine &amp; yours</dc:rights>" in packet
    assert packet.startswith(XMP[:40])
    assert packet.endswith(XMP[-19:])
    assert str(pdf.docinfo.Title) == "T"
    assert [problem.message for problem in made.notes] == [
        "host.pdf claims PDF/A and PDF/UA and PDF/X; the new file does not",
        "the output intent of host.pdf cannot hold for all pages: left out",
        "a.pdf is not tagged: its pages say nothing to a screen reader",
    ]
    assert {problem.severity for problem in made.notes} == {"warning"}


def test_a_packet_without_claims_stays_byte_for_byte(tmp_path):
    packet = XMP.replace(b"pdfaid", b"other1").replace(b"pdfuaid", b"other2").replace(b"aiim", b"x")
    host = simple("host", 1, b"/Metadata 3 0 R", o3=stream(packet, b"/Type/Metadata/Subtype/XML"))
    made = merge(save(tmp_path, "host.pdf", host), [save(tmp_path, "a.pdf", drawn("a"))])
    assert opened(made.pdf).Root.Metadata.read_bytes() == packet
    assert made.notes == ()


@pytest.mark.parametrize(
    "packet", [b"no XML", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a xmlns:b='c'><b:d></a>"]
)
def test_metadata_that_cannot_be_read_goes_and_that_is_said(packet, tmp_path):
    host = simple("host", 1, b"/Metadata 3 0 R", o3=stream(packet, b"/Type/Metadata/Subtype/XML"))
    made = merge(save(tmp_path, "host.pdf", host), [save(tmp_path, "a.pdf", drawn("a"))])
    assert "/Metadata" not in opened(made.pdf).Root
    (problem,) = made.notes
    assert problem.message == "the XMP metadata of host.pdf cannot be read: left out"


def test_the_tags_of_a_reprint_come_along(tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host"))
    made = merge(host, [save(tmp_path, "a.pdf", tagged())])
    pdf = opened(made.pdf)
    element = pdf.Root.StructTreeRoot.K[0].K[0].K[0]
    assert element.Pg.objgen == pdf.pages[2].obj.objgen
    assert [problem.message for problem in made.notes] == [
        "host.pdf is not tagged: its pages say nothing to a screen reader"
    ]


def test_a_signature_goes_since_it_no_longer_holds(tmp_path):
    field = b"<</FT/Sig/T(S)/Subtype/Widget/Rect[0 0 0 0]/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>"
    host = simple("host", 1, b"/AcroForm << /Fields [3 0 R] /SigFlags 3 >>", o3=field)
    made = merge(save(tmp_path, "host.pdf", host), [save(tmp_path, "a.pdf", drawn("a"))])
    assert b"ByteRange" not in made.pdf
    assert made.notes[0].message == "the signature of host.pdf cannot hold for all pages: left out"
    assert b"SigFlags" not in made.pdf


def test_what_viewers_are_told_about_versions_is_the_latest(tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host"))
    later = simple("a", 1, b"/Version /1.7")
    for part, version in ((drawn("a"), b"1.5"), (later, b"1.7"), (raw_version(b"2.0"), b"2.0")):
        made = merge(host, [save(tmp_path, "a.pdf", part)])
        assert made.pdf.startswith(b"%PDF-" + version)


def unpacked(pdf: bytes) -> bytes:
    """What stands in the object streams of a file."""
    streams = re.findall(rb"/Type/ObjStm.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"".join(map(zlib.decompress, streams))


def raw_version(version: bytes) -> bytes:
    return simple("a").replace(b"%PDF-1.4", b"%PDF-" + version)


def test_bytes_of_names_and_strings_are_kept(tmp_path):
    # a font named in GBK, whose bytes are no UTF-8, and one in UTF-8
    fonts = rb"/Font << /F#CB#CE << /Type /Font /Subtype /Type1 /BaseFont /#CB#CE#CC#E5 >> /F#C3#A9 4 0 R >>"
    odd = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9.5 -.25] /Resources << %s >> /Contents 11 0 R >>"
        % fonts
    )
    odd = odd.replace(b"-.25", b"12.125")
    objects = {
        "o4": rb"<< /Type /Font /S (\(\\\377\n) /H <FEFF00E9> /N -0.5 /Z .00001 /B true /Q null >>",
        "o10": odd,
        "o11": stream(b"BT /F\xcb\xce 12 Tf ET"),
    }
    host = save(tmp_path, "host.pdf", simple("host", 1, **objects))
    made = merge(host, [save(tmp_path, "a.pdf", drawn("a"))])
    objects = unpacked(made.pdf)
    assert b"/BaseFont /#CB#CE#CC#E5" in objects
    assert b"/F#C3#A9" in objects
    assert b"/S <285cff0a> /H <feff00e9> /N -0.5 /Z 0.00001 /B true" in objects
    assert b"[0 0 9.5 12.125]" in objects
    pdf = opened(made.pdf)
    assert pdf.pages[0].Contents.read_raw_bytes() == b"BT /F\xcb\xce 12 Tf ET"


def test_equal_streams_are_stored_once(tmp_path):
    face = bytes(range(256)) * 200
    parts = []
    for n in range(5):
        data = simple(
            f"part {n}", 1, o5=stream(face, b"/Length1 51200"), o6=b"<< /FontFile2 5 0 R >>"
        )
        data = data.replace(b"/Type /Page /Parent", b"/PieceInfo 6 0 R /Type /Page /Parent")
        parts.append(save(tmp_path, f"{n}.pdf", reindexed(data)))
    made = merge(save(tmp_path, "host.pdf", drawn("host")), parts)
    pdf = opened(made.pdf)
    files = [each.PieceInfo.FontFile2 for each in pdf.pages[2:]]
    assert files[0].read_bytes() == face
    assert len({each.objgen for each in files}) == 1
    check(made.pdf, tmp_path)


def reindexed(data: bytes) -> bytes:
    return packed(pikepdf.open(BytesIO(data)))


@pytest.mark.parametrize("before", [0, -1, 3])
def test_a_page_that_the_host_has_not_is_refused(before, tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host", 2))
    with pytest.raises(Refused, match=f"host.pdf has 2 pages, so there is no page {before}"):
        merge(host, [host], before)


def test_a_file_merges_into_itself(tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host", 2))
    made = merge(host, [host, host])
    check(made.pdf, tmp_path)
    assert [goal for each in links(made.pdf) for goal in each if isinstance(goal, int)] == [
        1,
        0,
        3,
        2,
        5,
        4,
    ]


def test_the_same_files_give_the_same_bytes(three, tmp_path):
    program = "import sys; from layout.bindery.merge import merge; sys.stdout.buffer.write(merge(*sys.argv[1:2], sys.argv[2:], 2).pdf)"
    made = {merge(three[0], three[1], 2).pdf, merge(three[0], three[1], 2).pdf}
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, three[0], *three[1]]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": ROOT}
        made.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert len(made) == 1
    one, other = opened(made.pop()), opened(merge(three[0], three[1], 1).pdf)
    assert all(len(bytes(half)) == 16 for half in one.trailer.ID)
    assert bytes(other.trailer.ID[0]) != bytes(one.trailer.ID[0])


@pytest.mark.parametrize("at", range(2, 100, 7))
def test_a_file_cut_short_is_whole_or_refused(at, tmp_path, capfd):
    whole = merge_source(at)
    part, refusals = save(tmp_path, "part.pdf", drawn("part", 1)), []
    for data in whole:
        cut = save(tmp_path, "host.pdf", data[: len(data) * at // 100])
        try:
            made = merge(cut, [part])
        except Refused as refusal:
            refusals.append(refusal)
        else:
            assert texts(made.pdf, tmp_path)[:6] == [f"host page {n}" for n in range(1, 7)]
    assert all(len(refusal.problems) == 1 for refusal in refusals)
    assert capfd.readouterr() == ("", "")


_SOURCES: list[bytes] = []


def merge_source(_at: int) -> list[bytes]:
    """One host in four shapes: plain, linearised, with object streams, with a later update."""
    if not _SOURCES:
        plain = drawn("host", 6)
        linear, dense = BytesIO(), reindexed(plain)
        pikepdf.open(BytesIO(plain)).save(linear, linearize=True, deterministic_id=True)
        # The update replaces a page's text; without it the host is whole, and older.
        _SOURCES.extend([plain, linear.getvalue(), dense, updated(plain)])
    return _SOURCES


def updated(plain: bytes) -> bytes:
    start = int(plain[plain.rindex(b"startxref") + 9 :].split()[0])
    trailer = plain[plain.rindex(b"trailer") + 7 : plain.rindex(b"startxref")].rstrip()
    at = len(plain)
    out = plain + b"900 0 obj\n(new)\nendobj\n"
    out += b"xref\n900 1\n%010d 00000 n \n" % at
    out += (
        b"trailer"
        + trailer.removesuffix(b">>")
        + b"/Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, len(plain) + 23)
    )
    return out


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_cut_and_no_noise_gives_a_traceback(data, tmp_path):
    whole = bytearray(data.draw(st.sampled_from(merge_source(0))))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    cut = save(tmp_path, "host.pdf", bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    try:
        made = merge(cut, [save(tmp_path, "part.pdf", drawn("part", 1))])
    except Refused:
        return
    opened(made.pdf)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    sizes=st.lists(st.tuples(st.integers(100, 900), st.integers(720, 900)), min_size=5, max_size=5),
    turns=st.lists(st.sampled_from([0, 90, 180, 270]), min_size=5, max_size=5),
    at=st.floats(0, 1),
)
def test_pages_in_are_pages_out(counts, sizes, turns, at, tmp_path):
    files = []
    for n, count in enumerate(counts):

        def turned(canvas, _page, n=n):
            canvas.setPageRotation(turns[n])

        data = drawn(f"f{n}", count, tuple(map(float, sizes[n])), on_page=turned)
        files.append(save(tmp_path, f"f{n}.pdf", data))
    before = 1 + int(at * (counts[0] - 1))
    made = merge(files[0], files[1:], before).pdf
    apart = [texts((tmp_path / f"f{n}.pdf").read_bytes(), tmp_path) for n in range(len(counts))]
    host, parts = apart[0], [each for file in apart[1:] for each in file]
    assert texts(made, tmp_path) == host[: before - 1] + parts + host[before - 1 :]
    check(made, tmp_path)


@pytest.mark.slow
def test_two_thousand_pages_take_linear_time(tmp_path):
    part = save(tmp_path, "part.pdf", drawn("part", 2))
    seconds = []
    for pages in (500, 2000):
        host = save(tmp_path, "host.pdf", drawn("host", pages))
        start = time.process_time()
        made = merge(host, [part], 250)
        seconds.append(time.process_time() - start)
    assert len(opened(made.pdf).pages) == 2002
    assert seconds[1] < 10 * seconds[0] + 1


@pytest.mark.slow
def test_a_table_that_is_wrong_everywhere_is_put_right_in_linear_time(tmp_path):
    numbers = range(100, 10_100)
    objects = {f"o{number}": b"<< /N %d >>" % number for number in numbers}
    all_of_them = b"/All [%s]" % b" ".join(b"%d 0 R" % number for number in numbers)
    host = simple("host", 1, all_of_them, **objects)
    table = host.rindex(b"xref\n0")
    rows = host[table:].split(b"\n")
    rows[102:10_102] = reversed(rows[102:10_102])
    path = save(tmp_path, "host.pdf", host[:table] + b"\n".join(rows))
    start = time.process_time()
    made = merge(path, [save(tmp_path, "a.pdf", drawn("a"))])
    assert time.process_time() - start < 20
    pdf = opened(made.pdf)
    assert [int(each.N) for each in pdf.Root.All] == list(numbers)


def test_objects_that_were_deleted_stay_deleted(tmp_path):
    host = simple("host", 1, b"/Gone 900 0 R")
    path = save(
        tmp_path, "host.pdf", host.replace(b"xref\n0", b"900 0 obj\n(secret)\nendobj\nxref\n0")
    )
    assert b"secret" in (tmp_path / "host.pdf").read_bytes()
    moved = (tmp_path / "host.pdf").read_bytes()
    start = moved.rindex(b"xref\n0")
    moved = moved[: moved.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % start
    (tmp_path / "host.pdf").write_bytes(moved)
    assert b"secret" not in merge(path, [save(tmp_path, "a.pdf", drawn("a"))]).pdf


def named(tag: str, names: int) -> bytes:
    pairs = b" ".join(b"(n%05d) [10 0 R /XYZ 0 %d null]" % (n, n) for n in range(names))
    return simple(tag, 1, b"/Names << /Dests 3 0 R >>", o3=b"<< /Names [%s] >>" % pairs)


@pytest.mark.slow
def test_many_names_take_linear_time(tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host"))
    seconds = []
    for files in (10, 40):
        parts = [save(tmp_path, f"f{n}.pdf", named(f"f{n}", 250)) for n in range(files)]
        start = time.process_time()
        made = merge(host, parts)
        seconds.append(time.process_time() - start)
    assert len(names_of(made.pdf)) == 40 * 250
    assert seconds[1] < 10 * seconds[0] + 1
    check(made.pdf, tmp_path)
