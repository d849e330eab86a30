"""Citizens write to the office in a real browser: a whole story with the desk, without JavaScript, hostile words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.clock import SystemClock
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.suggestions import service
from feedback_service.suggestions.rules.hands import Publication, Said
from tests.accessibility import barriers
from tests.browsers import LOCALE, TIMEZONE
from tests.conftest import SECRET
from tests.databases import Databases
from tests.servers import Server
from tests.suggestions.box import WAITED, Box, furnish
from tests.walks import NARROW, WIDE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("suggestions")]
ANSWER = Said("Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên.")
PATIENCE_MS = 60_000
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "\"><iframe src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>bấm đây</a>",
    "{{ 7*7 }}{% for x in y %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "<math><mtext></mtext><style><img src=x onerror=alert(1)>",
    "<body onload=alert(1)><details open ontoggle=alert(1)>",
    "'; DROP TABLE suggestion; --",
    "\u202ereversed\u202c \u200bhidden Z\u0351\u0352\u0353\u0354",
)


@dataclass
class Portal:
    """A running portal with its box."""

    url: str
    box: Box

    def act(self, name: str, **facts: object) -> None:
        """Have the desk do something with the first suggestion."""
        with self.box.database.transaction() as session:
            getattr(service, name)(session, 1, by=self.box.hand(), now=SystemClock().now(), **facts)


@pytest.fixture
def portal(databases: Databases, tmp_path: Path) -> Iterator[Portal]:
    """A running portal."""
    url = databases.sqlite(tmp_path)
    database = Database(url)
    box = furnish(database, tmp_path / "office")
    server = Server(tmp_path / "office", {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield Portal(server.url, box)
    server.end()
    database.close()


def code_on(page: Page) -> str:
    """Read the code that a page shows."""
    token = page.locator("[name=form_token]").input_value()
    facts, _ = Signer(SECRET, PURPOSE).read(token, now=SystemClock().now(), life=LIFE)
    return digits_of(SECRET, str(facts["nonce"]))


def looked_at(page: Page) -> None:
    """Look at a page wide and narrow: no barrier, nothing to scroll sideways."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_citizen_writes_is_asked_answered_rates_reopens_and_erases(
    portal: Portal, page: Page, tmp_path: Path
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    fill_in(portal, page, tmp_path)
    be_refused(page)
    code = be_received(page)
    be_asked(portal, page)
    be_answered(portal, page)
    rate_and_reopen(portal, page)
    come_back_and_erase(page, code)

    assert faults == []


def fill_in(portal: Portal, page: Page, folder: Path) -> None:
    """Open the form and fill it in; the file goes ahead while the citizen still writes."""
    Image.new("RGB", (800, 600), "teal").save(folder / "ảnh.jpg")
    page.goto(f"{portal.url}/suggestions/new")
    looked_at(page)
    page.locator("[value=report]").check()
    page.locator("#text").fill(WAITED)
    expect(page.locator("#text-left")).to_have_text(f"Còn {5000 - len(WAITED):,} ký tự".replace(",", "."))
    page.locator("#files").set_input_files(folder / "ảnh.jpg")
    expect(page.locator(".kept-files li")).to_contain_text("ảnh.jpg", timeout=PATIENCE_MS)
    page.locator("[name=public]").check()


def be_refused(page: Page) -> None:
    """Send a wrong code: everything stays."""
    page.locator("[name=challenge_answer]").fill("11111")
    page.locator("main .button-main").click()
    expect(page.locator(".error-summary")).to_be_focused(timeout=PATIENCE_MS)
    expect(page.locator("#text")).to_have_value(WAITED)
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


def be_asked(portal: Portal, page: Page) -> None:
    """Answer a question of the office."""
    portal.act("ask", said=Said("Ông/Bà nhớ giờ nào không?"))
    page.reload()
    expect(page.locator("h1")).to_have_text("Chúng tôi cần hỏi thêm Ông/Bà")
    looked_at(page)
    page.locator("#text").fill("Khoảng 8 giờ.")
    page.locator("#message .button-main").click()
    expect(page.locator(".message-citizen")).to_have_count(2)


def be_answered(portal: Portal, page: Page) -> None:
    """Find the answer among those that everybody may read."""
    portal.act("answer", said=ANSWER)
    portal.act("publish", publication=Publication("Chờ chứng thực", "Chờ hơn hai giờ.", ANSWER.text))
    page.goto(f"{portal.url}/answers?q=chung+thuc")
    looked_at(page)
    page.get_by_role("link", name="Chờ chứng thực").click()
    expect(page.locator(".message-office")).to_contain_text("bảng gọi số")
    looked_at(page)


def rate_and_reopen(portal: Portal, page: Page) -> None:
    """Rate the answer, and have it looked at again all the same."""
    page.goto(f"{portal.url}/suggestions/track")
    looked_at(page)
    page.locator(".small-faces [value='4']").click()
    expect(page.locator(".small-faces [value='4']")).to_have_attribute("aria-pressed", "true")
    page.locator("#reopening summary").click()
    page.locator("#reason").fill("Vẫn chưa thấy bảng.")
    page.locator("#reopening .button-main").click()
    expect(page.locator("h1")).to_have_text("Đang được xem lại")


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


def test_everything_can_be_done_without_javascript(portal: Portal, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale=LOCALE, timezone_id=TIMEZONE)
    page = context.new_page()
    page.goto(f"{portal.url}/suggestions/new")
    page.locator("[value=praise]").check()
    page.locator("#text").fill("Cảm ơn cán bộ Quầy 3.")
    page.locator("[name=challenge_answer]").fill(code_on(page))
    page.wait_for_timeout(2500)
    page.locator("main .button-main").click()
    page.wait_for_url("**/suggestions/receipt")

    page.locator("#noted").check()
    page.get_by_role("button", name="Xong").click()
    page.locator("#message summary").click()
    page.locator("#text").fill("Xin gửi lời cảm ơn nữa.")
    page.locator("#message .button-main").click()

    expect(page.locator(".message-citizen")).to_have_count(2)
    context.close()


def test_a_code_waits_in_no_address_and_no_history(portal: Portal, page: Page) -> None:
    receipt = portal.box.submit()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url + str(request.headers.get("referer", ""))))
    page.goto(f"{portal.url}/suggestions/track")
    page.locator("#code").fill(receipt.code or "")

    page.get_by_role("button", name="Tra cứu").click()

    expect(page.locator("h1")).to_have_text("Đã nhận góp ý")
    assert not [address for address in seen if receipt.code and receipt.code in address]


def test_hostile_words_stand_there_as_words(portal: Portal, page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.on("console", lambda said: dialogs.append(said.text) if "Content Security Policy" in said.text else None)
    receipt = portal.box.submit("\n".join(HOSTILE), is_public_wished=True)
    portal.act("answer", said=Said("\n".join(HOSTILE)))
    portal.act("publish", publication=Publication(HOSTILE[0], "\n".join(HOSTILE), "\n".join(HOSTILE)))
    page.goto(f"{portal.url}/suggestions/track")
    page.locator("#code").fill(receipt.code or "")
    page.get_by_role("button", name="Tra cứu").click()
    tracked = page.locator(".talk").inner_text()

    page.goto(f"{portal.url}/answers/{receipt.suggestion_id}")
    published = page.locator(".talk").inner_text()
    page.goto(f"{portal.url}/answers?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert dialogs == []
    for words in (tracked, published):
        assert all(hostile in words for hostile in HOSTILE[:11])
        assert "49" not in words
