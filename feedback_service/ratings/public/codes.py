"""QR codes on posters and counter cards: each leads to its survey, and is counted without a trace of anybody."""

import atexit
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event, Lock, Thread
from typing import cast

from flask import Flask, current_app
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import NotFound
from feedback_service.core.ids import plain_code
from feedback_service.core.period import local_day
from feedback_service.ratings.public.blueprint import public
from feedback_service.ratings.queries.qr import CodeRow, by_code
from feedback_service.ratings.rules.qr import is_ours
from feedback_service.ratings.service.scanning import count_scans
from feedback_service.web import context, pages
from feedback_service.web.context import Platform, platform
from feedback_service.web.logs import logger

EXTENSION = "qr scans"
WRITTEN_SECONDS = 5.0
"""What a crash can lose of the counts of scans."""
NONE = "This QR code leads nowhere any more. Please ask at the counter for a new one."


class Scans:
    """How often codes were scanned since it was last written down: looking at a page writes nothing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[tuple[str, date]] = Counter()
        self._lock = Lock()

    def add(self, code: str, day: date) -> None:
        """Count one."""
        with self._lock:
            self._counts[code, day] += 1

    def write(self, running: Platform) -> None:
        """Write down what was counted; raises StorageUnavailable and goes on counting when that cannot be done."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        left = counts
        try:
            if counts:
                running.database.retrying(lambda: _written(running, counts))
            left = Counter()
        finally:
            with self._lock:
                self._counts.update(left)


def _written(running: Platform, counts: Counter[tuple[str, date]]) -> None:
    with running.transaction() as session:
        count_scans(session, counts)


@public.record_once
def begin_counting(state: BlueprintSetupState) -> None:
    """Give the application its counter of scans."""
    state.app.extensions[EXTENSION] = Scans()


@public.get("/q/<code>")
def scan(code: str) -> AnyResponse:
    """Lead to the survey of a code."""
    found = leading(code)
    if found is None:
        raise NotFound(NONE)
    scans().add(found.code, local_day(platform().now()))
    return pages.seen_at(f"/surveys/{found.slug}?via={found.code}")


def keep_writing(app: Flask) -> Event:
    """Have scans written down every few seconds and at the end of the process; return what stops it."""
    stop = Event()
    running, counted = app.extensions[context.EXTENSION], cast("Scans", app.extensions[EXTENSION])

    def work() -> None:
        with ThreadPoolExecutor(1, thread_name_prefix="scans") as hand:
            while not stop.wait(WRITTEN_SECONDS):
                try:
                    fault = hand.submit(counted.write, running).exception()
                except RuntimeError:  # the interpreter is ending
                    return
                if fault is not None:
                    logger().error("scans are not written down yet", exc_info=fault)

    Thread(target=work, name="scans", daemon=True).start()
    atexit.register(counted.write, running)
    return stop


def leading(code: str) -> CodeRow | None:
    """Return a code that was made here and is not revoked."""
    if not is_ours(platform().settings.lasting_key, code):
        return None
    with platform().reading() as session:
        found = by_code(session, plain_code(code))
    return found if found and found.revoked_at is None else None


def scans() -> Scans:
    """Return the counter of this process."""
    return cast("Scans", current_app.extensions[EXTENSION])
