"""Citizens write to the office in a real browser: without JavaScript, codes in no address, hostile words."""

import re
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback_service.accounts.rules.roles import Role
from feedback_service.suggestions.rules.hands import Publication, Said
from tests.browsers import LOCALE, TIMEZONE
from tests.databases import Databases
from tests.suggestions.portal import Portal, code_on, running
from tests.suggestions.test_attacks import ALL, HOSTILE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("suggestions")]


@pytest.fixture(scope="module")
def portal(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A running portal; each test writes suggestions of its own."""
    folder = tmp_path_factory.mktemp("portal")
    with running(databases.sqlite(folder), folder / "office") as portal:
        yield portal


def test_everything_can_be_done_without_javascript(portal: Portal, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale=LOCALE, timezone_id=TIMEZONE)
    page = context.new_page()
    page.goto(f"{portal.url}/suggestions/new")
    page.locator("[value=praise]").check()
    page.locator("#text").fill("Cảm ơn cán bộ Quầy 3.")
    page.locator("[name=challenge_answer]").fill(code_on(page))
    page.wait_for_timeout(2500)
    page.locator("main .button-main").click()
    page.wait_for_url("**/suggestions/receipt")

    page.locator("#noted").check()
    page.get_by_role("button", name="Xong").click()
    page.locator("#message summary").click()
    page.locator("#text").fill("Xin gửi lời cảm ơn nữa.")
    page.locator("#message .button-main").click()

    expect(page.locator(".message-citizen")).to_have_count(2)
    context.close()


def test_a_code_waits_in_no_address_and_no_history(portal: Portal, page: Page) -> None:
    receipt = portal.box.submit()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url + str(request.headers.get("referer", ""))))
    page.goto(f"{portal.url}/suggestions/track")
    page.locator("#code").fill(receipt.code or "")

    page.get_by_role("button", name="Tra cứu").click()

    expect(page.locator("h1")).to_have_text("Đã nhận góp ý")
    assert not [address for address in seen if receipt.code and receipt.code in address]


def test_sixty_hostile_texts_do_nothing_before_citizens_or_at_the_desk(
    portal: Portal, browser: Browser, page: Page
) -> None:
    receipt = portal.box.submit(ALL, is_public_wished=True)
    number = receipt.suggestion_id
    portal.act("answer", number, said=Said(ALL))
    portal.act("publish", number, publication=Publication(HOSTILE[0], ALL, ALL))
    portal.add("chi-hien", "Nguyễn Thị Hiền", Role.ONE_STOP)
    heard = listening(page)
    page.goto(f"{portal.url}/suggestions/track")
    page.locator("#code").fill(receipt.code or "")
    page.get_by_role("button", name="Tra cứu").click()
    read = [page.locator(".talk").first.inner_text()]
    page.goto(f"{portal.url}/answers/{number}")
    read.append(page.locator(".talk").inner_text())
    page.goto(f"{portal.url}/answers?q=%3Cscript%3Ealert(1)%3C/script%3E")

    with portal.desk(browser, "chi-hien") as desk:
        heard_at_the_desk = listening(desk)
        desk.goto(f"{portal.url}/staff/suggestions?view=all")
        desk.goto(f"{portal.url}/staff/suggestions/{number}")
        read.append(desk.locator(".case-text").inner_text())

    assert heard + heard_at_the_desk == []
    for words in read:
        assert [text for text in HOSTILE if text not in words] == []
        assert "49" not in re.sub(r"[0-9]+[:/][0-9:/]+", "", words)  # days and moments may well hold it


def test_no_hostile_letter_reaches_the_log(portal: Portal) -> None:
    sent = b"GET /answers?q=%0d%0a%7B%7D%1b[2J HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: a\x1b[31mb\r\n\r\n"
    with socket.create_connection(("127.0.0.1", portal.server.port)) as wire:
        wire.sendall(sent)
        assert wire.recv(12).startswith(b"HTTP/1.1 ")
    portal.server.client().post("/suggestions/track", data={"code": 'x\r\n{"event": "forged"}\x1b[2J'})

    assert not [line for line in portal.server.log.splitlines() if not line.isprintable() or "forged" in line]


def listening(page: Page) -> list[str]:
    """Return a list that fills with every dialog and every complaint about the policy of a page."""
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("console", lambda said: heard.append(said.text) if "Content Security Policy" in said.text else None)
    return heard
