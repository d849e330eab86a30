"""What the migrations build is what the models say, on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from feedback_service.schema import metadata
from tests.databases import Databases
from tests.migrations.revisions import Migrations
from tests.migrations.words import words


@pytest.fixture
def empty_url(engine_url: str, databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the same kind without a table."""
    if engine_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    url = databases.empty_postgresql()
    yield url
    databases.give_back(url)


def test_alembic_finds_no_difference_between_migrations_and_models(engine_url: str) -> None:
    with Migrations.ours(engine_url).engine().connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []


def test_every_word_of_the_tables_is_the_same_in_migrations_and_models(engine_url: str, empty_url: str) -> None:
    with Migrations.ours(engine_url).engine().connect() as connection:
        migrated = words(connection)
    with Migrations.ours(empty_url).engine().begin() as connection:
        metadata.create_all(connection)
        declared = words(connection)

    assert migrated - declared == set()
    assert declared - migrated == set()
