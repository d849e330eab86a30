"""Published answers: found with and without accents, filtered, one page each, in the feed, and gone when withdrawn."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from feedback_service.core.clock import FixedClock
from feedback_service.core.period import quarter_of
from feedback_service.db import Database
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.queries.publication import Search, answers, promptness
from feedback_service.suggestions.rules.hands import Publication, Said
from feedback_service.suggestions.rules.kinds import Kind
from tests.pages import PageClient
from tests.suggestions.box import Box, furnish

SOUGHT = ("chung thuc", "chứng thực", "CHỨNG THỰC", "thực chứng", "chu\u031bng thu\u031b\u0323c", "chung")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def box(app: Flask, clock: FixedClock, tmp_path: Path) -> Box:
    """The box of the running application."""
    database: Database = app.extensions["feedback_service"].database
    box = furnish(database, tmp_path / "office")
    box.clock = clock
    return box


def publish(box: Box, title: str, answer: str = "Đã sửa.", *, days: int = 0, **more: object) -> int:
    """Have something asked, answered some days later and published."""
    found = box.submit(f"{title} 0912345678", is_public_wished=True, **more).suggestion_id
    box.pass_days(days)
    with box.database.transaction() as session:
        now = box.clock.now()
        service.answer(session, found, by=box.hand(), said=Said(answer), now=now)
        publication = Publication(title, f"{title}.", answer)
        service.publish(session, found, by=box.hand(), publication=publication, now=now)
    return found


def titles(box: Box, sought: str, **filters: object) -> list[str]:
    """Return what a search finds."""
    with box.database.reading() as session:
        return [found.title for found in answers(session, Search(sought, **filters)).answers]  # type: ignore[arg-type]


def test_accents_case_and_order_do_not_matter(box: Box) -> None:
    publish(box, "Chờ chứng thực bản sao")
    publish(box, "Đèn đường hỏng")

    for sought in SOUGHT:
        assert titles(box, sought) == ["Chờ chứng thực bản sao"], sought


def test_d_with_a_stroke_is_found_as_d(box: Box) -> None:
    publish(box, "Đường Đông Hà ngập")

    assert titles(box, "duong dong ha") == ["Đường Đông Hà ngập"]


def test_the_very_words_come_before_what_only_sounds_alike(box: Box) -> None:
    publish(box, "Sổ đỏ trễ hẹn")
    publish(box, "Số đo đất sai")

    assert titles(box, "sổ đỏ") == ["Sổ đỏ trễ hẹn", "Số đo đất sai"]
    assert titles(box, "số đo") == ["Số đo đất sai", "Sổ đỏ trễ hẹn"]


def test_the_beginning_of_a_word_is_enough_where_no_whole_word_fits(box: Box) -> None:
    publish(box, "Hồ sơ bị trả lại")

    assert titles(box, "tra la") == ["Hồ sơ bị trả lại"]


def test_signs_of_query_languages_are_only_letters(box: Box, pages: PageClient) -> None:
    publish(box, "Hồ sơ bị trả lại")

    for sought in ("%", "_", "'", '"', "* OR 1", "a" * 500, "\x00", "()", "-"):
        assert pages.client.get("/answers", query_string={"q": sought}).status_code == 200, sought


def test_what_was_masked_is_not_found(box: Box) -> None:
    publish(box, "Gọi số này")

    assert titles(box, "0912345678") == []


def test_filters_narrow_the_list(box: Box) -> None:
    publish(box, "Một", kind=Kind.PRAISE)
    publish(box, "Hai", kind=Kind.REPORT)

    assert titles(box, "", kind=Kind.PRAISE) == ["Một"]
    assert titles(box, "", unit_id=box.agency_id) == []
    assert titles(box, "", period=quarter_of(box.today)) == ["Hai", "Một"]


def test_the_page_shows_question_answer_and_how_long_it_took(box: Box, pages: PageClient) -> None:
    found = publish(box, "Chờ chứng thực bản sao", "Từ 19/10 có thêm cán bộ.", days=2)

    listed = pages.get("/answers?q=chung+thuc")
    page = pages.get(f"/answers/{found}")

    assert "1 kết quả" in listed.text("main")
    assert page.heading == "Chờ chứng thực bản sao"
    assert "Từ 19/10 có thêm cán bộ." in page.text(".message-office")
    assert "2 ngày làm việc, đúng hạn" in page.text(".facts")


def test_twenty_answers_make_a_page(box: Box, pages: PageClient) -> None:
    for number in range(21):
        publish(box, f"Việc số {number}")

    second = pages.get("/answers?page=2")

    assert second.texts(".published h3") == ["Việc số 0"]
    assert second.text(".pages [aria-current]") == "2"
    assert pages.get("/answers?page=99999").text(".pages [aria-current]") == "2"


def test_the_feed_names_each_answer_by_its_lasting_address(box: Box, pages: PageClient) -> None:
    found = publish(box, "Chờ <b>lâu</b> & nóng")

    feed: TestResponse = pages.client.get("/answers.atom")
    again = pages.client.get("/answers.atom", headers={"If-None-Match": feed.headers["ETag"]})

    entries = fromstring(feed.data).findall(f"{ATOM}entry")  # noqa: S314  # our own feed
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Chờ <b>lâu</b> & nóng"]
    assert str(entries[0].findtext(f"{ATOM}id")).endswith(f"/answers/{found}")
    assert again.status_code == 304


def test_what_is_withdrawn_or_hidden_is_gone_everywhere(box: Box, pages: PageClient) -> None:
    one, other = publish(box, "Rút lại"), publish(box, "Ẩn đi")
    with box.database.transaction() as session:
        service.withdraw(session, one, by=box.hand(), reason="Nhầm", now=box.clock.now())
        service.hide(session, other, by=box.hand(), reason="Có tên người", now=box.clock.now())

    assert [pages.client.get(f"/answers/{found}").status_code for found in (one, other)] == [404, 404]
    assert titles(box, "rut lai") == titles(box, "an di") == []
    assert b"R\xc3\xbat" not in pages.client.get("/answers.atom").data
    assert box.broken() == []


def test_promptness_counts_every_answer_published_or_not(box: Box) -> None:
    publish(box, "Đúng hạn", days=1)
    late = box.submit("Trễ").suggestion_id
    box.pass_days(30)
    with box.database.transaction() as session:
        service.answer(session, late, by=box.hand(), said=Said("Xin lỗi."), now=box.clock.now())
    with box.database.reading() as session:
        found = promptness(session, quarter_of(box.today))
        days = queries.calendar(session).between(box.case(late).row.received_on, box.today)

    assert (found.on_time, found.answered) == (1, 2)
    assert found.mean_days == (1 + days) / 2
