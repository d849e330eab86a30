"""A service that forgets ids or answers before the disk is found out by the same citizens and the same faults."""

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults.crowd import at_work
from tests.faults.harms import kill_everything
from tests.faults.holes import planted
from tests.faults.lines import Line, between
from tests.faults.offices import open_office
from tests.faults.tables import verdict


@pytest.mark.slow
def test_a_service_that_does_not_recognise_what_comes_again_is_found_out(databases: Databases, tmp_path: Path) -> None:
    programs = planted("forgetful", tmp_path)
    with open_office(databases, tmp_path, "sqlite", programs=programs) as office:
        before = office.stored()
        line = Line(loses_answers=0.3)
        with between(office, line, seed=1) as address, at_work(office, url=address, voters=0) as sent:
            sent.wait_for_more(10)

        assert verdict(office, sent, before).doubled


@pytest.mark.slow
def test_a_service_that_says_yes_before_the_disk_is_found_out(databases: Databases, tmp_path: Path) -> None:
    programs = planted("hasty", tmp_path)
    with open_office(databases, tmp_path, "sqlite", programs=programs) as office:
        before = office.stored()
        with at_work(office, voters=0) as sent:
            sent.wait_for_more(10)
            kill_everything(office, sent)

        assert verdict(office, sent, before).lost
