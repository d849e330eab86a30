"""What a questionnaire asked, as reports need it: its faces, and the choices that follow low or high answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback_service.reports.rules.satisfaction import LOW_UP_TO, SATISFIED_FROM, Scale


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with options to tick: `after` is the kind of answer that leads to it; texts by option and language."""

    id: str
    after: str
    options: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Asked:
    """One version of a questionnaire: its first faces question with its scale, and its choices."""

    version_id: int
    faces: str
    scale: Scale
    choices: tuple[ChoiceQuestion, ...]


LOW, HIGH, ANY = "low", "high", "any"


def asked(version_id: int, questions: str) -> Asked | None:
    """Return what a version asked, None when it has no faces of three or five levels."""
    known: Sequence[Any] = json.loads(questions)
    faces = next((question for question in known if question["kind"] == "faces"), None)
    if faces is None or len(faces["options"]) not in tuple(Scale):
        return None
    scale = Scale(len(faces["options"]))
    ticked = [question for question in known if question["kind"] in ("single", "multiple")]
    choices = tuple(
        ChoiceQuestion(
            question["id"],
            _after(question.get("show_if"), faces["id"], scale),
            {str(option["value"]): option["text"] for option in question["options"]},
        )
        for question in ticked
    )
    return Asked(version_id, faces["id"], scale, choices)


def _after(condition: Any, faces: str, scale: Scale) -> str:
    if not condition or condition["question"] != faces:
        return ANY
    levels = [int(value) for value in condition["in"]]
    if max(levels) <= LOW_UP_TO[scale]:
        return LOW
    return HIGH if min(levels) >= SATISFIED_FROM[scale] else ANY
