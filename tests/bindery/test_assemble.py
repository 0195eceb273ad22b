import os
import subprocess
import sys
from io import BytesIO

import pytest
from bindery_samples import (
    A4,
    LETTER,
    ROOT,
    by_name,
    check,
    drawn,
    glyph_at,
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
    words,
)
from reportlab.pdfgen.canvas import Canvas

from layout.bindery.assemble import Entry, Foreign, OwnPages, assemble, survey
from layout.bindery.pagelabels import Label
from layout.ground.problems import Place, Refused

pytestmark = [needs("qpdf"), needs("pdftotext"), needs("mutool")]


def folios(*shown: str, size: tuple[float, float] = A4, article: int = 2) -> bytes:
    """Our own PDF: a contents page that links to all, `article` pages, a page for each folio."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, lang="en-GB")
    canvas.setTitle("Focus 12")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    names = [f"a{n}" for n in range(article)] + [f"folio {each}" for each in shown]
    canvas.drawString(72, 700, "Contents")
    for n, name in enumerate(names):
        canvas.linkRect("", name, (72, 600 - 20 * n, 200, 615 - 20 * n))
    canvas.bookmarkPage("contents")
    canvas.showPage()
    for n in range(article):
        canvas.drawString(72, 700, f"Article {n + 1}")
        canvas.bookmarkPage(f"a{n}")
        canvas.linkRect("", "contents", (72, 600, 200, 615))
        canvas.showPage()
    for each in shown:
        canvas.drawString(500, 30, f"~{each}")
        canvas.bookmarkPage(f"folio {each}")
        canvas.showPage()
    canvas.save()
    return by_name(out.getvalue(), ["contents", *names])


@pytest.fixture
def cover(tmp_path):
    return save(tmp_path, "cover.pdf", by_name(drawn("cover", 3, LETTER)))


def test_pages_stand_in_their_order_with_folios_painted_over(cover, tmp_path):
    parts = [
        Foreign(cover, 0, 1),
        OwnPages(0),
        Foreign(cover, 1, overlays=(3, 4)),
        OwnPages(1, 2),
    ]
    made = assemble(folios("ii", "iii"), parts)
    check(made.pdf, tmp_path)
    assert [each.split() for each in texts(made.pdf, tmp_path)] == [
        ["cover", "page", "1"],
        ["Contents"],
        ["cover", "page", "2", "~ii"],
        ["cover", "page", "3", "~iii"],
        ["Article", "1"],
        ["Article", "2"],
    ]
    # own links: articles, then pages with a folio; foreign links within the file; web links
    site = "https://example.org/cover"
    assert links(made.pdf) == [[2, site], [4, 5, 2, 3], [3, site], [0, site], [1], [1]]


def test_our_catalogue_stands(cover, tmp_path):
    own = folios("1")
    pdf = opened(assemble(own, [OwnPages(0, 3), Foreign(cover, 0, 1, (3,))]).pdf)
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Focus 12"
    assert names_of(saved(pdf)) == ["a0", "a1", "contents", "folio 1", "p0"]


def test_the_outline_is_ours_with_each_foreign_one_under_its_entry(cover):
    entries = [
        Entry("Cover", 0),
        Entry("Interviews", 3),
        Entry("Article — one", 3, 1),
        Entry("Aside", 3, 2),
        Entry("Article two", 4, 1),
        Entry("Back", 5),
    ]
    parts = [Foreign(cover, 0, 2), OwnPages(0, 3), Foreign(cover, 2)]
    assert outline(assemble(folios(), parts, entries).pdf) == [
        (0, "Cover", 0),
        (1, "cover 0", 0),
        (2, "cover 1", 1),
        (0, "Interviews", 3),
        (1, "Article — one", 3),
        (2, "Aside", 3),
        (1, "Article two", 4),
        (0, "Back", 5),
        (1, "cover 0", None),
        (2, "cover 2", 5),
    ]


def test_labels_are_as_asked_for(cover):
    labels = [Label(0, "none", "Cover"), Label(1, "roman", first=2), Label(3, "arabic", "A-", 7)]
    made = assemble(folios(), [Foreign(cover), OwnPages(0, 2)], labels=labels)
    assert label_of(made.pdf) == ["Cover", "ii", "iii", "A-7", "A-8"]


def test_names_of_ours_win_over_foreign_ones(tmp_path):
    guest = by_name(drawn("guest", 2), ["a0", "other"])
    made = assemble(folios(), [OwnPages(0, 3), Foreign(save(tmp_path, "guest.pdf", guest))])
    internal = [[goal for goal in each if isinstance(goal, int)] for each in links(made.pdf)]
    assert internal == [[1, 2], [0], [0], [4], [3]]
    assert names_of(made.pdf) == ["a0", "a1", "contents", "guest.a0", "other"]


def test_links_to_pages_left_out_are_left_out(cover):
    made = assemble(folios(), [OwnPages(1), Foreign(cover, 1, 1)])
    assert links(made.pdf) == [[], ["https://example.org/cover"]]
    assert b"null" not in made.pdf.split(b"xref")[0].replace(b"null /XYZ", b"")


def test_the_same_foreign_pages_may_stand_twice(cover, tmp_path):
    made = assemble(folios(), [Foreign(cover, 0, 2), OwnPages(0), Foreign(cover, 1, 2)])
    check(made.pdf, tmp_path)
    internal = [[goal for goal in each if isinstance(goal, int)] for each in links(made.pdf)]
    assert internal == [[1], [], [], [4], []]
    assert texts(made.pdf, tmp_path)[3] == "cover page 2"


TURNED = {
    "plain": (b"/MediaBox [0 0 595 842]", (500, 30)),
    "shifted": (b"/MediaBox [-100 200 495 1042]", (500, 30)),
    "cropped": (b"/MediaBox [0 0 700 900] /CropBox [50 40 645 882]", (500, 30)),
    "upside down": (b"/MediaBox [595 842 0 0]", (500, 30)),
    "turned 90": (b"/MediaBox [10 20 852 615] /Rotate 90", (500, 30)),
    "turned 180": (b"/MediaBox [10 20 605 862] /Rotate 180", (500, 30)),
    "turned 270": (b"/MediaBox [10 20 852 615] /Rotate 270", (500, 30)),
    "turned back": (b"/MediaBox [10 20 852 615] /Rotate -90", (500, 30)),
    "wider": (b"/MediaBox [0 0 695 842]", (550, 30)),
    "half size": (b"/MediaBox [0 0 297.5 421]", (250, 15)),
}


@pytest.mark.parametrize("case", TURNED)
def test_a_folio_stands_upright_at_the_foot_of_any_page(case, tmp_path):
    box, (x, y) = TURNED[case]
    guest = simple("guest", 1, o10=page(11, box), o11=stream(words("here", 300, 400)))
    path = save(tmp_path, "guest.pdf", guest)
    made = assemble(folios("7"), [Foreign(path, overlays=(3,))]).pdf
    check(made, tmp_path)
    assert glyph_at(made, tmp_path, "~") == pytest.approx((x, y), abs=0.1)
    pdf = opened(made)
    before = opened(guest)
    for key in ("/MediaBox", "/CropBox", "/Rotate"):
        assert pdf.pages[0].obj.get(key) == before.pages[0].obj.get(key)
    assert pdf.pages[0].Contents[1].read_raw_bytes() == words("here", 300, 400)


@pytest.mark.parametrize(
    "content",
    [
        b"0.1 0 0 0.1 5 5 cm " + words("here"),  # leaves its own scale behind
        b"q 0.1 0 0 0.1 5 5 cm q " + words("here"),  # q without Q
        b"Q Q " + words("here") + b" 0.1 0 0 0.1 5 5 cm",  # Q without q
        b"BT /F1 1 Tf (q q \\) q) Tj [<6f> (q)] TJ ET % q q\n/q BMC EMC 9 0 0 9 0 0 cm",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID q EI q 3 0 0 3 0 0 cm",
    ],
)
def test_what_a_page_leaves_behind_does_not_move_the_folio(content, tmp_path):
    path = save(tmp_path, "guest.pdf", simple("guest", 1, o11=stream(content)))
    made = assemble(folios("7"), [Foreign(path, overlays=(3,))]).pdf
    assert glyph_at(made, tmp_path, "~") == pytest.approx((500, 30), abs=0.1)


def test_pages_that_share_resources_and_contents_get_their_own_folio(tmp_path):
    shared = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R /Contents [11 0 R 5 0 R] >>"
    objects = {
        "o3": b"<< /XObject 4 0 R /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        "o4": b"<< /Folio0 6 0 R >>",
        "o5": stream(b"/Folio0 Do"),
        "o6": stream(words("form", 72, 500), b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"),
        "o10": shared,
        "o12": shared,
    }
    form = objects["o6"].replace(b"/Type /XObject", b"/Resources 3 0 R")
    path = save(tmp_path, "guest.pdf", simple("guest", 2, **(objects | {"o6": form})))
    made = assemble(folios("7", "8"), [Foreign(path, overlays=(3, 4))])
    check(made.pdf, tmp_path)
    shown = [sorted(each.split()) for each in texts(made.pdf, tmp_path)]
    assert shown == [["1", "form", "guest", "page", f"~{n}"] for n in (7, 8)]


def test_a_page_without_contents_and_resources_takes_a_folio(tmp_path):
    bare = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    path = save(tmp_path, "guest.pdf", simple("guest", 1, o10=bare))
    assert texts(assemble(folios("7"), [Foreign(path, overlays=(3,))]).pdf, tmp_path) == ["~7"]


def claiming() -> bytes:
    pdf = pikepdf.open(BytesIO(folios("1")))
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, P=tree, K=0))
    element.Pg, tree.K = pdf.pages[1].obj, element
    tree.ParentTree = pikepdf.Dictionary(Nums=[0, pikepdf.Array([element])])
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = tree, pikepdf.Dictionary(Marked=True)
    pdf.pages[1].obj.StructParents = 0
    return saved(pdf)


def test_without_foreign_pages_all_that_our_pdf_says_stands(cover):
    made = assemble(claiming(), [OwnPages(0, 3)])
    pdf = opened(made.pdf)
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K[0].K[0].Pg.objgen == pdf.pages[1].obj.objgen
    assert int(pdf.pages[1].obj.StructParents) == 0
    assert made.notes == ()


def test_with_foreign_pages_our_tags_stand_and_those_without_are_named(cover):
    made = assemble(claiming(), [Foreign(cover), OwnPages(0, 3)])
    pdf = opened(made.pdf)
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K[0].K[0].Pg.objgen == pdf.pages[4].obj.objgen
    assert [problem.message for problem in made.notes] == [
        "cover.pdf is not tagged: its pages say nothing to a screen reader"
    ]
    assert made.notes[0].place == Place(cover)


def test_pages_that_a_foreign_file_has_not_are_refused_at_their_place(cover):
    place = Place("issue.yaml", 7, 5)
    for first, count in ((0, 4), (3, None), (-1, 1), (5, 1), (1, 0)):
        with pytest.raises(Refused, match=r"issue.yaml:7:5: error: cover.pdf has 3 pages, so"):
            assemble(folios(), [Foreign(cover, first, count, place=place)])


def test_all_bad_files_are_named_at_once(tmp_path):
    bad = [save(tmp_path, "a.pdf", b""), save(tmp_path, "b.pdf", b"text")]
    parts = [Foreign(path, place=Place("issue.yaml", n)) for n, path in enumerate(bad, 1)]
    with pytest.raises(Refused) as refusal:
        assemble(folios(), parts)
    assert [problem.place.line for problem in refusal.value.problems] == [1, 2]


def test_one_own_page_cannot_stand_twice(cover):
    with pytest.raises(ValueError, match="own page 1 is used twice"):
        assemble(folios(), [OwnPages(0, 2), OwnPages(1)])
    with pytest.raises(ValueError, match="2 overlays for 3 pages"):
        assemble(folios("1", "2"), [Foreign(cover, overlays=(3, 4))])


def test_a_survey_tells_finished_sizes_as_read(tmp_path):
    boxes = {
        10: b"/MediaBox [0 0 700 900] /TrimBox [50 29 645 871]",
        12: b"/MediaBox [0 0 842 595] /Rotate 270",
        14: b"/MediaBox [0 0 100 200] /UserUnit 2",
    }
    pages = {f"o{number}": page(number + 1, box) for number, box in boxes.items()}
    path = save(tmp_path, "guest.pdf", simple("guest", 3, **pages))
    assert survey(path).sizes == ((595, 842), (595, 842), (200, 400))


def test_the_same_parts_give_the_same_bytes(cover, tmp_path):
    program = (
        "import sys; from layout.bindery.assemble import *;"
        "own = open(sys.argv[1], 'rb').read();"
        "made = assemble(own, [Foreign(sys.argv[2], overlays=(3, 4, 5)), OwnPages(0, 3)], [Entry('C', 0)]);"
        "sys.stdout.buffer.write(made.pdf)"
    )
    own = save(tmp_path, "own.pdf", folios("1", "2", "3"))
    made = set()
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-c", program, own, cover]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": ROOT}
        made.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert len(made) == 1
