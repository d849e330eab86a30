"""What the tests of tablets share: an office with its server, and a tablet that is paired."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.databases import Databases
from tests.kiosk.offices import TabletOffice, furnish, running
from tests.servers import Server


@pytest.fixture(scope="session")
def served(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A running office for all tests of tablets of this worker, open at every hour, and the address of its database."""
    folder = tmp_path_factory.mktemp("tablets")
    url = databases.sqlite(folder)
    furnish(url)
    with running(url, folder / "office") as server:
        yield server, url


@pytest.fixture
def office(served: tuple[Server, str]) -> TabletOffice:
    """A counter of its own at the running office."""
    return TabletOffice(*served)


@pytest.fixture
def paired(office: TabletOffice, page: Page) -> Page:
    """A window of a tablet that belongs to the counter and shows its invitation."""
    page.set_viewport_size({"width": 1080, "height": 1920})
    office.pair(page)
    return page
