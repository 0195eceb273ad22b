"""An issue with pages that have no tags: what it claims, and what it says of them."""

from pathlib import Path

import pytest
import yaml
from adverts import without_tags
from pikepdf import Array, Name, Pdf

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import inspect
from layout.desk.cli import main
from layout.ground.problems import Place

pytestmark = pytest.mark.slow

HYPHENS = {"interview": "why-hyphens.yaml"}


@pytest.fixture
def issue(shelf_of_sources: Path, tmp_path: Path):
    """Build an issue with an advert that has no tags, in an edition; the file."""
    folder = shelf_of_sources / "issues"

    def build(edition: str = "digital", **keys: object) -> Path:
        stems = {"pdf": "calendar", "press": "calendar-press"}
        for stem in stems.values():
            without_tags(folder / f"{stem}.pdf", folder / f"untagged-{stem}.pdf")
        advert = {key: f"untagged-{stem}.pdf" for key, stem in stems.items()}
        record = {
            "format": 1,
            "title": "Focus",
            "date": "2026-11",
            "contents": [HYPHENS, advert | keys, HYPHENS],
        }
        path = folder / f"{tmp_path.name}.yaml"
        path.write_text(yaml.safe_dump(record), encoding="utf-8")
        try:
            arguments = ["build", str(path), "-o", str(tmp_path), "--edition", edition]
            assert main([*arguments, "--force"]) == 0
        finally:
            path.unlink()
            for name in advert.values():
                (folder / name).unlink()
        return tmp_path / f"{path.stem}{'-press' if edition == 'press' else ''}.pdf"

    return build


def claims(path: Path) -> bool:
    with Pdf.open(path) as pdf:
        return b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()


def errors(path: Path, profile: str) -> list[str]:
    opened = open_bytes(path.read_bytes(), Place(str(path)), path.name)
    return [it.message for it in inspect(opened, profile) if it.severity == "error"]


def test_without_the_key_the_issue_does_not_claim_and_says_why(issue, capsys):
    path = issue()
    assert not claims(path)
    told = capsys.readouterr().err
    assert "untagged-calendar.pdf is not tagged" in told
    assert "does not claim PDF/A-3a and PDF/UA-1" in told


def test_an_issue_whose_adverts_are_artifacts_claims_all(issue, capsys):
    path = issue(untagged="artifact")
    told = capsys.readouterr().err
    assert "all content is an artifact on pages 1, 2 of untagged-calendar.pdf" in told
    assert "does not claim" not in told
    assert claims(path)
    assert errors(path, "digital") == []


def test_its_links_lead_on_and_are_described(issue):
    pdf = Pdf.open(issue(untagged="artifact"))
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", Array())]
    described = [str(link.Contents) for link in links]
    assert any(said.startswith("page ") for said in described)
    assert any(said.startswith("http") for said in described)
    parts = [each for each in pdf.Root.StructTreeRoot.K[0].K if str(each.get("/T", "")) == "untagged-calendar.pdf"]  # fmt: skip
    assert len(parts) == 1
    assert {each.S for each in parts[0].K} == {Name.Link}


def test_the_press_edition_claims_as_well(issue, capsys):
    path = issue("press", untagged="artifact")
    assert "does not claim" not in capsys.readouterr().err
    assert claims(path)


def test_another_word_is_an_error(shelf_of_sources, tmp_path, capsys):
    path = shelf_of_sources / "issues" / f"{tmp_path.name}.yaml"
    record = {
        "format": 1,
        "title": "Focus",
        "contents": [{"pdf": "calendar.pdf", "untagged": "hide"}],
    }
    path.write_text(yaml.safe_dump(record), encoding="utf-8")
    try:
        assert main(["check", str(path)]) == 1
    finally:
        path.unlink()
    assert "expected `report` or `artifact`, found `hide`" in capsys.readouterr().err
