"""Acts of notices: queue one with the act that it tells of, take what is due, keep the outcome, keep targets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, NotFound
from feedback_service.core.ids import below, new_id, new_salt
from feedback_service.core.period import local_time
from feedback_service.db import insert_once
from feedback_service.notices import queries
from feedback_service.notices.models import Delivery, JobRun, NoticeTarget, StoredNotice
from feedback_service.notices.queries import Outgoing
from feedback_service.notices.rules.events import Event, Notice, kept
from feedback_service.notices.rules.tries import KEEP, LEASE, Channel, Status, wait_after
from feedback_service.settings import Settings

BATCH = 20


@dataclass(frozen=True)
class Job:
    """Something to do once a day from a local time on, or again after `every`; noted as done in its transaction."""

    name: str
    at: time
    run: Callable[[Session, Settings, datetime], None]
    every: timedelta | None = None


@dataclass(frozen=True)
class Contact:
    """How a citizen asked to be told; both are empty when nothing is kept any more."""

    mail: str = ""
    phone: str = ""


Reach = Callable[[Session, Settings, str, datetime], Contact]
"""Gives the contact that was left with a record, by the id of the record."""


@dataclass(frozen=True)
class Outcome:
    """How a try ended; WAITING asks for another one."""

    status: Status
    problem: str = ""
    code: int | None = None
    channel: Channel | None = None


@dataclass(frozen=True)
class TargetFacts:
    """What can be chosen about a target."""

    name: str
    address: str
    unit_id: int | None
    events: tuple[Event, ...]


def queue(session: Session, notice: Notice, *, now: datetime) -> bool:
    """Have `notice` told after this transaction; say whether it was new and somebody is to be told."""
    targets = queries.reached(session, notice)
    if not targets and not notice.to_citizen:
        return False
    stored = _stored(notice, now)
    if not insert_once(session, StoredNotice, [stored], key=StoredNotice.key):
        return False
    rows = [_delivery(stored["id"], now, target_id=target.id, channel=target.channel) for target in targets]
    if notice.to_citizen:
        rows.append(_delivery(stored["id"], now, target_id=None, channel=None))
    session.execute(insert(Delivery), rows)
    return True


def claim(session: Session, *, now: datetime, limit: int = BATCH) -> tuple[Outgoing, ...]:
    """Take messages that are due; they are nobody else's until the lease is over."""
    due = (
        select(Delivery.id)
        .where(Delivery.status == Status.WAITING, Delivery.due_at <= now)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = list(session.execute(due).scalars())
    lease = update(Delivery).where(Delivery.id.in_(taken)).values(due_at=now + LEASE, tries=Delivery.tries + 1)
    session.execute(lease, execution_options={"synchronize_session": False})
    return queries.outgoing(session, taken)


def conclude(session: Session, sent: Outgoing, outcome: Outcome, *, now: datetime) -> None:
    """Keep how a try ended, unless another worker has taken the message since."""
    wait = wait_after(sent.tries, below(1000)) if outcome.status is Status.WAITING else None
    status = Status.FAILED if outcome.status is Status.WAITING and wait is None else outcome.status
    own = update(Delivery).where(
        Delivery.id == sent.id, Delivery.tries == sent.tries, Delivery.status == Status.WAITING
    )
    session.execute(
        own.values(
            status=status,
            due_at=now + wait if wait else Delivery.due_at,
            finished_at=None if wait else now,
            problem=outcome.problem,
            code=outcome.code,
            channel=outcome.channel or sent.channel,
        )
    )


def retry(session: Session, delivery_ids: tuple[int, ...], *, by: str, now: datetime) -> int:
    """Try failed messages again from the start and return how many there were."""
    failed = update(Delivery).where(Delivery.id.in_(delivery_ids), Delivery.status == Status.FAILED)
    fresh = failed.values(status=Status.WAITING, tries=0, due_at=now, finished_at=None, problem="", code=None)
    found = list(session.execute(fresh.returning(Delivery.id)).scalars())
    for delivery_id in found:
        audit.note(session, Act("notice.retried", by, ("notice_delivery", delivery_id)), now=now)
    return len(found)


def add_target(
    session: Session, channel: Channel, facts: TargetFacts, *, account_id: int | None = None, by: str, now: datetime
) -> int:
    """Add an address to be told and return its id; an officer has one address of his own (Conflict)."""
    if account_id is not None and queries.own_target(session, account_id):
        raise Conflict("This account has its address already.")
    values = {
        **_columns(facts),
        "channel": channel,
        "account_id": account_id,
        "seed": new_salt(),
        "salt": new_salt(),
        "is_active": True,
        "created_at": now,
    }
    target_id = session.execute(insert(NoticeTarget).values(values).returning(NoticeTarget.id)).scalar_one()
    _note(session, target_id, "added", by=by, now=now)
    return target_id


def change_target(session: Session, target_id: int, facts: TargetFacts, *, by: str, now: datetime) -> None:
    """Change what an address is told; raises NotFound."""
    _change(session, target_id, _columns(facts))
    _note(session, target_id, "changed", by=by, now=now)


def switch_target(session: Session, target_id: int, *, is_active: bool, by: str, now: datetime) -> None:
    """Let an address be told again, or no longer; raises NotFound."""
    _change(session, target_id, {"is_active": is_active})
    _note(session, target_id, "switched-on" if is_active else "switched-off", by=by, now=now)


def renew_secret(session: Session, target_id: int, *, by: str, now: datetime) -> None:
    """Give a webhook a new secret; the old one is worth nothing from this moment; raises NotFound."""
    _change(session, target_id, {"seed": new_salt()})
    _note(session, target_id, "secret-renewed", by=by, now=now)


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


def _stored(notice: Notice, now: datetime) -> dict[str, object]:
    notice_id = str(new_id())
    kind, subject_id = notice.subject
    return {
        "id": notice_id,
        "key": notice.key or notice_id,
        "event": notice.event,
        "subject_kind": kind,
        "subject_id": subject_id,
        "unit_id": notice.unit_id,
        "language": notice.language,
        "path": notice.path,
        "facts": canonical(kept(notice.facts)),
        "made_at": now,
    }


def _delivery(notice_id: object, now: datetime, *, target_id: int | None, channel: str | None) -> dict[str, object]:
    return {
        "notice_id": notice_id,
        "target_id": target_id,
        "channel": channel,
        "status": Status.WAITING,
        "tries": 0,
        "due_at": now,
        "problem": "",
    }


def _columns(facts: TargetFacts) -> dict[str, object]:
    events = canonical(sorted(facts.events))
    return {"name": facts.name, "address": facts.address, "unit_id": facts.unit_id, "events": events}


def _change(session: Session, target_id: int, values: dict[str, object]) -> None:
    own = update(NoticeTarget).where(NoticeTarget.id == target_id).values(values).returning(NoticeTarget.id)
    if session.execute(own).one_or_none() is None:
        raise NotFound("There is no such address.")


def _note(session: Session, target_id: int, verb: str, *, by: str, now: datetime) -> None:
    digest = queries.TARGETS.digest(session, target_id)
    audit.note(session, Act(f"notice_target.{verb}", by, ("notice_target", target_id), digest), now=now)
