"""The page of the board: what an officer reads, what is refused in words, what is not his to see."""

from datetime import timedelta

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.core.period import local_day
from feedback_service.ratings.service import rebuild
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.reports import records
from tests.reports.raters import rate
from tests.reports.records import COUNTER_1, COUNTER_2, DONG_HA, NAM_DONG_HA, PROVINCE

STRANGE = ("'", "1 OR 1=1", "-1", "1e3", "9" * 400, "\x00", "٣", "${7*7}", "<script>")


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
    assert "Không có số liệu hồ sơ theo quầy hay theo thủ tục." in narrowed.text(".tiles")
    assert "thang 3 mức" in page.text(".notice")


def test_an_officer_opens_the_figures_of_one_procedure(desk: Flask) -> None:
    pages = officer(desk, Role.ONE_STOP, unit_id=DONG_HA).pages
    page = pages.get("/staff/reports?period=2026-m10")
    (address,) = [str(link.get("href")) for link in page.all("table a") if link.text == "Đăng ký khai sinh"]

    one = pages.get(address)

    assert page.text("#procedures-title").startswith("Mức độ hài lòng theo thủ tục")
    assert "thủ tục: Đăng ký khai sinh" in one.text(".page-head")
    assert one.form("form.period")["procedure"] == "71"
    assert "Giờ và lý do không đếm theo thủ tục." in one.text("main")
    assert one.all("#procedures-title, #hours-title") == []
    pages.get("/staff/reports?period=2026-m10&procedure=999")


def test_figures_that_would_give_a_handful_away_are_held_back_in_words(app: Flask, clock: FixedClock) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        for number in range(23):
            records.add_rating(session, number, counter_id=COUNTER_1 if number < 20 else COUNTER_2)
        rebuild(session, DONG_HA, local_day(records.MONDAY))
    pages = officer(app, Role.LEADER, unit_id=DONG_HA).pages

    page = pages.get(f"/staff/reports?period=2026-m10&counter={COUNTER_1}")

    assert "20 lượt đánh giá. Số liệu được ẩn" in page.text("main .notice-soon")
    assert page.all(".tiles, svg.chart") == []
    assert "100,0%" in pages.get("/staff/reports?period=2026-m10").text(".tiles")


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
        for field in (*fields, "questionnaire", "procedure"):
            for value in STRANGE:
                answer = client.get(path, query_string={field: value})
                assert answer.status_code in (200, 404, 422), f"{path} {field}={value[:9]}: {answer.status}"
                assert "<script>" not in answer.text
