"""The logo of the office: given, replaced, taken away."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound
from feedback_service.db import insert_once
from feedback_service.units import queries
from feedback_service.units.models import Office, OfficeLogo


def keep_logo(session: Session, content: bytes, *, by: str, now: datetime) -> None:
    """Give the office this logo in place of the one before; raises NotFound before units are loaded."""
    logo_hash = sha256(content).hexdigest()
    insert_once(session, OfficeLogo, [{"hash": logo_hash, "content": content}], key=OfficeLogo.hash)
    _bear(session, logo_hash, "office.logo-kept", by=by, now=now)


def remove_logo(session: Session, *, by: str, now: datetime) -> None:
    """Take the logo of the office away; without one this changes nothing. Raises NotFound before units are loaded."""
    if queries.office_logo(session) is not None:
        _bear(session, None, "office.logo-removed", by=by, now=now)


def _bear(session: Session, logo_hash: str | None, act: str, *, by: str, now: datetime) -> None:
    if queries.office(session) is None:
        raise NotFound("There is no office yet. Load the units first: feedback-service unit import builtin")
    session.execute(update(Office).where(Office.id == 1).values(logo_hash=logo_hash))
    session.execute(delete(OfficeLogo).where(OfficeLogo.hash != (logo_hash or "")))
    note(session, Act(act, by, ("office", 1), queries.OFFICE_WITNESS.digest(session, 1)), now=now)
