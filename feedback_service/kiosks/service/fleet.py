"""What people and tablets do: make a code, enrol, move, revoke, lose, set up, report; and telling of silence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core import ids
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.period import local_time
from feedback_service.core.text import one_line
from feedback_service.db import insert_once
from feedback_service.kiosks import queries
from feedback_service.kiosks.models import Kiosk, KioskCode, KioskSetting, KioskState
from feedback_service.kiosks.rules import (
    CODE_FIGURES,
    CODE_LIFE,
    Condition,
    Report,
    Setting,
    condition,
    is_working,
)
from feedback_service.notices import service as notices
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.settings import Settings
from feedback_service.units import queries as units

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


def change(session: Session, kiosk_id: int, place: Place, *, is_officer_shown: bool, by: str, now: datetime) -> None:
    """Rename or move a tablet, or change what it asks and shows; raises NotFound for one that is revoked."""
    _in_use(session, kiosk_id)
    values = {**vars(place), "name": one_line(place.name), "is_officer_shown": is_officer_shown}
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


def report_lost(session: Session, kiosk_id: int, *, since: datetime, by: str, now: datetime) -> None:
    """Revoke a tablet, and leave out of the figures what it was given since a moment; raises NotFound."""
    revoke(session, kiosk_id, by=by, now=now)
    session.execute(update(Kiosk).where(Kiosk.id == kiosk_id).values(lost_since=since))
    _note(session, kiosk_id, "kiosk.lost", by=by, now=now)


def report_found(session: Session, kiosk_id: int, *, by: str, now: datetime) -> None:
    """Take back that a tablet was lost: what it was given counts again; it stays revoked. Raises NotFound."""
    known = queries.kiosk(session, kiosk_id)
    if known is None or known.lost_since is None:
        raise NotFound("There is no such tablet.")
    session.execute(update(Kiosk).where(Kiosk.id == kiosk_id).values(lost_since=None))
    _note(session, kiosk_id, "kiosk.found", by=by, now=now)


def keep_setting(session: Session, unit_id: int, setting: Setting, *, by: str, now: datetime) -> None:
    """Keep what holds for every tablet of a unit."""
    values = {
        **vars(setting),
        "languages": ",".join(setting.languages),
        "is_photo_shown": setting.is_photo_shown or None,
    }
    kept = update(KioskSetting).where(KioskSetting.unit_id == unit_id).values(**values)
    if session.execute(kept.returning(KioskSetting.unit_id)).scalar_one_or_none() is None:
        insert_once(session, KioskSetting, [{"unit_id": unit_id, **values}], key=KioskSetting.unit_id)
    digest = queries.SETTING_WITNESS.digest(session, unit_id)
    note(
        session, Act("kiosk_setting.changed", by, ("kiosk_setting", unit_id), digest, facts={"unit": unit_id}), now=now
    )


def tell_silent(session: Session, _settings: Settings, now: datetime) -> None:
    """Tell of every tablet that is silent in opening hours, once a day for each silence (product K12)."""
    rows = queries.fleet(session, None)
    parts = units.parts(session, {row.unit_id for row in rows})
    for row in rows:
        unit = parts[row.unit_id]
        is_open = is_working(unit.opening_hours, now)
        stands = condition(row.report, now=now, is_open=is_open, is_revoked=False, enrolled_at=row.enrolled_at)
        if stands is Condition.SILENT:
            notices.queue(session, _silence(row, unit.row.name, now), now=now)


JOBS = (notices.Job("kiosks.silent", time(0, 0), tell_silent, every=timedelta(minutes=5)),)


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


def _silence(row: queries.KioskRow, unit_name: str, now: datetime) -> Notice:
    seen_at = local_time(row.report.last_seen_at if row.report else row.enrolled_at)
    return Notice(
        Event.TABLET_SILENT,
        ("kiosk", str(row.id)),
        f"/staff/kiosks/{row.id}",
        {
            "tablet": row.name,
            "unit": unit_name,
            "time": f"{seen_at:%H:%M}",
            "day": seen_at.date(),
            "queued": row.report.queued if row.report else 0,
        },
        unit_id=row.unit_id,
        key=f"silent:{row.id}:{seen_at:%Y%m%dT%H%M%S}:{local_time(now).date()}",
    )
