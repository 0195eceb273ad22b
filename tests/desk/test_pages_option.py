"""`--pages`: how many pages an interview may take, on the command line."""

import json
from pathlib import Path

import pytest
from reprints import source
from test_contract import KEYS, SMALL, shell

from layout.desk.arguments import parser
from layout.desk.cli import main

BRAND = "extends: focus\npage: {width: 170, height: 200}\ncopyfit:\n"
LEVERS = "- {move: leading, least: 12, most: 13, step: 0.25}\n- {move: size, least: 9.4, most: 10.6, step: 0.2}\n"
SAID = (
    "What is said in {} of all these answers is said at some length, so that a line or two of it can be saved or had"
    " where the page asks for it, and a word like typographical may part."
)


def talk(turns: int) -> list[dict]:
    return [{"question": f"Number {n}?", "answer": SAID.format(n)} for n in range(turns)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three interviews in a brand with two levers: of a page, of a little more, of much more."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "brands").mkdir()
    (tmp_path / "brands" / "fits.yaml").write_text(BRAND + LEVERS)
    (tmp_path / "brands" / "stiff.yaml").write_text(BRAND.replace("copyfit:\n", "copyfit: []\n"))
    source(tmp_path, "one.yaml", interview=talk(8), brand="fits")
    source(tmp_path, "over.yaml", interview=talk(9), brand="fits")
    source(tmp_path, "long.yaml", interview=talk(20), brand="fits")
    return tmp_path


def build(capsys, *words: str) -> tuple[int, list[dict], str]:
    """The exit code, the rows and what was said of problems."""
    code = main(["build", *words, "--json", "--jobs", "1"])
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert all(list(row) == KEYS for row in rows)
    return code, rows, said.err


@pytest.mark.parametrize(
    ("words", "pages"),
    [("1", (1, 1)), ("2", (2, 2)), ("1-2", (1, 2)), ("07-12", (7, 12)), ("3-3", (3, 3))],
)
def test_a_number_or_a_range(words, pages):
    assert parser().parse_args(["build", "a.yaml", "--pages", words]).pages == pages


@pytest.mark.parametrize(
    "words", ["0", "3-2", "x", "", "-", "1-", "-2", "1-2-3", "1.5", "0-2", "1 2", "+1"]
)
def test_anything_else_is_a_wrong_command_line(words, capsys):
    with pytest.raises(SystemExit) as end:
        main(["build", "a.yaml", f"--pages={words}"])
    assert end.value.code == 2
    assert "is not a number of pages, nor like 2-4" in capsys.readouterr().err


def test_what_takes_so_many_pages_as_it_is_is_made_without_a_word(folder, capsys):
    for pages in ("1", "1-2", "1-9"):
        code, (row,), said = build(capsys, "one.yaml", "--pages", pages)
        assert (code, row["status"], row["pages"], row["problems"], said) == (0, "built", 1, [], "")


def test_a_note_says_what_moved_and_by_how_much(folder, capsys):
    code, (row,), said = build(capsys, "over.yaml", "--pages", "1")
    assert (code, row["status"], row["pages"]) == (0, "built", 1)
    (note,) = row["problems"]
    assert (note["severity"], note["file"], note["hint"]) == ("note", "over.yaml", None)
    assert note["message"].startswith("fitted to 1 page: leading 12.5 pt to 12")
    assert said == f"over.yaml: note: {note['message']}\n"


def test_a_quiet_build_keeps_notes_to_itself(folder, capsys):
    assert main(["build", "over.yaml", "--pages", "1", "--quiet"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
    assert main(["build", "long.yaml", "--pages", "1", "--quiet"]) == 1
    assert "lines of the grid are over" in capsys.readouterr().err


def test_two_pages_of_what_is_one(folder, capsys):
    code, (row,), said = build(capsys, "one.yaml", "--pages", "2")
    assert (code, row["pages"]) == (0, 2)
    assert "note: fitted to 2 pages: leading 12.5 pt to 13 pt, size 10 pt to 10." in said


@pytest.mark.parametrize(
    ("name", "pages", "words"),
    [
        ("long", "1", "lines of the grid are over 1 page, with everything moved"),
        ("one", "4", "lines of the grid are short of 4 pages, with everything moved"),
        ("one", "3-5", "lines of the grid are short of 3 to 5 pages, with everything moved"),
    ],
)
def test_out_of_range_is_refused_and_nothing_is_written(folder, capsys, name, pages, words):
    code, (row,), said = build(capsys, f"{name}.yaml", "--pages", pages)
    assert (code, row["status"], row["pages"], row["bytes"]) == (1, "refused", None, None)
    assert said.startswith(f"{name}.yaml: error: ") and words in said
    assert int(row["problems"][0]["message"].split()[0]) > 0
    assert not (folder / "output").exists()


def test_an_older_good_output_stays_where_pages_cannot_be_had(folder, capsys):
    assert build(capsys, "long.yaml")[0] == 0
    output = folder / "output" / "long.pdf"
    good = output.read_bytes()
    assert build(capsys, "long.yaml", "--pages", "1")[0] == 1
    assert output.read_bytes() == good
    assert build(capsys, "long.yaml")[1][0]["status"] == "current"


def test_the_pages_are_part_of_what_makes_an_output_current(folder, capsys):
    def status(*words: str) -> str:
        return str(build(capsys, "over.yaml", *words)[1][0]["status"])

    assert [status("--pages", "1"), status("--pages", "1"), status("--pages", "1-1")] == ["built", "current", "current"]  # fmt: skip
    assert [status(), status()] == ["built", "current"]
    assert [status("--pages", "1-2"), status("--pages", "1")] == ["built", "built"]


def test_one_out_of_range_does_not_keep_the_others_back(folder, capsys):
    code, rows, _ = build(capsys, "long.yaml", "one.yaml", "over.yaml", "--pages", "1")
    assert code == 1
    assert [row["status"] for row in rows] == ["refused", "built", "built"]


def test_no_levers_is_a_refusal(folder, capsys):
    code, _, said = build(capsys, "over.yaml", "--pages", "1", "--brand", "stiff")
    assert code == 1 and "lines of the grid are over 1 page" in said
    code, (row,), said = build(capsys, "over.yaml", "--brand", "stiff")
    assert (code, row["pages"], said) == (0, 2, "")


def test_a_question_and_a_word_are_a_page(folder, capsys):
    (folder / "small.yaml").write_text(SMALL)
    code, (row,), said = build(capsys, "small.yaml", "--pages", "1")
    assert (code, row["pages"], said) == (0, 1, "")


def test_the_same_bytes_twice_in_processes_of_their_own(folder):
    made = []
    for seed in ("1", "99"):
        done = shell("build", "over.yaml", "--pages", "1", "-o", f"{seed}.pdf", cwd=folder, PYTHONHASHSEED=seed)  # fmt: skip
        assert done.returncode == 0 and "note: fitted to 1 page" in done.stderr
        made.append((folder / f"{seed}.pdf").read_bytes())
    assert made[0] == made[1]


# --- issues ---

ISSUE = """\
format: 1
title: One
date: 2026-11
brand: fits
contents:
- interview: one.yaml
- interview: lonely.yaml
"""


@pytest.fixture
def issue(folder):
    last = {"question": "And now?", "answer": " ".join(["word"] * 103) + "."}
    source(folder, "lonely.yaml", interview=[*talk(7), last], brand="fits")
    (folder / "issue.yaml").write_text(ISSUE)
    return folder


def test_an_issue_has_as_many_pages_as_its_parts(issue, capsys):
    code, (row,), said = build(capsys, "issue.yaml", "--pages", "2")
    assert (code, row["status"]) == (1, "refused")
    assert "issue.yaml: error: an issue has as many pages as its parts" in said
    assert not (issue / "output").exists()


def test_an_issues_articles_are_fitted_and_its_notes_appear(issue, capsys):
    code, (row,), said = build(capsys, "issue.yaml")
    assert code == 0 and row["status"] == "built" and row["pages"] == 2
    (note,) = row["problems"]
    assert note["severity"] == "note"
    assert note["message"].startswith("fitted to 1 page: leading 12.5 pt to 12")
    assert said.startswith(f"{note['file']}: note: ") and note["file"].endswith("lonely.yaml")
