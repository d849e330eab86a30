"""The doctor names what is wrong and how to mend it."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.engines import keeps_ended_log
from feedback_service.operations.queries import examination
from feedback_service.operations.service import backup
from feedback_service.settings import Settings


def problems(settings: Settings, clock: FixedClock) -> list[str]:
    """Return what the doctor says."""
    return [finding.problem for finding in examination(settings, now=clock.now())]


def test_a_healthy_office_hears_nothing(settings: Settings, database: Database, clock: FixedClock) -> None:
    (settings.backups / "2026-10-13T010000Z").mkdir(parents=True)

    assert problems(settings, clock) == []


def test_an_office_without_a_copy_is_told_so(settings: Settings, clock: FixedClock) -> None:
    findings = list(examination(settings, now=clock.now()))

    assert [finding.problem for finding in findings] == ["There is no copy of the records yet."]
    assert not findings[0].is_grave
    (settings.backups / "2026-10-10T010000Z").mkdir(parents=True)
    assert problems(settings, clock) == ["The newest copy is of 2026-10-10T010000Z."]


def test_tables_of_another_version_are_named(settings: Settings, database: Database, clock: FixedClock) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    assert "The tables are not of this version." in problems(settings, clock)


def test_a_database_that_cannot_be_opened_is_named(settings: Settings, clock: FixedClock) -> None:
    away = replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:9/nothing")

    assert "The database cannot be opened." in problems(away, clock)


def test_a_secret_that_others_may_read_is_named(settings: Settings, clock: FixedClock) -> None:
    secret = settings.data_dir / "secret.key"
    secret.write_text("s" * 40, encoding="utf-8")
    secret.chmod(0o644)

    assert f"Others may read {secret}." in problems(settings, clock)


def test_a_public_address_without_tls_is_named(settings: Settings, clock: FixedClock) -> None:
    public = replace(settings, base_url="http://gopy.example.vn")

    assert any("without TLS" in problem for problem in problems(public, clock))


def test_a_copy_counts_as_the_newest_when_it_was_made_now(
    settings: Settings, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    if database.is_sqlite:
        backup.create(database, tmp_path, settings.backups, now=clock.now(), keep=2)
        assert problems(settings, clock) == []


def test_a_log_of_postgresql_that_keeps_what_is_erased_is_named(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with database.inspecting() as session:
        connection = session.connection()
        assert not keeps_ended_log(connection)
        connection.exec_driver_sql("SET wal_recycle = on")
        assert keeps_ended_log(connection)
    database.close()
