"""Reading polls with their options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.challenges.rules import Ladder
from feedback_service.polls.models import Poll, PollOption
from feedback_service.polls.rules import Kind, Phase, ResultsShown, Status, Words, phase_of
from feedback_service.units import queries as units

POLLS = RowWitness("poll", Poll, parts=(PollOption.poll_id,))
LIST_LIMIT = 200


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
    portals: tuple[str, ...] = ()

    @property
    def option_ids(self) -> tuple[int, ...]:
        """The ids of the answers in their order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True)
class ListPage:
    """Every poll that citizens may know of, by how it stands."""

    open: tuple[PollRow, ...]
    waiting: tuple[PollRow, ...]
    over: tuple[PollRow, ...]
    archived: tuple[PollRow, ...]


def by_slug(session: Session, slug: str, *, now: datetime) -> PollRow | None:
    """Return the poll at an address."""
    return next(iter(_polls(session, _AT_ADDRESS, {"at": slug}, now)), None)


def by_id(session: Session, poll_id: int, *, scope: Iterable[int], now: datetime) -> PollRow | None:
    """Return a poll of a unit within reach."""
    return next(iter(_polls(session, _OF_ID, {"id": poll_id, "scope": list(scope)}, now)), None)


def list_page(session: Session, *, now: datetime) -> ListPage:
    """Return the polls that citizens may know of, those that opened last first."""
    found = _polls(session, _PUBLISHED, {}, now)
    parts = (Phase.OPEN, Phase.WAITING, Phase.CLOSED, Phase.ARCHIVED)
    return ListPage(*(tuple(poll for poll in found if poll.phase is phase) for phase in parts))


def of_units(session: Session, scope: Iterable[int], *, now: datetime) -> tuple[PollRow, ...]:
    """Return the polls of units within reach, the newest first."""
    return _polls(session, _OF_UNITS, {"scope": list(scope)}, now)


def running_ids(session: Session) -> list[int]:
    """Return the polls that were opened and not yet closed by hand."""
    return list(session.execute(select(Poll.id).where(Poll.status == Status.OPEN.value).order_by(Poll.id)).scalars())


def unit_names(session: Session, polls: Iterable[PollRow]) -> Mapping[int, str]:
    """Return the names of the units that ask."""
    return units.names(session, {poll.unit_id for poll in polls})


def has_slug(session: Session, slug: str) -> bool:
    """Say whether an address is taken."""
    return session.execute(select(Poll.id).where(Poll.slug == slug)).first() is not None


_poll = Poll.__table__
_option = PollOption.__table__
_SELECTED = select(*_poll.c)
_AT_ADDRESS = _SELECTED.where(_poll.c.slug == bindparam("at"))
_OF_ID = _SELECTED.where(_poll.c.id == bindparam("id"), _poll.c.unit_id.in_(bindparam("scope", expanding=True)))
_PUBLISHED = (
    _SELECTED.where(_poll.c.status != Status.DRAFT.value)
    .order_by(_poll.c.opens_at.desc(), _poll.c.id.desc())
    .limit(LIST_LIMIT)
)
_OF_UNITS = (
    _SELECTED.where(_poll.c.unit_id.in_(bindparam("scope", expanding=True)))
    .order_by(_poll.c.created_at.desc(), _poll.c.id.desc())
    .limit(LIST_LIMIT)
)
_OPTIONS = (
    select(_option.c.poll_id, _option.c.id, _option.c.text_vi, _option.c.text_en)
    .where(_option.c.poll_id.in_(bindparam("ids", expanding=True)))
    .order_by(_option.c.poll_id, _option.c.position)
)


def _polls(session: Session, wanted: Select[Any], facts: dict[str, object], now: datetime) -> tuple[PollRow, ...]:
    connection = session.connection()
    found = connection.execute(wanted, facts).all()
    options: dict[int, tuple[OptionRow, ...]] = {}
    rows = connection.execute(_OPTIONS, {"ids": [poll.id for poll in found]}) if found else ()
    for poll_id, option_id, text_vi, text_en in rows:
        options[poll_id] = (*options.get(poll_id, ()), OptionRow(option_id, Words(text_vi, text_en)))
    return tuple(_row(poll, options.get(poll.id, ()), now) for poll in found)


def _row(poll: Row[Any], options: tuple[OptionRow, ...], now: datetime) -> PollRow:
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
        portals=tuple((poll.portals or "").split()),
    )
