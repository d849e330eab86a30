"""Jobs that are done once a day, or again after a while, each noted in its own transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_service.core.period import local_time
from feedback_service.db import insert_once
from feedback_service.notices.models import Delivery, JobRun, StoredNotice
from feedback_service.notices.rules.tries import KEEP
from feedback_service.settings import Settings


@dataclass(frozen=True)
class Job:
    """Something to do once a day from a local time on, or again after `every`; noted as done in its transaction.

    Afterwards the disk forgets what was deleted from the tables that it `clears`.
    """

    name: str
    at: time
    run: Callable[[Session, Settings, datetime], None]
    every: timedelta | None = None
    clears: tuple[str, ...] = ()


def run_once(session: Session, job: Job, settings: Settings, *, now: datetime) -> bool:
    """Do a daily job unless it was done today; say whether it was done now."""
    key = job_key(job, now)
    if not insert_once(session, JobRun, [{"key": key, "finished_at": now}], key=JobRun.key):
        return False
    job.run(session, settings, now)
    return True


def job_key(job: Job, now: datetime) -> str:
    """Return under which key a job of this local day, or of this part of it, is noted."""
    clock = local_time(now)
    key = f"{job.name} {clock.date().isoformat()}"
    return key if job.every is None else f"{key} {timedelta(hours=clock.hour, minutes=clock.minute) // job.every}"


def sweep(session: Session, settings: Settings, now: datetime) -> None:  # noqa: ARG001  # every job is called alike
    """Forget what was told long ago."""
    past = now - KEEP
    session.execute(delete(Delivery).where(Delivery.finished_at < past))
    told = select(Delivery.notice_id)
    session.execute(delete(StoredNotice).where(StoredNotice.made_at < past, StoredNotice.id.not_in(told)))
    session.execute(delete(JobRun).where(JobRun.finished_at < past))


JOBS = (Job("notices.sweep", time(3, 10), sweep),)
