"""Forms of several files joined: fields can still be filled in, and mean what they meant."""

import pytest
from bindery_samples import check, drawn, needs, opened, save, simple
from form_samples import (
    Array,
    Dictionary,
    Name,
    String,
    annotation,
    changed,
    form,
    names,
    put_between,
    seen,
    told,
)

from layout.bindery.formfonts import restyled
from layout.bindery.merge import merge

pytestmark = [
    needs("qpdf"),
    needs("mutool"),
    pytest.mark.filterwarnings("ignore:This document has .* form widget"),
]

FOUR = ["pick", "side", "who", "yes"]


def merged(folder, host: bytes, *guests: bytes):
    paths = [save(folder, f"guest{n}.pdf", guest) for n, guest in enumerate(guests, 1)]
    return merge(save(folder, "host.pdf", host), paths)


def test_fields_of_a_guest_come_along_with_their_values(tmp_path):
    made = merged(tmp_path, drawn("host"), form())
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    fields = names(pdf)
    assert sorted(fields) == FOUR
    assert str(fields["who"].V) == "Ada"
    assert fields["side"].V == "/left"
    widgets = [each.objgen for each in pdf.pages[2].Annots]
    assert fields["who"].objgen in widgets
    assert [each.objgen in widgets for each in fields["side"].Kids] == [True, True]
    assert made.notes == ()


def test_a_field_that_came_along_can_be_filled_in(tmp_path):
    from pikepdf.form import DefaultAppearanceStreamGenerator, Form

    made = merged(tmp_path, form("Ada"), form("Grace"))
    pdf = opened(made.pdf)
    before = seen(made.pdf, tmp_path, 2)
    Form(pdf, DefaultAppearanceStreamGenerator)["guest1.who"].value = "Somebody else"
    out = tmp_path / "filled.pdf"
    pdf.save(out)
    assert seen(out.read_bytes(), tmp_path, 2) != before
    assert seen(out.read_bytes(), tmp_path, 1) == seen(made.pdf, tmp_path, 1)


def test_names_that_are_taken_come_under_a_new_field(tmp_path):
    made = merged(tmp_path, form("Ada"), form("Grace"), form("Joan"))
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    fields = names(pdf)
    later = [f"guest{n}.{name}" for n in (1, 2) for name in FOUR]
    assert sorted(fields) == sorted(FOUR + later)
    values = [str(fields[name].V) for name in ("who", "guest1.who", "guest2.who")]
    assert values == ["Ada", "Grace", "Joan"]
    assert [(each.severity, each.message) for each in made.notes] == [
        ("note", f"form fields of guest{n}.pdf whose names are taken are now under `guest{n}`")
        for n in (1, 2)
    ]


def test_only_names_that_are_taken_are_changed(tmp_path):
    made = merged(tmp_path, form(), form("Grace", 2))
    assert sorted(names(opened(made.pdf))) == sorted(
        [*FOUR, *(f"guest1.{name}" for name in FOUR), "who2"]
    )


def test_the_new_field_has_a_name_of_its_own(tmp_path):
    def rename(pdf) -> None:
        pdf.Root.AcroForm.Fields[1].T = String("guest1")

    made = merged(tmp_path, changed(form(), rename), form("Grace"))
    assert "guest12.who" in names(opened(made.pdf))


def test_a_file_merges_with_itself_and_with_the_same_bytes(tmp_path):
    path = save(tmp_path, "form.pdf", form())
    made = merge(path, [path, path])
    assert sorted(names(opened(made.pdf))) == sorted(
        FOUR + [f"{stem}.{name}" for stem in ("form", "form2") for name in FOUR]
    )
    assert merge(path, [path, path]).pdf == made.pdf


def test_pages_look_as_they_did(tmp_path):
    made = merged(tmp_path, form("Ada"), form("Grace"))
    assert seen(made.pdf, tmp_path, 1) == seen(form("Ada"), tmp_path)
    assert seen(made.pdf, tmp_path, 2) == seen(form("Grace"), tmp_path)


def other_font(pdf) -> None:
    times = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman"))
    pdf.Root.AcroForm.DR.Font.Helv = pdf.make_indirect(times)
    annotation(pdf, "FreeText", DA="/Helv 9 Tf 1 0 0 rg", Contents="free", AP=None)


def test_a_font_with_a_name_that_is_taken_gets_another(tmp_path):
    made = merged(tmp_path, form("Ada"), changed(form("Grace"), other_font))
    pdf = opened(made.pdf)
    fonts, fields = pdf.Root.AcroForm.DR.Font, names(pdf)
    assert fonts.Helv.BaseFont == "/Helvetica"
    assert fonts["/Helv.1"].BaseFont == "/Times-Roman"
    assert str(fields["who"].DA).startswith("/Helv 12 Tf")
    assert str(fields["guest1.who"].DA).startswith("/Helv.1 12 Tf")
    (free,) = [each for each in pdf.pages[1].Annots if each.Subtype == "/FreeText"]
    assert str(free.DA) == "/Helv.1 9 Tf 1 0 0 rg"


def test_equal_fonts_stay_one(tmp_path):
    made = merged(tmp_path, form("Ada"), form("Grace"), form("Joan"))
    before, after = opened(form()), opened(made.pdf)
    assert set(after.Root.AcroForm.DR.Font.keys()) == set(before.Root.AcroForm.DR.Font.keys())


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (b"/Helv 12 Tf 0 g", b"/F9 12 Tf 0 g"),
        (b"0 g /Helv 0 Tf", b"0 g /F9 0 Tf"),
        (b"/Helvetica 12 Tf", b"/Helvetica 12 Tf"),
        (b"/Helv gs /Helv\n-1.5 Tf", b"/Helv gs /F9\n-1.5 Tf"),
        (b"", b""),
    ],
)
def test_the_name_of_a_font_in_a_default_appearance(style, expected):
    assert restyled(style, {b"Helv": b"F9"}) == expected


def test_defaults_of_a_guests_form_go_to_its_fields(tmp_path):
    def plain(pdf) -> None:
        pdf.Root.AcroForm.DA, pdf.Root.AcroForm.Q = String("/Helv 7 Tf 0 g"), 2
        del pdf.Root.AcroForm.Fields[0]["/DA"]

    made = merged(tmp_path, form("Ada"), changed(form("Grace"), plain))
    pdf = opened(made.pdf)
    fields = names(pdf)
    assert str(fields["guest1.who"].DA) == "/Helv 7 Tf 0 g"
    assert fields["guest1.who"].Q == 2
    assert str(fields["guest1.pick"].DA).startswith("/Helv 12 Tf")
    assert "/Q" not in fields["who"]


def test_the_order_of_calculation_and_the_wish_for_appearances_are_kept(tmp_path):
    def order(pdf) -> None:
        fields = pdf.Root.AcroForm.Fields
        pdf.Root.AcroForm.CO = Array([fields[2], fields[0]])

    def wish(pdf) -> None:
        order(pdf)
        pdf.Root.AcroForm.NeedAppearances = True

    made = merged(tmp_path, changed(form(), order), changed(form("Grace"), wish))
    pdf = opened(made.pdf)
    joined, fields = pdf.Root.AcroForm, names(pdf)
    assert joined.NeedAppearances is True
    expected = [fields[name].objgen for name in ("pick", "who", "guest1.pick", "guest1.who")]
    assert [each.objgen for each in joined.CO] == expected


def test_a_form_in_xml_is_taken_out_and_named(tmp_path):
    def xml(pdf) -> None:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
        pdf.Root.NeedsRendering = True

    made = merged(tmp_path, changed(form(), xml), changed(form("Grace"), xml))
    pdf = opened(made.pdf)
    assert "/XFA" not in pdf.Root.AcroForm
    assert "/NeedsRendering" not in pdf.Root
    assert [each for each in told(made) if "XFA" in each] == [
        "the XFA form of host.pdf was taken out: its fields stay",
        "the XFA form of guest1.pdf was taken out: its fields stay",
    ]


SIGNATURE = (
    b"<</FT/Sig/T(S)/Subtype/Widget/Rect[0 0 0 0]/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>"
)


def test_a_signature_of_a_guest_goes_and_is_named(tmp_path):
    signed = simple("a", 1, b"/AcroForm << /Fields [3 0 R] /SigFlags 3 >>", o3=SIGNATURE)
    made = merged(tmp_path, drawn("host"), signed)
    pdf = opened(made.pdf)
    assert "/V" not in names(pdf)["S"]
    assert "/SigFlags" not in pdf.Root.AcroForm
    assert told(made) == ["the signature of guest1.pdf cannot hold for all pages: left out"]


def test_fields_on_pages_left_out_go(tmp_path):
    def spread(pdf) -> None:
        """The second radio button stands on the second page."""
        right = pdf.Root.AcroForm.Fields[3].Kids[1]
        first, second = pdf.pages[0].obj, pdf.pages[1].obj
        first.Annots = Array([each for each in first.Annots if each.objgen != right.objgen])
        second.Annots = Array([*second.Annots, right])
        right.P = second
        pdf.Root.AcroForm.CO = Array([pdf.Root.AcroForm.Fields[0], pdf.Root.AcroForm.Fields[4]])

    path = save(tmp_path, "form.pdf", changed(form(pages=3), spread))
    made = put_between(path, first=1, count=1)
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    fields = names(pdf)
    assert sorted(fields) == ["side", "who2"]
    assert len(fields["side"].Kids) == 1
    assert fields["side"].Kids[0].P.objgen == pdf.pages[1].obj.objgen
    assert [each.objgen for each in pdf.Root.AcroForm.CO] == [fields["who2"].objgen]


def test_no_form_is_made_where_no_field_comes(tmp_path):
    def only_second(pdf) -> None:
        pdf.Root.AcroForm.Fields = Array([pdf.Root.AcroForm.Fields[4]])

    path = save(tmp_path, "form.pdf", changed(form(pages=2), only_second))
    assert "/AcroForm" not in opened(put_between(path, first=0, count=1).pdf).Root


def test_the_same_pages_twice_have_fields_of_their_own(tmp_path):
    from layout.bindery.assemble import Foreign, OwnPages, assemble

    path = save(tmp_path, "form.pdf", form())
    made = assemble(drawn("own", 1), [OwnPages(0), Foreign(path), Foreign(path)])
    check(made.pdf, tmp_path)
    assert sorted(names(opened(made.pdf))) == sorted(FOUR + [f"form.{name}" for name in FOUR])


@pytest.mark.parametrize(
    "field",
    [
        b"<< /T (a) /Kids [3 0 R] >>",  # its own kid
        b"<< /T (a) /Kids [4 0 R 4 0 R] >>",
        b"<< /T (a) /Kids [2 0 R 10 0 R] >>",  # pages
        b"<< /T (a) /Kids 7 >>",
        b"<< /T /Name >>",
        b"[]",
        b"null",
    ],
)
def test_damaged_forms_end(field, tmp_path):
    entries = {"o3": field, "o4": b"<< /T (b) /FT /Tx /Parent 3 0 R >>"}
    guest = simple("a", 1, b"/AcroForm << /Fields [3 0 R 3 0 R 99 0 R] /DR 8 /CO 9 >>", **entries)
    made = merged(tmp_path, form(), guest)
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    assert set(FOUR) <= set(names(pdf))
    assert len(pdf.pages) == 2


def test_many_fields_take_linear_time(tmp_path):
    import time

    def many(count: int) -> float:
        kids = b" ".join(b"%d 0 R" % number for number in range(100, 100 + count))
        fields = {
            f"o{number}": b"<< /T (f%d) /FT /Tx /V (x) >>" % number
            for number in range(100, 100 + count)
        }
        guest = simple("a", 1, b"/AcroForm << /Fields [%s] >>" % kids, **fields)
        path = save(tmp_path, "many.pdf", guest)
        start = time.process_time()
        merge(path, [path])
        return time.process_time() - start

    many(100)
    assert many(4000) < 12 * max(many(1000), 0.01)


def test_a_value_can_be_seen(tmp_path):
    """The negative control of pictures."""
    assert seen(form("Ada"), tmp_path) != seen(form("Grace"), tmp_path)
