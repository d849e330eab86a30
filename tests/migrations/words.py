"""The words in which a database keeps its tables: columns, CHECK, UNIQUE, foreign keys and indexes, made comparable."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from tests.migrations.revisions import VERSIONS

POSTGRESQL = """
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, numeric_precision,
                     is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
"""


def words(connection: Connection) -> set[str]:
    """Return one sentence per column, constraint and index."""
    if connection.dialect.name == "sqlite":
        kept = connection.exec_driver_sql("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
        found = {sentence for kind, table, sql in kept for sentence in _sqlite_sentences(kind, table, sql)}
    else:
        found = set(connection.exec_driver_sql(POSTGRESQL).scalars())
    return {sentence for sentence in found if VERSIONS not in sentence}


def _sqlite_sentences(kind: str, table: str, sql: str) -> Iterator[str]:
    plain = re.sub(r"\s+", " ", sql.replace('"', "").replace("`", "")).strip()
    if kind != "table":
        yield plain
        return
    _, _, inside = plain.partition("(")
    yield from (f"{table}: {_spaced(part)}" for part in _parts(inside.rpartition(")")[0]))


def _spaced(part: str) -> str:
    return re.sub(r"\s*([(),])\s*", r"\1", part).strip()


def _parts(inside: str) -> Iterator[str]:
    """Split at the commas that stand outside brackets."""
    depth, part = 0, ""
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part
