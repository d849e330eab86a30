"""A poll in the page of another portal: another origin, third-party cookies blocked, and without JavaScript."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from sqlalchemy import insert, select

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.polls import queries, service
from feedback_service.polls.models import Vote
from feedback_service.polls.rules import Status
from feedback_service.units.models import Unit
from tests import browsers
from tests.accessibility import barriers
from tests.conftest import SECRET
from tests.databases import Databases
from tests.polls.polling import CITY
from tests.servers import Server, free_port
from tests.walks import NARROW, WIDE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("polls")]
THANKS = "Lượt biểu quyết của Ông/Bà đã được ghi nhận."
READER_MS = 2_100
BLOCKED = {
    "enableThirdPartyCookieRestriction": True,
    "disableThirdPartyCookieMetadata": True,
    "disableThirdPartyCookieHeuristics": True,
}


class Portal:
    """Another portal on another origin: a page with our script and element, and a page with the frame alone."""

    def __init__(self, office: Server, host: str) -> None:
        self.port = free_port()
        self.url = f"http://{host}:{self.port}"
        self._office = office
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), partial(_Pages, office.url))
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()

    def end(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Pages(BaseHTTPRequestHandler):
    def __init__(self, office: str, *facts: object) -> None:
        self._office = office
        super().__init__(*facts)  # type: ignore[arg-type]  # whatever the server hands over

    def do_GET(self) -> None:
        script = f'<script src="{self._office}/embed.js" async></script>'
        element = f'{script}<feedback-poll slug="{CITY.slug}"></feedback-poll>'
        frame = f'<iframe src="{self._office}/embed/polls/{CITY.slug}" title="x" width="100%" height="1200"></iframe>'
        crumb = f'<iframe src="http://127.0.0.1:{self.server.server_port}/baker" title="x"></iframe>'  # type: ignore[attr-defined]
        shown = {"/frame": frame, "/crumb": crumb}.get(self.path, element)
        body = f"<!doctype html><html lang='vi'><title>Cổng</title><h1>Cổng</h1>{shown}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/baker":
            self.send_header("Set-Cookie", "crumb=1; SameSite=None; Secure")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


Scene = tuple[Server, Database, Portal, Portal]


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The office with one poll, a portal that may show it, and one that may not."""
    folder = tmp_path_factory.mktemp("embedding")
    url = databases.sqlite(folder)
    database = Database(url)
    server = Server(folder, {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    friend, stranger = Portal(server, "localhost"), Portal(server, "localhost")
    furnish(database, friend.url)
    server.start()
    yield server, database, friend, stranger
    server.end()
    friend.end()
    stranger.end()
    database.close()


@pytest.fixture
def careful(browser: Browser) -> Iterator[Page]:
    """A window that blocks every third-party cookie."""
    context = browser.new_context(locale=browsers.LOCALE, timezone_id=browsers.TIMEZONE)
    context.set_default_timeout(browsers.PATIENCE_MS)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCookieControls", BLOCKED)
    yield page
    context.close()


def test_a_citizen_votes_inside_another_portal_that_blocks_third_party_cookies(office: Scene, careful: Page) -> None:
    _server, database, friend, _stranger = office
    page = careful
    page.set_viewport_size(WIDE)
    before = votes(database)

    page.goto(friend.url)
    frame = page.frame_locator("feedback-poll iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text(CITY.question.vi)
    height = settled_height(page)
    frame.get_by_label("Tốt", exact=True).check()
    frame.get_by_label("Nhập năm chữ số trong hình").fill(code(frame))
    frame.get_by_role("button", name="Biểu quyết").click()
    expect(frame.get_by_text(THANKS)).to_be_visible()

    expect(frame.locator(".spoken-code span")).to_have_count(3)
    assert votes(database) == before + 1
    assert careful.context.cookies() == []
    assert 500 < height < 1500
    assert settled_height(page) != 720


def test_the_careful_browser_does_block_what_an_ordinary_one_takes(office: Scene, careful: Page, page: Page) -> None:
    for window in (careful, page):
        window.goto(f"{office[2].url}/crumb")
        expect(window.frame_locator("iframe").get_by_role("heading")).to_have_text("Cổng")

    assert careful.context.cookies() == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["crumb"]


def test_the_frame_has_no_barrier_and_no_scrollbar_of_its_own(office: Scene, careful: Page) -> None:
    server, _database, friend, _stranger = office
    page = careful

    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.goto(friend.url)
        settled_height(page)
        inner = next(frame for frame in page.frames if "/embed/" in frame.url)
        assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), size
        assert inner.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
    page.goto(f"{server.url}/embed/polls/{CITY.slug}")
    assert barriers(page) == []


def test_another_code_and_the_longer_work_come_without_a_cookie(office: Scene, careful: Page) -> None:
    _server, database, friend, _stranger = office
    page = careful
    before = votes(database)

    page.goto(friend.url)
    frame = page.frame_locator("feedback-poll iframe")
    first = code(frame)
    frame.get_by_label("Rất tốt").check()
    frame.get_by_role("button", name="Đổi mã khác").click()
    expect(frame.get_by_label("Nhập năm chữ số trong hình")).to_be_focused()
    assert code(frame) != first
    frame.get_by_label("Nhập năm chữ số trong hình").fill("11111")
    frame.get_by_role("button", name="Biểu quyết").click()
    expect(frame.get_by_role("alert")).to_be_visible()
    expect(frame.get_by_label("Rất tốt")).to_be_checked()
    frame.get_by_label("Nhập năm chữ số trong hình").fill(code(frame))
    frame.get_by_role("button", name="Biểu quyết").click()

    expect(frame.get_by_text(THANKS)).to_be_visible()
    assert votes(database) == before + 1


def test_a_portal_that_is_not_listed_gets_an_empty_frame(office: Scene, careful: Page) -> None:
    _server, _database, _friend, stranger = office
    page = careful
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))

    page.goto(f"{stranger.url}/frame")

    expect(page.locator("iframe")).to_be_visible()
    assert any("frame-ancestors" in said for said in heard), heard
    assert page.frame_locator("iframe").get_by_text(CITY.question.vi).count() == 0


def test_a_citizen_votes_inside_another_portal_without_javascript(office: Scene, browser: Browser) -> None:
    _server, database, friend, _stranger = office
    context = browser.new_context(locale=browsers.LOCALE, java_script_enabled=False)
    page = context.new_page()
    before = votes(database)

    page.goto(f"{friend.url}/frame")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Chưa tốt").check()
    frame.get_by_label("Nhập năm chữ số trong hình").fill(code(frame))
    page.wait_for_timeout(READER_MS)
    frame.get_by_role("button", name="Biểu quyết").last.click()

    expect(frame.get_by_text(THANKS)).to_be_visible(timeout=browsers.PATIENCE_MS)
    assert votes(database) == before + 1
    assert context.cookies() == []
    context.close()


def settled_height(page: Page) -> int:
    """Return the height of the frame once it has been told one."""
    page.wait_for_function("document.querySelector('feedback-poll iframe').height !== '720'")
    return int(page.locator("feedback-poll iframe").get_attribute("height") or 0)


def code(frame: FrameLocator) -> str:
    """Read the code that a frame shows."""
    token = frame.locator("[name=form_token]").input_value()
    facts, _ = Signer(SECRET, PURPOSE).read(token, now=datetime.now(UTC), life=LIFE)
    return digits_of(SECRET, str(facts["nonce"]))


def votes(database: Database) -> int:
    """Count the votes."""
    with database.reading() as session:
        return len(session.execute(select(Vote.id)).all())


def furnish(database: Database, portal: str) -> None:
    """Open the poll of the city and let one portal show it."""
    now = datetime.now(UTC)
    facts = {"code": "19333", "name": "Phường Đông Hà", "folded_name": "phuong dong ha", "kind": "ward"}
    with database.transaction() as session:
        unit_id = session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()
        draft = replace(CITY, unit_id=unit_id, opens_at=now - timedelta(days=1), closes_at=None)
        poll_id = service.create(session, draft, by="system", now=now)
        poll = queries.by_id(session, poll_id, scope=[unit_id], now=now)
        assert poll
        service.move(session, poll, Status.OPEN, by="system", now=now)
        service.allow(session, poll, (portal,), by="system", now=now)
