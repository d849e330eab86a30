"""Programs of other systems: what a token opens, how it looks, how long it is good."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from feedback_service.core.canonical import seal

BEARER = re.compile(r"Bearer (fs_[A-Za-z0-9_-]{43})")
LIVES_DAYS = (30, 90, 365)
"""For how long a token can be made; after it the other system is given a new one."""


class Scope(StrEnum):
    """What a token opens; the value stands in the table and in the API."""

    BALLOTS = "ballots"
    DOSSIERS = "dossiers"


SCOPE_NAMES: Mapping[Scope, str] = {
    Scope.BALLOTS: "Issue ballots for dossiers",
    Scope.DOSSIERS: "Report and read dossier figures",
}
"""Message ids of what a token opens."""


def bearer_of(header: str) -> str | None:
    """Return the token of an Authorization header, None for what is none of ours."""
    found = BEARER.fullmatch(header)
    return found[1] if found else None


def token_seal(secret: str, token: str) -> str:
    """Return under which seal a token is kept; a copy of the table alone lets nobody in."""
    return seal(secret, "program token", token)


def is_good(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Say whether a token opens anything at a moment."""
    return revoked_at is None and now < expires_at


def expiry(now: datetime, days: int) -> datetime:
    """Return until when a token is good."""
    return now + timedelta(days=days)
