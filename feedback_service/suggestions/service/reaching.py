"""How the worker reaches the citizen behind a suggestion; each look into the vault is noted."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.notices.service import Contact
from feedback_service.settings import Settings
from feedback_service.suggestions.rules.hands import SYSTEM
from feedback_service.suggestions.service.vault import Vault, contact

NATIONAL_DIGITS = 10
"""As many as a Vietnamese mobile number has with its leading zero; longer ones begin with the country code 84."""


def contact_of(session: Session, settings: Settings, subject_id: str, now: datetime) -> Contact:
    """Return what the citizen left, empty when nothing is kept any more."""
    try:
        known = contact(session, int(subject_id), by=SYSTEM, vault=Vault.at(settings.data_dir), now=now)
    except NotFound:
        return Contact()
    return Contact(mail=known.email, phone=_international(known.phone))


def _international(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdecimal() and letter.isascii())
    national = digits.removeprefix("84") if len(digits) > NATIONAL_DIGITS else digits
    return f"+84{national.removeprefix('0')}" if national else ""
