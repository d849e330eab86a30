"""Reading tablets: by token, the fleet, one of them; what is set for a unit and for a counter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.text import order_key
from feedback_service.kiosks.models import (
    CounterRoster,
    Kiosk,
    KioskCode,
    KioskPhoto,
    KioskPrompt,
    KioskSetting,
    KioskSound,
    KioskState,
    PastRoster,
)
from feedback_service.kiosks.rules import Report, Setting, Shift, shift_at, shifts_from
from feedback_service.kiosks.rules.prompts import Prompt

KIOSK_WITNESS = RowWitness("kiosk", Kiosk)
SETTING_WITNESS = RowWitness("kiosk_setting", KioskSetting)
ROSTER_WITNESS = RowWitness("counter_roster", CounterRoster)
PROMPT_WITNESS = RowWitness("kiosk_prompt", KioskPrompt)
WITNESSES = (KIOSK_WITNESS, SETTING_WITNESS, ROSTER_WITNESS, PROMPT_WITNESS)
LIST_LIMIT = 500
PROMPTS_LIMIT = 5_000


@dataclass(frozen=True)
class Bearer:
    """The tablet behind a token."""

    id: int
    unit_id: int
    counter_id: int | None
    questionnaire_id: str
    is_officer_shown: bool


@dataclass(frozen=True)
class KioskRow:
    """A tablet with its last report; without a counter it serves the whole unit, without a report nothing came yet.

    What was given from `lost_since` on, where that is set, is left out of the figures.
    """

    id: int
    name: str
    unit_id: int
    counter_id: int | None
    questionnaire_id: str
    enrolled_at: datetime
    revoked_at: datetime | None
    lost_since: datetime | None
    is_officer_shown: bool
    report: Report | None


@dataclass(frozen=True)
class CodeRow:
    """An enrolment code, found by its hash."""

    unit_id: int
    counter_id: int | None
    name: str
    questionnaire_id: str
    expires_at: datetime
    kiosk_id: int | None


def bearer(session: Session, token_hash: str) -> Bearer | None:
    """Return the tablet that bears a token and is not revoked."""
    columns = (getattr(Kiosk, name) for name in Bearer.__dataclass_fields__)
    query = select(*columns).where(Kiosk.token_hash == token_hash, Kiosk.revoked_at.is_(None))
    row = session.execute(query).one_or_none()
    return Bearer(*row) if row else None


def fleet(session: Session, unit_ids: Iterable[int] | None, *, also_revoked: bool = False) -> tuple[KioskRow, ...]:
    """Return the tablets of some units (None: of all) in the order of their names, those in use first."""
    query = _rows() if unit_ids is None else _rows().where(Kiosk.unit_id.in_(list(unit_ids)))
    if not also_revoked:
        query = query.where(Kiosk.revoked_at.is_(None))
    rows = [_row(tuple(row)) for row in session.execute(query.order_by(Kiosk.id).limit(LIST_LIMIT))]
    return tuple(sorted(rows, key=lambda row: (row.revoked_at is not None, order_key(row.name), row.id)))


def kiosk(session: Session, kiosk_id: int) -> KioskRow | None:
    """Return one tablet."""
    row = session.execute(_rows().where(Kiosk.id == kiosk_id)).one_or_none()
    return _row(tuple(row)) if row else None


def setting(session: Session, unit_id: int) -> Setting:
    """Return what holds for the tablets of a unit."""
    columns = (getattr(KioskSetting, name) for name in Setting.__dataclass_fields__)
    row = session.execute(select(*columns).where(KioskSetting.unit_id == unit_id)).one_or_none()
    if row is None:
        return Setting()
    languages, idle, warning, thanks, is_photo_shown = row
    return Setting(tuple(languages.split(",")), idle, warning, thanks, bool(is_photo_shown))


def shifts(session: Session, counter_id: int | None) -> tuple[Shift, ...]:
    """Return the roster of a counter; a tablet that serves the whole unit has none."""
    query = select(CounterRoster.shifts).where(CounterRoster.counter_id == counter_id)
    return shifts_from(None if counter_id is None else session.execute(query).scalar_one_or_none())


def officer_at(session: Session, counter_id: int, moment: datetime) -> str:
    """Return who served at a counter at a moment, by the shifts as they were then; "" where they name nobody."""
    then = select(PastRoster.shifts).where(PastRoster.counter_id == counter_id, PastRoster.until_at > moment)
    past = session.execute(then.order_by(PastRoster.until_at, PastRoster.id).limit(1)).scalar_one_or_none()
    return shift_at(shifts(session, counter_id) if past is None else shifts_from(past), moment).officer


def officers_named(session: Session, counter_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return whom the shifts of some counters name or have named, by counter."""
    ids = sorted(counter_ids)
    now = select(CounterRoster.counter_id, CounterRoster.shifts).where(CounterRoster.counter_id.in_(ids))
    past = select(PastRoster.counter_id, PastRoster.shifts).where(PastRoster.counter_id.in_(ids))
    found: dict[int, set[str]] = {}
    for counter_id, text in session.execute(union(now, past)):
        found.setdefault(counter_id, set()).update(shift.officer for shift in shifts_from(text) if shift.officer)
    return {counter_id: frozenset(names) for counter_id, names in found.items()}


def photo(session: Session, photo_hash: str) -> bytes | None:
    """Return a photo of an officer as WebP."""
    return session.execute(select(KioskPhoto.content).where(KioskPhoto.hash == photo_hash)).scalar_one_or_none()


def asked_somewhere(session: Session) -> frozenset[str]:
    """Return the questionnaires that some tablet asks by, always or in a shift."""
    always = select(Kiosk.questionnaire_id).where(Kiosk.revoked_at.is_(None)).distinct().limit(LIST_LIMIT)
    rosters = session.scalars(select(CounterRoster.shifts).order_by(CounterRoster.counter_id).limit(PROMPTS_LIMIT))
    in_shifts = {shift.questionnaire for text in rosters for shift in shifts_from(text) if shift.questionnaire}
    return frozenset(session.scalars(always)) | in_shifts


def prompts(session: Session, *, language: str = "") -> tuple[Prompt, ...]:
    """Return what the office has written and spoken, in one language or in all."""
    columns = (KioskPrompt.language, KioskPrompt.source, KioskPrompt.text, KioskPrompt.sound_hash)
    query = select(*columns).order_by(KioskPrompt.language, KioskPrompt.id).limit(PROMPTS_LIMIT)
    if language:
        query = query.where(KioskPrompt.language == language)
    return tuple(Prompt(row[0], row[1], row[2] or "", row[3] or "") for row in session.execute(query))


def sound(session: Session, sound_hash: str) -> tuple[bytes, str] | None:
    """Return a recording and what kind it is."""
    query = select(KioskSound.content, KioskSound.media_type).where(KioskSound.hash == sound_hash)
    row = session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def code(session: Session, code_hash: str) -> CodeRow | None:
    """Return an enrolment code and hold it until the end of the transaction."""
    columns = (getattr(KioskCode, name) for name in CodeRow.__dataclass_fields__)
    row = session.execute(select(*columns).where(KioskCode.code_hash == code_hash).with_for_update()).one_or_none()
    return CodeRow(*row) if row else None


def _rows() -> Select[Any]:
    own = (getattr(Kiosk, name) for name in KioskRow.__dataclass_fields__ if name != "report")
    said = (getattr(KioskState, name) for name in Report.__dataclass_fields__)
    return select(*own, *said).join(KioskState, KioskState.kiosk_id == Kiosk.id, isouter=True)


def _row(row: tuple[Any, ...]) -> KioskRow:
    facts = dict(zip(KioskRow.__dataclass_fields__, row, strict=False))
    said = row[len(facts) - 1 :]
    return KioskRow(**{**facts, "report": Report(*said) if said[0] is not None else None})
