"""Having an export prepared: ask, take it up, say how far it is, conclude, cancel, fetch, let go."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound, Refused
from feedback_service.db import insert_once
from feedback_service.reports.models import PreparedExport
from feedback_service.reports.queries.prepared import Prepared, free, is_over, next_id, over, prepared
from feedback_service.reports.rules.preparing import KEEP, MOST_KEPT, OPEN, Status
from feedback_service.reports.service.taking import Order, export

ENOUGH = "You already have five exports that wait or are ready. Please fetch or remove one of them first."
GONE = "This export is no longer kept. Please ask for it once more."


def prepare(
    session: Session, export_id: UUID, order: Order, unit_ids: frozenset[int], *, account_id: int, now: datetime
) -> None:
    """Ask for an export and note it; asking again with the same id changes nothing. Raises Refused at five of them."""
    if prepared(session, str(export_id)):
        return
    own = select(func.count()).select_from(PreparedExport).where(PreparedExport.account_id == account_id)
    if session.execute(own.where(PreparedExport.status.in_(OPEN))).scalar_one() >= MOST_KEPT:
        raise Refused(ENOUGH)
    count = export(session, export_id, order, unit_ids, by=f"staff:{account_id}", now=now)
    row = {
        "id": str(export_id),
        "account_id": account_id,
        "records": order.records.value,
        "written_as": order.written_as.value,
        "unit_id": order.unit_id,
        "unit_ids": json.dumps(sorted(unit_ids)),
        "first_on": order.period.first_on if order.period else None,
        "last_on": order.period.last_on if order.period else None,
        "channel": order.narrowing.channel,
        "tier": order.narrowing.tier,
        "status": Status.WAITING,
        "rows_total": count,
        "rows_done": 0,
        "asked_at": now,
        "expires_at": now + KEEP,
        "problem": "",
    }
    insert_once(session, PreparedExport, [row], key=PreparedExport.id)


def take_up(session: Session, *, now: datetime) -> Prepared | None:
    """Take the next export to make, None where there is none; nobody else takes it while its worker speaks."""
    export_id = next_id(session, now=now)
    mine = update(PreparedExport).where(PreparedExport.id == export_id, free(now))
    taken = mine.values(status=Status.MAKING, begun_at=now, seen_at=now, rows_done=0).returning(PreparedExport.id)
    return prepared(session, str(export_id)) if session.execute(taken).scalar_one_or_none() else None


def tell_progress(session: Session, export_id: str, rows_done: int, *, now: datetime) -> bool:
    """Keep how many rows are written; say whether the export is still wanted."""
    making = update(PreparedExport).where(PreparedExport.id == export_id, PreparedExport.status == Status.MAKING)
    told = making.values(rows_done=rows_done, seen_at=now).returning(PreparedExport.id)
    return session.execute(told).scalar_one_or_none() is not None


def conclude(session: Session, export_id: str, size_bytes: int, *, now: datetime) -> bool:
    """Keep that the file is whole; say whether it is still wanted."""
    making = update(PreparedExport).where(PreparedExport.id == export_id, PreparedExport.status == Status.MAKING)
    ready = making.values(
        status=Status.READY, size_bytes=size_bytes, rows_done=PreparedExport.rows_total, expires_at=now + KEEP
    )
    return session.execute(ready.returning(PreparedExport.id)).scalar_one_or_none() is not None


def fail(session: Session, export_id: str, problem: str) -> None:
    """Keep why an export could not be made, as a message id."""
    failed = update(PreparedExport).where(PreparedExport.id == export_id)
    session.execute(failed.values(status=Status.FAILED, problem=problem))


def cancel(session: Session, export_id: str, *, account_id: int, now: datetime) -> None:
    """Let go of an export that is one's own, whatever it has come to; raises NotFound."""
    _own(session, export_id, account_id)
    session.execute(delete(PreparedExport).where(PreparedExport.id == export_id))
    note(session, Act("export.cancelled", f"staff:{account_id}", ("export", export_id)), now=now)


def fetch(session: Session, export_id: str, scope: frozenset[int], *, account_id: int, now: datetime) -> Prepared:
    """Note that somebody fetches the file of an export; raises NotFound where that is over or beyond his reach."""
    found = fetched(session, export_id, scope, account_id=account_id, now=now)
    note(session, Act("export.fetched", f"staff:{account_id}", ("export", export_id)), now=now)
    return found


def fetched(session: Session, export_id: str, scope: frozenset[int], *, account_id: int, now: datetime) -> Prepared:
    """Return an export that may be fetched now; raises NotFound."""
    found = _own(session, export_id, account_id)
    if not found.is_ready or not found.unit_ids <= scope or is_over(session, export_id, now=now):
        raise NotFound(GONE)
    return found


def let_go(session: Session, *, now: datetime) -> tuple[Prepared, ...]:
    """Forget exports whose time is over and return them, so that their files go as well."""
    found = over(session, now=now)
    session.execute(delete(PreparedExport).where(PreparedExport.id.in_([one.id for one in found])))
    return found


def _own(session: Session, export_id: str, account_id: int) -> Prepared:
    found = prepared(session, export_id)
    if found is None or found.account_id != account_id:
        raise NotFound(GONE)
    return found
