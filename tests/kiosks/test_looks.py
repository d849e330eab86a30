"""How the office looks on its tablets: its logo, and the officers where it has decided so."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.units.queries import WITNESSES as OF_UNITS
from feedback_service.units.queries import office_logo
from feedback_service.units.service import settle_office
from tests.kiosks.lobbies import Lobby, Tablet, told
from tests.officers import officer
from tests.pages import Page, PageClient
from tests.suggestions.citizen import picture

LOGO = "/staff/office/logo"


def send(pages: PageClient, page: Page, content: bytes, *, selector: str = "main form", status: int = 200) -> Page:
    """Choose a file and send the form."""
    return pages.send(page, {"picture": (BytesIO(content), "ảnh.png")}, selector=selector, status=status)


def logo_of(tablet: Tablet) -> str | None:
    """Return the address of the logo as the tablet is told."""
    found: str | None = told(tablet.asks())["office"]["logo"]
    return found


def test_the_logo_is_given_replaced_and_taken_away(lobby: Lobby) -> None:
    lan, tablet, anybody = officer(lobby.app, Role.ADMINISTRATOR).pages, lobby.tablet(), lobby.app.test_client()
    etag = tablet.asks().headers["ETag"]
    assert logo_of(tablet) is None

    given = send(lan, lan.get(LOGO), picture("PNG", (600, 200)).getvalue(), selector=f"form[action='{LOGO}']")
    first = logo_of(tablet)
    kept = anybody.get(first or "")
    send(lan, given, picture("JPEG", (300, 300)).getvalue(), selector=f"form[action='{LOGO}']")
    second = logo_of(tablet)

    assert tablet.asks(etag=etag).status_code == 200
    assert (kept.status_code, kept.mimetype) == (200, "image/webp")
    assert "immutable" in kept.headers["Cache-Control"]
    with Image.open(BytesIO(kept.data)) as shown:
        assert shown.size == (480, 160)
    assert first != second
    assert anybody.get(first or "").status_code == 404
    asked = lan.get(f"{LOGO}/removal")
    assert asked.all(f"main img[src='{second}']")
    gone = lan.send(asked, {})
    assert gone.text(".empty strong") == "Cơ quan chưa có biểu trưng."
    assert logo_of(tablet) is None
    lan.get(f"{LOGO}/removal", status=404)
    with lobby.platform.reading() as session:
        assert office_logo(session) is None
    with lobby.platform.database.inspecting() as session:
        assert list(findings(session, OF_UNITS)) == []


def test_a_logo_stands_at_the_head_of_every_page(small_lobby: Lobby) -> None:
    lan = officer(small_lobby.app, Role.ADMINISTRATOR).pages

    send(lan, lan.get(LOGO), picture("WEBP", (300, 200)).getvalue())
    small_lobby.clock.move(timedelta(seconds=31))

    address = logo_of(small_lobby.tablet())
    assert [one.get("src") for one in PageClient(small_lobby.app.test_client()).get("/").all(".place img")] == [address]
    assert [one.get("src") for one in lan.get("/staff/").all(".place img")] == [address]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Xin chọn ảnh trước"),
        (b"<svg/>", "Không đọc được ảnh này"),
        (picture("PNG", (300, 8)).getvalue(), "Ảnh quá nhỏ"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(small_lobby: Lobby, content: bytes, words: str) -> None:
    lan = officer(small_lobby.app, Role.ADMINISTRATOR).pages
    page = lan.get(LOGO)

    refused = send(lan, page, content, status=422) if content else lan.send(page, {}, status=422)

    assert words in refused.text(".error-summary")


def test_whoever_looks_after_a_part_of_the_office_does_not_change_its_logo(small_lobby: Lobby) -> None:
    part = officer(small_lobby.app, Role.ADMINISTRATOR, unit_id=small_lobby.other_id).pages
    part.get(LOGO, status=403)

    with small_lobby.platform.transaction() as session:
        settle_office(session, small_lobby.other_id, "Phường", by="system", now=small_lobby.clock.now())

    assert part.get(LOGO).heading == "Biểu trưng của cơ quan"
