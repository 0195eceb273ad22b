"""A shelf of brands for each test of the house."""

import pytest
from house_samples import Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)
