"""F4: a power cut while people rate, moderate, upgrade or export takes nothing that was said to be saved."""

import random
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import Databases, feedback_service
from tests.faults.harms import IS_FULL
from tests.faults.power import Disk, acknowledged_until_cut, library
from tests.migrations.revisions import Migrations
from tests.servers import OUR_PROGRAMS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults-power")]
CUTS = 25 if IS_FULL else 2
OLD = "0030"
PROGRAM = str(OUR_PROGRAMS / "feedback-service")
KEPT = "SELECT id FROM rating UNION ALL SELECT text FROM suggestion_step"


@pytest.fixture(scope="module")
def preload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that watches what is synced."""
    return library(tmp_path_factory.mktemp("preload"), "synced_bytes")


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of an office that has been at work for months."""
    folder = tmp_path_factory.mktemp("office")
    databases.demonstration(folder)
    return folder / "feedback.db"


@pytest.fixture(scope="module")
def old_office(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same records under the tables of an earlier release."""
    old = tmp_path_factory.mktemp("old") / "feedback.db"
    with closing(sqlite3.connect(office)) as source, closing(sqlite3.connect(old)) as target:
        source.backup(target)
    Migrations.ours(f"sqlite:///{old}").down(OLD)
    return old


def left_on(disk: Disk, question: str = KEPT) -> set[str]:
    """Open the durable image as a server would after the power is back, and return what is in it."""
    with closing(sqlite3.connect(disk.durable / "feedback.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[0] for row in connection.execute(question)}


def flaws(database: Path) -> str:
    """Return what the service itself finds wrong with a database."""
    known = {"FEEDBACK_DATABASE_URL": f"sqlite:///{database}", "FEEDBACK_DATA_DIR": str(database.parent)}
    found = [feedback_service(*words, **known) for words in (("db", "check"), ("ledger", "verify"))]
    return "".join(one.stdout + one.stderr for one in found if one.returncode)


@pytest.mark.parametrize("deed", ["rate", "moderate"])
def test_a_power_cut_loses_nothing_that_was_said_to_be_saved(
    office: Path, tmp_path: Path, preload: Path, deed: str
) -> None:
    chance = random.Random(20261013)
    for cut in range(CUTS):
        disk = Disk.holding(office, tmp_path / str(cut), preload)

        saved = acknowledged_until_cut(disk, chance.uniform(0, 0.5), deed)

        assert set(saved) <= left_on(disk)
        assert not (IS_FULL or cut == 0) or flaws(disk.durable / "feedback.db") == ""


def test_a_writer_that_trusts_commit_alone_does_lose_rows(office: Path, tmp_path: Path, preload: Path) -> None:
    lost = 0
    for cut in range(3):
        disk = Disk.holding(office, tmp_path / str(cut), preload)

        saved = acknowledged_until_cut(disk, 0.4, "rate", "--trusting")

        lost += len(set(saved) - left_on(disk))
    assert lost > 0


def cut_off(words: list[str], variables: dict[str, str], moment: float) -> None:
    """Run a command of the service and cut it off after so many seconds of its life."""
    command = [PROGRAM, *words]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(moment)
    process.kill()
    process.wait()


def lasting(words: list[str], variables: dict[str, str]) -> float:
    """Return how long a command takes when it is left alone, in seconds."""
    begun = time.monotonic()
    subprocess.run([PROGRAM, *words], env=variables, check=True, capture_output=True)
    return time.monotonic() - begun


def test_a_power_cut_during_an_upgrade_leaves_the_old_tables_or_the_new_ones_and_every_row(
    old_office: Path, office: Path, tmp_path: Path, preload: Path
) -> None:
    chance = random.Random(20261125)
    tables = ("rating", "suggestion", "suggestion_step", "vote", "ledger_entry")
    counted = " UNION ALL ".join(f"SELECT '{table} ' || count(*) FROM {table}" for table in tables)
    whole = Disk.holding(old_office, tmp_path / "whole", preload)
    before = left_on(whole, counted)
    words, upgrade = ["db", "upgrade"], told(whole)
    seconds = lasting(words, upgrade)
    forgotten = flaws(whole.written / "feedback.db")
    """Going down to the old tables has dropped columns, which the ledger rightly misses."""
    for cut in range(CUTS):
        disk = Disk.holding(old_office, tmp_path / str(cut), preload)

        cut_off(words, told(disk), chance.uniform(0.4, 1.0) * seconds)

        (revision,) = left_on(disk, "SELECT version_num FROM alembic_version")
        assert revision >= OLD
        assert left_on(disk, counted) == before
        left = disk.durable / "feedback.db"
        assert feedback_service("db", "upgrade", **known(left)).returncode == 0
        assert not (IS_FULL or cut == 0) or flaws(left) == forgotten


def known(database: Path) -> dict[str, str]:
    """Return what a command must be told to work on a database."""
    return {"FEEDBACK_DATABASE_URL": f"sqlite:///{database}", "FEEDBACK_DATA_DIR": str(database.parent)}


def told(disk: Disk) -> dict[str, str]:
    """Return the same for a command that writes to a disk whose power will fail."""
    return disk.environment | known(disk.written / "feedback.db")


EXPORTS: dict[str, Callable[[Path], list[str]]] = {
    "ratings.csv": lambda out: ["export", "ratings", "--format", "csv", "--out", str(out)],
    "ratings.xlsx": lambda out: ["export", "ratings", "--format", "xlsx", "--out", str(out)],
    "suggestions.jsonl": lambda out: ["export", "suggestions", "--format", "jsonl", "--out", str(out)],
}


def test_a_power_cut_during_an_export_leaves_no_half_of_a_file_under_its_name(
    office: Path, tmp_path: Path, preload: Path
) -> None:
    chance = random.Random(20261126)
    for name, words in list(EXPORTS.items())[: None if IS_FULL else 1]:
        alone = Disk.holding(office, tmp_path / name, preload)
        seconds = lasting(words(alone.written / name), told(alone))
        size = (alone.written / name).stat().st_size
        for cut in range(CUTS // 2):
            disk = Disk.holding(office, tmp_path / f"{name}{cut}", preload)

            cut_off(words(disk.written / name), told(disk), chance.uniform(0.4, 1.05) * seconds)

            for image in (disk.written, disk.durable):
                assert not (image / name).exists() or abs((image / name).stat().st_size - size) < size / 100


def test_a_copy_that_was_cut_off_is_no_copy(office: Path, tmp_path: Path, preload: Path) -> None:
    chance = random.Random(20261127)
    alone = Disk.holding(office, tmp_path / "alone", preload)
    seconds = lasting(["backup", "create"], told(alone))
    for cut in range(CUTS):
        disk = Disk.holding(office, tmp_path / str(cut), preload)

        cut_off(["backup", "create"], told(disk), chance.uniform(0.4, 1.0) * seconds)

        for copy in (disk.written / "backups").glob("[0-9]*"):
            verified = feedback_service("backup", "verify", str(copy), **known(disk.written / "feedback.db"))
            assert verified.returncode == 0, verified.stderr
        made = feedback_service("backup", "create", **known(disk.written / "feedback.db"))
        if made.returncode and list((disk.written / "backups").glob("[0-9]*")):
            time.sleep(1)  # the copy was whole already, and its name is that of the second
            made = feedback_service("backup", "create", **known(disk.written / "feedback.db"))
        assert made.returncode == 0, made.stderr
