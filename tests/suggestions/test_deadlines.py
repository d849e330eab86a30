"""The statutory clock: every figure of the decrees, the holidays of Vietnam, and what never changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import (
    Clock,
    Count,
    Figures,
    Urgency,
    due_words,
    escalation,
    figures_from,
    kept,
    publish_by,
    urgency,
)
from feedback_service.suggestions.rules.rule_sets import default, rule_sets

PLAIN = Calendar()
TUESDAY = date(2026, 10, 13)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("code", "received", "refuse", "ask", "due", "publish_days"),
    [
        ("qd-766", TUESDAY, date(2026, 10, 15), date(2026, 10, 20), date(2026, 11, 3), 2),
        ("nd-20", TUESDAY, None, None, date(2026, 11, 3), None),
        ("bac-ninh-78", TUESDAY, None, None, date(2026, 10, 20), None),
        ("bac-ninh-80", TUESDAY, None, None, date(2026, 10, 20), None),
        ("ninh-binh-163", TUESDAY, None, None, date(2026, 10, 27), None),
    ],
)
def test_each_rule_set_counts_as_its_text_says(
    code: str, received: date, refuse: date | None, ask: date | None, due: date, publish_days: int | None
) -> None:
    figures = rule_sets()[code].figures
    clock = Clock(figures, received)

    assert (clock.refuse_by(PLAIN), clock.ask_by(PLAIN), clock.due_on(PLAIN)) == (refuse, ask, due)
    assert figures.publish == publish_days


def test_the_figures_of_the_national_decision_are_2_5_15_2() -> None:
    figures = default()

    assert (figures.refuse, figures.ask, figures.answer, figures.publish) == (2, 5, 15, 2)
    assert figures.count is Count.WORKING


def test_the_longest_answer_with_other_agencies_is_10_days() -> None:
    clock = Clock(rule_sets()["bac-ninh-80"].figures, TUESDAY)

    assert clock.may_extend() == 5
    assert clock.extended(2).due_on(PLAIN) == date(2026, 10, 22)
    assert clock.extended(5).may_extend() == 0


def test_figures_that_nobody_read_in_a_primary_text_say_so() -> None:
    assert {code for code, rule_set in rule_sets().items() if rule_set.figures.is_unverified} == {"nd-20"}


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 4, 30), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 9, 2), False),
        (date(2026, 10, 17), False),
        (date(2026, 10, 19), True),
    ],
    ids=str,
)
def test_holidays_and_swapped_days_of_2026_are_known(day: date, is_working: bool) -> None:
    assert PLAIN.is_working(day) is is_working


def test_tet_does_not_count() -> None:
    assert Clock(default(), date(2026, 2, 12)).due_on(PLAIN) == date(2026, 3, 12)


def test_a_day_swapped_by_notice_counts_as_the_notice_says() -> None:
    swapped = Calendar({date(2026, 10, 17): True, date(2026, 10, 19): False})

    assert swapped.after(date(2026, 10, 16), 1) == date(2026, 10, 17)
    assert swapped.after(date(2026, 10, 16), 2) == date(2026, 10, 20)


def test_what_comes_on_a_sunday_counts_from_monday_on() -> None:
    assert PLAIN.after(date(2026, 10, 18), 1) == date(2026, 10, 19)


def test_a_deadline_in_calendar_days_that_ends_on_a_sunday_ends_on_monday() -> None:
    figures = rule_sets()["bac-ninh-78"].figures

    assert Clock(figures, date(2026, 10, 11)).due_on(PLAIN) == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("due", "words", "near"),
    [
        (date(2026, 10, 9), "Overdue by {days} days", Urgency.OVER),
        (date(2026, 10, 12), "Overdue by 1 day", Urgency.OVER),
        (date(2026, 10, 13), "Due today", Urgency.SOON),
        (date(2026, 10, 14), "1 day left", Urgency.SOON),
        (date(2026, 10, 15), "{days} days left", Urgency.SOON),
        (date(2026, 10, 16), "{days} days left", Urgency.NONE),
    ],
    ids=str,
)
def test_how_near_the_day_is_stands_in_words_and_in_colour(due: date, words: str, near: Urgency) -> None:
    assert due_words(PLAIN, due, TUESDAY).message == words
    assert urgency(PLAIN, due, TUESDAY) is near


@pytest.mark.parametrize(("days_over", "level"), [(0, 0), (1, 1), (4, 1), (5, 2), (9, 2), (10, 3), (50, 3)])
def test_what_is_overdue_goes_up_the_unit_tree(days_over: int, level: int) -> None:
    assert escalation(PLAIN, TUESDAY, PLAIN.after(TUESDAY, days_over)) == level


def test_only_a_first_question_in_time_stops_the_clock() -> None:
    clock = Clock(default(), TUESDAY)
    asked = clock.paused(PLAIN, date(2026, 10, 15))

    again = asked.resumed(PLAIN, date(2026, 10, 16)).paused(PLAIN, date(2026, 10, 19))

    assert asked.paused_until(PLAIN) == date(2026, 10, 29)
    assert again.paused_on is None
    assert again.due_on(PLAIN) == date(2026, 11, 4)
    assert clock.paused(PLAIN, date(2026, 10, 21)).paused_on is None


def test_an_answer_of_22_october_is_published_until_26_october() -> None:
    assert publish_by(default(), PLAIN, date(2026, 10, 22)) == date(2026, 10, 26)


@given(days, counts)
def test_a_deadline_falls_on_a_working_day_after_its_start(day: date, count: int) -> None:
    due = PLAIN.after(day, count)

    assert count == 0 or PLAIN.is_working(due)
    assert PLAIN.between(day, due) == count


@given(days, counts, counts)
def test_more_days_never_end_sooner(day: date, one: int, other: int) -> None:
    assert (PLAIN.after(day, min(one, other))) <= (PLAIN.after(day, max(one, other)))


@given(days, days)
def test_counting_back_gives_the_same_number(one: date, other: date) -> None:
    assert PLAIN.between(one, other) == -PLAIN.between(other, one)


@given(days, st.integers(0, 4), st.integers(0, 60))
@settings(max_examples=60)
def test_a_pause_never_takes_days_away_and_an_early_reply_brings_the_day_nearer(
    day: date, until: int, took: int
) -> None:
    clock = Clock(default(), day)
    asked_on = PLAIN.after(day, until)
    asked = clock.paused(PLAIN, asked_on)

    resumed = asked.resumed(PLAIN, asked_on + timedelta(days=took))

    assert clock.due_on(PLAIN) <= resumed.due_on(PLAIN) <= asked.due_on(PLAIN)
    assert resumed.paused_days <= asked.figures.wait


@given(days, st.integers(0, 200))
@settings(max_examples=60)
def test_days_that_ran_and_days_that_are_left_make_up_the_deadline(day: date, later: int) -> None:
    clock = Clock(default(), day)
    today = day + timedelta(days=later)

    assert clock.used_days(PLAIN, today) + PLAIN.between(today, clock.due_on(PLAIN)) == 15


@given(
    st.builds(
        Figures,
        code=st.text(max_size=10),
        answer=st.integers(1, 90),
        refuse=st.none() | st.integers(1, 90),
        ask=st.none() | st.integers(1, 90),
        publish=st.none() | st.integers(1, 90),
        longest=st.none() | st.integers(1, 90),
        count=st.sampled_from(Count),
        is_unverified=st.booleans(),
    )
)
def test_figures_are_read_back_as_they_were_kept(figures: Figures) -> None:
    assert figures_from(kept(figures)) == figures
