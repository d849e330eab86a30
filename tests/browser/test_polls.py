"""Citizens vote in a real browser: without JavaScript, by ear, by the work of their device, by keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert, select

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, Ladder, digits_of
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.polls import queries, service
from feedback_service.polls.models import Vote
from feedback_service.polls.rules import Status
from feedback_service.units.models import Unit
from tests.accessibility import barriers
from tests.browsers import LOCALE
from tests.conftest import SECRET
from tests.databases import Databases
from tests.polls.polling import CITY
from tests.servers import Server
from tests.walks import NARROW, WIDE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("polls")]
THANKS = "Lượt biểu quyết của Ông/Bà đã được ghi nhận."
PATIENCE_MS = 60_000
"""Long work takes some seconds on a busy machine."""
SECONDS_HEARD = f"""audio => new Promise((heard, refuse) => {{
    const tell = () => audio.played.length && heard(audio.duration);
    audio.addEventListener("timeupdate", tell);
    setTimeout(() => refuse(new Error("nothing was heard")), {PATIENCE_MS});
    tell();
}})"""
"""How long the sound is of which something has been played, however long a busy machine takes to begin."""


class Portal:
    """A running portal with one poll for each ladder, named by it."""

    def __init__(self, server: Server, database: Database) -> None:
        self.url = server.url
        self._database = database

    def votes(self) -> int:
        """Count the votes."""
        with self._database.reading() as session:
            return len(session.execute(select(Vote.id)).all())

    def open(self, page: Page, ladder: Ladder = Ladder.CODE_AND_WORK) -> None:
        """Open a poll."""
        page.goto(f"{self.url}/polls/{ladder.value}")

    def code(self, page: Page) -> str:
        """Read the code that a page shows."""
        token = page.locator("[name=form_token]").input_value()
        facts, _ = Signer(SECRET, PURPOSE).read(token, now=datetime.now(UTC), life=LIFE)
        return digits_of(SECRET, str(facts["nonce"]))


@pytest.fixture(scope="module")
def portal(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A running portal."""
    folder = tmp_path_factory.mktemp("portal")
    url = databases.sqlite(folder)
    database = Database(url)
    furnish(database)
    server = Server(folder, {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield Portal(server, database)
    server.end()
    database.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A window without JavaScript."""
    context = browser.new_context(locale=LOCALE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_vote_without_javascript_by_the_picture(portal: Portal, plain_page: Page) -> None:
    portal.open(plain_page)
    before = portal.votes()

    plain_page.get_by_label("Tốt", exact=True).check()
    plain_page.get_by_label("Nhập năm chữ số trong hình").fill(portal.code(plain_page))
    wait_like_a_reader(plain_page)
    plain_page.get_by_role("button", name="Biểu quyết").click()

    thanked(plain_page)
    assert portal.votes() == before + 1


def test_without_javascript_enter_sends_the_vote_and_another_code_keeps_the_choice(
    portal: Portal, plain_page: Page
) -> None:
    portal.open(plain_page)
    first = portal.code(plain_page)

    plain_page.get_by_label("Chưa tốt").check()
    plain_page.get_by_role("button", name="Đổi mã khác").click()
    expect(plain_page.get_by_label("Chưa tốt")).to_be_checked()
    assert portal.code(plain_page) != first
    wait_like_a_reader(plain_page)
    plain_page.get_by_label("Nhập năm chữ số trong hình").fill(portal.code(plain_page))
    plain_page.get_by_label("Nhập năm chữ số trong hình").press("Enter")

    thanked(plain_page)


def test_without_javascript_the_error_summary_has_the_focus(portal: Portal, plain_page: Page) -> None:
    portal.open(plain_page)

    plain_page.get_by_label("Tốt", exact=True).check()
    wait_like_a_reader(plain_page)
    plain_page.get_by_role("button", name="Biểu quyết").click()

    expect(plain_page.get_by_role("alert")).to_be_focused()
    expect(plain_page.get_by_label("Tốt", exact=True)).to_be_checked()


def test_without_javascript_the_code_can_be_heard(portal: Portal, plain_page: Page) -> None:
    portal.open(plain_page)

    sound = plain_page.locator("audio[controls]")

    expect(sound).to_be_visible()
    assert sound.evaluate("audio => audio.src").endswith(".wav")


def test_a_vote_by_ear(portal: Portal, page: Page) -> None:
    portal.open(page)

    page.get_by_role("button", name="Nghe mã").click()
    assert page.locator("audio").evaluate(SECONDS_HEARD) > 4
    page.get_by_label("Rất tốt").check()
    page.get_by_label("Nhập năm chữ số trong hình").fill(portal.code(page))
    page.get_by_role("button", name="Biểu quyết").click()

    thanked(page)


def test_a_vote_by_work_alone_on_a_poll_that_asks_for_nothing_else(portal: Portal, page: Page) -> None:
    portal.open(page, Ladder.WORK)
    expect(page.get_by_label("Nhập năm chữ số trong hình")).to_be_hidden()

    page.get_by_label("Tốt", exact=True).check()
    page.get_by_role("button", name="Biểu quyết").click()

    thanked(page)


def test_a_poll_by_work_alone_shows_the_code_to_a_browser_that_cannot_work(portal: Portal, plain_page: Page) -> None:
    portal.open(plain_page, Ladder.WORK)

    plain_page.get_by_label("Tốt", exact=True).check()
    plain_page.get_by_label("Nhập năm chữ số trong hình").fill(portal.code(plain_page))
    wait_like_a_reader(plain_page)
    plain_page.get_by_role("button", name="Biểu quyết").click()

    thanked(plain_page)


@pytest.mark.parametrize("ladder", [Ladder.CODE_AND_WORK, Ladder.CODE])
def test_whoever_cannot_read_the_code_lets_the_device_work(portal: Portal, page: Page, ladder: Ladder) -> None:
    portal.open(page, ladder)

    page.get_by_label("Bình thường").check()
    page.get_by_role("button", name="Tôi không đọc được mã").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_label("Nhập năm chữ số trong hình")).to_be_hidden()
    assert barriers(page) == []
    expect(page.get_by_text("Máy đã tính xong.")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Biểu quyết").click()

    thanked(page)


def test_whoever_sends_before_the_work_is_done_is_asked_to_wait_a_moment(portal: Portal, page: Page) -> None:
    portal.open(page)

    page.get_by_label("Bình thường").check()
    page.get_by_role("button", name="Tôi không đọc được mã").click()
    page.get_by_role("button", name="Biểu quyết").click()

    expect(page.get_by_role("status").get_by_text("Xin đợi một chút")).to_be_visible()
    thanked(page)


def test_a_wrong_code_keeps_the_choice_and_the_way_back_is_short(portal: Portal, page: Page) -> None:
    portal.open(page)

    page.get_by_label("Rất tốt").check()
    page.get_by_label("Nhập năm chữ số trong hình").fill("11111")
    page.get_by_role("button", name="Biểu quyết").click()

    expect(page.get_by_role("alert")).to_be_focused(timeout=PATIENCE_MS)
    assert barriers(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Nhập năm chữ số trong hình")).to_be_focused()
    expect(page.get_by_label("Rất tốt")).to_be_checked()
    page.keyboard.type(portal.code(page))
    page.keyboard.press("Enter")
    thanked(page)


def test_another_code_comes_without_leaving_the_page(portal: Portal, page: Page) -> None:
    portal.open(page)
    first = portal.code(page)
    picture = page.get_by_alt_text("Hình có năm chữ số").get_attribute("src")

    page.get_by_label("Tốt", exact=True).check()
    page.get_by_role("button", name="Đổi mã khác").click()

    expect(page.get_by_label("Nhập năm chữ số trong hình")).to_be_focused()
    expect(page.get_by_alt_text("Hình có năm chữ số")).not_to_have_attribute("src", picture or "")
    assert portal.code(page) != first
    page.keyboard.type(portal.code(page))
    page.keyboard.press("Enter")
    thanked(page)


def test_an_impatient_citizen_who_presses_twice_votes_once(portal: Portal, page: Page) -> None:
    portal.open(page)
    before = portal.votes()

    page.get_by_label("Tốt", exact=True).check()
    page.get_by_label("Nhập năm chữ số trong hình").fill(portal.code(page))
    page.get_by_role("button", name="Biểu quyết").dblclick()

    thanked(page)
    assert portal.votes() == before + 1


def test_a_vote_by_keyboard_alone(portal: Portal, page: Page) -> None:
    portal.open(page)

    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "option":
            break
    page.keyboard.press("ArrowDown")
    page.get_by_label("Nhập năm chữ số trong hình").focus()
    page.keyboard.type(portal.code(page))
    page.keyboard.press("Enter")

    thanked(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_page_with_a_mistake_is_open_to_everybody_at_every_width(portal: Portal, page: Page, size: object) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]  # one of the sizes of a walk
    portal.open(page)

    page.get_by_role("button", name="Biểu quyết").click()

    expect(page.get_by_role("alert")).to_be_focused(timeout=PATIENCE_MS)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def thanked(page: Page) -> None:
    """Wait until the page says that the vote is recorded."""
    expect(page.get_by_text(THANKS)).to_be_visible(timeout=PATIENCE_MS)


def wait_like_a_reader(page: Page) -> None:
    """Let the two seconds pass that nobody needs less of."""
    page.wait_for_timeout(2_100)


def furnish(database: Database) -> None:
    """Open one poll for each ladder."""
    now = datetime.now(UTC)
    facts = {"code": "19333", "name": "Phường Đông Hà", "folded_name": "phuong dong ha", "kind": "ward"}
    with database.transaction() as session:
        unit_id = session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()
        for ladder in Ladder:
            yesterday = now - timedelta(days=1)
            draft = replace(CITY, slug=ladder.value, ladder=ladder, unit_id=unit_id, opens_at=yesterday, closes_at=None)
            poll_id = service.create(session, draft, by="system", now=now)
            poll = queries.by_id(session, poll_id, scope=[unit_id], now=now)
            assert poll
            service.move(session, poll, Status.OPEN, by="system", now=now)
