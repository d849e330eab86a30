"""What the tests of challenges share."""

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from tests.polls.polling import PollingPlace, settle


@pytest.fixture
def place(app: Flask, clock: FixedClock) -> PollingPlace:
    """A polling place, once on each kind of database."""
    return settle(app, clock)
