import subprocess

import pytest
from reportlab.pdfgen.canvas import Canvas

from layout.desk.cli import main
from layout.desk.passwords import MOST, read_passwords
from layout.ground.problems import Refused

SECRET = "  s e c r e t"


@pytest.fixture
def files(tmp_path):
    """A plain PDF, an encrypted one, and a file of passwords; relative to the current folder."""
    canvas = Canvas(str(tmp_path / "plain.pdf"), invariant=1)
    canvas.drawString(72, 700, "here")
    canvas.save()
    command = ["qpdf", "--encrypt", SECRET, "owner", "256", "--", "plain.pdf", "locked.pdf"]
    subprocess.run(command, check=True, cwd=tmp_path)
    (tmp_path / "words.txt").write_text(f"wrong\n{SECRET}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("data", "passwords"),
    [
        (b"", ()),
        (b"one", ("one",)),
        (b"one\n", ("one",)),
        (b"\n", ("",)),
        (b"one\n\n", ("one", "")),
        (b" a b \r\nc\t\r\n", (" a b ", "c\t")),
        ("\ufeffGröße\n".encode(), ("Größe",)),
    ],
)
def test_a_line_is_a_password_blanks_and_all(data, passwords, tmp_path):
    (tmp_path / "words.txt").write_bytes(data)
    assert read_passwords(str(tmp_path / "words.txt")) == passwords


def test_no_file_has_no_passwords():
    assert read_passwords(None) == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xffhidden", "no text in UTF-8"),
        (b"hidden" * 200_000, "too large"),
        (b"hidden\n" * (MOST + 1), "more than 1000 passwords"),
    ],
)
def test_what_is_no_file_of_passwords_is_refused_and_not_told(data, message, tmp_path):
    (tmp_path / "words.txt").write_bytes(data)
    with pytest.raises(Refused, match=message) as refusal:
        read_passwords(str(tmp_path / "words.txt"))
    assert "hidden" not in str(refusal.value)


def test_merge_opens_what_the_passwords_open(files, monkeypatch, capfd):
    monkeypatch.chdir(files)
    merge = ["merge", "plain.pdf", "locked.pdf", "-o", "out.pdf"]
    assert main([*merge, "--password-file", "words.txt"]) == 0
    assert "locked.pdf is encrypted; the new file is not" in capfd.readouterr().err
    assert main([*merge[:-1], "none.pdf"]) == 1
    assert not (files / "none.pdf").exists()
    assert "--password-file" in capfd.readouterr().err


def test_impose_and_preflight_take_passwords_too(files, monkeypatch, capfd):
    monkeypatch.chdir(files)
    words = ["--password-file", "words.txt"]
    assert main(["impose", "locked.pdf", "-o", "sheets.pdf", "--scheme", "n-up", *words]) == 0
    assert "encrypted; the new file is not" in capfd.readouterr().err
    assert main(["preflight", "locked.pdf", *words]) == 1
    shown = capfd.readouterr().err
    assert "the file is encrypted" in shown
    assert "marked" in shown or "tagged" in shown  # it was read, not refused
    assert main(["preflight", "locked.pdf"]) == 1
    assert "needs a password" in capfd.readouterr().err


def test_a_missing_file_of_passwords_is_named(files, monkeypatch, capfd):
    monkeypatch.chdir(files)
    assert main(["merge", "plain.pdf", "locked.pdf", "-o", "o.pdf", "--password-file", "no"]) == 3
    assert "no: no such file" in capfd.readouterr().err


def test_no_password_is_ever_said(files, monkeypatch, capfd):
    monkeypatch.chdir(files)
    (files / "words.txt").write_text("s0mething else\n")
    words = ["--password-file", "words.txt"]
    main(["merge", "plain.pdf", "locked.pdf", "-o", "out.pdf", *words])
    main(["preflight", "locked.pdf", "--json", *words])
    out, err = capfd.readouterr()
    assert "s0mething" not in out + err
    assert "none of the passwords opens it" in err
