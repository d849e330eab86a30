"""Piles of paper within reach, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.questionnaires import queries as questionnaires
from feedback_service.questionnaires.queries import Offer, asked_by
from feedback_service.questionnaires.rules import Question, asked_of_citizens
from feedback_service.ratings.queries.papers import BatchRow, batch, pairs
from feedback_service.ratings.rules import Channel
from feedback_service.ratings.rules.paper import Keyed, Pair, State
from feedback_service.units import queries as units
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

PAGE = "/staff/papers"
NONE = "There is no such pile of paper."
CHANNEL_NAMES: Mapping[Channel, str] = {Channel.PAPER: "Paper", Channel.PHONE: "Telephone"}
STATE_NAMES: Mapping[State, str] = {
    State.KEYING: "is being keyed",
    State.CHECKING: "waits for the second keying",
    State.COMPARING: "to be compared",
    State.STORED: "counted",
    State.DROPPED: "put aside",
}
"""Message ids of where a pile stands."""


@dataclass(frozen=True)
class Line:
    """One pile in words; `is_own` when this person keyed it first."""

    batch: BatchRow
    title: str
    unit: str
    counter: str
    is_own: bool

    @property
    def channel_name(self) -> str:
        """The message id of its channel."""
        return CHANNEL_NAMES[Channel(self.batch.channel)]

    @property
    def state_name(self) -> str:
        """The message id of where it stands."""
        return STATE_NAMES[self.batch.state]


@dataclass(frozen=True)
class Pile:
    """A pile with what it asks and its sheets."""

    line: Line
    questions: tuple[Question, ...]
    pairs: tuple[Pair, ...]

    @property
    def is_mine(self) -> bool:
        """Whether it is the turn of this person to key."""
        row, me = self.line.batch, person().actor
        if row.state is State.CHECKING:
            return row.keyed_by != me and row.checked_by in (None, me)
        return row.state is State.KEYING and row.keyed_by == me

    def own(self, pair: Pair) -> Keyed | None:
        """Return a sheet as this person keyed it."""
        return pair.first if self.line.batch.state is State.KEYING else pair.second


def reached(session: Session, batch_id: int) -> BatchRow:
    """Return a pile within reach; raises NotFound."""
    found = batch(session, batch_id)
    if found is None or found.unit_id not in person().scope:
        raise NotFound(NONE)
    return found


def pile(session: Session, batch_id: int) -> Pile:
    """Return a pile within reach with its sheets; raises NotFound."""
    row = reached(session, batch_id)
    version = questionnaires.published(session, row.questionnaire_id, row.version)
    if version is None:
        raise NotFound(NONE)
    (line,) = lines(session, (row,))
    return Pile(line, asked_of_citizens(version.questions), pairs(session, row.id))


def lines(session: Session, rows: tuple[BatchRow, ...]) -> tuple[Line, ...]:
    titles = {offer.id: said(offer) for offer in asked_by(session)}
    names = units.names(session, {row.unit_id for row in rows})
    counters = units.counter_names(session, {row.counter_id for row in rows if row.counter_id})
    return tuple(
        Line(
            row,
            titles.get(row.questionnaire_id, row.questionnaire_id),
            names[row.unit_id],
            counters[row.counter_id] if row.counter_id else "",
            row.keyed_by == person().actor,
        )
        for row in rows
    )


def said(offer: Offer) -> str:
    """Return the title of a questionnaire in the language of the page."""
    return offer.title.get(language()) or offer.title["vi"]
