"""Acts on polls: write one down, let it run, vote, keep the tally."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from typing import cast as as_type

from sqlalchemy import Insert, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.challenges.rules import Ladder
from feedback_service.core.canonical import digest
from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.core.ids import new_salt
from feedback_service.db import insert_once, moment_text
from feedback_service.polls import queries
from feedback_service.polls.models import Poll, PollOption, PollTally, Vote, VoteChoice
from feedback_service.polls.queries import POLLS, VOTES, VOTES_THEMSELVES, PollRow
from feedback_service.polls.rules import (
    RUNNING,
    STEPS,
    Draft,
    Kind,
    Phase,
    ResultsShown,
    Status,
    Tier,
    Words,
    flaws_of,
    phase_of,
)

PUBLIC = "public"
SHIPPED = "polls/chuyen_muc_dang.json"
MEND = "Some fields need to be mended."


@dataclass(frozen=True)
class Ballot:
    """A vote to be cast: `nonce` is the challenge spent for it, `id` a UUID that stays the same when it is repeated."""

    id: str
    poll_id: int
    option_ids: tuple[int, ...]
    tier: Tier
    nonce: str


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


def cast(session: Session, ballot: Ballot, *, now: datetime) -> None:
    """Count a vote; raises Conflict when the poll is not open. A ballot that was cast before is counted once."""
    _refuse_shut(session, ballot.poll_id, now)
    row = {
        "id": ballot.id,
        "poll_id": ballot.poll_id,
        "stored_at": now,
        "tier": ballot.tier.value,
        "nonce": ballot.nonce,
        "salt": new_salt(),
    }
    if not insert_once(session, Vote, [row], key=Vote.nonce):
        return
    chosen = sorted(ballot.option_ids)
    connection = session.connection()
    connection.execute(CHOSEN, [{"vote_id": ballot.id, "option_id": option_id} for option_id in chosen])
    cells = [
        {"poll_id": ballot.poll_id, "option_id": n, "tier": row["tier"], "count": 1}
        for n in (VOTES_THEMSELVES, *chosen)
    ]
    connection.execute(_addition(connection.dialect.name), cells)
    act = Act("vote.cast", PUBLIC, (VOTES.kind, ballot.id), digest_of(row, chosen), is_counting=True)
    note(session, act, now=now)


def digest_of(row: dict[str, Any], chosen: list[int]) -> str:
    """Return what the witness of votes will find, without asking the database."""
    known = {**row, "poll_id": str(row["poll_id"]), "stored_at": moment_text(row["stored_at"])}
    return digest([known, [{"vote_id": row["id"], "option_id": str(option_id)} for option_id in chosen]])


def rebuild_tally(session: Session) -> None:
    """Count every vote again and put the result in the place of the tally; votes that arrive meanwhile wait for it."""
    session.execute(select(Poll.id).order_by(Poll.id).with_for_update())
    session.execute(delete(PollTally))
    cells = queries.recount(session)
    if cells:
        names = ("poll_id", "option_id", "tier")
        session.execute(
            insert(PollTally), [{**dict(zip(names, cell, strict=True)), "count": n} for cell, n in cells.items()]
        )


ACTS = {Status.OPEN: "poll.opened", Status.CLOSED: "poll.closed", Status.ARCHIVED: "poll.archived"}
_shut = select(Poll.status, Poll.opens_at, Poll.closes_at).where(Poll.id == bindparam("poll_id"))
CHOSEN = insert(VoteChoice)


@lru_cache(maxsize=2)
def _addition(dialect_name: str) -> Insert:
    """Return the statement that adds to the tally, made once for each kind of database."""
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollTally)
    sum_of_both = {"count": PollTally.count + addition.excluded.count}
    cell = ["poll_id", "option_id", "tier"]
    return as_type("Insert", addition.on_conflict_do_update(index_elements=cell, set_=sum_of_both))


def _refuse_shut(session: Session, poll_id: int, now: datetime) -> None:
    status, opens_at, closes_at = session.execute(_shut, {"poll_id": poll_id}).one()
    if phase_of(Status(status), opens_at, closes_at, now) is not Phase.OPEN:
        raise Conflict("This poll is not open.")


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
