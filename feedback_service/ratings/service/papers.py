"""Acts on piles of paper: opening one, keying its sheets twice, settling what differs, storing it, putting it aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict, Forbidden, NotFound
from feedback_service.core.ids import new_id
from feedback_service.questionnaires.queries import newest_published
from feedback_service.ratings.models import PaperBatch, PaperSheet
from feedback_service.ratings.queries.papers import BATCHES, BatchRow, batch, keyed_sheets
from feedback_service.ratings.rules.paper import MOST_SHEETS, Keyed, State

NOT_NOW = "This pile has gone on meanwhile. Please look at it again."
SAME_PERSON = "Whoever keyed the sheets first cannot key them a second time. Please ask somebody else."
OTHERS = "Somebody else keys this pile. Please open one of your own."


@dataclass(frozen=True)
class PileFacts:
    """What a pile is: where, by which questionnaire, how and on which day people answered."""

    unit_id: int
    counter_id: int | None
    questionnaire_id: str
    channel: str
    answered_on: date


def open_batch(session: Session, facts: PileFacts, *, by: str, now: datetime) -> int:
    """Open a pile and return its id; raises NotFound when nothing is published to ask by."""
    version = newest_published(session, facts.questionnaire_id)
    if version is None:
        raise NotFound("This questionnaire has no published version to ask by.")
    none_yet = {"sheets": 0, "differences": 0, "left_out": 0}
    row = {**vars(facts), "version": version, "keyed_by": by, "opened_at": now, **none_yet}
    batch_id = session.execute(insert(PaperBatch).values(row).returning(PaperBatch.id)).scalar_one()
    _note(session, "paper_batch.opened", batch_id, by=by, now=now)
    return batch_id


def key_sheet(session: Session, batch_id: int, number: int, keyed: Keyed, *, by: str, now: datetime) -> None:
    """Keep one sheet as this person keyed it, in the place of what he keyed before; raises Conflict, Forbidden."""
    known = _turn(session, batch_id, by=by, now=now)
    if not 0 < number <= MOST_SHEETS:
        raise Conflict("A pile can have at most 500 sheets. Please open another one.")
    side = {"first" if known.state is State.KEYING else "second": keyed.spelled()}
    here = (PaperSheet.batch_id == batch_id, PaperSheet.number == number)
    if session.execute(update(PaperSheet).where(*here).values(side).returning(PaperSheet.id)).scalar() is None:
        session.execute(insert(PaperSheet).values(id=str(new_id()), batch_id=batch_id, number=number, **side))


def take_sheet_back(session: Session, batch_id: int, number: int, *, by: str, now: datetime) -> None:
    """Forget one sheet as this person keyed it; the numbers of the others stay."""
    known = _turn(session, batch_id, by=by, now=now)
    here = (PaperSheet.batch_id == batch_id, PaperSheet.number == number)
    own, other = (PaperSheet.first, PaperSheet.second) if known.state is State.KEYING else _BACKWARDS
    session.execute(delete(PaperSheet).where(*here, other.is_(None)))
    session.execute(update(PaperSheet).where(*here).values({own.key: None}))


def end_keying(session: Session, batch_id: int, *, by: str, now: datetime) -> None:
    """Say that every sheet of the pile is keyed, the first or the second time; raises Conflict, Forbidden."""
    known = _turn(session, batch_id, by=by, now=now)
    is_first = known.state is State.KEYING
    side = PaperSheet.first if is_first else PaperSheet.second
    own = select(PaperSheet.id).where(PaperSheet.batch_id == batch_id, side.is_not(None)).limit(1)
    if session.execute(own).scalar() is None:
        raise Conflict("No sheet is keyed yet.")
    ended = {"keyed_at" if is_first else "checked_at": now, "sheets": keyed_sheets(session, batch_id)}
    session.execute(update(PaperBatch).where(PaperBatch.id == batch_id).values(ended))
    _note(session, f"paper_batch.{'keyed' if is_first else 'checked'}", batch_id, by=by, now=now)


def finish(session: Session, batch_id: int, stored: int, differed: int, *, by: str, now: datetime) -> None:
    """Note that a pile is stored, and forget how its sheets were keyed; raises Conflict when it is not its turn."""
    told = {"stored_at": now, "stored_by": by, "differences": differed, "left_out": PaperBatch.sheets - stored}
    turn = (PaperBatch.checked_at.is_not(None), PaperBatch.stored_at.is_(None), PaperBatch.dropped_at.is_(None))
    _change(session, batch_id, told, turn)
    _note(session, "paper_batch.stored", batch_id, by=by, now=now)


def drop(session: Session, batch_id: int, *, by: str, now: datetime) -> None:
    """Put a pile aside with everything that was keyed of it; raises Conflict when it is stored already."""
    _change(session, batch_id, {"dropped_at": now}, (PaperBatch.stored_at.is_(None), PaperBatch.dropped_at.is_(None)))
    _note(session, "paper_batch.dropped", batch_id, by=by, now=now)


def _change(session: Session, batch_id: int, told: Mapping[str, object], turn: Sequence[ColumnElement[bool]]) -> None:
    changed = update(PaperBatch).where(PaperBatch.id == batch_id, *turn)
    if session.execute(changed.values(told).returning(PaperBatch.id)).scalar() is None:
        raise Conflict(NOT_NOW)
    session.execute(delete(PaperSheet).where(PaperSheet.batch_id == batch_id))


def _turn(session: Session, batch_id: int, *, by: str, now: datetime) -> BatchRow:
    """Return the pile if it is this person's turn to key; whoever begins the second keying takes it up."""
    known = batch(session, batch_id)
    if known is None or known.state not in (State.KEYING, State.CHECKING):
        raise Conflict(NOT_NOW)
    if known.state is State.KEYING and known.keyed_by != by:
        raise Forbidden(OTHERS)
    if known.state is State.CHECKING and known.checked_by != by:
        _take_up(session, known, by=by, now=now)
    return known


def _take_up(session: Session, known: BatchRow, *, by: str, now: datetime) -> None:
    if known.keyed_by == by:
        raise Forbidden(SAME_PERSON)
    free = or_(PaperBatch.checked_by.is_(None), PaperBatch.checked_by == by)
    taken = update(PaperBatch).where(PaperBatch.id == known.id, free).values(checked_by=by).returning(PaperBatch.id)
    if session.execute(taken).scalar() is None:
        raise Forbidden(OTHERS)
    _note(session, "paper_batch.taken-up", known.id, by=by, now=now)


def _note(session: Session, act: str, batch_id: int, *, by: str, now: datetime) -> None:
    digest = BATCHES.digest(session, batch_id)
    note(session, Act(act, actor=by, subject=(BATCHES.kind, batch_id), digest=digest), now=now)


_BACKWARDS = (PaperSheet.second, PaperSheet.first)
