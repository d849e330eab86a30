"""Empty databases for tests: each a copy of one that was migrated once in this run."""

import os
import shutil
import subprocess
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from feedback_service.db import Database
from feedback_service.upgrade import upgrade
from tests import commands
from tests.cleaning import Pristine, design, end_others
from tests.runs import Run

TEMPLATE, DEMONSTRATED = "migrated", "demonstrated"
FILE = "feedback.db"


def environment(**changes: str) -> dict[str, str]:
    """Return the environment for a program of ours: none of the settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
    return kept | changes


def feedback_service(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run one command of the console script and return what it said and its exit code."""
    return commands.run(words, environment(**settings))


class Databases:
    """Makes empty, migrated databases of both kinds; each call gives a new one."""

    def __init__(self, run: Run, worker: str) -> None:
        self.run = run
        self._worker = worker
        self._numbers = count()
        self._clean: list[str] = []
        self._pristine: tuple[Pristine, object] | None = None

    def sqlite(self, folder: Path) -> str:
        """Return the address of a new SQLite file in `folder`."""
        template = self.run.folder / "migrated.db"
        with self.run.alone():
            if not template.exists():
                begun = template.with_suffix(".begun")
                self._migrate_to(f"sqlite:///{begun}")
                begun.rename(template)
        shutil.copyfile(template, folder / FILE)
        return f"sqlite:///{folder / FILE}"

    def demonstration(self, folder: Path, engine: str = "sqlite") -> str:
        """Return the address of a new database that holds the demo records, whose keys are put into `folder`."""
        kept = self.run.folder / f"demonstration-{engine}"
        with self.run.alone():
            if not kept.exists():
                begun = kept.with_suffix(".begun")
                begun.mkdir()
                _show(f"sqlite:///{begun / FILE}" if engine == "sqlite" else self._demonstrated(), begun)
                begun.rename(kept)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        return (
            f"sqlite:///{folder / FILE}" if engine == "sqlite" else self.run.cluster.url(self._new_from(DEMONSTRATED))
        )

    def postgresql(self) -> str:
        """Return the address of an empty PostgreSQL database: one that was given back, or a new copy."""
        return self.run.cluster.url(self._clean.pop() if self._clean else self._copied_postgresql())

    def empty_postgresql(self) -> str:
        """Return the address of a new PostgreSQL database without a table."""
        with self.run.alone():
            self.run.start_cluster()
        return self.run.cluster.url(self._new_from("template1"))

    def give_back(self, url: str) -> None:
        """Take a PostgreSQL database back, whoever is still connected; the next test gets it if it can be emptied."""
        name = url.rpartition("/@/")[2] if "/@/" in url else url.partition("@/")[2].partition("?")[0]
        if self._emptied(name):
            self._clean.append(name)
        else:
            self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _emptied(self, name: str) -> bool:
        if not self._pristine:
            return False
        pristine, before = self._pristine
        with suppress(psycopg.OperationalError), self.run.cluster.connect(name) as connection:
            end_others(connection)
            return design(connection) == before and pristine.restore(connection)
        return False

    def _copied_postgresql(self) -> str:
        with self.run.alone():
            self._make_template()
        name = self._new_from(TEMPLATE)
        if not self._pristine:
            with self.run.cluster.connect(name) as connection:
                self._pristine = Pristine.of(connection), design(connection)
        return name

    def _make_template(self) -> None:
        self.run.start_cluster()
        if TEMPLATE not in self._names():
            self._create("half_migrated", "template1")
            self._migrate_to(self.run.cluster.url("half_migrated"))
            self._say(sql.SQL("ALTER DATABASE half_migrated RENAME TO {}").format(sql.Identifier(TEMPLATE)))

    def _demonstrated(self) -> str:
        self._make_template()
        self._create(DEMONSTRATED, TEMPLATE)
        return self.run.cluster.url(DEMONSTRATED)

    def _new_from(self, template: str) -> str:
        name = f"{self._worker}_{next(self._numbers)}"
        self._create(name, template)
        return name

    def _migrate_to(self, url: str) -> None:
        database = Database(url)
        upgrade(database)
        database.close()

    def _create(self, name: str, template: str) -> None:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._say(words.format(sql.Identifier(name), sql.Identifier(template)))

    def _names(self) -> set[object]:
        with self.run.cluster.connect() as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    def _say(self, words: sql.Composed) -> None:
        with self.run.cluster.connect() as connection:
            connection.execute(words)


def _show(url: str, folder: Path) -> None:
    done = feedback_service("demo", FEEDBACK_DATABASE_URL=url, FEEDBACK_DATA_DIR=str(folder))
    assert done.returncode == 0, done.stderr
