"""Comparing two keyings at the desk: each difference is shown, a person settles it, and the pile is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from flask import Response, current_app, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import LOCAL_ZONE
from feedback_service.core.text import one_line
from feedback_service.questionnaires.rules import Question
from feedback_service.ratings.queries.papers import BatchRow
from feedback_service.ratings.rules import Channel, Given, Outcome, Place, Sent, Tier, with_words_apart
from feedback_service.ratings.rules.ballots import sealed
from feedback_service.ratings.rules.paper import BALLOT, State, said
from feedback_service.ratings.rules.settling import WHOLE, Difference, Said, Settled, differences, settlement
from feedback_service.ratings.service import RECEIVER, Arrival, receive
from feedback_service.ratings.service import papers as service
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.ratings.staff.piles import PAGE, Pile, pile
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

NOON = time(12, tzinfo=LOCAL_ZONE)
"""Of paper only the day is known; its middle stands for the moment."""


@dataclass(frozen=True)
class Shown:
    """One difference: its question (None for the code of the dossier, or the whole sheet), both as keys with words."""

    difference: Difference
    question: Question | None
    first: tuple[tuple[str, Mapping[str, str]], ...]
    second: tuple[tuple[str, Mapping[str, str]], ...]

    @property
    def is_whole(self) -> bool:
        """Whether one of the two keyed no such sheet."""
        return self.difference.name == WHOLE


@dataclass(frozen=True)
class ComparisonPage:
    """What two keyings differ in, and what was chosen so far, by field."""

    pile: Pile
    shown: tuple[Shown, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def fault_of(self, name: str) -> str:
        """Return what is wrong with a field, "" when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == name), "")


def compared(known: Pile, faults: Sequence[Fault] = (), status: int = 200) -> Response:
    """Show what two keyings differ in."""
    word = platform().translations.word
    said = tuple(Fault(fault.pointer, word(fault.message, language())) for fault in faults)
    shown = tuple(_shown(known, one) for one in differences(known.questions, known.pairs))
    page = ComparisonPage(known, shown, request.form if faults else {}, said)
    return pages.show("ratings/paper/comparison.html", page, status)


@staff.post(f"{PAGE}/<int:batch_id>/settlement")
def settle_batch(batch_id: int) -> AnyResponse:
    """Count the pile as it was settled, or show what is still open."""
    running = platform()
    with running.reading() as session:
        known = pile(session, batch_id)
    if known.line.batch.state is not State.COMPARING:
        return pages.seen_at(f"{PAGE}/{batch_id}")
    sheets, faults = settlement(known.questions, known.pairs, _said(known))
    if faults:
        return compared(known, faults, 422)
    differed = len(differences(known.questions, known.pairs))
    with running.transaction() as session:
        _store(session, known, sheets)
        service.finish(session, batch_id, len(sheets), differed, by=person().actor, now=running.now())
    flash("The pile is counted.")
    return pages.seen_at(f"{PAGE}/{batch_id}")


def _store(session: Session, known: Pile, sheets: Sequence[Settled]) -> None:
    row, now = known.line.batch, platform().now()
    place = Place(row.unit_id, row.counter_id, None, Channel(row.channel), Tier.WEB)
    sent = tuple(Sent({}, _given(row, known.questions, sheet, now)) for sheet in sheets)
    arrival = Arrival(None, place, sent, now, person().actor)
    (verdicts,) = current_app.extensions.get(RECEIVER, receive)(session, [arrival])
    refused = [verdict for verdict in verdicts if verdict.outcome is Outcome.REFUSED]
    if refused:
        raise Refused(refused[0].message)


def _given(row: BatchRow, questions: Sequence[Question], sheet: Settled, now: datetime) -> Given:
    answered_at = min(datetime.combine(row.answered_on, NOON), now)
    asked = (row.questionnaire_id, row.version, answered_at, "vi", sheet.keyed.answers)
    given = Given(sheet.id, None, *asked, ballot_hash=sheet.keyed.ballot or None)
    return with_words_apart(given, questions)


def _said(known: Pile) -> Said:
    found = differences(known.questions, known.pairs)
    typed_in = {one.field: request.form.get(f"o-{one.field}", "") for one in found}
    secret = platform().settings.lasting_key
    codes = {one.field: one_line(typed_in[one.field])[:200] for one in found if one.name == BALLOT}
    ballots = {name: sealed(secret, code) if code else "" for name, code in codes.items()}
    return Said({one.field: request.form.get(one.field, "") for one in found}, typed_in, ballots)


def _shown(known: Pile, one: Difference) -> Shown:
    question = next((asked for asked in known.questions if asked.id == one.name), None)
    first, second = (said(question, one.first), said(question, one.second)) if question else ((), ())
    return Shown(one, question, first, second)
