"""How the office looks on its tablets: its logo, and the officers where it has decided so."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.kiosks.queries import WITNESSES as OF_TABLETS
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


def test_an_officer_is_shown_by_photo_where_the_unit_and_the_tablet_say_so(lobby: Lobby) -> None:
    lan, tablet, anybody = officer(lobby.app, Role.ADMINISTRATOR).pages, lobby.tablet(), lobby.app.test_client()
    roster = f"/staff/kiosks/rosters/{lobby.counter_id}"
    shifts = {"opens": "07:30", "closes": "11:30", "officer": "Nguyễn Thị An"}
    lan.send(lan.get(roster), {"weekdays": ["2"], **shifts})
    own = str(lan.get(roster).all(".portraits a")[0].get("href"))

    roster_after = send(lan, lan.get(own), picture("JPEG", (600, 800)).getvalue(), selector=f"form[action='{own}']")
    lan.send(lan.get(f"/staff/kiosks/{tablet.id}"), {"is_officer_shown": "y"})
    named = told(tablet.asks())["officer"]
    setting = lan.get(f"/staff/kiosks/settings/{lobby.unit_id}")
    lan.send(setting, {"is_photo_shown": "y"})
    shown = told(tablet.asks())["officer"]
    kept = anybody.get(shown["photo"])

    assert "đã có ảnh" in roster_after.text(".portraits")
    assert named == {"name": "Nguyễn Thị An", "photo": None}
    assert (kept.status_code, kept.mimetype) == (200, "image/webp")
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    with Image.open(BytesIO(kept.data)) as portrait:
        assert portrait.size == (240, 320)


def test_a_photo_comes_with_each_shift_of_the_officer_and_goes_with_the_last(lobby: Lobby) -> None:
    lan, anybody = officer(lobby.app, Role.ADMINISTRATOR).pages, lobby.app.test_client()
    roster = f"/staff/kiosks/rosters/{lobby.counter_id}"
    shifts = {"opens": "07:30", "closes": "11:30", "officer": "Nguyễn Thị An"}
    lan.send(lan.get(roster), {"weekdays": ["2"], **shifts})
    own = str(lan.get(roster).all(".portraits a")[0].get("href"))
    send(lan, lan.get(own), picture("JPEG", (600, 800)).getvalue(), selector=f"form[action='{own}']")

    lan.send(lan.get(roster), {"weekdays": ["3"], **shifts}, selector=f"form[action='{roster}']")
    first, second = (str(one.get("value")) for one in lan.get(roster).all("button[name=shift]"))
    lan.post(f"{roster}/removals", {**lan.get(roster).form(), "shift": first})
    photo = str(lan.get(roster).all(".portraits img")[0].get("src"))
    kept = anybody.get(photo).status_code
    lan.post(f"{roster}/removals", {**lan.get(roster).form(), "shift": second})

    assert kept == 200
    assert anybody.get(photo).status_code == 404
    with lobby.platform.database.inspecting() as session:
        assert list(findings(session, OF_TABLETS)) == []


def test_a_photo_is_taken_away_when_somebody_has_said_so_twice(small_lobby: Lobby) -> None:
    lan, roster = officer(small_lobby.app, Role.ADMINISTRATOR).pages, f"/staff/kiosks/rosters/{small_lobby.counter_id}"
    for name, hours in (("Trần Văn Bình", ("07:30", "11:30")), ("Nguyễn Thị An", ("13:30", "17:00"))):
        shift = {"weekdays": ["2"], "opens": hours[0], "closes": hours[1], "officer": name}
        lan.send(lan.get(roster), shift, selector=f"form[action='{roster}']")
    own = [str(one.get("href")) for one in lan.get(roster).all(".portraits a")]
    for address in own:
        send(lan, lan.get(address), picture("PNG", (300, 400)).getvalue(), selector=f"form[action='{address}']")
    (photo, same) = [str(one.get("src")) for one in lan.get(roster).all(".portraits img")]

    lan.send(lan.get(f"{own[0]}/removal"), {})

    assert photo == same
    assert lan.get(roster).texts(".portraits li") == ["Trần Văn Bình chưa có ảnh", "Nguyễn Thị An đã có ảnh"]
    assert small_lobby.app.test_client().get(photo).status_code == 200, "the same picture of somebody else stays"
    refused = send(lan, lan.get(own[0]), b"%PDF-1.7", selector=f"form[action='{own[0]}']", status=422)
    assert "Không đọc được ảnh này" in refused.text(".error-summary")
    lan.get(f"{roster}/officers/nobody", status=404)
    elsewhere = officer(small_lobby.app, Role.ONE_STOP, unit_id=small_lobby.other_id).pages
    elsewhere.get(own[0], status=404)
