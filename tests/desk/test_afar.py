"""Sources and PDFs that are named by URLs: fetched, made, put in their places whole."""

import json
import sys
from pathlib import Path

import fsspec
import pytest
from reprints import ROOT, source

from layout.desk.cli import main


@pytest.fixture
def store():
    """A file system in memory, as object stores are."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def archive(store, tmp_path):
    """Two interviews, one with a picture and a brand of the project, here and in the store; their PDFs made here."""
    picture = next((ROOT / "sources").rglob("*.png")).read_bytes()
    (tmp_path / "in" / "brands").mkdir(parents=True)
    (tmp_path / "in" / "brands" / "house.yaml").write_text("masthead: {text: Afar}\n")
    (tmp_path / "in" / "kept.png").write_bytes(picture)
    figure = {"figure": "kept.png", "alt": "Two readers"}
    source(
        tmp_path / "in",
        "a.yaml",
        brand="house",
        interview=[{"question": "Q?", "answer": "A."}, figure],
    )
    source(tmp_path / "in" / "below", "b.yaml")
    for path in (tmp_path / "in").rglob("*"):
        if path.is_file():
            store.pipe_file(f"/box/{path.relative_to(tmp_path)}", path.read_bytes())
    assert main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    return {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")}


def found(store, folder: str) -> dict[str, bytes]:
    return {path.rpartition("/")[2]: store.cat_file(path) for path in store.find(folder)}


def test_from_a_store_into_a_store(store, archive, capsys):
    assert main(["build", "memory://box/in", "-o", "memory://box/out", "--json"]) == 0
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert [row["source"] for row in rows] == [
        "memory://box/in/a.yaml",
        "memory://box/in/below/b.yaml",
    ]
    assert [row["output"] for row in rows] == ["memory://box/out/a.pdf", "memory://box/out/b.pdf"]
    assert found(store, "/box/out") == archive


def test_one_file_with_what_it_names(store, archive):
    """Its brand and picture lie beside it; the output has a name of its own."""
    assert main(["build", "memory://box/in/a.yaml", "-o", "memory://box/one.pdf", "--quiet"]) == 0
    assert store.cat_file("/box/one.pdf") == archive["a.pdf"]


def test_from_a_store_into_a_folder_and_back(store, archive, tmp_path):
    assert main(["build", "memory://box/in", "-o", str(tmp_path / "here"), "--quiet"]) == 0
    assert {it.name: it.read_bytes() for it in (tmp_path / "here").iterdir()} == archive
    assert main(["build", str(tmp_path / "in"), "-o", "memory://box/there", "--quiet"]) == 0
    assert found(store, "/box/there") == archive


def test_file_urls_are_files(archive, tmp_path):
    """With a ledger, and nothing made anew."""
    where = ["build", f"file://{tmp_path}/in", "-o", f"file://{tmp_path}/out", "--json"]
    before = {it: it.stat().st_mtime_ns for it in (tmp_path / "out").glob("*.pdf")}
    assert main(where) == 0
    assert {it: it.stat().st_mtime_ns for it in (tmp_path / "out").glob("*.pdf")} == before


def test_problems_are_told_by_urls(store, archive, capsys):
    store.pipe_file(
        "/box/in/c.yaml",
        b"format: 1\ntitel: wrong\ntitle: T\ninterview: [{question: Q, answer: A}]\n",
    )
    assert (
        main(["build", "memory://box/in", "memory://box/none", "-o", "memory://box/out", "--quiet"])
        == 1
    )
    said = capsys.readouterr().err
    assert "memory://box/in/c.yaml:2:1: error: unknown key `titel`" in said
    assert "memory://box/none: error: there is no such file" in said
    assert "/offprint-" not in said
    assert found(store, "/box/out") == archive


def test_what_cannot_be_put_in_its_place_leaves_the_old_one(store, archive, monkeypatch, capsys):
    store.pipe_file("/box/out/a.pdf", b"old")
    put = type(store).pipe_file

    def full(self, path, value, **options):
        if path.endswith("a.pdf"):
            raise PermissionError("the store is full")
        put(self, path, value, **options)

    monkeypatch.setattr(type(store), "pipe_file", full)
    assert main(["build", "memory://box/in", "-o", "memory://box/out", "--quiet"]) == 3
    assert (
        "memory://box/out/a.pdf: error: it could not be put in its place: the store is full"
        in capsys.readouterr().err
    )
    assert found(store, "/box/out") == {"a.pdf": b"old", "b.pdf": archive["b.pdf"]}


def test_a_file_grows_beside_the_old_one_where_it_would_be_seen_growing(
    store, archive, monkeypatch
):
    """As on SFTP: nothing of a part is left where it fails, and the old file stays."""
    from layout.desk import afar

    monkeypatch.setattr(afar, "PUT_WHOLE", ())
    assert main(["build", "memory://box/in", "-o", "memory://box/out", "--quiet"]) == 0
    assert found(store, "/box/out") == archive
    store.pipe_file("/box/out/a.pdf", b"old")
    monkeypatch.setattr(type(store), "mv", lambda *_: (_ for _ in ()).throw(OSError("broken off")))
    assert main(["build", "memory://box/in/a.yaml", "-o", "memory://box/out", "--quiet"]) == 3
    assert found(store, "/box/out") == {"a.pdf": b"old", "b.pdf": archive["b.pdf"]}


def test_a_name_that_leads_out_of_its_folder(store, archive, capsys):
    store.store["/box/in/../../evil.yaml"] = store.store["/box/in/a.yaml"]
    assert main(["build", "memory://box/in", "-o", "memory://box/out", "--quiet"]) == 1
    assert "its name leads out of its folder" in capsys.readouterr().err


def test_packages_that_are_missing(tmp_path, monkeypatch, capsys):
    path = str(source(tmp_path))
    assert main(["build", path, "-o", "s3://box/out"]) == 1
    said = capsys.readouterr().err
    assert (
        "s3://box/out: error: to reach s3://, a package is needed" in said
        and "offprint[s3]" in said
    )
    assert main(["build", path, "-o", "nowhere://box/out"]) == 1
    assert "there is no way to nowhere://" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["build", path, "-o", "memory://box/out"]) == 1
    assert "pip install 'offprint[url]'" in capsys.readouterr().err


def test_a_depfile_cannot_name_what_is_elsewhere(tmp_path, capsys):
    path = str(source(tmp_path))
    assert main(["build", path, "-o", "memory://box/out", "--depfile", str(tmp_path / "d")]) == 1
    assert "it cannot name what is elsewhere" in capsys.readouterr().err
    assert not Path(tmp_path / "d").exists()
