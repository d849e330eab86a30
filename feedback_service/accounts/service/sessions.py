"""Signing in and out: a session is a row; the browser holds its token, we hold the hash."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from feedback_service.accounts import queries
from feedback_service.accounts.models import StaffSession
from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core import ids
from feedback_service.core.errors import NotFound

LIFE = timedelta(hours=8)
"""A working day: after it everybody signs in anew (ASVS 5.0, 7.3.2)."""


@dataclass(frozen=True)
class SignedIn:
    """A session that has begun; `token` is told to the browser and kept nowhere."""

    session_id: int
    token: str


def token_hash(token: str) -> str:
    """Return under which hash the session of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(session: Session, credentials: queries.Credentials, *, now: datetime) -> SignedIn | None:
    """Begin a session; None when the account was switched off or its password changed since it was checked."""
    if queries.credentials(session, credentials.name) != credentials or not credentials.is_active:
        return None
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    token = ids.new_token(32)
    values = {
        "token_hash": token_hash(token),
        "account_id": credentials.account_id,
        "created_at": now,
        "expires_at": now + LIFE,
    }
    session_id = session.execute(insert(StaffSession).values(**values).returning(StaffSession.id)).scalar_one()
    actor = f"staff:{credentials.account_id}"
    note(session, Act("session.opened", actor, ("session", session_id)), now=now)
    return SignedIn(session_id, token)


def close_session(session: Session, session_id: int, *, of_account: int, by: str, now: datetime) -> None:
    """End one session of an account; ending it again changes nothing."""
    mine = (StaffSession.id == session_id, StaffSession.account_id == of_account)
    if session.execute(delete(StaffSession).where(*mine).returning(StaffSession.id)).scalar_one_or_none() is not None:
        note(session, Act("session.closed", by, ("session", session_id)), now=now)


def close_all(session: Session, account_id: int, *, by: str, now: datetime) -> int:
    """End every session of an account and return how many there were; raises NotFound."""
    if queries.account(session, account_id) is None:
        raise NotFound("There is no such account.")
    ended = delete(StaffSession).where(StaffSession.account_id == account_id).returning(StaffSession.id)
    closed = sorted(session.execute(ended).scalars())
    for session_id in closed:
        note(session, Act("session.closed", by, ("session", session_id)), now=now)
    return len(closed)
