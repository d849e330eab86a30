"""F8: a torn log or a flipped bit is survived with the last good state, or found out; wrong counts never pass."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import Databases, environment, feedback_service
from tests.faults.harms import IS_FULL
from tests.faults.power import writer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults-power")]
SEEDS = range(100) if IS_FULL else range(4)
WRITTEN = 60
COUNTED = ("rating", "rating_tally", "hour_tally", "choice_tally")
Counts = list[list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose newest ratings still stand in the log alone."""
    folder = tmp_path_factory.mktemp("damage")
    databases.demonstration(folder)
    with writer(folder / "feedback.db", "rate", variables=environment()) as process:
        assert process.stdout
        for _ in range(WRITTEN):
            process.stdout.readline()
        process.kill()
        process.wait()
    assert (folder / "feedback.db-wal").stat().st_size > 0
    return folder  # never opened from here on: whoever closes it last empties the log


@pytest.fixture(scope="module")
def good(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """Everything that is counted in the office before anything is damaged."""
    copy = tmp_path_factory.mktemp("good") / "office"
    shutil.copytree(office, copy)
    found = counts(copy / "feedback.db")
    assert found
    return found


def counts(database: Path) -> Counts | None:
    """Return everything that is counted, None when SQLite itself refuses to read it."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return [sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in COUNTED]
    except sqlite3.DatabaseError:
        return None


def complaints(database: Path) -> str:
    """Return what the service finds wrong, in its own words."""
    known = {"FEEDBACK_DATABASE_URL": f"sqlite:///{database}", "FEEDBACK_DATA_DIR": str(database.parent)}
    found = [feedback_service(*words, **known) for words in (("db", "check"), ("ledger", "verify"))]
    said = "".join(one.stdout + one.stderr for one in found if one.returncode)
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("seed", SEEDS)
def test_damage_on_the_disk_is_survived_or_found_out(office: Path, good: Counts, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    target = folder / chance.choice(["feedback.db", "feedback.db-wal"])
    content = bytearray(target.read_bytes())
    if target.suffix == ".db-wal" and chance.random() < 0.5:
        content = content[: -chance.randrange(1, len(content))]
    else:
        place = chance.randrange(len(content))
        content[place] ^= 1 << chance.randrange(8)
    target.write_bytes(content)
    (folder / "feedback.db-shm").unlink(missing_ok=True)
    found = counts(folder / "feedback.db")

    is_last_good_state = found is not None and set(found[0]) <= set(good[0])
    assert is_last_good_state or complaints(folder / "feedback.db")
    assert found == good or complaints(folder / "feedback.db") or target.suffix == ".db-wal"
