"""The wheel alone, in a fresh environment and an empty folder, typesets with its own brand and fonts."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = """\
format: 1
title: A wheel
interview:
- question: Does it turn?
  answer: It does, and *nothing else* is needed.
"""
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """A command in a surrounding that knows nothing of this checkout; its output, shown where it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment: the wheel, and this one's libraries but not its checkout."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    target = Path(run(python, "-c", where, cwd=folder).strip())
    (target / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    return folder / "bin"


def test_the_wheel_carries_every_module_font_and_brand(names: set[str]) -> None:
    modules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "layout").rglob("*.py")}
    brands = {p.relative_to(ROOT).as_posix() for p in (ROOT / "layout").rglob("*.yaml")}
    fonts = {f"layout/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "fonts").rglob("*.ttf")}
    assert brands
    assert fonts
    assert modules | brands | fonts <= names


def test_each_family_brings_its_licence(names: set[str]) -> None:
    families = {name.rsplit("/", 1)[0] for name in names if name.endswith(".ttf")}
    assert families
    assert {f"{family}/LICENSE.md" for family in families} <= names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_carries_nothing_else(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"layout"}
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_the_installed_package_is_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = "import layout; print(layout.__file__)"
    found = Path(run(environment / "python", "-c", code, cwd=tmp_path).strip())
    assert found.is_relative_to(environment.parent)


def test_it_typesets_in_an_empty_folder(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "wheel.yaml").write_text(SOURCE, "utf-8")
    run(environment / "offprint", "build", "wheel.yaml", cwd=tmp_path)
    made = tmp_path / "output" / "wheel.pdf"
    (page,) = pypdf.PdfReader(made).pages
    assert "Does it turn?" in page.extract_text()
    faces = {font["/BaseFont"].split("+")[-1] for font in page["/Resources"]["/Font"].values()}
    assert any(face.startswith("SourceSerif4") for face in faces)
    run(environment / "python", "-m", "layout", "build", "wheel.yaml", "-o", "m.pdf", cwd=tmp_path)
    assert (tmp_path / "m.pdf").read_bytes() == made.read_bytes()
