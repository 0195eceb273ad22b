"""Whatever the file holds, a record or `Refused` comes out, in bounded time."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from layout.ground.problems import Refused
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Issue
from layout.manuscript.reader import read_source

from .conftest import HEAD, SAMPLES

EVERY_KEY = (SAMPLES / "every_key.yaml").read_bytes()
ISSUE = (SAMPLES / "issues" / "every_key.yaml").read_bytes()

SCRAPS = [
    b"", b"\n", b" ", b"\t", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|", b">", b"&a ", b"*a", b"!", b"!!int ", b"%", b"@",
    b"`", b"#", b"<<: ", b"---\n", b"...\n", b"\\", b"\x00", b"\x07", b"\xff", b"\xe9", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8",
    b"\xc2\x85", b"~", b"no", b"1e999", b"0x_", b"1:2:3", b"2012-02-30", b".nan", b"=", b"<b>", b"[a](b)", b"![", b"**", b"1. ", b"> > > ",
    b"#accounts", b"../", b"http:", b"\r", b"? ", b"format: 1\n",
]  # fmt: skip

SLOW = HealthCheck.function_scoped_fixture, HealthCheck.too_slow


def read(folder: Path, data: bytes) -> None:
    path = folder / "source.yaml"
    path.write_bytes(data)
    try:
        read_one = read_source(str(path))
    except Refused as refused:
        problems = refused.problems
    else:
        assert isinstance(read_one, Interview | Issue)
        return
    assert problems
    for problem in problems:
        assert problem.place.file == str(path)
        assert problem.message
        assert "\n" not in problem.message + problem.hint
        assert len(problem.message) < 300


@settings(max_examples=300, deadline=5000, suppress_health_check=SLOW)
@given(
    st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(SCRAPS), max_size=20).map(b"".join))
)
@example(b"")
@example(b"\xff\xfe")
@example(b"\x00a")
def test_any_bytes(tmp_path, data):
    read(tmp_path, data)


@settings(max_examples=400, deadline=5000, suppress_health_check=SLOW)
@given(
    st.sampled_from([EVERY_KEY, ISSUE]),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(SCRAPS)),
        min_size=1,
        max_size=4,
    ),
)
def test_changed_samples(tmp_path, data, changes):
    for where, cut, scrap in changes:
        start = int(where * len(data))
        data = data[:start] + scrap + data[start + cut :]
    read(tmp_path, data)


@settings(max_examples=200, deadline=5000, suppress_health_check=SLOW)
@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
        ["format", "title", "interview", "contents", "question", "answer", "text", "figure", "alt", "accounts", "entries", "handle",
         "date", "language", "network", "url", "pdf", "pages", "blank", "folio", "keywords", "original", "brand"]), inner, max_size=5)),
    max_leaves=20))  # fmt: skip
def test_any_values_under_the_known_keys(tmp_path, data):
    import yaml

    read(tmp_path, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "replace"))


BIG = 4 * 1024 * 1024

HOSTILE = {
    "brackets": b"[" * BIG,
    "entries in lines": b"-\n" * (BIG // 2),
    "one key again and again": b"a: 1\n" * (BIG // 5),
    "literal texts": b"interview:\n" + b"- text: |\n    a\n" * 60_000,
    "sixties": b"format: 1" + b":1" * (BIG // 2) + b"\ninterview: []\n",
    "unknown keys": b"interview: []\n" + b"".join(b"titel%d: 1\n" % n for n in range(50_000)),
    "a long key": b"interview: []\n" + b"title" * (BIG // 5) + b": 1\n",
    "control characters": b"\x07" * BIG,
    "quotes": b"'" * BIG,
    "links": HEAD.encode() + b"interview:\n- text: '" + b"[a](" * 24_000 + b"'\n",
    "stars": HEAD.encode() + b"interview:\n- text: '" + b"*a **b " * 14_000 + b"'\n",
    "lists": HEAD.encode() + b"interview:\n- text: |\n" + b"    - a\n" * 20_000,
    "more than a file may hold": b"a" * (16 * 1024 * 1024 + 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_bounded_time(tmp_path, name):
    start = time.perf_counter()
    read(tmp_path, HOSTILE[name])
    assert time.perf_counter() - start < 20  # seconds; 5 on a machine of 2024
