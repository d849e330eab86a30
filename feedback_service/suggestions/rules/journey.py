"""Where a suggestion stands in the words of its sender, and the way it goes."""

from dataclasses import dataclass
from datetime import date

from feedback_service.core.words import Sentence
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.rules.steps import Act

ERASED = "Your data were erased"
ANSWERED = "Answered; please rate the answer"
_HEADINGS = {
    State.RECEIVED: "We have received it",
    State.ASSIGNED: "Somebody is working on it",
    State.TRANSFERRED: "It was handed over to another unit",
    State.ASKED: "We have a question for you",
    State.EXPLAINED: "Somebody is working on it",
    State.ANSWERED: "The answer is written and is being checked",
    State.APPROVED: ANSWERED,
    State.PUBLISHED: ANSWERED,
    State.REFUSED: "It was not taken up; the reason stands below",
    State.MERGED: "It is answered together with another one about the same matter",
    State.REOPENED: "It is being looked at again",
    State.CLOSED: "It is closed",
}
_STOPS = {
    Act.RECEIVE: "Received",
    Act.ASSIGN: "Assigned",
    Act.TRANSFER: "Handed over to another unit",
    Act.ASK: "A question to you",
    Act.ANSWER: "Answered",
    Act.PUBLISH: "Published",
    Act.REFUSE: "Not taken up",
    Act.MERGE: "Answered together with another one",
    Act.REOPEN: "Looked at again",
    Act.CLOSE: "Closed",
    Act.ERASE: "Your data erased",
}


@dataclass(frozen=True)
class Progress:
    """What the way of a suggestion is told from: the steps that its sender sees, each with its day."""

    state: State
    is_answered: bool
    is_public_wished: bool
    steps: tuple[tuple[Act, date], ...]
    paused_days: int
    is_paused: bool
    due_on: date
    publish_by: date | None


@dataclass(frozen=True)
class Stop:
    """One stop: `name` is a message id; `on` is the day it was reached, None when it lies ahead."""

    name: str
    on: date | None
    is_here: bool = False
    hint: Sentence | None = None


def heading(state: State, *, is_answered: bool, is_erased: bool) -> str:
    """Return where a suggestion stands, as its sender is told."""
    if is_erased:
        return ERASED
    return ANSWERED if is_answered and state is not State.REOPENED else _HEADINGS[state]


def journey(progress: Progress) -> tuple[Stop, ...]:
    """Return the stops that were reached, the one where it is now, and those ahead with their latest day."""
    reached = [Stop(_STOPS[act], on, hint=_hint(act, progress)) for act, on in progress.steps if act in _STOPS]
    last = len(reached) - 1
    stops = [Stop(stop.name, stop.on, place == last, stop.hint) for place, stop in enumerate(reached)]
    return (*stops, *_ahead(progress))


def _ahead(progress: Progress) -> tuple[Stop, ...]:
    ahead: list[Stop] = []
    is_over = progress.state in (State.REFUSED, State.MERGED, State.CLOSED)
    if not progress.is_answered and not is_over:
        ahead.append(Stop("Answered", None, hint=Sentence("At the latest on {day}", {"day": progress.due_on})))
    if progress.is_public_wished and progress.state is not State.PUBLISHED and not is_over:
        latest = Sentence("At the latest on {day}", {"day": progress.publish_by}) if progress.publish_by else None
        ahead.append(Stop("Published", None, hint=latest))
    return tuple(ahead)


def _hint(act: Act, progress: Progress) -> Sentence | None:
    if act is not Act.ASK:
        return None
    if progress.is_paused:
        return Sentence("The clock stands still until your answer")
    if not progress.paused_days:
        return None
    days = progress.paused_days
    return Sentence(
        "The clock stood still for {days} days" if days > 1 else "The clock stood still for 1 day", {"days": days}
    )
