"""What the office has set: the calendar, the figures that hold for a unit on a day, how the box works."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.suggestions.models import BoxSetting, DeadlineRule, SwappedDay
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import Figures, figures_from
from feedback_service.suggestions.rules.rule_sets import default
from feedback_service.units import queries as units

SWAPPED = RowWitness("swapped_day", SwappedDay)
DEADLINES = RowWitness("deadline_rule", DeadlineRule)
BOX = RowWitness("box_setting", BoxSetting)
LIST_LIMIT = 500
CONTACT_DAYS = 90
"""Days after closing for which a contact is kept unless the office has set others (security.md 5)."""


@dataclass(frozen=True)
class Box:
    """How the box works: a second person approves answers, contacts are kept for some days after closing."""

    needs_approval: bool = False
    contact_days: int = CONTACT_DAYS


@dataclass(frozen=True)
class Swap:
    """A day that was swapped, and the notice that says so."""

    day: date
    is_working: bool
    note: str


@dataclass(frozen=True)
class RuleRow:
    """Figures that hold from a day on; without a unit for every unit."""

    id: int
    unit_id: int | None
    unit_name: str | None
    valid_from: date
    figures: Figures


def calendar(session: Session) -> Calendar:
    """Return the working days as this office knows them."""
    return Calendar({swap.day: swap.is_working for swap in swaps(session)})


def swaps(session: Session) -> tuple[Swap, ...]:
    """Return the days that were swapped, the latest first."""
    query = select(SwappedDay.day, SwappedDay.is_working, SwappedDay.note).order_by(SwappedDay.day.desc())
    return tuple(Swap(*row) for row in session.execute(query.limit(LIST_LIMIT)))


def figures(session: Session, unit_id: int, on: date) -> Figures:
    """Return the figures for a unit on a day: those of the nearest unit above it with its own."""
    over = units.above(session, unit_id)
    query = (
        select(DeadlineRule.unit_id, DeadlineRule.rules)
        .where(or_(DeadlineRule.unit_id.is_(None), DeadlineRule.unit_id.in_(over)), DeadlineRule.valid_from <= on)
        .order_by(DeadlineRule.valid_from.desc(), DeadlineRule.id.desc())
        .limit(LIST_LIMIT)
    )
    newest: dict[int | None, str] = {}
    for row in session.execute(query):
        newest.setdefault(row.unit_id, row.rules)
    if not newest:
        return default()
    nearest = max(newest, key=lambda candidate: _depth(session, candidate))
    return figures_from(json.loads(newest[nearest]))


def rule_rows(session: Session) -> tuple[RuleRow, ...]:
    """Return every choice of figures, the latest first."""
    query = select(DeadlineRule.id, DeadlineRule.unit_id, DeadlineRule.valid_from, DeadlineRule.rules)
    rows = session.execute(query.order_by(DeadlineRule.valid_from.desc(), DeadlineRule.id.desc()).limit(LIST_LIMIT))
    found = list(rows)
    names = units.names(session, {row.unit_id for row in found if row.unit_id})
    return tuple(
        RuleRow(row.id, row.unit_id, names.get(row.unit_id), row.valid_from, figures_from(json.loads(row.rules)))
        for row in found
    )


def box(session: Session) -> Box:
    """Return how the box works."""
    row = session.execute(select(BoxSetting.needs_approval, BoxSetting.contact_days)).one_or_none()
    return Box(*row) if row else Box()


def escalated_to(session: Session, unit_id: int, level: int) -> int:
    """Return the unit whose head is told at a level of escalation: 1 the unit itself, 2 the one above, and so on."""
    for _ in range(level - 1):
        known = units.unit(session, unit_id)
        if known is None or known.row.parent_id is None:
            break
        unit_id = known.row.parent_id
    return unit_id


def _depth(session: Session, unit_id: int | None) -> int:
    return 0 if unit_id is None else len(units.above(session, unit_id))
