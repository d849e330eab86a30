"""Tablets at the desk and on the command line."""

import re
from datetime import timedelta
from pathlib import Path

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.kiosks.queries import WITNESSES
from tests.conftest import SECRET
from tests.databases import feedback_service
from tests.kiosks.lobbies import Lobby, told
from tests.officers import officer
from tests.statements import counted


def test_staff_make_a_code_and_the_tablet_appears_on_the_board(lobby: Lobby) -> None:
    nam = officer(lobby.app, Role.ONE_STOP, unit_id=lobby.unit_id)
    page = nam.pages.get("/staff/kiosks/new")

    shown = nam.pages.send(page, {"name": "Máy 3", "place": f"{lobby.unit_id}:{lobby.counter_id}"})
    answer = lobby.enrol(shown.text(".spoken-code"))

    board = nam.pages.get("/staff/kiosks")
    assert answer.status_code == 201
    assert shown.headers["Cache-Control"] == "no-store"
    assert (shown.all("img.pairing-picture")[0].get("src") or "").startswith("data:image/svg+xml")
    assert "Máy 3Quầy 1, Phường Đông Hà Chưa có tin" in board.text("tbody")


def test_the_board_says_in_words_what_is_wrong(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    lobby.tablet("Máy 1").says(queued=25, storage_persisted=False, battery=0.11, clock="2026-10-13T01:00:00Z")
    lobby.tablet("Máy 2").says()
    lobby.clock.move(timedelta(minutes=5))

    fresh = lan.pages.get("/staff/kiosks").text("tbody")
    lobby.clock.move(timedelta(minutes=15))
    silent = lan.pages.get("/staff/kiosks")

    assert "25 lượt đánh giá đang chờ trong máy" in fresh
    assert "chậm 30 phút" in fresh
    assert "có thể bị xóa" in fresh
    assert "11%" in fresh
    assert [notice.partition(". ")[0] for notice in silent.texts(".notice-danger")] == [
        "Máy 1 im lặng trong giờ làm việc, lần cuối 20 phút trước",
        "Máy 2 im lặng trong giờ làm việc, lần cuối 20 phút trước",
    ]


def test_the_board_names_the_numbers_that_are_missing(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    tablet = lobby.tablet("Máy 3")
    for number in (1, 2, 5):
        tablet.rates(number)
    tablet.says(queued=0, last_sequence=5)
    missing = lan.pages.get("/staff/kiosks")

    tablet.says(queued=2, last_sequence=5)
    waiting = lan.pages.get("/staff/kiosks")
    tablet.rates(3)
    tablet.rates(4)
    tablet.says(queued=0, last_sequence=5)
    whole = lan.pages.get(f"/staff/kiosks/{tablet.id}")

    assert "Thiếu 2 lượt đánh giá từ Máy 3." in missing.text(".notice-soon")
    assert "Thiếu 2 lượt: số 3–4" in missing.text("tbody")
    assert len(missing.all(".sequence .missing")) == 2
    assert waiting.all(".notice-soon") == []
    assert "Số 3–4 còn chờ trong máy" in waiting.text("tbody")
    assert "Liền mạch đến số 5" in whole.text(".case-side")


def test_a_lost_tablet_is_left_out_by_somebody_who_does_not_serve_at_the_counter(lobby: Lobby) -> None:
    tablet = lobby.tablet()
    tablet.rates(1)
    hoa = officer(lobby.app, Role.ONE_STOP, name="hoa", unit_id=lobby.unit_id)
    lan = officer(lobby.app, Role.LEADER, name="lan", unit_id=lobby.unit_id)
    page = lan.pages.get(f"/staff/kiosks/{tablet.id}/loss")
    later = lan.pages.send(page, {"since": "2026-10-14T08:00"}, selector="form.form", status=422)

    lost = lan.pages.send(page, {"since": "2026-10-13T08:00"}, selector="form.form")
    found = lan.pages.send(lost, {}, selector=".case-side form")

    hoa.pages.get(f"/staff/kiosks/{tablet.id}/loss", status=403)
    assert hoa.pages.get(f"/staff/kiosks/{tablet.id}").all("#marked") == []
    assert "chưa tới" in later.text(".error-summary")
    assert "Mất từ 08:00 ngày 13/10/2026" in lost.text(".case-side")
    assert [row[-1] for row in lost.texts("tbody tr")] == ["0", "0", "0", "1"]
    assert [row[-1] for row in found.texts("tbody tr")] == ["0", "0", "0", "0"]
    lobby.clock.move(timedelta(seconds=5))
    assert tablet.asks().status_code == 401


def test_a_tablet_is_renamed_and_moved(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    tablet = lobby.tablet()
    page = lan.pages.get(f"/staff/kiosks/{tablet.id}")
    fields = {"name": "Máy sảnh", "place": f"{lobby.other_id}:0", "questionnaire": "kiosk-3"}

    page = lan.pages.send(page, fields)
    lobby.clock.move(timedelta(seconds=5))
    content = told(tablet.asks())

    assert page.heading == "Máy sảnh"
    assert content["unit"]["name"] == "Phường Nam Đông Hà"
    assert content["counter"] == {"id": 0, "name": ""}
    assert content["questionnaire"]["id"] == "kiosk-3"


def test_a_tablet_is_revoked_after_a_question(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    tablet = lobby.tablet()
    tablet.says(queued=2)
    page = lan.pages.get(f"/staff/kiosks/{tablet.id}")

    asked = lan.pages.get(page.all("a.button-danger")[0].get("href") or "")
    board = lan.pages.send(asked, {})

    assert "Còn 2 lượt đánh giá chờ gửi" in asked.text(".notice")
    assert board.texts("details li a") == ["Máy 1"]
    lobby.clock.move(timedelta(seconds=5))
    assert tablet.asks().status_code == 401
    with lobby.platform.database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []


def test_the_tablets_of_another_ward_are_not_there(lobby: Lobby) -> None:
    tablet = lobby.tablet()
    stranger = officer(lobby.app, Role.ADMINISTRATOR, name="nam", unit_id=lobby.other_id)
    page = stranger.pages.get("/staff/kiosks/new")
    token = page.form("main form")["csrf_token"]

    assert stranger.pages.get("/staff/kiosks").all("tbody") == []
    for act in ("", "/revocation"):
        stranger.pages.get(f"/staff/kiosks/{tablet.id}{act}", status=404)
        stranger.pages.post(f"/staff/kiosks/{tablet.id}{act}", {"csrf_token": token}, status=404)
    own = {"name": "Máy 9", "place": f"{lobby.unit_id}:{lobby.counter_id}"}
    assert "trong danh sách" in stranger.pages.send(page, own, status=422).text(".error-summary")


def test_oversight_sees_the_board_and_can_change_nothing(lobby: Lobby) -> None:
    tablet = lobby.tablet()
    overseer = officer(lobby.app, Role.OVERSEER)

    assert overseer.pages.get("/staff/kiosks").all("main .button-main") == []
    page = overseer.pages.get(f"/staff/kiosks/{tablet.id}")

    assert page.all("main form, main .button-danger") == []


def test_ten_tablets_cost_the_board_as_many_questions_as_one(lobby: Lobby) -> None:
    lan = officer(lobby.app, Role.ADMINISTRATOR)
    lobby.tablet()
    with counted() as one:
        lan.pages.get("/staff/kiosks")
    for number in range(2, 6):
        lobby.tablet(f"Máy {number}")

    with counted() as many:
        lan.pages.get("/staff/kiosks")

    assert len(many) == len(one)


def test_the_command_line_makes_and_revokes(tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATA_DIR": str(tmp_path / "office")}
    feedback_service("db", "upgrade", **settings)
    feedback_service("unit", "import", "builtin", **settings)

    no_counter = feedback_service("kiosk", "enrol", "--unit", "19333", "--counter", "Quầy 1", **settings)
    no_unit = feedback_service("kiosk", "enrol", "--unit", "1", "--counter", "Quầy 1", **settings)
    usage = feedback_service("kiosk", "enrol", "--unit", "19333", **settings)
    nobody = feedback_service("kiosk", "revoke", "7", **settings)
    listed = feedback_service("kiosk", "precache", **settings)

    assert [run.returncode for run in (no_counter, no_unit, usage, nobody, listed)] == [1, 1, 2, 1, 0]
    assert "Quầy 1" in no_counter.stderr
    assert "up to date" in listed.stdout


def test_the_command_line_names_what_a_tablet_shall_ask(lobby: Lobby) -> None:
    settings = {
        "FEEDBACK_DATABASE_URL": lobby.platform.settings.database_url,
        "FEEDBACK_DATA_DIR": str(lobby.platform.settings.data_dir),
        "FEEDBACK_SECRET_KEY": SECRET,
    }
    words = ("kiosk", "enrol", "--unit", "19333", "--counter", "quay 1", "--questionnaire")

    made = feedback_service(*words, "kiosk-3", **settings)
    unknown = feedback_service(*words, "kiosk-9", **settings)

    assert (made.returncode, unknown.returncode) == (0, 1)
    assert re.fullmatch(r"\d{4}-\d{4}\n", made.stdout)
    assert "kiosk-9" in unknown.stderr
