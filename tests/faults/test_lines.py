"""F12 to F14: whatever a bad line loses, doubles or delays, each rating and each vote is there once."""

import pytest

from tests.faults.crowd import at_work
from tests.faults.harms import IS_FULL
from tests.faults.lines import Line, between
from tests.faults.offices import Offices
from tests.faults.tables import Line as Row
from tests.faults.tables import Table, verdict

EACH = 1000 if IS_FULL else 24
LINES = {
    "F12 every third answer is lost": (Line(loses_answers=0.3), EACH),
    "F13 every third request comes twice, in any order": (Line(doubles=0.3), EACH),
    "F14 late, every twentieth request lost": (Line(late=2.0 if IS_FULL else 0.5, loses_requests=0.05), EACH // 8),
}
CASES = [
    pytest.param(engine, name, id=f"{engine}-{name}", marks=pytest.mark.xdist_group(f"faults-{engine}"))
    for engine in ("sqlite", "postgresql")
    for name in LINES
]


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "name"), CASES)
def test_each_rating_and_each_vote_is_there_once_when(
    offices: Offices, engine: str, name: str, faults_table: Table
) -> None:
    office, (line, each) = offices.on(engine), LINES[name]
    before = office.stored()
    with between(office, line, seed=20261125) as address, at_work(office, url=address) as sent:
        sent.wait_for_more(each)

    row = Row.of(name, engine, each, sent, verdict(office, sent, before))
    faults_table.add(row)
    assert (row.lost, row.doubled, sent.wrong) == (0, 0, [])
    assert row.refused == 0
    assert row.broken_off > 0 or not (line.loses_answers or line.loses_requests)
    assert office.flaws() == []
