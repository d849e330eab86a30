"""Measures the tablet: weight of the first load, tap to thanks on a slow processor, memory over many ratings.

Each figure stands beside its ceiling; `python -m bench.kiosk` prints them.
"""

import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import CDPSession, Page, sync_playwright

from feedback_service.db import Database
from feedback_service.upgrade import upgrade
from tests import browsers
from tests.kiosk.offices import TabletOffice, furnish, inside, running
from tests.kiosk.test_versions import FIRST, listed, weight

SLOWER, TIMES, RATINGS = (1, 6), 30, 500


def main() -> None:
    """Print every figure."""
    first, whole = sum(map(weight, FIRST)), sum(map(weight, listed()))
    sys.stdout.write(f"tablet, first load in {len(FIRST)} requests, bytes  {first}  target <= 20000\n")
    sys.stdout.write(f"tablet, all of it, bytes  {whole}  target <= 160000\n")
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        url = f"sqlite:///{name}/feedback.db"
        upgrade(Database(url))
        furnish(url)
        browser = browsers.launch(playwright)
        with running(url, Path(name)) as server:
            page = browser.new_page(viewport={"width": 1080, "height": 1920})
            TabletOffice(server, url).pair(page)
            measure(page, page.context.new_cdp_session(page))


def measure(page: Page, tools: CDPSession) -> None:
    """Write down pace and memory of a paired tablet, first with the network, then without."""
    for rate in SLOWER:
        tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        for network in ("online", "offline"):
            page.context.set_offline(network == "offline")
            spans = [visit(page) for _ in range(TIMES)]
            tell("tap to stored", f"{rate} x slower, {network}", [stored for stored, _ in spans])
            tell("tap to thanks", f"{rate} x slower, {network}", [thanked for _, thanked in spans])
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.context.set_offline(False)
    before = heap(tools)
    for _ in range(RATINGS):
        visit(page)
    grown = (heap(tools) - before) / 1e6 / RATINGS * 2000
    sys.stdout.write(f"tablet, memory over 2,000 ratings, from {RATINGS}, MB  {grown:.2f}  target <= 10\n")


def tell(what: str, how: str, times: list[float]) -> None:
    """Write one line of milliseconds."""
    slow = quantiles(times, n=20)[-1]
    sys.stdout.write(f"{what}, {how}, ms (95th {slow:.1f})  {median(times):.1f}  target <= 50\n")


def visit(page: Page) -> tuple[float, float]:
    """Give one rating and return the milliseconds to the next screen and to the thanks."""
    page.evaluate(inside("pace"), [".begin", ".face"])
    stored = page.evaluate(inside("pace"), ['.face[data-level="3"]', "#comment"])
    thanked = page.evaluate(inside("pace"), [".skip", ".screen-thanks"])
    page.evaluate(inside("pace"), [".screen-thanks .button", ".begin"])
    return float(stored), float(thanked)


def heap(tools: CDPSession) -> int:
    """Return the bytes that the page really holds."""
    tools.send("HeapProfiler.enable")
    tools.send("HeapProfiler.collectGarbage")
    return int(tools.send("Runtime.getHeapUsage")["usedSize"])


if __name__ == "__main__":
    main()
