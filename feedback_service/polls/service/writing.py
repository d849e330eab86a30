"""Writing polls down, letting them run, saying who may show them."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.challenges.rules import Ladder
from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.db import note_change
from feedback_service.polls import queries
from feedback_service.polls.models import Poll, PollOption
from feedback_service.polls.queries import POLLS, PollRow
from feedback_service.polls.rules import (
    RUNNING,
    STEPS,
    Draft,
    Kind,
    Phase,
    ResultsShown,
    Status,
    Words,
    flaws_of,
)

SHIPPED = "polls/chuyen_muc_dang.json"
MEND = "Some fields need to be mended."


def shipped(*, unit_id: int, opens_at: datetime, closes_at: datetime | None) -> Draft:
    """Return the poll of the city's portal as a draft of `unit_id`."""
    written = json.loads(own(SHIPPED).read_text(encoding="utf-8"))
    return Draft(
        slug=written["slug"],
        unit_id=unit_id,
        question=Words(**written["question"]),
        note=Words(**written["note"]),
        options=tuple(Words(**option) for option in written["options"]),
        kind=Kind(written["kind"]),
        most_choices=written["most_choices"],
        opens_at=opens_at,
        closes_at=closes_at,
        ladder=Ladder(written["ladder"]),
        results_shown=ResultsShown(written["results_shown"]),
    )


def create(session: Session, draft: Draft, *, by: str, now: datetime) -> int:
    """Write a poll down as a draft and return its id; raises Refused with every flaw."""
    _refuse_flaws(draft, taken=queries.has_slug(session, draft.slug))
    values = {**_columns(draft), "status": Status.DRAFT.value, "created_at": now}
    poll_id = session.execute(insert(Poll).values(values).returning(Poll.id)).scalar_one()
    _write_options(session, poll_id, draft)
    _note(session, poll_id, "poll.created", by=by, now=now)
    return poll_id


def rewrite(session: Session, poll: PollRow, draft: Draft, *, by: str, now: datetime) -> None:
    """Write a draft anew; raises Conflict once it has been opened, Refused with every flaw."""
    if poll.phase is not Phase.DRAFT:
        raise Conflict("This poll has been opened. Only its closing time and who sees the counts can change now.")
    _refuse_flaws(draft, taken=draft.slug != poll.slug and queries.has_slug(session, draft.slug))
    session.execute(update(Poll).where(Poll.id == poll.id).values(_columns(draft)))
    session.execute(delete(PollOption).where(PollOption.poll_id == poll.id))
    _write_options(session, poll.id, draft)
    _note(session, poll.id, "poll.rewritten", by=by, now=now)


def adjust(
    session: Session, poll: PollRow, *, closes_at: datetime | None, shown: ResultsShown, by: str, now: datetime
) -> None:
    """Change when a running poll closes and who sees its counts; raises Conflict when it does not run, or Refused."""
    if poll.phase not in RUNNING:
        raise Conflict("This poll does not run any more.")
    if closes_at is not None and closes_at <= max(now, poll.opens_at):
        raise Refused(MEND, faults=(Fault("closes_at", "The closing time must lie in the future, after the opening."),))
    values = {"closes_at": closes_at, "results_shown": shown.value}
    session.execute(update(Poll).where(Poll.id == poll.id).values(values))
    _note(session, poll.id, "poll.adjusted", by=by, now=now)


def move(session: Session, poll: PollRow, to: Status, *, by: str, now: datetime) -> None:
    """Open, close or archive a poll; doing so again changes nothing; raises Conflict for a step out of order."""
    if poll.status is to:
        return
    if STEPS.get(poll.phase) is not to:
        raise Conflict("This step is not possible now. Please look at the poll again.")
    values: dict[str, Any] = {"status": to.value}
    if to is Status.OPEN and poll.closes_at is not None and poll.closes_at <= now:
        raise Refused("The closing time has passed. Please change it before opening the poll.")
    if to is Status.OPEN:
        values["opens_at"] = max(poll.opens_at, now)
    if to is Status.CLOSED:
        values["closes_at"] = now
    session.execute(update(Poll).where(Poll.id == poll.id).values(values))
    _note(session, poll.id, ACTS[to], by=by, now=now)


def allow(session: Session, poll: PollRow, portals: tuple[str, ...], *, by: str, now: datetime) -> None:
    """Let these portals show a poll in a frame, and no others; raises Conflict once it is in the archive."""
    if poll.phase is Phase.ARCHIVED:
        raise Conflict("This poll is in the archive. It is shown on the portal of the office alone.")
    if portals == poll.portals:
        return
    session.execute(update(Poll).where(Poll.id == poll.id).values(portals=" ".join(portals) or None))
    _note(session, poll.id, "poll.portals-set", by=by, now=now)


def note_export(session: Session, poll: PollRow, format_name: str, rows: int, *, by: str, now: datetime) -> None:
    """Note in the ledger that somebody took the votes of a poll along."""
    facts = {"format": format_name, "rows": rows}
    note(session, Act("votes.exported", by, ("export", poll.slug), facts=facts), now=now)


ACTS = {Status.OPEN: "poll.opened", Status.CLOSED: "poll.closed", Status.ARCHIVED: "poll.archived"}


def _refuse_flaws(draft: Draft, *, taken: bool) -> None:
    faults = flaws_of(draft)
    if taken:
        faults = (*faults, Fault("slug", "Another poll has this address."))
    if faults:
        raise Refused(MEND, faults=faults)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "slug": draft.slug,
        "unit_id": draft.unit_id,
        "question_vi": draft.question.vi,
        "question_en": draft.question.en,
        "note_vi": draft.note.vi,
        "note_en": draft.note.en,
        "kind": draft.kind.value,
        "most_choices": draft.most_choices if draft.kind is Kind.MULTIPLE else 1,
        "opens_at": draft.opens_at,
        "closes_at": draft.closes_at,
        "ladder": draft.ladder.value,
        "results_shown": draft.results_shown.value,
    }


def _write_options(session: Session, poll_id: int, draft: Draft) -> None:
    rows = [
        {"poll_id": poll_id, "position": position, "text_vi": option.vi, "text_en": option.en}
        for position, option in enumerate(draft.options, start=1)
    ]
    session.execute(insert(PollOption), rows)


def _note(session: Session, poll_id: int, act: str, *, by: str, now: datetime) -> None:
    note(session, Act(act, by, (POLLS.kind, poll_id), POLLS.digest(session, poll_id)), now=now)
    note_change(session, POLLS.kind)
