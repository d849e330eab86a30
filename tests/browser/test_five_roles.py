"""One suggestion from writing to published answer to reopening, each hand at its own page: the citizen, the one-stop
shop, the handling officer, the leader, the controller, and oversight that reads along."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import SystemClock
from feedback_service.suggestions import service
from feedback_service.suggestions.queries import Box as BoxRules
from tests.databases import Databases
from tests.suggestions.portal import Portal, code_on, looked_at, running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("suggestions")]
WROTE = "Sáng 22/9 tôi đưa mẹ là bà Hồ Thị Lan đến Quầy 3 chứng thực, chờ hơn hai giờ. Xin gọi 0912 345 678."
ANSWER = "Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên."
PATIENCE_MS = 60_000
DESK = (
    ("chi-hien", "Nguyễn Thị Hiền", Role.ONE_STOP),
    ("anh-thanh", "Lê Văn Thành", Role.HANDLER),
    ("ong-lanh", "Hoàng Văn Lãnh", Role.LEADER),
    ("ba-kiem", "Đỗ Thị Kiểm", Role.CONTROLLER),
    ("ong-giam", "Trần Văn Giám", Role.OVERSEER),
)


@pytest.fixture
def portal(databases: Databases, tmp_path: Path) -> Iterator[Portal]:
    """A running portal whose office wants a second person for every answer."""
    with running(databases.sqlite(tmp_path), tmp_path / "office") as portal:
        for name, full_name, role in DESK:
            portal.add(name, full_name, role)
        with portal.box.database.transaction() as session:
            rules = BoxRules(needs_approval=True)
            service.set_box(session, rules, by=portal.box.hand(), now=SystemClock().now())
        yield portal


def test_a_suggestion_goes_through_five_hands_to_the_public_and_back(
    portal: Portal, browser: Browser, page: Page, tmp_path: Path
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    fill_in(portal, page, tmp_path)
    be_refused(page)
    code = be_received(page)
    with portal.desk(browser, "chi-hien") as one_stop, portal.desk(browser, "anh-thanh") as handler:
        assign(one_stop)
        ask(handler)
        reply(page)
        answer(handler, tmp_path)
    with portal.desk(browser, "ong-lanh") as leader:
        approve(leader)
    with portal.desk(browser, "ba-kiem") as controller:
        mask_and_publish(controller)
        read_published(portal, page)
        rate_and_reopen(portal, page)
        review(controller)
    with portal.desk(browser, "ong-giam") as overseer:
        read_along(overseer)
    come_back_and_erase(page, code)

    assert faults == []
    assert portal.box.acts(1)[1:] == [
        *("assign", "ask", "reply", "answer", "approve", "mask", "publish", "rate", "reopen", "erase")
    ]
    assert portal.box.broken() == []
    assert code not in portal.server.log.replace(" ", "").upper()
    assert not [line for line in portal.server.log.splitlines() if not line.isprintable()]


def fill_in(portal: Portal, page: Page, folder: Path) -> None:
    """Open the form and fill it in; the file goes ahead while the citizen still writes."""
    Image.new("RGB", (800, 600), "teal").save(folder / "ảnh.jpg")
    page.goto(f"{portal.url}/suggestions/new")
    looked_at(page)
    page.locator("[value=report]").check()
    page.locator("#text").fill(WROTE)
    expect(page.locator("#text-left")).to_have_text(f"Còn {5000 - len(WROTE):,} ký tự".replace(",", "."))
    page.locator("#files").set_input_files(folder / "ảnh.jpg")
    expect(page.locator(".kept-files li")).to_contain_text("ảnh.jpg", timeout=PATIENCE_MS)
    page.locator("[name=public]").check()


def be_refused(page: Page) -> None:
    """Send a wrong code: everything stays."""
    page.locator("[name=challenge_answer]").fill("11111")
    page.locator("main .button-main").click()
    expect(page.locator(".error-summary")).to_be_focused(timeout=PATIENCE_MS)
    expect(page.locator("#text")).to_have_value(WROTE)
    expect(page.locator(".kept-files li")).to_contain_text("ảnh.jpg")
    looked_at(page)


def be_received(page: Page) -> str:
    """Send the right code, note the tracking code and return it."""
    page.locator("[name=challenge_answer]").fill(code_on(page))
    page.wait_for_timeout(4000)  # a person takes longer than the work of the device
    page.locator("main .button-main").click()
    page.wait_for_url("**/suggestions/receipt", timeout=PATIENCE_MS)
    looked_at(page)
    code = "".join(page.locator(".spoken-code span").all_inner_texts())
    page.locator("#noted").check()
    page.get_by_role("button", name="Xong").click()
    expect(page.locator("h1")).to_have_text("Đã nhận góp ý")
    return code


def open_first(page: Page, view: str = "to-do") -> None:
    """Find the suggestion in the queue and open it."""
    page.goto(f"{page.url.partition('/staff/')[0]}/staff/suggestions?view={view}")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_url("**/staff/suggestions/1")


def begin(page: Page, act: str) -> None:
    """Choose a step among those that are offered."""
    page.locator(f".next-steps a[href*='step={act}']").click()
    page.wait_for_selector("#step")


def end(page: Page, words: str) -> None:
    """Send the form of the step and read what became of it."""
    page.locator("#step .button-main").click()
    expect(page.locator(".notice").first).to_contain_text(words)


def assign(page: Page) -> None:
    """The one-stop shop gives it to the officer who knows."""
    open_first(page)
    begin(page, "assign")
    page.locator("#handler_id").select_option(label="Lê Văn Thành")
    end(page, "Đã giao")


def ask(page: Page) -> None:
    """The handling officer asks back."""
    open_first(page)
    begin(page, "ask")
    page.locator("#step #text").fill("Ông/Bà nhớ giờ nào không?")
    end(page, "Đã gửi câu hỏi")


def reply(page: Page) -> None:
    """The citizen answers."""
    page.reload()
    expect(page.locator("h1")).to_have_text("Chúng tôi cần hỏi thêm Ông/Bà")
    looked_at(page)
    page.locator("#text").fill("Khoảng 8 giờ.")
    page.locator("#message .button-main").click()
    expect(page.locator(".message-citizen")).to_have_count(2)


def answer(page: Page, folder: Path) -> None:
    """The officer answers: of two files one cannot be sent, and nothing else has to be done again."""
    (folder / "ghi âm.mp3").write_bytes(b"ID3" + bytes(100))
    open_first(page)
    page.locator("#answer-text").fill(ANSWER)
    page.locator("#answer-files").set_input_files([folder / "ảnh.jpg", folder / "ghi âm.mp3"])
    expect(page.locator("#answer-part [data-chosen]")).to_contain_text("ghi âm.mp3", timeout=PATIENCE_MS)
    expect(page.locator("#answer-part .kept-files li")).to_contain_text("ảnh.jpg")
    expect(page.locator("#answer-text")).to_have_value(ANSWER)
    looked_at(page)
    page.locator("#answer-part .button-main").click()
    expect(page.locator(".notice").first).to_contain_text("Đã lưu câu trả lời.")
    expect(page.locator(".history .step-answer .files")).to_contain_text("ảnh.jpg")


def approve(page: Page) -> None:
    """The leader approves with one button."""
    open_first(page)
    page.locator(".next-steps form[action$='/approval'] button").click()
    expect(page.locator(".notice").first).to_contain_text("Đã duyệt")


def mask_and_publish(page: Page) -> None:
    """The controller finds it among those to be published, masks what names a person and publishes."""
    open_first(page, "publication")
    page.locator("form[action$='/masks'] .actions button").click()
    expect(page.locator(".case-text")).to_contain_text("[số điện thoại]")
    begin(page, "publish")
    assert "0912" not in page.locator("#question").input_value()
    page.locator("#title").fill("Chờ chứng thực")
    end(page, "công khai")


def read_published(portal: Portal, page: Page) -> None:
    """The citizen finds the answer among those that everybody may read."""
    page.goto(f"{portal.url}/answers?q=chung+thuc")
    looked_at(page)
    page.get_by_role("link", name="Chờ chứng thực").click()
    expect(page.locator(".message-office")).to_contain_text("bảng gọi số")
    assert "Hồ Thị Lan" not in page.locator("main").inner_text()
    looked_at(page)


def rate_and_reopen(portal: Portal, page: Page) -> None:
    """The citizen gives one star, and has it looked at again."""
    page.goto(f"{portal.url}/suggestions/track")
    looked_at(page)
    page.locator(".small-faces [value='1']").click()
    expect(page.locator(".small-faces [value='1']")).to_have_attribute("aria-pressed", "true")
    page.locator("#reopening summary").click()
    page.locator("#reason").fill("Vẫn chưa thấy bảng.")
    page.locator("#reopening .button-main").click()
    expect(page.locator("h1")).to_have_text("Đang được xem lại")


def review(page: Page) -> None:
    """The controller looks at the one star in the monthly review and keeps what is decided."""
    here = page.url.partition("/staff/")[0]
    page.goto(f"{here}/staff/suggestions/review?month={SystemClock().now():%Y-%m}")
    line = page.locator("#item-1")
    line.locator("select").select_option(label="Cần mở lại")
    line.locator("textarea").fill("Đã mở lại, kiểm tra bảng gọi số.")
    line.locator("button[type=submit]").click()
    expect(page.locator(".complete-line")).to_have_text("Đã xem 1 trên 1")


def read_along(page: Page) -> None:
    """Oversight reads the case, the review and the ledger, and finds nothing to press."""
    open_first(page)
    expect(page.locator(".history")).to_contain_text("Vẫn chưa thấy bảng.")
    assert page.locator("main form").count() == 0
    page.goto(page.url.replace("/suggestions/1", "/audit"))
    expect(page.locator("main")).to_contain_text("Hoàng Văn Lãnh")


def come_back_and_erase(page: Page, code: str) -> None:
    """Close, enter the code once more, and erase everything."""
    page.get_by_role("button", name="Đóng trên máy này").click()
    page.locator("#code").fill(code.lower())
    page.get_by_role("button", name="Tra cứu").click()
    page.locator("#erasure summary").click()
    page.locator("#confirmed").check()
    page.get_by_role("button", name="Xóa vĩnh viễn").click()
    expect(page.locator("h1")).to_have_text("Dữ liệu của Ông/Bà đã được xóa")
    looked_at(page)
