"""Pages side by side, as other programs see them: what is shown, where, in which colours."""

from io import BytesIO

import pytest
from bindery_samples import pikepdf
from diff_samples import SIZE, TEXT, changed, pages
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops
from reportlab.pdfbase.pdfmetrics import stringWidth

from layout.bindery.diff.compare import compare
from layout.bindery.diff.draw import draw
from layout.bindery.diff.findings import PagePair
from layout.bindery.diff.marks import STYLES, blocks, shown
from layout.bindery.diff.pages import heaviest, side_by_side
from layout.bindery.diff.read import read_content
from layout.bindery.diff.settle import settled
from layout.bindery.diff.sheet import sheet_of
from layout.bindery.foreign import open_bytes
from layout.bindery.imposition.originals import Original
from layout.ground.problems import Place
from layout.plates.printers_marks import Box

EDITED = (TEXT[0].replace("northern", "southern"), *TEXT[1:])
WIDE = stringWidth("northern", "Helvetica", 9)
OTHER = ("A text of a page that only one of the files has, and nobody else.",)


def drawn(
    a: bytes, b: bytes, every: bool = False, names: tuple[str, str] = ("a.pdf", "b.pdf")
) -> bytes:
    files = tuple(open_bytes(data, Place(name), name) for data, name in zip((a, b), names))
    contents = settled(*map(read_content, files))
    return draw(files, contents, compare(*contents), every)


def rendered(tool, folder, data: bytes, dpi: int = 72) -> list[Image.Image]:
    (folder / "out.pdf").write_bytes(data)
    tool("pdftoppm", "-r", dpi, "-png", folder / "out.pdf", folder / "page")
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))]


def said(tool, folder, data: bytes) -> list[str]:
    (folder / "out.pdf").write_bytes(data)
    return tool("pdftotext", "-layout", folder / "out.pdf", "-").split("\f")[:-1]


def test_only_pairs_that_differ_are_shown_unless_all_are_asked_for():
    a, b = pages(TEXT, TEXT), pages(TEXT, EDITED)
    assert len(pikepdf.open(BytesIO(drawn(a, b))).pages) == 1
    assert len(pikepdf.open(BytesIO(drawn(a, b, every=True))).pages) == 2


def test_a_sheet_is_in_landscape_and_holds_both_pages_as_forms():
    pdf = pikepdf.open(BytesIO(drawn(pages(TEXT), pages(EDITED))))
    _, _, wide, high = map(float, pdf.pages[0].MediaBox)
    assert wide > high > SIZE[1] and wide > 2 * SIZE[0]
    forms = pdf.pages[0].Resources.XObject
    assert {"/A1", "/B1"} <= set(forms.keys())
    assert list(map(float, forms["/A1"].BBox)) == [0, 0, *SIZE]


def test_captions_and_the_legend_can_be_read(tool, tmp_path):
    [text] = said(tool, tmp_path, drawn(pages(TEXT), pages(EDITED)))
    for words in (
        "page 1",
        "a.pdf",
        "b.pdf",
        "northern",
        "southern",
        *(style.name for style in STYLES),
    ):
        assert words in text
    assert text.index("a.pdf") < text.index("b.pdf")


def test_labels_stand_in_captions(tool, tmp_path):
    def label(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r, St=3)]))

    [text] = said(tool, tmp_path, drawn(changed(pages(TEXT), label), changed(pages(EDITED), label)))
    assert text.count("page 1 (label iii)") == 2


def test_the_changed_words_are_marked_and_nothing_else(tool, tmp_path):
    a, b = pages(TEXT), pages(EDITED)
    [with_marks] = rendered(tool, tmp_path, drawn(a, b))
    [without] = rendered(tool, tmp_path, drawn(a, a, every=True))
    # The file name in the caption and the count are the same, so that only marks and the word differ.
    box = ImageChops.difference(with_marks, without).getbbox()
    assert box is not None
    high = with_marks.height
    first = with_marks.crop((0, 0, with_marks.width // 2, high))
    marks = ImageChops.difference(
        first, without.crop((0, 0, with_marks.width // 2, high))
    ).getbbox()
    assert marks is not None
    assert marks[2] - marks[0] == pytest.approx(WIDE + 1.6, abs=3) and marks[3] - marks[1] < 14
    colours = {first.getpixel((x, y)) for x in range(*marks[::2]) for y in range(*marks[1::2])}
    assert any(red > 230 and 180 < green < 225 and blue < 190 for red, green, blue in colours)


@pytest.mark.parametrize("at", range(len(STYLES)))
def test_each_style_is_another_picture(at, tool, tmp_path):
    """Also without colours: by its shape."""

    def grey(style):
        pdf = pikepdf.new()
        page = pdf.add_blank_page(page_size=(60, 40))
        states = Dictionary({name: Dictionary(ca=0.4) for name in ("/Strong", "/Weak")})
        page.Resources = Dictionary(ExtGState=states)
        page.Contents = pdf.make_stream(shown(style, [(15, 10, 45, 30)]).encode())
        out = BytesIO()
        pdf.save(out)
        [image] = rendered(tool, tmp_path, out.getvalue())
        return image.convert("L").point(lambda value: 255 if value > 250 else 0).tobytes()

    pictures = [grey(style) for style in STYLES]
    assert pictures.count(pictures[at]) == 1


def test_a_page_without_a_partner_stands_alone(tool, tmp_path):
    data = drawn(pages(TEXT), pages(TEXT, OTHER))
    [text] = said(tool, tmp_path, data)
    assert "no such page" in text and "page 2" in text
    pdf = pikepdf.open(BytesIO(data))
    assert "/B2" in pdf.pages[0].Resources.XObject and "/A2" not in pdf.pages[0].Resources.XObject


def test_where_no_page_differs_a_sheet_says_so(tool, tmp_path):
    assert "no difference" in said(tool, tmp_path, drawn(pages(TEXT), pages(TEXT)))[0]
    other = said(tool, tmp_path, drawn(pages(TEXT), pages(TEXT, title="Other")))[0]
    assert "1 entry of the file" in other


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_marks_lie_on_pages_however_they_are_turned(turn, tool, tmp_path):
    def turned(data):
        def change(pdf):
            pdf.pages[0].Rotate = turn
            pdf.pages[0].UserUnit = 1.5
            pdf.pages[0].CropBox = [20, 30, 290, 390]

        return changed(data, change)

    data = drawn(turned(pages(TEXT)), turned(pages(EDITED)))
    [image] = rendered(tool, tmp_path, data)
    cover = [
        (x, y) for x in range(image.width // 2) for y in range(image.height - 60)
        if (it := image.getpixel((x, y)))[0] > 230 and 180 < it[1] < 225 and it[2] < 190
    ]  # fmt: skip
    wide = max(x for x, _ in cover) - min(x for x, _ in cover)
    high = max(y for _, y in cover) - min(y for _, y in cover)
    long, short = (wide, high) if turn in (0, 180) else (high, wide)
    assert long == pytest.approx(WIDE * 1.5 + 1.6, abs=3) and short < 22


def test_other_programs_find_nothing_wrong_with_it(tool, tmp_path):
    (tmp_path / "out.pdf").write_bytes(drawn(pages(TEXT, OTHER), pages(EDITED, TEXT, OTHER)))
    assert "No syntax or stream encoding errors found" in tool(
        "qpdf", "--check", tmp_path / "out.pdf"
    )
    said = tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage",
                tmp_path / "out.pdf")  # fmt: skip
    assert said == ""
    assert tool("mutool", "info", tmp_path / "out.pdf")


def test_the_same_bytes_twice():
    a, b = pages(TEXT, OTHER), pages(EDITED, OTHER)
    assert drawn(a, b) == drawn(a, b)


def test_stamps_are_shown_with_their_pages(tool, tmp_path):
    def stamp(text):
        def change(pdf):
            content = f"BT /F1 9 Tf 2 4 Td ({text}) Tj ET".encode()
            look = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 15],
                                   Resources=pdf.pages[0].Resources)  # fmt: skip
            note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[100, 200, 160, 215], F=4,
                              Contents=String(text), AP=Dictionary(N=look))  # fmt: skip
            pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

        return changed(pages(TEXT), change)

    [text] = said(tool, tmp_path, drawn(stamp("draft"), stamp("final")))
    assert "draft" in text and "final" in text


def test_layers_that_were_hidden_stay_hidden(tool, tmp_path):
    def layer(data):
        def change(pdf):
            group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
            pdf.Root.OCProperties = Dictionary(
                OCGs=Array([group]), D=Dictionary(OFF=Array([group]))
            )
            pdf.pages[0].Resources.Properties = Dictionary(L=group)
            pdf.pages[0].contents_add(b"/OC /L BDC BT /F1 9 Tf 40 60 Td (secret) Tj ET EMC")

        return changed(data, change)

    (tmp_path / "out.pdf").write_bytes(drawn(layer(pages(TEXT)), layer(pages(EDITED))))
    [image] = rendered(tool, tmp_path, (tmp_path / "out.pdf").read_bytes())
    [plain] = rendered(tool, tmp_path, drawn(pages(TEXT), pages(EDITED)))
    assert ImageChops.difference(image, plain).getbbox() is None


def test_names_of_files_in_any_letters(tool, tmp_path):
    [text] = said(
        tool, tmp_path, drawn(pages(TEXT), pages(EDITED), names=("Ausgabe – März.pdf", "ж\x07.pdf"))
    )
    assert "Ausgabe – März.pdf" in text


# --- lengths ---


def test_lines_of_a_column_are_one_block():
    lines = [(10, 90, 100, 100), (18, 78, 100, 88), (10, 66, 60, 76)]
    assert blocks(lines) == [(10, 66, 100, 100)]
    assert blocks([lines[0], (120, 78, 200, 88)]) == [lines[0], (120, 78, 200, 88)]
    assert blocks([lines[0], (10, 20, 100, 30)]) == [lines[0], (10, 20, 100, 30)]


def original(wide: float, high: float) -> Original:
    return Original(wide, high, Box(0, 0, wide, high), (1, 0, 0, 1, 0, 0), (0, 0, wide, high))


@pytest.mark.parametrize("size", [(595, 842), (842, 595), (100, 2000), (30_000, 20_000), (5, 5)])
def test_every_sheet_is_in_landscape_and_holds_its_pages(size):
    page = original(*size)
    sheet = sheet_of([page])
    assert sheet.height < sheet.width <= 14_400
    for side in (0, 1):
        box, _ = sheet.placed(side, page)
        cell = sheet.cells[side]
        assert cell[0] - 0.01 <= box[0] < box[2] <= cell[2] + 0.01
        assert cell[1] - 0.01 <= box[1] < box[3] <= cell[3] + 0.01 and box[1] > 0
    assert sheet.cells[0][2] < sheet.cells[1][0]


def test_pages_of_one_file_stand_after_those_before_them():
    pairs = {0: 1, 1: 2, 3: 0}
    assert side_by_side(pairs, 4, 4) == (
        PagePair(0, 1),
        PagePair(1, 2),
        PagePair(None, 3),
        PagePair(2, None),
        PagePair(3, 0),
    )


def test_pages_belong_together_by_the_words_they_share():
    assert heaviest({(0, 0): 5, (0, 1): 9, (1, 0): 9, (1, 1): 7}) == [(0, 0), (1, 1)]
    assert heaviest({(0, 0): 50, (1, 0): 9, (1, 1): 40, (2, 1): 60}) == [(0, 0), (2, 1)]
    assert heaviest({}) == []
