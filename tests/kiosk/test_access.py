"""Every screen can be used by everybody: axe finds nothing, targets are large, nothing is cut off."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accessibility import barriers
from tests.kiosk.offices import TabletOffice, inside

SIZES = ((1080, 1920), (800, 1280), (1280, 800))
OTHERS = [
    {
        "id": "again",
        "kind": "scale",
        "text": {"vi": "Ông/Bà có giới thiệu cho người quen không?"},
        "required": False,
        "show_if": None,
        "options": [],
    },
    {
        "id": "visits",
        "kind": "number",
        "text": {"vi": "Ông/Bà đã đến mấy lần?"},
        "required": False,
        "show_if": None,
        "options": [],
    },
    {
        "id": "day",
        "kind": "date",
        "text": {"vi": "Ông/Bà nộp hồ sơ ngày nào?"},
        "required": False,
        "show_if": None,
        "options": [],
    },
]
"""Kinds of questions that no built-in questionnaire of the counter has."""


def screens(office: TabletOffice, page: Page, languages: Sequence[str] = ("vi", "en")) -> Iterator[str]:
    """Go through every screen, in the first of some languages, and name each as it stands."""
    page.clock.install()
    page.route("**/api/v1/kiosk/configuration", partial(with_other_questions, languages))
    yield from arriving(office, page)
    yield from rating(page)
    yield from answering(page)
    yield from being_stopped(page)


def arriving(office: TabletOffice, page: Page) -> Iterator[str]:
    office.open(page)
    page.locator(".number-pad").wait_for()
    yield "pairing"
    page.goto("about:blank")
    office.open(page, office.code())
    page.locator(".begin").wait_for()
    yield "attract"
    page.locator('[data-name="language"]').click()
    yield "language"
    page.locator('[data-name="language"]').click()
    page.locator(".slip").click()
    page.locator(".slip-entry").wait_for()
    page.keyboard.type("H56.14-261001-0001")
    yield "slip"
    page.locator('[data-name="go"]').click()
    page.locator(".slip-taken").wait_for()
    yield "slip-taken"
    page.locator(".skip").click()


def rating(page: Page) -> Iterator[str]:
    page.locator(".begin").click()
    page.locator(".face").first.wait_for()
    yield "rate"
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").nth(1).click()
    yield "reasons"
    page.clock.run_for(31_000)
    page.get_by_role("alertdialog").wait_for()
    yield "idle"
    page.locator(".idle .button").click()


def answering(page: Page) -> Iterator[str]:
    page.locator('[data-name="send"]').click()
    page.locator("#comment").wait_for()
    page.keyboard.type("Tieng")
    yield "comment"
    for scene in ("scale", "number", "date"):
        page.locator(".skip").click()
        page.wait_for_timeout(150)
        yield scene
    page.locator(".skip").click()
    page.locator(".screen-thanks").wait_for()
    yield "thanks"
    page.locator(".screen-thanks .button").click()


def being_stopped(page: Page) -> Iterator[str]:
    revoked = {"status": 401, "content_type": "application/problem+json", "body": "{}"}
    page.route("**/api/v1/ratings", lambda route: route.fulfill(**revoked))
    page.locator(".begin").click()
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").first.wait_for()
    page.clock.run_for(51_000)
    page.locator(".screen-stopped").wait_for()
    yield "stopped"


def heard(page: Page) -> list[str]:
    """Return what was said since the voice was last hushed."""
    said: list[str] = page.evaluate("said.splice(0)")
    return " / ".join(said).rpartition("(hush) / ")[2].split(" / ") if said[-1] != "(hush)" else []


def with_other_questions(languages: Sequence[str], route: Route) -> None:
    answer = route.fetch()
    content = answer.json() if answer.status == 200 else None
    if content:
        content["questionnaire"]["questions"] += OTHERS
        content |= {"opening_hours": [], "languages": list(languages)}
    route.fulfill(response=answer, body=json.dumps(content) if content else "")


def switched(*names: str) -> Callable[[Page], None]:
    def switch(page: Page) -> None:
        for name in names:
            page.evaluate("name => document.querySelector(`.utility-bar [data-name=${name}]`).click()", name)

    return switch


VIEWS = {
    "as it is": switched(),
    "in high contrast and low reach": switched("contrast", "reach"),
    "in the largest letters": switched("bigger", "bigger"),
}


@pytest.mark.parametrize(
    ("view", "language"), [*((view, "vi") for view in VIEWS), ("in high contrast and low reach", "en")]
)
def test_axe_finds_nothing_on_any_screen(office: TabletOffice, page: Page, view: str, language: str) -> None:
    page.set_viewport_size({"width": 800, "height": 1280})
    page.emulate_media(reduced_motion="reduce")  # axe must not look while colours are on their way

    found = {}
    for name in screens(office, page, [language, "vi" if language == "en" else "en"]):
        VIEWS[view](page)
        found[name] = barriers(page)

    assert {name: sentences for name, sentences in found.items() if sentences} == {}
    assert len(found) == 14


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_target_is_large_enough_for_a_trembling_hand(
    office: TabletOffice, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})

    small = []
    for name in screens(office, page):
        for words, width, height in page.evaluate(inside("targets")):
            floor = 120 if str(words).startswith("face") else 71.5
            if width < floor or height < floor:
                small.append((name, words, width, height))

    assert small == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_words_are_cut_off_at_any_size_of_letters(office: TabletOffice, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})

    cut = []
    for name in screens(office, page):
        for view in VIEWS.values():
            view(page)
            cut += [(name, words) for words in page.evaluate(inside("cut"))]

    assert cut == []


def test_a_screen_is_read_aloud_and_can_be_repeated_and_stopped(office: TabletOffice, page: Page) -> None:
    page.add_init_script(f"({inside('voice')})()")
    office.pair(page)
    page.locator(".begin").click()
    page.locator(".face").first.wait_for()

    page.locator('[data-name="voice"]').click()
    said = heard(page)
    assert said[0].startswith("Ông/Bà đánh giá như thế nào")
    assert {"Rất hài lòng", "Bình thường", "Rất không hài lòng", "Bỏ qua"} <= set(said)
    page.locator('[data-name="repeat"]').click()
    assert heard(page) == said
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").first.wait_for()
    assert "Xin Ông/Bà cho biết điều chưa hài lòng" in heard(page)
    page.keyboard.press("ArrowDown")
    assert heard(page)[-1] == page.evaluate("document.activeElement.textContent")

    page.locator('[data-name="silence"]').click()

    assert heard(page) == []
    expect(page.locator('[data-name="voice"]')).to_have_attribute("aria-pressed", "false")


def test_a_tablet_without_a_voice_says_so_in_writing(paired: Page) -> None:
    paired.locator('[data-name="voice"]').click()

    expect(paired.get_by_role("status")).to_have_text("Máy này chưa có giọng đọc cho ngôn ngữ này.")
    expect(paired.locator('[data-name="voice"]')).to_have_attribute("aria-pressed", "false")
