"""The form of a suggestion as it stands: shown again whenever something has to be mended, with all that was written."""

from dataclasses import dataclass

from flask import Response, request

from feedback_service.challenges import guard as challenges
from feedback_service.challenges.rules import SAME_CODE_AGAIN, WHOLE_FORM, WORDS, Challenge, Ladder, Outcome, form_of
from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.suggestions.forms.public import SuggestionForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.queries.places import Places, addressed
from feedback_service.suggestions.rules import law
from feedback_service.suggestions.rules.clock import Figures, days_words
from feedback_service.suggestions.rules.hands import TEXT_LETTERS, CleanFile
from feedback_service.suggestions.rules.kinds import Suspicion
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import problem_of

FORM = form_of("suggestion", "new")
LADDER = Ladder.CODE_AND_WORK
STATUS = {Outcome.COUNTED: 409, Outcome.LIMITED: 429}


@dataclass(frozen=True)
class FormPage:
    """The form, as it was filled in so far."""

    form: SuggestionForm
    places: Places
    challenge: Challenge
    faults: tuple[Fault, ...]
    suspicion: Suspicion | None
    files: tuple[CleanFile, ...]
    kept_files: str
    most_letters: int = TEXT_LETTERS

    @property
    def letters_left(self) -> int:
        """How many letters may still be written."""
        return self.most_letters - len(self.form.text.data or "")

    @property
    def figures(self) -> Figures:
        """The days of this office."""
        return self.places.figures

    @property
    def answer_time(self) -> Sentence:
        """How long an answer may take."""
        return days_words(self.figures, self.figures.answer)

    @property
    def ask_time(self) -> Sentence:
        """How long the office may take to ask back."""
        return days_words(self.figures, self.figures.ask or 0)

    def fault_of(self, pointer: str) -> str | None:
        """What is wrong with a field, None when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == pointer), None)


def opened(*, is_sent: bool) -> tuple[SuggestionForm, Places]:
    """Return the form with what it offers: as it was sent, or empty; raises NotFound before the office is set up."""
    with platform().reading() as session:
        found = addressed(session, on=local_day(platform().now()))
    form = SuggestionForm() if is_sent else SuggestionForm(formdata=None)
    form.unit.known = frozenset(str(unit_id) for unit_id, _name in found.units)
    form.counter.known = frozenset(str(counter.id) for counter in found.counters)
    form.draw_id()
    return form, found


def shown_again(
    form: SuggestionForm,
    found: Places,
    *faults: Fault,
    files: tuple[CleanFile, ...] = (),
    suspicion: Suspicion | None = None,
    challenge: Challenge | None = None,
    status: int = 422,
) -> Response:
    """Show the form again with what was written, what is wrong with it and the files that came along."""
    page = FormPage(
        form=form,
        places=found,
        challenge=challenge or challenges.kept(FORM),
        faults=tuple(Fault(fault.pointer, _word(fault.message)) for fault in faults),
        suspicion=suspicion,
        files=files,
        kept_files=attachments.keep(files),
    )
    return pages.show("suggestions/new.html", page, status)


def unready(form: SuggestionForm, found: Places, files: tuple[CleanFile, ...]) -> Response | None:
    """Return the page again when the form does not ask to be sent, or cannot be yet."""
    if "another_code" in request.form or attachments.is_dropping():
        return shown_again(form, found, files=files, challenge=challenges.fresh(FORM), status=200)
    if not form.validate():
        return shown_again(form, found, *form.faults(), files=files)
    suspicion = law.suspicion(form.text.data or "")
    if suspicion and not form.went_on.data:
        return shown_again(form, found, files=files, suspicion=suspicion)
    return None


def unproven(form: SuggestionForm, found: Places, files: tuple[CleanFile, ...], outcome: Outcome) -> Response:
    """Show the form again after an answer to the challenge that does not pass."""
    challenge = challenges.kept(FORM) if outcome in SAME_CODE_AGAIN else challenges.fresh(FORM)
    fault = Fault("form" if outcome in WHOLE_FORM else "challenge_answer", _word(WORDS[outcome]))
    status = STATUS.get(outcome, 422)
    response = shown_again(form, found, fault, files=files, challenge=challenge, status=status)
    if status == 429:
        response.headers["Retry-After"] = "600"
    return response


def refused(form: SuggestionForm, found: Places, refusal: DomainError, *, files: tuple[CleanFile, ...]) -> Response:
    """Show the form again with the words of a refusal."""
    problem = problem_of(refusal, platform().translations)
    faults = problem.faults or (Fault("form", problem.detail),)
    response = shown_again(form, found, *faults, files=files, status=problem.status)
    if problem.retry_seconds is not None:
        response.headers["Retry-After"] = str(problem.retry_seconds)
    return response


def _word(message: str) -> str:
    return platform().translations.word(message, language())
