"""The service at rest: how fast it starts, what it holds in memory when every page was visited, what it costs idle.

SQLite, one process, the demonstration. Memory is counted with each process's share of what processes share (PSS).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from lxml.html import fromstring
from psutil import Process

from bench.parts.load import HOST
from bench.ratings import cpu_seconds
from feedback_service.operations.service.demo import sign_ins

PORT, STARTS, IDLE_SECONDS, MOST_PAGES = 8175, 5, 10, 400
START_TARGET_SECONDS, MEMORY_TARGET_MB, IDLE_TARGET = 1.5, 120, 0.01
PROGRAM = str(Path(sys.executable).with_name("feedback-service"))
ADDRESS = f"http://{HOST}:{PORT}"
NOT_FOLLOWED = ("sign-out", "lang=", ".wav", ".png")


def main() -> None:
    """Measure and print each figure beside its target."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        subprocess.run([PROGRAM, "demo"], env=settings, check=True, stdout=subprocess.DEVNULL)
        starts = [_start_seconds(settings) for _ in range(STARTS)]
        print(f"from the start to /readyz, seconds  {median(starts):.2f}  target <= {START_TARGET_SECONDS}")
        with _served(settings) as server:
            fresh = _megabytes(server)
            pages = visited()
            full = _megabytes(server)
            before = cpu_seconds(server)
            sleep(IDLE_SECONDS)
            idle = (cpu_seconds(server) - before) / IDLE_SECONDS
        print(f"memory after {pages} pages of every kind, MB  {full:.0f}  target <= {MEMORY_TARGET_MB}")
        print(f"  memory after the start, MB  {fresh:.0f}")
        print(f"processor used by nobody asking, of one  {idle:.3f}  target <= {IDLE_TARGET}")


def visited() -> int:
    """Open every page that links lead to, signed in with every right and not; return how many."""
    name, password, _role = next(one for one in sign_ins() if one[2] == "Administrator")
    with httpx.Client(base_url=ADDRESS, timeout=60) as citizen, httpx.Client(base_url=ADDRESS, timeout=60) as staff:
        form = fromstring(staff.get("/staff/sign-in").text)
        proof = form.xpath("//input[@name='csrf_token']/@value")[0]
        staff.post("/staff/sign-in", data={"csrf_token": proof, "name": name, "password": password})
        return _walk(citizen, "/") + _walk(staff, "/staff/")


def _walk(client: httpx.Client, start: str) -> int:
    waiting, known = [start], {start}
    for address in waiting:
        if len(known) > MOST_PAGES:
            break
        answer = client.get(address, follow_redirects=True)
        if answer.headers.get("content-type", "").startswith("text/html"):
            found = [
                urldefrag(urljoin(str(answer.url), href))[0] for href in fromstring(answer.text).xpath("//a/@href")
            ]
            new = {link.removeprefix(ADDRESS) for link in found if link.startswith(ADDRESS)} - known
            new = {link for link in new if urlsplit(link).path and not any(word in link for word in NOT_FOLLOWED)}
            known |= new
            waiting += sorted(new)
    return len(known)


def _settings(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
    return kept | {"FEEDBACK_DATABASE_URL": f"sqlite:///{folder / 'feedback.db'}", "FEEDBACK_DATA_DIR": str(folder)}


def _start_seconds(settings: dict[str, str]) -> float:
    begun = perf_counter()
    with _served(settings):
        return perf_counter() - begun


@contextmanager
def _served(settings: dict[str, str]) -> Iterator[Process]:
    words = [PROGRAM, "run", "--host", HOST, "--port", str(PORT)]
    with subprocess.Popen(words, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _is_ready():
                sleep(0.02)
            yield Process(process.pid)
        finally:
            process.terminate()


def _is_ready() -> bool:
    try:
        return httpx.get(f"{ADDRESS}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _megabytes(server: Process) -> float:
    held = [process.memory_full_info().pss for process in (server, *server.children(recursive=True))]
    return float(sum(held)) / 1e6


if __name__ == "__main__":
    main()
