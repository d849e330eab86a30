"""What people and tablets do: make a code, enrol with it, move, revoke, report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core import ids
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.text import one_line
from feedback_service.db import insert_once
from feedback_service.kiosks import queries
from feedback_service.kiosks.models import Kiosk, KioskCode, KioskState
from feedback_service.kiosks.rules import CODE_FIGURES, CODE_LIFE, Report

KEPT = timedelta(days=1)
"""How long a code that was not used stays known."""
NOT_GOOD = "This code is not good. Please ask for a new one at the desk: each is good once, for ten minutes."


@dataclass(frozen=True)
class Place:
    """Where a tablet stands and what it asks; without a counter it serves the whole unit."""

    unit_id: int
    counter_id: int | None
    name: str
    questionnaire_id: str


def token_hash(token: str) -> str:
    """Return under which hash the tablet of a token is kept."""
    return sha256(token.encode()).hexdigest()


def issue_code(session: Session, place: Place, *, hashed: Callable[[str], str], by: str, now: datetime) -> str:
    """Return eight figures, good once for ten minutes; only what `hashed` makes of them is kept."""
    session.execute(delete(KioskCode).where(KioskCode.expires_at < now - KEPT, KioskCode.kiosk_id.is_(None)))
    figures = _unused(session, hashed)
    values = {
        **vars(place),
        "name": one_line(place.name),
        "code_hash": hashed(figures),
        "created_at": now,
        "expires_at": now + CODE_LIFE,
    }
    session.execute(insert(KioskCode).values(**values))
    facts = {"unit": place.unit_id, "counter": place.counter_id}
    note(session, Act("kiosk-code.made", by, ("kiosk-code", hashed(figures)[:12]), facts=facts), now=now)
    return figures


def enrol(session: Session, code_hash: str, token: str, *, now: datetime) -> int:
    """Turn a code into a tablet that bears `token` and return its id; raises Refused for a code that is not good.

    The same code with the same token again is the answer that was lost on its way.
    """
    found = queries.code(session, code_hash)
    if found is None:
        raise Refused(NOT_GOOD)
    if found.kiosk_id is not None:
        bearer = queries.bearer(session, token_hash(token))
        if bearer is None or bearer.id != found.kiosk_id:
            raise Refused(NOT_GOOD)
        return bearer.id
    if found.expires_at <= now:
        raise Refused(NOT_GOOD)
    place = Place(found.unit_id, found.counter_id, found.name, found.questionnaire_id)
    kiosk_id = _add(session, place, token, now=now)
    used = update(KioskCode).where(KioskCode.code_hash == code_hash).values(used_at=now, kiosk_id=kiosk_id)
    session.execute(used)
    return kiosk_id


def change(session: Session, kiosk_id: int, place: Place, *, by: str, now: datetime) -> None:
    """Rename or move a tablet, or have it ask something else; raises NotFound for one that is revoked."""
    _in_use(session, kiosk_id)
    values = {**vars(place), "name": one_line(place.name)}
    session.execute(update(Kiosk).where(Kiosk.id == kiosk_id).values(**values))
    _note(session, kiosk_id, "kiosk.changed", by=by, now=now)


def revoke(session: Session, kiosk_id: int, *, by: str, now: datetime) -> None:
    """Take a tablet's token away for good; doing so again changes nothing. Raises NotFound."""
    known = queries.kiosk(session, kiosk_id)
    if known is None:
        raise NotFound("There is no such tablet.")
    if known.revoked_at is None:
        session.execute(update(Kiosk).where(Kiosk.id == kiosk_id).values(revoked_at=now))
        _note(session, kiosk_id, "kiosk.revoked", by=by, now=now)


def hear(session: Session, kiosk_id: int, report: Report) -> None:
    """Keep the last report of a tablet."""
    heard = update(KioskState).where(KioskState.kiosk_id == kiosk_id).values(**vars(report))
    if session.execute(heard.returning(KioskState.kiosk_id)).scalar_one_or_none() is None:
        insert_once(session, KioskState, [{"kiosk_id": kiosk_id, **vars(report)}], key=KioskState.kiosk_id)


def _unused(session: Session, hashed: Callable[[str], str]) -> str:
    while True:
        figures = "".join(ids.one_of("0123456789") for _ in range(CODE_FIGURES))
        if session.execute(select(KioskCode.code_hash).where(KioskCode.code_hash == hashed(figures))).first() is None:
            return figures


def _add(session: Session, place: Place, token: str, *, now: datetime) -> int:
    values = {**vars(place), "is_officer_shown": False, "token_hash": token_hash(token), "enrolled_at": now}
    kiosk_id = session.execute(insert(Kiosk).values(**values).returning(Kiosk.id)).scalar_one()
    _note(session, kiosk_id, "kiosk.enrolled", by=f"kiosk:{kiosk_id}", now=now)
    return kiosk_id


def _in_use(session: Session, kiosk_id: int) -> queries.KioskRow:
    known = queries.kiosk(session, kiosk_id)
    if known is None or known.revoked_at is not None:
        raise NotFound("There is no such tablet.")
    return known


def _note(session: Session, kiosk_id: int, act: str, *, by: str, now: datetime) -> None:
    digest = queries.KIOSK_WITNESS.digest(session, kiosk_id)
    note(session, Act(act, by, ("kiosk", kiosk_id), digest), now=now)
