"""The command line as users, Makefiles and checks call it: exit codes, lines, files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layout.desk.arguments import EDITIONS as ASKABLE
from layout.desk.arguments import parser
from layout.desk.cli import main
from layout.plates.edition import EDITIONS

SMALL = """\
format: 1
title: Small
date: 2012-06
interview:
- question: Why?
  answer: Because.
"""
BROKEN = SMALL.replace("title:", "titel:")
KEYS = ["source", "edition", "output", "pages", "bytes", "seconds", "status", "problems"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "small.yaml").write_text(SMALL)
    return tmp_path


def shell(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "layout", *arguments]
    path = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": path, **environment}
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, check=False, text=True, timeout=120
    )


def test_build_writes_output_stem_pdf_and_says_so(folder, capsys):
    assert main(["build", "small.yaml"]) == 0
    assert (folder / "output" / "small.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "output/small.pdf: 1 page" in capsys.readouterr().out


def test_a_file_or_a_folder_after_o(folder):
    assert main(["build", "small.yaml", "-o", "a.pdf", "--quiet"]) == 0
    assert main(["build", "small.yaml", "-o", "there", "--quiet"]) == 0
    assert (folder / "a.pdf").read_bytes() == (folder / "there" / "small.pdf").read_bytes()


def test_one_file_for_two_sources_is_a_wrong_command_line(folder, capsys):
    (folder / "b.yaml").write_text(SMALL)
    assert main(["build", "small.yaml", "b.yaml", "-o", "a.pdf"]) == 2
    assert "more than one" in capsys.readouterr().err
    assert not (folder / "a.pdf").exists()


def test_a_bad_source_is_named_the_rest_is_made_and_the_exit_code_is_1(folder, capsys):
    (folder / "broken.yaml").write_text(BROKEN)
    assert main(["build", "broken.yaml", "small.yaml", "-o", "out"]) == 1
    said = capsys.readouterr()
    assert "broken.yaml:2:1: error: " in said.err
    assert "did you mean `title`" in said.err
    assert (folder / "out" / "small.pdf").exists()
    assert not (folder / "out" / "broken.pdf").exists()


def test_an_older_good_output_stays_where_a_new_one_is_refused(folder):
    assert main(["build", "small.yaml", "--quiet"]) == 0
    good = (folder / "output" / "small.pdf").read_bytes()
    (folder / "small.yaml").write_text(BROKEN)
    assert main(["build", "small.yaml", "--quiet"]) == 1
    assert (folder / "output" / "small.pdf").read_bytes() == good
    assert [path.name for path in (folder / "output").iterdir()] == ["small.pdf"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_is_one_object_a_line_with_the_contracts_keys(folder, capsys, command):
    (folder / "broken.yaml").write_text(BROKEN)
    assert main([command, "small.yaml", "broken.yaml", "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [row["status"] for row in rows] == [
        "built" if command == "build" else "current",
        "refused",
    ]
    problem = rows[1]["problems"][-1]
    assert list(problem) == ["severity", "file", "line", "column", "message", "hint"]
    assert (problem["severity"], problem["file"], problem["line"]) == ("error", "broken.yaml", 2)


def status(capsys, *options: str) -> str:
    assert main(["build", "small.yaml", "--json", *options]) == 0
    return str(json.loads(capsys.readouterr().out)["status"])


def test_what_is_up_to_date_is_left_alone_until_something_changes(folder, capsys, monkeypatch):
    brands = folder / "brands"
    brands.mkdir()
    (brands / "mine.yaml").write_text("name: mine\ngrid: {drop: 0.75}\n")
    (folder / "small.yaml").write_text(SMALL + "brand: mine\n")
    assert status(capsys) == "built"
    assert status(capsys) == "current"
    assert status(capsys, "--force") == "built"
    (folder / "small.yaml").write_text(SMALL.replace("Because", "Perhaps") + "brand: mine\n")
    assert status(capsys) == "built"
    (brands / "mine.yaml").write_text("name: mine\ngrid: {drop: 0.74}\n")
    assert status(capsys) == "built"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert status(capsys) == "built"
    assert status(capsys, "--brand", "focus") == "built"
    assert status(capsys, "--brand", "focus") == "current"


def test_the_same_bytes_in_other_processes_with_other_hash_seeds(folder):
    assert main(["build", "small.yaml", "-o", "a.pdf", "--quiet"]) == 0
    made = shell("build", "small.yaml", "-o", "b.pdf", "--quiet", cwd=folder, PYTHONHASHSEED="7")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert (folder / "a.pdf").read_bytes() == (folder / "b.pdf").read_bytes()


def test_two_processes_make_the_same_bytes_as_one_and_report_in_order(folder):
    for number in range(6):
        (folder / f"s{number}.yaml").write_text(
            SMALL.replace("Because.", "Because. " * (number + 1))
        )
    one = shell("build", ".", "-o", "one", "--jobs", "1", "--json", cwd=folder)
    two = shell("build", ".", "-o", "two", "--jobs", "2", "--json", cwd=folder)
    order = [
        [json.loads(line)["source"] for line in made.stdout.splitlines()] for made in (one, two)
    ]
    assert order[0] == order[1] == sorted(order[0])
    for path in (folder / "one").glob("*.pdf"):
        assert path.read_bytes() == (folder / "two" / path.name).read_bytes()


def test_two_sources_of_one_name_are_a_problem_of_the_second(folder, capsys):
    (folder / "more").mkdir()
    (folder / "more" / "small.yaml").write_text(SMALL)
    assert main(["build", "small.yaml", "more", "--quiet"]) == 1
    assert (
        "more/small.yaml: error: output/small.pdf is made from small.yaml already"
        in capsys.readouterr().err
    )


def test_make_reads_the_depfile(folder):
    (folder / "a b.yaml").write_text(SMALL)
    assert main(["build", "a b.yaml", "-o", "out/a b.pdf", "--depfile", "deps.d", "--quiet"]) == 0
    rules = (folder / "deps.d").read_text()
    assert rules.startswith(r"out/a\ b.pdf: a\ b.yaml ")
    assert "focus.yaml" in rules and "SourceSerif4-Regular.ttf" in rules
    if subprocess.run(["make", "--version"], capture_output=True, check=False).returncode == 0:
        (folder / "Makefile").write_text("include deps.d\n")
        made = subprocess.run(
            ["make", "-q", "out/a b.pdf"], check=False, cwd=folder, capture_output=True, text=True
        )
        assert made.returncode in (0, 1) and "***" not in made.stderr


def test_a_place_that_cannot_be_written_is_3(folder, capsys):
    (folder / "file").write_text("")
    assert main(["build", "small.yaml", "-o", "file/a.pdf"]) == 3
    assert "file: error: file exists" in capsys.readouterr().err


def test_a_missing_source_is_refused(folder, capsys):
    assert main(["build", "none.yaml"]) == 1
    assert "none.yaml: error: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["bake"],
        ["build"],
        ["build", "x.yaml", "--jobs", "0"],
        ["build", "x.yaml", "--edition", "paper"],
        ["schema", "poem"],
    ],
)
def test_a_wrong_command_line_is_2(line):
    with pytest.raises(SystemExit) as end:
        main(line)
    assert end.value.code == 2


def test_the_editions_that_can_be_asked_for_are_the_plates_own():
    assert tuple(EDITIONS) == ASKABLE


def test_every_command_has_help_that_names_its_options(capsys):
    for name, words in {
        "build": "--depfile",
        "merge": "--before",
        "check": "--json",
        "schema": "brand",
    }.items():
        with pytest.raises(SystemExit) as end:
            parser().parse_args([name, "--help"])
        assert end.value.code == 0
        assert words in capsys.readouterr().out


def test_version(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("offprint 0.")


@pytest.mark.parametrize("kind", ["interview", "issue", "brand"])
def test_schema_prints_json_schema(capsys, kind):
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_check_writes_nothing(folder, capsys):
    assert main(["check", "small.yaml"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["small.yaml"]


def test_merge_puts_a_reprint_before_a_page(folder, capsys):
    pypdf = pytest.importorskip("pypdf")
    (folder / "host.yaml").write_text(SMALL.replace("Small", "Host"))
    assert main(["build", "small.yaml", "host.yaml", "--quiet"]) == 0
    assert (
        main(["merge", "output/host.pdf", "output/small.pdf", "-o", "both.pdf", "--before", "1"])
        == 0
    )
    texts = [page.extract_text() for page in pypdf.PdfReader("both.pdf").pages]
    assert len(texts) == 2 and "Small" in texts[0] and "Host" in texts[1]
    assert (
        main(["merge", "output/host.pdf", "output/small.pdf", "-o", "no.pdf", "--before", "9"]) == 1
    )
    assert main(["merge", "small.yaml", "output/small.pdf", "-o", "no.pdf"]) == 1
    assert not (folder / "no.pdf").exists()


def test_a_reader_that_goes_away_is_no_traceback(folder):
    command = f"{sys.executable} -m layout schema interview | head -c 1"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    made = subprocess.run(
        ["sh", "-c", command],
        check=False,
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in made.stderr


def interview(**more: str) -> str:
    return SMALL + "".join(f"{key}: {value}\n" for key, value in more.items())


HOSTILE = {
    "empty": "",
    "a-list": "- 1\n",
    "bomb": "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
    "deep": "a: " + "[" * 5000 + "]" * 5000 + "\n",
    "wrong-types": "format: 1\ntitle: [1]\ninterview: yes\n",
    "control": 'format: 1\ntitle: "a\\x07b"\ninterview: [{question: a, answer: b}]\n',
    "tag": "!!python/object/apply:os.system ['true']\n",
    "missing-picture": interview(interviewee="{name: A, portrait: {image: no.jpg, alt: A}}"),
    "outside-picture": interview(interviewee="{name: A, portrait: {image: ../../etc/passwd, alt: A}}"),
    "remote-picture": interview(interviewee="{name: A, portrait: {image: 'https://example.org/a.jpg', alt: A}}"),
    "javascript": SMALL.replace("Because.", "'[a](javascript:alert(1))'"),
    "html": SMALL.replace("Because.", "a <b>bold</b> word"),
    "cuneiform": SMALL.replace("Because.", "Because \U00012000."),
    "bad-language": interview(language="englisch-"),
    "no-brand": interview(brand="nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_input_is_refused_with_its_place_and_nothing_is_written(folder, capsys, name):
    (folder / f"{name}.yaml").write_text(HOSTILE[name])
    assert main(["build", f"{name}.yaml"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"{name}.yaml:")
    assert ": error: " in said.err
    assert not (folder / "output").exists()


def test_a_character_without_a_glyph_is_named_with_its_line_and_the_way_out(folder, capsys):
    (folder / "sign.yaml").write_text(HOSTILE["cuneiform"])
    main(["build", "sign.yaml"])
    said = capsys.readouterr().err
    assert "sign.yaml:6:19: error: " in said
    assert "U+12000 CUNEIFORM SIGN A" in said and "fonts:" in said
