"""What the tests of accounts share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION
from feedback_service.web.limits import Limits
from tests.conftest import SECRET


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    """The whole application on SQLite alone, for what does not depend on the database; nothing is limited."""
    settings = Settings.from_environment(
        {
            "FEEDBACK_DATABASE_URL": sqlite_url,
            "FEEDBACK_DATA_DIR": str(tmp_path / "office"),
            "FEEDBACK_SECRET_KEY": SECRET,
        }
    )
    app = create_app(settings, clock=clock, limits=Limits(is_open=True))
    app.testing = True
    yield app
    app.extensions[EXTENSION].database.close()
