"""Making the reports that are due or asked for: filled, laid into the folder, and sent from there."""

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from feedback_service.core.errors import DomainError
from feedback_service.core.period import local_day
from feedback_service.reports.export.laying import lay
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.queries.places import places
from feedback_service.reports.queries.schedules import Run, due, schedule, waiting
from feedback_service.reports.rules.periods import named
from feedback_service.reports.rules.schedules import FOLDER, Schedule
from feedback_service.reports.service import scheduling
from feedback_service.web.context import Platform

NO_SPACE = "The file could not be written: the disk is full or cannot be written to."
NO_READING = "The records could not be read. Please ask once more; if that does not help, run “doctor”."
WITHDRAWN = "The schedule was withdrawn."


def work(platform: Platform) -> bool:
    """Take up what is due, then make the report that waits longest; say whether there was any."""
    now = platform.clock.now()
    with platform.reading() as session:
        is_due, made = due(session, local_day(now)) is not None, waiting(session)
    if is_due:
        platform.database.retrying(lambda: _take_up(platform, now))
        with platform.reading() as session:
            made = waiting(session)
    if made is None:
        return is_due
    name, problem = _made(platform, made, now)
    platform.database.retrying(lambda: _conclude(platform, made, name, problem))
    return True


def _take_up(platform: Platform, now: datetime) -> None:
    with platform.transaction() as session:
        scheduling.take_up_due(session, now=now)


def _conclude(platform: Platform, made: Run, name: str, problem: str) -> None:
    with platform.transaction() as session:
        scheduling.conclude(session, made, file_name=name, problem=problem, now=platform.clock.now())


def _made(platform: Platform, made: Run, now: datetime) -> tuple[str, str]:
    """Return the name of the file in the folder, or else why there is none, as a message id."""
    try:
        name, content = _written(platform, made, now)
        path = platform.settings.data_dir / FOLDER / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lay(path, [content])
    except OSError:
        return "", NO_SPACE
    except DomainError as refusal:
        return "", refusal.message
    except SQLAlchemyError:
        return "", NO_READING
    return name, ""


def _written(platform: Platform, made: Run, now: datetime) -> tuple[str, bytes]:
    with platform.reading() as session:
        told = schedule(session, made.schedule_id)
        if told is None:
            raise DomainError(WITHDRAWN)
        within, words = places(session), platform.translations
        unit = within.by_id[told.unit_id]
        office = platform.site().office
        heading = Heading(unit.name, office, made.days, now, lambda one: words.word(one, "vi"))
        form = filled(session, within, (unit.id, named(made.days)), told.form, heading)
    content = form_bytes(form, told.written_as, made_at=now)
    return f"{unit.code or unit.id}/{_name(told, made)}", content


def _name(told: Schedule, made: Run) -> str:
    days = (made.days.first_on.isoformat(), made.days.last_on.isoformat())
    return f"{'-'.join((told.form.value, *days))}.{told.written_as.value}"
