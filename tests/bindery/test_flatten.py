"""An edition without annotations: what prints is painted on its page, and looks as it did."""

import re

import pytest
from bindery_samples import check, drawn, needs, opened, pikepdf, save, texts
from form_samples import (
    Array,
    Dictionary,
    Name,
    annotation,
    changed,
    form,
    put_between,
    seen,
    told,
)
from tag_samples import El, tagged

pytestmark = [needs("qpdf"), needs("mutool")]

PAPER = {"bare": True}


def painted(folder, guest: bytes, **options):
    """The guest between our pages in an edition without annotations."""
    made = put_between(save(folder, "guest.pdf", guest), bare=True, **options)
    check(made.pdf, folder)
    return made


def without(pdf) -> None:
    """The page with none of its annotations."""
    del pdf.pages[0].obj["/Annots"]


def test_a_filled_form_looks_the_same(tmp_path):
    made = painted(tmp_path, form())
    assert seen(made.pdf, tmp_path, 2) == seen(form(), tmp_path)
    assert seen(made.pdf, tmp_path, 2) != seen(changed(form(), without), tmp_path)


def test_its_text_can_be_read_and_nothing_can_be_filled_in(tmp_path):
    made = painted(tmp_path, form("Ada Lovelace"))
    pdf = opened(made.pdf)
    assert "/AcroForm" not in pdf.Root
    assert "/Annots" not in pdf.pages[1]
    assert "Ada Lovelace" in texts(made.pdf, tmp_path)[1]
    assert [(each.severity, each.message) for each in made.notes] == [
        ("note", "5 annotations of guest.pdf are content of their pages now, form fields included")
    ]


def square(**entries):
    return changed(drawn("guest", 1, links=False), lambda pdf: annotation(pdf, "Square", **entries))


MOVED = [
    {},
    {"Rect": [100, 100, 300, 150]},
    {"Rect": [340, 340, 300, 300]},
    {"F": 4 | 64},
]


@pytest.mark.parametrize("entries", MOVED)
@pytest.mark.parametrize(
    "kind", ["Stamp", "Square", "Highlight", "FreeText", "Ink", "FileAttachment"]
)
def test_other_annotations_that_print_look_the_same(kind, entries, tmp_path):
    guest = changed(drawn("guest", 1, links=False), lambda pdf: annotation(pdf, kind, **entries))
    assert seen(painted(tmp_path, guest).pdf, tmp_path, 2) == seen(guest, tmp_path)


MATRICES = [
    [1, 0, 0, 1, 0, 0], [0, 1, -1, 0, 0, 0], [2, 0, 0, 0.5, 7, -3], [0.7, 0.7, -0.7, 0.7, 0, 0], [1, 0, 0.5, 1, 0, 0],
    [-1, 0, 0, 1, 0, 0],
]  # fmt: skip


def arrow(pdf, matrix, **entries) -> None:
    """An appearance that looks different from all sides."""
    made = annotation(pdf, "Stamp", **{"Rect": [200, 300, 330, 380], **entries})
    look = made.AP.N
    look.write(b"1 0 0 rg 5 5 40 10 re f 0 0 1 rg 10 20 m 45 20 l 45 48 l f")
    look.BBox, look.Matrix = Array([3, 2, 60, 50]), Array(matrix)


@pytest.mark.parametrize("matrix", MATRICES)
def test_an_appearance_is_put_where_its_matrix_and_its_box_say(matrix, tmp_path):
    guest = changed(drawn("guest", 1, links=False), lambda pdf: arrow(pdf, matrix))
    assert seen(painted(tmp_path, guest).pdf, tmp_path, 2) == seen(guest, tmp_path)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_on_turned_pages(turn, tmp_path):
    def turned(pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.UserUnit = 1.5
        arrow(pdf, MATRICES[0])

    guest = changed(drawn("guest", 1, links=False), turned)
    assert seen(painted(tmp_path, guest).pdf, tmp_path, 2) == seen(guest, tmp_path)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_does_not_turn_with_its_page_stands_upright(turn, tmp_path):
    """Poppler does not know NoRotate; the words must be read from left to right whatever the page."""

    def turned(pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        made = annotation(pdf, "Stamp", F=4 | 16, Rect=[200, 300, 280, 340])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        made.AP.N.Resources = Dictionary(Font=Dictionary(F1=font))
        made.AP.N.write(b"BT /F1 8 Tf 2 20 Td (upright) Tj ET")
        made.AP.N.BBox = Array([0, 0, 80, 40])

    guest = changed(drawn("guest", 1, links=False), turned)
    made = painted(tmp_path, guest)
    pdf = opened(made.pdf)
    content = b"".join(each.read_bytes() for each in pdf.pages[1].Contents)
    numbers = re.findall(rb"q ([-0-9. ]+) cm /Annot0 Do Q", content)[0].split()
    a, b, c, d, e, f = map(float, numbers)
    # The upper left corner of the rectangle stays, and turning the page brings the text upright.
    assert (round(c * 40 + e, 3), round(d * 40 + f, 3)) == (200, 340)
    upright = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    assert (a, b) == upright


@pytest.mark.parametrize("flags", [0, 2, 4 | 2, 1])
def test_what_is_hidden_or_does_not_print_is_not_painted(flags, tmp_path):
    made = painted(tmp_path, square(F=flags))
    plain = changed(square(), without)
    assert seen(made.pdf, tmp_path, 2) == seen(plain, tmp_path)
    assert told(made) == ["the links and other annotations of guest.pdf are left out"]


def test_what_prints_and_is_not_seen_on_screens_is_painted(tmp_path):
    made = painted(tmp_path, square(F=4 | 32))
    assert seen(made.pdf, tmp_path, 2) == seen(square(), tmp_path)


def test_links_go(tmp_path):
    made = painted(tmp_path, drawn("guest", 1))
    pdf = opened(made.pdf)
    assert "/Annots" not in pdf.pages[1]
    assert told(made) == ["the links and other annotations of guest.pdf are left out"]


def test_what_has_no_appearance_is_named(tmp_path):
    made = painted(tmp_path, square(AP=None))
    assert made.notes[0].severity == "warning"
    assert told(made) == [
        "1 annotation of guest.pdf cannot be printed, first on page 1: no appearance"
    ]


def test_an_empty_field_is_no_loss_and_a_filled_one_is(tmp_path):
    def bare(pdf) -> None:
        for widget in pdf.pages[0].Annots:
            del widget["/AP"]
            if "/MK" in widget:
                del widget["/MK"]
        pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Ada")
        del pdf.Root.AcroForm.Fields[2]["/V"]

    made = painted(tmp_path, changed(form(), bare))
    assert told(made) == [
        "1 annotation of guest.pdf cannot be printed, first on page 1: no appearance"
    ]


def test_an_appearance_without_resources_has_those_of_the_form(tmp_path):
    def poor(pdf) -> None:
        look = pdf.Root.AcroForm.Fields[0].AP.N
        del look["/Resources"], look["/Subtype"]

    made = painted(tmp_path, changed(form("Ada"), poor))
    assert "Ada" in texts(made.pdf, tmp_path)[1]


def test_content_that_leaves_a_state_behind_moves_nothing(tmp_path):
    def untidy(pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(b"Q Q 0.5 0 0 0.5 9 9 cm q 2 0 0 2 0 0 cm q")
        annotation(pdf, "Square")

    guest = changed(drawn("guest", 1, links=False), untidy)
    tidy = changed(
        guest, lambda pdf: pdf.pages[0].obj.__setitem__("/Contents", pdf.make_stream(b""))
    )
    assert seen(painted(tmp_path, guest).pdf, tmp_path, 2) == seen(tidy, tmp_path)


def test_an_annotation_stays_in_its_layer(tmp_path):
    def layered(pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Proof"))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        annotation(pdf, "Square", OC=layer)

    guest = changed(drawn("guest", 1, links=False), layered)
    made = painted(tmp_path, guest)
    pdf = opened(made.pdf)
    (layer,) = pdf.pages[1].Resources.Properties.values()
    assert layer.objgen == pdf.Root.OCProperties.OCGs[0].objgen
    assert seen(made.pdf, tmp_path, 2) == seen(changed(square(), without), tmp_path)


def a_tagged_form(*kids, **entries) -> bytes:
    """A page with text, and a filled field in the element Form."""

    def fill(pdf) -> None:
        (link,) = pdf.pages[0].Annots
        del link["/Dest"]
        look = annotation(pdf, "Square").AP.N
        pdf.pages[0].obj.Annots = Array([link])
        link.Subtype, link.FT, link.T, link.V = Name.Widget, Name.Tx, "who", "Ada"
        link.F, link.AP, link.TU = 4, Dictionary(N=look), "your name"
        pdf.Root.AcroForm = Dictionary(Fields=[link])

    document = El("Document", El("P", (0, 0)), El("Form", "link 0"), El("P", (0, 1)))
    return changed(tagged(document, links=[0]), fill)


def test_a_tagged_field_becomes_content_of_its_element(tmp_path):
    from layout.bindery.assemble import Foreign, assemble

    own = tagged(El("Document", El("P", (0, 0))))
    made = assemble(own, [Foreign(save(tmp_path, "form.pdf", a_tagged_form()))], bare=True)
    pdf = opened(made.pdf)
    (part,) = pdf.Root.StructTreeRoot.K[0].K
    first, field, second = part.K
    assert [str(each.S) for each in (first, field, second)] == ["/P", "/Form", "/P"]
    assert [int(each.K) for each in (first, field, second)] == [0, 2, 1]
    (said,) = field.A
    assert (said.O, said.Role, str(said.Desc)) == (Name.PrintField, Name.tv, "your name")
    content = b"".join(each.read_bytes() for each in pdf.pages[0].Contents)
    assert b"/Span <</MCID 2>> BDC q 3.2 0 0 0.75" in content
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert parents[2].objgen == field.objgen


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"FT": "/Tx"}, {"Role": "/tv"}),
        ({"FT": "/Ch"}, {"Role": "/tv"}),
        ({"FT": "/Btn"}, {"Role": "/cb", "checked": "/off"}),
        ({"FT": "/Btn", "AS": "/Yes"}, {"Role": "/cb", "checked": "/on"}),
        ({"FT": "/Btn", "Ff": 1 << 15, "AS": "/Off"}, {"Role": "/rb", "checked": "/off"}),
        ({"FT": "/Btn", "Ff": 1 << 16}, {"Role": "/pb"}),
        (None, None),
    ],
)
def test_what_tags_say_of_a_field_that_was_one(entries, expected):
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    from layout.bindery.annots import print_field
    from layout.bindery.foreign import open_bytes
    from layout.ground.problems import Place

    made = {"/Subtype": NameObject("/Stamp" if entries is None else "/Widget")}
    for key, value in (entries or {}).items():
        kind = NumberObject if isinstance(value, int) else NameObject
        made[f"/{key}"] = kind(value)
    opened_pdf = open_bytes(drawn("a"), Place("a.pdf"), "a.pdf")
    found = print_field(
        opened_pdf, DictionaryObject({NameObject(key): each for key, each in made.items()})
    )
    shown = None if found is None else {key[1:]: str(each) for key, each in found.items()}
    assert shown == (None if expected is None else {"O": "/PrintField", **expected})


def test_what_no_element_speaks_of_is_an_artifact(tmp_path):
    from layout.bindery.assemble import Foreign, assemble

    guest = changed(tagged(El("Document", El("P", (0, 0)))), lambda pdf: annotation(pdf, "Stamp"))
    own = tagged(El("Document", El("P", (0, 0))))
    made = assemble(own, [Foreign(save(tmp_path, "a.pdf", guest))], bare=True)
    pdf = opened(made.pdf)
    content = b"".join(each.read_bytes() for each in pdf.pages[0].Contents)
    assert b"/Artifact BMC q 1 0 0 1" in content


@pytest.mark.parametrize(
    ("key", "value"),
    [("BBox", [0, 0, 0, 40]), ("BBox", [0, 0]), ("BBox", None), ("Matrix", [0, 0, 0, 0, 0, 0])],
)
def test_an_appearance_without_a_size_shows_nothing(key, value, tmp_path):
    def damage(pdf) -> None:
        look = annotation(pdf, "Square").AP.N
        if value is None:
            del look[f"/{key}"]
        else:
            look[f"/{key}"] = Array(value)

    made = painted(tmp_path, changed(drawn("guest", 1, links=False), damage))
    assert seen(made.pdf, tmp_path, 2) == seen(changed(square(), without), tmp_path)
