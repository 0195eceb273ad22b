"""`offprint catalogue --bag`: an archive packed for handing over, valid by bagit's own validator."""

import json
import os
import sys
from pathlib import Path

import pytest
from reprints import SOURCES, source

from layout.desk.arguments import parser
from layout.desk.catalogue import run
from layout.desk.cli import main
from layout.ground.problems import Refused

bagit = pytest.importorskip("bagit", reason="bagit is not installed: make test brings it")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A source with a picture beside it, and its PDF."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "images").mkdir()
    (folder / "images" / "a.png").write_bytes(
        (SOURCES / "images" / "optical-sizes.png").read_bytes()
    )
    entry = [{"question": "Who?", "answer": "I."}, {"figure": "images/a.png", "alt": "A."}]
    written = source(folder, "one.yaml", date="2012-06", interview=entry)
    assert main(["build", str(written), "-o", str(folder / "one.pdf"), "--quiet"]) == 0
    return folder


@pytest.fixture
def archive(tmp_path, made, monkeypatch) -> Path:
    """A folder with two reprints, one of them beside its source and another file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "archive"
    (folder / "y é" / "images").mkdir(parents=True)
    for name in ("one.pdf", "one.yaml", "images/a.png"):
        (folder / "y é" / name).write_bytes((made / name).read_bytes())
    (folder / "two.pdf").write_bytes((made / "one.pdf").read_bytes())
    (folder / "notes.txt").write_text("private")
    return folder


def pack(*options: str, to: str = "bag") -> int:
    return main(["catalogue", "archive", "--bag", to, "--quiet", *options])


def content(folder: str) -> dict[str, bytes]:
    return {
        str(it.relative_to(folder)): it.read_bytes()
        for it in Path(folder).rglob("*")
        if it.is_file()
    }


def test_pdfs_their_sources_beside_them_and_the_catalogue(archive):
    assert pack() == 0
    assert sorted(content("bag/data")) == [
        "catalogue.csv", "catalogue.jsonl", "two.pdf", "y é/images/a.png", "y é/one.pdf", "y é/one.yaml"
    ]  # fmt: skip
    assert (
        Path("bag") / "bagit.txt"
    ).read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bag = bagit.Bag("bag")
    assert bag.validate()
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert sorted(os.listdir()) == ["archive", "bag"]
    assert not (archive / "catalogue.csv").exists()


def test_what_is_in_it_can_be_checked_and_says_the_truth(archive):
    assert pack() == 0
    assert main(["catalogue", "bag/data", "--check", "--quiet"]) == 0
    lines = (Path("bag") / "data" / "catalogue.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["two.pdf", "y é/one.pdf"]


def test_bag_info_from_the_command_line_the_brand_and_the_sources(archive):
    assert (
        pack(
            "--brand",
            "focus",
            "--bag-info",
            "Contact-Name: Ada",
            "--bag-info",
            "Contact-Name: Bo: C",
        )
        == 0
    )
    lines = (Path("bag") / "bag-info.txt").read_text("utf-8").splitlines()
    size = sum(map(len, content("bag/data").values()))
    assert [line for line in lines if not line.startswith("Bag-Software-Agent: Offprint ")] == [
        "Bagging-Date: 2012-06-01", "Contact-Name: Ada", "Contact-Name: Bo: C", f"Payload-Oxum: {size}.6",
        "Source-Organization: Focus",
    ]  # fmt: skip


def test_the_date_is_source_date_epoch_s_the_sources_or_none(archive, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert pack() == 0
    assert bagit.Bag("bag").info["Bagging-Date"] == "1970-01-02"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    source(Path("undated"), "u.yaml")
    assert main(["build", "undated", "-o", "undated", "--quiet"]) == 0
    assert main(["catalogue", "undated", "--bag", "none", "--quiet"]) == 0
    bag = bagit.Bag("none")
    assert "Bagging-Date" not in bag.info
    assert bag.validate()
    assert pack("--bag-info", "Bagging-Date: 2020-02-02", to="given") == 0
    assert bagit.Bag("given").info["Bagging-Date"] == "2020-02-02"


def test_the_same_bytes_twice(archive):
    assert pack() == 0
    assert pack(to="deep/er/other") == 0
    assert content("bag") == content("deep/er/other")
    tags = (Path("bag") / "tagmanifest-sha512.txt").read_text().splitlines()
    assert tags == sorted(tags, key=lambda line: line.split()[1])
    assert len(tags) == 4


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("data/two.pdf", lambda it: it.replace(b"%PDF-1.7", b"%PDF-1.6"), "sha256 validation failed"),
        ("data/two.pdf", lambda it: it + b"\n", "Payload-Oxum"), ("data/new.pdf", lambda _: b"", "Payload-Oxum"),
        ("bag-info.txt", lambda it: it + b"A: b\n", "bag-info.txt sha256 validation failed"),
        ("bagit.txt", lambda it: it.replace(b"1.0", b"0.97"), "bagit.txt sha256 validation failed"),
        ("data/y é/one.yaml", None, "Payload-Oxum"),
        ("manifest-sha512.txt", lambda it: it[:128].swapcase() + it[128:] + b"0  data/x\n", "data/x"),
    ],
)  # fmt: skip
def test_bagit_finds_whatever_is_done_to_it(archive, name, change, fault):
    assert pack() == 0
    path = Path("bag") / name
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(path.read_bytes() if path.exists() else b""))
    with pytest.raises(bagit.BagError, match=fault):
        bagit.Bag("bag").validate()


def test_a_source_that_is_another_now_is_left_out(archive):
    path = archive / "y é" / "one.yaml"
    path.write_text(path.read_text() + "# later\n")
    assert pack() == 0
    assert "y é/one.yaml" not in content("bag/data")
    assert "y é/images/a.png" in content("bag/data")


def test_what_cannot_be_opened_is_handed_over_too_and_told(archive, capsys):
    (archive / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    assert pack() == 1
    assert "archive/bad.pdf: error: bad.pdf is cut short or damaged" in capsys.readouterr().err
    assert content("bag/data")["bad.pdf"] == b"%PDF-1.7\n"
    assert bagit.Bag("bag").validate()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (b"100%.pdf", "a percent sign"), (b"a\nb.pdf", "line breaks"), (b"\xff.pdf", "its name is not UTF-8"),
        ("a\u2028.pdf".encode(), "line breaks"),
    ],
)  # fmt: skip
def test_a_name_that_no_bag_can_hold_is_refused_and_nothing_is_left(archive, name, fault):
    with open(os.path.join(os.fsencode(archive), name), "wb") as file:
        file.write(b"%PDF-1.7\n")
    options = parser().parse_args(["catalogue", "archive", "--bag", "bag"])
    with pytest.raises(Refused, match=fault):  # not printed: what captures it takes UTF-8 only
        run(options)
    assert os.listdir() == ["archive"]


def test_spaces_of_any_kind_inside_a_name_are_names(archive):
    names = ["a b\u00a0c\u202fd\u3000e.pdf", " x, #1 *y~.pdf"]
    for name in names:
        (archive / name).write_bytes((archive / "two.pdf").read_bytes())
    assert pack() == 0
    assert {*names} < {*content("bag/data")}
    assert bagit.Bag("bag").validate()


def test_no_bag_is_made_without_a_folder_that_cannot_be_read(archive, monkeypatch, capsys):
    real = os.scandir

    def closed(path):
        if str(path).endswith("y é"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("layout.desk.holdings.os.scandir", closed)
    assert pack() == 3
    assert "archive/y é: error: permission denied" in capsys.readouterr().err
    monkeypatch.undo()
    assert sorted(os.listdir(archive.parent)) == ["archive"]


def test_two_names_that_are_one_elsewhere_are_refused(archive, capsys):
    for name in ("e\u0301.pdf", "\u00e9.pdf"):
        (archive / name).write_bytes((archive / "two.pdf").read_bytes())
    assert pack() == 1
    assert "its name is that of another file" in capsys.readouterr().err


def test_a_link_to_nowhere_is_refused_and_one_to_a_file_is_packed_as_a_file(archive, capsys):
    (archive / "same.pdf").symlink_to("two.pdf")
    assert pack() == 0
    assert not (Path("bag") / "data" / "same.pdf").is_symlink()
    (archive / "gone.pdf").symlink_to("nowhere")
    assert pack(to="other") == 1
    assert "archive/gone.pdf: error: this is no file" in capsys.readouterr().err


def test_what_is_there_already_stays(archive, capsys):
    Path("bag").mkdir()
    assert pack() == 1
    assert "bag: error: there is something of this name" in capsys.readouterr().err
    assert not os.listdir("bag")


def test_an_empty_folder_leaves_nothing(archive, capsys):
    Path("empty").mkdir()
    assert main(["catalogue", "empty", "--bag", "bag"]) == 1
    assert "empty: error: there are no PDFs in this folder" in capsys.readouterr().err
    assert not Path("bag").exists()


def test_a_disk_that_is_full_leaves_nothing(archive, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layout.desk.bag.shutil.copyfile", full)
    assert pack() == 3
    assert os.listdir() == ["archive"]


def test_a_bag_that_does_not_validate_is_refused(archive, monkeypatch, capsys):
    real = bagit.Bag.save

    def spoilt(self, *arguments):
        real(self, *arguments)
        (Path(self.path) / "data" / "two.pdf").write_bytes(b"")

    monkeypatch.setattr(bagit.Bag, "save", spoilt)
    assert pack() == 1
    assert "bag: error: the bag is not valid: Payload-Oxum" in capsys.readouterr().err
    assert os.listdir() == ["archive"]


def test_without_bagit_it_says_what_to_install(archive, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "bagit", None)
    assert pack() == 1
    assert "hint: pip install 'offprint[bag]'" in capsys.readouterr().err
    assert os.listdir() == ["archive"]


@pytest.mark.parametrize("text", ["Contact-Name", ": x", "A:", "A: b\nC: d"])
def test_what_is_no_line_of_bag_info_is_a_wrong_command_line(archive, text, capsys):
    with pytest.raises(SystemExit) as ended:
        pack("--bag-info", text)
    assert ended.value.code == 2
    assert "is not like Contact-Name: Ada Lovelace" in capsys.readouterr().err
