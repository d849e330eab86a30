"""F20: hours of work leave neither memory nor open files behind."""

import os
import time
from statistics import linear_regression

import psutil
import pytest

from tests.faults.crowd import at_work
from tests.faults.harms import IS_FULL
from tests.faults.offices import Offices
from tests.faults.tables import Line, Table, verdict

WARM_SECONDS = 60.0 if IS_FULL else 3.0
SECONDS = float(os.environ.get("SOAK_SECONDS", "600")) if IS_FULL else 3.0
MOST_A_MINUTE = 1024 * 1024
MOST_AT_ALL = 16 * 1024 * 1024
"""In the short run a minute has not passed, and the slope of some seconds is noise."""
ENGINES = ("sqlite", "postgresql") if IS_FULL else ("sqlite",)
POOLED = 64
"""Connections to the database and to visitors that a process may open while it is watched."""
PAGES = ("/", "/polls", "/results", "/answers", "/suggestions/new", "/kiosk/", "/staff/sign-in", "/nowhere")


@pytest.mark.slow
@pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=pytest.mark.xdist_group(f"faults-{name}")) for name in ENGINES],
)
def test_memory_and_open_files_stay_as_they_are(offices: Offices, engine: str, faults_table: Table) -> None:
    office = offices.on(engine)
    before, client = office.stored(), office.server.client()
    workers = psutil.Process(office.server.process_id).children()
    moments, sizes, files = [], [], []
    with at_work(office) as sent:
        begun = time.monotonic()
        while time.monotonic() < begun + WARM_SECONDS + SECONDS:
            for page in PAGES:
                client.get(page)
            if time.monotonic() > begun + WARM_SECONDS:
                moments.append((time.monotonic() - begun) / 60)
                sizes.append(sum(worker.memory_info().rss for worker in workers))
                files.append(sum(worker.num_fds() for worker in workers))
            time.sleep(0.2)

    faults_table.add(Line.of("F20 nothing but work", engine, 1, sent, verdict(office, sent, before)))
    assert all(worker.is_running() for worker in workers)
    assert sent.wrong == []
    assert max(files) - min(files) <= POOLED * len(workers)
    if IS_FULL:
        assert linear_regression(moments, sizes).slope <= MOST_A_MINUTE
    assert max(sizes) - min(sizes) <= MOST_AT_ALL or IS_FULL
