"""What the tests of suggestions share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.web.limits import Limits
from tests.conftest import OPENING, SECRET, TEMPLATES
from tests.databases import Databases
from tests.officers import Officer
from tests.suggestions.box import Box, furnish
from tests.suggestions.citizen import Citizen
from tests.suggestions.desk import Desk, open_desk


@pytest.fixture
def box(database: Database, tmp_path: Path) -> Box:
    """A suggestion box with its desk, once on each kind of database."""
    return furnish(database, tmp_path / "office")


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    """The desk of the ward over HTTP, once on each kind of database."""
    return open_desk(app, clock)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The desk of the ward, one for a whole module on each kind of database: for tests that ask of it nothing new."""
    folder = tmp_path_factory.mktemp("lasting")
    url = databases.sqlite(folder) if request.param == "sqlite" else databases.postgresql()
    known = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(folder / "office"), "FEEDBACK_SECRET_KEY": SECRET}
    clock = FixedClock(OPENING)
    app = create_app(Settings.from_environment(known), clock=clock, limits=Limits(is_open=True))
    app.testing = True
    app.jinja_env.bytecode_cache = TEMPLATES
    desk = open_desk(app, clock)
    yield desk
    desk.platform.database.close()
    if request.param == "postgresql":
        databases.give_back(url)


@pytest.fixture(scope="module")
def lasting_officer(lasting: Desk) -> Officer:
    """The officer of the one-stop shop at the lasting desk."""
    return lasting.officer(Role.ONE_STOP, name="chi-hien-lau", full_name="Nguyễn Thị Hiền")


@pytest.fixture
def visitor(lasting: Desk) -> Citizen:
    """A citizen at the portal of the lasting desk."""
    return Citizen(lasting.app, lasting.box.clock)
