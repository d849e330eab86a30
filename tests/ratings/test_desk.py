"""What the desk sees of ratings: comments and what could not be counted."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from feedback_service.accounts.rules.roles import Role
from feedback_service.kiosks.models import CounterRoster
from feedback_service.kiosks.rules import Shift, roster_text
from feedback_service.ratings.rules.naming import names_officer
from tests.officers import officer
from tests.ratings.tablets import Sender, rating

COMMENTS, QUARANTINE = "/staff/ratings/comments", "/staff/ratings/quarantine"


def test_a_comment_stands_beside_its_face_and_place(sender: Sender) -> None:
    sender.sends(rating(1, comment="Chờ lâu quá\nmà không ai nói gì"), rating(5))
    reader = officer(sender.lobby.app, Role.OVERSEER, unit_id=sender.lobby.unit_id)

    page = reader.pages.get(COMMENTS)

    assert page.texts(".said") == ["Chờ lâu quá mà không ai nói gì"]
    assert "Rất không hài lòng · Phường Đông Hà, Quầy 1 · 08:30 ngày 13/10/2026" in page.text("main")


def test_an_officer_reads_only_what_was_written_in_his_unit(sender: Sender) -> None:
    sender.sends(rating(1, comment="Chờ lâu quá"), rating(9))
    reader = officer(sender.lobby.app, Role.LEADER, unit_id=sender.lobby.other_id)

    pages = [reader.pages.get(address) for address in (COMMENTS, QUARANTINE)]

    assert [len(page.all(".comments > li")) for page in pages] == [0, 0]
    assert [len(page.all(".empty")) for page in pages] == [1, 1]


def test_many_comments_are_read_page_by_page(sender: Sender) -> None:
    for batch in range(3):
        sender.lobby.clock.move(timedelta(minutes=1))
        sender.sends(*(rating(3, comment=f"Ý kiến {batch}-{number}") for number in range(20)))
    reader = officer(sender.lobby.app, Role.LEADER, unit_id=sender.lobby.unit_id)

    first = reader.pages.get(COMMENTS)
    second = reader.pages.get(str(first.all("main p > a.button")[0].get("href")))

    said = first.texts(".said") + second.texts(".said")
    assert (len(first.texts(".said")), len(second.texts(".said"))) == (50, 10)
    assert len(set(said)) == 60


def test_what_could_not_be_counted_is_shown_with_its_reason(sender: Sender) -> None:
    sender.sends(rating(9, comment="Cán bộ <b>vui vẻ</b>"), {"id": 5}, rating(5, questionnaire="kiosk-9"))
    reader = officer(sender.lobby.app, Role.CONTROLLER, unit_id=sender.lobby.unit_id)

    page = reader.pages.get(QUARANTINE)

    assert "Không có lựa chọn này. /answers/satisfaction" in page.texts(".faults li")
    assert "Ở đây không có bộ câu hỏi này hoặc phiên bản này." in page.texts(".faults li")
    assert any("Cán bộ <b>vui vẻ</b>" in text for text in page.texts(".sent"))
    assert page.texts("h2") == ["Máy 1"] * 3


@pytest.mark.parametrize("address", [f"{COMMENTS}?after=nowhere", f"{QUARANTINE}?after=2026/x"])
def test_a_page_that_there_is_not_is_not_found(small_sender: Sender, address: str) -> None:
    reader = officer(small_sender.lobby.app, Role.LEADER)

    assert reader.pages.client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Chị Hiền rất chu đáo", True),
        ("chi Hiền làm nhanh", True),
        ("Nguyen Thi Hien hách dịch", True),
        ("Cô THỊ HIỀN chu đáo", True),
        ("Cán bộ hiền lành, dễ chịu", False),
        ("Chị Hiên ở quầy 2", False),
        ("Chờ lâu quá", False),
        ("", False),
    ],
)
def test_words_that_name_an_officer_are_told_from_others(text: str, is_named: bool) -> None:
    assert names_officer(text, ["Nguyễn Thị Hiền (mẫu)"]) is is_named


def test_a_comment_that_names_an_officer_is_for_the_head_alone(sender: Sender) -> None:
    sender.sends(
        rating(1, comment="Chị Hiền nói khó nghe"), rating(5, comment="Nhanh gọn"), rating(9, comment="chị Hiền")
    )
    shifts = roster_text((Shift((1, 2, 3, 4, 5), "07:30", "11:30", "Nguyễn Thị Hiền", ""),))
    with sender.lobby.platform.transaction() as session:
        session.execute(insert(CounterRoster).values(counter_id=sender.lobby.counter_id, shifts=shifts))
    unit_id, roles = sender.lobby.unit_id, (Role.LEADER, Role.OVERSEER)
    head, other = (officer(sender.lobby.app, role, unit_id=unit_id) for role in roles)

    assert sorted(head.pages.get(COMMENTS).texts(".said")) == ["Chị Hiền nói khó nghe", "Nhanh gọn"]
    page = other.pages.get(COMMENTS)
    assert page.texts(".said") == ["Nhanh gọn"]
    assert "Chỉ lãnh đạo đơn vị đọc được." in page.text(".comments")
    assert [len(one.pages.get(QUARANTINE).all(".sent")) for one in (head, other)] == [1, 0]
