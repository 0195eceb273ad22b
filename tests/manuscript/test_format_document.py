"""`docs/format.md` says what the records say."""

import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields
from PIL import Image

from layout.ground.problems import Refused
from layout.manuscript import (
    interview,
    issue,
    markup,
    networks,
    pictures,
    reading,
    source,
    tokens,
    tree,
)
from layout.manuscript.reader import read_interview

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
TABLES = re.findall(r"^\| key \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
ROWS = [
    re.findall(r"^\| \**`(\w+)`\** \| ([^|]+) \| (yes)? ?\| (.+) \|$", table, re.MULTILINE)
    for table in TABLES
]
EXAMPLE, BROKEN = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
ANSWER = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]

RECORDS: list[type[Struct]] = [
    interview.Interview, interview.Interviewee, interview.Portrait, interview.Original, *interview.ENTRY_KINDS.values(),
    interview.Accounts, interview.Account, issue.Issue, *issue.PART_KINDS.values(),
    *issue.PLACED_KINDS.values(), issue.Fill, issue.ForeignPages,
]  # fmt: skip


def test_every_record_has_its_table():
    assert len(RECORDS) == len(TABLES)
    own = {
        kind
        for room in (interview, issue)
        for kind in vars(room).values()
        if hasattr(kind, "__struct_fields__")
    }
    bases = {Struct, interview.Entry, issue.Part, issue.Placed}
    foreign = {kind for kind in own if kind.__module__ not in (interview.__name__, issue.__name__)}
    assert own - bases - foreign == set(RECORDS)


@pytest.mark.parametrize(
    ("record", "rows"),
    list(zip(RECORDS, ROWS, strict=True)),
    ids=lambda it: getattr(it, "__name__", ""),
)
def test_every_key_is_named_and_no_other(record, rows):
    assert [name for name, *_ in rows] == [it.encode_name for it in fields(record)]
    assert [name for name, _, required, _ in rows if required] == [
        it.encode_name for it in fields(record) if it.required
    ]


@pytest.mark.parametrize(
    ("record", "rows"),
    list(zip(RECORDS, ROWS, strict=True)),
    ids=lambda it: getattr(it, "__name__", ""),
)
def test_defaults_are_named(record, rows):
    said = {name: words for name, _, _, words in rows}
    for it in fields(record):
        if not it.required and it.default is not None and it.default != ():
            assert re.search(f"default `?{it.default}`?", said[it.encode_name])


def test_every_network_is_named():
    for name in {*networks.NETWORKS, *networks.ALIASES}:
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize(
    "limit",
    [tree.MAX_DEPTH, tree.MAX_ALIASES, tree.MAX_NODES, tokens.MAX_LEVELS, markup.MAX_MARKUP, markup.MAX_MARKUP_IN_FILE,
     pictures.MAX_PIXELS, reading.MAX_PROBLEMS],
)  # fmt: skip
def test_every_limit_is_named(limit):
    assert re.search(rf"\| ({limit}|{limit:,}) \|", PAGE)


def test_limits_of_files_are_named():
    assert f"| a file | {source.MAX_FILE_MEBIBYTES} MiB |" in PAGE
    assert f"| a picture's file | {pictures.MAX_PICTURE_BYTES // 1024 // 1024} MiB |" in PAGE


def test_the_example_reads(tmp_path):
    (tmp_path / "images").mkdir()
    for name in re.findall(r"images/[\w.-]+", EXAMPLE):
        Image.new("RGB", (3, 2)).save(tmp_path / name)
    path = tmp_path / "talk.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert len(read_interview(str(path)).interview) == 5


def test_the_problems_are_those_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("talk.yaml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_interview("talk.yaml")
    assert str(refused.value) + "\n" == ANSWER
