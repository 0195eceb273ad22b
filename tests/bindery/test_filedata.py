"""Small files in memory, large ones read where they lie: both give the same, and a merge holds neither as a whole."""

import os
import subprocess
import sys
import textwrap

import pytest
from bindery_samples import ROOT, by_name, drawn, needs, raw, save, stream, texts, words

from layout.bindery import filedata
from layout.bindery.foreign import open_file, open_pdf
from layout.bindery.merge import merge
from layout.ground.problems import Place, Refused

MB = 1 << 20


@pytest.fixture
def lazy(monkeypatch):
    """All files are large."""
    monkeypatch.setattr(filedata, "LARGE", 0)


def test_a_large_file_is_merged_as_a_small_one_is(monkeypatch, tmp_path):
    host = save(tmp_path, "host.pdf", by_name(drawn("host", 4)))
    part = save(tmp_path, "a.pdf", by_name(drawn("a", 2)))
    made = merge(host, [part], before=2)
    monkeypatch.setattr(filedata, "LARGE", 0)
    assert merge(host, [part], before=2) == made


@pytest.mark.usefixtures("lazy")
def test_a_table_that_is_off_is_put_right_in_a_large_file_too(tmp_path):
    data = drawn("a", 2)
    path = save(tmp_path, "a.pdf", data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%off\n", 1))
    assert len(open_pdf(path).pages) == 2


@pytest.mark.usefixtures("lazy")
@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "is empty"), (b"no PDF", "is no PDF"), (drawn("a")[:-200], "cut short or damaged")],
)
def test_a_large_file_that_is_none_is_refused(data, said, tmp_path):
    with pytest.raises(Refused, match=said):
        open_pdf(save(tmp_path, "a.pdf", data))


def test_the_last_word_is_found_wherever_it_stands(tmp_path):
    path = save(tmp_path, "a.pdf", b"word" + b" " * (3 * filedata.TAIL))
    with open(path, "rb") as file:
        data = filedata.from_file(file)
        assert (data.last(b"word"), data.last(b"none")) == (0, -1)


def test_a_pattern_may_look_at_the_byte_before():
    """An offset into the middle of a number is no object's."""
    import re

    data = filedata.from_bytes(b"12 0 obj")
    pattern = re.compile(rb"(?<!\d)(\d+) 0 obj")
    assert data.match(pattern, 0, 20) is not None
    assert data.match(pattern, 1, 20) is None


def heavy(pages: int, size: int) -> bytes:
    """Pages that each paint a picture of so many bytes, which do not compress."""
    import random

    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    kids = b" ".join(b"%d 0 R" % (3 + 3 * n) for n in range(pages))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    noise = random.Random(1).randbytes(size)
    head = b"/Type /XObject /Subtype /Image /Width %d /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    for n in range(pages):
        at = 3 + 3 * n
        resources = b"<< /XObject << /Im %d 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects[at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>"
            % (resources % (at + 2), at + 1)
        )
        objects[at + 1] = stream(b"q 9 0 0 9 0 0 cm /Im Do Q " + words(f"heavy page {n + 1}"))
        objects[at + 2] = stream(bytes((n,)) + noise, head % (size + 1))
    return raw(objects)


PEAK = """
    import re, sys
    from layout.desk.cli import main
    assert main(["merge", *sys.argv[1:3], "-o", sys.argv[3]]) == 0
    print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


def peak(*files: str) -> int:
    """KiB of memory that a merge takes at most."""
    command = [sys.executable, "-c", textwrap.dedent(PEAK), *files]
    return int(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)


@needs("pdftotext")
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="only Linux tells the peak")
def test_memory_does_not_grow_with_the_size_of_the_host(tmp_path):
    part = save(tmp_path, "a.pdf", drawn("a"))
    peaks = []
    for pages in (12, 72):
        host = save(tmp_path, f"{pages}.pdf", heavy(pages, MB))
        out = str(tmp_path / "out.pdf")
        peaks.append(peak(host, part, out))
        found = texts((tmp_path / "out.pdf").read_bytes(), tmp_path)
        assert (len(found), found[pages - 1]) == (pages + 2, f"heavy page {pages}")
    assert peaks[1] - peaks[0] < 6 * 1024, peaks  # the host has 60 MB more


def test_an_open_file_is_read_where_it_stands(tmp_path):
    path = save(tmp_path, "a.pdf", drawn("a", 3))
    with open(path, "rb") as file:
        assert len(open_file(file, Place(path), "a.pdf").pages) == 3
