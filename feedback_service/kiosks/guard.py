"""Which tablet is asking, by its bearer token."""

import re
from dataclasses import dataclass

from flask import current_app, request

from feedback_service.core.canonical import seal
from feedback_service.core.errors import NotSignedIn
from feedback_service.kiosks import queries
from feedback_service.kiosks.service import token_hash
from feedback_service.web.context import platform

EXTENSION = "kiosk_guard"
REMEMBERED_SECONDS = 5
"""How long a token is trusted without looking again: a revoked tablet is stopped at the latest after it."""
BEARER = re.compile(r"Bearer ([0-9a-f]{64})")
UNKNOWN = "This tablet is not enrolled, or its enrolment was taken back. Please enrol it again."


@dataclass(frozen=True)
class Kiosk:
    """A tablet that may send; without a counter it serves the whole unit."""

    id: int
    unit_id: int
    counter_id: int | None
    questionnaire_id: str
    is_officer_shown: bool


def kiosk() -> Kiosk:
    """Return the tablet of this request; raises NotSignedIn for an unknown or revoked token."""
    found = BEARER.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        raise NotSignedIn(UNKNOWN)
    hashed = token_hash(found[1])
    seen: dict[str, tuple[float, Kiosk]] = current_app.extensions.setdefault(EXTENSION, {})
    moment = platform().clock.monotonic()
    remembered = seen.get(hashed)
    if remembered and moment - remembered[0] < REMEMBERED_SECONDS:
        return remembered[1]
    with platform().reading() as session:
        bearer = queries.bearer(session, hashed)
    if bearer is None:
        seen.pop(hashed, None)
        raise NotSignedIn(UNKNOWN)
    known = Kiosk(**vars(bearer))
    seen[hashed] = (moment, known)
    return known


def code_hash(secret: str, figures: str) -> str:
    """Return under which hash a code is kept: eight figures alone could be guessed from a copy of the database."""
    return seal(secret, "kiosk code", figures)
