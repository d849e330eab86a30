"""The board at the desk agrees with the ratings themselves, and shows nothing that is not the reader's."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.core.period import Period, local_time
from feedback_service.db import Database
from feedback_service.dossiers.models import DossierFigure
from feedback_service.kiosks.models import Kiosk, KioskState
from feedback_service.operations.service.demo.chance import Draws, made_up_id
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import rebuild, record
from feedback_service.reports.export.files import file_pieces
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.board import Asking, Board, board
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.periods import FreePeriod
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, without
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.reports import records
from tests.reports.records import COUNTER_1, COUNTER_2, COUNTER_3, DONG_HA, FIVE, NAM_DONG_HA, PROVINCE
from tests.statements import counted

DAYS = Period(date(2026, 10, 1), date(2026, 10, 31))
STRANGE = ("'", "1 OR 1=1", "-1", "1e3", "9" * 400, "\x00", "٣", "${7*7}", "<script>")
NOON = datetime(2026, 10, 13, 5, tzinfo=UTC)
PLACES = ((DONG_HA, COUNTER_1), (DONG_HA, COUNTER_2), (DONG_HA, None), (NAM_DONG_HA, COUNTER_3))


def rate(session: Session, number: int) -> None:
    """Record one of many ratings that differ in everything a report tells apart."""
    draws = Draws("board", number)
    unit_id, counter_id = draws.one_of(PLACES)
    is_five = draws.happens(0.8)
    level = 1 + draws.below(5 if is_five else 3)
    is_low = level <= (2 if is_five else 1)
    at = NOON - timedelta(hours=draws.below(24 * 20), seconds=number)
    given = Given(
        id=made_up_id("board", number),
        sequence=None,
        questionnaire="kiosk-5" if is_five else "kiosk-3",
        version=1,
        answered_at=at,
        language="vi",
        answers={"satisfaction": level, **({"reasons": ["waiting"]} if is_low and draws.happens(0.7) else {})},
    )
    tier = draws.one_of((Tier.KIOSK, Tier.WEB))
    record(session, Place(unit_id, counter_id, None, Channel.QR, tier), [given], now=at)


@pytest.fixture
def rated(database: Database) -> Database:
    """A province with two wards and two hundred ratings, on each kind of database."""
    with database.transaction() as session:
        records.found_office(session)
        for number in range(200):
            rate(session, number)
    return database


def shown(
    database: Database, unit_id: int, *, scale: Scale | None = None, tier: str | None = None, **narrowing: Any
) -> Board:
    """Return the board of October."""
    asking = Asking(unit_id, FreePeriod(DAYS), tier, scale, "vi", "không rõ", **narrowing)
    with database.reading() as session:
        return board(session, places(session), asking, now=NOON)


def recount(database: Database) -> list[Rating]:
    """Return the raw ratings of October."""
    with database.reading() as session:
        found = session.execute(select(Rating).where(Rating.counted_on.between(DAYS.first_on, DAYS.last_on)))
        ratings = list(found.scalars())
        session.expunge_all()
    return ratings


def test_the_board_agrees_with_a_recount_of_the_raw_ratings(rated: Database) -> None:
    raw = recount(rated)

    for scale in Scale:
        found = shown(rated, PROVINCE, scale=scale)
        mine = [rating for rating in raw if rating.levels == scale]
        levels = Counter(rating.level for rating in mine)
        assert found.total.counts == tuple(levels[level] for level in range(1, scale + 1))
        by_unit = Counter(rating.unit_id for rating in mine)
        assert {line.unit_id: line.counts.total for line in found.comparison.lines} == dict(by_unit)
        assert {line.name: line.counts.total for line in found.tiers} == Counter(rating.tier for rating in mine)
        assert sum(step.counts.total for step in found.course.steps) == len(mine)
        by_hour = Counter((at.weekday(), at.hour) for at in (local_time(rating.answered_at) for rating in mine))
        cells = [(cell.weekday, cell.hour, cell.counts) for row in found.hours.rows for cell in row if cell.counts]
        assert {(weekday, hour): counts.total for weekday, hour, counts in cells} == dict(by_hour)
        low = [rating for rating in mine if rating.level and rating.level <= scale // 2]
        assert sum(counts.low for _weekday, _hour, counts in cells) == len(low)
        named = [rating for rating in mine if "reasons" in json.loads(rating.answers)]
        assert found.low_reasons.mentions == len(named)


def test_the_counters_of_a_ward_agree_with_a_recount_of_the_raw_ratings(rated: Database) -> None:
    mine = [rating for rating in recount(rated) if rating.unit_id == DONG_HA and rating.levels == 5]

    found = shown(rated, DONG_HA, scale=Scale.FIVE)

    by_name = {line.name: line.counts.total for line in found.comparison.lines}
    counters = Counter(rating.counter_id for rating in mine)
    assert by_name == {
        "Quầy 1, Đất đai": counters[COUNTER_1],
        "Quầy 2, Hộ tịch": counters[COUNTER_2],
        "không rõ": counters[None],
    }


@pytest.mark.parametrize("written_as", [Format.CSV, Format.JSONL])
def test_both_exports_agree_with_a_recount_of_the_raw_ratings(
    rated: Database, written_as: Format, tmp_path: Path
) -> None:
    raw = recount(rated)
    wanted = rows.Wanted(Records.RATINGS, None, DAYS)

    with rated.reading() as session:
        content = b"".join(
            file_pieces(Records.RATINGS, written_as, rows.chunks(session, wanted), scratch=tmp_path)
        ).decode("utf-8-sig")

    lines = content.splitlines()[1 if written_as is Format.CSV else 0 :]
    assert len(lines) == len(raw)
    assert all(sum(rating.id in line for line in lines) == 1 for rating in raw)


def test_scales_are_never_mixed_silently(rated: Database) -> None:
    found = shown(rated, PROVINCE)

    assert found.scale is Scale.FIVE
    assert [other.scale for other in found.others] == [Scale.THREE]
    assert found.ratings == len(recount(rated))


def test_a_tier_can_be_looked_at_alone(rated: Database) -> None:
    mine = [rating for rating in recount(rated) if rating.tier == "web" and rating.levels == 5]

    assert shown(rated, PROVINCE, scale=Scale.FIVE, tier="web").total.total == len(mine)


@pytest.mark.parametrize(
    ("narrowing", "is_meant"),
    [
        ({"channel": "qr"}, lambda rating: rating.channel == "qr"),
        ({"channel": "paper"}, lambda rating: rating.channel == "paper"),
        ({"counter_id": COUNTER_1}, lambda rating: rating.counter_id == COUNTER_1),
        ({"questionnaire": "kiosk-5"}, lambda rating: rating.version_id == FIVE),
        ({"questionnaire": "kiosk-3"}, lambda _rating: False),
    ],
)
def test_a_channel_a_counter_or_a_questionnaire_can_be_looked_at_alone(
    rated: Database, narrowing: dict[str, Any], is_meant: Callable[[Rating], bool]
) -> None:
    mine = [rating for rating in recount(rated) if rating.levels == 5 and rating.unit_id == DONG_HA]

    found = shown(rated, DONG_HA, scale=Scale.FIVE, **narrowing)

    expected = len([rating for rating in mine if is_meant(rating)])
    assert (found.total.total, found.hours.total) == (expected, expected)
    assert sum(line.counts.total for line in found.comparison.lines) == expected
    assert found.is_of_counter == ("counter_id" in narrowing)


def test_marked_ratings_are_shown_with_and_without(rated: Database) -> None:
    mine = [rating for rating in recount(rated) if rating.unit_id == DONG_HA and rating.levels == 5][:12]
    with rated.transaction() as session:
        for rating in mine:
            row = {"id": f"{rating.id}/pace", "rating_id": rating.id, "label": "pace", "rules_version": 1}
            records.add(session, RatingLabel, {**row, "set_at": NOON})
        for unit_id, day in {(rating.unit_id, rating.counted_on) for rating in mine}:
            rebuild(session, unit_id, day)

    found = shown(rated, DONG_HA, scale=Scale.FIVE)

    levels = Counter(rating.level for rating in mine)
    assert found.marked.counts == tuple(levels[level] for level in range(1, 6))
    assert without(found.total, found.marked) == found.total - found.marked
    assert sum(line.marked.total for line in found.comparison.lines if line.marked) == 12
    assert found.total.total == len([one for one in recount(rated) if one.unit_id == DONG_HA and one.levels == 5])


def test_a_handful_of_marked_ratings_is_not_told_apart() -> None:
    whole, four = LevelCounts(Scale.FIVE, (0, 0, 0, 10, 30)), LevelCounts(Scale.FIVE, (0, 0, 0, 0, 4))

    assert without(whole, four) is None
    assert without(four, four) is None
    assert without(whole, whole - four) is None
    assert without(whole, LevelCounts(Scale.FIVE, (0, 0, 0, 2, 3))) == LevelCounts(Scale.FIVE, (0, 0, 0, 8, 27))


def test_ten_times_the_ratings_cost_the_same_number_of_statements(rated: Database) -> None:
    with counted() as first:
        shown(rated, PROVINCE)
    with rated.transaction() as session:
        for number in range(200, 400):
            rate(session, number)

    with counted() as second:
        shown(rated, PROVINCE)

    assert len(second) == len(first) <= 18


def test_the_board_never_reads_the_ratings_themselves(rated: Database) -> None:
    with counted() as said:
        shown(rated, PROVINCE)

    assert any("rating_tally" in statement for statement in said)
    assert [statement for statement in said if re.search(r"\b(FROM|JOIN) rating\b", statement)] == []


def test_the_figures_of_dossiers_give_the_response_rate_only_for_a_whole_period(rated: Database) -> None:
    with rated.transaction() as session:
        for first, last in (("2026-10-01", "2026-10-15"), ("2026-10-16", "2026-10-31")):
            ends = {"first_on": date.fromisoformat(first), "last_on": date.fromisoformat(last)}
            row = {"unit_id": DONG_HA, **ends, "field": "", "received": 300, "on_time": 290, "source": ""}
            records.add(session, DossierFigure, {**row, "carried_over": 20, "recorded_at": NOON})

    ward, province = shown(rated, DONG_HA), shown(rated, PROVINCE)

    assert ward.whole_dossiers is not None
    assert (ward.whole_dossiers.on_time, ward.whole_dossiers.received) == (580, 580)
    assert province.dossiers is not None
    assert province.whole_dossiers is None


def test_a_waiting_tablet_makes_the_figures_provisional(rated: Database) -> None:
    with rated.transaction() as session:
        row = {"id": 5, "unit_id": DONG_HA, "name": "Máy 1", "questionnaire_id": "kiosk-5", "token_hash": records.HEX}
        records.add(session, Kiosk, {**row, "is_officer_shown": False, "enrolled_at": NOON - timedelta(days=30)})
        state = {"kiosk_id": 5, "last_seen_at": NOON, "queued": 3, "last_sequence": 9, "app_version": ""}
        records.add(session, KioskState, state)

    found = shown(rated, PROVINCE)

    assert not found.complete.is_final
    assert found.complete.detail.facts == {"sent": 0, "count": 1, "queued": 3}


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Flask:
    """The same province behind the application."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        for number in range(90):
            rate(session, number)
    return app


def test_an_officer_reads_the_board_of_his_ward(desk: Flask) -> None:
    pages = officer(desk, Role.ONE_STOP, unit_id=DONG_HA).pages

    page = pages.get("/staff/reports?period=2026-m10")

    assert page.heading == "Kết quả đánh giá, Tháng 10/2026"
    assert "Phường Đông Hà, từ 01/10/2026 đến 31/10/2026" in page.text("main")
    assert page.all("svg.chart[role=img]")
    assert page.text("#hours-title") == "Tỷ lệ chưa hài lòng theo thứ và giờ"
    narrowed = pages.get(f"/staff/reports?period=2026-m10&channel=qr&counter={COUNTER_1}&questionnaire=kiosk-5")
    assert "Mã QR, chỉ Quầy 1, Đất đai, bộ câu hỏi: kiosk-5." in narrowed.text(".page-head")
    assert "Không có số liệu hồ sơ theo quầy." in narrowed.text(".tiles")
    assert "thang 3 mức" in page.text(".notice")


def test_the_board_of_another_ward_is_not_found(desk: Flask) -> None:
    pages = officer(desk, Role.ONE_STOP, unit_id=DONG_HA).pages

    for unit in (NAM_DONG_HA, PROVINCE, 999_999, "x"):
        pages.get(f"/staff/reports?unit={unit}", status=404)


def test_a_wrong_period_is_told_beside_its_field_and_the_form_is_kept(desk: Flask) -> None:
    pages = officer(desk, Role.OVERSEER, unit_id=DONG_HA).pages

    page = pages.get("/staff/reports?period=free&from=2026-10-31&to=2026-10-01", status=422)

    assert page.texts(".error-summary a") == ["Ngày cuối đang đứng trước ngày đầu. Xin Ông/Bà đổi lại."]
    assert page.form("form.period")["from"] == "2026-10-31"
    assert page.all("#to")[0].get("aria-invalid") == "true"


def test_an_empty_period_leads_to_the_one_before(desk: Flask, clock: FixedClock) -> None:
    clock.move(timedelta(days=20))
    pages = officer(desk, Role.LEADER, unit_id=DONG_HA).pages

    page = pages.get("/staff/reports?period=2026-m11")

    assert page.text(".empty strong") == "Kỳ này chưa có lượt đánh giá nào."
    assert "Xem Tháng 10/2026" in page.texts(".empty a")


def test_a_strange_address_is_refused_in_words(desk: Flask) -> None:
    client = officer(desk, Role.OVERSEER, unit_id=DONG_HA).pages.client

    for path in ("/staff/reports", "/staff/reports/exports", "/results"):
        fields = ("unit", "period", "from", "to", "tier", "scale", "records", "format", "channel", "counter")
        for field in (*fields, "questionnaire"):
            for value in STRANGE:
                answer = client.get(path, query_string={field: value})
                assert answer.status_code in (200, 404, 422), f"{path} {field}={value[:9]}: {answer.status}"
                assert "<script>" not in answer.text
