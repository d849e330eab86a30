"""Voting: a vote is weighed, stored once, counted, and noted in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from typing import cast as as_type

from sqlalchemy import Insert, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.challenges.rules import Budget
from feedback_service.core.canonical import digest
from feedback_service.core.errors import Conflict
from feedback_service.core.ids import new_salt
from feedback_service.db import insert_once, moment_text
from feedback_service.polls import queries
from feedback_service.polls.models import Poll, PollNetwork, PollTally, PollTraffic, Vote, VoteChoice
from feedback_service.polls.queries import VOTES, VOTES_THEMSELVES
from feedback_service.polls.rules import Channel, Doubt, Phase, Status, Tier, doubt_of, phase_of

PUBLIC = "public"


@dataclass(frozen=True)
class Trace:
    """How a vote came: the name of its network on this day, its budget, the seconds that it took, where it was cast.

    `receipt` is what is kept of its receipt code.
    """

    network: str
    counted_on: date
    budget: Budget
    fill_seconds: int
    channel: Channel
    has_voted: bool
    receipt: str


@dataclass(frozen=True)
class Ballot:
    """A vote to be cast: `nonce` is the challenge spent for it, `id` a UUID that stays the same when it is repeated.

    Without a `trace` it counts in the tier that it names; with one it is weighed.
    """

    id: str
    poll_id: int
    option_ids: tuple[int, ...]
    tier: Tier
    nonce: str
    trace: Trace | None = None


def cast(session: Session, ballot: Ballot, *, now: datetime) -> None:
    """Count a vote; raises Conflict when the poll is not open. A ballot that was cast before is counted once."""
    _refuse_shut(session, ballot.poll_id, now)
    row = _row(session, ballot, now)
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
    known = {name: str(value) for name, value in row.items() if value is not None}
    known["stored_at"] = moment_text(row["stored_at"])
    return digest([known, [{"vote_id": row["id"], "option_id": str(option_id)} for option_id in chosen]])


def count_traffic(session: Session, poll_id: int, came: dict[str, int], *, now: datetime) -> None:
    """Count what came to a poll beside counted votes, by its kind, in the hour of `now`."""
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    rows = [
        {"poll_id": poll_id, "hour_at": hour_at, "kind": kind, "count": count}
        for kind, count in sorted(came.items())
        if count
    ]
    if rows:
        connection = session.connection()
        connection.execute(_traffic(connection.dialect.name), rows)


def rebuild_tally(session: Session, poll_id: int | None = None) -> None:
    """Count the votes of a poll, or of every poll, again and put the result in the place of the tally.

    Votes that arrive meanwhile wait for it.
    """
    polls, cells = select(Poll.id).order_by(Poll.id), delete(PollTally)
    if poll_id is not None:
        polls, cells = polls.where(Poll.id == poll_id), cells.where(PollTally.poll_id == poll_id)
    session.execute(polls.with_for_update())
    session.execute(cells)
    counted = queries.recount(session, poll_id)
    if counted:
        names = ("poll_id", "option_id", "tier")
        session.execute(
            insert(PollTally), [{**dict(zip(names, cell, strict=True)), "count": n} for cell, n in counted.items()]
        )


_shut = select(Poll.status, Poll.opens_at, Poll.closes_at).where(Poll.id == bindparam("poll_id"))
CHOSEN = insert(VoteChoice)


def _row(session: Session, ballot: Ballot, now: datetime) -> dict[str, Any]:
    trace = ballot.trace
    doubt = _weighed(session, ballot.poll_id, trace) if trace else None
    return {
        "id": ballot.id,
        "poll_id": ballot.poll_id,
        "stored_at": now,
        "tier": Tier.SUSPICIOUS.value if doubt else ballot.tier.value,
        "nonce": ballot.nonce,
        "salt": new_salt(),
        "doubt": doubt.value if doubt else None,
        "channel": trace.channel.value if trace else None,
        "network": trace.network if trace else None,
        "fill_seconds": trace.fill_seconds if trace else None,
        "receipt": trace.receipt if trace else None,
    }


def _weighed(session: Session, poll_id: int, trace: Trace) -> Doubt | None:
    """Count a vote for its network, which writers of one network do one after the other, and say what is in doubt."""
    connection = session.connection()
    row = {"poll_id": poll_id, "network": trace.network, "counted_on": trace.counted_on, "votes": 1}
    rank = connection.execute(_of_network(connection.dialect.name), row).scalar_one()
    return doubt_of(rank, trace.budget, has_voted=trace.has_voted)


@lru_cache(maxsize=2)
def _addition(dialect_name: str) -> Insert:
    """Return the statement that adds to the tally, made once for each kind of database."""
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollTally)
    sum_of_both = {"count": PollTally.count + addition.excluded.count}
    cell = ["poll_id", "option_id", "tier"]
    return as_type("Insert", addition.on_conflict_do_update(index_elements=cell, set_=sum_of_both))


@lru_cache(maxsize=2)
def _traffic(dialect_name: str) -> Insert:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollTraffic)
    sum_of_both = {"count": PollTraffic.count + addition.excluded.count}
    hour = ["poll_id", "hour_at", "kind"]
    return as_type("Insert", addition.on_conflict_do_update(index_elements=hour, set_=sum_of_both))


@lru_cache(maxsize=2)
def _of_network(dialect_name: str) -> ReturningInsert[Any]:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollNetwork).on_conflict_do_update(
        index_elements=["poll_id", "network"], set_={"votes": PollNetwork.votes + 1}
    )
    return as_type("ReturningInsert[Any]", addition.returning(PollNetwork.votes))


def _refuse_shut(session: Session, poll_id: int, now: datetime) -> None:
    status, opens_at, closes_at = session.execute(_shut, {"poll_id": poll_id}).one()
    if phase_of(Status(status), opens_at, closes_at, now) is not Phase.OPEN:
        raise Conflict("This poll is not open.")
