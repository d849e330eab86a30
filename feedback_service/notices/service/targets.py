"""Acts on the addresses that are told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, NotFound
from feedback_service.core.ids import new_salt
from feedback_service.notices import queries
from feedback_service.notices.models import NoticeTarget
from feedback_service.notices.rules.events import Event
from feedback_service.notices.rules.tries import Channel


@dataclass(frozen=True)
class TargetFacts:
    """What can be chosen about a target."""

    name: str
    address: str
    unit_id: int | None
    events: tuple[Event, ...]


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
