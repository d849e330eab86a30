"""Polls for citizens: the list, the question, the vote, the results."""

from flask import Blueprint, Response, jsonify, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.challenges import guard as challenges
from feedback_service.challenges.rules import (
    GUESSES,
    SAME_CODE_AGAIN,
    WHOLE_FORM,
    WORDS,
    Attempt,
    Challenge,
    Outcome,
    form_of,
)
from feedback_service.challenges.service import spend
from feedback_service.core.errors import Fault, Forbidden, NotFound
from feedback_service.polls import export, guard, queries
from feedback_service.polls.queries import PollPage, PollRow, Results
from feedback_service.polls.rules import Phase, chosen_of, flaw_of_choice
from feedback_service.polls.service import Ballot
from feedback_service.polls.service import cast as count
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id
from feedback_service.web.i18n import language

public = Blueprint("polls_public", __name__)
STATUS = {Outcome.COUNTED: 409, Outcome.LIMITED: 429}
RETRY_SECONDS = {429: "600"}


@public.get("/polls")
def polls() -> Response:
    """List what is asked, what was asked, and the archive."""
    with platform().reading() as session:
        page = queries.list_page(session, now=platform().now())
    return pages.show("polls/list.html", page)


@public.get("/polls/<slug>")
def poll(slug: str) -> Response:
    """Ask the question; nothing is written."""
    with platform().reading() as session:
        asked = _published(session, slug)
        votes = _votes(session, asked)
    challenge = challenges.fresh(_form(asked)) if asked.phase is Phase.OPEN else None
    return pages.show("polls/poll.html", PollPage(asked, challenge, votes))


@public.post("/polls/<slug>/votes")
def cast(slug: str) -> AnyResponse:
    """Count a vote, or say what to mend and keep what was chosen."""
    with platform().reading() as session:
        asked = _published(session, slug)
    if asked.phase is not Phase.OPEN:
        return _again(asked, None, Fault("question", "This poll is not open."), status=409)
    if "another_code" in request.form:
        return _again(asked, challenges.fresh(_form(asked)), status=200)
    flaw = flaw_of_choice(request.form.getlist("option"), asked.option_ids, asked.most_choices)
    if flaw:
        return _again(asked, challenges.kept(_form(asked)), Fault("option", flaw), status=422)
    outcome = _stored(asked, challenges.attempt(_form(asked), asked.ladder))
    if outcome in (Outcome.PASSED, Outcome.REPEATED):
        return guard.remember_vote(pages.seen_at(f"/polls/{slug}/results"), asked.id)
    return _refused(asked, outcome)


@public.errorhandler(CSRFError)
def keep_choice(_error: CSRFError) -> AnyResponse:
    """Ask again when the browser kept no cookie of the form."""
    with platform().reading() as session:
        asked = _published(session, str((request.view_args or {})["slug"]))
    fault = Fault("question", "Your browser kept nothing of this page. Please allow cookies and send once more.")
    return _again(asked, challenges.fresh(_form(asked)), fault, status=400)


@public.get("/polls/<slug>/results")
def results(slug: str) -> Response:
    """Show the counts as bars and as a table, or say when they can be seen."""
    with platform().reading() as session:
        asked = _published(session, slug)
        counts = queries.results(session, asked) if guard.sees_results(asked) else None
    only_clean = request.args.get("count") == "clean"
    page = queries.ResultsPage(asked, counts, guard.has_voted(asked.id), only_clean, platform().now())
    return pages.show("polls/results.html", page)


@public.get("/polls/<slug>/results.json")
def results_json(slug: str) -> Response:
    """Return the counts for programs."""
    asked, counts = _counted(slug)
    return jsonify(export.as_json(asked, counts, now=platform().now()))


@public.get("/polls/<slug>/results.csv")
def results_csv(slug: str) -> Response:
    """Return the counts for spreadsheets."""
    _, counts = _counted(slug)
    spoken = language()
    headings = tuple(platform().translations.word(heading, spoken) for heading in export.HEADINGS)
    table = export.as_csv(counts, headings=headings, language=spoken)
    return pages.download(iter([table]), file_name=f"{slug}.csv", media_type="text/csv")


def _form(asked: PollRow) -> str:
    return form_of("poll", asked.slug)


def _published(session: Session, slug: str) -> PollRow:
    found = queries.by_slug(session, slug, now=platform().now())
    if found is None or found.phase is Phase.DRAFT:
        raise NotFound("There is no such poll.")
    return found


def _counted(slug: str) -> tuple[PollRow, Results]:
    with platform().reading() as session:
        asked = _published(session, slug)
        if not guard.sees_results(asked):
            raise Forbidden("The results of this poll cannot be seen yet.")
        return asked, queries.results(session, asked)


def _votes(session: Session, asked: PollRow) -> int | None:
    return queries.vote_counts(session, [asked.id]).get(asked.id, 0) if guard.sees_results(asked) else None


def _stored(asked: PollRow, attempt: Attempt) -> Outcome:
    if attempt.outcome not in GUESSES:
        return attempt.outcome
    vote_id, now = str(request_id()), platform().now()
    chosen = chosen_of(request.form.getlist("option"), asked.option_ids)
    tier = guard.tier_of(asked.id, attempt.budget)
    with platform().transaction() as session:
        outcome = spend(session, attempt, record_id=vote_id, now=now)
        if outcome is Outcome.PASSED and attempt.nonce:
            count(session, Ballot(vote_id, asked.id, chosen, tier, attempt.nonce), now=now)
    if outcome is Outcome.PASSED:
        guard.count_vote(asked.id, attempt.budget)
    return outcome


def _refused(asked: PollRow, outcome: Outcome) -> AnyResponse:
    challenge = challenges.kept(_form(asked)) if outcome in SAME_CODE_AGAIN else challenges.fresh(_form(asked))
    fault = Fault("question" if outcome in WHOLE_FORM else "challenge_answer", WORDS[outcome])
    response = _again(asked, challenge, fault, status=STATUS.get(outcome, 422))
    return guard.remember_vote(response, asked.id) if outcome is Outcome.COUNTED else response


def _again(asked: PollRow, challenge: Challenge | None, *faults: Fault, status: int) -> Response:
    with platform().reading() as session:
        votes = _votes(session, asked)
    said = tuple(Fault(fault.pointer, platform().translations.word(fault.message, language())) for fault in faults)
    is_same = challenge is not None and challenge.token == request.form.get("form_token")
    page = PollPage(
        poll=asked,
        challenge=challenge,
        votes=votes,
        chosen=chosen_of(request.form.getlist("option"), asked.option_ids),
        code=request.form.get("challenge_answer", "")[:20] if is_same else "",
        faults=said,
    )
    response = pages.show("polls/poll.html", page, status)
    response.headers.update({"Retry-After": RETRY_SECONDS[status]} if status in RETRY_SECONDS else {})
    return response
