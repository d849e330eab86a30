"""Acts on drafts: beginning one, changing it, publishing it, and retiring what was published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.db import insert_once
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.queries import DRAFT, PUBLISHED, draft_of, newest_number, wording
from feedback_service.questionnaires.rules import flaws, questions_of
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.service.publishing import note_name, note_version

RETIRED = "retired"
NO_DRAFT = "There is no draft of this questionnaire."
TAKEN = "There is a questionnaire with this name for programs already. Please choose another."


def start(session: Session, written: Wording, *, by: str, now: datetime) -> None:
    """Begin a questionnaire with a first draft; raises Refused when its id is taken."""
    name = {"id": written.id, "title_vi": written.title_vi, "title_en": written.title_en, "kind": written.kind}
    if not insert_once(session, Questionnaire, [name], key=Questionnaire.id):
        raise Refused(TAKEN, faults=(Fault("id", TAKEN),))
    note_name(session, "questionnaire.named", written.id, by=by, now=now)
    _add_draft(session, written, by=by, now=now)


def take_in(session: Session, written: Wording, *, by: str, now: datetime) -> int:
    """Make a draft of a file: of a questionnaire that is not known yet, or a next version; return its number.

    Raises Conflict when there is a draft already, Refused when the known one is of another kind.
    """
    known = session.execute(select(Questionnaire.kind).where(Questionnaire.id == written.id)).scalar()
    if known is None:
        start(session, written, by=by, now=now)
        return 1
    if known != written.kind:
        raise Refused("A questionnaire of this name is of another kind. Please give the file another id.")
    _refuse_second(session, written.id)
    return _add_draft(session, written, by=by, now=now)


def begin_version(session: Session, questionnaire_id: str, *, by: str, now: datetime) -> int:
    """Begin the next version as a copy of the newest one; return its number; raises NotFound, Conflict."""
    newest = newest_number(session, questionnaire_id)
    source = wording(session, questionnaire_id, newest)
    if source is None:
        raise NotFound("There is no such questionnaire.")
    _refuse_second(session, questionnaire_id)
    return _add_draft(session, source, by=by, now=now)


def duplicate(session: Session, source: Wording, named: Mapping[str, str], *, by: str, now: datetime) -> None:
    """Begin another questionnaire with the same questions, under the id, kind and titles of `named`."""
    start(session, replace(source, **named), by=by, now=now)  # type: ignore[arg-type]  # every name is one of text


def rewrite(session: Session, questionnaire_id: str, written: Wording, *, by: str, now: datetime) -> None:
    """Put a wording in the place of the draft; raises NotFound. Titles change only before a first publication."""
    draft_id, number = _draft(session, questionnaire_id)
    values = _facts(written)
    session.execute(update(QuestionnaireVersion).where(QuestionnaireVersion.id == draft_id).values(values))
    told = {"questionnaire": questionnaire_id, "number": number}
    note_version(session, "questionnaire.rewritten", draft_id, told, by=by, now=now)
    if number == 1:
        titles = {"title_vi": written.title_vi, "title_en": written.title_en}
        session.execute(update(Questionnaire).where(Questionnaire.id == questionnaire_id).values(titles))
        note_name(session, "questionnaire.renamed", questionnaire_id, by=by, now=now)


def publish_draft(session: Session, questionnaire_id: str, *, by: str, now: datetime) -> int:
    """Publish the draft, from now on unchangeable; return its number; raises NotFound, Refused with every flaw."""
    draft_id, number = _draft(session, questionnaire_id)
    known = wording(session, questionnaire_id, number)
    assert known
    found = flaws(questions_of(known.questions), is_kiosk=known.kind == "kiosk")
    if found:
        raise Refused("This questionnaire cannot be published: {flaws}.", flaws="; ".join(map(str, found)))
    values = {"status": PUBLISHED, "published_at": now}
    session.execute(update(QuestionnaireVersion).where(QuestionnaireVersion.id == draft_id).values(values))
    told = {"questionnaire": questionnaire_id, "number": number}
    note_version(session, "questionnaire.published", draft_id, told, by=by, now=now)
    return number


def retire(session: Session, questionnaire_id: str, number: int, *, by: str, now: datetime) -> None:
    """Ask no longer by a published version; what was answered by it stays; raises NotFound, Conflict."""
    query = select(QuestionnaireVersion.id, QuestionnaireVersion.status).where(
        QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.number == number
    )
    known = session.execute(query).one_or_none()
    if known is None:
        raise NotFound("There is no such version of a questionnaire.")
    if known.status != PUBLISHED:
        raise Conflict("Only a published version can be retired.")
    change = update(QuestionnaireVersion).where(QuestionnaireVersion.id == known.id).values(status=RETIRED)
    session.execute(change)
    told = {"questionnaire": questionnaire_id, "number": number}
    note_version(session, "questionnaire.retired", known.id, told, by=by, now=now)


def _draft(session: Session, questionnaire_id: str) -> tuple[int, int]:
    found = draft_of(session, questionnaire_id)
    if found is None:
        raise NotFound(NO_DRAFT)
    return found.id, found.number


def _refuse_second(session: Session, questionnaire_id: str) -> None:
    if draft_of(session, questionnaire_id):
        raise Conflict("There is a draft already. Please finish it first.")


def _add_draft(session: Session, written: Wording, *, by: str, now: datetime) -> int:
    number = newest_number(session, written.id) + 1
    values = {"questionnaire_id": written.id, "number": number, "status": DRAFT, "published_at": None}
    added = insert(QuestionnaireVersion).values(**values, **_facts(written)).returning(QuestionnaireVersion.id)
    told = {"questionnaire": written.id, "number": number}
    note_version(session, "questionnaire.drafted", session.execute(added).scalar_one(), told, by=by, now=now)
    return number


def _facts(written: Wording) -> dict[str, object]:
    names = ("questions", "legal_basis", "valid_from", "valid_to", "is_unverified")
    return {name: getattr(written, name) for name in names}
