"""What all rooms' tests share: system tools that may be missing, and the command line."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from reprints import SOURCES

settings.register_profile(
    "offprint", deadline=None
)  # how long an example takes is no property of the program
settings.load_profile("offprint")


@pytest.fixture(scope="session")
def tool() -> Callable[..., str]:
    """Run a system tool and return its standard output; skips, with the tool's name, where it is missing."""

    def run(name: str, *arguments: object, ok: tuple[int, ...] = (0,)) -> str:
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        done = subprocess.run(
            [name, *map(str, arguments)], capture_output=True, check=False, timeout=120
        )
        assert done.returncode in ok, f"{name}: {done.stderr.decode(errors='replace')}"
        return done.stdout.decode("utf-8", errors="replace")

    return run


@pytest.fixture(scope="module")
def eastern_fonts():
    """The faces of `tests/fonts` for Chinese, Japanese and Korean: no new machine has any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFPRINT_FONTS", str(Path(__file__).parent / "fonts"))
        yield


@pytest.fixture(scope="session")
def shelf_of_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of sources/ with the pages "made elsewhere" drawn into it."""
    import runpy

    folder = tmp_path_factory.mktemp("project") / "sources"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("*.pdf", "__pycache__"))
    runpy.run_path(str(SOURCES / "draw_foreign_pages.py"))["main"](folder / "issues")
    return folder
