"""F11: the clock of the server is set by an hour, a day or ten years, and nothing is lost, doubled or locked out."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults.crowd import at_work
from tests.faults.harms import IS_FULL
from tests.faults.offices import open_office
from tests.faults.power import library
from tests.faults.tables import Line, Table, verdict

SHIFTS = {
    "an hour ahead": timedelta(hours=1),
    "an hour behind": timedelta(hours=-1),
    "ten years ahead": timedelta(days=3653),
    "a day behind": timedelta(days=-1),
}
ROUNDS, FIRST, LAST = (5, 0, 4) if IS_FULL else (1, 2, 3)
"""The short run sets the clock ten years ahead and no other way."""


@pytest.mark.slow
@pytest.mark.xdist_group("faults-clocks")
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_clock_that_is_set_neither_loses_nor_doubles_nor_locks_out(
    databases: Databases, tmp_path: Path, faults_table: Table, engine: str
) -> None:
    shift = tmp_path / "shift"
    shift.write_bytes(bytes(8))
    preload = {"LD_PRELOAD": str(library(tmp_path, "shifted_clock")), "SHIFTED_BY": str(shift)}
    with open_office(databases, tmp_path, engine, more=preload) as office:
        for _ in range(ROUNDS):
            for name, by in list(SHIFTS.items())[FIRST:LAST]:
                before = office.stored()
                with shift.open("r+b", buffering=0) as file:
                    file.write(int(by.total_seconds()).to_bytes(8, "little", signed=True))
                with at_work(office, ahead=by) as sent:
                    sent.wait_for_more(10)

                line = Line.of(f"F11 the clock is {name}", engine, 1, sent, verdict(office, sent, before))
                faults_table.add(line)
                assert (line.lost, line.doubled, line.refused, sent.wrong) == (0, 0, 0, [])
        assert office.flaws() == []
