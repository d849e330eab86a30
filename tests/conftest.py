"""What every test may ask for; see the modules beside this file for what each thing can do."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION
from feedback_service.web.limits import Limits
from tests import browsers
from tests.databases import Databases
from tests.pages import PageClient
from tests.runs import FOLDER, Run
from tests.servers import Server

SECRET = "a secret for tests, longer than it must be"
OPENING = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
"""A Tuesday, 08:30 at the office."""


class CompiledTemplates(BytecodeCache):
    """Templates that one worker has compiled, so that the next application need not."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what is kept."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()
hypothesis.settings.register_profile(
    "office",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a fresh clone first writes the table of all letters
)
hypothesis.settings.load_profile("office")
_run = pytest.StashKey[Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run; with several workers PostgreSQL is started before them, and outlives each of them."""
    for name in [name for name in os.environ if name.startswith("FEEDBACK_")]:
        del os.environ[name]
    if FOLDER in os.environ:
        return
    config.stash[_run] = run = Run.begin()
    if config.getoption("numprocesses", None):
        run.start_cluster()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run that this process began."""
    run = config.stash.get(_run, None)
    if run:
        os.environ.pop(FOLDER)
        run.end()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """The maker of empty, migrated databases."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return Databases(request.config.stash.get(_run, None) or Run.join(), worker)


@pytest.fixture
def sqlite_url(databases: Databases, tmp_path: Path) -> str:
    """The address of a migrated SQLite file."""
    return databases.sqlite(tmp_path)


@pytest.fixture
def postgresql_url(databases: Databases) -> Iterator[str]:
    """The address of a migrated PostgreSQL database."""
    url = databases.postgresql()
    yield url
    databases.give_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    """The service's own door to the database, once on each kind."""
    database = Database(engine_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at 08:30 on a working day until the test moves it."""
    return FixedClock(OPENING)


@pytest.fixture
def settings(engine_url: str, tmp_path: Path) -> Settings:
    """The settings of an office, once on each kind of database."""
    return Settings.from_environment(
        {
            "FEEDBACK_DATABASE_URL": engine_url,
            "FEEDBACK_DATA_DIR": str(tmp_path / "office"),
            "FEEDBACK_SECRET_KEY": SECRET,
        }
    )


@pytest.fixture
def app(settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole application on a fresh database, once on each kind."""
    app = create_app(settings, clock=clock)
    app.testing = True
    app.jinja_env.bytecode_cache = TEMPLATES
    yield app
    app.extensions[EXTENSION].database.close()


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


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A plain client of the application."""
    return app.test_client()


@pytest.fixture
def pages(app: Flask) -> PageClient:
    """A browser without JavaScript that checks every page it opens."""
    return PageClient(app.test_client())


@pytest.fixture
def server(engine_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running server of ours with its own data folder, once on each kind of database."""
    folder = tmp_path / "office"
    folder.mkdir()
    server = Server(folder, {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield server
    server.end()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The hand that moves browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, one for all tests of a worker."""
    browser = browsers.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty window of a citizen in Vietnam; it has never been anywhere."""
    context = browser.new_context(locale=browsers.LOCALE, timezone_id=browsers.TIMEZONE)
    context.set_default_timeout(browsers.PATIENCE_MS)
    page = context.new_page()
    yield page
    page.unroute_all(behavior="ignoreErrors")  # a request that is still held when a test ends is no failure
    context.close()


@pytest.fixture
def tablet(playwright: Playwright, tmp_path: Path) -> Iterator[browsers.Tablet]:
    """A browser that keeps its storage when it is cut off."""
    tablet = browsers.Tablet(playwright, tmp_path / "tablet")
    yield tablet
    tablet.switch_off()
