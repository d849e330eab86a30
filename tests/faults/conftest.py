"""What every test of faults may ask for."""

import os
from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.faults.offices import Offices
from tests.faults.tables import Table
from tests.house.sources import ROOT


@pytest.fixture(scope="session")
def faults_table() -> Iterator[Table]:
    """The table of this run; the long run leaves it in build/faults.md."""
    table = Table()
    yield table
    if "FAULTS" in os.environ:
        table.write(ROOT / "build" / "faults.md")


@pytest.fixture(scope="session")
def offices(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """One running office for each kind of database, for faults that leave it running."""
    offices = Offices(databases, tmp_path_factory)
    yield offices
    offices.close()
