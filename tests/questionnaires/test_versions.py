"""Questionnaires are published in versions, and a published version never changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.core.errors import Refused
from feedback_service.db import Database
from feedback_service.questionnaires import queries, service
from feedback_service.web.context import EXTENSION
from tests.officers import officer

NOW = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
KIOSK_5 = next(wording for wording in service.builtin() if wording.id == "kiosk-5")


def broken(database: Database) -> list[str]:
    """Return what the ledger finds wrong."""
    with database.inspecting() as session:
        return [f"{found.subject_kind} {found.problem}" for found in findings(session, queries.WITNESSES)]


def test_what_ships_is_loaded_once(database: Database) -> None:
    with database.transaction() as session:
        first = service.load_builtin(session, NOW)
    with database.transaction() as session:
        again = service.load_builtin(session, NOW)

    assert (first, again) == (len(service.builtin()), 0)
    assert broken(database) == []


def test_a_tablet_asks_by_the_newest_version_and_answers_by_the_old_one_still_fit(database: Database) -> None:
    with database.transaction() as session:
        service.load_builtin(session, NOW)
        number = service.publish(session, replace(KIOSK_5, legal_basis="mới"), actor="staff:1", now=NOW)

    with database.reading() as session:
        bundle = queries.bundle(session, "kiosk-5")
        old, new, none = (queries.published(session, "kiosk-5", wanted) for wanted in (1, 2, 3))
    assert number == 2
    assert bundle is not None
    assert bundle["version"] == 2
    assert old is not None
    assert new is not None
    assert none is None


def test_a_questionnaire_with_a_flaw_is_not_published(database: Database) -> None:
    flawed = replace(KIOSK_5, questions="[]")

    with pytest.raises(Refused), database.transaction() as session:
        service.publish(session, flawed, actor="staff:1", now=NOW)


def test_there_is_nothing_to_ask_by_an_unknown_questionnaire(database: Database) -> None:
    with database.reading() as session:
        assert queries.bundle(session, "kiosk-9") is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE questionnaire_version SET questions = '[]'",
        "UPDATE questionnaire_version SET legal_basis = 'khác'",
        "UPDATE questionnaire_version SET number = number + 7",
        "UPDATE questionnaire SET title_vi = 'khác'",
        "DELETE FROM questionnaire_version",
    ],
)
def test_a_version_that_was_changed_is_found(database: Database, change: str) -> None:
    with database.transaction() as session:
        service.load_builtin(session, NOW)
    with database.transaction() as session:
        session.execute(text(change))

    assert broken(database) != []


def test_the_desk_reads_what_is_asked_and_that_it_is_not_verified(app: Flask) -> None:
    with app.extensions[EXTENSION].transaction() as session:
        service.load_builtin(session, NOW)
    reader = officer(app, Role.OVERSEER)

    listed = reader.pages.get("/staff/questionnaires")
    shown = reader.pages.get("/staff/questionnaires/kiosk-5/1")

    assert "Đánh giá tại quầy, năm mức" in listed.text("main")
    assert "Cần kiểm chứng" in shown.text(".complete-line")
    assert "Nghị định số 118/2025/NĐ-CP" in shown.text("main dl")
    assert "Chỉ hỏi khi ở câu 1 đã chọn: “Không hài lòng”, “Rất không hài lòng”" in shown.text("main")


def test_a_version_that_there_is_not_is_not_found(house: Flask) -> None:
    reader = officer(house, Role.OVERSEER)

    assert reader.pages.client.get("/staff/questionnaires/kiosk-5/9").status_code == 404
