import logging
import subprocess
import time

import pytest
from bindery_samples import drawn, needs, page, raw, save, simple, stream, words

from layout.bindery.foreign import open_all, open_pdf
from layout.ground.problems import Place, Refused

PAGES = {10: page(11), 11: stream(words("here"))}
CIRCLE = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R 10 0 R] /Count 2 >>",
    3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>",
}


def small(box: bytes) -> bytes:
    tree = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"}
    return raw(tree | {10: page(11, box), 11: stream(words("here"))})


BAD = {
    "empty": (b"", "is empty"),
    "text": (b"Dear editor,\nhere is the cover.\n", "is no PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "is no PDF"),
    "header only": (b"%PDF-1.7\n", "is cut short or damaged"),
    "no pages": (simple(pages=0), "has no pages"),
    "circle": (raw(CIRCLE | PAGES), "runs in a circle"),
    "no root": (raw({2: b"<< >>"}, root=7), "is cut short or damaged"),
    "no tree": (raw({1: b"<< /Type /Catalog >>"}), "page 1 is missing"),
    "kid missing": (
        raw({1: CIRCLE[1], 2: b"<</Type/Pages/Kids[10 0 R 99 0 R]/Count 2>>"} | PAGES),
        "page 2 is missing",
    ),
    "no size": (small(b""), "page 1 of bad.pdf has no size"),
    "flat": (small(b"/MediaBox [0 0 595 0]"), "has 595 by 0 points"),
    "vast": (small(b"/MediaBox [0 0 99999999999 10]"), "has 1e+11 by 10 points"),
    "self-reference": (
        raw({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"2 0 R"}),
        "is cut short or damaged",
    ),
    "deep": (
        raw({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"[" * 90_000}),
        "is cut short or damaged",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_is_no_whole_pdf_is_refused_in_one_sentence(case, tmp_path, capfd):
    data, message = BAD[case]
    path = save(tmp_path, "bad.pdf", data)
    start = time.monotonic()
    with pytest.raises(Refused) as refusal:
        open_pdf(path)
    (problem,) = refusal.value.problems
    assert message in problem.message
    assert "bad.pdf" in problem.message
    assert problem.place == Place(path)
    assert not problem.message.endswith(".")
    assert time.monotonic() - start < 10
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path, message in (("no.pdf", "there is no file"), (str(tmp_path), "is no file")):
        with pytest.raises(Refused, match=message):
            open_pdf(path)


def test_the_given_place_is_named_with_the_file(tmp_path):
    place = Place("issue.yaml", 9, 3)
    with pytest.raises(Refused, match=r"issue.yaml:9:3: error: cover.pdf is empty"):
        open_pdf(save(tmp_path, "cover.pdf", b""), place)


def test_what_may_not_be_read_stays_an_os_error(tmp_path, monkeypatch):
    path = save(tmp_path, "a.pdf", drawn("a"))

    def denied(*_args, **_options):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", denied)
    with pytest.raises(PermissionError):
        open_pdf(path)


def test_all_bad_files_are_named_at_once(tmp_path):
    paths = [save(tmp_path, "a.pdf", b""), save(tmp_path, "b.pdf", b"text")]
    with pytest.raises(Refused) as refusal:
        open_all([*paths, save(tmp_path, "c.pdf", drawn("c"))])
    assert [problem.place.file for problem in refusal.value.problems] == paths


@needs("qpdf")
@pytest.mark.parametrize("bits", ["40", "128", "256"])
@pytest.mark.parametrize(
    ("user", "message"), [("secret", "needs a password"), ("", "its owner restricts its use")]
)
def test_an_encrypted_file_is_refused_with_what_it_lacks(bits, user, message, tmp_path):
    plain, locked = save(tmp_path, "plain.pdf", drawn("a")), str(tmp_path / "locked.pdf")
    weak = ["--allow-weak-crypto"] if bits != "256" else []
    command = ["qpdf", *weak, "--encrypt", user, "owner", bits, "--", plain, locked]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(Refused) as refusal:
        open_pdf(locked)
    assert message in refusal.value.problems[0].message


def test_what_can_be_mended_is_mended_in_silence(tmp_path, capfd):
    whole = drawn("a", 3)
    cases = {
        "letter before it": b"Subject: cover\r\n\r\n" + whole,
        "wrong start": whole.replace(b"startxref\n", b"startxref\n7"),
        "half an end": whole[: whole.rindex(b"EOF")],
        "noise after it": whole + b"\0" * 500,
    }
    for name, data in cases.items():
        assert len(open_pdf(save(tmp_path, "a.pdf", data)).pages) == 3, name
    assert capfd.readouterr() == ("", "")


def test_pypdf_is_heard_again_afterwards(tmp_path, caplog):
    open_pdf(save(tmp_path, "a.pdf", b"junk\n" + drawn("a")))
    assert caplog.records == []
    logging.getLogger("pypdf").warning("heard")
    assert [record.message for record in caplog.records] == ["heard"]


def test_what_pages_inherit_is_theirs(tmp_path):
    tree = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 400]/Rotate 90>>",
        3: b"<</Type/Pages/Parent 2 0 R/Kids[10 0 R]/Count 1/CropBox[10 10 290 390]>>",
        10: b"<</Type/Page/Parent 3 0 R/Rotate 180>>",
    }
    (leaf,) = open_pdf(save(tmp_path, "a.pdf", raw(tree))).pages
    assert {key: str(leaf.entries[key]) for key in ("/MediaBox", "/CropBox", "/Rotate")} == {
        "/MediaBox": "[0, 0, 300, 400]",
        "/CropBox": "[10, 10, 290, 390]",
        "/Rotate": "180",
    }
