"""What the tests of tablets share."""

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from tests.kiosks.lobbies import Lobby, furnish


@pytest.fixture
def lobby(app: Flask, clock: FixedClock) -> Lobby:
    """A lobby with one counter and no tablet yet, once on each kind of database."""
    return furnish(app, clock)


@pytest.fixture
def small_lobby(house: Flask, clock: FixedClock) -> Lobby:
    """The same on SQLite alone, for what is decided before the database is asked."""
    return furnish(house, clock)
