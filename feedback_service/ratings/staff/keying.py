"""Keying sheets at the desk: row by row, from the keyboard alone, once and then again by another person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Conflict, Fault, Forbidden
from feedback_service.core.text import one_line
from feedback_service.questionnaires.rules import Question
from feedback_service.questionnaires.rules.asking import FIELD
from feedback_service.ratings.rules.ballots import sealed
from feedback_service.ratings.rules.paper import BALLOT, Keyed, Pair, State, keyed_in, keys_of, typed
from feedback_service.ratings.service import papers as service
from feedback_service.ratings.staff import settling
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.ratings.staff.piles import PAGE, Line, Pile, pile
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class PilePage:
    """A pile that this person has nothing to key of."""

    line: Line


@dataclass(frozen=True)
class KeyingPage:
    """The row that is being keyed, and the rows that this person has keyed; `given` is what was typed, by field."""

    pile: Pile
    number: int
    given: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def keyed(self) -> tuple[tuple[Pair, Keyed], ...]:
        """The sheets that this person has keyed, the last one first."""
        own = ((pair, self.pile.own(pair)) for pair in reversed(self.pile.pairs))
        return tuple((pair, keyed) for pair, keyed in own if keyed)

    def keys(self, question: Question) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """Return what is typed for each answer."""
        return keys_of(question)

    def typed(self, question: Question, keyed: Keyed) -> str:
        """Return what was typed for a question of a keyed sheet."""
        return typed(question, keyed.part(question.id))

    def fault_of(self, name: str) -> str:
        """Return what is wrong with a field, "" when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == name), "")


@staff.get(f"{PAGE}/<int:batch_id>")
def paper_batch(batch_id: int) -> Response:
    """Show what is to be done with a pile: key its next sheet, settle what differs, or nothing."""
    with platform().reading() as session:
        known = pile(session, batch_id)
    if known.line.batch.state is State.COMPARING:
        return settling.compared(known)
    if not known.is_mine:
        return pages.show("ratings/paper/pile.html", PilePage(known.line))
    return pages.show("ratings/paper/keying.html", _row(known, request.args.get("sheet", 0, int)))


@staff.post(f"{PAGE}/<int:batch_id>/sheets")
def key_sheet(batch_id: int) -> AnyResponse:
    """Keep one sheet and show the next row, or say what to mend."""
    number, running = request.form.get("number", 0, int), platform()
    with running.reading() as session:
        known = pile(session, batch_id)
    if "remove" in request.form:
        with running.transaction() as session:
            service.take_sheet_back(session, batch_id, number, by=person().actor, now=running.now())
        return pages.seen_at(f"{PAGE}/{batch_id}")
    keyed, faults = keyed_in(known.questions, request.form, _ballot())
    if faults:
        return _again(known, number, *faults)
    try:
        with running.transaction() as session:
            service.key_sheet(session, batch_id, number, keyed, by=person().actor, now=running.now())
    except (Conflict, Forbidden) as refusal:
        return _again(known, number, Fault("main", refusal.message), status=409)
    return pages.seen_at(f"{PAGE}/{batch_id}")


@staff.post(f"{PAGE}/<int:batch_id>/ends")
def end_keying(batch_id: int) -> AnyResponse:
    """Say that every sheet of the pile is keyed."""
    running = platform()
    with running.reading() as session:
        is_first = pile(session, batch_id).line.batch.state is State.KEYING
    with running.transaction() as session:
        service.end_keying(session, batch_id, by=person().actor, now=running.now())
    flash("The first keying is done. Now somebody else keys the same sheets." if is_first else COMPARED)
    return pages.seen_at(f"{PAGE}/{batch_id}")


COMPARED = "Both keyings are done and compared."


def _row(known: Pile, wanted: int) -> KeyingPage:
    own = {pair.number: known.own(pair) for pair in known.pairs}
    keyed = own.get(wanted)
    if keyed is None:
        free = (number for number in range(1, len(own) + 2) if own.get(number) is None)
        return KeyingPage(known, next(free))
    given = {FIELD + question.id: typed(question, keyed.part(question.id)) for question in known.questions}
    return KeyingPage(known, wanted, given)


def _again(known: Pile, number: int, *faults: Fault, status: int = 422) -> Response:
    word = platform().translations.word
    said = tuple(Fault(fault.pointer, word(fault.message, language())) for fault in faults)
    given = {name: text for name, text in request.form.items() if name.startswith(FIELD) or name == BALLOT}
    return pages.show("ratings/paper/keying.html", KeyingPage(known, number, given, said), status)


def _ballot() -> str:
    code = one_line(request.form.get(BALLOT, ""))[:200]
    return sealed(platform().settings.lasting_key, code) if code else ""
