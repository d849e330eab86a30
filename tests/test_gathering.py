"""Many requests share a transaction, and each is answered as if it had been alone."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerLane
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import Database

HASH = "a" * 64
PEOPLE = 12


class Desk:
    """Work that keeps lanes, and counts in how many transactions it did so."""

    def __init__(self) -> None:
        self.groups: list[int] = []

    def keep(self, session: Session, lanes: Sequence[int]) -> list[str]:
        """Keep each lane and return a receipt for each."""
        self.groups.append(len(lanes))
        session.execute(insert(LedgerLane), [{"lane": lane, "sequence": 0, "hash": HASH} for lane in lanes])
        return [f"kept {lane}" for lane in lanes]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do everything at the same time and return each result, or the fault in its place."""
    results: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def go(number: int) -> None:
        gate.wait()
        try:
            results[number] = acts[number]()
        except (IntegrityError, StorageUnavailable, ZeroDivisionError) as fault:
            results[number] = type(fault)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return results


def lanes(database: Database) -> set[int]:
    """Return the lanes that tests have added."""
    with database.reading() as session:
        return set(session.execute(select(LedgerLane.lane).where(LedgerLane.lane >= 20)).scalars())


def test_everybody_gets_an_own_receipt_and_transactions_are_shared(database: Database) -> None:
    desk = Desk()

    def sitting(start: int) -> Callable[[], object]:
        return lambda: [database.together(desk.keep, lane) for lane in range(start, start + 3)]

    receipts = at_once(*(sitting(20 + 3 * person) for person in range(PEOPLE)))

    wanted = [[f"kept {lane}" for lane in range(20 + 3 * person, 23 + 3 * person)] for person in range(PEOPLE)]
    assert receipts == wanted
    assert lanes(database) == set(range(20, 20 + 3 * PEOPLE))
    assert sum(desk.groups) == 3 * PEOPLE
    assert len(desk.groups) < 3 * PEOPLE


def test_a_part_that_cannot_be_kept_fails_alone(database: Database) -> None:
    desk = Desk()

    results = at_once(*(lambda lane=lane: database.together(desk.keep, lane) for lane in (20, 21, 99, 22, 20)))

    assert Counter(map(str, results))["<class 'sqlalchemy.exc.IntegrityError'>"] == 2
    assert {"kept 21", "kept 22"} < {str(result) for result in results}
    assert lanes(database) == {20, 21, 22}


def test_a_database_that_is_away_is_told_to_everybody_and_the_next_is_served(database: Database) -> None:
    is_away = threading.Event()
    is_away.set()

    def keep(session: Session, parts: Sequence[int]) -> list[int]:
        if is_away.is_set():
            raise StorageUnavailable("The disk is full.")
        session.execute(text("SELECT 1"))
        return list(parts)

    results = at_once(*(lambda: database.together(keep, 1) for _ in range(PEOPLE)))
    is_away.clear()

    assert results == [StorageUnavailable] * PEOPLE
    assert database.together(keep, 5) == 5


def test_work_that_breaks_down_leaves_nobody_waiting(database: Database) -> None:
    def divide(_session: Session, parts: Sequence[int]) -> list[float]:
        return [1 / part for part in parts]

    results = at_once(*(lambda part=part: database.together(divide, part) for part in (1, 0, 2, 4)))

    assert ZeroDivisionError in results
    assert set(results) <= {ZeroDivisionError, 1.0, 0.5, 0.25}
    assert database.together(divide, 8) == 0.125


@pytest.mark.parametrize("part", [1, 2])
def test_alone_there_is_one_transaction_for_one_part(database: Database, part: int) -> None:
    desk = Desk()

    assert database.together(desk.keep, 30 + part) == f"kept {30 + part}"
    assert desk.groups == [1]
