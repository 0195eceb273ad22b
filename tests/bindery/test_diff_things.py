"""Pictures, rules and tints, colours, links, annotations, attached files, and what a file says of itself."""

import pytest
from diff_samples import TEXT, brief, changed, found, pages
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NumberTree, String
from PIL import Image
from reportlab.lib.utils import ImageReader


def art(**wishes):
    """A picture, a tint, a rule and a link, each as it is asked for."""
    wish = {"shade": 0, "at": (40, 100), "size": (93, 60), "tint": (0.9, 0.9, 0.8), "rule": 0.5, "url": "https://example.org/a",
            "box": (40, 40, 120, 30)} | wishes  # fmt: skip

    def more(canvas, _):
        image = Image.linear_gradient("L").resize((62, 40)).convert("RGB")
        image.paste((wish["shade"], 0, 0), (10, 10, 20, 20))
        if wish["size"]:
            canvas.drawImage(ImageReader(image), *wish["at"], *wish["size"])
        canvas.setFillColorRGB(*wish["tint"])
        canvas.rect(*wish["box"], stroke=0, fill=1)
        canvas.setLineWidth(wish["rule"])
        canvas.line(200, 40, 280, 40)
        if wish["url"]:
            canvas.linkURL(wish["url"], (160, 336, 262, 350))

    return pages(TEXT, more=more)


PLAIN = art()


def test_the_same_things():
    assert brief(PLAIN, art()) == []


# --- pictures ---


def test_a_picture_with_other_pixels():
    [it] = found(PLAIN, art(shade=255))
    assert (it.kind, it.change) == ("picture", "changed")
    assert it.old == it.new == "62 × 40 pixels, RGB, 32.8 × 21.2 mm"
    assert it.a[0].boxes == it.b[0].boxes == ((40, 100, 133, 160),)


@pytest.mark.parametrize(
    ("wishes", "change"),
    [({"at": (60, 100)}, "moved"), ({"size": (186, 120)}, "resized"), ({"size": None}, "removed")],
)
def test_a_picture_elsewhere_of_another_size_or_gone(wishes, change):
    assert [(it.kind, it.change) for it in found(PLAIN, art(**wishes))] == [("picture", change)]


def test_a_picture_that_is_new():
    assert [(it.kind, it.change) for it in found(art(size=None), PLAIN)] == [("picture", "added")]


def test_a_picture_in_fewer_pixels_and_half_as_wide_is_one_picture():
    [it] = found(PLAIN, art(shade=90, at=(150, 200), size=(46.5, 30)))
    assert (it.kind, it.change) == ("picture", "changed") and "32.8" in it.old and "16.4" in it.new


def test_a_picture_on_another_page_of_its_article():
    def hung(page):
        image = ImageReader(Image.linear_gradient("L").convert("RGB"))
        return lambda canvas, n: canvas.drawImage(image, 40, 100, 80, 80) if n == page else None

    [it] = found(pages(TEXT[:2], TEXT[2:], more=hung(0)), pages(TEXT[:2], TEXT[2:], more=hung(1)))
    assert (it.kind, it.change, it.message) == (
        "picture",
        "moved",
        "a picture moved to page 2 of B",
    )


def test_a_picture_whose_mask_changed():
    def masked(alpha):
        image = Image.linear_gradient("L").convert("RGBA")
        image.putalpha(Image.new("L", image.size, alpha))
        return pages(
            TEXT,
            more=lambda canvas, _: canvas.drawImage(
                ImageReader(image), 40, 100, 80, 80, mask="auto"
            ),
        )

    assert brief(masked(200), masked(200)) == []
    assert [it[:2] for it in brief(masked(200), masked(90))] == [("picture", "changed")]


# --- rules and tints ---


def test_a_tint_of_another_colour():
    [it] = found(PLAIN, art(tint=(0.2, 0.9, 0.8)))
    assert (it.kind, it.old, it.new) == ("colour", "RGB #E6E6CC", "RGB #33E6CC")
    assert it.a[0].boxes == ((40, 40, 160, 70),)


def test_a_colour_that_changed_everywhere_is_told_once():
    def coloured(red):
        def more(canvas, _):
            canvas.setFillColorRGB(red, 0, 0)
            canvas.rect(40, 40, 90, 30, stroke=0, fill=1)
            canvas.drawString(40, 200, "in colour")

        return pages(TEXT, TEXT, more=more)

    [it] = found(coloured(1), coloured(0.5))
    assert it.message == "RGB #FF0000 became RGB #800000: 4 words and 2 drawings on pages 1–2 of A"
    assert [spot.page for spot in it.a] == [0, 1]


@pytest.mark.parametrize(
    ("wishes", "change"),
    [
        ({"box": (40, 42, 120, 30)}, "moved"),
        ({"box": (40, 40, 120, 33)}, "changed"),
        ({"rule": 0.6}, "changed"),
    ],
)
def test_a_rule_or_a_tint_that_moved_or_grew(wishes, change):
    assert [(it.kind, it.change) for it in found(PLAIN, art(**wishes))] == [("drawing", change)]


def test_a_drawing_in_the_same_box():
    def drawn(*points):
        def more(canvas, _):
            path = canvas.beginPath()
            path.moveTo(40, 40)
            for point in points:
                path.lineTo(*point)
            canvas.drawPath(path, stroke=0, fill=1)

        return pages(TEXT, more=more)

    a, b = drawn((140, 40), (140, 140), (60, 90)), drawn((140, 40), (140, 140), (90, 120))
    assert [it[:2] for it in brief(a, b)] == [("drawing", "changed")]
    assert [it[:2] for it in brief(a, pages(TEXT))] == [("drawing", "removed")]


def test_opacity_blending_and_overprint_are_colours():
    def state(**entries):
        def change(pdf):
            page = pdf.pages[0]
            page.Resources.ExtGState = Dictionary(G=Dictionary(**entries))
            page.contents_add(b"/G gs", prepend=True)

        return changed(PLAIN, change)

    for entries in ({"ca": 0.5}, {"BM": Name.Multiply}, {"op": True, "OP": True}):
        kinds = {it[0] for it in brief(PLAIN, state(**entries))}
        assert "colour" in kinds and kinds <= {"colour"}, entries


def test_a_spot_ink_by_its_name():
    def ink(name):
        def change(pdf):
            function = Dictionary(
                FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0.6, 0.4]
            )
            page = pdf.pages[0]
            page.Resources.ColorSpace = Dictionary(
                S=Array([Name.Separation, Name(name), Name.DeviceCMYK, function])
            )
            page.contents_add(b"/S cs 0.5 scn 10 10 20 20 re f")

        return changed(PLAIN, change)

    [it] = found(ink("/Red"), ink("/Blue"))
    assert (it.kind, it.old, it.new) == ("colour", "Red 50.2 %", "Blue 50.2 %")


def test_patterns_and_shadings_are_told_apart_by_what_they_say():
    def shaded(red):
        def change(pdf):
            function = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[red, 0, 0], C1=[1, 1, 1])
            shading = Dictionary(
                ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 300, 0], Function=function
            )
            page = pdf.pages[0]
            page.Resources.Shading = Dictionary(A=shading)
            page.Resources.Pattern = Dictionary(P=Dictionary(PatternType=2, Shading=shading))
            page.contents_add(b"/A sh /Pattern cs /P scn 10 10 20 20 re f")

        return changed(PLAIN, change)

    assert brief(shaded(1), shaded(1)) == []
    assert [it[0] for it in brief(shaded(1), shaded(0.5))] == ["colour", "colour"]


# --- links and annotations ---


def test_a_link_that_leads_elsewhere():
    [it] = found(PLAIN, art(url="https://example.org/b"))
    assert (
        it.message
        == "the link “northern window so that” leads to https://example.org/b, not to https://example.org/a"
    )


def test_a_link_that_is_gone_or_new():
    assert [it[:2] for it in brief(PLAIN, art(url=""))] == [("link", "removed")]
    assert [it[:2] for it in brief(art(url=""), PLAIN)] == [("link", "added")]


def test_a_link_to_an_article_that_moved_leads_there_still():
    def linked(number):
        def more(canvas, page):
            if page == number:
                canvas.linkRect("", f"p{page}", (40, 336, 80, 350))

        return more

    second = ("Another text of a few words that has a page of its own.",)
    a = pages(TEXT, second, titles=("A", "B"), more=linked(1))
    b = pages(second, TEXT, titles=("B", "A"), more=linked(0))
    assert {it[0] for it in brief(a, b)} == {"article"}


def test_notes_stamps_and_fields_are_seen():
    def noted(text):
        def change(pdf):
            content = f"BT /F1 9 Tf 2 4 Td ({text}) Tj ET".encode()
            look = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 15],
                                   Resources=pdf.pages[0].Resources)  # fmt: skip
            note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[100, 200, 160, 215], F=4,
                              Contents=String(text), AP=Dictionary(N=look))  # fmt: skip
            pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

        return changed(pages(TEXT), change)

    changes = found(noted("draft"), noted("final"))
    assert [(it.kind, it.change) for it in changes] == [("words", "changed"), ("note", "changed")]
    assert (changes[0].old, changes[0].new) == ("draft", "final")
    assert changes[0].a[0].boxes[0][:2] == pytest.approx((102, 202.02), abs=0.1)


# --- the file ---


def test_title_language_and_dates():
    def say(pdf):
        pdf.docinfo["/Title"] = "Another"
        pdf.Root.Lang = String("fr")
        pdf.docinfo["/ModDate"] = "D:20270101000000Z"

    assert [it.message.split(":")[0] for it in found(PLAIN, changed(PLAIN, say))] == [
        "date changed",
        "language",
        "title",
    ]


def test_claims():
    def claim(part):
        def change(pdf):
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
                xmp["pdfaid:part"], xmp["pdfaid:conformance"] = str(part), "A"

        return changed(PLAIN, change)

    [it] = [it for it in found(claim(2), claim(3)) if "claims" in it.message]
    assert it.message == "claims: “PDF/A-2a” became “PDF/A-3a”"


def test_attached_files_by_name_and_content():
    def attach(**files):
        def change(pdf):
            for name, data in files.items():
                pdf.attachments[name] = AttachedFileSpec(pdf, data, filename=name)

        return changed(PLAIN, change)

    a = attach(one=b"1", two=b"2", three=b"3")
    b = attach(one=b"1", two=b"two", four=b"3")
    assert [it.message for it in found(a, b)] == [
        "the attached file four is new",
        "the attached file three is gone",
        "the attached file two changed",
    ]


def test_boxes_and_labels_of_pages():
    def cut(pdf):
        pdf.pages[0].TrimBox = [0, 0, 300, 390]
        tree = NumberTree.new(pdf)
        tree[0] = Dictionary(S=Name.r, St=3)
        pdf.Root.PageLabels = tree.obj

    changes = found(pages(TEXT), changed(pages(TEXT), cut))
    assert ("page", "label", "", "iii") in [(it.kind, it.change, it.old, it.new) for it in changes]
    [size] = [it for it in changes if it.change == "size"]
    assert size.message == "trim box: 0 0 105.83 137.58 mm, not none: page 1 of A"


def test_a_form_field_that_was_filled_in():
    def fill(value):
        def change(pdf):
            field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(value),
                               Rect=[100, 200, 160, 215], F=4)  # fmt: skip
            pdf.pages[0].Annots = Array([pdf.make_indirect(field)])
            pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)

        return changed(pages(TEXT), change)

    [it] = found(fill("Ann"), fill("Ben"))
    assert it.message == "an annotation (Widget) says “Ben”, not “Ann”"


def test_a_picture_that_nobody_can_decode_is_compared_as_it_is_stored():
    def spoil(byte):
        def change(pdf):
            image = next(it for it in pdf.objects if "/Subtype" in it and it.Subtype == "/Image")
            image.write(bytes((byte,)) * 40, filter=Name.JBIG2Decode)

        return changed(PLAIN, change)

    from diff_samples import compared

    assert compared(spoil(1), spoil(1)).findings == ()
    comparison = compared(spoil(1), spoil(2))
    assert [it.kind for it in comparison.findings] == ["picture"]
    note = "1 picture cannot be decoded here: compared as stored"
    assert comparison.notes == (f"A: {note}", f"B: {note}")


def test_letters_without_characters_are_compared_by_their_codes():
    from diff_samples import compared
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from test_diff_blind import SERIF

    pdfmetrics.registerFont(TTFont("Serif", SERIF))

    def mute(pdf):
        for each in pdf.objects:
            if "/BaseFont" in each and "/ToUnicode" in each:
                del each.ToUnicode
                each.FontDescriptor.Flags = 4
                if "/Encoding" in each:
                    del each.Encoding

    a, b = (changed(pages((text,), font="Serif"), mute) for text in ("a lamp", "a lump"))
    assert compared(a, a).findings == ()
    assert [it.kind for it in compared(a, b).findings][:1] == ["words"]
    assert "does not say which characters it shows" in compared(a, b).notes[0]
