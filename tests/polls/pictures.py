"""Takes the pictures of polls in docs/screenshots anew, from the demo office, on a wide and on a narrow screen.

Run it with `python -m tests.polls.pictures` after a change of the look.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from feedback_service.bundled import own
from tests import browsers
from tests.databases import feedback_service
from tests.house.sources import ROOT
from tests.servers import Server
from tests.walks import NARROW, WIDE

FOLDER = ROOT / "docs" / "screenshots"
COLOURS = 96
POLL = "/polls/chuyen-muc-dang"
SIGN_INS = json.loads(own("operations/demo.json").read_text(encoding="utf-8"))


def main() -> None:
    """Take every picture."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        address = {"FEEDBACK_DATABASE_URL": f"sqlite:///{folder / 'feedback.db'}"}
        shown = feedback_service("demo", FEEDBACK_DATA_DIR=name, **address)
        assert shown.returncode == 0, shown.stderr
        server = Server(folder, address)
        server.start()
        browser = browsers.launch(playwright)
        for suffix, size in (("", WIDE), ("-on-a-telephone", NARROW)):
            for area, views in (("portal", portal), ("desk", desk)):
                page = browser.new_context(locale=browsers.LOCALE, viewport=size).new_page()
                for view in views(page, server.url):
                    keep(page, FOLDER / area / f"{view}{suffix}.png")
                page.context.close()
        server.end()


def portal(page: Page, url: str) -> Iterator[str]:
    """Walk through what a citizen sees and yield the name of each view."""
    page.goto(f"{url}/polls")
    yield "polls"
    page.goto(f"{url}{POLL}")
    yield "poll"
    page.get_by_label("Tốt", exact=True).check()
    page.get_by_label("Nhập năm chữ số trong hình").fill("11111")
    page.get_by_role("button", name="Biểu quyết").click()
    page.get_by_role("alert").wait_for()
    yield "poll-with-a-wrong-code"
    page.get_by_role("button", name="Tôi không đọc được mã").click()
    page.get_by_text("Máy đã tính xong.").wait_for(timeout=60_000)
    yield "poll-without-the-code"
    page.get_by_role("button", name="Biểu quyết").click()
    page.wait_for_url("**/results")
    yield "poll-results"


def desk(page: Page, url: str) -> Iterator[str]:
    """Walk through what an officer sees and yield the name of each view."""
    page.goto(f"{url}/staff/sign-in")
    page.locator("[name=name]").fill(SIGN_INS["accounts"][0]["name"])
    page.locator("[name=password]").fill(SIGN_INS["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto(f"{url}/staff/polls")
    yield "polls"
    page.get_by_role("link", name="Bạn đánh giá thế nào").click()
    page.get_by_role("link", name="Đóng cuộc thăm dò").click()
    page.locator(".asked-back").wait_for()
    yield "poll-asked-back"
    page.goto(f"{url}/staff/polls/new")
    yield "poll-being-written"


def keep(page: Page, path: Path) -> None:
    """Keep the whole page as a small picture."""
    page.wait_for_timeout(300)
    path.parent.mkdir(parents=True, exist_ok=True)
    shot = Image.open(BytesIO(page.screenshot(full_page=True)))
    shot.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
