"""`source` and `verify`: what a file carries comes out as it went in, and is typeset again to the byte."""

import json
import os
import random
import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from reprints import ENTRY, ROOT, SOURCES, source

from layout.desk import again, provenance
from layout.desk.cli import main
from layout.desk.origin import Altered
from layout.desk.verify import verify
from layout.ground.problems import Refused

pikepdf = pytest.importorskip("pikepdf")

IMAGE = SOURCES / "images" / "optical-sizes.png"
FONT = ROOT / "fonts" / "source-sans" / "SourceSans3-Regular.ttf"


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@cache
def small(folder: str) -> bytes:
    """A reprint with a picture, made in a folder that is gone when it is verified."""
    place = Path(folder) / "small"
    shutil.rmtree(place, ignore_errors=True)
    (place / "images").mkdir(parents=True)
    shutil.copy(IMAGE, place / "images" / "a.png")
    figure = {"figure": "images/a.png", "alt": "A."}
    made = source(place, "small.yaml", interview=[*ENTRY, figure], date="2012-06")
    assert main(["build", str(made), "-o", str(place / "made.pdf"), "--quiet"]) == 0
    data = (place / "made.pdf").read_bytes()
    shutil.rmtree(place)
    return data


@pytest.fixture
def made(tmp_path, tmp_path_factory) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(small(str(tmp_path_factory.getbasetemp())))
    return path


def built(folder: Path, *arguments: str, name: str = "made.pdf", **keys) -> Path:
    written = source(folder, **keys)
    path = folder / name
    assert main(["build", str(written), "-o", str(path), "--quiet", *arguments]) == 0
    return path


# --- same ---


def test_a_reprint_is_the_same(made, capsys):
    assert main(["verify", str(made)]) == 0
    assert capsys.readouterr().out == f"{made}: same\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--pages", "1-3"),
        ("--brand", "focus"),
        ("--brand", "mine/house.yaml"),
        ("--brand", "texts/own.yaml"),
        ("--brand", "named"),
        ("--brand", "{}/texts/own.yaml"),
    ],
)
def test_so_is_one_with_options(options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("mine/house.yaml", "texts/own.yaml", "brands/named.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("colours: {brand: {srgb: '#204060'}}\n")
    made = built(tmp_path / "texts", *(it.format(tmp_path) for it in options), name="other.pdf")
    monkeypatch.chdir("/")
    assert verify(str(made)).status == "same"


def test_so_is_one_with_a_brand_and_a_date_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "brands").mkdir()
    (tmp_path / "brands" / "mine.yaml").write_text("masthead: {text: Mine}\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = built(tmp_path, brand="mine")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert verify(str(made)).status == "same"
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_so_is_an_issue_with_pages_made_elsewhere(tmp_path, capsys):
    issue = SOURCES / "issues" / "focus-specimen.yaml"
    if not (issue.parent / "cover.pdf").exists():
        pytest.skip("make writes the pages made elsewhere")
    path = tmp_path / "issue.pdf"
    assert main(["build", str(issue), "-o", str(path), "--quiet"]) == 0
    assert verify(str(path)).status == "same"


def test_so_is_an_issue_that_takes_in_a_reprint_of_ours(tmp_path):
    built(tmp_path, name="reprint.pdf")
    parts = [{"contents": "Contents"}, {"pdf": "reprint.pdf"}, {"interview": "interview.yaml"}]
    (tmp_path / "issue.yaml").write_text(json.dumps({"format": 1, "title": "Focus", "contents": parts}))  # fmt: skip
    path = tmp_path / "issue.pdf"
    assert main(["build", str(tmp_path / "issue.yaml"), "-o", str(path), "--quiet"]) == 0
    assert verify(str(path)).status == "same"


def test_links_to_sources_and_pictures_are_what_they_are_called(tmp_path):
    (tmp_path / "pool").mkdir()
    shutil.copy(IMAGE, tmp_path / "pool" / "x.png")
    (tmp_path / "a.png").symlink_to("pool/x.png")
    real = source(tmp_path, "real.yaml", interview=[*ENTRY, {"figure": "a.png", "alt": "A."}])
    (tmp_path / "link.yaml").symlink_to(real)
    made = tmp_path / "made.pdf"
    assert main(["build", str(tmp_path / "link.yaml"), "-o", str(made), "--quiet"]) == 0
    assert verify(str(made)).status == "same"


@pytest.mark.parametrize("name", ["a b%c#d.yaml", "caf\udce9.yaml", "back\\slash.yaml", "c:x.yaml", "ü.yaml"])  # fmt: skip
def test_any_name_of_a_source_will_do(name, tmp_path):
    path = source(tmp_path, name)
    assert main(["build", str(path), "-o", str(tmp_path / "made.pdf"), "--quiet"]) == 0
    assert verify(str(tmp_path / "made.pdf")).status == "same"


def test_a_brand_called_as_the_programs_own_is_another(tmp_path):
    (tmp_path / "offprint" / "brands").mkdir(parents=True)
    own = tmp_path / "offprint" / "brands" / "focus.yaml"
    own.write_text("masthead: {text: Mine}\n")
    made = built(tmp_path, brand="offprint/brands/focus.yaml")
    assert verify(str(made)).status == "same"
    before = made.read_bytes()
    own.write_text("masthead: {text: Yours}\n")
    assert built(tmp_path, brand="offprint/brands/focus.yaml").read_bytes() != before


def test_it_leaves_nothing_behind(made, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    verify(str(made))
    assert not list((tmp_path / "tmp").iterdir())


# --- altered ---


def status_of(path: Path) -> str:
    try:
        return verify(str(path)).status
    except Refused as refusal:
        return "tampered" if isinstance(refusal, Altered) else "refused"


def test_a_byte_that_is_altered_anywhere_is_seen(made, tmp_path):
    data = made.read_bytes()
    chance = random.Random(7)
    other = tmp_path / "other.pdf"
    for at in [0, len(data) - 1, *chance.sample(range(len(data)), 40)]:
        altered = bytearray(data)
        altered[at] ^= 1 << chance.randrange(8)
        other.write_bytes(altered)
        assert status_of(other) in ("tampered", "refused"), at


@pytest.mark.parametrize("change", [lambda it: it + b"\n", lambda it: it[:-7], lambda it: it * 2])
def test_so_is_one_too_many_or_too_few(change, made):
    made.write_bytes(change(made.read_bytes()))
    assert status_of(made) in ("tampered", "refused")


def edited(path: Path, change) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        change(file)
        file.save(path)


def record(file, change) -> None:
    """Change the manifest, check sum included."""
    from hashlib import md5

    attached = file.attachments[provenance.MANIFEST].obj.EF.F
    found = json.loads(attached.read_bytes())
    change(found)
    data = json.dumps(found).replace("{", '{"manifest": 1, ', 1).encode()
    attached.write(data)
    attached.Params = pikepdf.Dictionary(
        Size=len(data), CheckSum=pikepdf.String(md5(data, usedforsecurity=False).digest())
    )


def test_the_words_say_where_it_differs(made, capsys):
    edited(made, lambda file: file.pages[0].Contents.write(b"BT ET"))
    assert main(["verify", str(made)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{made}: tampered\n"
    assert "small.yaml gives: byte " in said.err


def test_a_source_that_was_altered_is_named(made, capsys):
    def alter(file):
        file.attachments["small.yaml"].obj.EF.F.write(b"format: 1\n")

    edited(made, alter)
    assert main(["verify", str(made)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{made}: tampered\n"
    assert "small.yaml in it was altered" in said.err


def test_a_manifest_that_was_altered_is_named(made):
    edited(made, lambda file: file.attachments[provenance.MANIFEST].obj.EF.F.write(b'{"manifest"'))
    with pytest.raises(Refused, match="its manifest was altered"):
        verify(str(made))


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/x.yaml", "a/../../x.yaml", "c:x", "a\\b"])
def test_no_name_leads_out_of_the_folder(name, made, tmp_path):
    def rename(found):
        found["files"][name] = found["files"].pop("images/a.png")

    edited(made, lambda file: record(file, rename))
    for command in (["verify", str(made)], ["source", str(made), "-o", str(tmp_path / "out")]):
        assert main(command) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.update(epoch="9" * 30),
        lambda it: it.update(epoch="x"),
        lambda it: it.update(pages=[0, -3]),
        lambda it: it.update(source="none.yaml"),
        lambda it: it.update(edition="papyrus"),
        lambda it: it["files"].update({"a/.git/hooks/x": it["files"]["small.yaml"]}),
        lambda it: it["files"].update({"small.yaml/x": it["files"]["small.yaml"]}),
        lambda it: it["files"].update({"x" * 300: it["files"]["small.yaml"]}),
        lambda it: it["files"].update({"/".join("a" * 40): it["files"]["small.yaml"]}),
        lambda it: it["files"].update(
            {f"{n}.png": it["files"]["images/a.png"] for n in range(500)}
        ),
    ],
)
def test_a_forged_manifest_is_refused_in_a_sentence(change, made, tmp_path, capsys):
    edited(made, lambda file: record(file, change))
    assert main(["verify", str(made)]) == 1
    assert main(["source", str(made), "-o", str(tmp_path / "out")]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


def test_nothing_in_a_manifest_is_obeyed_by_a_terminal(made, capsys):
    edited(made, lambda file: record(file, lambda it: it.update(program="\x1b[2J\nfake: same")))
    main(["verify", str(made)])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\nfake" not in said.out + said.err


def test_nothing_is_written_through_a_link(made, tmp_path, capsys):
    (tmp_path / "far").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "images").symlink_to(tmp_path / "far")
    assert main(["source", str(made), "-o", str(tmp_path / "out")]) == 1
    assert "is a link" in capsys.readouterr().err
    assert not list((tmp_path / "far").iterdir())


# --- made with something else ---


def of_another_version(monkeypatch, **versions: str) -> None:
    here = provenance.versions() | versions
    for room in (provenance, again):
        monkeypatch.setattr(room, "versions", lambda: here)


def test_with_another_version_of_a_library_the_pages_are_compared(made, monkeypatch, capsys):
    of_another_version(monkeypatch, reportlab="0.1")
    assert main(["verify", str(made)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{made}: same pages\n  page 1: small.yaml, as it was made\n")
    assert "it was made with reportlab " in said
    assert "here is 0.1" in said


def test_where_they_are_others_the_version_is_named(made, monkeypatch, capsys):
    of_another_version(monkeypatch, reportlab="0.1")
    edited(made, lambda file: file.pages[0].Contents.write(b"BT ET"))
    assert main(["verify", str(made)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{made}: differs\n"
    assert "it was made with reportlab " in said.err


def test_another_font_is_named(made, monkeypatch, tmp_path):
    folder = tmp_path / "fonts"
    shutil.copytree(ROOT / "fonts", folder)
    (folder / "source-code" / "SourceCodePro-Regular.ttf").write_bytes(FONT.read_bytes())
    monkeypatch.setattr(provenance, "fonts_folder", lambda: str(folder))
    edited(made, lambda file: file.pages[0].Contents.write(b"BT ET"))
    verdict = verify(str(made))
    assert verdict.status == "differs"
    assert "SourceCodePro-Regular.ttf is another one here" in verdict.problems[0].message


def test_a_font_of_the_brands_own_is_asked_for(tmp_path):
    (tmp_path / "brands").mkdir()
    shutil.copy(FONT, tmp_path / "brands" / "Own.ttf")
    (tmp_path / "brands" / "mine.yaml").write_text("fonts: {sans: {regular: Own.ttf}}\n")
    made = built(tmp_path, brand="mine")
    (tmp_path / "kept").mkdir()
    shutil.move(tmp_path / "brands" / "Own.ttf", tmp_path / "kept" / "Renamed.ttf")
    with pytest.raises(Refused, match=r"brands/Own\.ttf is not here"):
        verify(str(made))
    assert verify(str(made), [str(tmp_path / "kept")]).status == "same"


# --- none of ours, and merged ---


def foreign(path: Path) -> Path:
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(path)
    return path


def test_a_file_of_another_program_is_refused(tmp_path, capsys):
    path = foreign(tmp_path / "other.pdf")
    assert main(["verify", str(path)]) == 1
    assert "does not say what it was made from" in capsys.readouterr().err
    assert main(["source", str(path)]) == 1


def test_one_bad_file_does_not_stop_the_rest(made, tmp_path, capsys):
    assert main(["verify", str(tmp_path / "none.pdf"), str(made)]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'none.pdf'}: refused\n{made}: same\n"


def test_in_a_merged_file_each_page_is_proved(made, tmp_path, capsys):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(two), "-o", str(merged)]) == 0
    capsys.readouterr()
    assert main(["verify", str(merged)]) == 0
    said = capsys.readouterr().out
    assert f"{merged}: same pages\n" in said
    assert "page 1: small.yaml, as it was made" in said
    assert "page 2: interview.yaml, as it was made" in said


def test_a_merge_of_ours_keeps_what_all_of_them_claim(made, tmp_path, capsys):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(two), "-o", str(merged), "--before", "1"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["preflight", str(merged)]) == 0


def test_a_merge_with_pages_that_say_nothing_claims_nothing(made, tmp_path, capsys):
    host = foreign(tmp_path / "host.pdf")
    edited(
        host, lambda file: file.pages[0].__setattr__("Contents", file.make_stream(b"0 0 9 9 re f"))
    )
    for base, reprint in ((made, host), (host, made)):
        assert main(["merge", str(base), str(reprint), "-o", str(tmp_path / "merged.pdf")]) == 0
        assert b"<pdfaid:" not in (tmp_path / "merged.pdf").read_bytes()
        assert main(["preflight", str(tmp_path / "merged.pdf"), "--quiet"]) == 1


def test_a_merge_with_an_empty_page_made_elsewhere_may_claim_what_it_did(made, tmp_path, capsys):
    """Nothing on it is wanting: what a file may claim is found in it, whoever made its pages."""
    host = foreign(tmp_path / "host.pdf")
    assert main(["merge", str(made), str(host), "-o", str(tmp_path / "merged.pdf")]) == 0
    assert b"<pdfaid:part>3" in (tmp_path / "merged.pdf").read_bytes()
    assert main(["preflight", str(tmp_path / "merged.pdf"), "--quiet"]) == 0


def test_a_merge_does_not_keep_a_claim_that_is_false(made, tmp_path, capsys):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    edited(two, lambda file: file.pages[0].Contents.write(b"0 0 100 100 re f"))
    assert main(["merge", str(made), str(two), "-o", str(tmp_path / "merged.pdf")]) == 0
    said = capsys.readouterr().err
    assert (
        "two.pdf: warning: merged.pdf does not claim PDF/A-3a and PDF/UA-1: page 1 of two.pdf: "
        in said
    )
    assert b"<pdfaid:" not in (tmp_path / "merged.pdf").read_bytes()


def test_in_a_merged_file_an_altered_page_is_seen(made, tmp_path):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(two), "-o", str(merged)]) == 0

    def alter(file):
        (link, *_) = file.pages[1].Contents.read_bytes().split(b"\n", 1)
        file.pages[1].Contents.write(link)

    edited(merged, alter)
    verdict = verify(str(merged))
    assert verdict.status == "tampered"
    assert "interview.yaml" in verdict.problems[0].message


def test_a_page_is_proved_by_one_source_only(made, tmp_path, capsys):
    """Two manifests of one page, and a page of nobody."""
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(made), "-o", str(merged)]) == 0
    edited(merged, lambda file: file.pages[1].Contents.write(b"BT ET"))
    assert verify(str(merged)).status != "same pages"


def stamped(file) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 900, 900], C=[1, 1, 1])  # fmt: skip
    file.pages[0].Annots = file.make_indirect(pikepdf.Array([*file.pages[0].get("/Annots", []), note]))  # fmt: skip


def spoken(file) -> None:
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/P":
            each.ActualText = "Forged."


@pytest.mark.parametrize(
    "forge",
    [
        stamped,
        spoken,
        lambda file: setattr(file.pages[0], "Rotate", 90),
        lambda file: setattr(file.pages[0], "CropBox", [0, 0, 100, 100]),
    ],
    ids=["stamp", "speech", "turned", "cropped"],
)
def test_what_lies_over_a_page_or_is_said_of_it_is_seen(forge, made, tmp_path):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(two), "-o", str(merged)]) == 0
    assert verify(str(merged)).status == "same pages"
    edited(merged, forge)
    assert verify(str(merged)).status == "tampered"


def test_pages_without_a_source_are_not_proved(made, tmp_path, capsys):
    merged = tmp_path / "merged.pdf"
    host = foreign(tmp_path / "host.pdf")
    assert main(["merge", str(host), str(made), "-o", str(merged)]) == 0
    assert main(["verify", str(merged)]) == 1
    said = capsys.readouterr()
    assert f"{merged}: partly the same\n" in said.out
    assert "1 page has no source in the file" in said.err


def test_json_has_a_line_for_each_file(made, tmp_path, capsys):
    path = foreign(tmp_path / "other.pdf")
    assert main(["verify", "--json", str(made), str(path)]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["status"], first["pages"], first["problems"]) == ("same", 1, [])
    assert second["status"] == "refused"
    assert second["problems"][0]["file"] == str(path)


# --- source ---


def test_the_sources_come_out_as_they_went_in(made, tmp_path, capsys):
    assert main(["source", str(made), "-o", str(tmp_path / "out")]) == 0
    picture = (tmp_path / "out" / "images" / "a.png").read_bytes()
    assert picture == IMAGE.read_bytes()
    found = json.loads((tmp_path / "out" / provenance.MANIFEST).read_bytes())
    assert found["files"]["images/a.png"] == sha256(picture).hexdigest()
    written = capsys.readouterr().out.splitlines()
    assert [os.path.relpath(line, tmp_path / "out") for line in written] == [
        "@offprint/brands/focus.yaml",
        "images/a.png",
        "small.yaml",
        provenance.MANIFEST,
    ]
    again = tmp_path / "again.pdf"
    assert main(["build", str(tmp_path / "out" / "small.yaml"), "-o", str(again), "--quiet"]) == 0
    assert again.read_bytes() == made.read_bytes()


def test_the_folder_is_named_after_the_file(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["source", "made.pdf"]) == 0
    assert (tmp_path / "made-source" / "small.yaml").is_file()


def test_what_is_there_is_not_written_over(made, tmp_path, capsys):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "small.yaml").write_text("mine")
    assert main(["source", str(made), "-o", str(folder)]) == 1
    assert "there is another file of this name" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["small.yaml"]
    (folder / "small.yaml").unlink()
    assert main(["source", str(made), "-o", str(folder)]) == 0
    assert main(["source", str(made), "-o", str(folder)]) == 0  # what is the same may stay


def test_of_a_merged_file_each_has_its_folder(made, tmp_path):
    two = built(tmp_path / "two", title="Another title", name="two.pdf")
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(two), "-o", str(merged)]) == 0
    assert main(["source", str(merged), "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "small" / "images" / "a.png").is_file()
    assert (tmp_path / "out" / "interview" / "interview.yaml").is_file()


def test_the_tags_name_the_source(made):
    with pikepdf.open(made) as file:
        assert str(file.Root.StructTreeRoot.K[0].T) == "small.yaml"


def test_a_reprint_that_comes_in_twice_has_its_source(made, tmp_path):
    """Both files carry the same source, which is in the new one once."""
    merged = tmp_path / "merged.pdf"
    assert main(["merge", str(made), str(made), "-o", str(merged)]) == 0
    verdict = verify(str(merged))
    assert verdict.status == "same pages"
    assert verdict.notes == ("page 1: small.yaml, as it was made", "page 2: small.yaml, as it was made")  # fmt: skip
    edited(merged, lambda file: setattr(file.pages[1], "Rotate", 90))
    assert verify(str(merged)).status == "partly the same"
