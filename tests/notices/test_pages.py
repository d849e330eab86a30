"""The pages of notices: one's own address, the addresses of the office, the log."""

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.notices import queries
from feedback_service.notices.commands import Worker
from feedback_service.notices.rules.events import Event
from feedback_service.notices.rules.tries import Channel
from feedback_service.web.context import Platform
from tests.notices.conftest import DONG_HA, NAM_DONG_HA, Desk
from tests.notices.receivers import Hook, Mailbox
from tests.officers import Officer, officer
from tests.pages import PageClient


@pytest.fixture
def administrator(app: Flask, platform: Platform) -> Officer:
    """Who administers every unit."""
    return officer(app, Role.ADMINISTRATOR)


def fields(address: str, channel: Channel = Channel.MAIL, unit: str = "all") -> dict[str, object]:
    """Return what is typed for a new address."""
    return {"channel": channel.value, "name": "Một cửa", "address": address, "unit": unit, "events": [Event.RECEIVED]}


def test_an_officer_leaves_an_address_tests_it_and_stops_it(
    app: Flask, worker: Worker, mailbox: Mailbox, desk: Desk
) -> None:
    hien = officer(app, Role.HANDLER, name="hien", unit_id=desk.units[DONG_HA])
    page = hien.pages.get("/staff/notices/mine")

    page = hien.pages.send(page, {"address": "hien@dongha.example.vn"})
    assert page.form()["address"] == "hien@dongha.example.vn"
    hien.pages.post("/staff/notices/mine/test", page.form())
    worker.step()

    assert [message["Subject"] for message in mailbox.messages] == ["Thư thử từ hệ thống góp ý"]
    page = hien.pages.post("/staff/notices/mine/off", page.form())
    assert "Hiện Ông/Bà không nhận thông báo." in page.text()


def test_an_address_that_is_none_is_refused_with_what_was_typed(app: Flask) -> None:
    hien = officer(app, Role.OVERSEER, name="hien")

    for address in ("", "hien", "hien@dongha.vn\r\nBcc: evil@example.vn", "a@b.vn, c@d.vn"):
        page = hien.pages.send(hien.pages.get("/staff/notices/mine"), {"address": address}, status=422)

        assert page.all(".error-summary"), address
        assert page.form()["address"] == " ".join(address.split())


def test_the_secret_of_a_webhook_is_shown_once(administrator: Officer, hook: Hook) -> None:
    page = administrator.pages.get("/staff/notices/targets/new")

    page = administrator.pages.send(page, fields(hook.url, Channel.WEBHOOK))

    secret = page.text("code.secret")
    assert secret.startswith("whsec_")
    again = administrator.pages.get(str(page.all(".case-side form")[0].get("action")).rpartition("/")[0])
    assert not again.all("code.secret")
    renewed = administrator.pages.post(f"{again.address}/secret", again.form())
    assert renewed.text("code.secret") not in ("", secret)


def test_a_webhook_needs_a_web_address(administrator: Officer) -> None:
    page = administrator.pages.get("/staff/notices/targets/new")

    for address in ("file:///etc/passwd", "https://a:b@example.vn/", "https://example.vn:25/", "example.vn"):
        again = administrator.pages.send(page, fields(address, Channel.WEBHOOK), status=422)

        assert again.form()["address"] == address


def test_what_failed_is_listed_with_its_reason_and_sent_again_by_a_button(
    administrator: Officer, desk: Desk, worker: Worker, mailbox: Mailbox
) -> None:
    mailbox.reply_to_receiver = "550 no such user"
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    worker.step()
    page = administrator.pages.get("/staff/notices?status=failed")
    assert "Máy chủ thư không nhận địa chỉ này. (550)" in page.text("tbody")

    mailbox.reply_to_receiver = "250 OK"
    administrator.pages.send(page, {}, selector="tbody form")
    worker.step()

    assert len(mailbox.messages) == 1
    assert "Đã gửi" in administrator.pages.get("/staff/notices").text("tbody")


def test_an_administrator_of_one_unit_reaches_only_its_addresses(app: Flask, desk: Desk, worker: Worker) -> None:
    theirs = desk.target(Channel.MAIL, "nam@example.vn", unit=NAM_DONG_HA)
    everybodys = desk.target(Channel.MAIL, "tinh@example.vn", unit=None)
    mine = desk.target(Channel.MAIL, "dongha@example.vn", unit=DONG_HA)
    desk.queue(desk.received(unit=NAM_DONG_HA))
    worker.step()
    ward = officer(app, Role.ADMINISTRATOR, unit_id=desk.units[DONG_HA])

    assert [element.get("href") for element in ward.pages.get("/staff/notices/targets").all("tbody a")] == [
        f"/staff/notices/targets/{mine}"
    ]
    assert not ward.pages.get("/staff/notices").all("tbody")
    token = ward.pages.get("/staff/notices/targets/new").form()["csrf_token"]
    for target_id in (theirs, everybodys):
        ward.pages.get(f"/staff/notices/targets/{target_id}", status=404)
        for act in ("", "/off", "/test", "/secret"):
            sent = {**fields("thief@example.vn", unit=str(desk.units[DONG_HA])), "csrf_token": token}
            ward.pages.post(f"/staff/notices/targets/{target_id}{act}", sent, status=404)
    with desk.platform.reading() as session:
        assert [target.is_active for target in queries.targets(session, (), is_whole=True)] == [True]


def test_other_roles_do_not_open_the_log(app: Flask) -> None:
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            officer(app, role, name=f"x-{role.value}").pages.get("/staff/notices", status=403)


def test_a_form_without_its_token_changes_nothing(administrator: Officer, desk: Desk) -> None:
    administrator.pages.post("/staff/notices/targets", fields("a@b.vn"), status=400)

    with desk.platform.reading() as session:
        assert queries.targets(session, (), is_whole=True) == ()


def test_nobody_opens_it_without_signing_in(app: Flask) -> None:
    assert PageClient(app.test_client()).get("/staff/notices").address == "/staff/sign-in"
