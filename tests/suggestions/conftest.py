"""What the tests of suggestions share."""

from pathlib import Path

import pytest

from feedback_service.db import Database
from tests.suggestions.box import Box, furnish


@pytest.fixture
def box(database: Database, tmp_path: Path) -> Box:
    """A suggestion box with its desk, once on each kind of database."""
    return furnish(database, tmp_path / "office")
