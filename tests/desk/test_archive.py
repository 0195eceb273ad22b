"""An archive built again: what has not changed is not read, and what has is made anew, exactly."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reprints import ENTRY, ROOT, SOURCES, offprint, source

from layout.desk.cli import main
from layout.desk.ledger import ASIDE, NAME
from layout.desk.signature import COARSE, TICK, read_signed, signature
from layout.desk.workshop import Workshop

ALL = ["a", "b", "c", "d"]
"""One with a picture, one in a brand of its own, one in the house's with another's picture beside, one issue."""

Build = Callable[..., dict[str, str]]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "OFFPRINT_FONTS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "in"
    (folder / "brands").mkdir(parents=True)
    shutil.copy(ROOT / "fonts/source-serif/SourceSerif4-Regular.ttf", folder / "brands/own.ttf")
    shutil.copy(SOURCES / "images/optical-sizes.png", folder / "a.png")
    (folder / "brands/mine.yaml").write_text("name: mine\nfonts: {text: {regular: own.ttf}}\n")
    source(folder, "a.yaml", interview=[*ENTRY, {"figure": "a.png", "alt": ""}])
    source(folder, "b.yaml", brand="mine")
    source(folder, "c.yaml")
    source(folder, "d.yaml", title="Another")
    (folder / "d.yaml").write_text("format: 1\ntitle: T\ncontents:\n- interview: c.yaml\n")
    return folder


@pytest.fixture
def build(archive: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """Build the archive; why each was made, by its stem; `stale` ones that were current are left out."""

    def run(*options: str, code: int = 0, out: str = "out") -> dict[str, str]:
        words = ["build", "in", "-o", out, "--jobs", "1", "--explain", "--json", *options]
        assert main(words) == code
        rows = map(json.loads, capsys.readouterr().out.splitlines())
        return {Path(row["source"]).stem: row["because"] for row in rows if row["status"] == "built"}  # fmt: skip

    assert run() == dict.fromkeys(ALL, "there was no such file")
    return run


def test_nothing_is_read_where_nothing_has_changed(build, monkeypatch):
    monkeypatch.setattr(Workshop, "read", lambda *_, **__: pytest.fail("a source was read"))
    assert build() == {}


def test_what_is_up_to_date_is_told_with_its_pages_and_bytes(build, capsys):
    assert main(["build", "in", "-o", "out", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["status"] for row in rows} == {"current"} and {row["pages"] for row in rows} == {1}
    assert [row["bytes"] for row in rows] == [os.path.getsize(row["output"]) for row in rows]


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def in_place(path: str) -> None:
    """Another byte in the middle, the size, the file and its time of change as they were."""
    status = os.stat(path)
    with open(path, "r+b") as file:
        file.seek(3000)
        byte = file.read(1)
        file.seek(3000)
        file.write(bytes([byte[0] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES = {
    "source": (lambda: change("in/c.yaml", "A reader", "A hearer"),
               {"c": "in/c.yaml changed", "d": "in/c.yaml changed"}),
    "picture": (lambda: shutil.copy(SOURCES / "images/first-fit-total-fit.png", "in/a.png"),
                {"a": "in/a.png changed"}),
    "brand": (lambda: change("in/brands/mine.yaml", "name: mine", "name: mine\ncolours: {brand: {srgb: '#123456'}}"),
              {"b": "in/brands/mine.yaml changed"}),
    "font": (lambda: shutil.copy(ROOT / "fonts/source-serif/SourceSerif4Caption-Regular.ttf", "in/brands/own.ttf"),
             {"b": "in/brands/own.ttf changed"}),
    "output altered": (lambda: in_place("out/c.pdf"), {"c": "it was altered"}),
    "output cut": (lambda: os.truncate("out/c.pdf", 2000), {"c": "it was altered"}),
    "output gone": (lambda: os.unlink("out/b.pdf"), {"b": "there was no such file"}),
    "time": (lambda: os.environ.__setitem__("SOURCE_DATE_EPOCH", "86400"),
             dict.fromkeys(ALL, "SOURCE_DATE_EPOCH was none, is 86400")),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_anew_exactly_what_depends_on_it(build, monkeypatch, what):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    act, because = CHANGES[what]
    act()
    assert build() == because
    assert build() == {}


def test_a_change_of_equal_size_and_time_is_seen(build):
    """By the time of the change of the file's entry, which no program can set."""
    status = os.stat("in/c.yaml")
    change("in/c.yaml", "A reader", "A hearer")
    os.utime("in/c.yaml", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert os.stat("in/c.yaml").st_size == status.st_size
    assert build().keys() == {"c", "d"}


def test_a_change_in_the_same_tick_is_seen(build):
    """As if the system had given two changes the same time: what was read within that tick is read again."""
    change("in/c.yaml", "A reader", "A hearer")
    status = os.stat("in/c.yaml")
    with sqlite3.connect(f"out/{NAME}") as db:
        words = "UPDATE input SET size=?, modified=?, changed=?, inode=?, settled=0 WHERE path = ?"
        values = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, b"../in/c.yaml")  # fmt: skip
        assert db.execute(words, values).rowcount == 1
    assert build().keys() == {"c", "d"}


def test_a_signature_is_settled_once_a_change_would_show(tmp_path):
    status = os.stat(tmp_path)
    last = max(status.st_mtime_ns, status.st_ctime_ns)
    for wait, settled in ((0, False), (TICK, False), (COARSE + 1, True)):
        assert signature(status, last + wait).settled is settled
        assert signature(status, last + wait).fits(status) is settled
    (tmp_path / "new").write_bytes(b"")
    assert not read_signed(str(tmp_path / "new"))[1].settled


def test_touching_changes_nothing_and_is_read_but_once(build, monkeypatch):
    later = time.time() - 100
    for path in Path("in").glob("*.*"):
        os.utime(path, (later, later))
    time.sleep(2 * TICK / 1e9)
    assert build() == {}
    with monkeypatch.context() as patched:
        patched.setattr(
            "layout.desk.signature.read_signed", lambda file: pytest.fail(f"{file} was read")
        )
        assert build() == {}


def test_a_brand_that_appears_before_the_house_s_own_makes_anew(build):
    Path("in/brands/focus.yaml").write_text("name: focus\ncolours: {brand: {srgb: '#123456'}}\n")
    said = "in/brands/focus.yaml is there now"
    assert build() == dict.fromkeys("abcd", said)


def test_a_font_that_appears_before_the_program_s_own_is_looked_at(build):
    """It is no font that the brand names: nothing changes, and this is found without making anything."""
    Path("in/brands/source-serif").mkdir()
    shutil.copy("in/brands/own.ttf", "in/brands/source-serif/SourceSerif4-It.ttf")
    assert build() == {}


def test_options_make_anew_and_back(build):
    assert {said.split(",")[0] for said in build("--brand", "focus").values()} == {"--brand was none"}  # fmt: skip
    assert build("--brand", "focus") == {}
    assert build("--folio-from", "7").keys() == set(ALL)
    assert build("--folio-from", "9")["a"] == "--folio-from was 7, is 9"
    assert build("--force", "--folio-from", "9") == dict.fromkeys(ALL, "--force")
    assert build("--edition", "press", "--folio-from", "9") == dict.fromkeys(ALL, "there was no such file")  # fmt: skip
    assert build("--edition", "press", "--edition", "digital", "--folio-from", "9") == {}


def test_another_version_makes_anew_and_is_told(build, monkeypatch):
    from layout.desk import provenance, verdict

    monkeypatch.setattr(provenance, "VERSION", "9.9.9")
    monkeypatch.setattr(verdict, "VERSION", "9.9.9")
    assert set(build().values()) == {"offprint was 0.1.0, is 9.9.9"}
    other = {**provenance.versions(), "pyphen": "9.9"}
    monkeypatch.setattr(provenance, "versions", lambda: other)
    monkeypatch.setattr(verdict, "versions", lambda: other)
    assert all(said.startswith("pyphen was ") for said in build().values())
    assert build() == {}


def test_explanations_are_a_line_a_file(archive, capsys):
    assert main(["build", "in", "-o", "out", "--jobs", "1", "--quiet"]) == 0
    change("in/a.yaml", "A reader", "A hearer")
    assert main(["build", "in", "-o", "out", "--jobs", "1", "--quiet", "--explain"]) == 0
    assert capsys.readouterr().out == "out/a.pdf: in/a.yaml changed\n"


def test_one_file_is_explained_too(archive, capsys):
    for because in ("there was no such file", None):
        assert main(["build", "in/c.yaml", "-o", "c.pdf", "--explain", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["because"] == because
    change("in/c.yaml", "A reader", "A hearer")
    assert main(["build", "in/c.yaml", "-o", "c.pdf", "--explain", "--quiet"]) == 0
    assert capsys.readouterr().out == "c.pdf: it was made from something else\n"


def test_what_another_build_made_alone_is_taken_as_it_is(build, capsys):
    """A single file is made without the ledger, which learns of it afterwards."""
    change("in/c.yaml", "A reader", "A hearer")
    assert main(["build", "in/c.yaml", "-o", "out", "--quiet"]) == 0
    assert build() == {"d": "in/c.yaml changed"}
    assert build() == {}


def test_a_moved_archive_is_still_up_to_date_without_reading(build, archive, monkeypatch):
    moved = archive.parent.parent / f"{archive.parent.name}-moved"
    shutil.copytree(archive.parent, moved)
    monkeypatch.chdir(moved)
    with monkeypatch.context() as patched:
        patched.setattr(Workshop, "read", lambda *_, **__: pytest.fail("a source was read"))
        assert build() == {}
    Path("in/brands/focus.yaml").write_text("name: focus\ncolours: {brand: {srgb: '#123456'}}\n")
    assert build().keys() == set(ALL)
    shutil.rmtree(moved)


def test_names_that_are_no_utf_8(build, archive):
    os.rename(archive / "c.yaml", os.fsencode(archive) + b"/caf\xe9.yaml")
    change("in/d.yaml", "c.yaml", "a.yaml")
    assert len(build()) == 2
    assert build() == {}


def test_faces_of_the_system(archive, build, capsys, monkeypatch):
    """A font that comes, changes or goes concerns those sources that have text in its script."""
    pytest.importorskip("fontTools")
    from made_fonts import KHMER, font

    from layout.desk import inputs
    from layout.house import companions

    monkeypatch.setattr(companions, "system_folders", lambda: (str(archive.parent / "fonts"),))

    def look() -> dict[str, str]:
        for kept in (companions._chain, companions._files, companions.opened, inputs.landscape):
            kept.cache_clear()
        return build()

    path = font(archive.parent / "fonts/NotoSerifKhmer-Regular.ttf")
    source(archive, "e.yaml", title=KHMER)
    assert look() == {"e": "there was no such file"}
    assert look() == {}
    font(archive.parent / "fonts/NotoSerifLao-Regular.ttf", "\u0e81")
    assert look() == {}  # looked at, and the same
    font(path, height=500)
    assert look() == {
        "e": "fonts/NotoSerifKhmer-Regular.ttf changed, the system's fonts are others"
    }
    assert look() == {}


# --- a ledger that cannot be used ---


def told(capsys: pytest.CaptureFixture[str]) -> tuple[set[str], str]:
    """The statuses of one more build, and what was said."""
    assert main(["build", "in", "-o", "out", "--jobs", "1", "--json"]) == 0
    said = capsys.readouterr()
    return {json.loads(line)["status"] for line in said.out.splitlines()}, said.err


def test_a_lost_ledger_costs_no_pdf(build, capsys, monkeypatch):
    os.unlink(f"out/{NAME}")
    assert told(capsys) == ({"current"}, "")
    monkeypatch.setattr(Workshop, "read", lambda *_, **__: pytest.fail("a source was read"))
    assert told(capsys) == ({"current"}, "")


def _other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE made (a)")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"This is no ledger. " * 400),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(8192)),
        _other_tables,
    ],
    ids=["text", "cut", "zeros", "another's"],
)
def test_a_damaged_ledger_is_moved_aside_and_nothing_is_lost(build, capsys, spoil):
    ledger = Path("out") / NAME
    spoil(ledger)
    spoilt = ledger.read_bytes()
    statuses, said = told(capsys)
    assert statuses == {"current"}
    assert said.startswith(f"out/{NAME}: warning: the ledger is damaged (")
    assert f"moved aside to {NAME}{ASIDE}\n  hint: " in said and said.count("warning") == 1
    assert Path(f"out/{NAME}{ASIDE}").read_bytes() == spoilt
    assert told(capsys) == ({"current"}, "")


def test_a_later_ledger_is_left_alone(build, capsys):
    with sqlite3.connect(f"out/{NAME}") as db:
        db.execute("PRAGMA user_version = 99")
    before = Path(f"out/{NAME}").read_bytes()
    for _ in range(2):
        statuses, said = told(capsys)
        assert statuses == {"current"} and said.count("warning") == 1
        assert "the ledger is of a later Offprint: its tables have version 99, these are 1" in said
    change("in/a.yaml", "A reader", "A hearer")
    assert told(capsys)[0] == {"built", "current"}
    assert Path(f"out/{NAME}").read_bytes() == before


def test_a_ledger_that_is_in_use_too_long_is_done_without(build, capsys, monkeypatch):
    monkeypatch.setattr("layout.desk.tables.WAIT", 0.05)
    other = sqlite3.connect(f"out/{NAME}", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    change("in/a.yaml", "A reader", "A hearer")
    statuses, said = told(capsys)
    assert statuses == {"built", "current"}
    assert "warning: the ledger cannot be used: database is locked" in said and said.count("warning") == 1  # fmt: skip
    other.execute("ROLLBACK")
    other.close()
    assert told(capsys) == ({"current"}, "")


@pytest.mark.slow
def test_turned_bits_in_a_ledger_never_make_it_lie(build, capsys):
    """Whatever the damage: what changed is made, whatever else is up to date is as it should be."""
    ledger, chance = Path("out") / NAME, random.Random(8)
    sound, pdfs = (
        ledger.read_bytes(),
        {path: path.read_bytes() for path in Path("out").glob("*.pdf")},
    )
    text = Path("in/a.yaml").read_bytes()
    wanted = None
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        ledger.write_bytes(damaged)
        for path, data in pdfs.items():
            path.write_bytes(data)
        Path("in/a.yaml").write_bytes(text.replace(b"A reader", b"A hearer"))
        told(capsys)
        made = {path.name: path.read_bytes() for path in Path("out").glob("*.pdf")}
        wanted = wanted or made
        assert made == wanted and made["a.pdf"] != pdfs[Path("out/a.pdf")]
        Path("in/a.yaml").write_bytes(text)


def test_inputs_that_nothing_uses_any_more_are_forgotten(build, monkeypatch):
    def count() -> int:
        with sqlite3.connect(f"out/{NAME}") as db:
            return int(db.execute("SELECT count(*) FROM input").fetchone()[0])

    for number in range(30):
        change("in/c.yaml", "A title", f"A title {number}")
        change("in/c.yaml", f"A title {number}", "A title")
        change("in/c.yaml", '"answer": "', f'"answer": "{number} ')
        assert build().keys() == {"c", "d"}
    grown = count()
    monkeypatch.setattr("layout.desk.ledger.SPARE", 0)
    assert build() == {}
    assert count() == grown - 30
    assert build() == {}


# --- depfiles ---


def test_the_depfile_of_what_is_up_to_date_is_the_same(build):
    build("--force", "--depfile", "made.d")
    build("--depfile", "current.d")
    assert Path("made.d").read_text() == Path("current.d").read_text()


def test_the_depfile_is_written_where_a_source_is_refused(build):
    build("--depfile", "before.d")
    change("in/a.yaml", '"title"', '"titel"')
    build("--depfile", "after.d", code=1)
    rules = [Path(name).read_text().splitlines() for name in ("before.d", "after.d")]
    assert [line for line in rules[1] if line.startswith("out/b.pdf: ")] == [line for line in rules[0] if line.startswith("out/b.pdf: ")]  # fmt: skip
    assert "out/a.pdf: in/a.yaml" in rules[1]


@pytest.mark.parametrize("stem", ["plain", "two words", "a#b", "cost$5", "a:b", "odd\\ one"])
def test_ninja_understands_the_depfile(archive, tool, monkeypatch, stem):
    """Ninja builds once, then has no work, and has after the change of each file."""
    os.rename("in/b.yaml", f"in/{stem}.yaml")
    path = stem.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")
    word = f"'{stem}'".replace("$", "$$")
    Path("build.ninja").write_text(
        f"rule offprint\n  depfile = deps.d\n"
        f"  command = {sys.executable} -m layout build in/$word.yaml -o $word.pdf --depfile deps.d --quiet\n"
        f"build {path}.pdf: offprint in/{path}.yaml\n  word = {word}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    said = tool("ninja", f"{stem}.pdf")
    assert "no work to do" not in said and Path(f"{stem}.pdf").exists()
    assert "no work to do" in tool("ninja", "-d", "explain", f"{stem}.pdf")
    for file in (f"in/{stem}.yaml", "in/brands/mine.yaml", "in/brands/own.ttf"):
        later = time.time() + 5
        os.utime(file, (later, later))
        assert "no work to do" not in tool("ninja", "-n", f"{stem}.pdf"), file
        os.utime(file, (1e9, 1e9))


# --- cold start ---


def test_a_single_build_opens_no_ledger_and_starts_no_process(archive):
    code = (
        "import sys; from layout.desk.cli import main\n"
        "main(['build', 'in/c.yaml', '-o', 'out', '--quiet'])\n"
        "print(sorted({'sqlite3', 'multiprocessing', 'concurrent'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "[]\n"
    assert [path.name for path in Path("out").iterdir()] == ["c.pdf"]


def test_an_archive_that_is_up_to_date_starts_no_process(build, archive):
    done = offprint("build", "in", "-o", "out", "--jobs", "2", folder=archive.parent, env={"PYTHONPROFILEIMPORTTIME": "1"})  # fmt: skip
    assert done.returncode == 0
    assert "sqlite3" in done.stderr and "multiprocessing" not in done.stderr
    assert "reportlab" not in done.stderr
