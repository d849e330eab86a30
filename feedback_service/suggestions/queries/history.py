"""The history of a suggestion in words, with the names that its steps speak of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.core.words import Sentence
from feedback_service.suggestions.queries.case import FileRow, StepRow
from feedback_service.suggestions.rules.telling import named, told
from feedback_service.units import queries as units


@dataclass(frozen=True)
class HistoryLine:
    """One step: what happened, who did it (empty for citizens and the service), what was said."""

    number: int
    act: str
    at: datetime
    words: Sentence
    by: str
    is_citizen: bool
    is_shown: bool
    text: str
    files: tuple[FileRow, ...]


def history(session: Session, steps: Iterable[StepRow]) -> tuple[HistoryLine, ...]:
    """Return steps in words, the newest first."""
    found = list(steps)
    wanted = {one for step in found for one in named(step.act, step.facts)}
    people = accounts.full_names(session, [number for kind, number in wanted if kind == "account"])
    places = units.names(session, [number for kind, number in wanted if kind == "unit"])
    names = {("account", number): name for number, name in people.items()}
    names |= {("unit", number): name for number, name in places.items()}
    return tuple(
        HistoryLine(
            number=step.number,
            act=step.act,
            at=step.at,
            words=told(step.act, step.facts, names),
            by=step.account_name,
            is_citizen=step.actor == "public",
            is_shown=step.is_shown,
            text=step.text,
            files=step.files,
        )
        for step in reversed(found)
    )
