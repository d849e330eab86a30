"""A challenge is spent once, whatever comes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, insert, select

from feedback_service.challenges.models import ChallengeSpend
from feedback_service.challenges.rules import KEPT, Attempt, Outcome
from feedback_service.challenges.service import SWEPT_AT_ONCE, spend, sweep
from feedback_service.core.ids import new_id, new_salt
from feedback_service.db import Database
from tests.conftest import OPENING

FORM = "poll:chuyen-muc"


def test_the_first_answer_decides_and_later_ones_are_told_so(database: Database) -> None:
    right, wrong = _attempt(Outcome.PASSED), _attempt(Outcome.WRONG_CODE)

    assert _spend(database, right) is Outcome.PASSED
    assert _spend(database, right) is Outcome.COUNTED
    assert _spend(database, _again(right, Outcome.WRONG_CODE)) is Outcome.COUNTED
    assert _spend(database, wrong) is Outcome.WRONG_CODE
    assert _spend(database, _again(wrong, Outcome.PASSED)) is Outcome.USED


def test_a_request_that_runs_again_after_a_lost_answer_is_recognised(database: Database) -> None:
    attempt, record_id = _attempt(Outcome.PASSED), str(new_id())

    assert _spend(database, attempt, record_id) is Outcome.PASSED
    assert _spend(database, attempt, record_id) is Outcome.REPEATED


def test_what_never_was_a_guess_uses_nothing_up(database: Database) -> None:
    for outcome in set(Outcome) - {Outcome.PASSED, Outcome.WRONG_CODE}:
        assert _spend(database, _attempt(outcome)) is outcome
    assert _count(database) == 0


def test_one_of_many_at_once_passes(database: Database) -> None:
    attempt = _attempt(Outcome.PASSED)

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(lambda _: database.retrying(lambda: _spend(database, attempt)), range(32)))

    assert outcomes.count(Outcome.PASSED) == 1
    assert outcomes.count(Outcome.COUNTED) == 31


def test_old_ones_are_swept_and_the_last_two_days_are_kept(database: Database) -> None:
    ages = (timedelta(days=30), KEPT + timedelta(seconds=1), KEPT - timedelta(seconds=1), timedelta(0))
    with database.transaction() as session:
        session.execute(insert(ChallengeSpend), [_row(age) for age in ages])

    with database.transaction() as session:
        swept = sweep(session, now=OPENING)

    assert (swept, _count(database)) == (2, 2)


def test_challenges_sweep_themselves_a_part_at_a_time(database: Database) -> None:
    with database.transaction() as session:
        session.execute(insert(ChallengeSpend), [_row(timedelta(days=3)) for _ in range(SWEPT_AT_ONCE + 100)])

    for number in range(2):
        _spend(database, Attempt(FORM, Outcome.PASSED, nonce=f"{number:030x}00"))

    assert _count(database) == 2


def _attempt(outcome: Outcome) -> Attempt:
    return Attempt(FORM, outcome, nonce=f"{new_salt()[1:]}f")


def _again(attempt: Attempt, outcome: Outcome) -> Attempt:
    return Attempt(FORM, outcome, nonce=attempt.nonce)


def _spend(database: Database, attempt: Attempt, record_id: str | None = None) -> Outcome:
    with database.transaction() as session:
        return spend(session, attempt, record_id=record_id or str(new_id()), now=OPENING)


def _row(age: timedelta) -> dict[str, object]:
    facts = {"nonce": new_salt(), "form": FORM, "outcome": "failed", "record_id": str(new_id())}
    return {**facts, "spent_at": OPENING - age}


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(ChallengeSpend)).scalar_one()
