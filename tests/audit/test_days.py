"""The head of the day: published each night, computed again by whoever doubts it."""

import json
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import insert, update

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.queries import closed_days, findings, heads
from feedback_service.audit.rules import Act, Entry, hash_of
from feedback_service.audit.rules.days import head_of_day
from feedback_service.audit.service import close_day, note
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.operations.service import closing
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.pages import PageClient

NIGHT = datetime(2026, 10, 13, 17, 5, tzinfo=UTC)
"""Five past midnight at the office: 14/10/2026."""
DAY = date(2026, 10, 13)


def work(database: Database, *numbers: int) -> None:
    """Note some acts."""
    with database.transaction() as session:
        for number in numbers:
            note(session, Act("unit.renamed", actor="system", subject=("drawer", number)), now=NIGHT)


def told(database: Database) -> list[str]:
    """Return what the verification says about days."""
    with database.inspecting() as session:
        return [found.problem for found in findings(session, ()) if found.subject_kind == "day"]


def test_the_head_of_a_day_depends_on_the_end_of_every_chain() -> None:
    ends = [(0, 7, "a" * 64), (3, 9, "b" * 64)]

    head = head_of_day(DAY, ends)

    assert head == head_of_day(DAY, reversed(ends))
    assert len({head, head_of_day(date(2026, 10, 14), ends), head_of_day(DAY, ends[:1])}) == 3
    assert head != head_of_day(DAY, [(0, 7, "a" * 64), (3, 10, "b" * 64)])


def test_a_day_is_closed_once_and_its_head_can_be_computed_again(database: Database, settings: Settings) -> None:
    work(database, 1, 2)
    for _ in range(2):
        with database.transaction() as session:
            closing.close(session, settings, NIGHT)
    work(database, 3)
    with database.transaction() as session:
        assert not close_day(session, DAY, now=NIGHT)
        assert close_day(session, date(2026, 10, 14), now=NIGHT)

    with database.reading() as session:
        known = closed_days(session)
    assert [closed.day for closed in known] == [date(2026, 10, 14), DAY]
    assert known[1].spelled.replace(" ", "") == known[1].head != known[0].head
    assert told(database) == []


def test_a_ledger_that_was_written_anew_gives_another_head(database: Database) -> None:
    work(database, 1, 2)
    with database.transaction() as session:
        close_day(session, DAY, now=NIGHT)
    with database.reading() as session:
        published = closed_days(session)[0].head

    _write_anew(database, leaving_out="2")

    with database.inspecting() as session:
        assert not [found for found in findings(session, ()) if found.subject_kind != "day"]
    assert told(database) == ["the chains give another head for that day"]
    with database.reading() as session:
        assert closed_days(session)[0].head == published


@pytest.mark.parametrize("facts", ["{}", "[", '{"ends":[["x",1]],"head":"a"}', '{"ends":[[0,1e99]],"head":"a"}', "7"])
def test_a_damaged_closing_is_named_and_breaks_nothing(database: Database, facts: str) -> None:
    work(database, 1)
    with database.transaction() as session:
        close_day(session, DAY, now=NIGHT)
    with database.transaction() as session:
        session.execute(update(LedgerEntry).where(LedgerEntry.subject_kind == "day").values(facts=facts))

    assert told(database) == ["its content was changed", "the chains give another head for that day"]


def test_everybody_reads_the_heads_and_nothing_else(app: Flask, pages: PageClient, clock: FixedClock) -> None:
    empty = pages.get("/ledger")
    running: Platform = app.extensions[EXTENSION]
    with running.transaction() as session:
        close_day(session, DAY, now=clock.now())
    with running.reading() as session:
        (closed,) = closed_days(session)

    page = pages.get("/ledger")
    data = app.test_client().get("/ledger.json")

    assert "Chưa có ngày nào được chốt" in empty.text()
    assert "13/10/2026" in page.text()
    assert closed.spelled in page.text()
    assert json.loads(data.text) == {"days": [{"day": "2026-10-13", "head": closed.head}]}


def _write_anew(database: Database, *, leaving_out: str) -> None:
    """Do what somebody with the whole database could: take an entry out and seal the rest again."""
    names = tuple(Entry.__dataclass_fields__)
    with database.transaction() as session:
        rows = session.query(LedgerEntry).order_by(LedgerEntry.sequence).all()
        kept = [{name: getattr(row, name) for name in names} for row in rows if row.subject_id != leaving_out]
        session.query(LedgerEntry).delete()
        previous = "0" * 64
        for number, row in enumerate(kept, 1):
            entry = Entry(**{**row, "sequence": number})
            sealed = hash_of(entry, previous)
            session.execute(insert(LedgerEntry).values(**vars(entry), previous_hash=previous, hash=sealed))
            previous = sealed
        (head,) = heads(session)
        session.execute(
            update(LedgerLane).where(LedgerLane.lane == head.lane).values(sequence=len(kept), hash=previous)
        )
