"""Acts on the tokens of other systems: making one, taking one back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.accounts.models import ProgramToken
from feedback_service.accounts.queries import PROGRAM_WITNESS
from feedback_service.accounts.rules.programs import Scope, expiry, token_seal
from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict
from feedback_service.core.ids import new_token


@dataclass(frozen=True)
class ProgramFacts:
    """Whose token it is, what it opens, for which unit (None for every one) and for how many days."""

    name: str
    scopes: frozenset[Scope]
    unit_id: int | None
    days: int


def make_token(session: Session, facts: ProgramFacts, *, secret: str, by: str, now: datetime) -> str:
    """Make a token and return it; it is kept nowhere, only its seal is."""
    token = f"fs_{new_token(32)}"
    values = {
        "name": facts.name,
        "seal": token_seal(secret, token),
        "scopes": " ".join(sorted(facts.scopes)),
        "unit_id": facts.unit_id,
        "created_at": now,
        "expires_at": expiry(now, facts.days),
    }
    made = session.execute(insert(ProgramToken).values(values).returning(ProgramToken.id)).scalar_one()
    _note(session, "program_token.made", made, by=by, now=now)
    return token


def revoke_token(session: Session, program_id: int, *, by: str, now: datetime) -> None:
    """Let a token open nothing any more, from this moment; raises Conflict when it was taken back already."""
    own = (ProgramToken.id == program_id, ProgramToken.revoked_at.is_(None))
    ended = update(ProgramToken).where(*own).values(revoked_at=now).returning(ProgramToken.id)
    if session.execute(ended).scalar() is None:
        raise Conflict("This token opens nothing any more already.")
    _note(session, "program_token.revoked", program_id, by=by, now=now)


def _note(session: Session, act: str, program_id: int, *, by: str, now: datetime) -> None:
    digest = PROGRAM_WITNESS.digest(session, program_id)
    note(session, Act(act, actor=by, subject=(PROGRAM_WITNESS.kind, program_id), digest=digest), now=now)
