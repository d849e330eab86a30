"""Acts on questionnaires: publishing a version, and bringing in those that ship with the service."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.errors import Refused
from feedback_service.db import insert_once
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.queries import NAMES, PUBLISHED, VERSIONS, newest_number
from feedback_service.questionnaires.rules import flaws, questions_of
from feedback_service.questionnaires.rules.wording import Wording, read

SYSTEM = "system"


def load_builtin(session: Session, now: datetime) -> int:
    """Publish version 1 of every questionnaire that ships with the service; return how many were new."""
    new = [wording for wording in builtin() if newest_number(session, wording.id) == 0]
    for wording in new:
        publish(session, wording, actor=SYSTEM, now=now)
    return len(new)


def builtin() -> tuple[Wording, ...]:
    """Return the questionnaires that ship with the service."""
    return tuple(read(path.read_bytes()) for path in sorted(own("questionnaires/builtin").glob("*.json")))


def publish(session: Session, wording: Wording, *, actor: str, now: datetime) -> int:
    """Publish the next version of a questionnaire and return its number; raises Refused with every flaw."""
    found = flaws(questions_of(wording.questions), is_kiosk=wording.kind == "kiosk")
    if found:
        raise Refused("This questionnaire cannot be published: {flaws}.", flaws="; ".join(map(str, found)))
    name = {"id": wording.id, "title_vi": wording.title_vi, "title_en": wording.title_en, "kind": wording.kind}
    if insert_once(session, Questionnaire, [name], key=Questionnaire.id):
        note_name(session, "questionnaire.named", wording.id, by=actor, now=now)
    number = newest_number(session, wording.id) + 1
    version_id = session.execute(
        insert(QuestionnaireVersion)
        .values(
            questionnaire_id=wording.id,
            number=number,
            status=PUBLISHED,
            questions=wording.questions,
            legal_basis=wording.legal_basis,
            valid_from=wording.valid_from,
            valid_to=wording.valid_to,
            is_unverified=wording.is_unverified,
            published_at=now,
        )
        .returning(QuestionnaireVersion.id)
    ).scalar_one()
    told = {"questionnaire": wording.id, "number": number}
    note_version(session, "questionnaire.published", version_id, told, by=actor, now=now)
    return number


def note_version(
    session: Session, act: str, version_id: int, facts: Mapping[str, object], *, by: str, now: datetime
) -> None:
    """Note in the ledger how a version stands after an act."""
    digest = VERSIONS.digest(session, version_id)
    note(session, Act(act, actor=by, subject=(VERSIONS.kind, version_id), digest=digest, facts=dict(facts)), now=now)


def note_name(session: Session, act: str, questionnaire_id: str, *, by: str, now: datetime) -> None:
    """Note in the ledger how a questionnaire is called."""
    digest = NAMES.digest(session, questionnaire_id)
    note(session, Act(act, actor=by, subject=(NAMES.kind, questionnaire_id), digest=digest), now=now)
