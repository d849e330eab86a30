"""Reading how a poll was counted: what came, what was refused and why, and how the votes came in over the days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from feedback_service.audit.queries import ClosedDay, closed_days
from feedback_service.core.period import local_day
from feedback_service.polls.models import PollTraffic, Vote
from feedback_service.polls.queries.counts import Results, results
from feedback_service.polls.queries.polls import PollRow
from feedback_service.polls.queries.suspicion import ISSUED, FindingRow, findings
from feedback_service.polls.rules.suspicion import VERSION, Rule
from feedback_service.polls.rules.telling import RULE_NAMES, refusal_name

MOST_DAYS = 60


@dataclass(frozen=True)
class DayCount:
    """How many votes came on one day, and its column: place from the left and height from 0 to 1."""

    day: date
    votes: int
    place: int
    height: float


@dataclass(frozen=True)
class RuleCount:
    """How many votes one rule holds, and how many of its findings a person undid."""

    rule: Rule
    votes: int
    undone: int

    @property
    def name(self) -> str:
        """The message id of the rule."""
        return RULE_NAMES[self.rule]


@dataclass(frozen=True)
class Integrity:
    """How a poll was counted: `refused` by the message id of the reason, `closed` is the last day of the ledger."""

    results: Results
    refused: tuple[tuple[str, int], ...]
    days: tuple[DayCount, ...]
    rules: tuple[RuleCount, ...]
    closed: ClosedDay | None
    version: int = VERSION

    @property
    def refused_count(self) -> int:
        """How many tries were refused."""
        return sum(count for _reason, count in self.refused)


@dataclass(frozen=True)
class IntegrityPage:
    """A poll and how it was counted, absent while its counts are not to be seen."""

    poll: PollRow
    integrity: Integrity | None
    counted_at: datetime


def integrity(session: Session, poll: PollRow) -> Integrity:
    """Return how a poll was counted; of the ledger it tells the head of the last closed day.

    A head of this very moment would tell by its changes how many votes come in, those of hidden polls too.
    """
    return Integrity(
        results=results(session, poll),
        refused=_refused(session, poll.id),
        days=_days(session, poll.id),
        rules=_rules(findings(session, poll.id)),
        closed=next(iter(closed_days(session, limit=1)), None),
    )


def _refused(session: Session, poll_id: int) -> tuple[tuple[str, int], ...]:
    total = func.sum(PollTraffic.count)
    rows = session.execute(
        select(PollTraffic.kind, total)
        .where(PollTraffic.poll_id == poll_id, PollTraffic.kind != ISSUED)
        .group_by(PollTraffic.kind)
        .order_by(total.desc(), PollTraffic.kind)
    )
    return tuple((refusal_name(kind), int(count)) for kind, count in rows)


def _days(session: Session, poll_id: int) -> tuple[DayCount, ...]:
    if session.get_bind().dialect.name == "sqlite":
        hour = func.substr(type_coerce(Vote.stored_at, String), 1, 13)
    else:
        hour = func.to_char(func.timezone("UTC", Vote.stored_at), "YYYY-MM-DD HH24", type_=String)
    counted: Counter[date] = Counter()
    for text, count in session.execute(select(hour, func.count()).where(Vote.poll_id == poll_id).group_by(hour)):
        counted[local_day(datetime.fromisoformat(f"{text}:00:00+00:00"))] += count
    most = max(counted.values(), default=0)
    shown = sorted(counted)[-MOST_DAYS:]
    return tuple(DayCount(day, counted[day], (day - shown[0]).days, counted[day] / most) for day in shown)


def _rules(found: tuple[FindingRow, ...]) -> tuple[RuleCount, ...]:
    votes: Counter[Rule] = Counter()
    undone: Counter[Rule] = Counter()
    for finding in found:
        votes[finding.rule] += finding.votes * finding.is_held
        undone[finding.rule] += not finding.is_held
    return tuple(RuleCount(rule, votes[rule], undone[rule]) for rule in sorted(votes))
