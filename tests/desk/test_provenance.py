"""What a result was made from: names that are the same everywhere, one identity, a whole manifest."""

import json
import os
import re
import shutil
import tomllib
import zlib
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from packaging.requirements import Requirement
from reprints import ENTRY, ROOT, SOURCES, source

from layout.desk import provenance
from layout.desk.cli import main
from layout.desk.provenance import (  # fmt: skip
    FONTS,
    MANIFEST,
    Asked,
    carried,
    identity,
    manifest,
    names_of,
    versions,
)
from layout.ground.version import VERSION
from layout.house.brands import BUILT_IN, read_brand
from layout.house.fontfiles import fonts_folder


def named(file: Path | str, by: Path | str, base: Path | str = "") -> str:
    (name,) = names_of([str(file)], str(by), str(base)).values()
    return name


# --- names ---


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.yaml", "a.yaml"),
        ("images/b.png", "images/b.png"),
        ("brands/mine.yaml", "brands/mine.yaml"),
    ],
)
def test_a_file_of_the_tree_is_called_by_its_path_in_it(tmp_path, file, name):
    assert named(tmp_path / file, tmp_path / "a.yaml") == name


def test_an_issue_belongs_to_the_folder_above_its_own(tmp_path):
    issue = tmp_path / "issues/one.yaml"
    assert named(issue, issue) == "issues/one.yaml"
    assert named(tmp_path / "a.yaml", issue) == "a.yaml"


def test_where_the_work_is_done_does_not_matter(tmp_path, monkeypatch):
    names = []
    for folder in ("here", "there/below"):
        (tmp_path / folder).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / folder)
        names.append([named("a.yaml", "a.yaml"), named(Path.cwd() / "a.yaml", "./a.yaml")])
    assert names == [["a.yaml"] * 2] * 2


def test_what_comes_with_the_program_is_the_programs(tmp_path):
    found = read_brand(None, str(tmp_path / "a.yaml"))
    assert named(found.files[0], tmp_path / "a.yaml") == "@offprint/brands/focus.yaml"
    assert named(os.path.join(BUILT_IN, "focus.yaml"), tmp_path / "a.yaml") == "@offprint/brands/focus.yaml"  # fmt: skip
    fonts = [file for family in found.brand.fonts.values() for file in family.files]
    names = names_of(fonts, str(tmp_path / "a.yaml")).values()
    assert len(fonts) > 5 and all(re.fullmatch(r"@offprint/fonts/[\w-]+/[\w-]+\.ttf", it) for it in names)  # fmt: skip
    assert all(os.path.isfile(os.path.join(fonts_folder(), it[16:])) for it in names)


def test_a_brand_of_the_command_line_is_named_from_where_it_was_asked_for(tmp_path):
    there, base = tmp_path / "there/a.yaml", tmp_path / "base"
    assert named(base / "house.yaml", there, base) == "@command-line/house.yaml"
    assert named(base / "brands/fonts/A.ttf", there, base) == "@command-line/brands/fonts/A.ttf"
    assert named(tmp_path / "there/brands/b.yaml", there, base) == "brands/b.yaml", (
        "of the tree first"
    )


@pytest.mark.parametrize("folder", ["issues", "brands"])
def test_asked_for_in_a_folder_of_issues_it_is_of_the_folder_above(tmp_path, folder):
    """As the brand itself is looked for there: files of one name in two folders stay apart."""
    files = [tmp_path / "base/brands" / name for name in ("mine.yaml", "serif/A.ttf", "sans/A.ttf")]
    found = names_of([str(it) for it in files], str(tmp_path / "there/a.yaml"), str(tmp_path / "base" / folder))  # fmt: skip
    assert list(found.values()) == [
        "@command-line/brands/mine.yaml", "@command-line/brands/serif/A.ttf", "@command-line/brands/sans/A.ttf",
    ]  # fmt: skip


def test_a_link_is_named_by_where_it_is_and_not_by_where_it_leads(tmp_path):
    source(tmp_path / "far", "real.yaml")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/a.yaml").symlink_to(tmp_path / "far/real.yaml")
    base = tmp_path / "base"
    assert named(tmp_path / "tree/a.yaml", tmp_path / "tree/a.yaml", base) == "a.yaml"


def test_a_name_of_bytes_that_are_no_text_is_written_out(tmp_path):
    name = os.fsdecode(b"caf\xe9.yaml")
    assert named(tmp_path / name, tmp_path / name) == "caf%E9.yaml"


# --- the identity ---

ASKED = Asked()
DIGESTS = {"a.yaml": sha256(b"a").digest(), "b.png": sha256(b"b").digest()}

OTHERS = {
    "edition": (replace(ASKED, edition="press"), DIGESTS),
    "marks": (replace(ASKED, marks=True), DIGESTS),
    "folio": (replace(ASKED, folio=7), DIGESTS),
    "brand": (replace(ASKED, brand="mine"), DIGESTS),
    "pages": (replace(ASKED, pages=(2, 2)), DIGESTS),
    "other pages": (replace(ASKED, pages=(2, 3)), DIGESTS),
    "epoch": (replace(ASKED, epoch="0"), DIGESTS),
    "content": (ASKED, {**DIGESTS, "b.png": sha256(b"c").digest()}),
    "name": (ASKED, {"a.yaml": DIGESTS["a.yaml"], "c.png": DIGESTS["b.png"]}),
    "a file less": (ASKED, {"a.yaml": DIGESTS["a.yaml"]}),
    "a file more": (ASKED, {**DIGESTS, "c.png": sha256(b"b").digest()}),
}


def test_the_same_has_the_same_identity():
    assert re.fullmatch("[0-9A-F]{32}", identity(ASKED, DIGESTS))
    assert identity(Asked(), dict(reversed(DIGESTS.items()))) == identity(ASKED, DIGESTS)


def test_whatever_shapes_a_result_changes_its_identity():
    found = {what: identity(*other) for what, other in OTHERS.items()}
    assert len({*found.values(), identity(ASKED, DIGESTS)}) == len(OTHERS) + 1, found


def test_every_way_to_ask_is_among_them():
    assert {key for key in Asked.__struct_fields__ if any(getattr(other, key) != getattr(ASKED, key) for other, _ in OTHERS.values())} == set(Asked.__struct_fields__)  # fmt: skip


@pytest.mark.parametrize("library", ["python", "zlib", *provenance.LIBRARIES])
def test_another_version_of_a_library_is_another_identity(monkeypatch, library):
    before = identity(ASKED, DIGESTS)
    other = {**versions(), library: "9.9.9"}
    monkeypatch.setattr(provenance, "versions", lambda: other)
    assert identity(ASKED, DIGESTS) != before


# --- the versions ---


def test_every_library_that_the_program_needs_is_named():
    record = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [Requirement(it) for it in record["project"]["dependencies"]]
    found = versions()
    assert {it.name.lower() for it in needed} == found.keys() - {"python", "zlib"}
    for requirement in needed:
        assert found[requirement.name.lower()] in requirement.specifier


def test_the_versions_are_those_that_are_imported():
    import msgspec
    import pypdf

    found = versions()
    assert found["msgspec"] == msgspec.__version__ and found["pypdf"] == pypdf.__version__
    assert found["zlib"] == zlib.ZLIB_RUNTIME_VERSION
    assert re.fullmatch(r"3\.\d+", found["python"])


# --- the manifest ---


def test_the_manifest_says_everything_as_json():
    asked = Asked("digital", "mine", (1, 2), "86400")
    digests = {"ü.yaml": b"\1" * 32, "@offprint/fonts/a/B.ttf": b"\2" * 32, "c.OTF": b"\3" * 32}
    data = manifest("ü.yaml", asked, digests, {"sRGB.icc": sha256(b"profile").digest()})
    assert data.endswith(b"}\n") and "ü".encode() in data
    assert json.loads(data) == {
        "manifest": 1,
        "program": f"offprint {VERSION}",
        "source": "ü.yaml",
        "edition": "digital",
        "brand": "mine",
        "pages": [1, 2],
        "epoch": "86400",
        "marks": None,
        "folio": None,
        "files": {"ü.yaml": "01" * 32},
        "fonts": {"c.OTF": "03" * 32, "@offprint/fonts/a/B.ttf": "02" * 32},
        "profiles": {"sRGB.icc": sha256(b"profile").hexdigest()},
        "versions": versions(),
    }


def test_what_was_not_asked_for_is_null():
    record = json.loads(manifest("a.yaml", Asked(), {}, {}))
    assert (record["brand"], record["pages"], record["epoch"]) == (None, None, None)
    assert record.keys() >= set(Asked.__struct_fields__)


def test_a_brand_of_bytes_that_are_no_text_leaves_it_json():
    asked = Asked(brand=os.fsdecode(b"caf\xe9.yaml"))
    assert json.loads(manifest("a.yaml", asked, {}, {}).decode("utf-8"))["brand"] == "caf\udce9.yaml"  # fmt: skip


# --- what a result carries ---


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An interview with a picture and a brand with a font."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "brands").mkdir()
    shutil.copy(ROOT / "fonts/source-serif/SourceSerif4-Regular.ttf", tmp_path / "brands/own.ttf")
    shutil.copy(SOURCES / "images/optical-sizes.png", tmp_path / "a.png")
    (tmp_path / "brands/mine.yaml").write_text("name: mine\nfonts: {text: {regular: own.ttf}}\n")
    source(tmp_path, brand="mine", interview=[*ENTRY, {"figure": "a.png", "alt": ""}])
    return tmp_path


def test_the_source_comes_first_and_the_manifest_last(project):
    files = {"interview.yaml": "interview.yaml", "a.png": "a.png", "brands/own.ttf": "brands/own.ttf",
             "brands/mine.yaml": "brands/mine.yaml"}  # fmt: skip
    found = carried(files, "interview.yaml", b"{}\n")
    assert [it.name for it in found] == ["interview.yaml", "a.png", "brands/mine.yaml", MANIFEST]
    assert [it.description for it in found[:3]] == ["the source of this file", "a file that the source names", "its brand"]  # fmt: skip
    assert [it.relation for it in found] == ["Source", "Source", "Source", "Data"]
    assert [it.data for it in found] == [*(Path(it.name).read_bytes() for it in found[:3]), b"{}\n"]


def test_a_result_carries_all_but_fonts_and_names_all(project):
    """What was read, from the file itself: the manifest's sums are those of the files, carried or not."""
    assert main(["build", "interview.yaml", "-o", "a.pdf", "--quiet"]) == 0
    with pikepdf.open("a.pdf") as pdf:
        inside = {str(it.UF): it.EF.F.read_bytes() for it in pdf.Root.AF}
        key = bytes(pdf.trailer.ID[0]).hex().upper()
    record = json.loads(inside.pop(MANIFEST))
    assert list(inside) == ["interview.yaml", "@offprint/brands/focus.yaml", "a.png", "brands/mine.yaml"]  # fmt: skip
    assert record["source"] == "interview.yaml"
    assert record["files"] == {name: sha256(data).hexdigest() for name, data in inside.items()}
    for name, digest in record["fonts"].items():
        path = fonts_folder() + name[15:] if name.startswith("@offprint/fonts/") else name
        assert sha256(Path(path).read_bytes()).hexdigest() == digest and name.endswith(FONTS)
    assert "brands/own.ttf" in record["fonts"]
    asked = Asked(record["edition"], record["brand"], record["pages"], record["epoch"] or "")
    digests = {name: bytes.fromhex(it) for name, it in (record["files"] | record["fonts"]).items()}
    digests |= {f"@offprint/{name}": bytes.fromhex(it) for name, it in record["profiles"].items()}
    assert identity(asked, digests) == key, "the manifest alone leads to the file's identifier"
