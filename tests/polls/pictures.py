"""Takes the pictures of polls in docs/screenshots anew, from the demo office, on a wide and on a narrow screen.

Run it with `python -m tests.polls.pictures` after a change of the look.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from feedback_service.bundled import own
from feedback_service.db import Database
from feedback_service.polls import queries, service
from tests import browsers
from tests.browser.test_embedding import Portal
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
        examined = feedback_service("poll", "examine", POLL.rpartition("/")[2], FEEDBACK_DATA_DIR=name, **address)
        assert examined.returncode == 0, examined.stderr
        server = Server(folder, address)
        server.start()
        portal = Portal(server, "localhost")
        allow(address["FEEDBACK_DATABASE_URL"], portal.url)
        browser = browsers.launch(playwright)
        for suffix, size in (("", WIDE), ("-on-a-telephone", NARROW)):
            for area, views in (("portal", citizen), ("portal", around(portal)), ("desk", desk)):
                page = browser.new_context(locale=browsers.LOCALE, viewport=size).new_page()
                for view in views(page, server.url):
                    keep(page, FOLDER / area / f"{view}{suffix}.png")
                page.context.close()
        server.end()
        portal.end()


def allow(address: str, portal: str) -> None:
    """Let another portal show the poll."""
    database, now = Database(address), datetime.now(UTC)
    with database.transaction() as session:
        poll = queries.by_slug(session, POLL.rpartition("/")[2], now=now)
        assert poll
        service.allow(session, poll, (portal,), by="system", now=now)
    database.close()


def around(portal: Portal) -> Callable[[Page, str], Iterator[str]]:
    """Return a walk through the page of another portal that shows the poll."""

    def views(page: Page, _url: str) -> Iterator[str]:
        page.goto(portal.url)
        page.wait_for_function("document.querySelector('feedback-poll iframe').height !== '720'")
        yield "poll-in-a-frame"

    return views


def citizen(page: Page, url: str) -> Iterator[str]:
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
    receipt = "-".join(page.locator(".receipt .spoken-code span").all_text_contents())
    page.goto(f"{url}{POLL}/integrity")
    yield "poll-integrity"
    page.goto(f"{url}/receipts")
    page.locator("[name=code]").fill(receipt)
    page.get_by_role("button", name="Kiểm tra").click()
    page.locator("#fate").wait_for()
    yield "poll-receipt"


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
    for name, view in (("Trên cổng khác", "poll-on-other-portals"), ("Lượt đáng ngờ", "poll-votes-in-doubt")):
        page.goto(f"{url}/staff/polls")
        page.get_by_role("link", name="Bạn đánh giá thế nào").click()
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        yield view
    page.goto(f"{url}/staff/polls/new?template=gio-phuc-vu")
    yield "poll-being-written"


def keep(page: Page, path: Path) -> None:
    """Keep the whole page as a small picture."""
    page.wait_for_timeout(300)
    path.parent.mkdir(parents=True, exist_ok=True)
    shot = Image.open(BytesIO(page.screenshot(full_page=True)))
    shot.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
