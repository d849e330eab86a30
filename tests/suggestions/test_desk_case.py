"""One suggestion at the desk: every step by its form, two officers at once, masking, the vault, templates, review."""

from typing import Any

import pytest

from feedback_service.accounts.rules.access import ACCESS
from feedback_service.accounts.rules.roles import Role
from feedback_service.suggestions import service
from feedback_service.suggestions.queries import Box as BoxRules
from feedback_service.suggestions.rules.kinds import Refusal
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.staff.routes import ROUTES
from tests.officers import Officer
from tests.suggestions.desk import Desk, step

BASE = "/staff/suggestions"
NAMED = "Sáng 22/9 tôi đưa mẹ là bà Hồ Thị Lan đến Quầy 3.\n\nCần hỏi thêm xin gọi 0912 345 678."
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
MASK_ALL: dict[str, Any] = {"mask-1": "mask", "mask-2": "mask"}
ANSWER = "Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên."


@pytest.fixture
def hien(desk: Desk) -> Officer:
    """The officer of the one-stop shop."""
    return desk.officer(Role.ONE_STOP, name="chi-hien", full_name="Nguyễn Thị Hiền")


def buttons(officer: Officer, number: int) -> dict[str, bool]:
    """Return the steps that the page offers, and whether each is open."""
    page = officer.pages.get(f"{BASE}/{number}")
    shown = page.all(".next-steps > a, .next-steps button")
    return {"".join(one.xpath("text()")).strip(): one.get("disabled") is None for one in shown}


def want_approval(desk: Desk) -> None:
    """Have the office want a second person for every answer."""
    with desk.platform.transaction() as session:
        service.set_box(session, BoxRules(needs_approval=True), by=desk.box.hand(), now=desk.platform.clock.now())


def test_an_answer_goes_through_a_second_person_to_the_public(desk: Desk, hien: Officer) -> None:
    want_approval(desk)
    number = desk.write(NAMED, is_public_wished=True)
    handler, leader = desk.officer(Role.HANDLER), desk.officer(Role.LEADER)

    step(hien, number, "assignment", handler_id=str(handler.id))
    step(handler, number, "explanation", text="Cán bộ trực đã giải trình.", is_shown="y")
    step(handler, number, "answer", text=ANSWER)
    assert desk.box.case(number).clock.answered_on is None
    step(leader, number, "return", reason="Nói rõ từ ngày nào.")
    step(handler, number, "answer", text=ANSWER)
    step(leader, number, "approval")
    page = step(hien, number, "masks", **MASK_ALL)
    assert "[số điện thoại]" in page.text(".case-text")
    page = hien.pages.get(f"{BASE}/{number}?step=publish")
    sent = page.form("#step")
    assert "0912" not in sent["question"]
    hien.pages.post(page.action("#step"), sent)

    case = desk.box.case(number)
    assert case.row.state == "published"
    assert case.original == NAMED
    assert desk.box.acts(number)[1:] == [
        *("assign", "explain", "answer", "send-back", "answer", "approve", "mask", "publish")
    ]
    assert desk.box.broken() == []


def test_a_writer_does_not_approve_the_own_answer(desk: Desk) -> None:
    want_approval(desk)
    number, leader = desk.write(), desk.officer(Role.LEADER)
    step(leader, number, "answer", text=ANSWER)

    page = step(leader, number, "approval", status=409)

    assert page.all(".error-summary")
    assert desk.box.acts(number) == ["receive", "answer"]
    assert buttons(leader, number)["Duyệt câu trả lời"] is False


def test_the_second_officer_sees_what_the_first_did_and_loses_nothing(desk: Desk, hien: Officer) -> None:
    number = desk.write()
    page = hien.pages.get(f"{BASE}/{number}")
    form = page.form("#answer-part")
    step(desk.officer(Role.CONTROLLER, full_name="Đỗ Kiểm Soát"), number, "note", text="Đã gọi cho Quầy 3.")

    page = hien.pages.post(f"{BASE}/{number}/answer", {**form, "text": ANSWER}, status=409)

    assert page.form("#answer-part")["text"].strip() == ANSWER
    assert "Ghi chú nội bộ (Đỗ Kiểm Soát)" in page.text("#changed-title + ul")
    assert desk.box.acts(number) == ["receive", "note"]
    hien.pages.post(f"{BASE}/{number}/answer", page.form("#answer-part"))
    assert desk.box.acts(number) == ["receive", "note", "answer"]


def test_words_for_a_step_that_is_over_are_given_back(desk: Desk, hien: Officer) -> None:
    number = desk.write()
    page = hien.pages.get(f"{BASE}/{number}?step=close")
    form = page.form("#step")
    step(desk.officer(Role.HANDLER), number, "answer", text=ANSWER)
    step(desk.officer(Role.CONTROLLER), number, "closing", reason="Đã trả lời.")

    page = hien.pages.post(f"{BASE}/{number}/closing", {**form, "reason": "Người gửi đã rút đơn."}, status=409)

    assert page.text("textarea[readonly]") == "Người gửi đã rút đơn."
    assert desk.box.acts(number) == ["receive", "answer", "close"]


@pytest.mark.parametrize(
    ("noun", "sent", "kept"),
    [
        ("question", {"text": ""}, {}),
        ("refusal", {"refusal": "complaint", "text": " "}, {"refusal": "complaint"}),
        ("refusal", {"refusal": "no-reason", "text": "Vì sao"}, {"text": "Vì sao"}),
        ("transfer", {"unit_id": "999999", "reason": "Thuộc phường khác"}, {"reason": "Thuộc phường khác"}),
        ("merger", {"into_id": "77"}, {"into_id": "77"}),
        ("merger", {"into_id": "-1"}, {"into_id": "-1"}),
        ("assignment", {"handler_id": "0"}, {}),
        ("closing", {"reason": ""}, {}),
        ("question", {"text": "x" * 10_001}, {}),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_kept(
    lasting: Desk, lasting_officer: Officer, noun: str, sent: dict[str, Any], kept: dict[str, str]
) -> None:
    number = lasting.write()

    page = step(lasting_officer, number, noun, status=422, **sent)

    assert page.all(".error-summary")
    assert page.all("#step .error-text")
    form = {name: text.strip() for name, text in page.form("#step").items()}
    assert kept.items() <= form.items()
    assert lasting.box.acts(number) == ["receive"]


def test_every_step_can_be_taken_by_its_form(desk: Desk, hien: Officer) -> None:
    other = desk.write("Quạt ở sảnh hỏng, xin sửa.")
    number = desk.write(is_public_wished=True)
    agency = str(desk.box.agency_id)

    step(hien, number, "question", text="Ông/Bà đến lúc mấy giờ?")
    step(hien, number, "class", kind="proposal", topic="regulation")
    step(hien, number, "hiding", reason="Có tên người khác.")
    step(hien, number, "showing", reason="")
    step(hien, number, "merger", into_id=str(other))
    step(hien, number, "separation")
    step(hien, number, "closing", reason="Người gửi đã rút.")
    step(hien, number, "reopening", text="Mở lại để trả lời.")
    step(hien, number, "transfer", unit_id=agency, reason="")
    step(hien, number, "answer", text=ANSWER)
    step(hien, number, "publication", title="Giờ chứng thực", question="Chờ lâu.", answer=ANSWER)
    step(hien, number, "withdrawal", reason="Sửa lại lời.")
    step(hien, other, "refusal", refusal=Refusal.UNCLEAR, text="Xin Ông/Bà viết rõ hơn.")

    assert desk.box.acts(number)[1:] == [
        *("ask", "classify", "hide", "show", "merge", "separate", "close", "reopen", "transfer"),
        *("answer", "publish", "withdraw"),
    ]
    assert desk.box.case(other).row.state == "refused"
    assert desk.box.broken() == []


def test_every_step_of_the_table_has_its_route_and_its_roles() -> None:
    offered = {Act(act) for act in ROUTES}

    assert {route.endpoint for route in ROUTES.values()} <= set(ACCESS)
    assert all(Role.OVERSEER not in ACCESS[route.endpoint] for route in ROUTES.values())
    assert {Act.ANSWER, Act.APPROVE, Act.REFUSE, Act.MERGE} <= offered


def test_what_is_said_of_an_officer_is_read_by_those_responsible_and_whoever_handles_it(desk: Desk) -> None:
    number = desk.write("Anh Đức ở Quầy 3 nói rất gắt.", is_about_staff=True)
    other = desk.write("Quạt ở sảnh hỏng rồi.")
    handler, leader = desk.officer(Role.HANDLER), desk.officer(Role.LEADER)

    queue = handler.pages.get(f"{BASE}?view=all")
    assert [row.get("data-row") for row in queue.all("tr[data-row]")] == [str(other)]
    handler.pages.get(f"{BASE}/{number}", status=404)
    token = handler.pages.get("/staff/account").form()["csrf_token"]
    for noun in ("note", "answer", "contact"):
        sent = {"csrf_token": token, "seen": "1", "text": "x"}
        handler.pages.post(f"{BASE}/{number}/{noun}", sent, status=404)

    step(leader, number, "assignment", handler_id=str(handler.id))
    assert "Anh Đức" in handler.pages.get(f"{BASE}/{number}").heading
    assert desk.box.acts(number) == ["receive", "assign"]


def test_a_handler_answers_and_does_not_refuse_transfer_or_publish(desk: Desk) -> None:
    number, handler = desk.write(is_public_wished=True), desk.officer(Role.HANDLER)

    offered = buttons(handler, number)

    assert "Viết câu trả lời" in offered
    assert not {"Từ chối", "Chuyển đơn vị khác", "Ẩn nhưng vẫn theo dõi"} & set(offered)
    step(handler, number, "refusal", refusal="unclear", text="Không rõ.", status=403)
    step(handler, number, "transfer", unit_id=str(desk.box.other_ward_id), status=403)
    assert desk.box.acts(number) == ["receive"]
