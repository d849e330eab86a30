"""The home page and the published results."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_service.core.clock import FixedClock
from feedback_service.dossiers.models import DossierFigure
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import record
from feedback_service.units.models import Office
from feedback_service.web.context import EXTENSION, Platform
from tests.pages import PageClient
from tests.reports import records
from tests.reports.records import COUNTER_1, COUNTER_2, COUNTER_3, DONG_HA, NAM_DONG_HA, PROVINCE

AUGUST = datetime(2026, 8, 5, 2, tzinfo=UTC)


def rate(session: Session, place: tuple[int, int], count: int, *, level: int = 5, at: datetime = AUGUST) -> None:
    """Record as many ratings of one level at a counter."""
    given = [
        Given(
            id=f"{place[0]:08d}-{place[1]:04d}-{level:04d}-{at.month:04d}-{number:012d}",
            sequence=None,
            questionnaire="kiosk-5",
            version=1,
            answered_at=at,
            language="vi",
            answers={"satisfaction": level},
        )
        for number in range(count)
    ]
    record(session, Place(*place, None, Channel.QR, Tier.WEB), given, now=at)


@pytest.fixture
def portal(app: Flask) -> Platform:
    """An office of Phường Đông Hà with sixty ratings at two counters in the third quarter."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        office = {"id": 1, "unit_id": DONG_HA, "product": "Lắng nghe dân", "office_name": "Trung tâm", "is_demo": False}
        records.add(session, Office, office)
        rate(session, (DONG_HA, COUNTER_1), 36)
        rate(session, (DONG_HA, COUNTER_2), 18)
        rate(session, (DONG_HA, COUNTER_2), 6, level=2)
    return platform


def test_a_new_office_says_when_its_first_figures_come(pages: PageClient) -> None:
    assert "từ ngày 08/01/2027" in pages.get("/").text("section[aria-labelledby=kept]")
    assert pages.get("/results").text(".empty strong") == "Chưa có số liệu để công bố."


def test_home_tells_shares_with_their_fractions(portal: Platform, pages: PageClient) -> None:
    with portal.transaction() as session:
        quarter = {"first_on": date(2026, 7, 1), "last_on": date(2026, 9, 30)}
        row = {"unit_id": DONG_HA, **quarter, "field": "", "received": 160, "on_time": 155, "source": ""}
        records.add(session, DossierFigure, {**row, "recorded_at": AUGUST})

    page = pages.get("/")

    assert page.texts(".promise-figure") == [
        "96,9%hồ sơ giải quyết đúng hẹn155 trên 160 hồ sơ tiếp nhận",
        "90,0%lượt đánh giá hài lòng54 trên 60 lượt; 37,5% hồ sơ có đánh giá",
    ]
    assert "Quý III/2026" in page.text("#kept")


def test_home_has_a_door_for_the_poll_that_is_open(portal: Platform, pages: PageClient) -> None:
    with portal.transaction() as session:
        records.found_poll(session, ["Rất tốt", "Tốt"])

    doors = pages.get("/").all(".door")

    assert [door.get("href") for door in doors] == ["/suggestions/new", "/suggestions/track", "/polls/chuyen-muc-dang"]


def test_home_without_an_open_poll_leads_to_the_results(portal: Platform, pages: PageClient) -> None:
    doors = pages.get("/").all(".door")

    assert [door.get("href") for door in doors] == ["/suggestions/new", "/suggestions/track", "/results"]


def test_results_are_published_by_counter_with_their_intervals(portal: Platform, pages: PageClient) -> None:
    page = pages.get("/results")

    assert page.heading == "Kết quả phục vụ, Quý III/2026"
    assert page.texts("tbody tr") == [
        "Quầy 1, Đất đai3636100,0%90,4% – 100,0%",
        "Quầy 2, Hộ tịch241875,0%55,1% – 88,0%",
    ]
    assert page.all("svg.chart[role=img]")


def test_english_readers_get_english_words_and_numbers(portal: Platform, pages: PageClient) -> None:
    page = pages.get("/results?lang=en")

    assert page.heading == "Results of service, Quarter III/2026"
    assert "75.0%" in page.text("tbody")


def test_a_counter_with_few_ratings_is_nowhere_to_be_seen(portal: Platform, pages: PageClient) -> None:
    with portal.transaction() as session:
        rate(session, (NAM_DONG_HA, COUNTER_3), 9, level=1)
        session.execute(update(Office).values(unit_id=PROVINCE))

    page = pages.get("/results")

    assert "Nam Đông Hà" not in page.text("main")
    assert page.texts("tbody tr") == []
    pages.get(f"/results?unit={NAM_DONG_HA}", status=404)
    pages.get(f"/results?unit={DONG_HA}", status=404)


def test_a_province_opens_the_counters_of_a_ward_that_is_published(portal: Platform, pages: PageClient) -> None:
    with portal.transaction() as session:
        rate(session, (NAM_DONG_HA, COUNTER_3), 12)
        session.execute(update(Office).values(unit_id=PROVINCE))

    page = pages.get("/results")
    ward = pages.get(page.all("tbody a")[0].get("href") or "")

    assert page.texts("tbody th") == ["Phường Đông Hà", "Phường Nam Đông Hà"]
    assert ward.texts("tbody th") == ["Quầy 1, Đất đai", "Quầy 2, Hộ tịch"]


def test_the_running_quarter_is_not_published(portal: Platform, pages: PageClient, clock: FixedClock) -> None:
    with portal.transaction() as session:
        rate(session, (DONG_HA, COUNTER_1), 40, level=1, at=datetime(2026, 10, 6, 2, tzinfo=UTC))

    assert "Quý III/2026" in pages.get("/results").heading
    pages.get("/results?period=2026-q4", status=404)
    clock.move(timedelta(days=90))
    assert "Quý IV/2026" in pages.get("/results").heading
    assert "Quý III/2026" in pages.get("/results?period=2026-q3").heading
