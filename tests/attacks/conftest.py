"""What the attacks share: an office with the demo records on each kind of database, besieged once for all of them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from tests.attacks.listed import ATTACKS
from tests.attacks.siege import Siege, besiege
from tests.databases import Databases
from tests.polls.polling import PollingPlace, settle


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of the list with the numbers of its attacks, so that `-m attack` runs all of them."""
    numbers: dict[str, list[int]] = {}
    for number, attack in ATTACKS.items():
        for test in attack.tests:
            numbers.setdefault(f"tests/{test}", []).append(number)
    for item in items:
        for number in numbers.get(item.nodeid.partition("[")[0], ()):
            item.add_marker(pytest.mark.attack(number))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def siege(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Siege]:
    """The demonstration under siege, once on each kind of database; nothing is limited."""
    folder = tmp_path_factory.mktemp("besieged")
    url = databases.demonstration(folder, request.param)
    siege = besiege(url, str(folder))
    yield siege
    siege.platform.database.close()


@pytest.fixture
def place(app: Flask, clock: FixedClock) -> PollingPlace:
    """A polling place, once on each kind of database."""
    return settle(app, clock)
