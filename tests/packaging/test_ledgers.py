"""The ledgers of `docs/conformance`: whole, in order, and without promises that nothing keeps."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts.conformance import JAR, sound

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "conformance"
LEDGERS = ("pdf-ua-1.md", "pdf-a-3a.md")
STATUSES = {"checked", "cannot arise", "editor's duty", "not kept"}
CONDITIONS = (
    7,
    4,
    3,
    1,
    3,
    4,
    2,
    2,
    8,
    1,
    7,
    1,
    8,
    7,
    5,
    3,
    3,
    2,
    4,
    3,
    1,
    1,
    1,
    1,
    1,
    2,
    1,
    18,
    1,
    2,
    30,
)
"""Failure conditions of each checkpoint of the Matterhorn Protocol 1.1."""


def text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def rows(name: str) -> list[list[str]]:
    """The rows of all tables, by their cells."""
    lines = re.findall(r"^\| (\d.*) \|$", text(name), re.MULTILINE)
    return [line.split(" | ") for line in lines]


def numbers(first: str, last: str) -> range:
    return range(int(first), int(last or first) + 1)


def rules_of(profile: str) -> set[tuple[str, int]]:
    """Clause and test of every rule of one of the validator's profiles."""
    if not JAR.exists() or not sound(JAR):
        pytest.skip("veraPDF is not in .cache: make conformance fetches it")
    with zipfile.ZipFile(JAR) as jar:
        tree = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{profile}.xml"))
    found = tree.iterfind("{*}rules/{*}rule/{*}id")
    return {(rule.get("clause", ""), int(rule.get("testNumber", ""))) for rule in found}


def named_in_pdf_a() -> Iterator[tuple[str, int]]:
    for clause, _, tests, *_ in rows("pdf-a-3a.md"):
        above, _, ranges = tests.rpartition(": ")
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", ranges):
            yield from ((above or clause, number) for number in numbers(first, last))


def named_in_pdf_ua() -> Iterator[tuple[str, int]]:
    rule = r"\b(\d[\d.]*)-(\d{1,2})\b(?: to [\d.]+-(\d+))?"
    for *_, how in rows("pdf-ua-1.md"):
        for clause, first, last in re.findall(rule, how):
            yield from ((clause, number) for number in numbers(first, last))


def test_every_failure_condition_has_a_row_in_its_order():
    wanted = [
        f"{c:02}-{n:03}" for c, count in enumerate(CONDITIONS, 1) for n in range(1, count + 1)
    ]
    found = [row[0] for row in rows("pdf-ua-1.md") if re.fullmatch(r"\d\d-\d{3}", row[0])]
    assert found == wanted


@pytest.mark.parametrize("name", LEDGERS)
def test_every_row_has_five_cells_and_one_of_four_statuses(name):
    assert [row for row in rows(name) if len(row) != 5 or row[3] not in STATUSES] == []


@pytest.mark.parametrize("name", [*LEDGERS, "README.md"])
def test_every_file_that_is_named_exists(name):
    named = set(re.findall(r"(?:tests|layout|scripts)/[\w/.-]+\.py", text(name)))
    assert named
    assert {path for path in named if not (ROOT / path).is_file()} == set()


def test_every_rule_of_the_validator_for_pdf_a_has_its_row():
    assert set(named_in_pdf_a()) == rules_of("PDFA-3A")


def test_every_rule_of_the_validator_for_pdf_ua_has_its_row():
    assert set(named_in_pdf_ua()) == rules_of("PDFUA-1")
