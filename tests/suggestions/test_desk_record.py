"""What belongs to one suggestion at the desk: masking, files, the vault, drafts, templates, the monthly review."""

import json
from io import BytesIO
from typing import Any

import pytest

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import Filter, entries
from feedback_service.suggestions import service
from feedback_service.suggestions.rules.hands import Contact, Said
from tests.officers import Officer
from tests.suggestions.desk import Desk, step

BASE = "/staff/suggestions"
NAMED = "Sáng 22/9 tôi đưa mẹ là bà Hồ Thị Lan đến Quầy 3.\n\nCần hỏi thêm xin gọi 0912 345 678."
ANSWER = "Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên."
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
MASK_ALL: dict[str, Any] = {"mask-1": "mask", "mask-2": "mask"}


@pytest.fixture
def hien(desk: Desk) -> Officer:
    """The officer of the one-stop shop."""
    return desk.officer(Role.ONE_STOP, name="chi-hien", full_name="Nguyễn Thị Hiền")


def test_only_the_chosen_stretches_are_masked_and_the_choice_is_kept(desk: Desk, hien: Officer) -> None:
    number = desk.write(NAMED)

    page = step(hien, number, "masks", **{**MASK_ALL, "mask-1": "keep"})

    assert "Hồ Thị Lan" in page.text(".case-text")
    assert desk.box.case(number).texts[-1].masks == {"decisions": [["name", "kept"], ["phone", "masked"]]}
    assert desk.box.case(number).shown_text == NAMED.replace("0912 345 678", "[số điện thoại]")


def test_text_that_was_meant_to_harm_lies_inert_on_the_page(desk: Desk, hien: Officer) -> None:
    text = "<script>alert(1)</script> {{7*7}} \u202egnol\u202c a\u200bb <img src=x onerror=alert(1)>"
    number = desk.write(text)

    page = hien.pages.get(f"{BASE}/{number}")

    assert "<script>alert(1)</script> {{7*7}} [U+202E]gnol[U+202C] a[U+200B]b" in page.text(".case-text")
    assert not page.all(".case-text img, .case-text script")
    assert "ký tự ẩn" in page.text(".case-main")
    assert "{{7*7}}" in hien.pages.get(BASE).text("td a")


def test_each_look_at_the_contact_is_an_entry(desk: Desk, hien: Officer) -> None:
    number = desk.write(contact=Contact("Hồ Văn Minh", "0912345678", ""))
    page = hien.pages.get(f"{BASE}/{number}")
    assert "0912345678" not in page.text()

    page = step(hien, number, "contact")

    assert "0912345678" in page.text(".contact")
    with desk.platform.reading() as session:
        seen = [row.actor for row in entries(session, Filter(kind="contact"))]
    assert seen == [hien.actor]
    assert "0912345678" not in hien.pages.get(f"{BASE}/{number}").text()


def test_oversight_and_strangers_do_not_see_the_contact(desk: Desk) -> None:
    number = desk.write(contact=Contact("Hồ Văn Minh", "0912345678", ""))

    step(desk.officer(Role.OVERSEER), number, "contact", status=403)
    stranger = desk.elsewhere()
    token = stranger.pages.get("/staff/account").form()["csrf_token"]
    stranger.pages.post(f"{BASE}/{number}/contact", {"csrf_token": token}, status=404)


def test_a_draft_is_kept_for_its_writer_alone(desk: Desk, hien: Officer) -> None:
    number = desk.write()

    step(hien, number, "draft", text="Chúng tôi đã kiểm tra")

    assert hien.pages.get(f"{BASE}/{number}").form("#answer-part")["text"].strip() == "Chúng tôi đã kiểm tra"
    other = desk.officer(Role.CONTROLLER)
    assert other.pages.get(f"{BASE}/{number}").form("#answer-part")["text"].strip() == ""


def test_the_office_sends_files_with_its_answer(desk: Desk, hien: Officer) -> None:
    number = desk.write()

    step(hien, number, "answer", text=ANSWER, files=(BytesIO(PDF), "../../bien ban.pdf"))

    (file,) = desk.box.case(number).steps[-1].files
    assert file.name == "bien ban.pdf"
    reply = hien.pages.client.get(f"{BASE}/files/{file.id}")
    assert reply.data == PDF
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert desk.elsewhere().pages.client.get(f"{BASE}/files/{file.id}").status_code == 404
    assert desk.box.broken() == []


def test_a_file_that_can_act_is_refused_and_the_words_are_kept(desk: Desk, hien: Officer) -> None:
    number = desk.write()

    page = step(hien, number, "answer", status=422, text=ANSWER, files=(BytesIO(b"<script>"), "anh.jpg"))

    assert page.form("#answer-part")["text"].strip() == ANSWER
    assert page.all("#answer-part .error-text")
    assert list((desk.platform.settings.data_dir / "attachments").glob("*/*")) == []


def test_a_script_hears_when_the_draft_was_saved(desk: Desk, hien: Officer) -> None:
    number = desk.write()
    form = hien.pages.get(f"{BASE}/{number}").form("#answer-part")

    reply = hien.pages.client.post(
        f"{BASE}/{number}/draft", data={**form, "text": "Chúng tôi"}, headers={"Accept": "application/json"}
    )

    assert json.loads(reply.text) == {"saved_at": "08:30"}


def test_a_template_is_written_and_stands_in_the_answer(desk: Desk, hien: Officer) -> None:
    page = hien.pages.get(f"{BASE}/templates/new")
    hien.pages.send(page, {"title": "Cảm ơn", "text": "Cảm ơn Ông/Bà đã góp ý.", "is_active": "y"})
    number, handler = desk.write(), desk.officer(Role.HANDLER)

    page = handler.pages.get(f"{BASE}/{number}")
    address = str(page.all(".template-list a")[0].get("href")).partition("#")[0]
    page = handler.pages.get(f"{BASE}/{number}{address}")

    assert page.form("#answer-part")["text"].strip() == "Cảm ơn Ông/Bà đã góp ý."
    stranger = desk.elsewhere()
    assert "Cảm ơn" not in stranger.pages.get(f"{BASE}/templates").text("main")
    stranger.pages.get(f"{BASE}/templates/1", status=404)


def test_what_is_hidden_or_has_one_star_is_reviewed_every_month_with_a_record(desk: Desk, hien: Officer) -> None:
    hidden, starred = desk.write("Có tên một người trong này."), desk.write()
    step(hien, hidden, "hiding", reason="Có tên người khác.")
    step(hien, starred, "answer", text=ANSWER)
    with desk.platform.transaction() as session:
        service.rate(session, starred, level=1, now=desk.platform.clock.now())
    leader = desk.officer(Role.LEADER, full_name="Hoàng Văn Lãnh")

    page = leader.pages.get(f"{BASE}/review?month=2026-10")
    assert page.text(".complete-line") == "Đã xem 0 trên 2"
    sent = {**page.form(f"#item-{hidden} form"), "verdict": "right", "note": "Đúng là có tên."}
    page = leader.pages.post(page.action(f"#item-{hidden} form"), sent)

    assert page.text(".complete-line") == "Đã xem 1 trên 2"
    assert "Hoàng Văn Lãnh" in page.text(f"#item-{hidden}")
    overseer = desk.officer(Role.OVERSEER)
    assert "Hoàng Văn Lãnh" in overseer.pages.get(f"{BASE}/review?month=2026-10").text("main")
    assert desk.box.broken() == []


def test_one_star_is_reviewed_also_when_the_sender_had_it_looked_at_again(desk: Desk) -> None:
    reopened, replaced = desk.write(), desk.write("Nên có quạt ở sảnh.")
    now, leader = desk.platform.clock.now(), desk.officer(Role.LEADER)
    for number in (reopened, replaced):
        step(leader, number, "answer", text=ANSWER)
    with desk.platform.transaction() as session:
        for number in (reopened, replaced):
            service.rate(session, number, level=1, now=now)
        service.reopen(session, reopened, said=Said("Vẫn chưa thấy bảng."), now=now)
        service.rate(session, replaced, level=5, now=now)

    page = leader.pages.get(f"{BASE}/review?month=2026-10")

    assert page.text(".complete-line") == "Đã xem 0 trên 1"
    assert page.all(f"#item-{reopened}")


def test_last_months_review_is_a_task_until_everything_was_looked_at(desk: Desk, hien: Officer) -> None:
    desk.box.pass_days(-20)
    number = desk.write()
    desk.box.pass_days(20)
    step(hien, number, "hiding", reason="Có tên người khác.")
    leader = desk.officer(Role.LEADER)
    assert "Tháng trước còn 1 mục chưa rà soát." in leader.pages.get(BASE).text("main")
    assert "chưa rà soát" not in hien.pages.get(BASE).text("main")

    page = leader.pages.get(f"{BASE}/review")
    sent = {**page.form(f"#item-{number} form"), "verdict": "right", "note": "Đúng là có tên."}
    leader.pages.post(page.action(f"#item-{number} form"), sent)

    assert "chưa rà soát" not in leader.pages.get(BASE).text("main")


def test_there_is_no_review_of_a_month_that_is_none(desk: Desk) -> None:
    number = desk.write()
    leader = desk.officer(Role.LEADER)
    token = leader.pages.get("/staff/account").form()["csrf_token"]

    for month in ("2026-11", "2026-13", "x", "2026-1"):
        leader.pages.post(f"{BASE}/review/{month}/{number}", {"csrf_token": token, "verdict": "right"}, status=404)
        assert leader.pages.get(f"{BASE}/review?month={month}").heading
