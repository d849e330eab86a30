"""Taking records out of the service: each export and each form of single answers leaves an entry."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.period import Period
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.forms import FormKind
from feedback_service.reports.rules.narrowing import EVERYTHING, Narrowing


@dataclass(frozen=True)
class Order:
    """An export that somebody asks for: without a unit all that is within reach, without days all of them."""

    records: Records
    written_as: Format
    unit_id: int | None
    period: Period | None
    narrowing: Narrowing = EVERYTHING

    def wanted(self, unit_ids: frozenset[int] | None) -> Wanted:
        """Return the rows of these units, of every unit when it is None."""
        return Wanted(self.records, unit_ids, self.period, self.narrowing)


def export(
    session: Session, export_id: UUID, order: Order, unit_ids: frozenset[int] | None, *, by: str, now: datetime
) -> int:
    """Note that somebody takes records out and return how many rows there are; they are read afterwards."""
    count = rows.count(session, order.wanted(unit_ids))
    facts = {
        "format": order.written_as.value,
        "unit": order.unit_id,
        "first": order.period.first_on.isoformat() if order.period else None,
        "last": order.period.last_on.isoformat() if order.period else None,
        "channel": order.narrowing.channel,
        "tier": order.narrowing.tier,
        "rows": count,
    }
    note(session, Act(f"{order.records.value}.exported", by, ("export", export_id), facts=facts), now=now)
    return count


@dataclass(frozen=True)
class Taken:
    """A form of what single people answered, for a unit and some days."""

    kind: FormKind
    ending: str
    unit_id: int
    days: Period


def take_form(session: Session, export_id: UUID, taken: Taken, count: int, *, by: str, now: datetime) -> None:
    """Note that somebody takes a form out that shows `count` single ballots."""
    days = {"first_on": taken.days.first_on.isoformat(), "last_on": taken.days.last_on.isoformat()}
    facts = {"format": f"{taken.kind.value}.{taken.ending}", "unit": taken.unit_id, **days, "rows": count}
    note(session, Act("ballots.exported", by, ("export", export_id), facts=facts), now=now)
