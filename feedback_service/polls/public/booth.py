"""One try to vote, on the site or in a frame: counted, or the page again with the choice kept."""

from dataclasses import dataclass

from flask import Response, request

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
from feedback_service.core.errors import Fault
from feedback_service.polls import guard
from feedback_service.polls.public.blueprint import votes_shown
from feedback_service.polls.public.shelf import Copies, Copy, shelf
from feedback_service.polls.queries import PollPage, PollRow
from feedback_service.polls.rules import Channel, Phase, Tier, chosen_of, flaw_of_choice
from feedback_service.polls.service import SHUT, Ballot, Try, count_traffic, receive
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id
from feedback_service.web.i18n import language
from feedback_service.web.sessions import form_proof

STATUS = {Outcome.COUNTED: 409, Outcome.LIMITED: 429}
RETRY_SECONDS = {429: "600"}
CHOICE = "choice"
"""The kind of a refusal that no challenge knows: the choice is no vote."""


@dataclass(frozen=True)
class Booth:
    """Where somebody votes: the poll, the channel, its page, and whether this browser has voted before."""

    asked: PollRow
    channel: Channel
    template: str
    has_voted: bool

    @property
    def form(self) -> str:
        """How its challenges name their form."""
        return form_of("poll", self.asked.slug)


@dataclass(frozen=True)
class Tried:
    """What became of a try: the challenge that a counted vote spent, or else the page to show."""

    nonce: str | None = None
    page: Response | None = None
    is_counted_before: bool = False


def fresh(booth: Booth) -> Challenge | None:
    """Return a challenge when the poll takes votes, and count the page that shows it."""
    if booth.asked.phase is not Phase.OPEN:
        return None
    guard.traffic().show(booth.asked.id)
    return challenges.fresh(booth.form)


def asking(booth: Booth, copies: Copies, *, oembed_url: str = "") -> Response:
    """Ask the question, from the copy that was made a moment ago or makes one; the challenge is each reader's own."""
    kind = (booth.template, language(), booth.has_voted)
    copy = copies.get(kind)
    if copy is None:
        copy = copies[kind] = _copied(booth, oembed_url)
    challenge = fresh(booth)
    page = copy.filled(proof=form_proof, token=challenge.token if challenge else "")
    return Response([page], content_type="text/html; charset=utf-8")


def vote(booth: Booth) -> Tried:
    """Count a vote, or say what to mend and keep what was chosen."""
    asked = booth.asked
    if asked.phase is not Phase.OPEN:
        _count_refusal(asked, SHUT)
        return Tried(page=_shut(booth))
    if "another_code" in request.form:
        return Tried(page=again(booth, fresh(booth), status=200))
    flaw = flaw_of_choice(request.form.getlist("option"), asked.option_ids, asked.most_choices)
    if flaw:
        _count_refusal(asked, CHOICE)
        return Tried(page=again(booth, challenges.kept(booth.form), Fault("option", flaw), status=422))
    attempt = challenges.attempt(booth.form, asked.ladder)
    outcome = _stored(booth, attempt)
    if outcome is None:
        return Tried(page=_shut(booth))
    if outcome in (Outcome.PASSED, Outcome.REPEATED):
        return Tried(nonce=attempt.nonce)
    return Tried(page=_refused(booth, outcome), is_counted_before=outcome is Outcome.COUNTED)


def again(booth: Booth, challenge: Challenge | None, *faults: Fault, status: int) -> Response:
    """Show the question with everything that was entered and what is wrong with it."""
    asked = booth.asked
    with platform().reading() as session:
        votes = votes_shown(session, asked, has_voted=booth.has_voted)
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
    response = pages.show(booth.template, page, status)
    response.headers.update({"Retry-After": RETRY_SECONDS[status]} if status in RETRY_SECONDS else {})
    return response


def _copied(booth: Booth, oembed_url: str) -> Copy:
    asked, blanks = booth.asked, shelf()
    with platform().reading() as session:
        votes = votes_shown(session, asked, has_voted=booth.has_voted)
    challenge = Challenge(blanks.token) if asked.phase is Phase.OPEN else None
    page = PollPage(asked, challenge, votes, oembed_url=oembed_url)
    return Copy.of(pages.blank(booth.template, page, proof=blanks.proof), proof=blanks.proof, token=blanks.token)


def _stored(booth: Booth, attempt: Attempt) -> Outcome | None:
    asked = booth.asked
    if attempt.outcome not in GUESSES:
        _count_refusal(asked, attempt.outcome.value)
        return attempt.outcome
    chosen = chosen_of(request.form.getlist("option"), asked.option_ids)
    trace = guard.trace_of(attempt, booth.channel, has_voted=booth.has_voted)
    ballot = Ballot(str(request_id()), asked.id, chosen, Tier.CLEAN, attempt.nonce or "", trace)
    came = guard.came_before(asked.id, attempt.outcome)
    outcome = platform().database.together(receive, Try(ballot, attempt, came, platform().now(), guard.keyring()))
    if outcome is Outcome.PASSED:
        challenges.passed(booth.form)
    return outcome


def _shut(booth: Booth) -> Response:
    return again(booth, None, Fault("question", "This poll is not open."), status=409)


def _refused(booth: Booth, outcome: Outcome) -> Response:
    challenge = challenges.kept(booth.form) if outcome in SAME_CODE_AGAIN else fresh(booth)
    fault = Fault("question" if outcome in WHOLE_FORM else "challenge_answer", WORDS[outcome])
    return again(booth, challenge, fault, status=STATUS.get(outcome, 422))


def _count_refusal(asked: PollRow, kind: str) -> None:
    if not guard.counts_refusals():
        return
    came = {**guard.traffic().taken(asked.id), kind: 1}
    with platform().transaction() as session:
        count_traffic(session, asked.id, came, now=platform().now())
