"""When the network, the power, the disk or the server fails, each rating arrives once, or the screen says so."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accessibility import barriers
from tests.browsers import Tablet
from tests.kiosk.offices import PATIENCE_MS, TabletOffice, finish, inside, tap_through


def wait_until_empty(page: Page) -> None:
    for _ in range(PATIENCE_MS // 100):
        if not page.evaluate(inside("kept")):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(page.evaluate(inside('kept')))} ratings are still on the tablet")


def fulfilled(answer: Mapping[str, Any], route: Route) -> None:
    route.fulfill(**answer)


def sequences(office: TabletOffice) -> list[int]:
    return [rating.sequence for rating in office.ratings()]


def test_the_first_tap_survives_a_power_cut_right_after_it(office: TabletOffice, tablet: Tablet) -> None:
    page = tablet.context.pages[0]
    office.pair(page)
    page.locator(".begin").click()
    page.locator('.face[data-level="2"]').click()
    page.locator(".reason").first.wait_for()

    tablet.cut_off()
    page = tablet.switch_on().new_page()
    office.open(page)
    page.locator(".begin").wait_for()
    wait_until_empty(page)

    assert [rating.answers for rating in office.ratings()] == [{"satisfaction": 2}]


def test_two_windows_of_one_tablet_do_not_double_and_do_not_disturb_each_other(
    office: TabletOffice, paired: Page
) -> None:
    other = paired.context.new_page()
    office.open(other)
    other.locator(".begin").click()
    other.locator('.face[data-level="1"]').click()
    other.locator(".reason").first.wait_for()
    paired.context.set_offline(True)
    for level in (5, 4, 3):
        tap_through(paired, level)

    third = paired.context.new_page()
    paired.context.set_offline(False)
    office.open(third)
    third.locator(".begin").wait_for()
    other.locator(".reason").first.click()
    finish(other)
    wait_until_empty(paired)

    assert sequences(office) == [1, 2, 3, 4]
    assert [rating.answers["satisfaction"] for rating in office.ratings()] == [1, 5, 4, 3]


def test_a_server_that_is_killed_while_answering_loses_and_doubles_nothing(office: TabletOffice, paired: Page) -> None:
    def kill_after_storing(route: Route) -> None:
        route.fetch()
        office.server.kill()
        route.abort()

    paired.route("**/api/v1/ratings", kill_after_storing, times=1)
    tap_through(paired, 4)
    paired.wait_for_timeout(500)
    assert len(paired.evaluate(inside("kept"))) == 1
    tap_through(paired, 2)

    office.server.start()
    wait_until_empty(paired)

    assert sequences(office) == [1, 2]


def test_a_captive_portal_and_a_gateway_in_trouble_are_waited_out(office: TabletOffice, paired: Page) -> None:
    answers = [
        {"status": 200, "content_type": "text/html", "body": "<h1>Welcome to our free network</h1>"},
        {"status": 401, "content_type": "text/html", "body": "<h1>Sign in</h1>"},
        {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"},
        {"status": 200, "content_type": "application/json", "body": "{}"},
    ]
    for answer in answers:
        paired.route("**/api/v1/ratings", partial(fulfilled, answer))
        tap_through(paired, 3)
        expect(paired.locator(".begin")).to_be_visible()
        paired.unroute("**/api/v1/ratings")

    wait_until_empty(paired)

    assert sequences(office) == [1, 2, 3, 4]


def test_a_server_that_asks_for_patience_and_a_proxy_that_finds_it_too_much_are_waited_out(
    office: TabletOffice, paired: Page
) -> None:
    problem = {"content_type": "application/problem+json", "headers": {"Retry-After": "1"}}
    answers = [
        {"status": 413, "content_type": "text/html", "body": "<h1>Request Entity Too Large</h1>"},
        {**problem, "status": 429, "body": '{"type": "/problems/too-many-requests", "status": 429}'},
        {**problem, "status": 503, "body": '{"type": "/problems/unavailable", "status": 503}'},
    ]
    for answer in answers:
        paired.route("**/api/v1/ratings", partial(fulfilled, answer))
        tap_through(paired, 3)
        expect(paired.locator(".begin")).to_be_visible()
        paired.unroute("**/api/v1/ratings")

    wait_until_empty(paired)

    assert sequences(office) == [1, 2, 3]


def test_a_refused_rating_is_set_aside_and_the_rest_goes_on(office: TabletOffice, paired: Page) -> None:
    def with_an_unknown_version(route: Route) -> None:
        body = json.loads(route.request.post_data or "")
        for rating in body["ratings"]:
            if rating["sequence"] == 1:
                rating["version"] = 999
        route.continue_(post_data=body)

    paired.route("**/api/v1/ratings", with_an_unknown_version)
    tap_through(paired, 1)
    tap_through(paired, 5)
    for _ in range(100):
        kept = paired.evaluate(inside("kept"))
        if [rating["standing"] for rating in kept] == ["parked"]:
            break
        paired.wait_for_timeout(100)

    assert sequences(office) == [2]
    assert [(rating["sequence"], rating["standing"]) for rating in kept] == [(1, "parked")]


def test_a_tablet_whose_right_is_withdrawn_in_mid_rating_keeps_it_and_sends_it_when_paired_again(
    office: TabletOffice, page: Page
) -> None:
    asked: list[str] = []
    page.clock.install()
    office.pair(page)
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".begin").click()
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").first.wait_for()
    office.revoke_all()
    page.wait_for_timeout(5_500)  # so long the server trusts a token that it has seen

    page.locator(".reason").first.click()
    page.locator('[data-name="send"]').click()
    page.locator(".screen-comment .skip").click()
    expect(page.locator(".screen-stopped")).to_be_visible(timeout=PATIENCE_MS)
    asked.clear()
    page.clock.run_for(600_000)
    assert [url for url in asked if "/api/" in url] == []
    assert len(page.evaluate(inside("kept"))) == 1
    page.reload()
    expect(page.locator("h1")).to_have_text("Máy này đang tạm dừng nhận đánh giá")
    page.get_by_role("button", name="Nhập mã mới").click()
    for figure in office.code():
        page.locator(f'.number-pad [data-name="{figure}"]').click()
    page.locator('.number-pad [data-name="go"]').click()
    page.locator(".begin").wait_for()
    wait_until_empty(page)

    assert [rating.answers["satisfaction"] for rating in office.ratings()] == [1]


def test_a_full_disk_is_told_and_nobody_is_thanked_in_vain(office: TabletOffice, page: Page) -> None:
    quota = {"origin": office.server.url, "quotaSize": 1_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    office.pair(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    tap_through(page, 5)
    page.evaluate(inside("ballast"))

    page.locator(".begin").click()
    page.locator('.face[data-level="4"]').click()

    expect(page.locator(".screen-unsaved")).to_contain_text("Chưa ghi được lượt này")
    assert barriers(page) == []
    page.evaluate(inside("unload"))
    page.get_by_role("button", name="Về màn hình đầu").click()
    tap_through(page, 3)
    page.context.set_offline(False)
    wait_until_empty(page)
    assert [rating.answers["satisfaction"] for rating in office.ratings()] == [5, 3]
    assert sequences(office) == [1, 2]


def test_five_thousand_ratings_are_the_most_and_then_the_machine_says_that_it_is_full(
    office: TabletOffice, paired: Page
) -> None:
    paired.context.set_offline(True)
    paired.evaluate(inside("fill"), 5000)

    paired.locator(".begin").click()
    paired.locator('.face[data-level="4"]').click()

    expect(paired.locator(".screen-unsaved")).to_contain_text("Máy đã đầy")
    expect(paired.locator(".screen-unsaved")).to_contain_text("Chưa ghi được lượt này")
    paired.locator(".screen-unsaved .button").click()
    paired.context.set_offline(False)
    wait_until_empty(paired)
    assert sequences(office) == list(range(1, 5001))


def test_a_tablet_without_network_says_how_many_ratings_wait(paired: Page) -> None:
    paired.context.set_offline(True)

    tap_through(paired, 5)

    expect(paired.locator(".unsent")).to_have_text("1 lượt chờ gửi")
    paired.context.set_offline(False)
    expect(paired.locator(".unsent")).to_have_count(0, timeout=PATIENCE_MS)


def test_a_memory_that_was_deleted_starts_at_the_pairing_screen(
    office: TabletOffice, tablet: Tablet, tmp_path: Path
) -> None:
    page = tablet.context.pages[0]
    office.pair(page)
    tablet.switch_off()
    for path in (tmp_path / "tablet").rglob("IndexedDB"):
        for part in sorted(path.rglob("*"), reverse=True):
            part.unlink() if part.is_file() else part.rmdir()

    page = tablet.switch_on().new_page()
    office.open(page)

    expect(page.locator("h1")).to_have_text("Ghép máy này với quầy", timeout=PATIENCE_MS)


def test_a_memory_that_does_not_open_stops_the_machine_and_is_not_cleared(office: TabletOffice, paired: Page) -> None:
    paired.context.set_offline(True)
    tap_through(paired, 5)
    broken = "IDBFactory.prototype.open = () => { throw new DOMException('broken', 'UnknownError'); };"
    other = paired.context.new_page()
    other.add_init_script(broken)
    paired.context.set_offline(False)

    office.open(other)

    expect(other.locator("h1")).to_have_text("Máy này đang tạm dừng nhận đánh giá", timeout=PATIENCE_MS)
    expect(other.locator(".notice")).to_contain_text("không mở được bộ nhớ")
    assert barriers(other) == []
    wait_until_empty(paired)
    assert sequences(office) == [1]


@pytest.mark.parametrize("days", [-2, 2])
def test_a_tablet_whose_clock_is_two_days_off_tells_the_right_time(office: TabletOffice, page: Page, days: int) -> None:
    now = datetime.now(UTC)
    page.clock.install(time=now + timedelta(days=days))
    office.pair(page)
    page.locator(".begin").click()
    page.locator('.face[data-level="4"]').click()
    page.locator(".reason").first.wait_for()

    (kept,) = page.evaluate(inside("kept"))

    assert abs(datetime.fromisoformat(kept["answered_at"]) - now) < timedelta(minutes=5)


def test_a_tablet_tells_the_office_how_it_is(office: TabletOffice, paired: Page) -> None:
    tap_through(paired, 5)
    wait_until_empty(paired)

    with paired.expect_response("**/api/v1/kiosk/heartbeat"):
        paired.reload()

    heard = office.heard()
    assert (heard["queued"], heard["last_sequence"]) == (0, 1)
    assert abs(int(str(heard["clock_skew_seconds"]))) <= 2
