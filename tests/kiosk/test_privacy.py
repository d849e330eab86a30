"""Nothing of one person is left for the next, and nothing leads away from the kiosk."""

import random

from playwright.sync_api import Page, expect

from tests.kiosk.offices import TabletOffice, inside

SECRET_WORDS = "bi mat"


def write(page: Page, words: str) -> None:
    page.locator(".begin").click()
    page.locator('.face[data-level="3"]').click()
    page.locator("#comment").wait_for()
    page.keyboard.type(words)


def test_whoever_walks_away_is_asked_and_then_forgotten(office: TabletOffice, page: Page) -> None:
    page.clock.install()
    office.pair(page)
    length = page.evaluate("history.length")
    write(page, SECRET_WORDS)
    page.clock.run_for(61_000)
    dialog = page.get_by_role("alertdialog", name="Ông/Bà còn ở đây không?")
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Tôi cần thêm thời gian")).to_be_focused()

    page.clock.run_for(21_000)

    expect(page.locator(".begin")).to_be_visible()
    assert page.evaluate("history.length") == length
    assert SECRET_WORDS not in page.content()
    assert page.evaluate("getSelection().toString()") == ""
    assert SECRET_WORDS not in page.evaluate(inside("everything"))
    for _ in range(20):
        page.go_back()
        assert SECRET_WORDS not in page.content()


def test_a_page_that_the_browser_brings_back_has_nothing_of_the_person_before(paired: Page) -> None:
    write(paired, SECRET_WORDS)

    paired.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(paired.locator(".begin")).to_be_visible()
    assert SECRET_WORDS not in paired.content()
    assert SECRET_WORDS not in paired.evaluate(inside("everything"))


def test_the_browser_is_told_to_fill_in_and_to_remember_nothing(paired: Page) -> None:
    write(paired, "")

    field = paired.locator("#comment")
    told = {name: field.get_attribute(name) for name in ("autocomplete", "spellcheck", "autocapitalize", "name")}
    assert told == {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off", "name": None}


def test_whoever_needs_more_time_gets_it_again_and_again(office: TabletOffice, page: Page) -> None:
    page.clock.install()
    office.pair(page)
    write(page, "dang go")

    for _ in range(3):
        page.clock.run_for(61_000)
        page.clock.run_for(5_000)
        assert 0 < int(page.locator(".countdown text").text_content() or 0) <= 15
        page.get_by_role("button", name="Tôi cần thêm thời gian").click()
        expect(page.get_by_role("alertdialog")).to_have_count(0)

    expect(page.locator("#comment")).to_have_value("dang go")
    expect(page.locator("#comment")).to_be_focused()


def test_the_screen_is_itself_again_for_the_next_person(office: TabletOffice, page: Page) -> None:
    page.clock.install()
    office.pair(page)
    for name in ("contrast", "reach", "bigger"):
        page.locator(f'[data-name="{name}"]').click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "high")

    page.clock.run_for(31_000)

    expect(page.locator("html")).to_have_attribute("data-contrast", "normal")
    expect(page.locator("html")).to_have_attribute("data-text", "normal")
    expect(page.locator("html")).to_have_attribute("data-reach", "normal")


def test_no_rating_carries_what_was_typed_but_not_sent(office: TabletOffice, page: Page) -> None:
    page.clock.install()
    office.pair(page)
    write(page, SECRET_WORDS)
    page.clock.run_for(90_000)
    page.clock.run_for(6_000)
    expect(page.locator(".begin")).to_be_visible()
    for _ in range(50):
        if office.ratings():
            break
        page.wait_for_timeout(100)

    assert [(rating.answers, rating.comment) for rating in office.ratings()] == [({"satisfaction": 3}, None)]


def test_three_hundred_random_taps_and_keys_never_leave_the_kiosk(office: TabletOffice, paired: Page) -> None:
    chance = random.Random(1769)
    dialogs: list[str] = []
    paired.on("dialog", lambda dialog: dialogs.append(dialog.message))
    asked: list[str] = []
    paired.on("request", lambda request: asked.append(request.url))
    keys = [
        "Enter",
        "Escape",
        "Backspace",
        "Tab",
        "F1",
        "F3",
        "F7",
        "Control+p",
        "Control+s",
        "Control+o",
        "Control+f",
        "Control+g",
        "Alt+ArrowLeft",
        "a",
        "5",
        " ",
        "ContextMenu",
        "PageDown",
    ]

    for _ in range(300):
        if chance.random() < 0.6:
            button = chance.choice(["left", "left", "left", "right", "middle"])
            paired.mouse.click(chance.uniform(2, 1078), chance.uniform(2, 1918), button=button)  # type: ignore[arg-type]
        else:
            paired.keyboard.press(chance.choice(keys))

    assert paired.url == office.address
    assert dialogs == []
    assert paired.context.pages == [paired]
    assert [url for url in asked if not url.startswith(office.server.url)] == []
    assert paired.locator("a[href], input[type=file], iframe, form").count() == 0
    expect(paired.locator("h1")).to_have_count(1)


def test_the_tablet_sets_no_cookie(office: TabletOffice, paired: Page) -> None:
    assert paired.context.cookies() == []
