"""Tablets that are cut off again and again, ten of them at once, old and damaged memories: each rating once."""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browsers import Tablet
from tests.databases import Databases
from tests.kiosk.offices import PATIENCE_MS, TabletOffice, furnish, inside, running, tap_through
from tests.servers import Server

IS_FULL = "FAULTS" in os.environ
RATINGS, CUTS = (500, 10) if IS_FULL else (10, 2)
DEVICES, EACH, BATCH = (10, 500, 50) if IS_FULL else (10, 20, 5)
MEMORIES = sorted((Path(__file__).parent / "memories").glob("*.json"))
"""What tablets of every released version have left on their disk, never changed once it is here."""


@pytest.fixture(scope="module")
def served(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A running office, open at every hour, and the address of its database."""
    folder = tmp_path_factory.mktemp("faults")
    url = databases.sqlite(folder)
    furnish(url)
    with running(url, folder / "office") as server:
        yield server, url


@pytest.fixture
def office(served: tuple[Server, str]) -> TabletOffice:
    """A counter of its own at the running office."""
    return TabletOffice(*served)


def started(office: TabletOffice, tablet: Tablet) -> Page:
    """Switch the tablet on and return its page at the invitation."""
    page = tablet.switch_on().new_page()
    office.open(page)
    page.locator(".begin").wait_for()
    return page


def delivered(page: Page) -> None:
    """Wait until nothing is left on the tablet."""
    for _ in range(10 * PATIENCE_MS // 100):
        if not page.evaluate(inside("kept")):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(page.evaluate(inside('kept')))} ratings are still on the tablet")


@pytest.mark.slow
def test_ratings_without_network_survive_one_power_cut_after_the_other(office: TabletOffice, tablet: Tablet) -> None:
    chance = random.Random(20261013)
    page = tablet.context.pages[0]
    office.pair(page)
    page.evaluate("navigator.serviceWorker.ready")
    given: Counter[int] = Counter()
    for cut in range(CUTS):
        page.context.set_offline(True)
        for _ in range(RATINGS // CUTS - 1):
            level = chance.randint(1, 5)
            tap_through(page, level)
            given[level] += 1
        page.locator(".begin").click()
        page.locator('.face[data-level="1"]').click()
        page.locator(".reason").first.wait_for()
        given[1] += 1
        tablet.cut_off()
        page = tablet.switch_on().new_page()
        page.context.set_offline(cut < CUTS - 1)
        office.open(page) if cut == CUTS - 1 else page.goto(office.address)
        page.locator(".begin").wait_for()
    delivered(page)

    stored = office.ratings()
    assert [rating.sequence for rating in stored] == list(range(1, RATINGS + 1))
    assert Counter(rating.answers["satisfaction"] for rating in stored) == given


@pytest.mark.slow
def test_ten_tablets_that_send_everything_twice_in_any_order_are_counted_once(served: tuple[Server, str]) -> None:
    server, url = served
    offices = [TabletOffice(server, url) for _ in range(DEVICES)]
    chance = random.Random(5000)

    def send_all(place: int) -> None:
        client = paired(offices[place])
        ratings = [rating(number + 1) for number in range(EACH)]
        twice = [ratings[start : start + BATCH] for start in range(0, EACH, BATCH)] * 2
        random.Random(place).shuffle(twice)
        for batch in twice:
            answer = client.post("/api/v1/ratings", json={"ratings": random.Random(place).sample(batch, len(batch))})
            assert {one["outcome"] for one in answer.json()["results"]} <= {"stored", "repeated"}
        client.close()

    with ThreadPoolExecutor(DEVICES) as pool:
        list(pool.map(send_all, chance.sample(range(DEVICES), DEVICES)))

    found = [[rating.sequence for rating in office.ratings()] for office in offices]
    assert found == [list(range(1, EACH + 1))] * DEVICES
    assert server.client().get("/readyz").status_code == 200


@pytest.mark.parametrize("memory", MEMORIES, ids=lambda path: path.stem)
def test_what_a_tablet_of_an_earlier_version_has_kept_is_delivered(
    office: TabletOffice, page: Page, memory: Path
) -> None:
    kept = json.loads(memory.read_text(encoding="utf-8"))
    office.pair(page)
    page.context.set_offline(True)

    page.evaluate(inside("remember"), kept)
    page.context.set_offline(False)
    page.reload()
    page.locator(".begin").wait_for()
    delivered(page)

    stored = {rating.id: (rating.sequence, rating.answers, rating.comment) for rating in office.ratings()}
    assert stored == {one["id"]: (one["sequence"], one["answers"], one.get("comment")) for one in kept["ratings"]}


def test_the_schema_of_today_is_among_the_kept_memories() -> None:
    schemas = {one["schema"] for path in MEMORIES for one in json.loads(path.read_text(encoding="utf-8"))["ratings"]}

    assert max(schemas) == 1


def test_a_memory_that_is_damaged_on_the_disk_never_leaves_a_blank_screen(
    office: TabletOffice, tablet: Tablet, tmp_path: Path
) -> None:
    page = tablet.context.pages[0]
    office.pair(page)
    page.context.set_offline(True)
    tap_through(page, 5)
    tablet.switch_off()
    damaged = [path for path in (tmp_path / "tablet").rglob("*.indexeddb.leveldb/*") if path.is_file()]
    for path in damaged:
        path.write_bytes(random.Random(1).randbytes(max(64, path.stat().st_size)))

    page = tablet.switch_on().new_page()
    office.open(page)

    heading = page.locator("h1").get_by_text("Ghép máy này với quầy").or_(page.get_by_text("Máy này đang tạm dừng"))
    assert damaged
    expect(heading.first).to_be_visible(timeout=PATIENCE_MS)


def paired(office: TabletOffice) -> httpx.Client:
    """Return a client that speaks as a new tablet of this counter."""
    client = office.server.client()
    answer = client.post("/api/v1/kiosk/enrolment", json={"code": office.code()}, headers=office.network)
    assert answer.status_code == 201, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def rating(number: int) -> dict[str, object]:
    """Return a rating as a tablet sends it."""
    return {
        "id": str(uuid4()),
        "sequence": number,
        "questionnaire": "kiosk-5",
        "version": 1,
        "answered_at": datetime.now(UTC).isoformat(),
        "language": "vi",
        "answers": {"satisfaction": 1 + number % 5},
    }
