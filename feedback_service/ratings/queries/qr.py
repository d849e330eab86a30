"""Reading QR codes: where one leads, and those of a survey with their scans."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.ratings.models import QrCode, QrScan, Survey

CODES = RowWitness("qr_code", QrCode)
LIST_LIMIT = 200


@dataclass(frozen=True)
class CodeRow:
    """One code: the survey it leads to, its counter and procedure, and how often it was scanned."""

    code: str
    survey_id: int
    counter_id: int | None
    procedure_id: int | None
    made_at: datetime
    revoked_at: datetime | None
    slug: str
    unit_id: int
    scans: int


def by_code(session: Session, code: str) -> CodeRow | None:
    """Return one code."""
    found = session.execute(_rows().where(QrCode.code == code)).one_or_none()
    return CodeRow(*found) if found else None


def codes(session: Session, survey_id: int) -> tuple[CodeRow, ...]:
    """Return the codes of a survey, the newest first."""
    query = _rows().where(QrCode.survey_id == survey_id).order_by(QrCode.made_at.desc(), QrCode.code)
    return tuple(CodeRow(*row) for row in session.execute(query.limit(LIST_LIMIT)))


def _rows() -> Select[Any]:
    scans = select(func.coalesce(func.sum(QrScan.count), 0)).where(QrScan.code == QrCode.code).scalar_subquery()
    columns: tuple[Any, ...] = (
        *(QrCode.code, QrCode.survey_id, QrCode.counter_id, QrCode.procedure_id, QrCode.made_at, QrCode.revoked_at),
        *(Survey.slug, Survey.unit_id, scans),
    )
    return select(*columns).join(Survey, Survey.id == QrCode.survey_id)
