"""One sheet of questions on the portal: what it shows, what was answered, and how an answer is stored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask import Response, current_app, request
from sqlalchemy.orm import Session

from feedback_service.challenges import guard as challenges
from feedback_service.challenges.rules import (
    GUESSES,
    SAME_CODE_AGAIN,
    WHOLE_FORM,
    WORDS,
    Budget,
    Challenge,
    Ladder,
    Outcome,
)
from feedback_service.challenges.service import spend
from feedback_service.core.cells import NO_DAY
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.ids import new_id
from feedback_service.questionnaires.rules import Answer, Question, faults_in
from feedback_service.questionnaires.rules.asking import FIELD, Group, answers_in
from feedback_service.questionnaires.rules.questions import NO_DATE
from feedback_service.ratings.rules import COMMENT_LETTERS, Given, Place, Sent, Tier, with_words_apart
from feedback_service.ratings.rules import Outcome as Kept
from feedback_service.ratings.service import RECEIVER, Arrival, receive
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import language

STATUS = {Outcome.COUNTED: 409, Outcome.LIMITED: 429}
BUDGETS = {Budget.FULL: "30 per day", Budget.SMALL: "5 per day"}
"""Answers of one network to one sheet that count without a doubt; those after them are kept apart, never refused."""
TYPED = {NO_DATE: NO_DAY}
"""What is said otherwise on a page, where a day is written as people write it."""
TEMPLATE = "ratings/survey.html"


@dataclass(frozen=True)
class Sheet:
    """What is asked at one address: `form` names its challenges, `base` is where its pages stand, `via` the QR code."""

    form: str
    base: str
    action: str
    title: Mapping[str, str]
    questionnaire: str
    version: int
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    ladder: Ladder
    place: Place
    ballot_hash: str | None = None
    via: str = ""


@dataclass(frozen=True)
class SheetPage:
    """The page of a sheet; `given` is what was entered, by field; without a challenge it takes no answers."""

    sheet: Sheet
    challenge: Challenge | None
    submission_id: str
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    code: str = ""
    page: int = 1

    def fault_of(self, name: str) -> str:
        """Return what is wrong with a field, "" when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == name), "")


def fresh(sheet: Sheet, page: int) -> Response:
    """Show a sheet that nobody has begun."""
    return pages.show(TEMPLATE, SheetPage(sheet, challenges.fresh(sheet.form), str(new_id()), page=page))


def answered(sheet: Sheet, also: Callable[[Session, str], None]) -> Response | None:
    """Store an answer, or return the page again with all that was entered and what is wrong with it.

    `also` is done in the same transaction once the answer is stored; where it raises, nothing is.
    """
    if "another_code" in request.form:
        return again(sheet, challenges.fresh(sheet.form), status=200)
    answers = answers_in(sheet.questions, dict(request.form.lists()))
    faults = _faults(sheet, answers)
    if faults:
        return again(sheet, challenges.kept(sheet.form), *faults, status=422)
    outcome = _stored(sheet, answers, also)
    if outcome in (Outcome.PASSED, Outcome.REPEATED):
        return None
    challenge = challenges.kept(sheet.form) if outcome in SAME_CODE_AGAIN else challenges.fresh(sheet.form)
    fault = Fault("main" if outcome in WHOLE_FORM else "challenge_answer", WORDS[outcome])
    return again(sheet, challenge, fault, status=STATUS.get(outcome, 422))


def again(sheet: Sheet, challenge: Challenge | None, *faults: Fault, status: int) -> Response:
    """Show a sheet with everything that was entered."""
    word = platform().translations.word
    is_same = challenge is not None and challenge.token == request.form.get("form_token")
    page = SheetPage(
        sheet,
        challenge,
        _submission_id(),
        {name: tuple(values) for name, values in request.form.lists() if name.startswith(FIELD)},
        tuple(Fault(fault.pointer, word(fault.message, language())) for fault in faults),
        request.form.get("challenge_answer", "")[:20] if is_same else "",
    )
    response = pages.show(TEMPLATE, page, status)
    response.headers.update({"Retry-After": "600"} if status == 429 else {})
    return response


def _faults(sheet: Sheet, answers: Mapping[str, Answer]) -> tuple[Fault, ...]:
    found = list(faults_in(sheet.questions, answers))
    written = [name for name, text in answers.items() if isinstance(text, str)]
    if sum(len(str(answers[name])) + 2 for name in written) > COMMENT_LETTERS + 2:
        found.append(
            Fault(f"/answers/{written[-1]}", "All that you wrote together is too long: at most 2,000 letters.")
        )
    return tuple(
        Fault(FIELD + fault.pointer.removeprefix("/answers/"), TYPED.get(fault.message, fault.message))
        for fault in found
    )


def _stored(sheet: Sheet, answers: Mapping[str, Answer], also: Callable[[Session, str], None]) -> Outcome:
    attempt, now = challenges.attempt(sheet.form, sheet.ladder), platform().now()
    if attempt.outcome not in GUESSES:
        return attempt.outcome
    rating_id = _submission_id()
    given = Given(
        rating_id, None, sheet.questionnaire, sheet.version, now, language(), answers, ballot_hash=sheet.ballot_hash
    )
    told = with_words_apart(given, sheet.questions)
    arrival = Arrival(None, _place(sheet, attempt.budget), (Sent({}, told),), now)
    with platform().transaction() as session:
        outcome = spend(session, attempt, record_id=rating_id, now=now)
        if outcome is Outcome.PASSED:
            (verdict,) = current_app.extensions.get(RECEIVER, receive)(session, [arrival])[0]
            if verdict.outcome is Kept.REFUSED:
                raise Refused(verdict.message)
            also(session, rating_id)
    if outcome is Outcome.PASSED:
        challenges.passed(sheet.form)
    return outcome


def _place(sheet: Sheet, budget: Budget) -> Place:
    """Return where the answer is given; beyond what one network may send without a doubt its tier is another."""
    place = sheet.place
    if platform().limits.allows(f"answered {sheet.form}", network(), BUDGETS[budget]):
        return place
    return replace(place, tier=Tier.SUSPICIOUS)


def _submission_id() -> str:
    try:
        return str(UUID(request.form.get("submission_id", "")))
    except ValueError:
        return str(new_id())
