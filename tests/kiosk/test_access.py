"""Every screen can be used by everybody: axe finds nothing, targets are large, nothing is cut off."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.accessibility import barriers
from tests.browsers import LOCALE, TIMEZONE
from tests.browsers import PATIENCE_MS as BROWSER_PATIENCE_MS
from tests.kiosk.offices import TabletOffice, inside
from tests.servers import Server

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
HOURS = [
    {"weekdays": [1, 2, 3, 4, 5], "opens": "07:30", "closes": "07:30"},
    {"weekdays": [1, 2, 3, 4, 5], "opens": "13:30", "closes": "13:30"},
]
"""Hours that are never."""


def screens(office: TabletOffice, page: Page, languages: Sequence[str] = ("vi", "en")) -> Iterator[str]:
    """Go through every screen, in the first of some languages, and name each as it stands."""
    page.clock.install()
    page.route("**/api/v1/kiosk/configuration", partial(with_other_questions, languages))
    yield from arriving(office, page)
    yield from rating(page)
    yield from answering(page)
    yield from closing(page)
    yield from being_stopped(page)


def arriving(office: TabletOffice, page: Page) -> Iterator[str]:
    office.open(page)
    page.locator("html[data-fonts] .number-pad").wait_for()
    yield "pairing"
    page.goto("about:blank")
    office.open(page, office.code())
    page.locator("html[data-fonts] .begin").wait_for()
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


def closing(page: Page) -> Iterator[str]:
    page.route("**/api/v1/kiosk/configuration", outside_hours)
    page.reload()
    page.locator("html[data-fonts] .screen-closed").wait_for()
    yield "closed"


def being_stopped(page: Page) -> Iterator[str]:
    revoked = {"status": 401, "content_type": "application/problem+json", "body": "{}"}
    page.route("**/api/v1/ratings", lambda route: route.fulfill(**revoked))
    page.locator(".screen-closed .button").click()
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").first.wait_for()
    page.clock.run_for(51_000)
    page.locator(".screen-stopped").wait_for()
    yield "stopped"


def heard(page: Page) -> list[str]:
    """Return what was said since the voice was last hushed."""
    said: list[str] = page.evaluate("said.splice(0)")
    return " / ".join(said).rpartition("(hush) / ")[2].split(" / ") if said[-1] != "(hush)" else []


def outside_hours(route: Route) -> None:
    """Answer as an office does that is closed at every hour of the working week."""
    answer = route.fetch(headers={**route.request.headers, "if-none-match": ""})
    content = answer.json()
    content["questionnaire"]["questions"] += OTHERS
    route.fulfill(response=answer, json={**content, "opening_hours": HOURS})


def with_other_questions(languages: Sequence[str], route: Route) -> None:
    answer = route.fetch()
    content = answer.json() if answer.status == 200 else None
    if content:
        content["questionnaire"]["questions"] += OTHERS
        content |= {"opening_hours": [], "languages": list(languages)}
    route.fulfill(response=answer, body=json.dumps(content) if content else "")


@dataclass
class Seen:
    """What stands on the screens of one tablet, whatever a person chooses on the lower bar."""

    screens: list[str] = field(default_factory=list)
    barriers: dict[str, list[str]] = field(default_factory=dict)
    small: list[tuple[object, ...]] = field(default_factory=list)
    cut: list[tuple[str, str]] = field(default_factory=list)


LETTERS, CONTRASTS, LAYOUTS = ("normal", "large", "largest"), ("normal", "high"), ("normal", "low")
AS_IT_IS = ("normal", "normal", "normal")
GLASSES = [((1080, 1920), "vi"), ((800, 1280), "en"), ((1280, 800), "vi")]
"""Every size, and both languages with every contrast and layout: the walk itself takes longest."""


def looked_at(page: Page, looks: tuple[str, str, str]) -> None:
    """Turn the letters, the contrast and the layout to these, and let no colour be on its way."""
    page.evaluate(inside("look"), dict(zip(("text", "contrast", "reach"), looks, strict=True)))


def looked_over(page: Page, name: str, seen: Seen) -> None:
    """Note what a screen lacks in every look."""
    for looks in product(LETTERS, ("normal",), LAYOUTS):
        looked_at(page, looks)
        seen.cut += [(f"{name} {looks}", words) for words in page.evaluate(inside("cut"))]
        for words, width, height in page.evaluate(inside("targets")):
            floor = 120 if str(words).startswith("face") else 71.5
            if width < floor or height < floor:
                seen.small.append((name, looks, words, width, height))
    for looks in (*product(("normal",), CONTRASTS, LAYOUTS), ("largest", "high", "normal")):
        looked_at(page, looks)
        seen.barriers |= {f"{name} {looks}": found for found in [barriers(page)] if found}
    looked_at(page, AS_IT_IS)


@pytest.fixture(scope="module", params=GLASSES, ids=lambda glass: f"{glass[0][0]}x{glass[0][1]}-{glass[1]}")
def seen(request: pytest.FixtureRequest, served: tuple[Server, str], browser: Browser) -> Seen:
    """Every screen of a tablet of one size in one language."""
    (width, height), language = request.param
    page = browser.new_page(
        viewport={"width": width, "height": height}, locale=LOCALE, timezone_id=TIMEZONE, reduced_motion="reduce"
    )
    page.context.set_default_timeout(BROWSER_PATIENCE_MS)
    found = Seen()
    for name in screens(TabletOffice(*served), page, [language, "vi" if language == "en" else "en"]):
        found.screens.append(name)
        looked_over(page, name, found)
    page.context.close()
    return found


@pytest.mark.xdist_group("screens of tablets")
def test_axe_finds_nothing_on_any_screen_in_any_contrast_or_layout(seen: Seen) -> None:
    assert seen.barriers == {}
    assert len(set(seen.screens)) == 15


@pytest.mark.xdist_group("screens of tablets")
def test_every_target_is_large_enough_for_a_trembling_hand(seen: Seen) -> None:
    assert seen.small == []


@pytest.mark.xdist_group("screens of tablets")
def test_no_words_are_cut_off_at_any_size_of_letters(seen: Seen) -> None:
    assert seen.cut == []


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
