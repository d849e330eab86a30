"""The guide, followed: from an empty tablet to its first stored rating, by the words that stand in it."""

import re

from playwright.sync_api import Page, expect

from tests.house.sources import ROOT
from tests.kiosk.offices import PATIENCE_MS, TabletOffice
from tests.officers import PASSWORD

GUIDE = (ROOT / "docs" / "guides" / "kiosk.md").read_text(encoding="utf-8")


def words(said: str) -> re.Pattern[str]:
    """Return what the guide prints in bold, to be found on a screen."""
    assert f"**{said}**" in GUIDE, f"the guide does not say {said}"
    return re.compile(f"^\\s*{said}")


def test_whoever_follows_the_guide_gets_from_an_empty_tablet_to_a_stored_rating(
    office: TabletOffice, page: Page
) -> None:
    tablet = page.context.browser.new_page() if page.context.browser else page
    page.goto(f"{office.server.url}/staff/sign-in")
    page.locator("[name=name]").fill(office.clerk())
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")

    page.get_by_role("link", name=words("Máy đánh giá")).click()
    page.get_by_role("link", name=words("Thêm máy")).first.click()
    page.get_by_label(words("Tên máy")).fill("Máy 1")
    page.get_by_label(words("Nơi đặt máy")).select_option(label=f"Phường Đông Hà: {office.counter}")
    page.get_by_role("button", name=words("Tạo mã ghép")).click()
    code = page.locator(".spoken-code").inner_text()
    office.open(tablet)
    for figure in re.sub(r"\D", "", code):
        tablet.locator(f'.number-pad [data-name="{figure}"]').click()
    tablet.get_by_role("button", name=words("Ghép")).click()
    rate(tablet)

    with tablet.expect_response("**/api/v1/kiosk/heartbeat"):
        tablet.reload()
    page.get_by_role("link", name=words("Máy đánh giá")).click()
    expect(page.locator("main tr", has_text=office.counter)).to_contain_text("Liền mạch đến số 1")
    assert [(rating.sequence, rating.answers) for rating in office.ratings()] == [(1, {"satisfaction": 5})]
    tablet.context.close()


def rate(tablet: Page) -> None:
    """Choose the happiest face and skip the rest."""
    tablet.get_by_role("button", name=words("Chạm để đánh giá")).click()
    tablet.locator('.face[data-level="5"]').click()
    for screen in (".screen-reasons, .screen-choices", ".screen-comment"):
        tablet.locator(screen).wait_for()
        tablet.get_by_role("button", name=words("Bỏ qua")).click()
    tablet.locator(".screen-thanks").wait_for()
    expect(tablet.locator(".begin")).to_be_visible(timeout=PATIENCE_MS)
