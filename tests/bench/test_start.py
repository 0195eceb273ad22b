"""What a start costs: modules counted for their packages, and the rows of a table."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import start


@pytest.mark.parametrize(
    ("module", "row"),
    [
        ("   layout.desk.cli", "Offprint's own modules"),
        (" reportlab.pdfbase.pdfdoc", "reportlab"),
        ("       re._compiler", "the standard library"),
    ],
)
def test_a_module_counts_for_its_package(module, row):
    assert start.package_of(module) == row


def test_imports_are_those_of_the_process(tmp_path):
    code = "import json, yaml"
    found = start.imported([sys.executable, "-c", code])
    assert found["yaml"] > 0 and found["the standard library"] > 0
    assert not found["Offprint's own modules"]
