"""Reading the addresses that are told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.notices.models import NoticeTarget
from feedback_service.notices.rules.events import EVENT_NAMES, PERSONAL, Event, Notice
from feedback_service.notices.rules.tries import CHANNEL_NAMES, Channel
from feedback_service.units import queries as units

TARGETS = RowWitness("notice_target", NoticeTarget)
LIST_LIMIT = 500


@dataclass(frozen=True)
class Target:
    """An address that is told; `unit_name` is empty for one that hears of every unit."""

    id: int
    channel: Channel
    name: str
    address: str
    account_id: int | None
    unit_id: int | None
    unit_name: str
    events: tuple[Event, ...]
    seed: str
    is_active: bool

    @property
    def channel_name(self) -> str:
        """The message id of its channel."""
        return CHANNEL_NAMES[self.channel]

    @property
    def event_names(self) -> tuple[str, ...]:
        """The message ids of what it asked for."""
        return tuple(EVENT_NAMES[event] for event in self.events)


def reached(session: Session, notice: Notice) -> tuple[Target, ...]:
    """Return the targets to be told of `notice`."""
    query = _targets().where(NoticeTarget.is_active)
    if notice.to_target is not None:
        return _read(session, query.where(NoticeTarget.id == notice.to_target))
    theirs = [] if notice.unit_id is None else [_within(units.above(session, notice.unit_id))]
    if notice.event in PERSONAL:
        theirs.append(NoticeTarget.account_id.is_(None))
    mine = and_(True, *theirs)
    if notice.account_id is not None:
        mine = or_(mine, NoticeTarget.account_id == notice.account_id)
    return tuple(target for target in _read(session, query.where(mine)) if notice.event in target.events)


def subscribers(session: Session, event: Event) -> tuple[Target, ...]:
    """Return every active target that asked for `event`."""
    return tuple(
        target for target in _read(session, _targets().where(NoticeTarget.is_active)) if event in target.events
    )


def targets(session: Session, scope: Iterable[int], *, is_whole: bool) -> tuple[Target, ...]:
    """Return the targets of units within reach; those of every unit only for somebody who reaches all."""
    mine = _within(scope) if is_whole else NoticeTarget.unit_id.in_(list(scope))
    return _read(session, _targets().where(mine))


def target(session: Session, target_id: int) -> Target | None:
    """Return one target."""
    return next(iter(_read(session, _targets().where(NoticeTarget.id == target_id))), None)


def own_target(session: Session, account_id: int) -> Target | None:
    """Return the address that an officer has left for himself."""
    return next(iter(_read(session, _targets().where(NoticeTarget.account_id == account_id))), None)


def gateway(session: Session) -> Target | None:
    """Return the gateway through which telephones are reached."""
    asked = _targets().where(NoticeTarget.channel == Channel.GATEWAY, NoticeTarget.is_active)
    return next(iter(_read(session, asked)), None)


def _within(unit_ids: Iterable[int]) -> ColumnElement[bool]:
    return or_(NoticeTarget.unit_id.is_(None), NoticeTarget.unit_id.in_(list(unit_ids)))


def _targets() -> Select[Any]:
    names = ("id", "channel", "name", "address", "account_id", "unit_id", "events", "seed", "is_active")
    return select(*(getattr(NoticeTarget, name) for name in names)).order_by(NoticeTarget.id).limit(LIST_LIMIT)


def _read(session: Session, query: Select[Any]) -> tuple[Target, ...]:
    rows = session.execute(query).all()
    names = units.names(session, {row.unit_id for row in rows if row.unit_id is not None}) if rows else {}
    return tuple(
        Target(
            id=row.id,
            channel=Channel(row.channel),
            name=row.name,
            address=row.address,
            account_id=row.account_id,
            unit_id=row.unit_id,
            unit_name=names.get(row.unit_id, ""),
            events=tuple(Event(event) for event in json.loads(row.events)),
            seed=row.seed,
            is_active=row.is_active,
        )
        for row in rows
    )
