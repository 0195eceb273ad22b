"""Files that mean harm, or are damaged: told, bounded, never a traceback."""

from io import BytesIO
from time import process_time

import pytest
from bindery_samples import pikepdf
from diff_samples import TEXT, brief, changed, compared, content, found, pages
from pikepdf import Array, Dictionary, Name, String

from layout.bindery.diff import align, drawn, pixels, reader, words
from layout.bindery.preflight import case
from layout.bindery.preflight.press import job

PLAIN = pages(TEXT)


def again(data: bytes) -> bytes:
    """The same file with other bytes, since equal bytes need not be read to be the same."""
    return data + b"% again\n"


def form(pdf, data: bytes, **resources):
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 300, 400],
        Resources=Dictionary(**resources),
    )


def bomb(pdf):
    """Forms that paint ten others each."""
    inner = form(pdf, b"0 0 10 10 re f")
    for _ in range(12):
        inner = form(pdf, b"/X Do " * 10, XObject=Dictionary(X=inner))
    pdf.pages[0].Resources.XObject = Dictionary(X=inner)
    pdf.pages[0].contents_add(b"/X Do")


def circle(pdf):
    """A form that paints itself."""
    own = form(pdf, b"0 0 10 10 re f /X Do")
    own.Resources.XObject = Dictionary(X=own)
    pdf.pages[0].Resources.XObject = Dictionary(X=own)
    pdf.pages[0].contents_add(b"/X Do")


def endless_outline(pdf):
    root = pdf.make_indirect(Dictionary())
    entry = pdf.make_indirect(
        Dictionary(Title=String("again"), Parent=root, Dest=Array([pdf.pages[0].obj, Name.Fit]))
    )
    entry.Next = entry.First = entry
    root.First = root.Last = entry
    pdf.Root.Outlines = root


def pattern_in_itself(pdf):
    tile = pdf.make_stream(b"/Pattern cs /P scn 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1,
                           BBox=[0, 0, 5, 5], XStep=5, YStep=5)  # fmt: skip
    tile.Resources = Dictionary(Pattern=Dictionary(P=tile))
    pdf.pages[0].Resources.Pattern = Dictionary(P=tile)
    pdf.pages[0].contents_add(b"/Pattern cs /P scn 10 10 50 50 re f")


def huge_picture(pdf):
    image = pdf.make_stream(b"\0" * 100, Type=Name.XObject, Subtype=Name.Image, Width=10**6, Height=10**6,
                            ColorSpace=Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(I=image)
    pdf.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /I Do Q")


def odd_numbers(pdf):
    pdf.pages[0].contents_add(
        b"1e9 99999999999999999999 --5 .. re f BT /F1 1e400 Tf (x) Tj 0 0 0 0 0 0 Tm (y) Tj ET"
    )


def beyond_all_bounds(pdf):
    far = b"9" * 330
    pdf.pages[0].contents_add(
        b"q " + far + b" 0 0 1 0 0 cm 0 0 5 5 re f BT /F1 9 Tf (far) Tj ET Q "
        b"BT /F1 "
        + far
        + b" Tf (large) Tj ET BT /F1 9 Tf "
        + far
        + b" "
        + far
        + b" Td (away) Tj ET"
    )
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 10**18, 10**18])])


def nothing_is_what_it_should_be(pdf):
    page = pdf.pages[0]
    page.Annots = Array(
        [1, Dictionary(Subtype=Name.Link), Dictionary(Subtype=Name.Link, Rect=[1, 2, 3, Name.x])]
    )
    page.Resources.Font.F9 = Dictionary(Type=Name.Font)
    page.Resources.ColorSpace = Dictionary(C=Array([Name.Indexed, Name.C, 1, b""]), D=Name.D)
    page.contents_add(
        b"/C cs 1 sc /D cs 1 sc 0 0 5 5 re f BT /F9 9 Tf (what) Tj /No 9 Tf (where) Tj ET EMC Q Q ]"
    )
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, 1, Name.x, Dictionary()]))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([1, 2, 3])))
    pdf.Root.Outlines = 7


FAULTS = [
    bomb,
    circle,
    endless_outline,
    pattern_in_itself,
    huge_picture,
    odd_numbers,
    beyond_all_bounds,
    nothing_is_what_it_should_be,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda it: it.__name__)
def test_it_is_read_in_time_and_compared(fault, monkeypatch):
    monkeypatch.setattr(job, "MOST_OPERATORS", 200_000)
    bad = changed(PLAIN, fault)
    start = process_time()
    assert found(bad, bad) == []
    both = found(bad, again(bad))
    assert process_time() - start < 20
    # What cannot be read is never found to be the same.
    assert {it.kind for it in both} <= {"unread"}
    assert not [it for it in found(PLAIN, bad) if it.kind == "words" and it.change != "added"]


def test_a_file_with_too_much_in_it_says_from_which_page_on_it_was_not_compared(monkeypatch):
    monkeypatch.setattr(case, "MOST_BYTES", 4000)
    data = pages(*[TEXT] * 12)
    unread = [it for it in found(data, again(data)) if it.kind == "unread"]
    assert {it.change for it in unread} == {"A", "B"}
    assert "cannot be read whole (all that is beyond" in unread[0].message


def test_more_words_than_are_compared_are_told(monkeypatch):
    monkeypatch.setattr(words, "MOST", 20)
    [a, b] = [it for it in found(PLAIN, again(PLAIN)) if it.kind == "unread"]
    assert "words" in a.message and "of B" in b.message


def test_more_drawings_than_are_compared_are_told(monkeypatch):
    monkeypatch.setattr(reader, "MOST_THINGS", 5)

    def more(canvas, _):
        for at in range(9):
            canvas.rect(10 * at, 10, 5, 5)

    data = pages(TEXT, more=more)
    assert {it.kind for it in found(data, again(data))} == {"unread"}


def test_a_damaged_stream_is_told_with_its_page():
    def spoil(pdf):
        stream = pdf.pages[1].Contents
        stream.write(stream.read_raw_bytes()[:40] + b"\0" * 9, filter=Name.FlateDecode)

    bad = changed(pages(TEXT, TEXT), spoil)
    both = found(bad, again(bad))
    assert both and {it.kind for it in both} == {"unread"}
    assert all("page 2 of" in it.message for it in both)


def test_a_picture_with_too_many_samples_is_compared_as_it_is_stored(monkeypatch):
    monkeypatch.setattr(pixels, "MOST_SAMPLES", 10)

    def hung(byte):
        def change(pdf):
            image = pdf.make_stream(bytes([byte]) * 300, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10,
                                    ColorSpace=Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
            pdf.pages[0].Resources.XObject = Dictionary(I=image)
            pdf.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /I Do Q")

        return changed(PLAIN, change)

    comparison = compared(hung(1), hung(2))
    assert [it.kind for it in comparison.findings] == ["picture"] and comparison.notes


def test_drawings_beyond_the_limit_are_compared_by_their_boxes(monkeypatch):
    monkeypatch.setattr(reader, "MOST_POINTS", 10)

    def more(canvas, _):
        for at in range(40):
            canvas.rect(10 + at, 10, 5, 5)

    data = pages(TEXT, more=more)
    assert brief(data, data) == []


@pytest.mark.slow
def test_a_page_of_many_drawings_that_all_moved_takes_seconds():
    def more(step):
        def draw(canvas, _):
            for at in range(20_000):
                canvas.rect(10 + at % 200, 10 + at // 200 + step, 0.5, 0.5, stroke=0, fill=1)

        return draw

    a, b = pages(TEXT, more=more(0)), pages(TEXT, more=more(3.3))
    start = process_time()
    kinds = {it.kind for it in found(a, b)}
    assert kinds == {"drawing"} and process_time() - start < 20
    assert drawn.MOST_LEFT < 1000


@pytest.mark.slow
def test_many_articles_of_other_titles_take_seconds():
    count = 400
    texts = [[f"word{n} word{n + 1} word{n + 2} and the end of it"] for n in range(count)]
    a = pages(*texts, titles=[f"A {n}" for n in range(count)])
    b = pages(*texts[::-1], titles=[f"B {n}" for n in range(count)])
    start = process_time()
    changes = [it.change for it in found(a, b) if it.kind == "article"]
    assert changes.count("renamed") == count and process_time() - start < 20
    assert align.MOST_ALIKE < 100


@pytest.mark.slow
def test_the_same_word_ten_thousand_times_and_once_more():
    lines = ["and and and and and and and and and and"] * 20
    a, b = pages(*[lines] * 40), pages(*[[*lines, "and"]], *[lines] * 40)
    start = process_time()
    changes = [it for it in found(a, b) if it.kind == "words"]
    assert sum(len(it.new.split()) - len(it.old.split()) for it in changes) == 201
    assert process_time() - start < 20


def test_random_bytes_in_the_content_are_never_a_traceback():
    import random

    for seed in range(30):
        rng = random.Random(seed)

        def spoil(pdf, rng=rng):
            data = bytearray(pdf.pages[0].Contents.read_bytes())
            for _ in range(20):
                data[rng.randrange(len(data))] = rng.randrange(256)
            pdf.pages[0].Contents = pdf.make_stream(bytes(data))

        bad = changed(PLAIN, spoil)
        assert {it[0] for it in brief(bad, again(bad))} <= {"unread"}
        found(PLAIN, bad)


def test_random_bytes_in_the_whole_file_are_refused_or_compared():
    import random

    from layout.ground.problems import Refused

    out = BytesIO()
    pikepdf.open(BytesIO(PLAIN)).save(
        out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True
    )
    for seed in range(40):
        rng = random.Random(seed)
        data = bytearray(out.getvalue())
        for _ in range(6):
            data[rng.randrange(10, len(data))] = rng.randrange(256)
        try:
            content(bytes(data))
            found(PLAIN, bytes(data))
        except Refused:
            continue
