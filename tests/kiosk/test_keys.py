"""Whoever cannot touch the glass: a keyboard, or a switch that sends one key to go on and one to choose."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.kiosk.offices import TabletOffice
from tests.kiosk.test_access import outside_hours


def reach(page: Page, key: str, selector: str) -> None:
    """Go on by one key until something has the focus."""
    for _ in range(60):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by {key}")


def choose(page: Page, key: str, selector: str, then: str) -> None:
    """Go to something, choose it, and see what comes then."""
    reach(page, key, selector)
    page.keyboard.press("Enter")
    page.locator(then).first.wait_for()


@pytest.mark.parametrize("key", ["Tab", "ArrowDown"])
def test_a_switch_or_a_keyboard_alone_leads_through_every_screen(office: TabletOffice, page: Page, key: str) -> None:
    page.clock.install()
    office.pair(page)
    page.locator("html[data-fonts]").wait_for()
    choose(page, key, '[data-name="language"]', ".language")
    choose(page, key, ".language:nth-child(2)", 'html[lang="en"] .begin')
    choose(page, key, ".slip", ".slip-entry")
    choose(page, key, '[data-name="skip"]', ".face")
    page.clock.run_for(31_000)
    choose(page, key, ".idle .button", "main:not([inert])")
    choose(page, key, '.face[data-level="1"]', ".reason")
    choose(page, key, ".reason:nth-child(3)", '.reason[aria-pressed="true"]')
    choose(page, key, '[data-name="send"]', "#comment")
    page.keyboard.press("Tab")  # in a field the arrows belong to the text
    with page.expect_response(lambda answer: answer.url.endswith("/api/v1/ratings") and answer.ok):
        choose(page, key, '[data-name="skip"]', ".screen-thanks")
        choose(page, key, ".screen-thanks .button", ".begin")
    choose(page, key, ".begin", ".face")
    begin_again(page, outside_hours, ".screen-closed")
    choose(page, key, ".screen-closed .button", ".face")
    choose(page, key, ".skip", ".screen-closed")
    begin_again(page, revoked, ".screen-stopped")
    choose(page, key, ".screen-stopped .button", ".number-pad")
    choose(page, key, '.number-pad [data-name="7"]', ".code-cell:text('7')")

    assert [rating.answers for rating in office.ratings()] == [{"satisfaction": 1, "reasons": ["visits"]}]


def begin_again(page: Page, answer: Callable[[Route], None], then: str) -> None:
    """Switch the tablet on when the server has this to say."""
    page.unroute("**/api/v1/kiosk/configuration")
    page.route("**/api/v1/kiosk/configuration", answer)
    page.reload()
    page.locator(f"html[data-fonts] {then}").wait_for()


def revoked(route: Route) -> None:
    """Answer as to a tablet whose right was taken back."""
    route.fulfill(status=401, content_type="application/problem+json", body="{}")
