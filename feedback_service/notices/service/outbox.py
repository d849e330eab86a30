"""Acts of notices: queue one with the act that it tells of, take what is due, keep the outcome, keep targets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act
from feedback_service.core.canonical import canonical
from feedback_service.core.ids import below, new_id
from feedback_service.db import insert_once
from feedback_service.notices import queries
from feedback_service.notices.models import Delivery, StoredNotice
from feedback_service.notices.queries import Outgoing
from feedback_service.notices.rules.events import Notice, kept
from feedback_service.notices.rules.tries import LEASE, Channel, Status, wait_after
from feedback_service.settings import Settings

BATCH = 20


@dataclass(frozen=True)
class Contact:
    """How a citizen is told, empty when nothing is kept any more; `path` where the message itself must not hold it.

    `file` goes with a mail.
    """

    mail: str = ""
    phone: str = ""
    path: str = ""
    file: Path | None = None


Reach = Callable[[Session, Settings, str, datetime], Contact]
"""Gives the contact that was left with a record, by the id of the record."""


@dataclass(frozen=True)
class Outcome:
    """How a try ended; WAITING asks for another one. With `not_before` nothing was tried before that moment."""

    status: Status
    problem: str = ""
    code: int | None = None
    channel: Channel | None = None
    not_before: datetime | None = None


def queue(session: Session, notice: Notice, *, now: datetime) -> bool:
    """Have `notice` told after this transaction; say whether it was new and somebody is to be told."""
    targets = queries.reached(session, notice)
    if not targets and not notice.to_citizen:
        return False
    stored = _stored(notice, now)
    if not insert_once(session, StoredNotice, [stored], key=StoredNotice.key):
        return False
    due_at = notice.not_before or now
    rows = [_delivery(stored["id"], due_at, target_id=target.id, channel=target.channel) for target in targets]
    if notice.to_citizen:
        rows.append(_delivery(stored["id"], due_at, target_id=None, channel=None))
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
    if outcome.not_before:
        _put_off(session, sent, outcome.not_before)
        return
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


def _put_off(session: Session, sent: Outgoing, until: datetime) -> None:
    own = (Delivery.id == sent.id, Delivery.tries == sent.tries, Delivery.status == Status.WAITING)
    session.execute(update(Delivery).where(*own).values(due_at=until, tries=Delivery.tries - 1))


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


def _delivery(notice_id: object, due_at: datetime, *, target_id: int | None, channel: str | None) -> dict[str, object]:
    return {
        "notice_id": notice_id,
        "target_id": target_id,
        "channel": channel,
        "status": Status.WAITING,
        "tries": 0,
        "due_at": due_at,
        "problem": "",
    }
