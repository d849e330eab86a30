"""A migration that would harm records is not carried out."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from feedback_service.bundled import folder
from tests.migrations.revisions import Migrations, ordered

FAMILY = """
    op.create_table("parent", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
"""
REBUILT_PARENT = """
    with op.batch_alter_table("parent") as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=True))
        batch.alter_column("name", existing_type=sa.Text(), nullable=False)
"""
ORPHANS = """
    op.execute("DELETE FROM parent")
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of our migrations to which a test may add."""
    return Path(shutil.copytree(folder("migrations"), tmp_path / "migrations"))


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(engine_url: str, scripts: Path) -> None:
    migrations = Migrations(engine_url, scripts)
    _add(scripts, FAMILY, REBUILT_PARENT)
    migrations.up("+1")
    _say(engine_url, "INSERT INTO parent VALUES (1, 'unit')", "INSERT INTO child VALUES (7, 1)")

    migrations.up()

    rows = migrations.rows()
    assert rows["parent"] == {(1, "unit", None): 1}
    assert rows["child"] == {(7, 1): 1}


def test_a_step_that_leaves_rows_without_their_parent_is_undone(sqlite_url: str, scripts: Path) -> None:
    migrations = Migrations(sqlite_url, scripts)
    _add(scripts, FAMILY, ORPHANS)
    migrations.up("+1")
    _say(sqlite_url, "INSERT INTO parent VALUES (1, 'unit')", "INSERT INTO child VALUES (7, 1)")
    before = migrations.rows()

    with pytest.raises(RuntimeError, match="lose their parent"):
        migrations.up()

    assert migrations.rows() == before


def _add(scripts: Path, *steps: str) -> None:
    last = len(ordered())
    for number, step in enumerate(steps, start=last + 1):
        words = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '{number:04}'\n"
        words += f"down_revision = '{number - 1:04}'\ndef upgrade():\n{step}\n"
        (scripts / "versions" / f"{number:04}_try_step.py").write_text(words, encoding="utf-8")


def _say(url: str, *sentences: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for sentence in sentences:
            connection.execute(text(sentence))
    engine.dispose()
