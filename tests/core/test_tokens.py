"""Signed tokens: ours, for one purpose, for a time."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback_service.core.tokens import BadToken, ExpiredToken, Signer

NOW = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
SIGNER = Signer("a secret of the office, long enough", "poll form")


def test_a_token_gives_its_facts_back_until_its_hour_is_over() -> None:
    token = SIGNER.sign({"form": "poll:chuyen-muc"}, now=NOW)

    facts, signed_at = SIGNER.read(token, now=NOW + HOUR, life=HOUR)

    assert facts == {"form": "poll:chuyen-muc"}
    assert signed_at == NOW
    with pytest.raises(ExpiredToken):
        SIGNER.read(token, now=NOW + HOUR + timedelta(seconds=1), life=HOUR)


def test_a_clock_set_back_by_five_minutes_locks_nobody_out() -> None:
    token = SIGNER.sign({}, now=NOW)

    assert SIGNER.read(token, now=NOW - timedelta(minutes=5), life=HOUR) == ({}, NOW)
    with pytest.raises(ExpiredToken):
        SIGNER.read(token, now=NOW - timedelta(minutes=6), life=HOUR)


@pytest.mark.parametrize("change", ["", "x", ".", "..", "Å.é", "e30.e30"])
def test_a_token_that_is_not_ours_is_refused(change: str) -> None:
    with pytest.raises(BadToken):
        SIGNER.read(change, now=NOW, life=HOUR)


def test_every_changed_letter_of_a_token_is_noticed() -> None:
    token = SIGNER.sign({"n": 1}, now=NOW)

    for place, letter in enumerate(token):
        with pytest.raises(BadToken):
            SIGNER.read(token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :], now=NOW, life=HOUR)


def test_a_token_of_one_purpose_opens_no_other_door() -> None:
    token = SIGNER.sign({}, now=NOW)

    with pytest.raises(BadToken):
        Signer(SIGNER.secret, "kiosk").read(token, now=NOW, life=HOUR)


def test_a_token_without_a_moment_outlives_every_clock_and_no_change_of_it() -> None:
    token = SIGNER.sign_for_good({"secret": "x"})

    assert SIGNER.read_for_good(token) == {"secret": "x"}
    for wrong in (token[:-1], f"{token}x", f"x{token}", "", "."):
        with pytest.raises(BadToken):
            SIGNER.read_for_good(wrong)
    with pytest.raises(BadToken):
        Signer(SIGNER.secret, "another purpose").read_for_good(token)
