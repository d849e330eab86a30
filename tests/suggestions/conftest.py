"""What the tests of suggestions share."""

from pathlib import Path

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from tests.suggestions.box import Box, furnish
from tests.suggestions.desk import Desk, open_desk


@pytest.fixture
def box(database: Database, tmp_path: Path) -> Box:
    """A suggestion box with its desk, once on each kind of database."""
    return furnish(database, tmp_path / "office")


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    """The desk of the ward over HTTP, once on each kind of database."""
    return open_desk(app, clock)
