"""Issues of given contents, bound."""

from pathlib import Path

import pytest
import yaml

from layout.desk.cli import main


@pytest.fixture
def bound(shelf_of_sources: Path, tmp_path: Path):
    """An issue of given contents, as a reader opens it; the interviews are the samples."""

    def bind(*contents: dict, **keys):
        record = {"format": 1, "title": "Focus", "contents": list(contents), **keys}
        path = shelf_of_sources / "issues" / f"{tmp_path.name}.yaml"
        path.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
        try:
            assert main(["build", str(path), "-o", str(tmp_path), "--quiet"]) == 0
        finally:
            path.unlink()
        return pypdf.PdfReader(tmp_path / f"{path.stem}.pdf")

    pypdf = pytest.importorskip("pypdf")
    return bind
