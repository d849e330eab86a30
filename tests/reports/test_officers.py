"""Figures of officers are fair to them: own hours only, enough ratings, the first look, and a right to be heard."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.core.canonical import canonical
from feedback_service.core.clock import FixedClock
from feedback_service.core.period import LOCAL_ZONE, Period, local_time
from feedback_service.db import Database
from feedback_service.kiosks.models import CounterRoster
from feedback_service.kiosks.rules import Shift, roster_text
from feedback_service.ratings.models import Rating
from feedback_service.ratings.service import rebuild
from feedback_service.reports.export.officers import officers_csv
from feedback_service.reports.queries.officers import WITNESSES, officer_board
from feedback_service.reports.rules.officers import (
    Correction,
    Hour,
    OfficerFigures,
    Roster,
    figures_of,
    head_sees_on,
    served,
    serving,
)
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import Officer, officer
from tests.reports import records
from tests.reports.records import COUNTER_1, COUNTER_2, DONG_HA, NAM_DONG_HA

HIEN, LAN, NEW = "Nguyễn Thị Hiền", "Trần Thị Lan", "Võ Văn Mới"
WEEK = (1, 2, 3, 4, 5)
MORNING = Shift(WEEK, "07:30", "11:15", HIEN, "")
NOON = Shift(WEEK, "11:15", "17:00", LAN, "")
TUESDAY = date(2026, 9, 15)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
PAGE, OWN = "/staff/reports/officers", "/staff/reports/own"


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    """Return a moment by the clock on the wall."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (TUESDAY, 7, HIEN),
        (TUESDAY, 10, HIEN),
        (TUESDAY, 11, ""),  # both served in this hour: it counts for neither
        (TUESDAY, 12, LAN),
        (TUESDAY, 16, LAN),
        (TUESDAY, 17, ""),
        (date(2026, 9, 13), 9, ""),  # a Sunday
    ],
)
def test_an_hour_counts_for_whoever_was_alone_on_shift(day: date, hour: int, expected: str) -> None:
    assert served([Roster((MORNING, NOON))], day, hour) == expected


def test_the_shifts_of_then_hold_and_an_hour_in_which_they_changed_counts_for_nobody() -> None:
    rosters = [Roster((MORNING,), at(9, 30)), Roster((Shift(WEEK, "07:30", "17:00", LAN, ""),))]

    assert [served(rosters, TUESDAY, hour) for hour in (8, 9, 10)] == [HIEN, "", LAN]
    assert served(rosters, TUESDAY + timedelta(days=1), 8) == LAN


def test_the_last_correction_of_an_hour_holds() -> None:
    made = [Correction(COUNTER_1, TUESDAY, 8, 9, officer_name, "", at(18), "staff:1") for officer_name in (LAN, NEW)]
    told = serving({COUNTER_1: [Roster((MORNING,))]}, [*made, made[0].__class__(**{**vars(made[0]), "first_hour": 9})])

    hours = [Hour(COUNTER_1, TUESDAY, hour, "kiosk", "kiosk", five(1)) for hour in (7, 8, 9, 10)]
    assert [told(hour) for hour in hours] == [HIEN, NEW, LAN, HIEN]


def five(good: int, low: int = 0) -> LevelCounts:
    """Return counts of very satisfied and very dissatisfied."""
    return LevelCounts(Scale.FIVE, (low, 0, 0, 0, good))


def figures(*hours: Hour, marked: tuple[Hour, ...] = ()) -> dict[str, OfficerFigures]:
    """Return the figures of officers whom counters 1 and 2 name by their number."""
    names = {COUNTER_1: HIEN, COUNTER_2: LAN}
    found = figures_of(hours, marked, Scale.FIVE, lambda one: names.get(one.counter_id, ""))
    return {one.officer: one for one in found}


def hour(counter_id: int, counts: LevelCounts, channel: str = "kiosk", tier: str = "kiosk") -> Hour:
    """Return an hour of a counter."""
    return Hour(counter_id, TUESDAY, 8, channel, tier, counts)


def test_the_figures_of_an_officer_are_drawn_to_the_mean_and_set_beside_the_counter() -> None:
    found = figures(hour(COUNTER_1, five(28, 12)), hour(COUNTER_1, five(20), "qr"), hour(COUNTER_2, five(60)))

    hien = found[HIEN]
    assert hien.mean == Fraction(108, 120)
    assert hien.shrunken == (48 + 30 * Fraction(9, 10)) / 90
    assert hien.expected == Fraction(48, 60)
    assert hien.is_shown
    assert [(line.name, line.counts.total) for line in hien.channels] == [("kiosk", 40), ("qr", 20)]
    assert figures(hour(COUNTER_1, five(29)), hour(COUNTER_2, five(60)))[HIEN].is_shown is False


def test_a_share_that_gives_a_handful_of_others_away_is_held_back() -> None:
    found = figures(hour(COUNTER_1, five(60, 1)), hour(COUNTER_2, five(2, 1)))

    assert not found[HIEN].is_shown
    assert not found[LAN].is_shown


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (five(60), five(20, 40), "clearly more"),
        (five(20, 40), five(60), "clearly fewer"),
        (five(50, 10), five(48, 12), None),
        (five(60), five(5, 20), None),  # too few others to compare with
    ],
)
def test_a_share_that_depends_on_the_shift_is_told(own: LevelCounts, others: LevelCounts, expected: str | None) -> None:
    shared = [Hour(COUNTER_1, TUESDAY, number, "kiosk", "kiosk", counts) for number, counts in ((8, own), (14, others))]

    found = figures_of(shared, (), Scale.FIVE, lambda one: HIEN if one.hour == 8 else "")

    told = found[0].shift_effect
    assert (told is None) if expected is None else (told is not None and expected in told.message)


def test_suspicious_ratings_are_shown_in_both_directions() -> None:
    web, own = hour(COUNTER_1, five(0, 6), "web", "suspicious"), hour(COUNTER_1, five(50))

    hien = figures(web, own, marked=(hour(COUNTER_1, five(10)),))[HIEN]

    assert (hien.suspect.satisfied, hien.suspect.low) == (10, 6)
    assert hien.unsuspected == five(40)
    assert figures(own, marked=(hour(COUNTER_1, five(2)),))[HIEN].unsuspected is None


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 500), st.integers(0, 500))
def test_what_is_drawn_to_the_mean_lies_between_both(good: int, low: int, others: int, bad: int) -> None:
    found = figures(hour(COUNTER_1, five(good, low)), hour(COUNTER_2, five(others, bad)))

    for one in found.values():
        if one.counts.total and one.mean is not None and one.shrunken is not None:
            ends = sorted((Fraction(one.counts.satisfied, one.counts.total), one.mean))
            assert ends[0] <= one.shrunken <= ends[1]


@pytest.mark.parametrize(
    ("seen_on", "expected"),
    [(None, date(2026, 10, 8)), (date(2026, 10, 2), date(2026, 10, 2)), (date(2026, 11, 2), date(2026, 10, 8))],
)
def test_the_head_waits_a_week_or_until_the_officer_has_seen_the_figures(seen_on: date | None, expected: date) -> None:
    assert head_sees_on(QUARTER.last_on, seen_on=seen_on) == expected


def test_the_file_says_where_there_are_not_enough_ratings() -> None:
    found = figures(hour(COUNTER_1, five(29)), hour(COUNTER_2, five(60)))

    text = officers_csv([(HIEN, found[HIEN]), ("=Lan", found[LAN]), (NEW, None)], lambda message: message).decode()

    assert text.splitlines()[1:] == [
        f'"{HIEN}";29;"";"";"";"";"";"not enough ratings"',
        '"\'=Lan";60;"100,0";"94,0";"100,0";"100,0";"100,0";""',
        f'"{NEW}";;"";"";"";"";"";"the officer looks first"',
    ]


def fill(database: Database) -> None:
    """Write shifts of two officers at counter 1, and ratings of three weeks of September."""
    with database.transaction() as session:
        records.found_office(session)
        records.add(session, CounterRoster, {"counter_id": COUNTER_1, "shifts": roster_text((MORNING, NOON))})
        number, days = 0, [date(2026, 9, 1) + timedelta(days=step) for step in range(20)]
        for day in days:
            for on_clock in (8, 9, 10, 14):
                number += 1
                level = 5 if number % 3 else 1
                told = {"level": level, "answers": canonical({"satisfaction": level})}
                records.add_rating(session, number, answered_at=at(on_clock, 5, day), **told)
        for day in days:
            rebuild(session, DONG_HA, day)


def test_the_figures_agree_with_a_recount_of_the_raw_ratings(database: Database) -> None:
    fill(database)

    with database.reading() as session:
        found = {one.officer: one for one in officer_board(session, DONG_HA, QUARTER, now=at(9)).officers}
        raw = [(local_time(one.answered_at), one.level) for one in session.query(Rating).all()]

    mornings = [level for moment, level in raw if moment.weekday() < 5 and moment.hour < 11]
    noons = [level for moment, level in raw if moment.weekday() < 5 and moment.hour >= 12]
    assert (found[HIEN].counts.total, found[HIEN].counts.low) == (len(mornings), mornings.count(1))
    assert (found[LAN].counts.total, found[LAN].counts.low) == (len(noons), noons.count(1))


def staffed(app: Flask, clock: FixedClock, today: date) -> tuple[Officer, Officer]:
    """Return an officer whom the shifts of a ward name, and the head of the ward, on a day after the quarter."""
    clock.move(at(9, day=today) - clock.now())
    platform: Platform = app.extensions[EXTENSION]
    fill(platform.database)
    hien = officer(app, Role.ONE_STOP, name="hien", full_name=HIEN, unit_id=DONG_HA)
    return hien, officer(app, Role.LEADER, name="lanhdao", unit_id=DONG_HA)


def test_an_officer_sees_first_replies_and_is_answered(app: Flask, clock: FixedClock) -> None:
    hien, head = staffed(app, clock, date(2026, 10, 3))
    early = head.pages.get(f"{PAGE}?period=2026-q3")
    own = hien.pages.get(f"{OWN}?period=2026-q3")

    hien.pages.send(own, {}, selector="form[action*=seen]")
    own = hien.pages.send(
        hien.pages.get(f"{OWN}?period=2026-q3"),
        {"text": "Ngày 15/9 chị Lan trực thay."},
        selector="form[action*=reply]",
    )
    listed = head.pages.get(f"{PAGE}?period=2026-q3")
    one = head.pages.get(str(next(link.get("href") for link in listed.all("th a") if link.text == HIEN)))
    head.pages.send(one, {"text": "Đã sửa lại."})

    assert "Cán bộ xem trước; Ông/Bà xem được từ ngày 08/10/2026." in early.text("table")
    assert "42" in own.text(".tiles")
    assert own.text(".complete-line") == listed.text(".complete-line") != ""
    assert "chờ Ông/Bà trả lời" in listed.text("table")
    assert "không đủ mẫu" not in one.text(".tiles")
    assert "Đã sửa lại." in hien.pages.get(f"{OWN}?period=2026-q3").text("main")
    again = hien.pages.client.post(f"{OWN}/reply?period=2026-q3", data={**own.form("form[action*=reply]"), "text": "x"})
    assert again.status_code == 409
    assert broken(app) == []


def test_a_correction_moves_the_hours_and_stays_in_the_ledger(app: Flask, clock: FixedClock) -> None:
    _hien, head = staffed(app, clock, date(2026, 10, 9))
    page = head.pages.get(f"{PAGE}?period=2026-q3")
    told = {"counter": str(COUNTER_1), "day": "2026-09-15", "first_hour": "8", "last_hour": "9", "officer": LAN}
    wrong = head.pages.send(page, {**told, "day": "2026-10-02", "reason": ""}, selector="form.sheet", status=422)

    after = head.pages.send(page, {**told, "reason": "Sổ trực"}, selector="form.sheet")

    assert wrong.texts(".error-summary a") == ["Xin chọn một ngày trong quý này.", "Xin Ông/Bà ghi căn cứ."]
    assert [after.texts("tbody tr td:nth-child(2)")[place] for place in (0, 1)] == ["40", "16"]
    assert "Sổ trực" in after.text("section[aria-labelledby=corrected]")
    assert broken(app) == []


def test_nobody_but_the_head_of_the_unit_sees_officers_by_name(app: Flask, clock: FixedClock) -> None:
    hien, head = staffed(app, clock, date(2026, 10, 9))
    others = [officer(app, role, unit_id=DONG_HA) for role in Role if role != Role.LEADER]
    elsewhere = officer(app, Role.LEADER, name="khac", unit_id=NAM_DONG_HA)

    for one in (hien, *others):
        assert one.pages.client.get(f"{PAGE}?period=2026-q3").status_code == 403
        assert one.pages.client.post(f"{PAGE}.csv?period=2026-q3").status_code in (400, 403)
    assert elsewhere.pages.client.get(f"{PAGE}?period=2026-q3&unit={DONG_HA}").status_code == 404
    assert head.pages.client.get(f"{PAGE}?period=2026-q4").status_code == 404
    assert "Ở đây chưa có số liệu của Ông/Bà." in others[0].pages.get(OWN).text(".empty")


def broken(app: Flask) -> list[str]:
    """Return what the ledger finds wrong with reviews and corrections."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.database.inspecting() as session:
        kinds = {"officer_review", "shift_correction"}
        return [one.problem for one in findings(session, WITNESSES) if one.subject_kind in kinds]
