"""Inviting people to rate their dossier: by which number, and what is kept of it until the message has gone."""

import base64
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

from feedback_service.core.canonical import canonical, seal

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PHONE = re.compile(r"(?:\+?84|0)([2-9][0-9]{8,9})")


def is_phone(text: str) -> bool:
    """Say whether a text is a telephone number of Vietnam, dots, dashes and spaces apart."""
    return _PHONE.fullmatch(_digits(text)) is not None


def international(text: str) -> str:
    """Return a number as gateways take it, such as +84912345678; "" for what is none."""
    found = _PHONE.fullmatch(_digits(text))
    return f"+84{found[1]}" if found else ""


def locked(secret: str, *, phone: str, link: str, at: datetime) -> str:
    """Return number and link, readable only with the secret of this service."""
    content = canonical({"phone": phone, "link": link}).encode()
    return _lock(secret).encrypt_at_time(content, int(at.timestamp())).decode()


def unlocked(secret: str, kept: str) -> tuple[str, str] | None:
    """Return number and link, None after the secret was changed."""
    from cryptography.fernet import InvalidToken

    try:
        told = json.loads(_lock(secret).decrypt(kept.encode()))
    except InvalidToken:
        return None
    return told["phone"], told["link"]


def _digits(text: str) -> str:
    return re.sub(r"[\s.\-()]", "", text)


def _lock(secret: str) -> "Fernet":
    from cryptography.fernet import Fernet  # takes a while to load, and few offices invite

    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(seal(secret, "ballot invitation", ""))))
