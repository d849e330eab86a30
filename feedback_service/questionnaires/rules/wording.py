"""A questionnaire as a file: our own JSON, read strictly and written so that reading it back gives the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Refused

KINDS = ("kiosk", "survey")


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


def read(content: bytes) -> Wording:
    """Return a questionnaire out of a JSON file whose shape is known to be right; raises Refused where it is no JSON.

    What people send is judged by `payloads.QuestionnaireFile` before.
    """
    try:
        written = json.loads(content)
    except (RecursionError, ValueError) as error:
        raise Refused("This file is not JSON.") from error
    return wording_of(written)


def wording_of(written: Mapping[str, object]) -> Wording:
    """Return a questionnaire out of the content of a file."""
    title, valid_to = written["title"], written["valid_to"]
    assert isinstance(title, Mapping)
    return Wording(
        id=str(written["id"]),
        kind=str(written["kind"]),
        title_vi=title["vi"],
        title_en=title.get("en", ""),
        legal_basis=str(written["legal_basis"]),
        valid_from=date.fromisoformat(str(written["valid_from"])),
        valid_to=date.fromisoformat(str(valid_to)) if valid_to else None,
        is_unverified=bool(written["is_unverified"]),
        questions=canonical(written["questions"]),
    )


def file_of(wording: Wording) -> bytes:
    """Return the JSON file of a questionnaire, spread over lines for people who compare files."""
    told = {
        "id": wording.id,
        "kind": wording.kind,
        "title": {"vi": wording.title_vi, "en": wording.title_en},
        "legal_basis": wording.legal_basis,
        "valid_from": wording.valid_from.isoformat(),
        "valid_to": wording.valid_to.isoformat() if wording.valid_to else None,
        "is_unverified": wording.is_unverified,
        "questions": json.loads(wording.questions),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
