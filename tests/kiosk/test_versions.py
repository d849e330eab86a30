"""What a tablet fetches, keeps and replaces: little at first, all of it once, a new version when nobody is rating."""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from feedback_service.bundled import folder, own
from feedback_service.kiosks.export import LIST, current_version, write_precache, written
from tests.house.sources import ROOT
from tests.kiosk.offices import PATIENCE_MS, TabletOffice, finish, furnish, running, tap_through

KIOSK, STATIC = folder("kiosk_static"), own("static")
FIRST = ("/kiosk/", "/kiosk/written/first.css", "/kiosk/written/first.js")
FIRST_BYTES, WHOLE_BYTES = 20_000, 160_000


def listed() -> list[str]:
    return re.findall(r'^  "(.+)",$', (KIOSK / LIST).read_text(encoding="utf-8"), re.MULTILINE)


def file_of(name: str) -> Path:
    return (
        STATIC / name.removeprefix("/static/") if name.startswith("/static/") else KIOSK / name.removeprefix("/kiosk/")
    )


def weight(name: str) -> int:
    path = KIOSK / "index.html" if name == "/kiosk/" else file_of(name)
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 9)))


def test_the_written_files_are_those_of_the_folder() -> None:
    texts = written(KIOSK, STATIC)

    stale = [name for name, text in texts.items() if (KIOSK / name).read_text(encoding="utf-8") != text]

    assert stale == [], "run `feedback-service kiosk precache`"


def test_everything_that_the_tablet_uses_is_kept_on_it_and_nothing_else() -> None:
    first_only = {"boot.js", "stage.js", "styles/kiosk.css"}
    first_only |= {f"screens/{name}.js" for name in ("attract", "frame", "pairing")}
    for_people = {"lib/types.js", "vendor/idb/index.d.ts", "vendor/idb/LICENSE"}
    there = {f"/kiosk/{path.relative_to(KIOSK).as_posix()}" for path in KIOSK.rglob("*") if path.is_file()}

    left_out = {name.removeprefix("/kiosk/") for name in there - set(listed())}
    assert left_out == first_only | for_people | {"index.html", "sw.js"}
    assert [name for name in listed() if name != "/kiosk/" and not file_of(name).is_file()] == []


def test_any_change_makes_a_new_version(tmp_path: Path) -> None:
    kiosk = tmp_path / "kiosk_static"
    shutil.copytree(KIOSK, kiosk)
    before = current_version(kiosk)

    assert write_precache(kiosk, STATIC) is False
    (kiosk / "sw.js").write_text((kiosk / "sw.js").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert write_precache(kiosk, STATIC) is True

    assert current_version(kiosk) != before


def test_an_import_that_cannot_be_followed_is_refused(tmp_path: Path) -> None:
    kiosk = tmp_path / "kiosk_static"
    shutil.copytree(KIOSK, kiosk)
    boot = kiosk / "boot.js"
    boot.write_text('import stage from "./stage.js";\n' + boot.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(ValueError, match=r"boot\.js"):
        write_precache(kiosk, STATIC)


def test_three_small_files_are_enough_for_the_first_tap(office: TabletOffice, page: Page) -> None:
    def only_the_first(route: Route) -> None:
        path = route.request.url.removeprefix(office.server.url)
        route.continue_() if path in FIRST else route.abort()

    page.route("**/*", only_the_first)
    office.open(page)

    page.locator('.number-pad [data-name="4"]').click()

    expect(page.locator(".code-cells")).to_have_text("4")
    assert sum(weight(name) for name in FIRST) <= FIRST_BYTES


def test_a_network_that_breaks_in_the_first_load_is_tried_again(office: TabletOffice, page: Page) -> None:
    page.route("**/kiosk/flow.js", lambda route: route.abort(), times=1)

    office.open(page, office.code())

    expect(page.locator(".begin")).to_be_visible(timeout=PATIENCE_MS)


def test_the_whole_application_is_light() -> None:
    assert sum(weight(name) for name in listed()) <= WHOLE_BYTES


def test_once_it_is_kept_nothing_is_fetched_again(office: TabletOffice, paired: Page) -> None:
    paired.evaluate("navigator.serviceWorker.ready")
    fetched: list[str] = []
    paired.on("response", lambda answer: fetched.append(answer.url) if not answer.from_service_worker else None)

    paired.reload()
    paired.locator(".begin").wait_for()
    paired.wait_for_timeout(500)

    looked_at = ("/sw.js", "/precache.js", "/icon.svg")
    assert [url for url in fetched if "/api/" not in url and not url.endswith(looked_at)] == []


def test_it_starts_without_network(office: TabletOffice, paired: Page) -> None:
    paired.evaluate("navigator.serviceWorker.ready")
    paired.context.set_offline(True)

    paired.reload()

    expect(paired.locator(".begin")).to_be_visible()
    expect(paired.locator(".counter-name")).to_contain_text(office.counter)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the service whose tablet application can be changed."""
    copy = tmp_path / "tree"
    for name in ("feedback_service", "kiosk_static", "migrations"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def changing_office(sqlite_url: str, tmp_path: Path, tree: Path) -> Iterator[TabletOffice]:
    """An office that serves the copy."""
    furnish(sqlite_url)
    with running(sqlite_url, tmp_path / "office", PYTHONPATH=str(tree)) as server:
        yield TabletOffice(server, sqlite_url)


def test_a_new_version_waits_until_the_rating_is_given_and_loses_nothing(
    changing_office: TabletOffice, tree: Path, page: Page
) -> None:
    office = changing_office
    page.clock.install()
    office.pair(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.locator(".begin").click()
    page.locator('.face[data-level="1"]').click()
    page.locator(".reason").first.click()
    words = tree / "kiosk_static" / "i18n" / "vi.js"
    words.write_text(words.read_text(encoding="utf-8").replace("Chạm để đánh giá", "Bản mới đây"), encoding="utf-8")
    write_precache(tree / "kiosk_static", tree / "feedback_service" / "static")
    office.server.kill()
    office.server.start()

    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    page.wait_for_timeout(1_500)
    expect(page.locator(".reason").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Gửi").click()
    finish(page)

    let_it_be_replaced(page, "Bản mới đây")
    expect(page.locator(".begin")).to_contain_text("Bản mới đây", timeout=60_000)
    tap_through(page, 5)
    for _ in range(100):
        if len(office.ratings()) == 2:
            break
        page.wait_for_timeout(100)
    assert [(rating.sequence, rating.answers) for rating in office.ratings()] == [
        (1, {"satisfaction": 1, "reasons": ["attitude"]}),
        (2, {"satisfaction": 5}),
    ]


def let_it_be_replaced(page: Page, words: str) -> None:
    """Let half minutes pass: so often the tablet looks whether nobody is rating and nothing waits."""
    for _ in range(20):
        if words in page.locator(".begin").inner_text():
            return
        page.clock.run_for(31_000)
        page.wait_for_timeout(200)
