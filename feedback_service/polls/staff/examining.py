"""Votes in doubt: what the rules found, what a person undid and why."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.accounts import queries as accounts
from feedback_service.core.errors import DomainError, Fault
from feedback_service.polls import queries, service
from feedback_service.polls.forms import VerdictForm
from feedback_service.polls.queries import FindingRow, PollRow, Results
from feedback_service.polls.rules.suspicion import VERSION
from feedback_service.polls.service import Verdict
from feedback_service.polls.staff.blueprint import PAGE, reached, staff
from feedback_service.web import pages
from feedback_service.web.context import platform

MOST_SHOWN = 100


@dataclass(frozen=True)
class ExaminationPage:
    """What is in doubt about a poll, the largest finding first; `wrong_id` is the finding whose reason is missing."""

    poll: PollRow
    results: Results
    findings: tuple[FindingRow, ...]
    count: int
    names: dict[str, str]
    version: int
    may_judge: bool
    faults: tuple[Fault, ...] = ()
    wrong_id: int = 0


@staff.get("/staff/polls/<int:poll_id>/examination")
def examination(poll_id: int) -> Response:
    """Show what the rules found."""
    return _page(poll_id)


@staff.post("/staff/polls/<int:poll_id>/examinations")
def run_rules(poll_id: int) -> AnyResponse:
    """Run the rules over every vote again."""
    with platform().transaction() as session:
        known = reached(session, poll_id)
        service.examine(session, known.id, by=guard.staff().actor, now=platform().now())
    flash("The rules have looked at every vote again.")
    return pages.seen_at(f"{PAGE}/{poll_id}/examination")


@staff.post("/staff/polls/<int:poll_id>/findings/<int:finding_id>/verdict")
def judge_finding(poll_id: int, finding_id: int) -> AnyResponse:
    """Have the votes of a finding count again, or no more, with a reason."""
    form = VerdictForm()
    if not form.validate():
        return _page(poll_id, finding_id, form.faults(), status=422)
    verdict = Verdict(finding_id, form.is_counted.data == "yes", form.reason.data or "")
    try:
        with platform().transaction() as session:
            known = reached(session, poll_id)
            service.judge(session, known.id, verdict, by=guard.staff().actor, now=platform().now())
    except DomainError as refusal:
        form.refused(refusal)
        return _page(poll_id, finding_id, form.faults(), status=422)
    flash("These votes count again." if verdict.is_counted else "These votes are set aside again.")
    return pages.seen_at(f"{PAGE}/{poll_id}/examination")


def _page(poll_id: int, wrong_id: int = 0, faults: tuple[Fault, ...] = (), status: int = 200) -> Response:
    with platform().reading() as session:
        known = reached(session, poll_id)
        found = queries.findings(session, known.id)
        results = queries.results(session, known)
        people = accounts.accounts(session, None)
    page = ExaminationPage(
        poll=known,
        results=results,
        findings=found[:MOST_SHOWN],
        count=len(found),
        names={f"staff:{person.id}": person.full_name for person in people},
        version=VERSION,
        may_judge=guard.opens("polls_staff.judge_finding"),
        faults=faults,
        wrong_id=wrong_id,
    )
    return pages.show("polls/desk_examination.html", page, status)
