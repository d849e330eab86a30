"""Surveys on the web are answered with and without a script, once each, under their quota and until their last day."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from feedback_service.accounts.rules.roles import Role
from feedback_service.bundled import own
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.service import publish_draft, take_in
from feedback_service.ratings.models import QrScan, Rating, SurveyCount
from feedback_service.suggestions.models import Suggestion
from tests.databases import Databases
from tests.officers import officer
from tests.pages import checked
from tests.questionnaires.test_files import GOOD, TODAY, book
from tests.ratings.street import BALLOT, Street, faults, settle
from tests.servers import Server


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street, once on each kind of database."""
    return settle(app, clock)


@pytest.fixture
def small_street(house: Flask, clock: FixedClock) -> Street:
    """A street on SQLite alone, for what is decided before the database is asked."""
    return settle(house, clock)


def test_an_answer_is_a_rating_of_the_web_and_its_words_go_to_the_box(street: Street) -> None:
    address = street.open()

    sent = street.citizen().answer(address, {**BALLOT, "q-y-kien": "Cảm ơn, rất nhanh"})

    assert (sent.status_code, sent.location) == (303, "/surveys/phieu/thanks")
    (rating,) = street.rows(Rating)
    assert (rating["channel"], rating["tier"], rating["level"], rating["levels"]) == ("web", "web", 3, 3)
    assert json.loads(rating["answers"]) == {"cs3": 2, "cs4": 1, "cs6": 2, "cs7": 2, "cs10": 3, "cs11": 3}
    (suggestion,) = street.rows(Suggestion)
    assert (suggestion["channel"], suggestion["rating_id"]) == ("web", rating["id"])
    assert [row["answered"] for row in street.rows(SurveyCount)] == [1]
    assert street.is_whole()


def test_the_same_answer_sent_again_counts_once(street: Street) -> None:
    citizen = street.citizen()
    citizen.look_at(street.open())

    first, again = citizen.send(BALLOT), citizen.send(BALLOT)
    other = citizen.send(BALLOT, submission_id=str(uuid4()))

    assert (first.status_code, again.status_code, other.status_code) == (303, 303, 409)
    assert len(street.rows(Rating)) == 1
    assert [row["answered"] for row in street.rows(SurveyCount)] == [1]


def test_a_quota_is_kept_to_the_answer_and_a_closed_survey_takes_none(street: Street) -> None:
    address = street.open(quota=2)
    waiting = street.citizen()
    waiting.look_at(address)

    answered = [street.citizen().answer(address).status_code for _ in range(2)]
    late = waiting.send(BALLOT)

    assert (answered, late.status_code) == ([303, 303], 409)
    assert "không nhận thêm câu trả lời" in late.text
    assert "không nhận thêm câu trả lời" in street.citizen().client.get(address).text
    assert len(street.rows(Rating)) == 2


def test_after_the_last_day_nothing_is_taken(small_street: Street) -> None:
    address = small_street.open(closes_at=small_street.clock.now() + timedelta(minutes=1))
    citizen = small_street.citizen()
    citizen.look_at(address)

    small_street.clock.move(timedelta(minutes=2))

    assert citizen.send(BALLOT).status_code == 409
    assert small_street.rows(Rating) == []


def test_what_does_not_fit_is_said_and_everything_is_kept(small_street: Street) -> None:
    citizen = small_street.citizen()
    citizen.look_at(small_street.open())

    missing = citizen.send({**BALLOT, "q-cs3": "", "q-y-kien": "Cảm ơn"})
    tree = citizen.keep(missing)
    stranger = citizen.send({**BALLOT, "q-cs3": "7"})
    wrong = citizen.send(BALLOT, challenge_answer="00000")

    assert (missing.status_code, stranger.status_code, wrong.status_code) == (422, 422, 422)
    assert faults(missing) == ["Câu này cần được trả lời."]
    assert faults(stranger) == ["Không có lựa chọn này."]
    assert "Mã chưa đúng" in faults(wrong)[0]
    assert tree.cssselect("[name=q-cs4]:checked, [name=q-cs4][checked]")[0].get("value") == "1"
    assert tree.cssselect("textarea")[0].text_content() == "Cảm ơn"
    assert small_street.rows(Rating) == []
    checked("/surveys/phieu/answers", 422, dict(missing.headers), missing.text)


def test_a_day_is_asked_for_again_in_the_way_people_write_it(small_street: Street) -> None:
    written = read_any(book(GOOD), today=TODAY)
    with small_street.platform.transaction() as session:
        take_in(session, written, by="system", now=small_street.clock.now())
        publish_draft(session, written.id, by="system", now=small_street.clock.now())
    citizen = small_street.citizen()
    page = citizen.look_at(small_street.open(questionnaire_id=written.id))

    wrong = citizen.send({"q-cho_nao": "1", "q-ngay": "hôm qua"})
    right = citizen.send({"q-cho_nao": "1", "q-ngay": "9/10/2026"})

    assert "Chỉ trả lời khi ở câu “Chợ nào?” đã chọn: “Đông Hà”" in page.text_content()
    assert faults(wrong) == ["Xin Ông/Bà nhập ngày, ví dụ 31/10/2026."]
    assert right.status_code == 303


def test_an_answer_to_a_question_that_is_not_asked_is_left_out_as_the_page_says(small_street: Street) -> None:
    address = small_street.open("quay", "kiosk-5")
    citizen = small_street.citizen()
    page = citizen.look_at(address)

    citizen.send({"q-satisfaction": "5", "q-reasons": ["slow"], "q-cs5": "2"})

    assert "Nếu không, câu trả lời này không được tính." in page.text_content()
    assert [json.loads(row["answers"]) for row in small_street.rows(Rating)] == [{"satisfaction": 5}]


def test_beyond_what_one_network_sends_answers_are_kept_apart_and_never_refused(app: Flask, clock: FixedClock) -> None:
    street = settle(app, clock)
    address = street.open()

    sent = [street.citizen().answer(address).status_code for _ in range(7)]

    assert sent == [303] * 7
    assert sorted(row["tier"] for row in street.rows(Rating)) == ["suspicious"] * 2 + ["web"] * 5


@pytest.mark.parametrize("address", ["/surveys/khong-co", "/surveys/khong-co/2", "/surveys/khong-co/thanks"])
def test_a_survey_that_there_is_not_is_not_found(house: Flask, address: str) -> None:
    assert house.test_client().get(address).status_code == 404


def test_an_officer_opens_and_closes_a_survey(small_street: Street) -> None:
    writer = officer(small_street.app, Role.ONE_STOP, unit_id=small_street.lobby.unit_id)
    blank = writer.pages.get("/staff/surveys/new")

    wrong = writer.pages.send(blank, {"slug": "Hài lòng", "closes_on": "2026-10-01", "quota": "0"}, status=422)
    opened = writer.pages.send(blank, {"questionnaire": "sipas-2023", "slug": "hai-long", "closes_on": "2026-10-31"})
    taken = writer.pages.send(blank, {"slug": "hai-long"}, status=422)
    uses = writer.pages.get("/staff/questionnaires/sipas-2023/1")
    shown = small_street.app.test_client().get("/surveys/hai-long").text
    closed = writer.pages.send(opened, {}, selector="td form")

    assert len(wrong.texts(".error-text")) == 3
    assert "23:59" in opened.text("td:nth-of-type(3)") or "00:00" in opened.text("td:nth-of-type(3)")
    assert "Khảo sát khác đã dùng địa chỉ này." in taken.text("main")
    assert "hai-long" in uses.text("main dl")
    assert shown.count("data-group") == 10
    assert "Đã đóng" in closed.text("tbody")
    assert small_street.is_whole()


@pytest.mark.slow
def test_a_survey_is_answered_page_by_page_in_a_browser(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, page: Page
) -> None:
    folder = tmp_path_factory.mktemp("survey")
    server = Server(folder, {"FEEDBACK_DATABASE_URL": databases.demonstration(folder)})
    server.start()
    try:
        _open_by_hand(page, server)
        _answer_by_hand(page, server)
        code = _code_by_hand(page, server)
        page.goto(f"{server.url}/q/{code}")
        expect(page).to_have_url(f"{server.url}/surveys/phieu?via={code}")
        server.stop()
        assert _scans(server) == [(code, 1)]
    finally:
        server.end()


def _answer_by_hand(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/surveys/phieu")
    page.get_by_role("button", name="Trang sau").click()
    expect(page.get_by_text("Câu này cần được trả lời.").first).to_be_visible()
    for name in ("cs3", "cs4", "cs6", "cs7"):
        page.check(f"[name=q-{name}][value='2']")
    page.get_by_role("button", name="Trang sau").click()
    expect(page).to_have_url(f"{server.url}/surveys/phieu/2")
    page.get_by_role("button", name="Trang trước").click()
    page.reload()
    expect(page.locator("input:checked")).to_have_count(4)
    page.goto(f"{server.url}/surveys/phieu/2")
    page.check("[name=q-cs10][value='3']")
    page.check("[name=q-cs11][value='3']")
    page.get_by_role("button", name="Xóa hết").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.get_by_text("Hiện chưa có mạng.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("input:checked")).to_have_count(6)
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page).to_have_url(f"{server.url}/surveys/phieu/thanks")
    assert page.evaluate("localStorage.length") == 0


def _code_by_hand(page: Page, server: Server) -> str:
    page.goto(f"{server.url}/staff/surveys/1/codes")
    page.get_by_role("button", name="Tạo mã QR").click()
    return page.locator("tbody code").inner_text()


def _scans(server: Server) -> list[tuple[str, int]]:
    database = Database(server.settings["FEEDBACK_DATABASE_URL"])
    with database.reading() as session:
        counted = [(row[0], row[1]) for row in session.execute(select(QrScan.code, QrScan.count))]
    database.close()
    return counted


def _open_by_hand(page: Page, server: Server) -> None:
    demo = json.loads(own("operations/demo.json").read_text(encoding="utf-8"))
    page.goto(f"{server.url}/staff/sign-in")
    page.fill("[name=name]", demo["accounts"][0]["name"])
    page.fill("[name=password]", demo["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{server.url}/staff/surveys/new")
    page.select_option("#questionnaire", "phieu-9-chi-so")
    page.fill("#slug", "phieu")
    page.get_by_role("button", name="Mở khảo sát này").click()
