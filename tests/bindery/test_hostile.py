"""Broken, odd and hostile files: each is merged whole or refused in one sentence, in time and memory that it is worth."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO

import hostile_samples as make
import pytest
from bindery_samples import (
    ROOT,
    check,
    drawn,
    needs,
    opened,
    page,
    raw,
    save,
    simple,
    stream,
    words,
)
from hostile_samples import CONTENT, PAGE, bomb, inside, object_stream, one, packed

from layout.bindery import objects
from layout.bindery.foreign import open_all, open_bytes, open_pdf
from layout.bindery.merge import merge_into
from layout.bindery.preflight import inspect
from layout.ground.problems import Place, Refused

SECONDS = 2.0
"""For a file that is merged or refused in a tenth of it; the machine may be busy."""
IN_STREAM = {number: (5, at) for at, number in enumerate(PAGE)}


def merged(folder, data: bytes, is_host: bool) -> tuple[bytes, int]:
    """The file merged with a sound one, and how many pages it has itself."""
    path, other = save(folder, "odd.pdf", data), save(folder, "sound.pdf", drawn("sound", 2))
    files = open_all([path, other] if is_host else [other, path])
    out = BytesIO()
    merge_into(out, "out.pdf", files)
    return out.getvalue(), len(files[0 if is_host else 1].pages)


def with_stream(**options) -> Callable[[], bytes]:
    return lambda: make.in_object_stream(object_stream(PAGE, **options))


def in_table(**options) -> Callable[[], bytes]:
    return lambda: make.with_xref_stream({5: object_stream(PAGE)} | CONTENT, IN_STREAM, **options)


def with_prev(data: bytes, place: int | None = None) -> bytes:
    """The same file, whose table says that there is another one before it: itself, or at a place."""
    start = data.rfind(b"\nxref\n") + 1
    return data.replace(b"/Root", b"/Prev %d /Root" % (start if place is None else place))


def plain() -> bytes:
    return simple("raw", 3)


MERGED: dict[str, tuple[Callable[[], bytes], int]] = {
    "a deep page tree": (lambda: make.deep_pages(5000), 1),
    "many pages": (lambda: make.wide_pages(1000), 1000),
    "a page many times": (lambda: make.repeated_page(300), 300),
    "a count of pages that lies": (lambda: make.tree(b"10 0 R", 10**12), 1),
    "no count of pages": (lambda: make.tree(b"10 0 R", 1).replace(b"/Count 1", b""), 1),
    "arrays that double 60 times": (lambda: make.laughing_arrays(60), 1),
    "forms that double 60 times": (lambda: make.laughing_forms(60), 1),
    "references to references": (lambda: make.chained_references(500), 1),
    "a long chain": (lambda: make.long_chain(5000), 1),
    "a long outline": (lambda: make.long_outline(2000), 1),
    "an outline that doubles": (lambda: make.laughing_outline(60), 1),
    "a deep name tree": (lambda: make.deep_tree(5000), 1),
    "a name tree that doubles": (lambda: make.laughing_tree(60), 1),
    "attached files that double": (lambda: make.laughing_tree(60, b"/EmbeddedFiles"), 1),
    "scripts that double": (lambda: make.laughing_tree(60, b"/JavaScript"), 1),
    "many names": (lambda: make.many_names(5000), 1),
    "many listed names": (lambda: make.many_names(5000, listed=True), 1),
    "deep tags": (lambda: make.deep_tags(3000), 1),
    "tags that double": (lambda: make.laughing_tags(60), 1),
    "roles that lead to roles": (lambda: make.deep_roles(1000), 1),
    "deep form fields": (lambda: make.deep_fields(3000), 1),
    "form fields that double": (lambda: make.laughing_fields(60), 1),
    "actions that double": (lambda: make.laughing_actions(60), 1),
    "pages that share much": (lambda: make.shared_by_pages(300, 2000), 300),
    "an object stream": (with_stream(), 1),
    "an object stream that goes on in itself": (with_stream(entries=b"/Extends 5 0 R"), 1),
    "a size that lies": (lambda: re.sub(rb"/Size \d+", b"/Size 2", plain()), 3),
    "a vast size": (lambda: re.sub(rb"/Size \d+", b"/Size 2000000000", plain()), 3),
    "a negative size": (lambda: re.sub(rb"/Size \d+", b"/Size -1", plain()), 3),
    "a vast size of a table stream": (in_table(size=10**9), 1),
    "a vast index": (in_table(entries=b"/Index[0 2000000000]"), 1),
    "a table that begins at 1": (lambda: plain().replace(b"xref\n0 ", b"xref\n1 "), 3),
    "a table that counts too many": (lambda: plain().replace(b"xref\n0 16", b"xref\n0 9999"), 3),
    "offsets too high by one": (lambda: make.wrong_table(plain(), lambda at: at + 1), 3),
    "offsets too low by three": (lambda: make.wrong_table(plain(), lambda at: at - 3), 3),
    "no offsets": (lambda: make.wrong_table(plain(), lambda _: 0), 3),
    "offsets beyond the end": (lambda: make.wrong_table(plain(), lambda _: 9999999999), 3),
    "one table again and again": (lambda: with_prev(plain()), 3),
    "a table before it that is none": (lambda: with_prev(plain(), 77), 3),
    "a table before it beyond the end": (lambda: with_prev(plain(), 10**11), 3),
    "no table": (lambda: plain().replace(b"xref\n0", b"xxxx\n0"), 3),
    "numbers in the billions": (
        lambda: one().replace(b"11 0 R", b"4000000000 0 R").replace(b"11 0 obj", b"4000000000 0 obj"),
        1,
    ),
    "no length": (lambda: make.with_length(b"0").replace(b"/Length 0", b""), 1),
    "no end of a stream": (lambda: one().replace(b"endstream", b""), 1),
    "no ends of objects": (lambda: simple("raw", 2).replace(b"endobj", b""), 2),
    "many wrong lengths": (lambda: make.many_lengths(500), 1),
    "a page without its content": (lambda: one(more={11: b"null"}), 1),
    "content that is not there": (lambda: one().replace(b"/Contents 11 0 R", b"/Contents 99 0 R"), 1),
    "a bomb in content": (lambda: one(more={11: packed(bomb(1 << 26))}), 1),
    "a bomb in a bomb": (lambda: one(more={11: packed(bomb(1 << 27, 3), filters=3)}), 1),
    "content packed 99 times": (lambda: one(more={11: packed(b"", filters=99)}), 1),
    "a bomb in the metadata": (
        lambda: one(b"/Metadata 20 0 R", {20: packed(bomb(1 << 26), b"/Type/Metadata/Subtype/XML")}),
        1,
    ),
    "metadata of many elements": (
        lambda: one(b"/Metadata 20 0 R", {20: stream(b"<a>" + b"<b/>" * 100_000 + b"</a>")}),
        1,
    ),
    "metadata of many levels": (
        lambda: one(b"/Metadata 20 0 R", {20: stream(b"<a>" * 9000 + b"</a>" * 9000)}),
        1,
    ),
    "a long string": (lambda: inside(b"/PieceInfo(%s)" % (b"a(b)\\051" * 50_000)), 1),
    "a long hexadecimal string": (lambda: inside(b"/PieceInfo<%s>" % (b"aa" * 1_000_000)), 1),
    "a long name": (lambda: inside(b"/PieceInfo/" + b"a" * 1_000_000), 1),
    "a long comment": (lambda: inside(b"/PieceInfo %" + b"a" * 1_000_000 + b"\n3"), 1),
    "many blanks": (lambda: inside(b"/PieceInfo " + b" " * 1_000_000 + b"3"), 1),
    "a large array": (lambda: inside(b"/PieceInfo[%s]" % (b"1 " * 100_000)), 1),
    "a large dictionary": (lambda: inside(b"/PieceInfo<<%s>>" % b"".join(b"/a%d 1" % n for n in range(20_000))), 1),
}  # fmt: skip
for _length in (b"3", b"99999999", b"-5", b"99 0 R", b"11 0 R", b"10 0 R", b"(a)", b"null", b"1.5"):
    MERGED[f"the length {_length.decode()}"] = (lambda it=_length: make.with_length(it), 1)

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "too many pages": (lambda: make.tree(b"10 0 R " * 100_001, 1), "more than 100000 pages"),
    "a page tree that doubles": (lambda: make.laughing_pages(40), "runs in a circle"),
    "a page tree in itself": (lambda: make.tree(b"2 0 R", 1), "runs in a circle"),
    "pages too large together": (
        lambda: make.tree(b"10 0 R " * 50_000, 1, {10: page(11, b"/MediaBox[0 0 9 9]" + b"".join(b"/a%d 1" % n for n in range(200)))}),
        "its pages are too large together",
    ),
    "arrays in arrays": (lambda: make.nested(50_000), "more than 100 arrays"),
    "dictionaries in dictionaries": (lambda: make.nested(50_000, b"<</A ", b">>"), "more than 100 arrays"),
    "a name tree of nodes in nodes": (lambda: make.direct_tree(2000), "more than 100 arrays"),
    "a deep outline": (lambda: make.deep_outline(3000), "more than 200 levels"),
    "a count of objects that lies": (with_stream(count=10**9), "more of its objects than there is"),
    "a negative count of objects": (with_stream(count=-5), "more of its objects than there is"),
    "objects beyond their stream": (with_stream(first=10**7), "more of its objects than there is"),
    "a head of no bytes": (with_stream(first=0), "more of its objects than there is"),
    "a count of objects too small": (with_stream(count=1), "page 1 is missing"),
    "a bomb in an object stream": (
        lambda: make.in_object_stream(packed(bomb(1 << 27), b"/Type/ObjStm/N 3/First 20")),
        "a stream cannot be unpacked",
    ),
    "an object stream of blanks": (
        lambda: make.in_object_stream(packed(bomb(1 << 25), b"/Type/ObjStm/N 3/First 20")),
        "more than 16 MiB",
    ),
    "an object stream in itself": (
        lambda: make.with_xref_stream(CONTENT | PAGE, {5: (5, 0)}).replace(b"/Root 1 0 R", b"/Root 5 0 R"),
        "in an object stream",
    ),
    "an object stream in another": (
        lambda: make.with_xref_stream({6: object_stream({5: object_stream(PAGE)})} | CONTENT, {5: (6, 0)} | IN_STREAM),
        "in an object stream",
    ),
    "no trailer": (lambda: plain().split(b"xref\n")[0], "its end is missing"),
    "a catalogue that is a number": (lambda: one(more={1: b"7"}), "it has no catalogue"),
    "a string without an end": (lambda: inside(b"/PieceInfo(" + b"(" * 100_000), "ends too early"),
    "a number of many digits": (lambda: inside(b"/PieceInfo " + b"1" * 100_000), "object 10 cannot be read"),
    "a number too large": (lambda: inside(b"/PieceInfo " + b"9" * 99 + b".5"), "a number that nobody can read"),
    "a page of which half can be read": (lambda: inside(b"/A (x /Contents 11 0 R"), "object 10"),
    "a dictionary with a strange word": (lambda: inside(b"/Rotate 0x90"), "object 10 cannot be read whole"),
    "content that is none": (lambda: one(more={11: b"<</No/Stream>>"}), "the content of page 1 is none"),
    "a filter that is none": (lambda: one(more={11: stream(b"", b"/Filter 7")}), "packed in no known way"),
    "streams over each other": (lambda: make.overlapping(100, 50_000), "its streams lie over each other"),
    "marks of high numbers": (lambda: make.high_marks(40, 200_000), "marked content are too high"),
}  # fmt: skip


@pytest.mark.parametrize("is_host", [True, False], ids=["host", "guest"])
@pytest.mark.parametrize("case", MERGED)
def test_what_is_only_odd_is_merged_whole(case, is_host, tmp_path):
    build, count = MERGED[case]
    data = build()
    start = time.process_time()
    made, own = merged(tmp_path, data, is_host)
    assert time.process_time() - start < SECONDS
    assert own == count
    assert len(opened(made).pages) == count + 2
    assert len(made) < 3 * len(data) + 20_000


@needs("qpdf")
@pytest.mark.parametrize("case", [it for it in MERGED if "bomb" not in it and "packed" not in it])
def test_what_is_merged_is_sound(case, tmp_path):
    check(merged(tmp_path, MERGED[case][0](), False)[0], tmp_path)


@pytest.mark.parametrize("is_host", [True, False], ids=["host", "guest"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_whole_is_refused_in_one_sentence(case, is_host, tmp_path):
    build, message = REFUSED[case]
    data = build()
    start = time.process_time()
    with pytest.raises(Refused) as refusal:
        merged(tmp_path, data, is_host)
    assert time.process_time() - start < SECONDS
    (problem,) = refusal.value.problems
    assert message in problem.message
    assert "odd.pdf" in problem.message
    assert problem.place == Place(str(tmp_path / "odd.pdf"))


def test_an_object_stream_may_not_hold_more_than_its_file_can(monkeypatch, tmp_path):
    """Arrays take sixty times the memory that they take in a file, and deflated they take nothing there."""
    monkeypatch.setattr(objects, "OBJECTS", 10_000)
    data = make.in_object_stream(object_stream({**PAGE, 10: b"[" + b"[]" * 20_000 + b"]"}))
    with pytest.raises(Refused, match="more objects than its size allows"):
        merged(tmp_path, data, True)
    monkeypatch.setattr(objects, "OBJECTS", 1 << 20)
    with pytest.raises(Refused, match="page 1 is missing"):
        merged(tmp_path, data, True)


def test_layers_in_many_configurations_are_refused(tmp_path):
    with pytest.raises(Refused, match="too many layers"):
        merged(tmp_path, make.many_layers(2000, 2000), False)


@pytest.mark.parametrize("case", MERGED)
def test_preflight_reads_it_too(case):
    opened_file = open_bytes(MERGED[case][0](), Place("a.pdf"), "a.pdf")
    start = time.process_time()
    assert inspect(opened_file, "digital")
    assert time.process_time() - start < 4 * SECONDS


GROWING: dict[str, tuple[Callable[[int], bytes], int]] = {
    "deep pages": (make.deep_pages, 1000),
    "wide pages": (make.wide_pages, 500),
    "a page again and again": (make.repeated_page, 1000),
    "a chain": (make.long_chain, 2000),
    "an outline": (make.long_outline, 750),
    "a deep name tree": (make.deep_tree, 2500),
    "names": (make.many_names, 2500),
    "tags": (make.deep_tags, 1000),
    "roles": (make.deep_roles, 500),
    "fields": (make.deep_fields, 1250),
    "wrong lengths": (make.many_lengths, 1000),
    "wrong offsets": (lambda n: make.wrong_table(make.wide_pages(n), lambda at: at + 1), 500),
    "no table": (lambda n: make.wide_pages(n).replace(b"xref\n0", b"xxxx\n0"), 500),
    "arrays": (lambda n: inside(b"/PieceInfo[%s]" % (b"[1]" * n)), 10000),
    "a string": (lambda n: inside(b"/PieceInfo(%s)" % (b"(\\))" * n)), 25000),
    "pages that share much": (lambda n: make.shared_by_pages(n, n), 150),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", GROWING)
def test_four_times_as_much_takes_no_more_than_eight_times_as_long(case, tmp_path):
    """What is quadratic takes sixteen times as long."""
    build, size = GROWING[case]
    times = []
    for data in (build(size), build(4 * size)):
        start = time.process_time()
        merged(tmp_path, data, False)
        times.append(time.process_time() - start)
    assert times[1] < 8 * times[0] + 0.2, times


def bombs() -> dict[str, bytes]:
    """Files of a quarter of a megabyte or less that unpack to more than a stream may have, each in another place."""
    charge = bomb(1 << 27)
    font = b"/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/ToUnicode 20 0 R/DescendantFonts[21 0 R]>>>>"
    inner = {
        21: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X/FontDescriptor 22 0 R/CIDToGIDMap 20 0 R>>",
        22: b"<</Type/FontDescriptor/FontName/ABCDEF+X/FontFile2 20 0 R>>",
    }
    content, many = packed(charge), b"20 0 R " * 500
    return {
        "content": one(more={11: content}),
        "nested": one(more={11: packed(bomb(1 << 27, 3), filters=3)}),
        "metadata": one(b"/Metadata 20 0 R", {20: packed(charge, b"/Type/Metadata/Subtype/XML")}),
        "objects": make.in_object_stream(packed(charge, b"/Type/ObjStm/N 3/First 20")),
        "font": inside(b"/Resources<<%s>>" % font, inner | {20: content}),
        "again": raw({**make.PAGES, 10: make.page_of(many), 20: content}),
        "attached": one(b"/Names<</EmbeddedFiles<</Names[(a)<</F(a)/EF<</F 20 0 R>>>>]>>>>", {20: content}),
        "intent": one(b"/OutputIntents[<</S/GTS_PDFA1/DestOutputProfile 20 0 R>>]", {20: content}),
    }  # fmt: skip


BOMBS = ("content", "nested", "metadata", "objects", "font", "again", "attached", "intent")
RUN = """
import resource, sys, time
from layout.bindery import objects
from layout.bindery.foreign import open_all, open_pdf
from layout.bindery.merge import merge_into
from layout.bindery.preflight import inspect, Demands
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.plan import plan_of
from layout.bindery.imposition.impose import impose
from layout.ground.problems import Refused
sound, path = sys.argv[1:]
for paths in ([sound, path], [path, path]):
    try:
        with open("out.pdf", "wb+") as out:
            merge_into(out, "out.pdf", open_all(paths))
    except Refused:
        pass
for profile in ("digital", "press"):
    try:
        inspect(open_pdf(path), profile, Demands(plates=False))
    except Refused:
        pass
try:
    opened = open_pdf(path)
    impose(opened, plan_of(opened, Job(scheme="n-up")))
except Refused:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, time.process_time())
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb_takes_little_memory_and_time(case, tmp_path):
    path = save(tmp_path, "bomb.pdf", bombs()[case])
    sound = save(tmp_path, "sound.pdf", drawn("sound"))
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {ROOT!r})\n{RUN}",
        sound,
        path,
    ]
    done = subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    )
    megabytes, seconds = done.stdout.split()
    assert int(megabytes) < 700
    assert float(seconds) < 12


def test_a_file_that_begins_in_the_middle_of_another_is_read_from_its_own_table(tmp_path):
    """What comes before %PDF moves every offset."""
    data = b"Subject: cover\r\n\r\n" + plain()
    assert len(open_pdf(save(tmp_path, "a.pdf", data)).pages) == 3


def test_a_hidden_object_of_a_hybrid_file_is_found():
    """ISO 32000-1, 7.5.8.4: free in the table, listed in a stream."""
    data = make.with_xref_stream({5: object_stream(PAGE)} | CONTENT, IN_STREAM)
    start = int(data.split(b"startxref\n")[1].split()[0])
    body = data[: data.rindex(b"startxref")]
    table = b"xref\n0 3\n0000000000 65535 f \n0000000000 00000 f \n0000000000 00000 f \n"
    trailer = b"trailer\n<</Size 13/Root 1 0 R/XRefStm %d>>\n" % start
    made = body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
    assert len(open_bytes(made, Place("a"), "a.pdf").pages) == 1


def test_of_a_rebuilt_file_the_later_object_holds():
    old = one().replace(b"raw page 1", b"old page 1")
    new = b"11 0 obj\n%s\nendobj\n" % stream(words("new page 1"))
    made = old.replace(b"xref\n0", new + b"xxxx\n0")
    leaf = open_bytes(made, Place("a"), "a.pdf").pages[0]
    assert b"new page 1" in leaf.entries["/Contents"].get_data()


def test_a_rebuilt_file_with_object_streams_is_whole(tmp_path):
    data = make.in_object_stream(object_stream(PAGE))
    made = re.sub(rb"startxref\n\d+", b"startxref\n3", data)
    assert made != data
    assert merged(tmp_path, made, True)[1] == 1


def test_an_offset_into_the_middle_of_a_number_is_no_object_of_what_is_left_of_it():
    data = raw(make.PAGES | {10: page(11), 11: stream(words("x")), 12: b"<</Wrong true>>"})
    rows = re.findall(rb"(?m)^\d{10} \d{5} [nf] $", data)
    off = b"%010d 00000 n " % (data.index(b"\n12 0 obj") + 2)
    opened_file = open_bytes(data.replace(rows[2], off), Place("a"), "a.pdf")
    assert opened_file.reader.is_mended
    assert len(opened_file.pages) == 1
