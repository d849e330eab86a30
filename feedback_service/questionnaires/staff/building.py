"""The builder: the questions of a draft, added, changed, moved and taken out one by one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Fault, NotFound
from feedback_service.questionnaires import queries, service
from feedback_service.questionnaires.forms import PlaceForm, QuestionForm
from feedback_service.questionnaires.queries import ShownQuestion
from feedback_service.questionnaires.rules import Flaw, Kind, flaws, questions_of, spelled
from feedback_service.questionnaires.rules.drafting import Questions, checked, found, moved, put, seen, without
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.service.drafting import NO_DRAFT
from feedback_service.questionnaires.staff.blueprint import PAGE, staff
from feedback_service.questionnaires.staff.writing import KIND_NAMES, filled, offering, written
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files

LONG_LISTS = 2 * 1024 * 1024
"""Bytes of a form: ten thousand options are refused beside their field, with all that was typed, and by no bare 413."""


@dataclass(frozen=True)
class BuilderPage:
    """A draft: its facts, its questions, what still keeps it from being published."""

    draft: Wording
    number: int
    questions: tuple[ShownQuestion, ...]
    flaws: tuple[Flaw, ...]
    kinds: dict[Kind, str]
    seen: str

    def flaws_of(self, question_id: str) -> tuple[Flaw, ...]:
        """Return what is to be mended at one question."""
        return tuple(flaw for flaw in self.flaws if flaw.question == question_id)

    def place_of(self, question_id: str) -> int:
        """Return the number of a question, as people count."""
        return [question.id for question in self.questions].index(question_id) + 1


@dataclass(frozen=True)
class QuestionPage:
    """One question being written; `name` is None for a new one."""

    draft: Wording
    name: str | None
    kind: Kind
    kind_name: str
    form: QuestionForm
    faults: tuple[Fault, ...]

    @property
    def others(self) -> Questions:
        """The questions after which this one can be put."""
        return tuple(one for one in questions_of(self.draft.questions) if one.id != self.name)

    @property
    def place(self) -> int:
        """Where it stands, counted from 0."""
        return [one.id for one in questions_of(self.draft.questions)].index(self.name or "")

    @property
    def has_options(self) -> bool:
        """Whether it is answered by choosing from a list of our own."""
        return self.kind in (Kind.FACES, Kind.SINGLE, Kind.MULTIPLE)


@staff.get(f"{PAGE}/<questionnaire_id>/draft")
def draft(questionnaire_id: str) -> Response:
    """Show the builder."""
    known, number = drafted(questionnaire_id)
    questions = questions_of(known.questions)
    page = BuilderPage(
        known,
        number,
        queries.shown_questions(questions),
        flaws(questions, is_kiosk=known.kind == "kiosk"),
        dict(KIND_NAMES),
        seen(questions),
    )
    return pages.show("questionnaires/builder.html", page)


@staff.get(f"{PAGE}/<questionnaire_id>/draft/questions/new")
def new_question(questionnaire_id: str) -> Response:
    """Show the form of a new question of one kind."""
    known, _ = drafted(questionnaire_id)
    questions = questions_of(known.questions)
    kind = _kind(request.args.get("kind", Kind.SINGLE.value))
    form = offering(filled(None, kind, mark=seen(questions), last=questions[-1] if questions else None), questions)
    return _form_page(known, None, kind, form)


@staff.post(f"{PAGE}/<questionnaire_id>/draft/questions")
@takes_files(LONG_LISTS)
def add_question(questionnaire_id: str) -> AnyResponse:
    """Add a question at the end."""
    known, _ = drafted(questionnaire_id)
    kind = _kind(request.form.get("kind", ""))
    return _keep_question(known, None, kind)


@staff.get(f"{PAGE}/<questionnaire_id>/draft/questions/<question_id>")
def question(questionnaire_id: str, question_id: str) -> Response:
    """Show the form of a question."""
    known, _ = drafted(questionnaire_id)
    questions = questions_of(known.questions)
    asked = found(questions, question_id)
    form = offering(filled(asked, asked.kind, mark=seen(questions), last=None), _before(questions, question_id))
    return _form_page(known, question_id, asked.kind, form)


@staff.post(f"{PAGE}/<questionnaire_id>/draft/questions/<question_id>")
@takes_files(LONG_LISTS)
def change_question(questionnaire_id: str, question_id: str) -> AnyResponse:
    """Change a question."""
    known, _ = drafted(questionnaire_id)
    return _keep_question(known, question_id, found(questions_of(known.questions), question_id).kind)


@staff.post(f"{PAGE}/<questionnaire_id>/draft/questions/<question_id>/place")
def move_question(questionnaire_id: str, question_id: str) -> AnyResponse:
    """Move a question to another place."""
    form = PlaceForm()
    place = int(form.to.data) if form.validate() and form.to.data else 0
    rewritten(questionnaire_id, form.seen.data or "", lambda questions: moved(questions, question_id, to=place))
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/draft#question-{question_id}")


@staff.post(f"{PAGE}/<questionnaire_id>/draft/questions/<question_id>/removal")
def remove_question(questionnaire_id: str, question_id: str) -> AnyResponse:
    """Take a question out."""
    rewritten(questionnaire_id, PlaceForm().seen.data or "", lambda questions: without(questions, question_id))
    flash("The question is taken out of the draft.")
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/draft")


def drafted(questionnaire_id: str) -> tuple[Wording, int]:
    """Return the draft of a questionnaire and its number; raises NotFound."""
    with platform().reading() as session:
        known = queries.draft_of(session, questionnaire_id)
        found_draft = queries.wording(session, questionnaire_id, known.number) if known else None
    if known is None or found_draft is None:
        raise NotFound(NO_DRAFT)
    return found_draft, known.number


def rewritten(questionnaire_id: str, mark: str, change: Callable[[Questions], Questions]) -> None:
    """Change the questions of a draft, if they are still those that bear the mark; raises Conflict, NotFound."""
    running = platform()
    with running.transaction() as session:
        known = queries.draft_of(session, questionnaire_id)
        draft = queries.wording(session, questionnaire_id, known.number) if known else None
        if draft is None:
            raise NotFound(NO_DRAFT)
        questions = change(checked(questions_of(draft.questions), mark))
        after = replace(draft, questions=spelled(questions))
        service.rewrite(session, questionnaire_id, after, by=person().actor, now=running.now())


def _keep_question(known: Wording, name: str | None, kind: Kind) -> AnyResponse:
    questions = questions_of(known.questions)
    form = offering(QuestionForm(), _before(questions, name))
    if not form.validate():
        return _form_page(known, name, kind, form, 422)
    taken = {question.id for question in questions} - {name}
    asked = written(form, kind, name=name, taken=taken)
    if asked is None:
        return _form_page(known, name, kind, form, 422)
    rewritten(known.id, form.seen.data or "", lambda before: put(before, asked, instead_of=name))
    flash("The question is saved in the draft.")
    return pages.seen_at(f"{PAGE}/{known.id}/draft#question-{asked.id}")


def _before(questions: Questions, name: str | None) -> Questions:
    names = [question.id for question in questions]
    return questions if name is None else questions[: names.index(name)]


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise NotFound("There is no such kind of question.") from error


def _form_page(known: Wording, name: str | None, kind: Kind, form: QuestionForm, status: int = 200) -> Response:
    page = QuestionPage(known, name, kind, KIND_NAMES[kind], form, form.faults())
    return pages.show("questionnaires/question.html", page, status)
