"""Units at the desk."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.units import queries, service
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.pages import PageClient

TODAY = date(2026, 10, 13)


@dataclass(frozen=True)
class Desk:
    """An administrator at the desk of the ward."""

    app: Flask
    pages: PageClient
    ward_id: int
    other_id: int

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    """The desk of Phường Đông Hà, once on each kind of database."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, now=clock.now())
        wards = [queries.by_code(session, code, on=TODAY) for code in ("19333", "19351")]
    ids = [ward.id for ward in wards if ward]
    return Desk(app, officer(app, Role.ADMINISTRATOR, unit_id=ids[0]).pages, *ids)


def test_the_page_of_a_ward_tells_where_it_came_from(desk: Desk) -> None:
    page = desk.pages.get(f"/staff/units/{desk.ward_id}")

    assert page.heading == "Phường Đông Hà"
    lines = page.texts("section[aria-labelledby=before] li")
    assert "Phường Đông Giangnhập vào đơn vị này, Thành phố Đông Hà" in lines
    assert "Thành phố Đông Hàmột phần nhập vào đơn vị này, Tỉnh Quảng Trị" in lines


def test_a_counter_is_opened_renamed_and_closed(desk: Desk) -> None:
    page = desk.pages.get(f"/staff/units/{desk.ward_id}")

    page = desk.pages.send(page, {"name": "Quầy 1", "field": "Đất đai"}, selector="form[action$=counters]")
    assert "Quầy 1 Đất đai" in page.text("tbody")
    counter = desk.pages.get(page.all("tbody a")[0].get("href") or "")
    page = desk.pages.send(counter, {"name": "Quầy 1", "field": "Hộ tịch"})
    assert "Quầy 1 Hộ tịch" in page.text("tbody")
    page = desk.pages.send(counter, {}, selector="form[action$=closing]")

    assert "đã đóng từ 13/10/2026" in page.text("tbody")


def test_a_name_that_is_taken_is_refused_and_kept_in_the_field(desk: Desk) -> None:
    page = desk.pages.get(f"/staff/units/{desk.ward_id}")
    page = desk.pages.send(page, {"name": "Quầy 1"}, selector="form[action$=counters]")

    page = desk.pages.send(page, {"name": "quay 1"}, selector="form[action$=counters]", status=422)

    assert "đã có quầy mang tên đó" in page.text(".error-summary")
    assert page.form("form[action$=counters]")["name"] == "quay 1"


def test_hours_are_kept_and_given_back(desk: Desk) -> None:
    page = desk.pages.get(f"/staff/units/{desk.ward_id}")
    wrong = {"weekdays": ["6"], "morning_opens": "11:00", "morning_closes": "08:00", "hours": "own"}
    right = {
        **wrong,
        "morning_opens": "08:00",
        "morning_closes": "11:00",
        "afternoon_opens": "",
        "afternoon_closes": "",
    }

    refused = desk.pages.send(page, wrong, selector="form[action$=hours]", status=422)
    desk.pages.send(page, right, selector="form[action$=hours]")
    with desk.platform.reading() as session:
        kept = queries.unit(session, desk.ward_id)
    desk.pages.send(page, {"hours": "office"}, selector="form[action$=hours]")
    with desk.platform.reading() as session:
        given_back = queries.unit(session, desk.ward_id)

    assert "Giờ đóng cửa phải sau giờ mở cửa" in refused.text(".error-summary")
    assert kept
    assert [(span.weekdays, span.opens, span.closes) for span in kept.opening_hours] == [((6,), "08:00", "11:00")]
    assert given_back
    assert not given_back.has_own_hours


def test_the_unit_of_another_office_is_not_there(desk: Desk) -> None:
    desk.pages.get(f"/staff/units/{desk.other_id}", status=404)
    token = desk.pages.get(f"/staff/units/{desk.ward_id}").form("form[action$=counters]")["csrf_token"]

    desk.pages.post(f"/staff/units/{desk.other_id}/counters", {"csrf_token": token, "name": "Quầy 9"}, status=404)


def test_a_unit_that_has_ended_can_be_read_and_not_changed(desk: Desk) -> None:
    with desk.platform.reading() as session:
        old = queries.by_code(session, "461", on=date(2025, 6, 30))
    assert old

    page = desk.pages.get(f"/staff/units/{old.id}")
    token = desk.pages.get(f"/staff/units/{desk.ward_id}").form("form[action$=counters]")["csrf_token"]
    desk.pages.post(f"/staff/units/{old.id}/counters", {"csrf_token": token, "name": "Quầy 9"}, status=422)

    assert "Đơn vị này đã kết thúc" in page.text(".notice")
    assert page.all("form[action$=counters]") == []


def test_oversight_reads_and_is_offered_nothing_to_change(desk: Desk) -> None:
    overseer = officer(desk.app, Role.OVERSEER, unit_id=desk.ward_id)

    page = overseer.pages.get(f"/staff/units/{desk.ward_id}")

    assert page.all("main form") == []


def test_a_search_for_nothing_sensible_finds_nothing_and_harms_nothing(desk: Desk) -> None:
    for words in ("%00", "%00x", "%27%20OR%201%3D1", "%25", "%EF%BF%BE", "x" * 300):
        page = desk.pages.get(f"/staff/units?q={words}")

        assert page.heading == "Đơn vị"
