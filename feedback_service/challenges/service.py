"""Spending challenges: each is good for one try, in the transaction of what it lets pass."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_service.challenges.models import ChallengeSpend
from feedback_service.challenges.rules import GUESSES, KEPT, Attempt, Outcome
from feedback_service.db import insert_once

SWEPT_AT_ONCE = 500
SWEEPS_AT = "00"
"""One nonce in 256 begins so; its spending sweeps old ones away, and no clockwork is needed."""


def spend(session: Session, attempt: Attempt, *, record_id: str, now: datetime) -> Outcome:
    """Use a challenge up and return what becomes of the attempt: a wrong guess is recorded as well as a right one.

    `record_id` names what is stored when it passes: the same request run again is told REPEATED instead of COUNTED.
    """
    if attempt.outcome not in GUESSES or attempt.nonce is None:
        return attempt.outcome
    has_passed = attempt.outcome is Outcome.PASSED
    row = {
        "nonce": attempt.nonce,
        "form": attempt.form,
        "outcome": "passed" if has_passed else "failed",
        "record_id": record_id,
        "spent_at": now,
    }
    if not insert_once(session, ChallengeSpend, [row], key=ChallengeSpend.nonce):
        return _known(session, attempt, record_id)
    if attempt.nonce.startswith(SWEEPS_AT):
        sweep(session, now=now)
    return attempt.outcome


def sweep(session: Session, *, now: datetime) -> int:
    """Forget up to 500 challenges whose tokens ran out long ago; return how many there were."""
    old = (
        select(ChallengeSpend.nonce)
        .where(ChallengeSpend.spent_at < now - KEPT)
        .order_by(ChallengeSpend.spent_at)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    nonces = list(session.execute(old).scalars())
    if nonces:
        session.execute(delete(ChallengeSpend).where(ChallengeSpend.nonce.in_(nonces)))
    return len(nonces)


def _known(session: Session, attempt: Attempt, record_id: str) -> Outcome:
    known = session.execute(
        select(ChallengeSpend.outcome, ChallengeSpend.record_id).where(ChallengeSpend.nonce == attempt.nonce)
    ).one_or_none()
    if known is None:
        return Outcome.USED
    if known.record_id == record_id:
        return Outcome.REPEATED if known.outcome == "passed" else attempt.outcome
    return Outcome.COUNTED if known.outcome == "passed" else Outcome.USED
