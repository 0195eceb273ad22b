"""Pages without tags that are marked as artifacts, and their links, which get tags."""

import pytest
from bindery_samples import by_name, check, drawn, needs, opened, pikepdf, save, simple, stream
from form_samples import Array, Dictionary, Name, annotation, changed, form, seen, told
from tag_samples import El, numbers, tagged

from layout.bindery.assemble import Foreign, OwnPages, assemble
from layout.bindery.pagelabels import Label, called, roman

pytestmark = [needs("qpdf"), needs("mutool")]


def own() -> bytes:
    return tagged(El("Document", El("P", (0, 0)), El("P", (1, 0))), pages=2)


def bound(
    folder, guest: bytes, *, word: str = "page", labels=(), bare=False, name="advert.pdf", **options
):
    path = save(folder, name, guest)
    parts = [OwnPages(0), Foreign(path, untagged=word, **options), OwnPages(1)]
    made = assemble(own(), parts, labels=labels, bare=bare)
    check(made.pdf, folder)
    return made


def marks(pdf, page: int) -> list[str]:
    """The marked content of a page and what is painted in it, as pikepdf reads it."""
    found, depth = [], 0
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
        name = str(operator)
        if name in ("BMC", "BDC"):
            found.append(str(operands[0]))
            depth += 1
        elif name == "EMC":
            depth -= 1
            assert depth >= 0
            found.append("end")
        elif name in ("Tj", "f", "Do", "TJ"):
            found.append(name if depth else f"bare {name}")
    assert depth == 0
    return found


def test_all_content_is_one_artifact(tmp_path):
    made = bound(tmp_path, drawn("advert", 2, links=False))
    pdf = opened(made.pdf)
    for page in (1, 2):
        assert marks(pdf, page) == ["/Artifact", "Tj", "end"]
    assert seen(made.pdf, tmp_path, 2) == seen(drawn("advert", 2, links=False), tmp_path)
    assert [(each.severity, each.message) for each in made.notes] == [
        ("note", "all content is an artifact on pages 1, 2 of advert.pdf")
    ]


def test_without_the_key_it_is_reported(tmp_path):
    """The negative control."""
    made = bound(tmp_path, drawn("advert", 1, links=False), word="")
    assert marks(opened(made.pdf), 1) == ["bare Tj"]
    assert told(made) == ["advert.pdf is not tagged: its pages say nothing to a screen reader"]


def test_only_the_pages_of_that_part(tmp_path):
    path = save(tmp_path, "advert.pdf", drawn("advert", 2, links=False))
    parts = [OwnPages(0), Foreign(path, 0, 1, untagged="page"), Foreign(path, 1, 1), OwnPages(1)]
    made = assemble(own(), parts)
    pdf = opened(made.pdf)
    assert marks(pdf, 1)[0] == "/Artifact"
    assert marks(pdf, 2) == ["bare Tj"]
    assert told(made) == [
        "all content is an artifact on page 1 of advert.pdf",
        "advert.pdf is not tagged: its pages say nothing to a screen reader",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"/OC /a BMC 0 0 9 9 re f EMC", ["/Artifact", "/OC", "f", "end", "end"]),
        (b"/Span BMC 0 0 9 9 re f", ["/Artifact", "/Span", "f", "end", "end"]),
        (b"EMC 0 0 9 9 re f", ["/Artifact", "/Artifact", "end", "f", "end"]),
        (b"Q Q q q 0 0 9 9 re f", ["/Artifact", "f", "end"]),
        (b"(EMC BMC) pop /Artifact BMC 0 0 9 9 re f EMC", ["/Artifact", "/Artifact", "f", "end", "end"]),
    ],
)  # fmt: skip
def test_content_that_is_not_balanced_is_inside_all_the_same(content, expected, tmp_path):
    made = bound(tmp_path, simple("advert", 1, o11=stream(content)))
    found = marks(opened(made.pdf), 1)
    assert found == (expected or ["/Artifact", "end"])


def test_a_folio_laid_over_is_beside_it(tmp_path):
    path = save(tmp_path, "advert.pdf", drawn("advert", 1, links=False))
    parts = [OwnPages(0), Foreign(path, overlays=(1,), untagged="page")]
    made = assemble(own(), parts)
    assert marks(opened(made.pdf), 1) == ["/Artifact", "Tj", "end", "/Artifact", "Do", "end"]


def with_links(pdf) -> None:
    page = pdf.pages[0].obj
    for action in (
        Dictionary(S=Name.URI, URI="https://example.org/a%20b"),
        Dictionary(S=Name.URI, URI="mailto:ada@example.org"),
        Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit])),
        Dictionary(S=Name.Named, N=Name.NextPage),
    ):
        annotation(pdf, "Link", AP=None, F=None, A=action, Border=[0, 0, 0])
    annotation(pdf, "Link", AP=None, F=None, Contents="said", Dest=Array([page, Name.Fit]))


def links_of(pdf, page: int) -> list[tuple[str, int | None]]:
    return [
        (str(each.get("/Contents", "")), int(each.F) if "/F" in each else None)
        for each in pdf.pages[page].Annots
    ]


def test_links_have_tags_and_a_description(tmp_path):
    guest = changed(drawn("advert", 2, links=False), with_links)
    labels = [Label(0, "roman"), Label(2, "arabic", "A-", 7)]
    made = bound(tmp_path, guest, word="Seite", labels=labels)
    pdf = opened(made.pdf)
    assert links_of(pdf, 1) == [
        ("https://example.org/a b", 4),
        ("ada@example.org", 4),
        ("Seite A-7", 4),
        ("", 4),
        ("said", None),
    ]
    first, part, last = pdf.Root.StructTreeRoot.K[0].K
    assert (first.S, part.S, last.S) == ("/P", "/Part", "/P")
    assert str(part.T) == "advert.pdf"
    assert [each.S for each in part.K] == ["/Link"] * 5
    parents = numbers(pdf)
    for element, link in zip(part.K, pdf.pages[1].Annots, strict=True):
        assert element.K.Obj.objgen == link.objgen
        assert element.K.Pg.objgen == pdf.pages[1].obj.objgen
        assert parents[int(link.StructParent)].objgen == element.objgen
    assert pdf.pages[1].Tabs == "/S"
    assert told(made) == [
        "all content is an artifact on pages 1, 2 of advert.pdf; links with tags: 5"
    ]


def test_links_that_stand_in_their_page_become_objects(tmp_path):
    def direct(pdf) -> None:
        with_links(pdf)
        page = pdf.pages[0].obj
        page.Annots = Array([pikepdf.Dictionary(dict(each.items())) for each in page.Annots])

    made = bound(tmp_path, changed(drawn("advert", 2, links=False), direct))
    pdf = opened(made.pdf)
    assert all(each.is_indirect for each in pdf.pages[1].Annots)
    assert len(pdf.Root.StructTreeRoot.K[0].K[1].K) == 5


def test_links_by_name_are_described_too(tmp_path):
    made = bound(tmp_path, by_name(drawn("advert", 2)))
    pdf = opened(made.pdf)
    assert [said for said, _ in links_of(pdf, 1)] == ["page 3", "https://example.org/advert"]


def test_in_an_issue_without_tags_no_tags_are_made(tmp_path):
    path = save(tmp_path, "advert.pdf", drawn("advert", 1))
    made = assemble(drawn("own", 1), [OwnPages(0), Foreign(path, untagged="page")])
    pdf = opened(made.pdf)
    assert "/StructTreeRoot" not in pdf.Root
    check(made.pdf, tmp_path)


def test_a_file_with_tags_keeps_them(tmp_path):
    guest = tagged(El("Document", El("P", (0, 0))))
    made = bound(tmp_path, guest)
    pdf = opened(made.pdf)
    assert pdf.Root.StructTreeRoot.K[0].K[1].K[0].S == "/P"
    assert marks(pdf, 1) == ["/P", "Tj", "end"]
    assert told(made) == ["advert.pdf is tagged: `untagged: artifact` does nothing"]


NUMBERED = {
    "in the page": {"o11": stream(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")},
    "in properties": {
        "o10": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 11 0 R/Resources<</Properties<</a<</MCID 0>>>>>>>>",
        "o11": stream(b"/P /a BDC 0 0 9 9 re f EMC"),
    },
    "in a form": {
        "o10": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 11 0 R/Resources<</XObject<</a 5 0 R>>>>>>",
        "o11": stream(b"/a Do"),
        "o5": stream(b"/b Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</b 6 0 R>>>>"),
        "o6": stream(b"/P<</MCID 3>>BDC EMC", b"/Subtype/Form/BBox[0 0 9 9]"),
    },
}


@pytest.mark.parametrize("objects", NUMBERED.values(), ids=NUMBERED)
def test_numbered_content_is_no_artifact(objects, tmp_path):
    made = bound(tmp_path, simple("advert", 1, **objects))
    assert "/Artifact" not in marks(opened(made.pdf), 1)
    assert told(made)[0] == (
        "page 1 of advert.pdf has numbered content without tags: it is no artifact"
    )
    assert made.notes[0].hint == "export it again, with tags or without any"


def test_annotations_that_are_no_links_are_told(tmp_path):
    def more(pdf) -> None:
        annotation(pdf, "Stamp")
        annotation(pdf, "Stamp", F=2)
        annotation(pdf, "Popup", AP=None)

    made = bound(tmp_path, changed(drawn("advert", 1), more))
    assert told(made) == [
        "all content is an artifact on page 1 of advert.pdf; links with tags: 2",
        "annotations of advert.pdf that are no links have no tags: 1",
    ]


def test_what_is_painted_for_the_press_is_inside(tmp_path):
    made = bound(tmp_path, form(), bare=True)
    found = marks(opened(made.pdf), 1)
    assert (found[0], found[-1], found.count("end")) == ("/Artifact", "end", 1)
    assert found.count("Do") == 5
    assert seen(made.pdf, tmp_path, 2) == seen(form(), tmp_path)


@pytest.mark.parametrize(
    ("labels", "page", "expected"),
    [
        ([], 3, "4"),
        ([Label(0)], 3, "4"),
        ([Label(0, "roman"), Label(4, first=9)], 3, "iv"),
        ([Label(0, "roman"), Label(4, first=9)], 5, "10"),
        ([Label(0, "Roman", "A-", 49)], 0, "A-XLIX"),
        ([Label(0, "letters", first=27)], 0, "aa"),
        ([Label(0, "Letters")], 51, "ZZ"),
        ([Label(0, "none", "Cover")], 0, "Cover"),
        ([Label(2, prefix="B")], 1, "2"),
    ],
)
def test_what_a_viewer_calls_a_page(labels, page, expected):
    assert called(labels, page) == expected


def test_roman_numerals():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1999)] == [
        "i", "iv", "ix", "xiv", "xl", "xc", "cd", "mcmxcix",
    ]  # fmt: skip
