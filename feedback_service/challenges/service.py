"""Spending challenges: each is good for one try, in the transaction of what it lets pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_service.challenges.models import ChallengeSpend
from feedback_service.challenges.rules import GUESSES, KEPT, Attempt, Outcome
from feedback_service.db import insert_once

SWEPT_AT_ONCE = 500
SWEEPS_AT = "00"
"""One nonce in 256 ends so; its spending sweeps old ones away, and no clockwork is needed."""


@dataclass(frozen=True)
class Spending:
    """An attempt at a challenge; `record_id` names what is stored when it passes, at the moment `now`."""

    attempt: Attempt
    record_id: str
    now: datetime


def spend(session: Session, attempt: Attempt, *, record_id: str, now: datetime) -> Outcome:
    """Use a challenge up and return what becomes of the attempt: a wrong guess is recorded as well as a right one.

    The same request run again, by its `record_id`, is told REPEATED instead of COUNTED.
    """
    return spend_all(session, [Spending(attempt, record_id, now)])[0]


def spend_all(session: Session, spendings: Sequence[Spending]) -> list[Outcome]:
    """Use many challenges up at once; each attempt is told what it would have been told after those before it."""
    first: dict[str, Spending] = {}
    for one in spendings:
        if one.attempt.outcome in GUESSES and one.attempt.nonce:
            first.setdefault(one.attempt.nonce, one)
    rows = [_row(nonce, first[nonce]) for nonce in sorted(first)]
    new = insert_once(session, ChallengeSpend, rows, key=ChallengeSpend.nonce)
    for nonce in new:
        if nonce.endswith(SWEEPS_AT):
            sweep(session, now=first[nonce].now)
    fresh = {id(first[nonce]) for nonce in new}
    return [_outcome(session, one, is_new=id(one) in fresh) for one in spendings]


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


def _row(nonce: str, spending: Spending) -> dict[str, object]:
    return {
        "nonce": nonce,
        "form": spending.attempt.form,
        "outcome": "passed" if spending.attempt.outcome is Outcome.PASSED else "failed",
        "record_id": spending.record_id,
        "spent_at": spending.now,
    }


def _outcome(session: Session, spending: Spending, *, is_new: bool) -> Outcome:
    attempt = spending.attempt
    if is_new or attempt.outcome not in GUESSES or attempt.nonce is None:
        return attempt.outcome
    return _known(session, attempt, spending.record_id)


def _known(session: Session, attempt: Attempt, record_id: str) -> Outcome:
    known = session.execute(
        select(ChallengeSpend.outcome, ChallengeSpend.record_id).where(ChallengeSpend.nonce == attempt.nonce)
    ).one_or_none()
    if known is None:
        return Outcome.USED
    if known.record_id == record_id:
        return Outcome.REPEATED if known.outcome == "passed" else attempt.outcome
    return Outcome.COUNTED if known.outcome == "passed" else Outcome.USED
