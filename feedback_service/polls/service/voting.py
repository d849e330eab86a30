"""Voting: a vote is weighed, stored once, counted, and noted in the ledger."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.challenges.rules import Budget
from feedback_service.core.canonical import digest
from feedback_service.core.errors import Conflict
from feedback_service.core.ids import new_salt
from feedback_service.db import Base, insert_once, moment_text
from feedback_service.polls import queries
from feedback_service.polls.models import Poll, PollNetwork, PollTally, Vote, VoteChoice
from feedback_service.polls.queries import VOTES, VOTES_THEMSELVES
from feedback_service.polls.rules import Channel, Doubt, Phase, Status, Tier, doubt_of, phase_of
from feedback_service.statements import Statement

PUBLIC = "public"


@dataclass(frozen=True)
class Trace:
    """How a vote came: its network, which is counted by its name of this day, its budget, its seconds, its channel.

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


@dataclass(frozen=True)
class Casting:
    """A ballot and the moment at which it came."""

    ballot: Ballot
    now: datetime


def cast(session: Session, ballot: Ballot, *, now: datetime) -> None:
    """Count a vote; raises Conflict when the poll is not open. A ballot that was cast before is counted once."""
    if not opens(session, [ballot.poll_id])(ballot.poll_id, now):
        raise Conflict("This poll is not open.")
    cast_all(session, [Casting(ballot, now)])


def opens(session: Session, poll_ids: Iterable[int]) -> Callable[[int, datetime], bool]:
    """Return what tells whether one of these polls takes votes at a moment."""
    connection = session.connection()
    known = {poll_id: _OPENING.one(connection, {"id": poll_id}) for poll_id in set(poll_ids)}

    def is_open(poll_id: int, now: datetime) -> bool:
        status, opens_at, closes_at = known[poll_id]
        return phase_of(Status(status), opens_at, closes_at, now) is Phase.OPEN

    return is_open


def cast_all(session: Session, castings: Sequence[Casting]) -> None:
    """Count votes on polls that are open; each is weighed as if those before it had been counted already."""
    doubts = _weighed(session, castings)
    rows = {one.ballot.nonce: _row(one, doubt) for one, doubt in zip(castings, doubts, strict=True)}
    chosen = {one.ballot.nonce: sorted(one.ballot.option_ids) for one in castings}
    new = insert_once(session, Vote, [rows[nonce] for nonce in sorted(rows)], key=Vote.nonce)
    if not new:
        return
    counted: Counter[tuple[int, int, str]] = Counter()
    for nonce in new:
        row = rows[nonce]
        counted.update((row["poll_id"], option_id, row["tier"]) for option_id in (VOTES_THEMSELVES, *chosen[nonce]))
        act = Act("vote.cast", PUBLIC, (VOTES.kind, row["id"]), digest_of(row, chosen[nonce]), is_counting=True)
        note(session, act, now=row["stored_at"])
    connection = session.connection()
    choices = [{"vote_id": rows[nonce]["id"], "option_id": n} for nonce in sorted(new) for n in chosen[nonce]]
    CHOSEN.each(connection, choices)
    _addition(connection.dialect.name).each(connection, _cells(counted))


def digest_of(row: dict[str, Any], chosen: list[int]) -> str:
    """Return what the witness of votes will find, without asking the database."""
    known = {name: str(value) for name, value in row.items() if value is not None}
    known["stored_at"] = moment_text(row["stored_at"])
    return digest([known, [{"vote_id": row["id"], "option_id": str(option_id)} for option_id in chosen]])


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
        session.execute(insert(PollTally), _cells(counted))


_OPENING = Statement(select(Poll.status, Poll.opens_at, Poll.closes_at).where(Poll.id == bindparam("id")))
CHOSEN = Statement(insert(Base.metadata.tables[VoteChoice.__tablename__]))
CELL = ("poll_id", "option_id", "tier")
NETWORK = ("poll_id", "network", "counted_on", "votes")


def _cells(counts: Mapping[tuple[int, int, str], int]) -> list[dict[str, object]]:
    return [{**dict(zip(CELL, cell, strict=True)), "count": counts[cell]} for cell in sorted(counts)]


def _row(casting: Casting, doubt: Doubt | None) -> dict[str, Any]:
    ballot, trace = casting.ballot, casting.ballot.trace
    return {
        "id": ballot.id,
        "poll_id": ballot.poll_id,
        "stored_at": casting.now,
        "tier": Tier.SUSPICIOUS.value if doubt else ballot.tier.value,
        "nonce": ballot.nonce,
        "salt": new_salt(),
        "doubt": doubt.value if doubt else None,
        "channel": trace.channel.value if trace else None,
        "network": trace.network if trace else None,
        "fill_seconds": trace.fill_seconds if trace else None,
        "receipt": trace.receipt if trace else None,
    }


def _weighed(session: Session, castings: Sequence[Casting]) -> list[Doubt | None]:
    """Count the votes for their networks and say what is in doubt; writers of one network do so one by one."""
    traced = [(one.ballot.poll_id, one.ballot.trace) for one in castings if one.ballot.trace]
    ranks = _ranks_before(session, traced)
    doubts: list[Doubt | None] = []
    for one in castings:
        poll_id, trace = one.ballot.poll_id, one.ballot.trace
        if trace is None:
            doubts.append(None)
            continue
        ranks[poll_id, trace.network] += 1
        doubts.append(doubt_of(ranks[poll_id, trace.network], trace.budget, has_voted=trace.has_voted))
    return doubts


def _ranks_before(session: Session, traced: Sequence[tuple[int, Trace]]) -> dict[tuple[int, str], int]:
    """Add the votes to those of their networks; return how many each had sent on the poll before them."""
    sent = Counter((poll_id, trace.network) for poll_id, trace in traced)
    days = {(poll_id, trace.network): trace.counted_on for poll_id, trace in traced}
    rows = [dict(zip(NETWORK, (*of, days[of], sent[of]), strict=True)) for of in sorted(sent)]
    if not rows:
        return {}
    connection = session.connection()
    totals = _of_network(connection.dialect.name).returned(connection, rows)
    return {(poll_id, network): total - sent[poll_id, network] for poll_id, network, total in totals}


@lru_cache(maxsize=2)
def _addition(dialect_name: str) -> Statement:
    """Return the statement that adds to the tally, made once for each kind of database."""
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollTally)
    sum_of_both = {"count": PollTally.count + addition.excluded.count}
    return Statement(addition.on_conflict_do_update(index_elements=CELL, set_=sum_of_both))


@lru_cache(maxsize=2)
def _of_network(dialect_name: str) -> Statement:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollNetwork)
    sum_of_both = {"votes": PollNetwork.votes + addition.excluded.votes}
    addition = addition.on_conflict_do_update(index_elements=["poll_id", "network"], set_=sum_of_both)
    return Statement(addition.returning(PollNetwork.poll_id, PollNetwork.network, PollNetwork.votes))
