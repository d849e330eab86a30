"""What the office sets reaches its tablets: languages, waiting times, officers and questionnaires by the shift."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.core.errors import Refused
from feedback_service.kiosks import service
from feedback_service.kiosks.queries import WITNESSES
from feedback_service.kiosks.rules import NO_SHIFT, Shift, roster_text, shift_at, shifts_from, with_shift
from feedback_service.notices import service as notices
from feedback_service.notices.models import StoredNotice
from feedback_service.notices.rules.events import Event, letter
from feedback_service.notices.rules.tries import Channel
from tests.kiosks.lobbies import Lobby, told
from tests.officers import officer

MORNING = Shift((1, 2, 3, 4, 5), "07:30", "11:30", "Nguyễn Thị Hoa", "")
AFTERNOON = Shift((1, 2, 3, 4, 5), "13:30", "17:00", "Trần Văn Nam", "kiosk-3")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 10, 13, 0, 30, tzinfo=UTC), MORNING),
        (datetime(2026, 10, 13, 4, 30, tzinfo=UTC), NO_SHIFT),
        (datetime(2026, 10, 13, 6, 30, tzinfo=UTC), AFTERNOON),
        (datetime(2026, 10, 17, 1, 30, tzinfo=UTC), NO_SHIFT),
    ],
)
def test_the_shift_of_a_moment(moment: datetime, expected: Shift) -> None:
    assert shift_at((MORNING, AFTERNOON), moment) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        Shift((), "07:30", "11:30", "Hoa", ""),
        Shift((6,), "11:30", "07:30", "Hoa", ""),
        Shift((6,), "07:30", "11:30", "", ""),
        Shift((5, 6), "11:00", "12:00", "Hoa", ""),
    ],
)
def test_a_shift_that_cannot_stand_is_refused(wrong: Shift) -> None:
    with pytest.raises(Refused):
        with_shift((MORNING,), wrong)


def test_a_roster_is_kept_in_the_order_of_the_week_and_read_back() -> None:
    roster = with_shift((AFTERNOON,), MORNING)

    assert roster == (MORNING, AFTERNOON)
    assert shifts_from(roster_text(roster)) == roster
    assert shifts_from(None) == ()


def test_a_roster_does_not_grow_without_end() -> None:
    shifts = tuple(Shift((1,), f"{hour:02}:00", f"{hour:02}:30", "Hoa", "") for hour in range(20))

    with pytest.raises(Refused):
        with_shift(shifts, Shift((2,), "07:30", "11:30", "Hoa", ""))


def test_what_is_set_for_a_unit_reaches_its_tablets(lobby: Lobby) -> None:
    lan, tablet = officer(lobby.app, Role.ADMINISTRATOR), lobby.tablet()
    page = lan.pages.get(f"/staff/kiosks/settings/{lobby.unit_id}")
    before = tablet.asks()

    paces = {"idle_seconds": "60", "warning_seconds": "30", "thanks_seconds": "6"}
    saved = lan.pages.send(page, {"languages": [], **paces})
    after = tablet.asks(etag=before.headers["ETag"])

    assert told(before)["languages"] == ["vi", "en"]
    assert "trong vòng một phút" in saved.text("main")
    assert {name: told(after)[name] for name in ("languages", *paces)} == {
        "languages": ["vi"],
        **{name: int(seconds) for name, seconds in paces.items()},
    }
    assert unbroken(lobby)


def test_officer_and_questions_follow_the_shift(lobby: Lobby) -> None:
    lan, tablet = officer(lobby.app, Role.ADMINISTRATOR), lobby.tablet()
    roster = f"/staff/kiosks/rosters/{lobby.counter_id}"
    shift = {"weekdays": ["2"], "opens": "08:00", "closes": "09:00", "officer": "Nguyễn Thị Hoa"}
    page = lan.pages.send(lan.pages.get(roster), {**shift, "questionnaire": "kiosk-3"}, selector="form.form")
    hidden = told(tablet.asks())

    lan.pages.send(lan.pages.get(f"/staff/kiosks/{tablet.id}"), {"is_officer_shown": "y"})
    lobby.clock.move(timedelta(seconds=6))
    shown = tablet.asks()
    emptied = lan.pages.send(lan.pages.get(roster), {"shift": "2 08:00"}, selector=".plain-list form")
    later = told(tablet.asks(etag=shown.headers["ETag"]))

    assert "Nguyễn Thị Hoa" in page.text(".plain-list")
    assert (hidden["officer"], hidden["questionnaire"]["id"]) == (None, "kiosk-3")
    assert told(shown)["officer"] == {"name": "Nguyễn Thị Hoa", "photo": None}
    assert (later["officer"], later["questionnaire"]["id"]) == (None, "kiosk-5")
    assert "chưa có ca trực" in emptied.text("main")
    assert unbroken(lobby)


def test_a_shift_that_meets_another_is_refused_beside_its_field(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    with lobby.platform.transaction() as session:
        service.add_shift(session, lobby.counter_id, MORNING, by="system", now=lobby.clock.now())
    page = lan.pages.get(f"/staff/kiosks/rosters/{lobby.counter_id}")

    entered = {"weekdays": ["1"], "opens": "11:00", "closes": "12:00", "officer": "Lê Văn Bình"}
    refused = lan.pages.send(page, entered, selector="form.form", status=422)

    assert "đã có ca trực khác" in refused.text(".error-summary")
    assert refused.form("form.form")["officer"] == "Lê Văn Bình"


def test_the_settings_of_another_ward_are_not_there(lobby: Lobby) -> None:
    stranger = officer(lobby.app, Role.ADMINISTRATOR, name="nam", unit_id=lobby.other_id)
    tablet = lobby.tablet()

    for place in (f"settings/{lobby.unit_id}", f"rosters/{lobby.counter_id}", f"{tablet.id}/loss"):
        stranger.pages.get(f"/staff/kiosks/{place}", status=404)


def test_a_silent_tablet_is_told_once_a_day_and_only_in_opening_hours(lobby: Lobby) -> None:
    lobby.tablet().says(queued=3)
    mail = notices.TargetFacts("Office", "motcua@example.vn", lobby.unit_id, (Event.TABLET_SILENT,))
    with lobby.platform.transaction() as session:
        notices.add_target(session, Channel.MAIL, mail, by="system", now=lobby.clock.now())

    counts = []
    for wait in (timedelta(minutes=10), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=9)):
        lobby.clock.move(wait)
        watch(lobby)
        counts.append(silences(lobby))
    lobby.clock.move(timedelta(hours=12, minutes=50))
    watch(lobby)
    at_opening = silences(lobby)
    lobby.clock.move(timedelta(minutes=20))
    watch(lobby)

    assert counts == [0, 1, 1, 1]
    assert told_of(lobby) == [
        "Máy 1 của Phường Đông Hà im lặng",
        "Lần cuối nhận được tin lúc 08:30 ngày 13/10/2026. Số lượt chờ gửi khi đó: 3.",
    ]
    assert (at_opening, silences(lobby)) == (1, 2)


def watch(lobby: Lobby) -> None:
    """Look whether a tablet is silent, as the worker does."""
    with lobby.platform.transaction() as session:
        service.tell_silent(session, lobby.platform.settings, lobby.clock.now())


def silences(lobby: Lobby) -> int:
    """Return how often the office was told."""
    with lobby.platform.reading() as session:
        return session.query(StoredNotice).filter_by(event=Event.TABLET_SILENT.value).count()


def told_of(lobby: Lobby) -> list[str]:
    """Return subject and first line of what the office was told first."""
    with lobby.platform.reading() as session:
        facts = json.loads(session.query(StoredNotice).order_by(StoredNotice.made_at).first().facts)  # type: ignore[union-attr]
    words = lobby.platform.translations
    shown = letter(
        Event.TABLET_SILENT, {**facts, "url": ""}, to_citizen=False, word=lambda message: words.word(message, "vi")
    )
    return [shown.subject, shown.text.splitlines()[0]]


def unbroken(lobby: Lobby) -> bool:
    """Whether the ledger agrees with what is set."""
    with lobby.platform.database.inspecting() as session:
        return not list(findings(session, WITNESSES))
