"""What a code is, and what the silence of a tablet means."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback_service.kiosks.rules import (
    Condition,
    Report,
    clock_words,
    condition,
    plain_code,
    seen_ago,
    spelled_code,
    warnings,
)

NOW = datetime(2026, 10, 13, 2, 30, tzinfo=UTC)
WELL = Report(NOW, 0, 12, storage_persisted=True, app_version="a", clock_skew_seconds=0, battery_percent=93)


@pytest.mark.parametrize(
    "typed", ["1234-5678", "12345678", " 1234 5678 ", "1234–5678", "１２３４５６７８", "1 2 3 4-5 6 7 8"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert plain_code(typed) == "12345678"


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "1234-567A", "ABCD-EFGH", "12345678\x00"])
def test_anything_but_eight_figures_is_no_code(typed: str) -> None:
    assert plain_code(typed) is None


def test_a_code_is_shown_in_two_groups() -> None:
    assert spelled_code("01234567") == "0123-4567"


@pytest.mark.parametrize(
    ("silence", "is_open", "expected"),
    [
        (timedelta(minutes=3), True, Condition.WELL),
        (timedelta(minutes=4), True, Condition.LATE),
        (timedelta(minutes=15), True, Condition.LATE),
        (timedelta(minutes=16), True, Condition.SILENT),
        (timedelta(hours=14), False, Condition.RESTING),
        (timedelta(minutes=2), False, Condition.WELL),
    ],
)
def test_silence_matters_in_opening_hours(silence: timedelta, is_open: bool, expected: Condition) -> None:
    found = condition(WELL, now=NOW + silence, is_open=is_open, is_revoked=False, enrolled_at=NOW)

    assert found is expected


def test_a_tablet_that_was_never_heard_becomes_silent_too() -> None:
    states = [
        condition(None, now=NOW + timedelta(minutes=minutes), is_open=True, is_revoked=False, enrolled_at=NOW)
        for minutes in (1, 20)
    ]

    assert states == [Condition.NEVER, Condition.SILENT]


def test_a_revoked_tablet_is_nothing_else() -> None:
    assert condition(WELL, now=NOW, is_open=True, is_revoked=True, enrolled_at=NOW) is Condition.REVOKED


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=119), "just now"),
        (timedelta(minutes=42), "{minutes} minutes ago"),
        (timedelta(minutes=119), "{minutes} minutes ago"),
        (timedelta(hours=2), "{hours} hours ago"),
        (timedelta(hours=24), "{moment}"),
        (timedelta(seconds=-30), "just now"),
    ],
)
def test_how_long_ago_is_told_in_words(age: timedelta, words: str) -> None:
    assert seen_ago(NOW - age, NOW).message == words


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (None, "not known"),
        (2, "right"),
        (-2, "right"),
        (3, "{count} seconds fast"),
        (-119, "{count} seconds slow"),
        (172_800, "{count} minutes fast"),
    ],
)
def test_a_clock_is_told_in_words(skew: int | None, words: str) -> None:
    assert clock_words(skew).message == words


def test_a_tablet_that_is_well_gives_no_warning() -> None:
    assert list(warnings(WELL, current_version="a")) == []


def test_everything_to_look_after_is_said() -> None:
    report = Report(NOW, 25, 40, storage_persisted=False, app_version="b", clock_skew_seconds=-61, battery_percent=20)

    assert len(list(warnings(report, current_version="a"))) == 5


def test_what_a_browser_cannot_tell_is_no_warning() -> None:
    report = Report(NOW, 0, 0, storage_persisted=None, app_version="a", clock_skew_seconds=None, battery_percent=None)

    assert list(warnings(report, current_version="a")) == []
