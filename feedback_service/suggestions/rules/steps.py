"""The table of allowed steps: which act may follow in which state, and why some are shut (product M2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from feedback_service.core.words import Sentence
from feedback_service.suggestions.rules.kinds import OPEN_STATES, Refusal, State


class Act(StrEnum):
    """What can be done with a suggestion."""

    RECEIVE = "receive"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    ASK = "ask"
    REPLY = "reply"
    ADD = "add"
    EXPLAIN = "explain"
    ANSWER = "answer"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    SHOW = "show"
    REFUSE = "refuse"
    MERGE = "merge"
    SEPARATE = "separate"
    REOPEN = "reopen"
    CLOSE = "close"
    EXTEND = "extend"
    ESCALATE = "escalate"
    NOTE = "note"
    MASK = "mask"
    CLASSIFY = "classify"
    RATE = "rate"
    ERASE = "erase"
    RESCHEDULE = "reschedule"
    UNDO = "undo"


_WORK: Mapping[Act, State] = {
    Act.ASSIGN: State.ASSIGNED,
    Act.TRANSFER: State.TRANSFERRED,
    Act.ASK: State.ASKED,
    Act.EXPLAIN: State.EXPLAINED,
    Act.ANSWER: State.ANSWERED,
    Act.REFUSE: State.REFUSED,
    Act.MERGE: State.MERGED,
    Act.CLOSE: State.CLOSED,
}
_AFTER_ANSWER: Mapping[Act, State] = {
    Act.PUBLISH: State.PUBLISHED,
    Act.REOPEN: State.REOPENED,
    Act.CLOSE: State.CLOSED,
}
STEPS: Mapping[State, Mapping[Act, State]] = {
    State.RECEIVED: _WORK,
    State.TRANSFERRED: _WORK,
    State.REOPENED: _WORK,
    State.ASSIGNED: _WORK,
    State.EXPLAINED: {**_WORK, Act.ASSIGN: State.EXPLAINED},
    State.ASKED: {**_WORK, Act.ASSIGN: State.ASKED, Act.EXPLAIN: State.ASKED, Act.REPLY: State.ASSIGNED},
    State.ANSWERED: {
        **_AFTER_ANSWER,
        Act.ANSWER: State.ANSWERED,
        Act.SEND_BACK: State.ASSIGNED,
        Act.APPROVE: State.APPROVED,
    },
    State.APPROVED: _AFTER_ANSWER,
    State.PUBLISHED: {Act.WITHDRAW: State.CLOSED, Act.PUBLISH: State.PUBLISHED, Act.REOPEN: State.REOPENED},
    State.REFUSED: {Act.REOPEN: State.REOPENED},
    State.MERGED: {Act.SEPARATE: State.ASSIGNED},
    State.CLOSED: {Act.REOPEN: State.REOPENED, Act.PUBLISH: State.PUBLISHED},
}
"""Which act leads from which state to which; what is missing here cannot be done."""
UNMOVED = frozenset(
    {
        *(Act.ADD, Act.HIDE, Act.SHOW, Act.ESCALATE, Act.NOTE, Act.MASK, Act.CLASSIFY),
        *(Act.EXTEND, Act.RATE, Act.ERASE, Act.RESCHEDULE, Act.UNDO),
    }
)
"""Acts that leave the state as it is."""
DESK_ACTS = (
    *(Act.ANSWER, Act.APPROVE, Act.SEND_BACK, Act.PUBLISH, Act.ASK, Act.EXPLAIN, Act.ASSIGN, Act.TRANSFER),
    *(Act.EXTEND, Act.REFUSE, Act.MERGE, Act.SEPARATE, Act.WITHDRAW, Act.HIDE, Act.SHOW, Act.REOPEN, Act.CLOSE),
)
"""What the desk offers, the main act first."""
LEGAL_REFUSALS = frozenset({Refusal.COMPLAINT, Refusal.DENUNCIATION})
"""Reasons that hold whenever they are found: the law gives these matters a way of their own."""


@dataclass(frozen=True)
class Standing:
    """What decides which steps are open."""

    state: State
    is_hidden: bool
    is_held: bool
    is_public_wished: bool
    is_answered: bool
    """The answer has reached the citizen."""
    is_published: bool
    is_erased: bool
    needs_approval: bool
    answered_by: int | None
    """The account that wrote the last answer."""
    refuse_by: date | None
    extra_days: int
    """How many days more the clock may be given."""


@dataclass(frozen=True)
class NextStep:
    """An act that the state allows; `obstacle` says why it is shut for now, None when it is open."""

    act: Act
    obstacle: Sentence | None = None


def after(state: State, act: Act) -> State | None:
    """Return the state that an act leads to, None when it cannot be done."""
    if act in UNMOVED:
        return state
    return STEPS[state].get(act)


def is_open(state: State, *, is_answered: bool) -> bool:
    """Say whether the office still owes the citizen something."""
    return state in OPEN_STATES and not (state is State.ANSWERED and is_answered)


def next_steps(standing: Standing, *, account_id: int, today: date) -> tuple[NextStep, ...]:
    """Return what this account may do now, the main act first; what is shut says why."""
    offered = (act for act in DESK_ACTS if is_offered(standing, act))
    return tuple(NextStep(act, obstacle(standing, act, account_id=account_id, today=today)) for act in offered)


def is_offered(standing: Standing, act: Act) -> bool:
    """Say whether an act makes sense at all where the suggestion stands."""
    if after(standing.state, act) is None or standing.is_erased:
        return False
    offered = _OFFERED.get(act)
    return offered is None or offered(standing)


def obstacle(standing: Standing, act: Act, *, account_id: int | None, today: date) -> Sentence | None:
    """Return why an act that is offered is shut for this account today, None when it is open."""
    if act is Act.APPROVE and standing.answered_by == account_id:
        return Sentence("Somebody other than the writer approves the answer.")
    if act is Act.PUBLISH:
        return _publication_obstacle(standing)
    if act is Act.EXTEND and not standing.extra_days:
        return Sentence("The rules of this office allow no more days.")
    if act is Act.REFUSE and is_late_refusal(standing.refuse_by, today):
        return Sentence("Only a complaint or denunciation in law can be refused now: the days for refusing are over.")
    return None


def is_late_refusal(refuse_by: date | None, today: date) -> bool:
    """Say whether the days for a refusal are over."""
    return refuse_by is not None and today > refuse_by


def refusals(refuse_by: date | None, today: date) -> tuple[Refusal, ...]:
    """Return the reasons that may be given today."""
    late = is_late_refusal(refuse_by, today)
    return tuple(reason for reason in Refusal if not late or reason in LEGAL_REFUSALS)


def _publication_obstacle(standing: Standing) -> Sentence | None:
    if not standing.is_answered:
        return Sentence("The answer is published after it was approved.")
    if not standing.is_public_wished:
        return Sentence("The sender did not agree to publication.")
    if standing.is_hidden:
        return Sentence("It is hidden. Show it again first.")
    if standing.is_held:
        return Sentence("Its words are held for review. Mask the text first.")
    return None


_OFFERED: Mapping[Act, Callable[[Standing], bool]] = {
    Act.APPROVE: lambda standing: standing.needs_approval,
    Act.SEND_BACK: lambda standing: not standing.is_answered,
    Act.CLOSE: lambda standing: standing.is_answered or standing.state in OPEN_STATES - {State.ANSWERED},
    Act.HIDE: lambda standing: not standing.is_hidden,
    Act.SHOW: lambda standing: standing.is_hidden,
    Act.EXTEND: lambda standing: standing.state in OPEN_STATES and not standing.is_answered,
    Act.REOPEN: lambda standing: standing.state is not State.ANSWERED or standing.is_answered,
    Act.ANSWER: lambda standing: standing.state is not State.ANSWERED or not standing.is_answered,
}
"""Acts that the state alone does not decide."""
