"""When one may vote, what may be chosen, whose vote is in doubt, who sees the counts, what may still change. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedback_service.challenges.rules import Budget, Ladder
from feedback_service.core.errors import Fault
from feedback_service.core.text import folded

FEWEST_OPTIONS = 2
MOST_OPTIONS = 20
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LETTERS = 80
QUESTION_LETTERS = 300
NOTE_LETTERS = 600
OPTION_LETTERS = 200
_WHOLE = re.compile(r"[0-9]{1,9}")


class Kind(StrEnum):
    """How many options one vote may name."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Status(StrEnum):
    """What the office has decided about a poll."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class ResultsShown(StrEnum):
    """When citizens see the counts."""

    ALWAYS = "always"
    AFTER_VOTE = "after-vote"
    AFTER_CLOSE = "after-close"


class Tier(StrEnum):
    """Whether a vote counts without a doubt; none is ever left out of the published total."""

    CLEAN = "clean"
    SUSPICIOUS = "suspicious"


class Doubt(StrEnum):
    """Why a vote was in doubt when it came."""

    BUDGET = "budget"
    """Its network had sent more on this day than one network's budget."""
    BROWSER = "browser"
    """The same browser had voted before."""


class Channel(StrEnum):
    """Where a vote was cast."""

    SITE = "site"
    EMBED = "embed"


class Phase(StrEnum):
    """How a poll stands at a moment, as citizens see it."""

    DRAFT = "draft"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


CLEAN_VOTES: Mapping[Budget, int] = {Budget.FULL: 5, Budget.SMALL: 2}
"""Of one network on one poll in a day; later ones are stored as suspicious, never refused (security.md 2.4)."""
STEPS: Mapping[Phase, Status] = {
    Phase.DRAFT: Status.OPEN,
    Phase.WAITING: Status.CLOSED,
    Phase.OPEN: Status.CLOSED,
    Phase.CLOSED: Status.ARCHIVED,
}
"""The one step that may follow; a poll goes one way, and nothing follows the archive."""
RUNNING = frozenset({Phase.WAITING, Phase.OPEN})
"""While it runs, only its closing time and who sees the counts may change: citizens have read the rest."""


KIND_NAMES = {Kind.SINGLE: "One answer", Kind.MULTIPLE: "Several answers"}
LADDER_NAMES = {
    Ladder.CODE_AND_WORK: "Code, and a check by the device (recommended)",
    Ladder.WORK: "Only a check by the device; without JavaScript the code",
    Ladder.CODE: "Only the code",
}
SHOWN_NAMES = {
    ResultsShown.ALWAYS: "Always, to everybody",
    ResultsShown.AFTER_VOTE: "To whoever has voted; to everybody after the closing",
    ResultsShown.AFTER_CLOSE: "To everybody, only after the closing",
}
"""Message ids of the names as people read them."""


@dataclass(frozen=True)
class Words:
    """A text in Vietnamese and, where somebody has written it, in English."""

    vi: str
    en: str = ""

    def said_in(self, language: str) -> str:
        """Return the text in `language`, in Vietnamese when it does not exist."""
        return self.en if language == "en" and self.en else self.vi


@dataclass(frozen=True)
class Draft:
    """A poll as somebody wrote it down; `closes_at` None leaves it open until it is closed by hand."""

    slug: str
    unit_id: int
    question: Words
    note: Words
    options: tuple[Words, ...]
    kind: Kind
    most_choices: int
    opens_at: datetime
    closes_at: datetime | None
    ladder: Ladder
    results_shown: ResultsShown


def phase_of(status: Status, opens_at: datetime, closes_at: datetime | None, now: datetime) -> Phase:
    """Return how a poll stands: an open one waits before its first moment and is closed from its last one on."""
    if status is not Status.OPEN:
        return Phase(status.value)
    if now < opens_at:
        return Phase.WAITING
    return Phase.CLOSED if closes_at is not None and now >= closes_at else Phase.OPEN


def may_see_results(shown: ResultsShown, phase: Phase, *, has_voted: bool) -> bool:
    """Say whether counts may be shown to a citizen; before a poll has begun there is nothing to see."""
    if phase in (Phase.DRAFT, Phase.WAITING):
        return False
    if phase in (Phase.CLOSED, Phase.ARCHIVED) or shown is ResultsShown.ALWAYS:
        return True
    return shown is ResultsShown.AFTER_VOTE and has_voted


def chosen_of(values: Sequence[str], known: Sequence[int]) -> tuple[int, ...]:
    """Return the options among `known` that a form names, in its order, repeated ones too: what to keep on the page."""
    numbers = (int(value) for value in values if _WHOLE.fullmatch(value))
    return tuple(number for number in numbers if number in known)


def doubt_of(rank: int, budget: Budget, *, has_voted: bool) -> Doubt | None:
    """Return why the `rank`-th vote of a network on a day is in doubt, None when it counts without one."""
    if has_voted:
        return Doubt.BROWSER
    return Doubt.BUDGET if rank > CLEAN_VOTES[budget] else None


def flaw_of_choice(values: Sequence[str], known: Sequence[int], most: int) -> str | None:
    """Return the message id of what is wrong with a choice, None when it is a vote."""
    chosen = chosen_of(values, known)
    if not values:
        return "Please choose an answer first."
    if len(chosen) < len(values):
        return "Please choose among the answers on this page."
    if len(set(chosen)) < len(chosen):
        return "Each answer can be chosen once."
    if len(chosen) > most:
        return "More answers are chosen than one vote may name."
    return None


def slug_of(question: str) -> str:
    """Return an address made of a question: letters without marks, words joined by dashes, whole words only."""
    words = re.findall(r"[a-z0-9]+", folded(question))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:SLUG_LETTERS]
        if len(longer) > SLUG_LETTERS - 20:
            break
        slug = longer
    return slug


def flaws_of(draft: Draft) -> tuple[Fault, ...]:
    """Return everything that keeps a draft from being a poll, by the field of its form."""
    return tuple(
        Fault(field, message)
        for is_wrong, field, message in (
            (not SLUG.fullmatch(draft.slug), "slug", "Use small letters a to z, digits and dashes."),
            (not draft.question.vi, "question_vi", "Please write the question."),
            (len(draft.options) < FEWEST_OPTIONS, "options_vi", "Please write at least two answers, one on a line."),
            (len(draft.options) > MOST_OPTIONS, "options_vi", "Please write at most twenty answers."),
            (_repeats(draft.options), "options_vi", "Two answers are the same."),
            (_in_part(draft.options), "options_en", "Write as many English answers as Vietnamese ones, or none."),
            (_too_many(draft), "most_choices", "Choose a number from 2 up to the number of answers."),
            (_ends_early(draft), "closes_at", "The poll must close after it opens."),
        )
        if is_wrong
    )


def _repeats(options: tuple[Words, ...]) -> bool:
    return len({option.vi.casefold() for option in options}) < len(options)


def _in_part(options: tuple[Words, ...]) -> bool:
    english = sum(1 for option in options if option.en)
    return english not in (0, len(options)) or any(not option.vi for option in options)


def _too_many(draft: Draft) -> bool:
    return draft.kind is Kind.MULTIPLE and not FEWEST_OPTIONS <= draft.most_choices <= max(len(draft.options), 2)


def _ends_early(draft: Draft) -> bool:
    return draft.closes_at is not None and draft.closes_at <= draft.opens_at
