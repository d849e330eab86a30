"""How the worker reaches the citizen behind a suggestion; each look into the vault is noted."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.notices.service import Contact
from feedback_service.settings import Settings
from feedback_service.suggestions.rules.hands import SYSTEM
from feedback_service.suggestions.service.vault import Vault, contact

COUNTRY = "+84"


def contact_of(session: Session, settings: Settings, subject_id: str, now: datetime) -> Contact:
    """Return what the citizen left, empty when nothing is kept any more."""
    try:
        known = contact(session, int(subject_id), by=SYSTEM, vault=Vault.at(settings.data_dir), now=now)
    except NotFound:
        return Contact()
    return Contact(mail=known.email, phone=_international(known.phone))


def _international(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdecimal() and letter.isascii())
    if not digits:
        return ""
    return f"{COUNTRY}{digits.removeprefix('84' if phone.strip().startswith('+') else '0')}"
