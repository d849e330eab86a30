"""Whatever is done to the records behind our back, the ledger tells."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from feedback_service.core.clock import FixedClock
from feedback_service.web.context import EXTENSION
from tests.audit.registers import Intruder, fill, intruder

TAMPERS = 1000 if "FAULTS" in os.environ else 100
DEEDS = ("edit", "edit", "edit", "delete", "insert", "swap")


@pytest.fixture
def thief(app: Flask, clock: FixedClock) -> Iterator[Intruder]:
    """Somebody who gets at the database of a small office, once on each kind."""
    fill(app, clock)
    thief = intruder(app.extensions[EXTENSION].database, seed=20261013)
    yield thief
    thief.engine.dispose()


def test_an_untouched_database_is_whole(thief: Intruder) -> None:
    names = {table.name for table in thief.filled()}

    assert names >= {
        *("unit", "unit_succession", "counter", "office", "account", "kiosk", "poll", "poll_option", "vote"),
        *("vote_choice", "questionnaire", "questionnaire_version", "rating", "rating_comment", "rating_quarantine"),
        *("ledger_entry", "ledger_lane"),
    }
    with thief.within() as connection:
        assert thief.finds(connection) == []


@pytest.mark.slow
def test_every_tamper_is_found(thief: Intruder) -> None:
    tables, unseen, done = thief.filled(), [], 0
    while done < TAMPERS:
        table = tables[done % len(tables)]
        deed = thief.chance.choice(DEEDS)
        with thief.within() as connection:
            told = getattr(thief, deed)(connection, table)
            if told:
                done += 1
                if not thief.finds(connection):
                    unseen.append(told)

    assert not unseen, "\n".join(unseen)
