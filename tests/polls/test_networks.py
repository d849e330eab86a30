"""One network, one budget: forged headers, many addresses and cleared cookies do not help, and nobody is shut out."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.polls.models import PollNetwork, Vote
from feedback_service.polls.queries import PollRow
from feedback_service.polls.service import JOBS, Keyring
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION
from tests.conftest import OPENING, TEMPLATES
from tests.polls.polling import PollingPlace, settle

FORGED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP", "X-Client-IP", "CF-Connecting-IP")
CLEAN = 2
"""Without the work of a browser, a network has two votes a day that nobody doubts."""


def clean(place: PollingPlace) -> int:
    """Return how many votes count without a doubt."""
    return place.tally().get((0, "clean"), 0)


def vote(place: PollingPlace, poll: PollRow, address: str, **headers: str) -> None:
    """Have somebody new vote from an address."""
    citizen = place.citizen(address).look_at(poll)
    citizen.client.environ_base.update(
        {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    )
    assert citizen.send(poll, poll.option_ids[0]).status_code == 303


def test_whoever_drops_the_cookie_and_votes_again_is_counted_with_the_network(place: PollingPlace) -> None:
    poll = place.open()

    for _ in range(CLEAN + 2):
        vote(place, poll, "203.0.113.7")
    vote(place, poll, "198.51.100.7")

    assert place.votes() == CLEAN + 3
    assert clean(place) == CLEAN + 1


def test_all_addresses_of_a_network_share_its_budget_and_other_networks_have_their_own(place: PollingPlace) -> None:
    poll = place.open()

    for number in range(6):
        vote(place, poll, f"203.0.113.{number}")
        vote(place, poll, f"2001:db8:1:0:{number}::1")
        vote(place, poll, f"2001:db8:1:{number:x}::1")
    assert clean(place) == 2 * CLEAN
    for number in range(3):
        vote(place, poll, f"2001:db8:{number + 2}::1")

    assert clean(place) == 2 * CLEAN + 3


def test_a_forged_header_makes_no_new_network(place: PollingPlace) -> None:
    poll = place.open()

    for number, header in enumerate(FORGED):
        value = f"for=198.51.{number}.1" if header == "Forwarded" else f"198.51.{number}.1"
        vote(place, poll, "203.0.113.7", **{header: value})

    assert place.votes() == len(FORGED)
    assert clean(place) == CLEAN


@pytest.fixture
def behind_a_proxy(settings: Settings, clock: FixedClock) -> Iterator[PollingPlace]:
    """The same office behind one proxy of its own."""
    app: Flask = create_app(replace(settings, trusted_proxies=1), clock=clock)
    app.testing = True
    app.jinja_env.bytecode_cache = TEMPLATES
    yield settle(app, clock)
    app.extensions[EXTENSION].database.close()


def test_behind_a_proxy_only_the_hop_that_it_added_names_the_network(behind_a_proxy: PollingPlace) -> None:
    place, poll = behind_a_proxy, behind_a_proxy.open()

    for number in range(CLEAN + 1):
        vote(place, poll, "127.0.0.1", **{"X-Forwarded-For": f"198.51.{number}.1, 203.0.113.7"})
    assert clean(place) == CLEAN
    for number in range(3):
        vote(place, poll, "127.0.0.1", **{"X-Forwarded-For": f"203.0.113.7, 198.51.{number}.1"})

    assert clean(place) == CLEAN + 3


def test_votes_of_one_network_at_the_same_moment_do_not_slip_past_its_budget(place: PollingPlace) -> None:
    poll = place.open()
    citizens = [place.citizen("203.0.113.7").look_at(poll) for _ in range(12)]

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda citizen: citizen.send(poll, poll.option_ids[0]).status_code, citizens))

    assert answers == [303] * 12
    assert clean(place) == CLEAN


def test_the_day_after_a_network_has_its_budget_again(place: PollingPlace) -> None:
    poll = place.open()

    for _ in range(2):
        for _ in range(CLEAN + 1):
            vote(place, poll, "203.0.113.7")
        place.clock.move(timedelta(days=1))

    assert clean(place) == 2 * CLEAN


def test_a_network_that_has_sent_much_is_given_more_work_and_is_not_refused(place: PollingPlace) -> None:
    poll = place.open()
    proofs = []

    for _ in range(7):
        citizen = place.citizen("203.0.113.7").look_at(poll)
        proofs.append(json.loads(citizen.asked)["parameters"]["data"]["proof"])
        assert citizen.send(poll, poll.option_ids[0]).status_code == 303
    elsewhere = place.citizen("198.51.100.7").look_at(poll)

    assert proofs == ["work"] * 5 + ["raised-work"] * 2
    assert json.loads(elsewhere.asked)["parameters"]["data"]["proof"] == "work"


def test_no_address_is_kept_anywhere(place: PollingPlace) -> None:
    poll = place.open()
    vote(place, poll, "203.0.113.77")

    with place.platform.reading() as session:
        row = session.execute(select(Vote)).scalar_one()
    told = " ".join(str(value) for value in vars(row).values())

    assert "203.0.113" not in told
    assert len(row.network or "") == 16
    files = [path for path in place.platform.settings.data_dir.rglob("*") if path.is_file() and path.suffix == ".key"]
    assert not any(b"203.0.113" in path.read_bytes() for path in files)


def test_the_name_of_a_network_differs_by_day_and_by_poll(place: PollingPlace) -> None:
    ring, now = Keyring.of(place.platform.settings), place.clock.now()

    today = ring.name_of("203.0.113.0/24", 1, now=now)

    assert ring.name_of("203.0.113.0/24", 1, now=now + timedelta(hours=3)) == today
    assert ring.name_of("203.0.113.0/24", 2, now=now) != today
    assert ring.name_of("203.0.113.0/24", 1, now=now + timedelta(days=1)) != today


def test_the_key_of_a_day_is_read_by_nobody_else_and_destroyed_before_its_48th_hour(tmp_path: Path) -> None:
    ring, clock = Keyring(tmp_path / "networks"), FixedClock(OPENING)
    midnight = OPENING.replace(hour=17, minute=0) - timedelta(days=1)
    ring.name_of("203.0.113.0/24", 1, now=clock.now())
    (path,) = ring.folder.iterdir()
    mode, kept = stat.S_IMODE(path.stat().st_mode), path.read_bytes()

    early = ring.forget(now=midnight + timedelta(hours=46))
    late = ring.forget(now=midnight + timedelta(hours=47, minutes=30))

    assert (mode, stat.S_IMODE(ring.folder.stat().st_mode)) == (0o600, 0o700)
    assert len(kept) >= 32
    assert (early, late) == (0, 1)
    assert list(ring.folder.iterdir()) == []


def test_a_clock_that_ran_ahead_leaves_no_key_behind(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "networks")
    ring.name_of("203.0.113.0/24", 1, now=OPENING + timedelta(days=400))

    ring.name_of("203.0.113.0/24", 1, now=OPENING)

    assert [path.name for path in ring.folder.iterdir()] == ["2026-10-13.key"]


def test_processes_that_begin_a_day_together_agree_on_its_key(tmp_path: Path) -> None:
    rings = [Keyring(tmp_path / "networks") for _ in range(16)]
    rings[0].folder.mkdir()

    with ThreadPoolExecutor(16) as threads:
        names = set(threads.map(lambda ring: ring.name_of("203.0.113.0/24", 1, now=OPENING), rings))

    assert len(names) == 1
    assert len(list(rings[0].folder.iterdir())) == 1


def test_the_daily_job_destroys_the_key_and_the_counts_under_it(place: PollingPlace) -> None:
    poll = place.open(closes_at=None)
    vote(place, poll, "203.0.113.7")
    job = next(job for job in JOBS if job.name == "polls.networks")
    tomorrow = OPENING.replace(hour=16, minute=30) + timedelta(days=1)

    with place.platform.transaction() as session:
        job.run(session, place.platform.settings, tomorrow)

    with place.platform.reading() as session:
        assert session.execute(select(PollNetwork.network)).all() == []
        assert session.execute(select(Vote.network)).scalar_one() is not None
    assert list((place.platform.settings.data_dir / "networks").iterdir()) == []
