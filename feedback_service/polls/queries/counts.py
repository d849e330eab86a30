"""Reading what was counted, and whether it agrees with the votes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.challenges.rules import Challenge
from feedback_service.core.errors import Fault
from feedback_service.core.numbers import share
from feedback_service.polls.models import PollTally, Vote, VoteChoice, VoteStanding
from feedback_service.polls.queries.polls import OptionRow, PollRow
from feedback_service.polls.rules import Tier

VOTES = RowWitness("vote", Vote, is_final=True, parts=(VoteChoice.vote_id,))
VOTES_THEMSELVES = 0
"""The option id under which the tally counts votes instead of choices."""
Tally = Mapping[tuple[int, Tier], int]
"""How often an option was chosen in each tier; option 0 counts the votes."""


@dataclass(frozen=True)
class Count:
    """How often one answer was chosen: in all, and without suspicious votes; shares are of votes, None of nothing."""

    option: OptionRow
    votes: int
    votes_share: float | None
    clean: int
    clean_share: float | None


@dataclass(frozen=True)
class VoteRow:
    """One vote as it may leave the office: when it came, how it counts by now, the words of what was chosen."""

    stored_at: datetime
    tier: Tier
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """The counts of a poll."""

    votes: int
    clean: int
    counts: tuple[Count, ...]

    @property
    def suspicious(self) -> int:
        """How many votes are in doubt; they stay in the published total."""
        return self.votes - self.clean

    @property
    def leader_changes(self) -> bool:
        """Whether another answer leads, or leads alone, once suspicious votes are left out."""
        return _leaders([count.votes for count in self.counts]) != _leaders([count.clean for count in self.counts])


@dataclass(frozen=True)
class ResultsPage:
    """The counts of a poll at a moment, absent while they are not to be seen; `receipt` in groups, once after a vote.

    `voted` is the token with which a frame, which keeps no cookie, comes back to what its voter may see.
    """

    poll: PollRow
    results: Results | None
    has_voted: bool
    only_clean: bool
    counted_at: datetime
    receipt: tuple[str, ...] = ()
    voted: str = ""


@dataclass(frozen=True)
class PollPage:
    """A question and what was chosen so far; `challenge` is absent when nobody can vote, `votes` when it is hidden."""

    poll: PollRow
    challenge: Challenge | None
    votes: int | None
    chosen: tuple[int, ...] = ()
    code: str = ""
    faults: tuple[Fault, ...] = ()
    is_preview: bool = False
    oembed_url: str = ""

    def fault_of(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return next((fault.message for fault in self.faults if fault.pointer == field), None)


def vote_counts(session: Session, poll_ids: Iterable[int]) -> dict[int, int]:
    """Return how many votes each poll has; polls without one are absent."""
    wanted = (
        select(PollTally.poll_id, func.sum(PollTally.count))
        .where(PollTally.option_id == VOTES_THEMSELVES, PollTally.poll_id.in_(list(poll_ids)))
        .group_by(PollTally.poll_id)
    )
    return {poll_id: int(votes) for poll_id, votes in session.execute(wanted)}


def results(session: Session, poll: PollRow) -> Results:
    """Return the counts of a poll from its tally."""
    rows = session.execute(
        select(PollTally.option_id, PollTally.tier, PollTally.count).where(PollTally.poll_id == poll.id)
    )
    tally = {(option_id, Tier(tier)): count for option_id, tier, count in rows}
    votes, clean = _both(tally, VOTES_THEMSELVES)
    return Results(votes, clean, tuple(_count(option, tally, votes, clean) for option in poll.options))


def votes(session: Session, poll: PollRow) -> list[VoteRow]:
    """Return every vote of a poll in the order in which they came."""
    texts = {option.id: option.text.vi for option in poll.options}
    chosen: dict[str, list[str]] = {}
    choices = select(VoteChoice.vote_id, VoteChoice.option_id).join(Vote, Vote.id == VoteChoice.vote_id)
    for vote_id, option_id in session.execute(choices.where(Vote.poll_id == poll.id).order_by(VoteChoice.option_id)):
        chosen.setdefault(vote_id, []).append(texts[option_id])
    rows = session.execute(
        select(Vote.id, Vote.stored_at, func.coalesce(VoteStanding.tier, Vote.tier))
        .outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id)
        .where(Vote.poll_id == poll.id)
        .order_by(Vote.stored_at, Vote.id)
    )
    return [VoteRow(stored_at, Tier(tier), tuple(chosen.get(vote_id, ()))) for vote_id, stored_at, tier in rows]


def differences(session: Session) -> Iterator[str]:
    """Yield a sentence for every number of the tally that a recount of the votes does not give."""
    kept = {tuple(row[:3]): row[3] for row in session.execute(select(*_tally_columns(), PollTally.count))}
    found = recount(session)
    for cell in sorted(set(kept) | set(found), key=str):
        if kept.get(cell, 0) != found.get(cell, 0):
            poll_id, option_id, tier = cell
            what = f"option {option_id}" if option_id else "votes"
            yield f"poll {poll_id}, {what}, {tier}: {kept.get(cell, 0)} kept, {found.get(cell, 0)} counted"


def recount(session: Session, poll_id: int | None = None) -> dict[tuple[int, int, str], int]:
    """Return what the tally of a poll, or of every poll, must hold, counted from the votes as they stand by now."""
    tier = func.coalesce(VoteStanding.tier, Vote.tier)
    mine = (Vote.poll_id == poll_id,) if poll_id is not None else ()
    votes = (
        select(Vote.poll_id, tier, func.count())
        .outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id)
        .where(*mine)
        .group_by(Vote.poll_id, tier)
    )
    choices = (
        select(Vote.poll_id, VoteChoice.option_id, tier, func.count())
        .join(VoteChoice, VoteChoice.vote_id == Vote.id)
        .outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id)
        .where(*mine)
        .group_by(Vote.poll_id, VoteChoice.option_id, tier)
    )
    found = {(poll_id, VOTES_THEMSELVES, tier): count for poll_id, tier, count in session.execute(votes)}
    return found | {(poll_id, option_id, tier): count for poll_id, option_id, tier, count in session.execute(choices)}


def _tally_columns() -> tuple[Any, ...]:
    return PollTally.poll_id, PollTally.option_id, PollTally.tier


def _both(tally: Tally, option_id: int) -> tuple[int, int]:
    clean = tally.get((option_id, Tier.CLEAN), 0)
    return clean + tally.get((option_id, Tier.SUSPICIOUS), 0), clean


def _count(option: OptionRow, tally: Tally, votes: int, clean: int) -> Count:
    chosen, chosen_clean = _both(tally, option.id)
    return Count(option, chosen, share(chosen, votes), chosen_clean, share(chosen_clean, clean))


def _leaders(counts: list[int]) -> set[int]:
    most = max(counts, default=0)
    return {place for place, count in enumerate(counts) if count == most} if most else set()
