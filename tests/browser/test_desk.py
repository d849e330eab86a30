"""The desk of suggestions in a real browser: by keyboard alone, drafts that save themselves, wide and narrow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock, SystemClock
from feedback_service.suggestions.rules.hands import Contact, Said
from feedback_service.suggestions.rules.kinds import Channel, Kind
from tests.accessibility import barriers
from tests.browsers import LOCALE, TIMEZONE
from tests.databases import Databases
from tests.officers import PASSWORD
from tests.suggestions.portal import Portal, looked_at, running
from tests.walks import WIDE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("desk")]
WRITTEN = (
    ("Trả sổ đỏ trễ ba tuần so với giấy hẹn, ba lần đến đều được hẹn lại.", Kind.REPORT, Channel.WEB, 26),
    ("Đề nghị cho nộp bản sao điện tử đã chứng thực thay bản giấy.", Kind.PROPOSAL, Channel.WEB, 21),
    ("Sáng nay mẹ tôi là bà Hồ Thị Lan hỏi lại thì bị gắt.\n\nXin gọi 0912 345 678.", Kind.REPORT, Channel.WEB, 19),
    ("Nên có nước uống và quạt ở hành lang chờ, buổi trưa rất nóng.", Kind.IDEA, Channel.KIOSK, 8),
    ("Cô cán bộ bảo trợ xã hội giải thích kỹ, đưa mẹ tôi ra tận cửa.", Kind.PRAISE, Channel.KIOSK, 2),
    ("Hồ sơ xây nhà bị trả lại hai lần vì hai lý do khác nhau.", Kind.REPORT, Channel.PAPER, 1),
)
"""What was written, how, and how many days ago."""
PAGES = (
    "/staff/suggestions",
    "/staff/suggestions/3",
    "/staff/suggestions/3?step=transfer",
    "/staff/suggestions/3?step=ask",
    "/staff/suggestions/bulk?act=assign&id=1.1&id=3.1",
    "/staff/suggestions/review",
    "/staff/suggestions/templates/new",
    "/staff/notices/mine",
)


class Office:
    """A running office whose box holds some suggestions."""

    def __init__(self, portal: Portal) -> None:
        self.url = portal.url
        self.box = portal.box

    def sign_in(self, page: Page, name: str = "chi-hien") -> None:
        """Sign in at the door."""
        page.goto(f"{self.url}/staff/sign-in?next=/staff/suggestions")
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/staff/suggestions")


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running office; the tests take its suggestions one after the other."""
    folder = tmp_path_factory.mktemp("office")
    with running(databases.sqlite(folder), folder / "data") as portal:
        _fill(portal)
        yield Office(portal)


def _fill(portal: Portal) -> None:
    now, box = SystemClock().now(), portal.box
    portal.add("chi-hien", "Nguyễn Thị Hiền", Role.ONE_STOP)
    portal.add("anh-thanh", "Lê Văn Thành", Role.HANDLER)
    for text, kind, channel, days in WRITTEN:
        then = replace(box, clock=FixedClock(now - timedelta(days=days)))
        then.submit(text, kind=kind, channel=channel, contact=Contact("Hồ Văn Minh", "0912345678", ""))
    portal.act("assign", 2, handler_id=box.accounts["duc"])
    portal.act("ask", 6, said=Said("Xin Ông/Bà cho biết mã hồ sơ."))


def here(page: Page) -> int:
    """Return the number of the line on which the keyboard stands."""
    return int(page.locator("tr.here").get_attribute("data-row") or 0)


def test_the_queue_is_worked_through_by_keyboard_alone(office: Office, page: Page) -> None:
    page.set_viewport_size(WIDE)
    office.sign_in(page)

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert here(page) == 2
    page.keyboard.press("k")
    assert here(page) == 1
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".bulk-bar strong")).to_have_text("Đã chọn 2 góp ý")
    page.keyboard.press("g")
    page.wait_for_url("**/bulk?**")
    page.locator("#handler_id").select_option(label="Lê Văn Thành")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/suggestions")

    assert [office.box.case(number).row.handler_name for number in (1, 2)] == ["Lê Văn Thành", "Lê Văn Thành"]
    page.keyboard.press("z")
    expect(page.locator("form.undo")).to_have_count(0)
    assert [office.box.case(number).row.handler_name for number in (1, 2)] == ["", "Duc"]


def test_keys_are_letters_while_somebody_types(office: Office, page: Page) -> None:
    office.sign_in(page)

    page.keyboard.press("/")
    page.keyboard.type("so do jkx?")

    assert page.locator("#q").input_value() == "so do jkx?"
    assert page.locator("tr.here").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**q=so+do+jkx**")


def test_the_sheet_of_keys_opens_and_closes(office: Office, page: Page) -> None:
    office.sign_in(page)

    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")

    expect(page.locator("dialog.keys")).to_be_hidden()


def test_a_suggestion_is_answered_by_keyboard_and_the_draft_saves_itself(office: Office, page: Page) -> None:
    office.sign_in(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/suggestions/1")

    page.keyboard.press("a")
    page.keyboard.type("Chúng tôi đã kiểm tra. ")
    expect(page.locator("#draft-state")).to_contain_text("Tự lưu lúc")
    page.reload()
    expect(page.locator("#answer-text")).to_have_value("Chúng tôi đã kiểm tra.")
    page.locator("#answer-text").press("Control+End")
    page.keyboard.type(" Lời phản ánh là đúng.")
    page.locator("#answer-part .button-main").press("Enter")

    expect(page.locator(".notice").first).to_contain_text("Đã lưu câu trả lời.")
    answered = next(step for step in office.box.case(1).steps if step.act == "answer")
    assert answered.text == "Chúng tôi đã kiểm tra. Lời phản ánh là đúng."


def test_two_officers_at_once_lose_nothing(office: Office, browser: Browser, page: Page) -> None:
    other = browser.new_context(locale=LOCALE, timezone_id=TIMEZONE).new_page()
    office.sign_in(page)
    office.sign_in(other, "anh-thanh")
    page.goto(f"{office.url}/staff/suggestions/4")
    other.goto(f"{office.url}/staff/suggestions/4")

    other.locator("#note-text").fill("Đã lắp quạt chiều nay.")
    other.locator(".note-form button").click()
    page.locator("#answer-text").fill("Cảm ơn Ông/Bà.")
    page.locator("#answer-part .button-main").click()

    expect(page.locator("#changed-title")).to_be_visible()
    expect(page.locator("#answer-text")).to_have_value("Cảm ơn Ông/Bà.")
    expect(page.locator(".notice-soon").first).to_contain_text("Ghi chú nội bộ")
    other.context.close()


def test_every_page_is_free_of_barriers_and_fits_a_telephone(office: Office, page: Page) -> None:
    office.sign_in(page)
    for path in PAGES:
        page.goto(office.url + path)

        looked_at(page)


def test_the_paper_box_is_opened_and_its_slips_are_typed_in_by_keyboard_alone(
    office: Office, page: Page, tmp_path: Path
) -> None:
    Image.new("RGB", (400, 300), "teal").save(tmp_path / "hòm thư.jpg")
    office.sign_in(page)
    page.goto(f"{office.url}/staff/box/new")
    facts = {"place": "Sảnh", "people": "Hiền, công chức\nBình, đại diện", "slips": "2", "blank": "0", "legal": "0"}
    for name, value in facts.items():
        page.locator(f"#{name}").fill(value)
    page.locator("#files").set_input_files(tmp_path / "hòm thư.jpg")
    expect(page.locator(".kept-files li")).to_contain_text("hòm thư.jpg")
    page.locator("#legal").press("Enter")
    page.wait_for_url("**/staff/box/1")
    looked_at(page)

    for words in ("Nên có quạt ở hành lang.", "Cảm ơn cán bộ Quầy 3."):
        expect(page.locator("[name=kind][value=idea]")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type(words)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".notice").first).to_contain_text("Mã tra cứu")

    expect(page.locator(".kept-files")).to_contain_text("hòm thư.jpg")
    titles = [office.box.case(number).row.title for number in (7, 8)]
    assert titles == ["Nên có quạt ở hành lang", "Cảm ơn cán bộ Quầy 3"]
