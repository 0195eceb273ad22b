"""What is said of a picture to those who cannot see it: it is there, and it says something."""

import json
import shutil

import pytest
from reprints import ENTRY, SOURCES, source

from layout.desk.cli import main


@pytest.fixture
def build(tmp_path, capsys):
    shutil.copy(SOURCES / "images" / "optical-sizes.png", tmp_path / "a.png")

    def run(command: str, **figure: str) -> tuple[int, dict]:
        path = source(tmp_path, interview=[*ENTRY, {"figure": "a.png", **figure}])
        more = ["-o", str(tmp_path / "a.pdf")] if command == "build" else []
        code = main([command, str(path), "--json", *more])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_picture_without_an_alternative_is_refused_with_its_line(command, build):
    code, told = build(command)
    assert (code, told["status"]) == (1, "refused")
    assert "alt" in told["problems"][0]["message"]
    assert told["problems"][0]["line"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_one_that_says_nothing_is_warned_of_with_its_line(command, build):
    code, told = build(command, alt="a.png")
    assert (code, told["status"]) == (0, "built" if command == "build" else "current")
    (problem,) = told["problems"]
    assert (problem["severity"], problem["message"]) == ("warning", "the alternative text says nothing: `a.png`")  # fmt: skip
    assert problem["line"]


@pytest.mark.parametrize("alt", ["Four words, each in another cut.", ""])
def test_words_and_decoration_are_fine(alt, build):
    assert build("build", alt=alt)[1]["problems"] == []
