"""What was sent and what failed, for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.notices import queries, service
from feedback_service.notices.rules.tries import STATUS_NAMES, Status
from feedback_service.notices.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/notices"


@dataclass(frozen=True)
class Tab:
    """One way of looking at the log; `status` is empty for all."""

    status: str
    label: str
    count: int


@dataclass(frozen=True)
class LogPage:
    """The log: which tab, which rows, where the next page goes on."""

    tabs: tuple[Tab, ...]
    status: str
    rows: tuple[queries.DeliveryRow, ...]
    next_before: int | None
    failed: int
    has_mail: bool


@staff.get("/staff/notices")
def log() -> Response:
    """Show what was sent, the newest first."""
    asked = request.args.get("status", "")
    status = Status(asked) if asked in STATUS_NAMES else None
    before = request.args.get("before", type=int)
    scope = _scope()
    with platform().reading() as session:
        rows = queries.log(session, status=status, before=before, scope=scope)
        counts = queries.counts(session, scope=scope)
    is_full = len(rows) == queries.PAGE_ROWS
    page = LogPage(
        tabs=_tabs(counts),
        status=status.value if status else "",
        rows=rows,
        next_before=rows[-1].id if is_full else None,
        failed=counts.get(Status.FAILED.value, 0),
        has_mail=platform().settings.mail is not None,
    )
    return pages.show("notices/log.html", page)


@staff.post("/staff/notices/retries")
def retry() -> AnyResponse:
    """Try one failed message again, or all of them."""
    person, running, scope = guard.staff(), platform(), _scope()
    one = request.form.get("delivery", type=int)
    with running.transaction() as session:
        failed = queries.failed_ids(session, scope=scope)
        wanted = failed if one is None else tuple(known for known in failed if known == one)
        count = service.retry(session, wanted, by=person.actor, now=running.now())
    flash("The messages are tried again now." if count else "There is nothing to try again.")
    return pages.seen_at(PAGE)


def _scope() -> frozenset[int] | None:
    person = guard.staff()
    return None if person.unit_id is None else person.scope


def _tabs(counts: Mapping[str, int]) -> tuple[Tab, ...]:
    single = (Tab(status.value, STATUS_NAMES[status], counts.get(status.value, 0)) for status in Status)
    return (Tab("", "All messages", sum(counts.values())), *single)
