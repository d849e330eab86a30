"""Keeping what the office writes and speaks for its tablets."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.text import one_line
from feedback_service.db import insert_once
from feedback_service.kiosks.models import KioskPrompt, KioskSound
from feedback_service.kiosks.queries import PROMPT_WITNESS
from feedback_service.kiosks.rules.prompts import SOUND_BYTES, WRITTEN, media_type


@dataclass(frozen=True)
class Spoken:
    """What somebody enters for a sentence: its words, a recording (empty: as before), or that the recording goes."""

    text: str
    sound: bytes = b""
    is_silenced: bool = False


def keep_prompt(session: Session, language: str, source: str, spoken: Spoken, *, by: str, now: datetime) -> None:
    """Keep how a sentence is written and spoken; raises Refused for a file that no browser plays."""
    known = select(KioskPrompt.id, KioskPrompt.sound_hash).where(
        KioskPrompt.language == language, KioskPrompt.source == source
    )
    row = session.execute(known).one_or_none()
    before = row.sound_hash if row else None
    sound_hash = None if spoken.is_silenced else before
    if spoken.sound:
        sound_hash = _kept_sound(session, spoken.sound)
    text = one_line(spoken.text) if language in WRITTEN else ""
    values = {"text": text or None, "sound_hash": sound_hash}
    if row is None:
        new = insert(KioskPrompt).values(language=language, source=source, **values).returning(KioskPrompt.id)
        prompt_id = session.execute(new).scalar_one()
    else:
        prompt_id = row.id
        session.execute(update(KioskPrompt).where(KioskPrompt.id == prompt_id).values(**values))
    _forget_unused(session, before)
    digest = PROMPT_WITNESS.digest(session, prompt_id)
    note(session, Act("kiosk_prompt.changed", by, ("kiosk_prompt", prompt_id), digest), now=now)


def _kept_sound(session: Session, content: bytes) -> str:
    kind = media_type(content)
    if kind is None or len(content) > SOUND_BYTES:
        reason = "Please choose a recording in MP3, M4A, OGG, WEBM or WAV of at most 600 kB."
        raise Refused(reason, faults=(Fault("sound", reason),))
    sound_hash = sha256(content).hexdigest()
    row = {"hash": sound_hash, "media_type": kind, "content": content}
    insert_once(session, KioskSound, [row], key=KioskSound.hash)
    return sound_hash


def _forget_unused(session: Session, sound_hash: str | None) -> None:
    if sound_hash is None:
        return
    used = select(KioskPrompt.id).where(KioskPrompt.sound_hash == sound_hash)
    if session.execute(used.limit(1)).first() is None:
        session.execute(delete(KioskSound).where(KioskSound.hash == sound_hash))
