"""Reading polls: for citizens, for the desk, and for proving that nothing was changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.challenges.rules import Challenge, Ladder
from feedback_service.core.errors import Fault
from feedback_service.core.numbers import share
from feedback_service.polls.models import Poll, PollOption, PollTally, Vote, VoteChoice
from feedback_service.polls.rules import Kind, Phase, ResultsShown, Status, Tier, Words, phase_of
from feedback_service.units import queries as units

POLLS = RowWitness("poll", Poll, parts=(PollOption.poll_id,))
VOTES = RowWitness("vote", Vote, is_final=True, parts=(VoteChoice.vote_id,))
WITNESSES = (POLLS, VOTES)
VOTES_THEMSELVES = 0
"""The option id under which the tally counts votes instead of choices."""
LIST_LIMIT = 200
Tally = Mapping[tuple[int, Tier], int]
"""How often an option was chosen in each tier; option 0 counts the votes."""


@dataclass(frozen=True)
class OptionRow:
    """One answer of a poll."""

    id: int
    text: Words


@dataclass(frozen=True)
class PollRow:
    """A poll with everything but its counts; `phase` holds for the moment at which it was read."""

    id: int
    slug: str
    unit_id: int
    question: Words
    note: Words
    kind: Kind
    most_choices: int
    status: Status
    phase: Phase
    opens_at: datetime
    closes_at: datetime | None
    ladder: Ladder
    results_shown: ResultsShown
    options: tuple[OptionRow, ...]

    @property
    def option_ids(self) -> tuple[int, ...]:
        """The ids of the answers in their order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True)
class Count:
    """How often one answer was chosen: in all, and without suspicious votes; shares are of votes, None of nothing."""

    option: OptionRow
    votes: int
    votes_share: float | None
    clean: int
    clean_share: float | None


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


@dataclass(frozen=True)
class ListPage:
    """Every poll that citizens may know of, by how it stands."""

    open: tuple[PollRow, ...]
    waiting: tuple[PollRow, ...]
    over: tuple[PollRow, ...]
    archived: tuple[PollRow, ...]


@dataclass(frozen=True)
class ResultsPage:
    """The counts of a poll at a moment, absent while they are not to be seen."""

    poll: PollRow
    results: Results | None
    has_voted: bool
    only_clean: bool
    counted_at: datetime


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

    def fault_of(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return next((fault.message for fault in self.faults if fault.pointer == field), None)


def by_slug(session: Session, slug: str, *, now: datetime) -> PollRow | None:
    """Return the poll at an address."""
    return next(iter(_polls(session, select(Poll).where(Poll.slug == slug), now)), None)


def by_id(session: Session, poll_id: int, *, scope: Iterable[int], now: datetime) -> PollRow | None:
    """Return a poll of a unit within reach."""
    wanted = select(Poll).where(Poll.id == poll_id, Poll.unit_id.in_(list(scope)))
    return next(iter(_polls(session, wanted, now)), None)


def list_page(session: Session, *, now: datetime) -> ListPage:
    """Return the polls that citizens may know of, those that opened last first."""
    wanted = select(Poll).where(Poll.status != Status.DRAFT).order_by(Poll.opens_at.desc(), Poll.id.desc())
    found = _polls(session, wanted.limit(LIST_LIMIT), now)
    parts = (Phase.OPEN, Phase.WAITING, Phase.CLOSED, Phase.ARCHIVED)
    return ListPage(*(tuple(poll for poll in found if poll.phase is phase) for phase in parts))


def of_units(session: Session, scope: Iterable[int], *, now: datetime) -> tuple[PollRow, ...]:
    """Return the polls of units within reach, the newest first."""
    wanted = select(Poll).where(Poll.unit_id.in_(list(scope))).order_by(Poll.created_at.desc(), Poll.id.desc())
    return _polls(session, wanted.limit(LIST_LIMIT), now)


def unit_names(session: Session, polls: Iterable[PollRow]) -> Mapping[int, str]:
    """Return the names of the units that ask."""
    return units.names(session, {poll.unit_id for poll in polls})


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


def has_slug(session: Session, slug: str) -> bool:
    """Say whether an address is taken."""
    return session.execute(select(Poll.id).where(Poll.slug == slug)).first() is not None


def differences(session: Session) -> Iterator[str]:
    """Yield a sentence for every number of the tally that a recount of the votes does not give."""
    kept = {tuple(row[:3]): row[3] for row in session.execute(select(*_tally_columns(), PollTally.count))}
    found = recount(session)
    for cell in sorted(set(kept) | set(found), key=str):
        if kept.get(cell, 0) != found.get(cell, 0):
            poll_id, option_id, tier = cell
            what = f"option {option_id}" if option_id else "votes"
            yield f"poll {poll_id}, {what}, {tier}: {kept.get(cell, 0)} kept, {found.get(cell, 0)} counted"


def recount(session: Session) -> dict[tuple[int, int, str], int]:
    """Return what the tally of every poll must hold, counted from the votes."""
    votes = select(Vote.poll_id, Vote.tier, func.count()).group_by(Vote.poll_id, Vote.tier)
    choices = (
        select(Vote.poll_id, VoteChoice.option_id, Vote.tier, func.count())
        .join(VoteChoice, VoteChoice.vote_id == Vote.id)
        .group_by(Vote.poll_id, VoteChoice.option_id, Vote.tier)
    )
    found = {(poll_id, VOTES_THEMSELVES, tier): count for poll_id, tier, count in session.execute(votes)}
    return found | {(poll_id, option_id, tier): count for poll_id, option_id, tier, count in session.execute(choices)}


def _tally_columns() -> tuple[Any, ...]:
    return PollTally.poll_id, PollTally.option_id, PollTally.tier


def _polls(session: Session, wanted: Select[Poll], now: datetime) -> tuple[PollRow, ...]:
    found = list(session.execute(wanted).scalars())
    options = _options(session, [poll.id for poll in found])
    return tuple(_row(poll, options.get(poll.id, ()), now) for poll in found)


def _options(session: Session, poll_ids: list[int]) -> dict[int, tuple[OptionRow, ...]]:
    wanted = (
        select(PollOption).where(PollOption.poll_id.in_(poll_ids)).order_by(PollOption.poll_id, PollOption.position)
    )
    found: dict[int, tuple[OptionRow, ...]] = {}
    for option in session.execute(wanted).scalars() if poll_ids else ():
        row = OptionRow(option.id, Words(option.text_vi, option.text_en))
        found[option.poll_id] = (*found.get(option.poll_id, ()), row)
    return found


def _row(poll: Poll, options: tuple[OptionRow, ...], now: datetime) -> PollRow:
    status = Status(poll.status)
    return PollRow(
        id=poll.id,
        slug=poll.slug,
        unit_id=poll.unit_id,
        question=Words(poll.question_vi, poll.question_en),
        note=Words(poll.note_vi, poll.note_en),
        kind=Kind(poll.kind),
        most_choices=poll.most_choices,
        status=status,
        phase=phase_of(status, poll.opens_at, poll.closes_at, now),
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        ladder=Ladder(poll.ladder),
        results_shown=ResultsShown(poll.results_shown),
        options=options,
    )


def _both(tally: Tally, option_id: int) -> tuple[int, int]:
    clean = tally.get((option_id, Tier.CLEAN), 0)
    return clean + tally.get((option_id, Tier.SUSPICIOUS), 0), clean


def _count(option: OptionRow, tally: Tally, votes: int, clean: int) -> Count:
    chosen, chosen_clean = _both(tally, option.id)
    return Count(option, chosen, share(chosen, votes), chosen_clean, share(chosen_clean, clean))
