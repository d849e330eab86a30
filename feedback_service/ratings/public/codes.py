"""QR codes on posters and counter cards: each leads to its survey, and is counted without a trace of anybody."""

from collections import Counter
from datetime import date
from threading import Lock
from typing import cast

from flask import current_app
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import NotFound
from feedback_service.core.ids import plain_code
from feedback_service.core.period import local_day
from feedback_service.ratings.public.blueprint import public
from feedback_service.ratings.queries.qr import CodeRow, by_code
from feedback_service.ratings.rules.qr import is_ours
from feedback_service.web import pages
from feedback_service.web.context import platform

EXTENSION = "qr scans"
NONE = "This QR code leads nowhere any more. Please ask at the counter for a new one."


class Scans:
    """How often codes were scanned since somebody last wrote it down: looking at a page writes nothing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[tuple[str, date]] = Counter()
        self._lock = Lock()

    def add(self, code: str, day: date) -> None:
        """Count one."""
        with self._lock:
            self._counts[code, day] += 1

    def taken(self) -> dict[tuple[str, date], int]:
        """Return what is to be written down, and forget it."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return dict(counts)


@public.record_once
def count_scans(state: BlueprintSetupState) -> None:
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


def leading(code: str) -> CodeRow | None:
    """Return a code that was made here and is not revoked."""
    if not is_ours(platform().settings.secret_key, code):
        return None
    with platform().reading() as session:
        found = by_code(session, plain_code(code))
    return found if found and found.revoked_at is None else None


def scans() -> Scans:
    """Return the counter of this process."""
    return cast("Scans", current_app.extensions[EXTENSION])
