"""`offprint diff` as users and Makefiles call it: lines, JSON, files, exit codes."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from layout.desk.cli import main

ROOT = Path(__file__).parents[2]


def paper(name: str, *texts: str, title: str = "Book") -> str:
    canvas = Canvas(name, pagesize=(300, 400), invariant=1)
    canvas.setTitle(title)
    for text in texts:
        canvas.drawString(40, 300, text)
        canvas.showPage()
    canvas.save()
    return name


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pair(folder) -> tuple[str, str]:
    return paper("a.pdf", "one old word", "the end"), paper("b.pdf", "one new word", "the end")


def test_equal_files_are_0_and_say_so(capsys):
    paper("a.pdf", "text"), paper("b.pdf", "text")
    assert main(["diff", "a.pdf", "b.pdf"]) == 0
    assert capsys.readouterr().out == "a.pdf (A) and b.pdf (B): no difference\n"
    assert main(["diff", "a.pdf", "a.pdf"]) == 0


def test_what_differs_is_told_in_lines_and_the_exit_code_is_1(pair, capsys):
    assert main(["diff", *pair]) == 1
    said = capsys.readouterr()
    assert said.out == (
        "a.pdf (A) and b.pdf (B): 1 change of words\n"
        "\nThe pages\n"
        "  page 1 of A: “old” became “new” (one … word the end)\n"
    )  # fmt: skip
    assert said.err == ""


def test_labels_are_told_where_they_say_more_than_numbers(pair, capsys):
    for name in pair:
        with pikepdf.open(name, allow_overwriting_input=True) as pdf:
            pdf.Root.PageLabels = pikepdf.Dictionary(
                Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r, St=3)]
            )
            pdf.save(name, deterministic_id=True)
    assert main(["diff", *pair]) == 1
    assert "page 1 of A (label iii): “old” became “new”" in capsys.readouterr().out


def test_json_is_one_object_a_line_in_the_documented_shape(pair, capsys):
    assert main(["diff", *pair, "--json"]) == 1
    [line] = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert list(row) == [
        "kind",
        "change",
        "article",
        "message",
        "a",
        "b",
        "old",
        "new",
        "before",
        "after",
    ]
    assert (row["kind"], row["change"], row["article"]) == ("words", "changed", None)
    assert (row["old"], row["new"], row["before"], row["after"]) == (
        "old",
        "new",
        "one",
        "word the end",
    )
    assert row["a"][0]["page"] == 1 and row["a"][0]["label"] is None
    [[left, bottom, right, top]] = row["a"][0]["boxes"]
    assert 40 < left < right and bottom < 300 < top
    document = (ROOT / "docs" / "diff.md").read_text()
    assert all(f"`{key}`" in document for key in row)


def test_every_kind_has_its_row_in_the_document():
    from layout.bindery.diff.findings import KINDS
    from layout.bindery.diff.tell import _COUNTED

    document = (ROOT / "docs" / "diff.md").read_text()
    assert all(f"| `{kind}` |" in document for kind in KINDS)
    assert set(_COUNTED) == set(KINDS)


def test_equal_files_as_json_are_no_lines(capsys):
    assert main(["diff", paper("a.pdf", "text"), paper("b.pdf", "text"), "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_quiet_tells_by_the_exit_code_alone(pair, capsys):
    assert main(["diff", *pair, "--quiet"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_a_pdf_of_pairs_that_differ(pair, capsys):
    assert main(["diff", *pair, "-o", "out/diff.pdf"]) == 1
    assert len(pikepdf.open("out/diff.pdf").pages) == 1
    assert main(["diff", *pair, "-o", "out/diff.pdf", "--all-pages", "--quiet"]) == 1
    assert len(pikepdf.open("out/diff.pdf").pages) == 2


def test_the_same_command_gives_the_same_bytes(pair, folder):
    for name, seed in (("one", "1"), ("two", "2")):
        command = [sys.executable, "-m", "layout", "diff", *pair, "-o", f"{name}.pdf", "--json"]
        done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PATH": ""},
                              check=False, capture_output=True, timeout=60)  # fmt: skip
        assert done.returncode == 1, done.stderr
        (folder / f"{name}.txt").write_bytes(done.stdout)
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()
    assert (folder / "one.txt").read_bytes() == (folder / "two.txt").read_bytes()


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.pdf", "there is no file"), ("text.pdf", "is no PDF"), ("cut.pdf", "is cut short or damaged"),
     ("locked.pdf", "is encrypted")],
)  # fmt: skip
def test_a_file_that_cannot_be_opened_is_refused(name, message, pair, capsys, folder):
    whole = Path("a.pdf").read_bytes()
    (folder / "text.pdf").write_text("no PDF at all")
    (folder / "cut.pdf").write_bytes(whole[: len(whole) // 2])
    pikepdf.open(BytesIO(whole)).save(
        "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u")
    )
    (folder / "out.pdf").write_bytes(b"older")
    assert main(["diff", "a.pdf", name, "-o", "out.pdf"]) == 1
    said = capsys.readouterr()
    assert message in said.err and said.out == ""
    assert (folder / "out.pdf").read_bytes() == b"older"


def test_both_files_that_cannot_be_opened_are_named(capsys):
    assert main(["diff", "one.pdf", "two.pdf"]) == 1
    said = capsys.readouterr().err
    assert "one.pdf: error:" in said and "two.pdf: error:" in said


@pytest.mark.parametrize(
    "line", [["a.pdf"], ["a.pdf", "b.pdf", "c.pdf"], ["a.pdf", "b.pdf", "--brand", "x"], []]
)
def test_a_wrong_command_line_is_2(line):
    with pytest.raises(SystemExit) as end:
        main(["diff", *line])
    assert end.value.code == 2


def test_all_pages_mean_nothing_without_a_file(pair, capsys):
    assert main(["diff", *pair, "--all-pages"]) == 2
    assert "--all-pages goes with -o OUT.pdf" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_3(pair, capsys, folder):
    (folder / "file").write_text("in the way")
    assert main(["diff", *pair, "-o", "file/out.pdf"]) == 3
    assert "file: error: file exists" in capsys.readouterr().err


def test_what_cannot_be_compared_as_it_should_be_is_a_warning(capsys):
    for name, byte in (("a.pdf", 1), ("b.pdf", 2)):
        paper(name, "text")
        with pikepdf.open(name, allow_overwriting_input=True) as pdf:
            image = pdf.make_stream(bytes([byte]) * 9, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=9,
                                    Height=9, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                                    Filter=pikepdf.Name.JBIG2Decode)  # fmt: skip
            pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=image)
            pdf.pages[0].contents_add(b"q 50 0 0 50 10 10 cm /I Do Q")
            pdf.save(name)
    assert main(["diff", "a.pdf", "b.pdf"]) == 1
    assert "warning: B: 1 picture cannot be decoded here" in capsys.readouterr().err


def test_help_names_the_options(capsys):
    with pytest.raises(SystemExit) as end:
        main(["diff", "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert "--all-pages" in said and "OUT.pdf" in said
