"""What the office sets for its box: swapped days, the figures of the clock, approval and retention."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act as Entry
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.db import insert_once
from feedback_service.suggestions.models import BoxSetting, DeadlineRule, Suggestion, SwappedDay
from feedback_service.suggestions.queries.office import BOX, DEADLINES, SWAPPED, Box, calendar
from feedback_service.suggestions.queries.standing import clock_of
from feedback_service.suggestions.rules.clock import Figures, kept
from feedback_service.suggestions.rules.hands import SYSTEM, Hand
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.service.changes import Step, done, set_clock

MOST_DAYS = 90
"""More working days than this are no deadline."""


@dataclass(frozen=True)
class Swapping:
    """A day that is worked, or is not, by an official notice."""

    day: date
    is_working: bool
    note: str


def swap_day(session: Session, swapping: Swapping, *, by: Hand, now: datetime) -> int:
    """Note a swapped day and reckon every open suggestion anew; return how many are due on another day."""
    text = one_line(swapping.note)
    if not text or len(text) > 200:
        message = "Please name the notice that swaps the day."
        raise Refused(message, faults=(Fault("note", message),))
    row = {**vars(swapping), "note": text, "account_id": by.account_id, "noted_at": now}
    if not insert_once(session, SwappedDay, [row], key=SwappedDay.day):
        session.execute(update(SwappedDay).where(SwappedDay.day == swapping.day).values(row))
    found = session.execute(select(SwappedDay.id).where(SwappedDay.day == swapping.day)).scalar_one()
    facts = {"day": swapping.day.isoformat(), "is_working": swapping.is_working}
    entry = Entry("swapped_day.noted", by.actor, ("swapped_day", found), SWAPPED.digest(session, found), facts=facts)
    audit.note(session, entry, now=now)
    return reschedule(session, now=now)


def take_swap_back(session: Session, day: date, *, by: Hand, now: datetime) -> int:
    """Let a day be again what the calendar says, and reckon anew; raises NotFound."""
    gone = delete(SwappedDay).where(SwappedDay.day == day).returning(SwappedDay.id)
    found = session.execute(gone).scalar()
    if found is None:
        raise NotFound("There is no such day in the table.")
    entry = Entry("swapped_day.taken-back", by.actor, ("swapped_day", found), facts={"day": day.isoformat()})
    audit.note(session, entry, now=now)
    return reschedule(session, now=now)


def reschedule(session: Session, *, now: datetime) -> int:
    """Reckon the due day of every open suggestion anew and return how many have moved; each move is a step."""
    days = calendar(session)
    moved = 0
    for case in session.execute(select(Suggestion).where(Suggestion.is_open).with_for_update()).scalars():
        clock = clock_of(case)
        if clock.due_on(days) == case.due_on:
            continue
        facts = {"from": case.due_on.isoformat()}
        set_clock(case, clock, days)
        done(session, case, Step(Act.RESCHEDULE, is_shown=True, facts=facts), by=SYSTEM, now=now)
        moved += 1
    return moved


def choose_figures(
    session: Session, figures: Figures, *, unit_id: int | None, valid_from: date, by: Hand, now: datetime
) -> int:
    """Have figures hold for a unit and all below it, or everywhere, for what comes in from a day on; return the row.

    Raises Refused for figures that are none, or a day in the past: old cases keep the figures of their day.
    """
    _refuse_figures(figures)
    if valid_from < local_day(now):
        message = "Please choose today or a later day: what has come in keeps its figures."
        raise Refused(message, faults=(Fault("valid_from", message),))
    row = {
        "unit_id": unit_id,
        "valid_from": valid_from,
        "rules": canonical(kept(figures)),
        "account_id": by.account_id,
        "noted_at": now,
    }
    found = session.execute(insert(DeadlineRule).values(row).returning(DeadlineRule.id)).scalar_one()
    digest = DEADLINES.digest(session, found)
    facts = {"code": figures.code, "answer": figures.answer, "valid_from": valid_from.isoformat()}
    audit.note(session, Entry("deadline_rule.chosen", by.actor, ("deadline_rule", found), digest, facts=facts), now=now)
    return found


def set_box(session: Session, box: Box, *, by: Hand, now: datetime) -> None:
    """Say whether a second person approves answers and how long contacts are kept."""
    if not 1 <= box.contact_days <= 3650:
        message = "Please enter from 1 to 3650 days."
        raise Refused(message, faults=(Fault("contact_days", message),))
    row = {"id": 1, **vars(box), "account_id": by.account_id, "noted_at": now}
    if not insert_once(session, BoxSetting, [row], key=BoxSetting.id):
        session.execute(update(BoxSetting).where(BoxSetting.id == 1).values(row))
    digest = BOX.digest(session, 1)
    audit.note(session, Entry("box_setting.set", by.actor, ("box_setting", 1), digest, facts=vars(box)), now=now)


def _refuse_figures(figures: Figures) -> None:
    limits = {"answer": figures.answer, "refuse": figures.refuse, "ask": figures.ask, "publish": figures.publish}
    bad = [name for name, days in limits.items() if days is not None and not 1 <= days <= MOST_DAYS]
    if figures.longest is not None and not figures.answer <= figures.longest <= MOST_DAYS:
        bad.append("longest")
    if not 0 <= figures.wait <= MOST_DAYS:
        bad.append("wait")
    if bad:
        message = "Please enter from 1 to 90 days, and at most as many for the longest as allowed."
        raise Refused(message, faults=tuple(Fault(name, message) for name in bad))
