"""F1 to F15 of the list of faults, on a running office of each kind: nothing lost, nothing doubled, nobody lied to."""

import pytest

from tests.faults.crowd import at_work
from tests.faults.harms import HARMS, IS_FULL, Harm
from tests.faults.offices import Offices
from tests.faults.tables import Line, Table, verdict

BETWEEN = 50 if IS_FULL else 10
"""How many are told yes between two faults: 200 kills come in 10,000 of them."""
CASES = [
    pytest.param(engine, harm, id=f"{engine}-{harm}", marks=pytest.mark.xdist_group(f"faults-{engine}"))
    for engine in ("sqlite", "postgresql")
    for harm in HARMS
    if engine in (harm.engines if IS_FULL else harm.short)
]


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "harm"), CASES)
def test_nothing_is_lost_and_nothing_doubled_when(
    offices: Offices, engine: str, harm: Harm, faults_table: Table
) -> None:
    office = offices.on(engine)
    before = office.stored()
    with at_work(office) as sent:
        for _ in range(harm.rounds):
            sent.wait_for_more(BETWEEN)
            harm.do(office, sent)
        sent.wait_for_more(10)

    line = Line.of(str(harm), engine, harm.rounds, sent, verdict(office, sent, before))
    faults_table.add(line)
    assert (line.lost, line.doubled) == (0, 0)
    assert sent.wrong == []
    assert line.worst_wait <= harm.longest
    assert harm.refusals or not sent.refusals
    assert office.flaws() == []
