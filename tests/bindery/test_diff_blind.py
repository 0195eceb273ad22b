"""What is no difference: other ways to write the same pages."""

import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from bindery_samples import needs, pikepdf
from diff_samples import TEXT, brief, changed, found, pages
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reprints import reprint

SERIF = str(Path(__file__).parents[2] / "fonts/source-serif/SourceSerif4-Regular.ttf")


@pytest.fixture(scope="module")
def sample() -> bytes:
    return reprint("sources/why-hyphens.yaml").pdf


@pytest.fixture(scope="module")
def serif() -> str:
    pdfmetrics.registerFont(TTFont("Serif", SERIF))
    return "Serif"


@needs("qpdf")
@pytest.mark.parametrize(
    "options",
    [
        ("--object-streams=disable", "--stream-data=uncompress"),
        ("--object-streams=generate", "--recompress-flate", "--compression-level=9"),
        ("--qdf",),
        ("--linearize", "--normalize-content=y"),
    ],
    ids=" ".join,
)
def test_a_file_that_qpdf_saved_again(sample, tmp_path, options):
    (tmp_path / "a.pdf").write_bytes(sample)
    subprocess.run(
        ["qpdf", *options, tmp_path / "a.pdf", tmp_path / "b.pdf"], check=True, timeout=60
    )
    again = (tmp_path / "b.pdf").read_bytes()
    assert again != sample
    assert brief(sample, again) == []


@needs("mutool")
def test_a_file_that_mutool_cleaned(sample, tmp_path):
    (tmp_path / "a.pdf").write_bytes(sample)
    subprocess.run(
        ["mutool", "clean", "-ggggzs", tmp_path / "a.pdf", tmp_path / "b.pdf"],
        check=True,
        timeout=60,
    )
    assert brief(sample, (tmp_path / "b.pdf").read_bytes()) == []


def test_lines_painted_in_another_order():
    assert brief(pages(TEXT, TEXT), pages(TEXT, TEXT, reverse=True)) == []


def test_a_word_that_changed_among_lines_in_another_order():
    edited = (TEXT[0], TEXT[1].replace("late", "early"), *TEXT[2:])
    assert brief(pages(TEXT), pages(edited, reverse=True)) == [
        ("words", "changed", "late", "early")
    ]


def test_other_codes_and_another_tag_of_the_same_font(serif):
    def more(canvas, _):
        canvas.setFont(serif, 9)
        canvas.drawString(
            2000, 0, "zyxwvutsrqponmlkjihgfedcba"
        )  # off the page: other codes for all that follows

    plain = pages(TEXT, font=serif)
    pdf = pikepdf.open(
        BytesIO(pages((), TEXT, more=lambda it, n: None if n else more(it, n), font=serif))
    )
    del pdf.pages[0]
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    assert brief(plain, out.getvalue()) == []

    def tag(pdf):
        for each in pdf.objects:
            if isinstance(each, Dictionary) and "/BaseFont" in each:
                each.BaseFont = Name("/QWERTY+" + str(each.BaseFont)[1:].split("+")[-1])

    assert brief(plain, changed(plain, tag)) == []


def test_a_page_in_a_form_and_in_pieces():
    plain = pages(TEXT)

    def pack(pdf):
        page = pdf.pages[0]
        data = page.Contents.read_bytes()
        form = pdf.make_stream(
            data, Type=Name.XObject, Subtype=Name.Form, BBox=page.MediaBox, Resources=page.Resources
        )
        page.Resources = Dictionary(XObject=Dictionary(P=form))
        page.Contents = Array([pdf.make_stream(b"q "), pdf.make_stream(b"/P Do Q")])

    assert brief(plain, changed(plain, pack)) == []


def test_a_page_that_is_turned_in_its_own_space():
    plain = pages(TEXT)

    def turn(pdf):
        page = pdf.pages[0]
        page.contents_add(b"q 0 1 -1 0 400 0 cm", prepend=True)
        page.contents_add(b"Q")
        page.MediaBox, page.Rotate = [0, 0, 400, 300], 90

    kinds = {it[:2] for it in brief(plain, changed(plain, turn))}
    assert kinds == {("page", "size")}


def picture(mode: str = "RGB") -> Image.Image:
    made = Image.new(mode, (31, 20))
    made.putdata(
        [
            (x * 8, y * 12, 90) if mode == "RGB" else (x * 8 + y) % 256
            for y in range(20)
            for x in range(31)
        ]
    )
    return made


def hung(image: Image.Image) -> bytes:
    return pages(TEXT, more=lambda canvas, _: canvas.drawImage(ImageReader(image), 40, 100, 93, 60))


def only_image(pdf):
    return next(
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    )


@pytest.mark.parametrize("way", ["flate", "hex", "raw", "predictor", "indexed", "inline"])
def test_pictures_that_were_packed_in_another_way(way):
    quantised = picture().quantize(64).convert("RGB")
    a = hung(quantised)

    def pack(pdf):
        image = only_image(pdf)
        data = image.read_bytes()
        if way == "raw":
            image.write(data)
        elif way == "flate":
            image.write(zlib.compress(data, 1), filter=Name.FlateDecode)
        elif way == "hex":
            image.write(data.hex().encode() + b">", filter=Name.ASCIIHexDecode)
        elif way == "predictor":
            rows = b"".join(b"\0" + data[at : at + 93] for at in range(0, len(data), 93))
            parameters = Dictionary(Predictor=15, Columns=31, Colors=3, BitsPerComponent=8)
            image.write(zlib.compress(rows), filter=Name.FlateDecode, decode_parms=parameters)
        elif way == "indexed":
            pixels = [data[at : at + 3] for at in range(0, len(data), 3)]
            table = sorted(set(pixels))
            image.write(bytes(table.index(it) for it in pixels))
            image.ColorSpace = Array(
                [Name.Indexed, Name.DeviceRGB, len(table) - 1, b"".join(table)]
            )
        else:
            page = pdf.pages[0]
            name = next(iter(page.Resources.XObject.keys()))
            head = b"BI /W 31 /H 20 /BPC 8 /CS /RGB /F /AHx ID "
            code = page.Contents.read_bytes().replace(
                name.encode() + b" Do", head + data.hex().encode() + b">\nEI"
            )
            page.Contents = pdf.make_stream(code)

    assert brief(a, changed(a, pack)) == []


def test_pictures_of_one_bit_fill_their_rows_with_anything():
    a = hung(picture("L").convert("1"))

    def pack(pdf):
        image = only_image(pdf)
        if image.BitsPerComponent != 1:  # ReportLab writes them in grey
            rows = Image.frombytes("RGB", (31, 20), image.read_bytes()).convert("1").tobytes()
            image.write(rows)
            image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 1

    one = changed(a, pack)

    def spoil(pdf):
        image = only_image(pdf)
        data = bytearray(image.read_bytes())
        data[3::4] = bytes(byte | 1 for byte in data[3::4])
        image.write(bytes(data))

    assert brief(one, changed(one, spoil)) == []


def test_a_jpeg_unpacked():
    out = BytesIO()
    picture().resize((64, 64)).save(out, "JPEG", quality=80)
    a = hung(picture().resize((64, 64)))

    def jpeg(pdf):
        only_image(pdf).write(out.getvalue(), filter=Name.DCTDecode)

    def unpacked(pdf):
        only_image(pdf).write(Image.open(BytesIO(out.getvalue())).tobytes())

    assert brief(changed(a, jpeg), changed(a, unpacked)) == []
    assert [it[:2] for it in brief(a, changed(a, jpeg))] == [("picture", "changed")]


def test_a_fax_unpacked(tmp_path):
    one = picture("L").resize((64, 40)).convert("1")
    one.save(tmp_path / "fax.tif", compression="group4")
    with Image.open(tmp_path / "fax.tif") as tiff:
        [start], [size] = tiff.tag_v2[273], tiff.tag_v2[279]
        white_is_zero = tiff.tag_v2[262] == 0
    fax = (tmp_path / "fax.tif").read_bytes()[start : start + size]
    assert white_is_zero or tiff.tag_v2[262] == 1
    a = hung(one)

    def set_up(pdf, data, **options):
        image = only_image(pdf)
        image.write(data, **options)
        image.ColorSpace, image.BitsPerComponent, image.Width, image.Height = (
            Name.DeviceGray,
            1,
            64,
            40,
        )

    parameters = Dictionary(K=-1, Columns=64, Rows=40, BlackIs1=not white_is_zero)
    packed = changed(
        a, lambda pdf: set_up(pdf, fax, filter=Name.CCITTFaxDecode, decode_parms=parameters)
    )
    raw = changed(a, lambda pdf: set_up(pdf, one.tobytes()))
    assert brief(packed, raw) == []


def test_numbers_that_were_rounded():
    def rules(shift):
        def more(canvas, _):
            canvas.setFillColorRGB(0.5412 + shift / 10, 0.1, 0.2)
            canvas.rect(40.004 + shift, 99.996, 100.003, 20, stroke=0, fill=1)
            canvas.line(40, 90 + shift, 140, 90)

        return more

    assert brief(pages(TEXT, more=rules(0)), pages(TEXT, more=rules(0.004))) == []
    assert found(pages(TEXT, more=rules(0)), pages(TEXT, more=rules(1)))  # and a point is seen
