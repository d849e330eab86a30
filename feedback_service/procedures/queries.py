"""Reading procedures: those that hold, one of them, all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.text import folded
from feedback_service.procedures.models import Procedure
from feedback_service.procedures.rules import LEVEL_NAMES, SERVICE_NAMES, Facts, Level, Service, key_of

PROCEDURES = RowWitness("procedure", Procedure)
WITNESSES = (PROCEDURES,)
LIST_LIMIT = 500


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure."""

    id: int
    facts: Facts

    @property
    def level_name(self) -> str:
        """The message id of who handles it."""
        return LEVEL_NAMES[Level(self.facts.level)]

    @property
    def service_name(self) -> str:
        """The message id of how much of it is done online."""
        return SERVICE_NAMES[Service(self.facts.service)]


def procedures(session: Session, *, words: str = "", on: date | None) -> tuple[ProcedureRow, ...]:
    """Return the procedures whose name or code has `words`, accents apart; with `on` None those of the past too."""
    query = _rows()
    if on:
        query = query.where(
            or_(Procedure.valid_from.is_(None), Procedure.valid_from <= on),
            or_(Procedure.valid_to.is_(None), Procedure.valid_to >= on),
        )
    wanted = folded(words).strip()
    if wanted:
        by_name = Procedure.folded_name.contains(wanted, autoescape=True)
        query = query.where(or_(by_name, Procedure.code.contains(wanted.upper(), autoescape=True)))
    ordered = query.order_by(Procedure.field, Procedure.code, Procedure.id).limit(LIST_LIMIT)
    return tuple(_row(row) for row in session.execute(ordered))


def by_code(session: Session, code: str) -> ProcedureRow | None:
    """Return the procedure that bears a code and still stands."""
    query = _rows().where(Procedure.key == key_of(code), Procedure.valid_to.is_(None))
    row = session.execute(query).one_or_none()
    return _row(row) if row else None


def ids_of(session: Session, codes: Iterable[str]) -> dict[str, int]:
    """Return the ids of the procedures that bear some codes and still stand, by the code as it was asked."""
    keys = {code: key_of(code) for code in codes}
    query = select(Procedure.key, Procedure.id).where(Procedure.key.in_(sorted({*keys.values()})))
    known = {row[0]: row[1] for row in session.execute(query.where(Procedure.valid_to.is_(None)))}
    return {code: known[key] for code, key in keys.items() if key in known}


def names(session: Session, procedure_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some procedures by id."""
    query = select(Procedure.id, Procedure.name).where(Procedure.id.in_(list(procedure_ids)))
    return {row[0]: row[1] for row in session.execute(query)}


def every(session: Session) -> dict[int, Facts]:
    """Return all that is known of every procedure, by id."""
    return {row.id: row.facts for row in map(_row, session.execute(_rows()))}


def _rows() -> Select[Any]:
    return select(Procedure.id, *(getattr(Procedure, name) for name in Facts.__dataclass_fields__))


def _row(found: Any) -> ProcedureRow:
    return ProcedureRow(found[0], Facts(*found[1:]))
