"""Write what a release was made from, and the check sums of all its files.

    python scripts/manifest.py FOLDER

FOLDER gets `MANIFEST.json` (sources, fonts, brands and versions) and `SHA256SUMS`, which
`sha256sum --check` reads. Both depend on the files alone; a date appears only where
SOURCE_DATE_EPOCH gives it.
"""

import hashlib
import json
import os
import platform
import sys
import tomllib
import zlib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SUMS, MANIFEST = "SHA256SUMS", "MANIFEST.json"


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(folder: Path, base: Path) -> dict[str, dict[str, Any]]:
    """Each file below a folder, by its path from `base`: size and SHA-256. Hidden and cached files are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(base).as_posix()
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
        if path.is_file() and not hidden and path.name not in {SUMS, MANIFEST}:
            found[name] = {"bytes": path.stat().st_size, "sha256": digest(path)}
    return found


def manifest(release: Path) -> dict[str, Any]:
    """Everything that decides what the pages look like, and the pages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [need.split(">")[0] for need in project["dependencies"]]
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    created = {"created": datetime.fromtimestamp(int(epoch), UTC).isoformat()} if epoch else {}
    return {
        "name": project["name"],
        "version": version(project["name"]),
        **created,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "packages": {name: version(name) for name in sorted(needs, key=str.lower)},
        "lock": digest(ROOT / "requirements" / "run.lock"),
        "files": describe(release, release),
        "sources": describe(ROOT / "sources", ROOT),
        "fonts": describe(ROOT / "fonts", ROOT),
        "brands": describe(ROOT / "layout" / "house" / "brands", ROOT),
    }


def main() -> None:
    """Write both files."""
    release = Path(sys.argv[1]).resolve()
    text = json.dumps(manifest(release), ensure_ascii=False, indent=2) + "\n"
    (release / MANIFEST).write_text(text, "utf-8")
    names = sorted(path.name for path in release.iterdir() if path.is_file() and path.name != SUMS)
    sums = "".join(f"{digest(release / name)}  {name}\n" for name in names)
    (release / SUMS).write_text(sums, "utf-8")


if __name__ == "__main__":
    main()
