"""Looking at polls, and opening, closing and archiving them."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.polls import queries, service
from feedback_service.polls.queries import PollPage, PollRow, Results
from feedback_service.polls.rules import LADDER_NAMES, RUNNING, SHOWN_NAMES, STEPS, Phase, Status
from feedback_service.polls.staff.blueprint import PAGE, reached, staff
from feedback_service.web import pages
from feedback_service.web.context import platform

STEP_OF = {"opening": Status.OPEN, "closing": Status.CLOSED, "archiving": Status.ARCHIVED}
NAMED = {status: name for name, status in STEP_OF.items()}
DONE = {
    Status.OPEN: "The poll has been opened.",
    Status.CLOSED: "The poll has been closed.",
    Status.ARCHIVED: "The poll has been put into the archive.",
}


@dataclass(frozen=True)
class Line:
    """One poll in the list."""

    poll: PollRow
    unit_name: str
    votes: int


@dataclass(frozen=True)
class DeskListPage:
    """The polls within reach."""

    lines: tuple[Line, ...]
    may_edit: bool


@dataclass(frozen=True)
class DeskPollPage:
    """One poll with its counts, the step that may follow, and the step that is asked back, if any."""

    poll: PollRow
    unit_name: str
    ladder_name: str
    shown_name: str
    results: Results
    next_step: str | None
    asked_step: str | None
    may_edit: bool
    may_change: bool


@staff.get("/staff/polls")
def polls() -> Response:
    """Show the polls within reach."""
    with platform().reading() as session:
        found = queries.of_units(session, guard.staff().scope, now=platform().now())
        names = queries.unit_names(session, found)
        votes = queries.vote_counts(session, [poll.id for poll in found])
    lines = tuple(Line(poll, names[poll.unit_id], votes.get(poll.id, 0)) for poll in found)
    return pages.show("polls/desk_list.html", DeskListPage(lines, guard.opens("polls_staff.add_poll")))


@staff.get("/staff/polls/<int:poll_id>")
def poll(poll_id: int) -> Response:
    """Show one poll with its counts."""
    return _poll_page(poll_id)


@staff.get("/staff/polls/<int:poll_id>/preview")
def preview(poll_id: int) -> Response:
    """Show a poll as citizens will see it."""
    with platform().reading() as session:
        known = reached(session, poll_id)
    return pages.show("polls/poll.html", PollPage(known, None, None, is_preview=True))


@staff.get("/staff/polls/<int:poll_id>/<any(opening, closing, archiving):name>")
def step(poll_id: int, name: str) -> AnyResponse:
    """Ask back before a poll is opened, closed or archived."""
    return _poll_page(poll_id, asked_step=name)


@staff.post("/staff/polls/<int:poll_id>/<any(opening, closing, archiving):name>")
def take_step(poll_id: int, name: str) -> AnyResponse:
    """Open, close or archive a poll."""
    with platform().transaction() as session:
        known = reached(session, poll_id)
        service.move(session, known, STEP_OF[name], by=guard.staff().actor, now=platform().now())
    flash(DONE[STEP_OF[name]])
    return pages.seen_at(f"{PAGE}/{poll_id}")


def _poll_page(poll_id: int, asked_step: str | None = None) -> Response:
    with platform().reading() as session:
        known = reached(session, poll_id)
        names = queries.unit_names(session, [known])
        results = queries.results(session, known)
    following = STEPS.get(known.phase)
    next_step = NAMED[following] if following else None
    page = DeskPollPage(
        poll=known,
        unit_name=names[known.unit_id],
        ladder_name=LADDER_NAMES[known.ladder],
        shown_name=SHOWN_NAMES[known.results_shown],
        results=results,
        next_step=next_step,
        asked_step=asked_step if asked_step == next_step else None,
        may_edit=guard.opens("polls_staff.add_poll"),
        may_change=known.phase in RUNNING | {Phase.DRAFT},
    )
    return pages.show("polls/desk_poll.html", page)
