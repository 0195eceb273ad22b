"""A file bears a seal as long as nobody touched it."""

from contextlib import suppress

import pytest
from bindery_samples import by_name, drawn, opened, save, saved
from reprints import sample

from layout.bindery.foreign import open_bytes
from layout.bindery.merge import merge
from layout.ground.problems import Place, Refused


def is_sealed(pdf: bytes) -> bool:
    return open_bytes(pdf, Place("a.pdf"), "a.pdf").is_sealed


@pytest.fixture(scope="module")
def ours() -> bytes:
    return sample("why-hyphens").pdf


def test_what_we_wrote_is_sealed(ours):
    assert is_sealed(ours)


def test_what_we_merged_is_sealed(tmp_path):
    host = save(tmp_path, "host.pdf", by_name(drawn("host", 3)))
    assert is_sealed(merge(host, [save(tmp_path, "a.pdf", drawn("a"))]).pdf)


def test_what_others_wrote_is_not():
    assert not is_sealed(drawn("a"))
    assert not is_sealed(saved(opened(drawn("a"))))


def test_a_byte_anywhere_breaks_it(ours):
    end = ours.rindex(b"/Type/XRef")
    for at in range(10, end - 20, end // 40):
        spoilt = bytearray(ours)
        spoilt[at] ^= 1
        with suppress(Refused):
            assert not is_sealed(bytes(spoilt)), at


def test_another_program_breaks_it(ours):
    assert not is_sealed(saved(opened(ours)))


def test_an_update_breaks_it(ours):
    """What was appended may say anything, and keep the identifier."""
    start = int(ours[ours.rindex(b"startxref") + 9 :].split()[0])
    pdf = opened(ours)
    root, size = pdf.trailer.Root.objgen[0], int(pdf.trailer.Size)
    halves = b"".join(b"<%s>" % bytes(half).hex().encode() for half in pdf.trailer.ID)
    at = len(ours)
    body = b"%d 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" % size
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, at)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d/ID[%s]>>\n" % (
        size + 1,
        root,
        start,
        halves,
    )
    updated = ours + body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + len(body))
    assert not is_sealed(updated)


def test_a_byte_of_the_end_breaks_it_too(ours):
    """The cross-reference stream says which object is which, and what the catalogue is."""
    start = int(ours[ours.rindex(b"startxref") + 9 :].split()[0])
    for at in range(start, len(ours)):
        spoilt = bytearray(ours)
        spoilt[at] ^= 4
        with suppress(Refused):
            assert not is_sealed(bytes(spoilt)), at
    assert not is_sealed(ours + b"\n")
