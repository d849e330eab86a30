"""Copies of everything that the service keeps: made while it runs, checked, put back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from feedback_service import upgrade
from feedback_service.audit.queries import heads
from feedback_service.core.errors import Conflict, NotFound, Refused
from feedback_service.db import Database
from feedback_service.operations.rules import Manifest, copy_name, superfluous

DATABASE_COPY = "feedback.db"
DUMP = "feedback.dump"
ATTACHMENTS = "attachments"
MANIFEST = "manifest.json"
DUMP_FLAGS = ("--format=custom", "--no-owner", "--no-privileges")
PUT_BACK_FLAGS = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")


def create(database: Database, data_dir: Path, copies: Path, *, now: datetime, keep: int) -> Path:
    """Make one copy and return its folder; the oldest beyond `keep` go.

    Nothing stands under the final name before it is whole and synced. Raises Conflict when a copy of this second
    exists, Refused when PostgreSQL's client tools are missing or the disk refuses.
    """
    final, draft = copies / copy_name(now), copies / f".draft-{copy_name(now)}"
    if final.exists():
        raise Conflict("A copy was made in this very second. Please try again.")
    draft.mkdir(parents=True, mode=0o700)
    try:
        _fill(database, data_dir, draft, now=now)
        draft.rename(final)
        _sync(copies)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for name in superfluous((path.name for path in copies.iterdir()), keep=keep):
        shutil.rmtree(copies / name)
    return final


def verify(copy: Path) -> Manifest:
    """Return what a copy holds when every file is as it was made and the database opens; raises NotFound or Refused."""
    manifest = _manifest(copy)
    for name, digest in manifest.files.items():
        if not (copy / name).is_file():
            raise Refused("The copy is not whole: {name} is missing.", name=name)
        if _digest(copy / name) != digest:
            raise Refused("The copy was changed: {name} is not what was written.", name=name)
    if manifest.engine == "sqlite":
        with closing(sqlite3.connect(f"file:{copy / DATABASE_COPY}?mode=ro&immutable=1", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Refused("The copy cannot be used: its database is damaged.")
    return manifest


def restore(database_url: str, data_dir: Path, copy: Path, *, now: datetime) -> Path | None:
    """Put a verified copy in the place of what is there; return where the present SQLite file was moved to.

    The service must not be running. Raises NotFound, Refused, or Conflict when the database is in use.
    """
    manifest = verify(copy)
    database = Database(database_url)
    if (manifest.engine == "sqlite") != database.is_sqlite:
        raise Refused("This copy is of another kind of database ({engine}).", engine=manifest.engine)
    aside = None
    if database.is_sqlite:
        aside = _restore_sqlite(database, copy, now)
    else:
        _restore_postgresql(database, copy)
    kept = copy / ATTACHMENTS
    if kept.is_dir():
        shutil.copytree(kept, data_dir / ATTACHMENTS, dirs_exist_ok=True)
    return aside


def _fill(database: Database, data_dir: Path, draft: Path, *, now: datetime) -> None:
    with database.reading() as session:
        known = {str(head.lane): head.hash for head in heads(session)}
    if database.is_sqlite:
        _copy_sqlite(database, draft / DATABASE_COPY)
    else:
        _run("pg_dump", *DUMP_FLAGS, "--file", str(draft / DUMP), database=database)
    if (data_dir / ATTACHMENTS).is_dir():
        shutil.copytree(data_dir / ATTACHMENTS, draft / ATTACHMENTS)
    files = {str(path.relative_to(draft)): _digest(path) for path in sorted(draft.rglob("*")) if path.is_file()}
    engine = "sqlite" if database.is_sqlite else "postgresql"
    manifest = Manifest(copy_name(now), engine, upgrade.revision(database) or "", files, known)
    (draft / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    for path in (*(path for path in draft.rglob("*") if path.is_file()), draft):
        _sync(path)


def _copy_sqlite(database: Database, target: Path) -> None:
    with closing(sqlite3.connect(str(database.url.database), timeout=30)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.OperationalError as error:
            raise Refused("The copy could not be written: {reason}.", reason=str(error)) from error


def _restore_sqlite(database: Database, copy: Path, now: datetime) -> Path | None:
    path = Path(str(database.url.database))
    aside: Path | None = None
    database.close()
    if path.exists():
        _settle(path)
        aside = path.with_name(f"{path.name}.before-{copy_name(now)}")
        path.rename(aside)
    draft = path.with_name(f".{path.name}.draft")
    shutil.copyfile(copy / DATABASE_COPY, draft)
    _sync(draft)
    draft.rename(path)
    _sync(path.parent)
    return aside


def _settle(path: Path) -> None:
    """Move the log into the file and make sure that nobody else has it open."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise Conflict("The service is still running. Please stop it, then restore the copy.") from error


def _restore_postgresql(database: Database, copy: Path) -> None:
    database.close()
    name = str(database.url.database)
    _run("pg_restore", *PUT_BACK_FLAGS, "--dbname", name, str(copy / DUMP), database=database)


def _run(program: str, *words: str, database: Database) -> None:
    url = database.url
    found = shutil.which(program)
    if found is None:
        raise Refused("{program} is missing. Please install the client tools of PostgreSQL.", program=program)
    known = {"PGHOST": url.host or url.query.get("host"), "PGPORT": url.port, "PGUSER": url.username}
    secret = {"PGPASSWORD": url.password, "PGDATABASE": url.database}
    environment = {name: str(value) for name, value in (known | secret).items() if value is not None}
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own program, found on the path
        [found, *words], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused("{program} refused: {reason}", program=program, reason=done.stderr.strip()[-300:])


def _manifest(copy: Path) -> Manifest:
    try:
        return Manifest(**json.loads((copy / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise NotFound("There is no copy in {folder}.", folder=copy) from error
    except (ValueError, TypeError) as error:
        raise Refused("The copy was changed: {name} is not what was written.", name=MANIFEST) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
