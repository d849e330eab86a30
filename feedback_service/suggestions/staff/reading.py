"""What is read beside one suggestion: marks in its text, its history in words, those like it, drafts, neighbours."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.period import local_day
from feedback_service.suggestions import queries
from feedback_service.suggestions.queries import Case, Like
from feedback_service.suggestions.queries.desk import Draft, Template
from feedback_service.suggestions.queries.history import HistoryLine, history
from feedback_service.suggestions.rules.profanity import held
from feedback_service.suggestions.rules.words import has_hidden_letters
from feedback_service.suggestions.staff.marks import Marked, marked
from feedback_service.suggestions.staff.offers import sight
from feedback_service.web.context import platform


@dataclass(frozen=True)
class Reading:
    """What is read beside the case itself."""

    marks: Marked
    held: tuple[str, ...]
    has_hidden_letters: bool
    similar: tuple[Like, ...]
    history: tuple[HistoryLine, ...]
    changed: tuple[HistoryLine, ...]
    """What others have done since the page was opened, when that stood in the way."""
    templates: tuple[Template, ...]
    draft: Draft | None
    before_id: int | None
    after_id: int | None


def reading(session: Session, known: Case, *, seen: int) -> Reading:
    """Return what belongs beside a case; `seen` is the version that was on the screen before."""
    person, today = guard.staff(), local_day(platform().now())
    lines = history(session, known.steps)
    before, after = queries.neighbours(session, queries.Filters(scope=sight()), known.row.id, today=today)
    return Reading(
        marks=marked(known.shown_text),
        held=tuple(dict.fromkeys(found.words for found in held(known.shown_text))),
        has_hidden_letters=has_hidden_letters(known.original),
        similar=queries.similar(session, known.row.id, scope=sight(), today=today),
        history=lines,
        changed=tuple(line for line in lines if line.number > seen),
        templates=queries.templates(session, known.unit_id),
        draft=queries.draft(session, known.row.id, person.id),
        before_id=before,
        after_id=after,
    )
