"""Reading piles of paper: which there are, one with its sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.ratings.models import PaperBatch, PaperSheet
from feedback_service.ratings.rules.paper import Pair, State, read_back, state_of

BATCHES = RowWitness("paper_batch", PaperBatch)
LIST_LIMIT = 200


@dataclass(frozen=True)
class BatchRow:
    """One pile; people are named as in the ledger."""

    id: int
    unit_id: int
    counter_id: int | None
    questionnaire_id: str
    version: int
    channel: str
    answered_on: date
    keyed_by: str
    checked_by: str | None
    stored_by: str | None
    opened_at: datetime
    keyed_at: datetime | None
    checked_at: datetime | None
    stored_at: datetime | None
    dropped_at: datetime | None
    sheets: int
    differences: int
    left_out: int

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.keyed_at, self.checked_at, self.stored_at, self.dropped_at)


def batches(session: Session, scope: Iterable[int]) -> tuple[BatchRow, ...]:
    """Return the piles of some units, the newest first."""
    query = _rows().where(PaperBatch.unit_id.in_(list(scope))).order_by(PaperBatch.opened_at.desc(), PaperBatch.id)
    return tuple(BatchRow(*row) for row in session.execute(query.limit(LIST_LIMIT)))


def batch(session: Session, batch_id: int) -> BatchRow | None:
    """Return one pile."""
    found = session.execute(_rows().where(PaperBatch.id == batch_id)).one_or_none()
    return BatchRow(*found) if found else None


def pairs(session: Session, batch_id: int) -> tuple[Pair, ...]:
    """Return the sheets of a pile in the order of their numbers."""
    columns = (PaperSheet.id, PaperSheet.number, PaperSheet.first, PaperSheet.second)
    query = select(*columns).where(PaperSheet.batch_id == batch_id).order_by(PaperSheet.number)
    return tuple(Pair(row[0], row[1], read_back(row[2]), read_back(row[3])) for row in session.execute(query))


def keyed_sheets(session: Session, batch_id: int) -> int:
    """Return how many sheets of a pile somebody has keyed."""
    query = select(func.count()).select_from(PaperSheet).where(PaperSheet.batch_id == batch_id)
    return session.execute(query).scalar_one()


def _rows() -> Select[Any]:
    return select(*(getattr(PaperBatch, name) for name in BatchRow.__dataclass_fields__))
