"""Making the exports that were asked for, one after the other; a file gets its name only when it is whole."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree

from sqlalchemy.exc import SQLAlchemyError

from feedback_service.core.errors import DomainError
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.export.laying import lay
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.prepared import Prepared, known, next_id, over
from feedback_service.reports.rules.preparing import SAYS_EVERY
from feedback_service.reports.service import preparing
from feedback_service.web.context import Platform

FOLDER = "exports"
NO_SPACE = "The file could not be written: the disk is full or cannot be written to."
NO_READING = "The records could not be read. Please ask once more; if that does not help, run “doctor”."


class Unwanted(DomainError):
    """Nobody waits for this export any more."""


def file_of(data_dir: Path, found: Prepared) -> Path:
    """Return where the file of an export lies when it is ready."""
    return data_dir / FOLDER / found.id / f"{found.records.value}.{found.written_as.value}"


def forget_file(data_dir: Path, export_id: str) -> None:
    """Take the file of an export away, or what there is of it; that there is none is no fault."""
    folder = data_dir / FOLDER / export_id
    if folder.is_dir():
        rmtree(folder)


def work(platform: Platform) -> bool:
    """Let go of exports whose time is over, then make the next one; say whether there was one."""
    _let_go(platform)
    found = platform.database.retrying(lambda: _take_up(platform))
    if found is None:
        return False
    try:
        _make(platform, found)
    except Unwanted:
        forget_file(platform.settings.data_dir, found.id)
    except OSError:
        _fail(platform, found, NO_SPACE)
    except (DomainError, SQLAlchemyError):
        _fail(platform, found, NO_READING)
    return True


def _let_go(platform: Platform) -> None:
    """Forget what is over, and take every file away that belongs to nothing."""

    def forget() -> None:
        with platform.transaction() as session:
            preparing.let_go(session, now=platform.clock.now())

    with platform.reading() as session:
        is_any = bool(over(session, now=platform.clock.now()))
    if is_any:
        platform.database.retrying(forget)
    lying = [path.name for path in (platform.settings.data_dir / FOLDER).glob("*")]
    with platform.reading() as session:
        kept = known(session) if lying else frozenset()
    for export_id in sorted(set(lying) - kept):
        forget_file(platform.settings.data_dir, export_id)


def _take_up(platform: Platform) -> Prepared | None:
    with platform.reading() as session:
        if next_id(session, now=platform.clock.now()) is None:
            return None
    with platform.transaction() as session:
        return preparing.take_up(session, now=platform.clock.now())


def _make(platform: Platform, found: Prepared) -> None:
    path = file_of(platform.settings.data_dir, found)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with platform.reading() as session:
        chunks = _watched(platform, found, rows.chunks(session, found.wanted))
        words, now = platform.translations, platform.clock.now()
        labels = Labels(rows.versions(session), lambda one: words.word(one, "vi"), now)
        size = lay(path, file_pieces(found.records, found.written_as, chunks, scratch=path.parent, labels=labels))
    with platform.transaction() as session:
        is_wanted = preparing.conclude(session, found.id, size, now=platform.clock.now())
    if not is_wanted:
        raise Unwanted(preparing.GONE)


def _watched(platform: Platform, found: Prepared, chunks: Iterator[Sequence[rows.Row]]) -> Iterator[Sequence[rows.Row]]:
    """Keep how far it is every few seconds, and stop where nobody waits for it any more."""
    done, next_at = 0, platform.clock.monotonic()
    for chunk in chunks:
        if platform.clock.monotonic() >= next_at:
            with platform.transaction() as session:
                is_wanted = preparing.tell_progress(session, found.id, done, now=platform.clock.now())
            if not is_wanted:
                raise Unwanted(preparing.GONE)
            next_at = platform.clock.monotonic() + SAYS_EVERY.total_seconds()
        yield chunk
        done += len(chunk)


def _fail(platform: Platform, found: Prepared, problem: str) -> None:
    forget_file(platform.settings.data_dir, found.id)
    with platform.transaction() as session:
        preparing.fail(session, found.id, problem)
