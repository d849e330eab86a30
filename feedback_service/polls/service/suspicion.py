"""Looking at all votes of a poll together: the rules find, a person may undo, the tally follows, nothing is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any
from typing import cast as as_type

from sqlalchemy import Insert, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound, Refused
from feedback_service.db import Base
from feedback_service.notices.service import Job
from feedback_service.polls import queries
from feedback_service.polls.models import Poll, PollFinding, PollFindingVote, PollVerdict, Vote, VoteStanding
from feedback_service.polls.queries import POLLS, VERDICTS
from feedback_service.polls.rules import Tier
from feedback_service.polls.rules.suspicion import REASON_LETTERS, VERSION, Finding, Rule, findings_of, in_doubt
from feedback_service.polls.service.voting import rebuild_tally
from feedback_service.settings import Settings

SYSTEM = "system"
AT = time(2, 20)


@dataclass(frozen=True)
class Verdict:
    """What a person decides about a finding: whether its votes count again after all, and why."""

    finding_id: int
    is_counted: bool
    reason: str


def examine(session: Session, poll_id: int, *, by: str, now: datetime) -> int:
    """Run the rules over every vote of a poll, keep what they find, and return how many votes are in doubt.

    What a person undid stays undone. Running them again finds the same again.
    """
    session.execute(select(Poll.id).where(Poll.id == poll_id).with_for_update())
    found = findings_of(queries.casts(session, poll_id), queries.hours(session, poll_id))
    old = select(PollFinding.id).where(PollFinding.poll_id == poll_id)
    session.execute(delete(PollFindingVote).where(PollFindingVote.finding_id.in_(old)))
    session.execute(delete(PollFinding).where(PollFinding.poll_id == poll_id))
    _keep(session, poll_id, found, now)
    held = _settle(session, poll_id, found)
    facts = {"version": VERSION, "rows": held}
    note(session, Act("poll.examined", by, (POLLS.kind, poll_id), POLLS.digest(session, poll_id), facts=facts), now=now)
    return held


def judge(session: Session, poll_id: int, verdict: Verdict, *, by: str, now: datetime) -> None:
    """Have the votes of a finding count again, or no more; raises Refused without a reason, NotFound."""
    if not verdict.reason.strip():
        raise Refused("Please write why.")
    known = select(PollFinding.rule, PollFinding.place)
    row = session.execute(
        known.where(PollFinding.id == verdict.finding_id, PollFinding.poll_id == poll_id)
    ).one_or_none()
    if row is None:
        raise NotFound("The rules have run meanwhile. Please look at the list again.")
    session.execute(select(Poll.id).where(Poll.id == poll_id).with_for_update())
    values = {
        "poll_id": poll_id,
        "rule": row.rule,
        "place": row.place,
        "is_counted": verdict.is_counted,
        "reason": verdict.reason[:REASON_LETTERS],
        "decided_by": by,
        "decided_at": now,
    }
    verdict_id = session.execute(_decision(session.get_bind().dialect.name), values).scalar_one()
    _settle(session, poll_id, _kept(session, poll_id))
    digest = VERDICTS.digest(session, verdict_id)
    act = "poll_verdict.counted" if verdict.is_counted else "poll_verdict.set-aside"
    note(session, Act(act, by, (VERDICTS.kind, verdict_id), digest), now=now)


def examine_running(session: Session, _settings: Settings, now: datetime) -> None:
    """Run the rules over every poll that is open; the daily job."""
    for poll_id in queries.running_ids(session):
        examine(session, poll_id, by=SYSTEM, now=now)


JOBS = (Job("polls.suspicion", AT, examine_running),)
FINDINGS, HELD, STANDINGS = (
    insert(Base.metadata.tables[model.__tablename__]) for model in (PollFinding, PollFindingVote, VoteStanding)
)


def _keep(session: Session, poll_id: int, found: Sequence[Finding], now: datetime) -> None:
    """Store findings with three statements, however many there are: votes wait meanwhile."""
    connection = session.connection()
    same = {"poll_id": poll_id, "version": VERSION, "found_at": now}
    rows = [{**same, "rule": finding.rule.value, "place": finding.place} for finding in found]
    if not rows:
        return
    connection.execute(FINDINGS, rows)
    known = connection.execute(
        select(PollFinding.id, PollFinding.rule, PollFinding.place).where(PollFinding.poll_id == poll_id)
    )
    ids = {(rule, place): finding_id for finding_id, rule, place in known}
    connection.execute(
        HELD,
        [
            {"finding_id": ids[finding.rule.value, finding.place], "vote_id": vote_id}
            for finding in found
            for vote_id in finding.vote_ids
        ],
    )


def _kept(session: Session, poll_id: int) -> list[Finding]:
    votes: dict[tuple[str, str], list[str]] = {}
    rows = session.execute(
        select(PollFinding.rule, PollFinding.place, PollFindingVote.vote_id)
        .join(PollFindingVote, PollFindingVote.finding_id == PollFinding.id)
        .where(PollFinding.poll_id == poll_id)
    )
    for rule, place, vote_id in rows:
        votes.setdefault((rule, place), []).append(vote_id)
    return [Finding(Rule(rule), place, tuple(found)) for (rule, place), found in votes.items()]


def _settle(session: Session, poll_id: int, found: Iterable[Finding]) -> int:
    """Write down which votes stand otherwise than they were stored, count again, and return how many are in doubt.

    A vote that came after the rules last ran stands as it was stored.
    """
    found = list(found)
    held = in_doubt(found, queries.acquitted(queries.verdicts(session, poll_id).items()))
    seen = {vote_id for finding in found for vote_id in finding.vote_ids}
    stored = session.execute(select(Vote.id, Vote.tier).where(Vote.poll_id == poll_id)).all()
    tiers = {vote_id: Tier.SUSPICIOUS if vote_id in held else Tier.CLEAN for vote_id in seen}
    standing = {row.id: tiers.get(row.id, Tier(row.tier)) for row in stored}
    changed = [{"vote_id": row.id, "tier": standing[row.id].value} for row in stored if standing[row.id] != row.tier]
    mine = select(Vote.id).where(Vote.poll_id == poll_id)
    session.execute(delete(VoteStanding).where(VoteStanding.vote_id.in_(mine)))
    if changed:
        session.connection().execute(STANDINGS, changed)
    rebuild_tally(session, poll_id)
    return sum(tier is Tier.SUSPICIOUS for tier in standing.values())


@lru_cache(maxsize=2)
def _decision(dialect_name: str) -> Any:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    decision = dialect.insert(PollVerdict)
    fields = ("is_counted", "reason", "decided_by", "decided_at")
    changed = {name: decision.excluded[name] for name in fields}
    place = ["poll_id", "rule", "place"]
    return as_type("Insert", decision.on_conflict_do_update(index_elements=place, set_=changed)).returning(
        PollVerdict.id
    )
