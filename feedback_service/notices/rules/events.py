"""What may be told, to whom, and in which words; every sentence is a message id whose places are filled by facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from feedback_service.core.words import Sentence


class Event(StrEnum):
    """Everything that is told; the value is the type of the webhook and never changes."""

    RECEIVED = "suggestion.received"
    ASSIGNED = "suggestion.assigned"
    WAITING = "suggestion.waiting"
    REPLIED = "suggestion.replied"
    DUE_SOON = "suggestion.due-soon"
    OVERDUE = "suggestion.overdue"
    APPROVAL = "suggestion.approval"
    ANSWERED = "suggestion.answered"
    TABLET_SILENT = "kiosk.silent"
    INVITED = "ballot.invited"
    REPORT_MADE = "report.made"
    REPORT_FAILED = "report.failed"
    DIGEST = "digest.daily"
    TEST = "notice.test"


PERSONAL = frozenset({Event.ASSIGNED, Event.REPLIED, Event.DUE_SOON})
"""Told to the officer concerned, to mailboxes of the office and to systems, not to other officers."""
ADDRESSED = (Event.TEST, Event.INVITED, Event.REPORT_MADE, Event.REPORT_FAILED)
"""Told to one address that is known already."""
SUBSCRIBED = tuple(event for event in Event if event not in ADDRESSED)
"""What a target may ask for."""
EVENT_NAMES: Mapping[Event, str] = {
    Event.RECEIVED: "A suggestion has come in",
    Event.ASSIGNED: "A suggestion is given to somebody",
    Event.WAITING: "The sender is asked for more",
    Event.REPLIED: "The sender has written again",
    Event.DUE_SOON: "An answer is due soon",
    Event.OVERDUE: "An answer is overdue",
    Event.APPROVAL: "An answer waits for approval",
    Event.ANSWERED: "A suggestion is answered",
    Event.TABLET_SILENT: "A tablet is silent in opening hours",
    Event.INVITED: "A citizen is invited to rate a dossier",
    Event.REPORT_MADE: "A scheduled report is made",
    Event.REPORT_FAILED: "A scheduled report could not be made",
    Event.DIGEST: "Daily summary",
    Event.TEST: "Test message",
}
"""Message ids of the names as people read them."""


Fact = str | int | date | Sentence
"""What may fill a place in a sentence."""


@dataclass(frozen=True)
class Notice:
    """Something to tell. No name, text, address or code of a citizen may stand in `facts`.

    `unit_id` decides which targets are in reach; `account_id` is the officer concerned; `to_target` names one target
    alone; `to_citizen` tells the person behind `subject` too, by the address kept there; `path` is where to read more.
    `key` keeps the same thing from being told twice; before `not_before` nobody is told.
    """

    event: Event
    subject: tuple[str, str]
    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    unit_id: int | None = None
    account_id: int | None = None
    to_target: int | None = None
    to_citizen: bool = False
    language: str = "vi"
    key: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True)
class Wording:
    """A message as people read it: one subject, some sentences."""

    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A message in its words, without its envelope."""

    subject: str
    text: str


_OPEN = "Open it here: {url}"
STAFF: Mapping[Event, Wording] = {
    Event.RECEIVED: Wording(
        "Suggestion {number} has come in", ("{kind}, for {unit}.", "An answer is due on {due_on}.", _OPEN)
    ),
    Event.ASSIGNED: Wording(
        "Suggestion {number} is now yours", ("{kind}, for {unit}.", "An answer is due on {due_on}.", _OPEN)
    ),
    Event.WAITING: Wording("The sender of suggestion {number} was asked for more", ("The clock is paused.", _OPEN)),
    Event.REPLIED: Wording(
        "The sender of suggestion {number} has written again", ("An answer is due on {due_on}.", _OPEN)
    ),
    Event.DUE_SOON: Wording(
        "Suggestion {number} is due on {due_on}", ("{kind}, for {unit}.", "Working days left: {days}.", _OPEN)
    ),
    Event.OVERDUE: Wording(
        "Suggestion {number} is overdue since {due_on}", ("{kind}, for {unit}.", "Working days late: {days}.", _OPEN)
    ),
    Event.APPROVAL: Wording(
        "The answer to suggestion {number} waits for approval", ("An answer is due on {due_on}.", _OPEN)
    ),
    Event.ANSWERED: Wording("Suggestion {number} is answered", ("{kind}, for {unit}.", _OPEN)),
    Event.TABLET_SILENT: Wording(
        "{tablet} of {unit} is silent",
        (
            "It was last heard at {time} on {day}. Ratings that waited on it then: {queued}.",
            "Please check its charger and its network. Ratings that were not sent are still on it.",
            _OPEN,
        ),
    ),
    Event.DIGEST: Wording(
        "Suggestions of {unit} on {day}",
        (
            "New since yesterday: {new}",
            "Open: {open}",
            "Not given to anybody: {unassigned}",
            "Due within two working days: {soon}",
            "Overdue: {overdue}",
            "Head of the ledger of {closed_on}: {head}",
            _OPEN,
        ),
    ),
    Event.TEST: Wording(
        "A test message", ("This address receives the notices of this service. Nothing needs to be done.", _OPEN)
    ),
}
CITIZEN: Mapping[Event, Wording] = {
    Event.REPORT_MADE: Wording(
        "{form}, {first} to {last}",
        ("The report is attached. It was made by the software; its last page says where each number is from.", _OPEN),
    ),
    Event.REPORT_FAILED: Wording(
        "Could not be made: {form}, {first} to {last}", ("The reason: {problem}", "It can be run again: {url}")
    ),
    Event.INVITED: Wording(
        "How was your dossier handled? Please rate it here",
        (
            "It takes a few minutes, and your name is not asked for: {url}",
            "Each dossier counts once. For your safety this message does not name your dossier.",
        ),
    ),
    Event.WAITING: Wording(
        "The office has a question about your suggestion",
        (
            "To go on, the office needs to know a little more from you.",
            "Please open the tracking page and enter your tracking code: {url}",
            "For your safety this message does not repeat your suggestion or your code.",
        ),
    ),
    Event.ANSWERED: Wording(
        "Your suggestion has an answer",
        (
            "The office has answered. You can read the answer, rate it and write back.",
            "Please open the tracking page and enter your tracking code: {url}",
            "For your safety this message does not repeat your suggestion or your code.",
        ),
    ),
}


def letter(event: Event, facts: Mapping[str, object], *, to_citizen: bool, word: Callable[[str], str]) -> Letter:
    """Return the message about `event` in the language of `word`; a line break in a fact cannot leave its line."""
    wording = (CITIZEN if to_citizen else STAFF)[event]
    plain = {name: _fact(fact, word) for name, fact in facts.items()}
    lines = (word(line).format_map(plain) for line in wording.lines)
    return Letter(word(wording.subject).format_map(plain), "\n\n".join(lines) + "\n")


def kept(facts: Mapping[str, Fact]) -> dict[str, object]:
    """Return facts as JSON can say them: a day as {"day"}, a word to be translated as {"word"}."""
    return {name: _kept(fact) for name, fact in facts.items()}


def _kept(fact: Fact) -> object:
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    return {"word": fact.message} if isinstance(fact, Sentence) else fact


def _fact(fact: object, word: Callable[[str], str]) -> str:
    if isinstance(fact, dict):
        return f"{date.fromisoformat(fact['day']):%d/%m/%Y}" if "day" in fact else word(fact["word"])
    return " ".join(str(fact).split())
