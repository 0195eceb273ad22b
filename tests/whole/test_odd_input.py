"""What no file that claims PDF/A-3a may hold is refused with its place, or is cut where only a copy of it is."""

import json

import pytest
from reprints import ENTRY, house, offprint, reprint, runs, source

from layout.desk.cli import main
from layout.ground.problems import Refused
from layout.manuscript.reader import read_interview
from layout.plates.edition import EDITIONS
from layout.plates.metadata import LONGEST, about_interview, info
from layout.plates.painter import LONGEST_NAME

pikepdf = pytest.importorskip("pikepdf")

TOO_LONG = "ü" * 8_001


@pytest.mark.parametrize("character", ["\ufeff", "\ue0a0", "\U000f0000"])
def test_a_character_that_says_nothing_is_refused_with_its_place(character, tmp_path):
    path = source(tmp_path, interview=[{"question": "Q?", "answer": f"`a{character}b`"}])
    with pytest.raises(Refused, match=f"U\\+{ord(character):04X} cannot be printed") as refusal:
        read_interview(str(path))
    assert refusal.value.problems[0].place.line


def test_a_mark_of_the_byte_order_may_begin_a_file(tmp_path):
    path = source(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_interview(str(path)).title.text == "A title"


@pytest.mark.parametrize(
    "keys",
    [
        {"title": TOO_LONG},
        {"kicker": TOO_LONG},
        {"keywords": [TOO_LONG]},
        {"interview": [{"question": TOO_LONG, "answer": "A."}]},
        {"interview": [*ENTRY, {"heading": TOO_LONG}]},
    ],
)
def test_one_line_of_thought_has_a_bound(keys, tmp_path):
    with pytest.raises(Refused, match="8001 characters, and 8000 is the most"):
        read_interview(str(source(tmp_path, **keys)))


def test_what_is_only_repeated_in_the_metadata_is_cut(tmp_path):
    path = source(tmp_path, keywords=["ü" * 5_000] * 4, standfirst="Long. " * 3_000)
    about = about_interview(read_interview(str(path)))
    assert len(about.subject) == LONGEST and about.subject.endswith("\u2026")
    assert len(info(about, EDITIONS["digital"])) < 2 * 32_767


def test_a_long_link_does_not_say_all_of_itself_on_every_line(tmp_path):
    words = "words and more of them " * 60
    path = source(tmp_path, interview=[{"question": "Q?", "answer": f"[{words}](https://a.org)"}])
    file = pikepdf.open(str(_written(tmp_path, reprint(path, house()).pdf)))
    names = [str(note.Contents) for page in file.pages for note in page.Annots]
    assert len(names) > 10
    assert all(len(name) == LONGEST_NAME and name.endswith("\u2026") for name in names)


def _written(folder, data: bytes):
    path = folder / "made.pdf"
    path.write_bytes(data)
    return path


def test_the_longest_of_everything_conforms(tmp_path, tool):
    entries = [
        {"question": "Ü" * 7_990 + "?", "answer": "A."},
        {"question": "Why " * 1_900 + "?", "answer": "B."},
    ]
    path = source(tmp_path, interview=entries)
    made = offprint("build", path, "-o", tmp_path / "a.pdf", folder=tmp_path)
    assert made.returncode in (0, 1), made.stderr
    assert "Traceback" not in made.stderr
    if made.returncode == 0:
        assert offprint("preflight", tmp_path / "a.pdf", folder=tmp_path).returncode == 0


# --- what random input found ---


def built(folder, **keys) -> str:
    path = source(folder, **keys)
    assert main(["build", str(path), "-o", str(folder / "made.pdf"), "--quiet"]) == 0
    assert main(["preflight", str(folder / "made.pdf"), "--quiet"]) == 0
    return str(folder / "made.pdf")


@pytest.mark.parametrize(
    "keys",
    [
        {"kicker": "Die Straße"},
        {"interview": [{"question": "Q?", "answer": "o\u0308\u0304 a\u0344 end"}]},
        {"interview": [{"question": "Q?", "answer": "A.", "speaker": "Groß"}]},
    ],
    ids=["capitals", "marks", "small capitals"],
)
def test_one_character_of_several_glyphs_is_one_piece_of_text(keys, tmp_path, tool):
    said = tool("pdfinfo", "-struct-text", built(tmp_path, **keys))
    text = keys.get("kicker") or keys["interview"][0].get("speaker") or keys["interview"][0]["answer"]  # fmt: skip
    have = "".join(line.strip()[1:-1] for line in said.splitlines() if line.strip()[:1] == '"')
    assert all(word in have for word in text.split())
    assert "\u00ad" not in have


def test_a_link_in_a_disclaimer_leads_somewhere_where_it_is_read(tmp_path):
    path = built(
        tmp_path,
        disclaimer="See [here](https://example.org/).",
        interview=[{"question": "Q?", "answer": "Long words. " * 2_000}],
    )
    with pikepdf.open(path) as file:
        counts = [len(page.get("/Annots", [])) for page in file.pages]
    assert len(counts) > 1 and counts == [1] + [0] * (len(counts) - 1)


@pytest.mark.parametrize("words", ["", "\u00ad", "\u00a0", "\u200b", " "])
def test_a_link_without_words_is_refused(words, tmp_path):
    answer = f"A [{words}](https://example.org/) link"
    with pytest.raises(Refused, match="a link without words"):
        read_interview(str(source(tmp_path, interview=[{"question": "Q?", "answer": answer}])))


def test_a_standfirst_may_hold_lists_and_quotations(tmp_path):
    built(tmp_path, standfirst="- one\n- two\n\n> three\n\n    four")


def issue(folder, *parts: dict) -> tuple[int, str]:
    source(folder)
    path = folder / "issue.yaml"
    path.write_text(json.dumps({"format": 1, "title": "Focus", "contents": list(parts)}))
    done = offprint("build", path, "-o", folder / "issue.pdf", folder=folder)
    return done.returncode, done.stderr


def test_an_issue_without_pages_is_refused(tmp_path):
    code, said = issue(tmp_path, {"section": "Nothing"})
    assert code == 1 and "this issue has no pages" in said


def test_an_issue_may_be_of_foreign_pages_alone(tmp_path):
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(tmp_path / "a.pdf")
    code, said = issue(tmp_path, {"pdf": "a.pdf"})
    assert code == 0, said
    with pikepdf.open(tmp_path / "issue.pdf") as file:
        assert len(file.pages) == 1


def test_a_foreign_file_that_nests_without_end_is_refused(tmp_path):
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.obj["/PieceInfo"] = pikepdf.Object.parse(b"[" * 150 + b"]" * 150)
        file.save(tmp_path / "a.pdf")
    code, said = issue(tmp_path, {"pdf": "a.pdf"}, {"interview": "interview.yaml"})
    assert code == 1 and "stand in each other" in said and "Traceback" not in said


def test_a_fault_of_the_program_stops_one_source_only(tmp_path, monkeypatch, capsys):
    from layout.desk import reprint as recipe

    monkeypatch.setattr(recipe, "prove", lambda *_: 1 / 0)
    paths = [str(source(tmp_path, f"{name}.yaml")) for name in "ab"]
    assert main(["build", *paths, "-o", str(tmp_path), "--jobs", "1"]) == 3
    said = capsys.readouterr().err
    assert said.count("this is a fault of the program: ZeroDivisionError") == 2


def test_a_word_in_two_looks_is_one_piece_where_a_line_parts_it(tmp_path, tool):
    words = "The *charact*eristically incomprehensible inter*nationalization* of **counter**revolutionary laws. "
    entries = [{"question": "Q?", "answer": words * 12}]
    said = tool("pdfinfo", "-struct-text", built(tmp_path, interview=entries))
    have = "".join(line.strip()[1:-1] for line in said.splitlines() if line.strip()[:1] == '"')
    assert words.replace("*", "").strip() in have
    assert have.count("internationalization") == have.count("counterrevolutionary") == 12
    printed = reprint(tmp_path / "interview.yaml", house())
    ends = [run.text for page in printed.pages.pages for run in runs(page) if "\u00ad" in run.text]
    assert len(ends) > 2
