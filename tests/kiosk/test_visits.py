"""A visit at the counter, from the empty tablet to the stored rating."""

import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.accessibility import barriers
from tests.kiosk.offices import PATIENCE_MS, TabletOffice, finish, inside, tap_through


def enter(page: Page, figures: str) -> None:
    for figure in figures:
        page.locator(f'.number-pad [data-name="{figure}"]').click()
    page.locator('.number-pad [data-name="go"]').click()


def wait_until_stored(office: TabletOffice, page: Page, number: int) -> None:
    for _ in range(100):
        if len(office.ratings()) >= number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(office.ratings())} of {number} ratings arrived")


def test_an_empty_tablet_is_paired_by_a_code_and_rates(office: TabletOffice, page: Page) -> None:
    office.open(page)

    enter(page, "00000000")
    expect(page.locator(".error-text")).to_contain_text("Mã chưa đúng")
    enter(page, office.code())
    page.locator(".begin").click()
    expect(page.locator("h1")).to_contain_text("Ông/Bà đánh giá như thế nào")
    page.locator('.face[data-level="2"]').click()
    page.get_by_role("button", name="Thời gian chờ đợi lâu").click()
    page.get_by_role("button", name="Gửi").click()
    finish(page)

    wait_until_stored(office, page, 1)
    assert [(rating.sequence, rating.language, rating.answers) for rating in office.ratings()] == [
        (1, "vi", {"satisfaction": 2, "reasons": ["waiting"]})
    ]


def test_a_used_code_pairs_no_second_tablet(office: TabletOffice, page: Page, browser: Browser) -> None:
    code = office.code()
    office.open(page, code)
    expect(page.locator(".begin")).to_be_visible(timeout=PATIENCE_MS)
    other = browser.new_page()

    office.open(other, code)

    expect(other.locator(".error-text")).to_contain_text("đã dùng rồi", timeout=PATIENCE_MS)
    assert other.url == office.address
    other.context.close()


def test_a_comment_in_vietnamese_is_typed_on_the_glass(office: TabletOffice, paired: Page) -> None:
    paired.locator(".begin").click()
    paired.locator('.face[data-level="3"]').click()
    field = paired.locator("#comment")
    expect(field).to_be_focused()

    for key in "can bo":
        paired.locator(f'.keyboard [data-name="{key}"]').click()
        if key == "n":
            paired.locator('.accent-bar [data-name="Sắc"]').click()
    paired.locator('.accent-bar [data-name="ô"]').click()
    paired.locator('.accent-bar [data-name="Nặng"]').click()
    paired.locator('.keyboard [data-name="method"]').click()
    for key in " tootsf":
        paired.locator(f'.keyboard [data-name="{key}"]').click()
    paired.locator('.keyboard [data-name="erase"]').click()
    paired.locator('.keyboard [data-name="t"]').click()
    paired.keyboard.type("s")
    assert field.input_value() == "Cán bộ tốt"
    paired.get_by_role("button", name="Gửi").click()
    finish(paired)

    wait_until_stored(office, paired, 1)
    assert office.ratings()[0].comment == "Cán bộ tốt"


def test_twenty_taps_in_one_second_are_one_rating(office: TabletOffice, paired: Page) -> None:
    paired.locator(".begin").click()
    place = paired.locator('.face[data-level="5"]').bounding_box()
    assert place

    for _ in range(20):
        paired.mouse.click(place["x"] + 40, place["y"] + 40)
        paired.wait_for_timeout(30)
    finish(paired)

    wait_until_stored(office, paired, 1)
    paired.wait_for_timeout(500)
    assert [rating.answers["satisfaction"] for rating in office.ratings()] == [5]


def test_every_face_is_thanked_with_the_same_words(paired: Page) -> None:
    words = set()

    for level in (5, 1):
        paired.locator(".begin").click()
        paired.locator(f'.face[data-level="{level}"]').click()
        paired.locator(".skip").click()
        paired.locator(".screen-comment .skip").click()
        words.add(paired.locator(".screen-thanks").inner_text())
        paired.locator(".screen-thanks .button").click()

    assert len(words) == 1
    assert "Xin trân trọng cảm ơn Ông/Bà!" in words.pop()


def test_demo_data_is_marked_on_every_screen(office: TabletOffice, page: Page) -> None:
    def as_demo(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "demo": True})

    page.route("**/api/v1/kiosk/configuration", as_demo)
    office.pair(page)
    mark = page.locator(".demo-mark")
    expect(mark).to_have_text("Dữ liệu mẫu")

    page.locator(".begin").click()
    page.locator('.face[data-level="3"]').click()
    page.locator("#comment").wait_for()
    expect(mark).to_be_visible()
    page.locator(".skip").click()
    page.locator(".screen-thanks").wait_for()

    expect(mark).to_be_visible()


def test_outside_opening_hours_the_hours_are_shown_and_late_guests_may_rate(office: TabletOffice, page: Page) -> None:
    hours = [{"weekdays": [1, 2, 3, 4, 5], "opens": "00:00", "closes": "00:00"}]

    def closed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "opening_hours": hours})

    page.route("**/api/v1/kiosk/configuration", closed)
    office.open(page, office.code())
    expect(page.locator("h1")).to_have_text("Quầy đang ngoài giờ làm việc", timeout=PATIENCE_MS)
    expect(page.locator(".hours")).to_contain_text("thứ Hai đến thứ Sáu")
    assert barriers(page) == []

    page.get_by_role("button", name="Tôi vừa được phục vụ").click()
    page.locator('.face[data-level="3"]').click()
    page.locator(".skip").click()
    page.locator(".screen-thanks .button").click()

    wait_until_stored(office, page, 1)
    expect(page.locator("h1")).to_have_text("Quầy đang ngoài giờ làm việc")


def test_an_english_speaker_rates_in_english(office: TabletOffice, paired: Page) -> None:
    paired.locator('[data-name="language"]').click()
    paired.get_by_role("button", name="English").click()
    expect(paired.locator("html")).to_have_attribute("lang", "en")
    tap_through(paired, 4)

    wait_until_stored(office, paired, 1)
    assert office.ratings()[0].language == "en"
    expect(paired.locator(".begin")).to_have_text(re.compile("Chạm để đánh giá"))


def test_whoever_speaks_bru_reads_and_hears_what_the_office_has_written_and_spoken(
    office: TabletOffice, page: Page
) -> None:
    address = f"/kiosk/sounds/{'a' * 64}"

    def in_bru(route: Route) -> None:
        answer = route.fetch(headers={**route.request.headers, "if-none-match": ""})
        content = answer.json()
        content["questionnaire"]["questions"][0]["text"]["bru"] = "Máh léq anhia pai?"
        texts, sounds = {"bru": {"Skip": "Veh"}}, {"bru": {"Máh léq anhia pai?": address}}
        route.fulfill(response=answer, json={**content, "languages": ["vi", "bru"], "texts": texts, "sounds": sounds})

    page.add_init_script(f"({inside('player')})()")
    page.context.route(f"**{address}", lambda route: route.fulfill(content_type="audio/wav", body="RIFF"))
    page.route("**/api/v1/kiosk/configuration", in_bru)
    office.pair(page)
    page.locator('[data-name="language"]').click()
    page.get_by_role("button", name="Bru-Vân Kiều").click()
    page.locator('[data-name="voice"]').click()
    page.locator(".begin").click()

    expect(page.locator("h1")).to_have_text("Máh léq anhia pai?")
    expect(page.locator(".skip")).to_have_text("Veh")
    assert page.evaluate("played") == [address]
    kept = "caches.open('office').then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))"
    assert [url for url in page.evaluate(kept) if "/sounds/" in url] == [f"{office.server.url}{address}"]
    page.locator('.face[data-level="3"]').click()
    page.locator("#comment").wait_for()
    finish(page)
    wait_until_stored(office, page, 1)
    assert office.ratings()[0].language == "bru"
