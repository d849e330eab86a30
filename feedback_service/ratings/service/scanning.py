"""Acts on QR codes: making one, revoking one, counting scans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import cast as as_type

from sqlalchemy import Insert, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict, NotFound
from feedback_service.core.ids import new_code
from feedback_service.ratings.models import QrCode, QrScan
from feedback_service.ratings.queries.qr import CODES, by_code
from feedback_service.ratings.rules.qr import DRAWN, signed


@dataclass(frozen=True)
class CodeFacts:
    """Where a code leads, and where it hangs: at a counter (None: anywhere), for a procedure (None: for every one)."""

    survey_id: int
    counter_id: int | None = None
    procedure_id: int | None = None


def make_code(session: Session, facts: CodeFacts, *, secret: str, by: str, now: datetime) -> str:
    """Make a code that leads to a survey, and return it."""
    code = signed(secret, new_code(DRAWN))
    row = {"code": code, **vars(facts), "made_at": now, "revoked_at": None}
    session.execute(insert(QrCode).values(row))
    _note(session, "qr_code.made", code, by=by, now=now)
    return code


def revoke_code(session: Session, code: str, *, by: str, now: datetime) -> None:
    """Let a code lead nowhere any more; raises NotFound, Conflict."""
    known = by_code(session, code)
    if known is None:
        raise NotFound("There is no such QR code.")
    if known.revoked_at is not None:
        raise Conflict("This QR code is revoked already.")
    session.execute(update(QrCode).where(QrCode.code == code).values(revoked_at=now))
    _note(session, "qr_code.revoked", code, by=by, now=now)


def count_scans(session: Session, scans: Mapping[tuple[str, date], int]) -> None:
    """Add scans that were counted in memory to their days."""
    rows = [{"code": code, "day": day, "count": scans[code, day]} for code, day in sorted(scans)]
    if rows:
        connection = session.connection()
        connection.execute(_addition(connection.dialect.name), rows)


@lru_cache
def _addition(engine: str) -> Insert:
    dialect = postgresql if engine == "postgresql" else sqlite
    addition = dialect.insert(QrScan)
    sum_of_both = {"count": QrScan.count + addition.excluded.count}
    return as_type("Insert", addition.on_conflict_do_update(index_elements=["code", "day"], set_=sum_of_both))


def _note(session: Session, act: str, code: str, *, by: str, now: datetime) -> None:
    digest = CODES.digest(session, code)
    note(session, Act(act, actor=by, subject=(CODES.kind, code), digest=digest), now=now)
