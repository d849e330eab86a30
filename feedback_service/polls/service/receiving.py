"""Receiving tries to vote, many in one transaction: the challenge is spent, the vote counted, or the refusal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.challenges.rules import Attempt, Outcome
from feedback_service.challenges.service import Spending, spend_all
from feedback_service.polls.models import PollTraffic
from feedback_service.polls.service.networks import Keyring, Naming
from feedback_service.polls.service.voting import Ballot, Casting, cast_all, opens
from feedback_service.statements import Statement

SHUT = "shut"
"""The kind of a refusal that no challenge knows: the poll is not open."""
HOUR = ("poll_id", "hour_at", "kind")


@dataclass(frozen=True)
class Try:
    """Somebody's try to vote: the ballot, what was answered to the challenge, when; `came` is counted beside it.

    The trace of the ballot tells the network itself, in memory only: `receive` names it by the `keyring` instead.
    """

    ballot: Ballot
    attempt: Attempt
    came: Mapping[str, int]
    now: datetime
    keyring: Keyring

    def casting(self, naming: Naming) -> Casting:
        """Return the ballot with its network named, to be counted."""
        ballot = self.ballot
        assert ballot.trace
        name = naming(ballot.trace.network, ballot.poll_id, now=self.now)
        return Casting(replace(ballot, trace=replace(ballot.trace, network=name)), self.now)


def receive(session: Session, tries: Sequence[Try]) -> list[Outcome | None]:
    """Count the votes that pass; return what became of each challenge, None for a poll that is not open any more."""
    is_open = opens(session, (one.ballot.poll_id for one in tries))
    heard = [one for one in tries if is_open(one.ballot.poll_id, one.now)]
    spendings = [Spending(one.attempt, one.ballot.id, one.now) for one in heard]
    outcomes = dict(zip(map(id, heard), spend_all(session, spendings), strict=True))
    passed = [one for one in heard if outcomes[id(one)] is Outcome.PASSED]
    if passed:
        naming = passed[0].keyring.naming()
        cast_all(session, [one.casting(naming) for one in passed])
    told = [outcomes.get(id(one)) for one in tries]
    _add_traffic(session, tries, told)
    return told


def count_traffic(session: Session, poll_id: int, came: Mapping[str, int], *, now: datetime) -> None:
    """Count what came to a poll beside counted votes, by its kind, in the hour of `now`."""
    _add(session, Counter({(poll_id, _hour(now), kind): count for kind, count in came.items()}))


def _add_traffic(session: Session, tries: Sequence[Try], told: Sequence[Outcome | None]) -> None:
    counts: Counter[tuple[int, datetime, str]] = Counter()
    for one, outcome in zip(tries, told, strict=True):
        poll_id, hour_at = one.ballot.poll_id, _hour(one.now)
        counts.update({(poll_id, hour_at, kind): count for kind, count in one.came.items()})
        if outcome not in (Outcome.PASSED, Outcome.REPEATED):
            counts[poll_id, hour_at, outcome.value if outcome else SHUT] += 1
    _add(session, counts)


def _add(session: Session, counts: Counter[tuple[int, datetime, str]]) -> None:
    rows = [{**dict(zip(HOUR, of, strict=True)), "count": counts[of]} for of in sorted(counts) if counts[of]]
    if rows:
        connection = session.connection()
        _addition(connection.dialect.name).each(connection, rows)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


@lru_cache(maxsize=2)
def _addition(dialect_name: str) -> Statement:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    addition = dialect.insert(PollTraffic)
    sum_of_both = {"count": PollTraffic.count + addition.excluded.count}
    return Statement(addition.on_conflict_do_update(index_elements=HOUR, set_=sum_of_both))
