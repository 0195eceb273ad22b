"""`offprint impose` as users and Makefiles call it: files, lines, exit codes."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from layout.desk.cli import main


def paper(pages: int, name: str = "book.pdf", **options) -> str:
    """A plain PDF of A5 pages in the present folder."""
    canvas = Canvas(name, pagesize=(419.53, 595.28), invariant=1, **options)
    for page in range(1, pages + 1):
        canvas.drawString(50, 50, f"page {page}")
        canvas.showPage()
    canvas.save()
    return name


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_it_made(capsys):
    assert main(["impose", paper(15), "-o", "out/sheets.pdf"]) == 0
    said = capsys.readouterr()
    assert said.out == "out/sheets.pdf: 4 sheets, B4, saddle stitch, 15 pages, 1 blank\n"
    assert said.err == ""
    assert len(pikepdf.open("out/sheets.pdf").pages) == 8


def test_quiet_says_nothing(capsys):
    assert main(["impose", paper(4), "-o", "sheets.pdf", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("options", "summary"),
    [
        (["--signature", "8"], "2 sheets, SRA3, perfect bound, signatures of 8, 10 pages, 6 blanks"),
        (["--up", "3x2"], "2 sheets, SRA2, 3 x 2 n-up, 10 pages, 2 blanks"),
        (["--scheme", "work-and-turn", "--signature", "4"],
         "3 sheets, SRA2, work and turn, signatures of 4, 10 pages, 2 blanks"),
        (["--marks", "none", "--sheet", "a4"], "3 sheets, A4, saddle stitch, 10 pages, 2 blanks"),
        (["--sheet", "500x350mm"], "3 sheets, 500x350 mm, saddle stitch, 10 pages, 2 blanks"),
    ],
    ids=["signatures", "n-up", "work and turn", "A4", "millimetres"],
)  # fmt: skip
def test_schemes_and_sheets(options, summary, capsys):
    assert main(["impose", paper(10), "-o", "sheets.pdf", *options]) == 0
    assert capsys.readouterr().out == f"sheets.pdf: {summary}\n"


def test_json_is_one_object_with_the_fields_of_all_commands(capsys):
    assert main(["impose", paper(6), "-o", "sheets.pdf", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    size = Path("sheets.pdf").stat().st_size
    assert list(row)[:8] == [
        "source", "edition", "output", "pages", "bytes", "seconds", "status", "problems",
    ]  # fmt: skip
    assert (row["source"], row["output"], row["status"]) == ("book.pdf", "sheets.pdf", "built")
    assert (row["pages"], row["bytes"], row["sheets"], row["blanks"]) == (6, size, 2, 2)
    assert (row["sheet"], row["scheme"], row["show"]) == ("B4", "saddle", None)


def test_a_refusal_writes_nothing_and_leaves_what_was_there(capsys, folder):
    (folder / "sheets.pdf").write_bytes(b"older")
    assert main(["impose", paper(5), "-o", "sheets.pdf", "--blanks", "none", "--json"]) == 1
    said = capsys.readouterr()
    assert (folder / "sheets.pdf").read_bytes() == b"older"
    assert "book.pdf: error: 5 pages do not fill sheets of 4" in said.err
    row = json.loads(said.out)
    assert row["status"] == "refused" and row["output"] is None
    assert row["problems"][0]["hint"].startswith("add 3 more pages")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.pdf", "there is no file"),
        ("text.pdf", "is no PDF"),
        ("cut.pdf", "is cut short or damaged"),
        ("locked.pdf", "is encrypted"),
    ],
)
def test_files_that_cannot_be_imposed(name, message, capsys, folder):
    whole = Path(paper(4)).read_bytes()
    (folder / "text.pdf").write_text("no PDF at all")
    (folder / "cut.pdf").write_bytes(whole[: len(whole) // 2])
    pdf = pikepdf.open(BytesIO(whole))
    pdf.save("locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert main(["impose", name, "-o", "sheets.pdf"]) == 1
    assert message in capsys.readouterr().err
    assert not (folder / "sheets.pdf").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "give -o OUT.pdf, or --show"),
        (["-o", "s.pdf", "--scheme", "saddle", "--signature", "8"], "--signature means nothing"),
        (["-o", "s.pdf", "--gutter", "5"], "--gutter means nothing for saddle"),
        (["-o", "s.pdf", "--up", "2x2", "--paper", "0.1"], "--paper means nothing for n-up"),
        (["-o", "s.pdf", "--milling", "3"], "--milling means nothing for saddle"),
    ],
)
def test_a_command_line_that_means_nothing(options, message, capsys, folder):
    assert main(["impose", paper(4), *options]) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "s.pdf").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--sheet", "A7"], ["--sheet", "0x100"], ["--up", "2"], ["--up", "0x2"], ["--paper", "-1"],
        ["--paper", "thick"], ["--marks", "crops"], ["--signature", "12"], ["--blanks", "start"],
        ["--paper", "0.1", "--creep", "1"], ["--sheet", "9999999x5"], ["--gutter", "1e3"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_values_that_are_none(options, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["impose", "book.pdf", "-o", "s.pdf", *options])
    assert stopped.value.code == 2
    assert "offprint impose: error: argument" in capsys.readouterr().err


def test_show_alone_writes_a_picture_and_nothing_else(capsys, folder):
    assert main(["impose", paper(8), "--show", "dummy.png"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["book.pdf", "dummy.png"]
    assert (folder / "dummy.png").read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == "dummy.png: 2 sheets, B4, saddle stitch, 8 pages\n"


def test_a_disk_that_cannot_be_written_is_no_fault_of_the_file(capsys, folder):
    (folder / "file").write_text("in the way")
    assert main(["impose", paper(4), "-o", "file/sheets.pdf"]) == 3
    assert "file: error: file exists" in capsys.readouterr().err


def test_the_same_command_gives_the_same_bytes(folder):
    name = paper(12)
    for out in ("one", "two"):
        assert main(["impose", name, "-o", f"{out}.pdf", "--show", f"{out}.png", "--quiet"]) == 0
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()
    assert (folder / "one.png").read_bytes() == (folder / "two.png").read_bytes()
