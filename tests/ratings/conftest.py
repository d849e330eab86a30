"""What the tests of ratings share."""

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from tests.kiosks.lobbies import furnish as furnish_app
from tests.ratings.lobby import Lobby, furnish
from tests.ratings.tablets import Sender


@pytest.fixture
def lobby(database: Database) -> Lobby:
    """A lobby with one counter and its tablet, once on each kind of database."""
    return furnish(database)


@pytest.fixture
def sender(app: Flask, clock: FixedClock) -> Sender:
    """An enrolled tablet, once on each kind of database."""
    lobby = furnish_app(app, clock)
    return Sender(lobby, lobby.tablet())


@pytest.fixture
def small_sender(house: Flask, clock: FixedClock) -> Sender:
    """The same on SQLite alone, for what is decided before the database is asked."""
    lobby = furnish_app(house, clock)
    return Sender(lobby, lobby.tablet())
