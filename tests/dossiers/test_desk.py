"""Dossier figures at the desk: typed in, taken from a file, replaced only when that was seen."""

import io
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.dossiers.service import load_article
from feedback_service.units import queries, service
from feedback_service.web.context import EXTENSION, Platform
from tests.dossiers.sheets import CIVIL, LAND, TOTAL, form
from tests.officers import officer
from tests.pages import Page, PageClient

QUARTER = {"first_on": "2026-07-01", "last_on": "2026-09-30"}
SUMS = ("received", "received_online", "received_in_person", "carried_over", "resolved", "resolved_early")
TYPED = {
    **QUARTER,
    **dict(zip(SUMS, ("100", "60", "30", "10", "90", "50"), strict=True)),
    "resolved_on_time": "38",
    "resolved_late": "2",
    "pending": "10",
    "pending_in_time": "9",
    "pending_late": "1",
    "source": "Báo cáo quý III",
}


@dataclass(frozen=True)
class Desk:
    """The officer of a ward who files dossier figures."""

    app: Flask
    pages: PageClient
    ward_id: int
    city_id: int
    other_id: int

    def type(self, *, status: int = 200, **changes: str) -> Page:
        """Type a report in."""
        page = self.pages.get("/staff/dossiers/new")
        return self.pages.send(page, {**TYPED, "unit_id": str(self.ward_id), **changes}, status=status)

    def send(self, content: bytes, *, status: int = 200, **told: str) -> Page:
        """Send a file to be looked at."""
        page = self.pages.get("/staff/dossiers/file")
        file = (io.BytesIO(content), "bao-cao.xlsx")
        return self.pages.send(page, {"unit_id": str(self.ward_id), **told, "file": file}, status=status)


@pytest.fixture
def desk(house: Flask, clock: FixedClock) -> Desk:
    """The desk of Phường Đông Hà."""
    return desk_of(house, clock)


@pytest.fixture
def desks(app: Flask, clock: FixedClock) -> Desk:
    """The desk of Phường Đông Hà, once on each kind of database."""
    return desk_of(app, clock)


def desk_of(app: Flask, clock: FixedClock) -> Desk:
    """Load the units and the article, and sign in the officer who controls procedures."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, now=clock.now())
        found = [queries.by_code(session, code, on=date(2026, 10, 13)) for code in ("19333", "19351")]
        city = queries.by_code(session, "461", on=date(2018, 1, 1))
        assert city
        load_article(session, city.id, by="system", now=clock.now())
    ids = [ward.id for ward in found if ward]
    pages = officer(app, Role.CONTROLLER, unit_id=ids[0], full_name="Lê Thị Hoa").pages
    return Desk(app, pages, ids[0], city.id, ids[1])


def test_a_report_is_typed_in_and_shown_with_its_sums_and_rates(desk: Desk) -> None:
    page = desk.type()

    assert page.heading == "Phường Đông Hà"
    assert "01/07/2026 đến 30/09/2026" in page.text(".page-head")
    assert page.texts(".sums .state") == ["khớp"] * 5
    assert page.texts(".case-side .tile-value") == ["88,0%", "97,8%", "97,0%"]


def test_sums_that_do_not_agree_are_explained_and_everything_typed_stays(desk: Desk) -> None:
    page = desk.type(received="101", status=422)

    assert "Cột 3 phải bằng 4 + 5 + 6." in page.text(".error-summary")
    assert "101 ≠ 60 Tiếp nhận trực tuyến (4) +30" in page.text(".sums").replace("+ ", "+")
    assert "Tổng số thừa 1." in page.text(".sums")
    assert page.form()["received_online"] == "60"


def test_other_figures_are_replaced_only_after_both_were_seen_and_the_old_ones_stay(desks: Desk) -> None:
    desk = desks
    desk.type()

    asked = desk.type(received="200", received_online="160", pending="110", pending_in_time="109", status=409)
    assert "Đã có số liệu khác" in asked.text(".notice")
    assert "Tiếp nhận, tổng số100200" in asked.text(".notice table")
    assert "88 / 100" in desk.pages.get("/staff/dossiers").text("tbody")
    page = desk.pages.send(asked, {})

    assert "88 / 100" in page.text("section[aria-labelledby=earlier-title]")
    assert "Lê Thị Hoa" in page.text("section[aria-labelledby=earlier-title]")
    assert "200" in page.text("section[aria-labelledby=columns-title]")


def test_the_same_report_typed_twice_asks_nothing(desk: Desk) -> None:
    desk.type()

    page = desk.type()

    assert page.heading == "Phường Đông Hà"
    assert page.all("section[aria-labelledby=earlier-title]") == []


def test_the_figures_of_the_article_stand_under_the_old_city(desk: Desk) -> None:
    page = desk.pages.get("/staff/dossiers")
    links = [link for link in page.all("tbody a") if link.text == "Thành phố Đông Hà"]

    assert len(links) == 2
    year = next(shown for link in links if "9.413 / 9.728" in (shown := desk.pages.get(link.get("href") or "")).text())
    assert "96,8%" in year.text(".case-side")
    assert "cắt bỏ thì là 96,7%" in year.text(".case-side")
    assert "Nguồn không nêu đủ số để tính." in year.text(".case-side")


def test_a_period_without_any_dossier_has_no_rate(desk: Desk) -> None:
    page = desk.pages.get("/staff/dossiers/new")
    nothing = {name: told if name in (*QUARTER, "source") else "0" for name, told in TYPED.items()}

    page = desk.pages.send(page, {**nothing, "unit_id": str(desk.ward_id)})

    assert page.texts(".case-side .tile-value") == ["không có số liệu"] * 3


def test_form_two_six_a_is_looked_at_first_and_stored_when_confirmed(desks: Desk) -> None:
    desk = desks
    looked = desk.send(form(LAND, CIVIL, TOTAL))

    assert "Mới: 3." in looked.text("section[aria-labelledby=plan-title]")
    assert "Đất đai" not in desk.pages.get("/staff/dossiers").text("main")
    stored = desk.pages.send(looked, {}, selector="form[action$=confirmation]")
    assert "Đất đai" in stored.text("tbody")
    again = desk.send(form(LAND, CIVIL, TOTAL))
    assert "không có gì để lưu" in again.text("section[aria-labelledby=plan-title]")


def test_rows_to_be_mended_keep_the_whole_file_out(desk: Desk) -> None:
    looked = desk.send(form((1, "Đất đai", 61, *LAND[3:]), CIVIL), status=422)

    assert "Tiếp nhận, tổng số (3): Cột 3 phải bằng 4 + 5 + 6." in looked.text("tbody")
    assert looked.all("form[action$=confirmation]") == []


def test_a_file_is_not_confirmed_over_figures_that_were_not_shown(desk: Desk) -> None:
    looked = desk.send(form(TOTAL))
    desk.type(received="200", received_online="160", pending="110", pending_in_time="109")

    page = desk.pages.send(looked, {}, selector="form[action$=confirmation]", status=409)

    assert "Đã có số liệu khác" in page.text("main")


def test_figures_of_units_out_of_reach_or_of_another_time_are_refused(desk: Desk) -> None:
    head = "unit_code;first_on;last_on;received;on_time;source\n"
    rows = "19351;2026-07-01;2026-09-30;5;5;x\n99999;2017-01-01;2017-12-31;5;5;x\n"

    looked = desk.send((head + rows).encode(), unit_id="", status=422)

    assert "Đơn vị này không thuộc phạm vi của Ông/Bà." in looked.text("tbody")
    assert "Không có đơn vị nào mang mã này trong kỳ báo cáo." in looked.text("tbody")
    refused = desk.type(unit_id=str(desk.ward_id), first_on="2017-01-01", last_on="2017-12-31", status=422)
    assert "chưa có hoặc không còn" in refused.text(".error-summary")


def test_a_reader_sees_figures_and_cannot_change_them(desk: Desk) -> None:
    desk.type()
    reader = officer(desk.app, Role.OVERSEER, unit_id=desk.ward_id).pages

    page = reader.get("/staff/dossiers")
    figure = reader.get(page.all("tbody a")[0].get("href") or "")

    assert page.all(".page-head .actions a") == []
    assert figure.all(".page-head .actions a") == []
    reader.get("/staff/dossiers/new", status=403)
    other = officer(desk.app, Role.CONTROLLER, name="khac", unit_id=desk.other_id).pages
    other.get(figure.address, status=404)
