"""A power cut takes nothing that was said to be saved."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.power import Disk, acknowledged_until_cut, library

CUTS = int(os.environ.get("FAULTS", "6"))


@pytest.fixture(scope="module")
def preload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that watches what is synced."""
    return library(tmp_path_factory.mktemp("preload"), "synced_bytes")


def left_on(disk: Disk) -> set[str]:
    """Open the durable image as a server would after the power is back, and return the rows in it."""
    with closing(sqlite3.connect(disk.durable / "feedback.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[0] for row in connection.execute("SELECT id FROM visit")}


def test_a_power_cut_loses_nothing_that_was_said_to_be_saved(sqlite_url: str, tmp_path: Path, preload: Path) -> None:
    chance = random.Random(20261013)
    total = 0
    for cut in range(CUTS):
        disk = Disk.holding(Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / str(cut), preload)

        saved = acknowledged_until_cut(disk, chance.uniform(0.05, 0.6))

        assert set(saved) <= left_on(disk)
        total += len(saved)
    assert total > 50 * CUTS


def test_a_writer_that_trusts_commit_alone_does_lose_rows(sqlite_url: str, tmp_path: Path, preload: Path) -> None:
    lost = 0
    for cut in range(3):
        disk = Disk.holding(Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / str(cut), preload)

        saved = acknowledged_until_cut(disk, 0.4, "--trusting")

        lost += len(set(saved) - left_on(disk)) if "visit" in _tables(disk) else len(saved)
    assert lost > 0


def _tables(disk: Disk) -> set[str]:
    with closing(sqlite3.connect(disk.durable / "feedback.db")) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
