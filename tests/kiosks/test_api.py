"""What tablets and the server say to each other, as the contract has it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback_service.audit.queries import findings
from feedback_service.engines import TransientFault
from feedback_service.kiosks import queries, service
from feedback_service.kiosks.guard import code_hash
from feedback_service.kiosks.models import Kiosk, KioskCode, KioskState
from feedback_service.kiosks.queries import WITNESSES
from feedback_service.units.rules import OpeningHours
from feedback_service.units.service import keep_hours, mark_demo, rename_counter, settle_office
from tests.conftest import SECRET
from tests.kiosks.lobbies import Lobby, told

CONTRACT = {
    "kiosk_id",
    "unit",
    "counter",
    "officer",
    "languages",
    "idle_seconds",
    "warning_seconds",
    "thanks_seconds",
    "opening_hours",
    "office",
    "questionnaire",
    "demo",
    "texts",
    "sounds",
}


def test_a_code_becomes_a_token_and_only_hashes_are_kept(lobby: Lobby) -> None:
    code = lobby.code()
    answer = lobby.enrol(code)

    assert answer.status_code == 201
    assert set(told(answer)) == {"kiosk_id", "token"}
    with lobby.platform.reading() as session:
        kept = [
            str(value)
            for table in (Kiosk, KioskCode)
            for row in session.execute(select(*table.__table__.columns))
            for value in row
        ]
    assert told(answer)["token"] not in kept
    assert code.replace("-", "") not in kept


@pytest.mark.parametrize("typed", ["{code}", "{plain}", " {plain} "])
def test_a_code_may_be_typed_with_or_without_its_dash(small_lobby: Lobby, typed: str) -> None:
    code = small_lobby.code()

    assert small_lobby.enrol(typed.format(code=code, plain=code.replace("-", ""))).status_code == 201


def test_a_code_is_good_once(lobby: Lobby) -> None:
    code = lobby.code()
    lobby.enrol(code)

    again = lobby.enrol(code)

    assert again.status_code == 422
    assert again.content_type == "application/problem+json"
    with lobby.platform.reading() as session:
        assert len(queries.fleet(session, [lobby.unit_id])) == 1


def test_a_code_is_good_for_ten_minutes(lobby: Lobby) -> None:
    first, second = lobby.code(), lobby.code("Máy 2")

    lobby.clock.move(timedelta(minutes=9, seconds=59))
    assert lobby.enrol(first).status_code == 201
    lobby.clock.move(timedelta(seconds=1))

    assert lobby.enrol(second).status_code == 422


@pytest.mark.parametrize("code", ["0000-0000", "abc", "12345678901234", "' OR 1=1 --"])
def test_a_guess_opens_nothing(small_lobby: Lobby, code: str) -> None:
    small_lobby.code()

    assert small_lobby.enrol(code).status_code == 422


def test_guessing_is_stopped(lobby: Lobby) -> None:
    statuses = [lobby.enrol("0000-0000").status_code for _ in range(12)]

    assert statuses == [422] * 10 + [429] * 2


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"{}", 422), (b'{"code": 1}', 422), (b'{"code": "1", "role": "admin"}', 422), (b"[]", 422)],
)
def test_a_body_that_is_not_as_agreed_is_refused(small_lobby: Lobby, body: bytes, status: int) -> None:
    client = small_lobby.app.test_client()

    answer = client.post("/api/v1/kiosk/enrolment", data=body, content_type="application/json")
    as_form = client.post("/api/v1/kiosk/enrolment", data={"code": "1"})

    assert answer.status_code == status
    assert as_form.status_code == 415


def test_the_configuration_holds_what_the_contract_says(lobby: Lobby) -> None:
    with lobby.platform.transaction() as session:
        settle_office(session, lobby.unit_id, "Trung tâm Phục vụ hành chính công", by="system", now=lobby.clock.now())

    content = told(lobby.tablet().asks())

    assert set(content) == CONTRACT
    assert content["unit"] == {"code": "19333", "name": "Phường Đông Hà"}
    assert content["counter"] == {"id": lobby.counter_id, "name": "Quầy 1"}
    assert content["officer"] is None
    assert content["languages"] == ["vi", "en"]
    assert (content["idle_seconds"], content["warning_seconds"], content["thanks_seconds"]) == (30, 20, 4)
    assert content["opening_hours"] == [
        {"weekdays": [1, 2, 3, 4, 5], "opens": "07:30", "closes": "11:30"},
        {"weekdays": [1, 2, 3, 4, 5], "opens": "13:30", "closes": "17:00"},
    ]
    assert content["office"] == {"name": "Trung tâm Phục vụ hành chính công", "logo": None}
    assert content["demo"] is False
    assert set(content["questionnaire"]) == {"id", "version", "questions"}
    assert content["questionnaire"]["id"] == "kiosk-5"
    assert content["questionnaire"]["questions"][0]["kind"] == "faces"


def test_an_unchanged_configuration_is_not_sent_again_and_a_changed_one_is(lobby: Lobby) -> None:
    tablet, now = lobby.tablet(), lobby.clock.now()
    etag = tablet.asks().headers["ETag"]

    same = tablet.asks(etag=etag)
    with lobby.platform.transaction() as session:
        keep_hours(session, lobby.unit_id, (OpeningHours((6,), "08:00", "11:00"),), by="system", now=now)
        rename_counter(session, lobby.counter_id, "Quầy số 1", field="", by="system", now=now)
        mark_demo(session, by="system", now=now)
    changed = tablet.asks(etag=etag)

    assert (same.status_code, same.data) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag
    assert told(changed)["opening_hours"] == [{"weekdays": [6], "opens": "08:00", "closes": "11:00"}]
    assert told(changed)["counter"]["name"] == "Quầy số 1"
    assert told(changed)["demo"] is True


def test_a_proxy_that_weakens_the_tag_does_not_cost_a_transfer(small_lobby: Lobby) -> None:
    tablet = small_lobby.tablet()

    assert tablet.asks(etag=f"W/{tablet.asks().headers['ETag']}").status_code == 304


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", f"Bearer {'0' * 64}", f"Basic {'0' * 64}", f"Bearer {'0' * 64} "]
)
def test_without_a_good_token_nothing_is_told(small_lobby: Lobby, header: str) -> None:
    small_lobby.tablet()
    client = small_lobby.app.test_client()
    headers = {"Authorization": header} if header else {}

    asked = client.get("/api/v1/kiosk/configuration", headers=headers)
    said = client.post("/api/v1/kiosk/heartbeat", headers=headers, json={})

    assert (asked.status_code, said.status_code) == (401, 401)
    assert asked.content_type == "application/problem+json"


def test_a_revoked_tablet_is_stopped_within_seconds(lobby: Lobby) -> None:
    tablet = lobby.tablet()
    assert tablet.asks().status_code == 200

    with lobby.platform.transaction() as session:
        service.revoke(session, tablet.id, by="system", now=lobby.clock.now())
    lobby.clock.move(timedelta(seconds=5))

    assert tablet.asks().status_code == 401
    assert tablet.says().status_code == 401


def test_a_tablet_is_let_in_although_the_connection_is_lost_while_it_is_looked_up(
    small_lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = small_lobby.tablet()
    faults = [TransientFault("The connection was lost.")]

    def bearer(session: Session, hashed: str) -> queries.Bearer | None:
        if faults:
            raise faults.pop()
        return looked_up(session, hashed)

    looked_up = queries.bearer
    monkeypatch.setattr(queries, "bearer", bearer)

    assert tablet.asks().status_code == 200
    assert faults == []


def test_the_last_heartbeat_is_kept(lobby: Lobby) -> None:
    tablet = lobby.tablet()

    first = tablet.says(queued=3, battery=0.5, clock="2026-10-13T01:30:42.400Z")
    lobby.clock.move(timedelta(minutes=1))
    second = tablet.says(queued=0, battery=None, clock="2026-10-13T01:29:00Z", storage_persisted=False)

    assert (first.status_code, second.status_code, second.data) == (204, 204, b"")
    with lobby.platform.reading() as session:
        known = queries.kiosk(session, tablet.id)
    assert known
    assert known.report
    assert known.report.last_seen_at == lobby.clock.now()
    assert (known.report.queued, known.report.battery_percent) == (0, None)
    assert known.report.clock_skew_seconds == -120
    assert known.report.storage_persisted is False


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"queued": -1}, "/queued"),
        ({"queued": "3"}, "/queued"),
        ({"queued": True}, "/queued"),
        ({"last_sequence": 2**63}, "/last_sequence"),
        ({"battery": 1.5}, "/battery"),
        ({"clock": "yesterday"}, "/clock"),
        ({"clock": "2026-10-13T01:30:00"}, "/clock"),
        ({"app_version": "x" * 41}, "/app_version"),
        ({"token": "x"}, "/token"),
    ],
)
def test_a_heartbeat_that_makes_no_sense_is_refused_with_its_place(
    small_lobby: Lobby, changes: dict[str, object], pointer: str
) -> None:
    answer = small_lobby.tablet().says(**changes)

    assert answer.status_code == 422
    assert [fault["pointer"] for fault in told(answer)["errors"]] == [pointer]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_clock_that_is_thousands_of_years_off_is_only_a_number(lobby: Lobby, moment: str) -> None:
    assert lobby.tablet().says(clock=moment).status_code == 204


def test_heartbeats_do_not_disturb_the_ledger_and_a_changed_row_does(lobby: Lobby) -> None:
    tablet = lobby.tablet()
    tablet.says()
    with lobby.platform.database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []
        assert session.execute(select(KioskState.kiosk_id)).scalars().all() == [tablet.id]

    with lobby.platform.transaction() as session:
        session.execute(update(Kiosk).values(name="Máy 9"))

    with lobby.platform.database.inspecting() as session:
        assert [found.problem for found in findings(session, WITNESSES)] == ["its record was changed"]


def test_an_answer_that_was_lost_inside_the_server_is_the_same_tablet(lobby: Lobby) -> None:
    hashed = code_hash(SECRET, lobby.code().replace("-", ""))
    with lobby.platform.transaction() as session:
        first = service.enrol(session, hashed, "a" * 64, now=lobby.clock.now())

    with lobby.platform.transaction() as session:
        second = service.enrol(session, hashed, "a" * 64, now=lobby.clock.now())

    assert first == second


def test_old_codes_are_swept(lobby: Lobby) -> None:
    lobby.code()
    lobby.clock.move(timedelta(days=2))
    lobby.code("Máy 2")

    with lobby.platform.reading() as session:
        assert session.execute(select(KioskCode.name)).scalars().all() == ["Máy 2"]
