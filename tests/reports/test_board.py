"""The board at the desk agrees with the ratings themselves, and shows nothing that is not the reader's."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from feedback_service.core.period import Period, local_time
from feedback_service.db import Database
from feedback_service.dossiers.models import DossierFigure
from feedback_service.kiosks.models import Kiosk, KioskState
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.ratings.service import rebuild
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.board import Asking, Board, board
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.periods import FreePeriod
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, without
from tests.reports import records
from tests.reports.raters import NOON, rate
from tests.reports.records import BIRTH, COUNTER_1, COUNTER_2, DONG_HA, FIVE, LAND, NAM_DONG_HA, PROVINCE
from tests.statements import counted

UNSAID = Labels((), str, NOON)
DAYS = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def rated(database: Database) -> Database:
    """A province with two wards and two hundred ratings, on each kind of database."""
    with database.transaction() as session:
        records.found_office(session)
        for number in range(200):
            rate(session, number)
    return database


def shown(
    database: Database,
    unit_id: int,
    *,
    scale: Scale | None = None,
    tier: str | None = None,
    days: Period = DAYS,
    **narrowing: Any,
) -> Board:
    """Return the board of October, or of other days."""
    asking = Asking(unit_id, FreePeriod(days), tier, scale, "vi", "không rõ", **narrowing)
    with database.reading() as session:
        return board(session, places(session), asking, now=NOON)


def recount(database: Database, first_on: date = DAYS.first_on, last_on: date = DAYS.last_on) -> list[Rating]:
    """Return the raw ratings of October, or of other days."""
    with database.reading() as session:
        found = session.execute(select(Rating).where(Rating.counted_on.between(first_on, last_on)))
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
        assert {line.name: line.counts.total for line in found.channels} == Counter(rating.channel for rating in mine)
        by_procedure = Counter(rating.procedure_id for rating in mine)
        assert {line.procedure_id: line.counts.total for line in found.procedures} == dict(by_procedure)
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
            file_pieces(Records.RATINGS, written_as, rows.chunks(session, wanted), scratch=tmp_path, labels=UNSAID)
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
        ({"procedure_id": BIRTH}, lambda rating: rating.procedure_id == BIRTH),
        ({"procedure_id": LAND, "counter_id": COUNTER_1}, lambda one: (one.procedure_id, one.counter_id) == (LAND, 11)),
        ({"questionnaire": "kiosk-5"}, lambda rating: rating.version_id == FIVE),
        ({"questionnaire": "kiosk-3"}, lambda _rating: False),
    ],
)
def test_a_channel_a_counter_a_procedure_or_a_questionnaire_can_be_looked_at_alone(
    rated: Database, narrowing: dict[str, Any], is_meant: Callable[[Rating], bool]
) -> None:
    mine = [rating for rating in recount(rated) if rating.levels == 5 and rating.unit_id == DONG_HA]

    found = shown(rated, DONG_HA, scale=Scale.FIVE, **narrowing)

    expected = len([rating for rating in mine if is_meant(rating)])
    assert found.total.total == expected
    assert found.hours.total == (0 if "procedure_id" in narrowing else expected)
    assert sum(line.counts.total for line in found.comparison.lines) == expected
    assert found.is_of_part == (not narrowing.keys().isdisjoint({"counter_id", "procedure_id"}))


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
    of_birth = shown(rated, DONG_HA, scale=Scale.FIVE, procedure_id=BIRTH)
    assert of_birth.marked.total == len([rating for rating in mine if rating.procedure_id == BIRTH])
    by_procedure = {line.procedure_id: line.marked.total for line in found.procedures if line.marked}
    assert by_procedure[BIRTH] == of_birth.marked.total
    assert found.total.total == len([one for one in recount(rated) if one.unit_id == DONG_HA and one.levels == 5])


def test_a_handful_of_marked_ratings_is_not_told_apart() -> None:
    whole, four = LevelCounts(Scale.FIVE, (0, 0, 0, 10, 30)), LevelCounts(Scale.FIVE, (0, 0, 0, 0, 4))

    assert without(whole, four) is None
    assert without(four, four) is None
    assert without(whole, whole - four) is None
    assert without(whole, LevelCounts(Scale.FIVE, (0, 0, 0, 2, 3))) == LevelCounts(Scale.FIVE, (0, 0, 0, 8, 27))


@pytest.mark.parametrize(
    ("unit_id", "narrowing"),
    [
        (DONG_HA, {}),
        (DONG_HA, {"counter_id": COUNTER_1}),
        (DONG_HA, {"procedure_id": BIRTH}),
        (DONG_HA, {"tier": "kiosk"}),
        (DONG_HA, {"channel": "kiosk"}),
    ],
)
def test_no_page_of_its_own_gives_a_handful_of_neighbours_away(
    database: Database, unit_id: int, narrowing: dict[str, Any]
) -> None:
    few = {"counter_id": COUNTER_2, "tier": "web", "channel": "web", "level": 1, "answers": '{"satisfaction":1}'}
    with database.transaction() as session:
        records.found_office(session)
        for number in range(23):
            told = {**few, "procedure_id": LAND} if number < 3 else {"procedure_id": BIRTH}
            elsewhere = {"unit_id": NAM_DONG_HA, "counter_id": None} if not narrowing and number < 3 else {}
            records.add_rating(session, number, **{**told, **elsewhere})
        for one in (DONG_HA, NAM_DONG_HA):
            rebuild(session, one, date(2026, 10, 12))

    found = shown(database, unit_id, **narrowing)

    assert found.total.total == 20
    assert found.is_held_back
    assert not shown(database, PROVINCE).is_held_back


def test_a_page_beside_large_neighbours_is_shown(rated: Database) -> None:
    for narrowing in ({}, {"counter_id": COUNTER_1}, {"procedure_id": BIRTH}, {"tier": "web"}, {"channel": "qr"}):
        assert not shown(rated, DONG_HA, **narrowing).is_held_back


def test_ten_times_the_ratings_cost_the_same_number_of_statements(rated: Database) -> None:
    with counted() as first:
        shown(rated, PROVINCE)
    with rated.transaction() as session:
        for number in range(200, 400):
            rate(session, number)

    with counted() as second:
        shown(rated, PROVINCE)

    assert len(second) == len(first) <= 22


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
