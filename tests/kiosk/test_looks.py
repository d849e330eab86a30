"""The office on its tablets: its logo, and who serves there; with network, without, and when a picture is lost."""

from playwright.sync_api import Page, Route, expect

from tests.accessibility import barriers
from tests.kiosk.offices import TabletOffice

DRAWN = "(pictures) => pictures.length && pictures.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)"
KEPT = "caches.open('office').then((cache) => cache.keys()).then((all) => all.length)"


def test_logo_and_photo_reach_the_tablet_and_stay_without_network(office: TabletOffice, paired: Page) -> None:
    expect(paired.locator(".place .mark")).to_be_visible()
    office.show_officer("Nguyễn Thị An")

    wait_for_officer(paired)

    expect(paired.locator(".counter-name")).to_contain_text("Cán bộ: Nguyễn Thị An")
    expect(paired.locator(".place .mark")).to_have_count(0)
    assert barriers(paired) == []
    paired.evaluate("navigator.serviceWorker.ready")
    for _ in range(100):
        if paired.evaluate(KEPT) == 2:
            break
        paired.wait_for_timeout(50)
    paired.context.set_offline(True)
    paired.reload()
    paired.locator(".portrait").wait_for()
    assert paired.locator(".logo, .portrait").evaluate_all(DRAWN)
    paired.locator(".begin").click()
    paired.locator(".face").first.wait_for()
    expect(paired.locator(".portrait")).to_be_visible()


def test_a_picture_that_does_not_come_leaves_the_bar_as_without(office: TabletOffice, page: Page) -> None:
    nowhere = "0" * 64

    def with_lost_pictures(route: Route) -> None:
        answer = route.fetch()
        officer = {"name": "Nguyễn Thị An", "photo": f"/kiosk/photos/{nowhere}"}
        signature = {**answer.json()["office"], "logo": f"/office/logos/{nowhere}"}
        route.fulfill(response=answer, json={**answer.json(), "officer": officer, "office": signature})

    page.route("**/api/v1/kiosk/configuration", with_lost_pictures)
    office.pair(page)

    expect(page.locator(".counter-name")).to_contain_text("Nguyễn Thị An")
    expect(page.locator(".place .mark")).to_be_visible()
    expect(page.locator(".logo, .portrait")).to_have_count(0)


def wait_for_officer(page: Page) -> None:
    """Look again until the office's last word has come: the server trusts a token for five seconds before it looks."""
    for _ in range(20):
        with page.expect_response("**/api/v1/kiosk/configuration"):
            page.reload()
        page.locator(".begin").wait_for()
        if page.locator(".portrait").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("no officer is shown")
