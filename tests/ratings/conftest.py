"""What the tests of ratings share."""

import pytest

from feedback_service.db import Database
from tests.ratings.lobby import Lobby, furnish


@pytest.fixture
def lobby(database: Database) -> Lobby:
    """A lobby with one counter and its tablet, once on each kind of database."""
    return furnish(database)
