"""Takes docs/screenshots/kiosk anew: every screen of the tablet in its three sizes, side by side on one sheet each.

Run it with `python -m tests.kiosk.pictures` after a change of the look.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from feedback_service.db import Database
from feedback_service.upgrade import upgrade
from tests import browsers
from tests.house.sources import ROOT
from tests.kiosk.offices import TabletOffice, furnish, running
from tests.kiosk.test_access import AS_IT_IS, SIZES, looked_at, screens
from tests.kiosk.test_looks import wait_for_officer

FOLDER = ROOT / "docs" / "screenshots" / "kiosk"
SCALE, GAP, COLOURS = 0.5, 16, 96
SHOWN_IN_OTHER_VIEWS = ("rate", "comment")
OTHER_VIEWS = {
    "in-high-contrast-and-low-reach": ("normal", "high", "low"),
    "in-the-largest-letters": ("largest", "normal", "normal"),
}
Sheets = dict[str, list[Image.Image]]


def main() -> None:
    """Take every picture."""
    sheets: Sheets = defaultdict(list)
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        url = f"sqlite:///{name}/feedback.db"
        upgrade(Database(url))
        furnish(url, is_demo=True)
        browser = browsers.launch(playwright)
        with running(url, Path(name)) as server:
            for size in SIZES:
                for sheet, picture in pictures(TabletOffice(server, url), browser, size):
                    sheets[sheet].append(picture)
            for size in SIZES:
                sheets["officer"].append(with_officer(TabletOffice(server, url), browser, size))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for sheet, images in sheets.items():
        side_by_side(images).save(FOLDER / f"{sheet}.png", optimize=True)


def pictures(office: TabletOffice, browser: Browser, size: tuple[int, int]) -> Iterator[tuple[str, Image.Image]]:
    """Yield every screen as a named picture."""
    page = window(browser, size)
    for name in screens(office, page):
        yield name, picture(page)
        if name in SHOWN_IN_OTHER_VIEWS:
            for view, looks in OTHER_VIEWS.items():
                looked_at(page, looks)
                yield f"{name}-{view}", picture(page)
            looked_at(page, AS_IT_IS)
    page.context.close()
    yield "three-levels", english_with_three_levels(office, browser, size)
    yield "unsaved", on_a_full_disk(office, browser, size)


def on_a_full_disk(office: TabletOffice, browser: Browser, size: tuple[int, int]) -> Image.Image:
    """Show what the tablet says when it cannot keep a rating."""
    page = window(browser, size)
    office.pair(page)
    page.locator(".begin").click()
    page.locator(".face").first.wait_for()
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => { "
        "throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.locator('.face[data-level="4"]').click()
    page.locator(".screen-unsaved").wait_for()
    taken = picture(page)
    page.context.close()
    return taken


def with_officer(office: TabletOffice, browser: Browser, size: tuple[int, int]) -> Image.Image:
    """Show the logo of an office and who serves at its counter."""
    page = window(browser, size)
    office.pair(page)
    office.show_officer("Nguyễn Thị An")
    wait_for_officer(page)
    taken = picture(page)
    page.context.close()
    return taken


def english_with_three_levels(office: TabletOffice, browser: Browser, size: tuple[int, int]) -> Image.Image:
    """Show the other wording of the faces, in the other language."""
    page = window(browser, size)
    page.route("**/api/v1/kiosk/configuration", three_levels)
    office.pair(page)
    page.locator('[data-name="language"]').click()
    page.get_by_role("button", name="English").click()
    page.locator(".begin").click()
    page.locator(".face").first.wait_for()
    taken = picture(page)
    page.context.close()
    return taken


def window(browser: Browser, size: tuple[int, int]) -> Page:
    """Open a fresh tablet of this size."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale=browsers.LOCALE)
    page.context.set_default_timeout(60_000)
    return page


def picture(page: Page) -> Image.Image:
    """Return the glass as it stands, when everything has arrived."""
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement?.matches('button') && document.activeElement.blur()")
    page.wait_for_timeout(400)
    taken = Image.open(BytesIO(page.screenshot()))
    return taken.resize((round(taken.width * SCALE), round(taken.height * SCALE)), Image.Resampling.LANCZOS)


def side_by_side(images: list[Image.Image]) -> Image.Image:
    """Return one sheet with all sizes, in few colours."""
    width = sum(image.width + GAP for image in images) - GAP
    sheet = Image.new("RGB", (width, max(image.height for image in images)), "white")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + GAP
    return sheet.quantize(COLOURS)


def three_levels(route: Route) -> None:
    """Answer with three faces instead of five."""
    answer = route.fetch()
    content = answer.json()
    faces = content["questionnaire"]["questions"][0]
    words = {5: ("Very satisfied", 3), 4: ("Satisfied", 2), 2: ("Not satisfied", 1)}
    options = [option for option in faces["options"] if option["value"] in words]
    faces["options"] = [
        {"value": words[option["value"]][1], "text": {**option["text"], "en": words[option["value"]][0]}}
        for option in options
    ]
    route.fulfill(response=answer, json=content)


if __name__ == "__main__":
    main()
