"""Reading what is in doubt about the votes of a poll, and what became of one vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.words import Sentence
from feedback_service.polls.models import (
    Poll,
    PollFinding,
    PollFindingVote,
    PollTraffic,
    PollVerdict,
    Vote,
    VoteChoice,
    VoteStanding,
)
from feedback_service.polls.rules import Tier, Words
from feedback_service.polls.rules.suspicion import Cast, Hour, Rule
from feedback_service.polls.rules.telling import RULE_NAMES

VERDICTS = RowWitness("poll_verdict", PollVerdict)
ISSUED = "issued"
"""The kind under which the traffic counts pages to vote on; all others are refusals."""
FAILED = ("wrong-code", "wrong-work")


@dataclass(frozen=True)
class VerdictRow:
    """What a person decided about a finding."""

    is_counted: bool
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class FindingRow:
    """Votes in doubt for one reason, and what a person decided about them, if somebody did."""

    id: int
    rule: Rule
    place: str
    version: int
    found_at: datetime
    votes: int
    verdict: VerdictRow | None

    @property
    def name(self) -> str:
        """The message id of the reason."""
        return RULE_NAMES[self.rule]

    @property
    def where(self) -> Sentence:
        """Which network, day or window it is about."""
        start, _, minutes = self.place.partition("/")
        if minutes:
            begins = datetime.fromisoformat(start).replace(tzinfo=UTC)
            return Sentence("from {moment}, for {minutes} minutes", {"moment": begins, "minutes": int(minutes)})
        if "-" in start:
            return Sentence("on {day}", {"day": date.fromisoformat(start)})
        return Sentence("network {name} on one day", {"name": start[:6]})

    @property
    def is_held(self) -> bool:
        """Whether these votes are left out of the count without suspicious ones."""
        return self.verdict is None or not self.verdict.is_counted


@dataclass(frozen=True)
class Fate:
    """What became of one vote: when it was stored, whether it counts without doubt, and why not."""

    question: Words
    slug: str
    stored_at: datetime
    is_counted: bool
    rules: tuple[Rule, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The message ids of the reasons."""
        return tuple(RULE_NAMES[rule] for rule in self.rules)


def casts(session: Session, poll_id: int) -> list[Cast]:
    """Return every vote of a poll as the rules of suspicion see it."""
    options: dict[str, tuple[int, ...]] = {}
    chosen = (
        select(VoteChoice.vote_id, VoteChoice.option_id)
        .join(Vote, Vote.id == VoteChoice.vote_id)
        .where(Vote.poll_id == poll_id)
        .order_by(VoteChoice.option_id)
    )
    for vote_id, option_id in session.execute(chosen):
        options[vote_id] = (*options.get(vote_id, ()), option_id)
    columns = (Vote.id, Vote.stored_at, Vote.tier, Vote.network, Vote.fill_seconds, Vote.doubt)
    rows = session.execute(select(*columns).where(Vote.poll_id == poll_id))
    return [
        Cast(row.id, row.stored_at, options.get(row.id, ()), row.network or "", row.fill_seconds, _doubt(row))
        for row in rows
    ]


def hours(session: Session, poll_id: int) -> list[Hour]:
    """Return what came to a poll beside its votes, hour by hour."""
    found: dict[datetime, list[int]] = {}
    rows = session.execute(
        select(PollTraffic.hour_at, PollTraffic.kind, PollTraffic.count).where(PollTraffic.poll_id == poll_id)
    )
    for hour_at, kind, count in rows:
        issued, failed = found.setdefault(hour_at, [0, 0])
        found[hour_at] = [issued + count * (kind == ISSUED), failed + count * (kind in FAILED)]
    return [Hour(at, *counts) for at, counts in sorted(found.items())]


def findings(session: Session, poll_id: int) -> tuple[FindingRow, ...]:
    """Return what is in doubt about a poll, the largest finding first."""
    votes = func.count(PollFindingVote.vote_id)
    rows = session.execute(
        select(PollFinding, votes)
        .join(PollFindingVote, PollFindingVote.finding_id == PollFinding.id)
        .where(PollFinding.poll_id == poll_id)
        .group_by(PollFinding.id)
        .order_by(votes.desc(), PollFinding.id)
    ).all()
    known = verdicts(session, poll_id)
    return tuple(
        FindingRow(
            one.id, Rule(one.rule), one.place, one.version, one.found_at, count, known.get((one.rule, one.place))
        )
        for one, count in rows
    )


def verdicts(session: Session, poll_id: int) -> dict[tuple[str, str], VerdictRow]:
    """Return what people decided about findings of a poll, by rule and place."""
    rows = session.execute(select(PollVerdict).where(PollVerdict.poll_id == poll_id)).scalars()
    return {
        (row.rule, row.place): VerdictRow(row.is_counted, row.reason, row.decided_by, row.decided_at) for row in rows
    }


def fate(session: Session, receipt: str) -> Fate | None:
    """Return what became of the vote with this mark of a receipt; what was chosen is not read."""
    columns = (Vote.id, Vote.tier, Vote.doubt, Vote.stored_at, Vote.poll_id)
    poll = (Poll.slug, Poll.question_vi, Poll.question_en, VoteStanding.tier.label("standing"))
    row = session.execute(
        select(*columns, *poll)
        .join(Poll, Poll.id == Vote.poll_id)
        .outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id)
        .where(Vote.receipt == receipt)
    ).one_or_none()
    if row is None:
        return None
    is_counted = (row.standing or row.tier) == Tier.CLEAN
    rules = () if is_counted else _rules_of(session, row.poll_id, row.id) or (Rule(_doubt(row)),)
    return Fate(Words(row.question_vi, row.question_en), row.slug, row.stored_at, is_counted, rules)


def _rules_of(session: Session, poll_id: int, vote_id: str) -> tuple[Rule, ...]:
    rows = session.execute(
        select(PollFinding.rule, PollFinding.place)
        .join(PollFindingVote, PollFindingVote.finding_id == PollFinding.id)
        .where(PollFindingVote.vote_id == vote_id)
    )
    undone = acquitted(verdicts(session, poll_id).items())
    return tuple(sorted({Rule(rule) for rule, place in rows if (rule, place) not in undone}))


def acquitted(known: Iterable[tuple[tuple[str, str], VerdictRow]]) -> frozenset[tuple[str, str]]:
    """Return rule and place of the findings that a person undid."""
    return frozenset(key for key, verdict in known if verdict.is_counted)


def _doubt(row: object) -> str:
    doubt, tier = getattr(row, "doubt", None), getattr(row, "tier", "")
    return str(doubt or (Rule.RECORDED.value if tier == Tier.SUSPICIOUS else ""))
