"""What stands around the program: locks that hold, documents that tell the truth, files fit for others."""

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:root|home|Users|work|opt)/\w"  # a folder of one machine
    r"|\.\./shared\b"
    r"|https?://(?!pypi\.org/project/)[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|mirror)"
    r"|--(?:extra-)?index-url|--find-links"
)


def tracked() -> list[Path]:
    """The files that a commit of this tree would hold; all of them where there is no git."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git does not know this tree")
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


def project() -> dict[str, list[str]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if match := ELSEWHERE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match[0]}")
    assert not found


def test_nothing_that_make_writes_is_tracked() -> None:
    generated = {"output", "release", ".venv", "build", "dist"}
    assert not [p for p in tracked() if p.relative_to(ROOT).parts[0] in generated]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert not [
        entry for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry
    ]


def test_the_lock_holds_what_the_project_asks_for() -> None:
    pins = dict(PINNED.findall((ROOT / "requirements" / "run.lock").read_text("utf-8")))
    for need in map(Requirement, project()["dependencies"]):
        assert need.specifier.contains(pins[need.name.lower()]), need


def test_the_locks_agree() -> None:
    versions: dict[str, set[str]] = {}
    for name, pin in chain.from_iterable(PINNED.findall(path.read_text("utf-8")) for path in LOCKS):
        versions.setdefault(name, set()).add(pin)
    assert {name: pins for name, pins in versions.items() if len(pins) > 1} == {}


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    named = set(re.findall(r"\bmake ((?:[a-z]+ ?)+)", code))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    missing = {word for words in named for word in words.split()} - targets
    assert not missing


def test_python_is_new_enough_for_what_the_project_promises() -> None:
    assert project()["requires-python"] == ">=3.11"
    assert sys.version_info >= (3, 11)
