"""Acts on questionnaires: publishing a version, and bringing in those that ship with the service."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Refused
from feedback_service.db import insert_once
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.queries import NAMES, PUBLISHED, VERSIONS, newest_number
from feedback_service.questionnaires.rules import flaws, questions_of

SYSTEM = "system"


@dataclass(frozen=True)
class Wording:
    """A questionnaire as somebody wrote it: what it is called, what it rests on, and its questions as JSON."""

    id: str
    kind: str
    title_vi: str
    title_en: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    is_unverified: bool
    questions: str


def load_builtin(session: Session, now: datetime) -> int:
    """Publish version 1 of every questionnaire that ships with the service; return how many were new."""
    new = [wording for wording in builtin() if newest_number(session, wording.id) == 0]
    for wording in new:
        publish(session, wording, actor=SYSTEM, now=now)
    return len(new)


def builtin() -> tuple[Wording, ...]:
    """Return the questionnaires that ship with the service."""
    return tuple(
        read(path.read_text(encoding="utf-8")) for path in sorted(own("questionnaires/builtin").glob("*.json"))
    )


def read(text: str) -> Wording:
    """Return a questionnaire from a JSON file in the shape of those in `builtin`."""
    written = json.loads(text)
    return Wording(
        id=written["id"],
        kind=written["kind"],
        title_vi=written["title"]["vi"],
        title_en=written["title"]["en"],
        legal_basis=written["legal_basis"],
        valid_from=date.fromisoformat(written["valid_from"]),
        valid_to=date.fromisoformat(written["valid_to"]) if written["valid_to"] else None,
        is_unverified=written["is_unverified"],
        questions=canonical(written["questions"]),
    )


def publish(session: Session, wording: Wording, *, actor: str, now: datetime) -> int:
    """Publish the next version of a questionnaire and return its number; raises Refused with every flaw."""
    found = flaws(questions_of(wording.questions))
    if found:
        raise Refused("This questionnaire cannot be published: {flaws}.", flaws="; ".join(found))
    name = {"id": wording.id, "title_vi": wording.title_vi, "title_en": wording.title_en, "kind": wording.kind}
    if insert_once(session, Questionnaire, [name], key=Questionnaire.id):
        digest = NAMES.digest(session, wording.id)
        note(session, Act("questionnaire.named", actor=actor, subject=(NAMES.kind, wording.id), digest=digest), now=now)
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
    _note_version(session, version_id, wording.id, number, actor=actor, now=now)
    return number


def _note_version(
    session: Session, version_id: int, questionnaire_id: str, number: int, *, actor: str, now: datetime
) -> None:
    act = Act(
        "questionnaire.published",
        actor=actor,
        subject=(VERSIONS.kind, version_id),
        digest=VERSIONS.digest(session, version_id),
        facts={"questionnaire": questionnaire_id, "number": number},
    )
    note(session, act, now=now)
