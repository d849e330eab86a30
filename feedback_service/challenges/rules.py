"""When a challenge is passed: the code, the work, the time, and the ladder of a form. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from altcha import Payload, verify_solution

from feedback_service.core.canonical import same, seal
from feedback_service.core.text import plain_digits

LIFE = timedelta(hours=1)
"""How long a form may stay open; the nonce is kept far longer, see `KEPT`."""
RIPE_AFTER = timedelta(seconds=2)
"""Nobody reads a question and answers it faster; a script does."""
KEPT = timedelta(hours=48)
"""How long a spent nonce is remembered: a clock set back by a day revives no token."""
DIGITS = "02345689"
"""1 and 7 are left out: they are taken for each other in a picture."""
CODE_LENGTH = 5
WORK_LETTERS = 4096
"""A solution has about 600 letters."""


class Ladder(StrEnum):
    """What a form asks for."""

    CODE_AND_WORK = "code-work"
    WORK = "work"
    CODE = "code"


class Proof(StrEnum):
    """What was shown: the code, the work that a browser does unseen, or the longer work instead of the code.

    Where many have passed from one network, the unseen work is four times as long; it proves the same.
    """

    CODE = "code"
    WORK = "work"
    RAISED_WORK = "raised-work"
    CODE_AND_WORK = "code-work"
    LONG_WORK = "long-work"


class Budget(StrEnum):
    """How many votes of one network count without a doubt: fewer when no work was done."""

    FULL = "full"
    SMALL = "small"


class Outcome(StrEnum):
    """What became of an answer to a challenge."""

    PASSED = "passed"
    REPEATED = "repeated"
    """This very request passed before; what it stored stands."""
    EARLY = "early"
    EXPIRED = "expired"
    FOREIGN = "foreign"
    """Not our token, or that of another form."""
    LIMITED = "limited"
    """This network has guessed too often just now."""
    MISSING = "missing"
    TRAPPED = "trapped"
    USED = "used"
    """It was spent on a wrong answer."""
    COUNTED = "counted"
    """It was spent on a right answer, by another request."""
    WRONG_CODE = "wrong-code"
    WRONG_WORK = "wrong-work"


ACCEPTED: Mapping[Ladder, Mapping[Proof, Budget]] = {
    Ladder.CODE_AND_WORK: {
        Proof.CODE_AND_WORK: Budget.FULL,
        Proof.LONG_WORK: Budget.FULL,
        Proof.CODE: Budget.SMALL,
    },
    Ladder.WORK: {
        Proof.WORK: Budget.FULL,
        Proof.RAISED_WORK: Budget.FULL,
        Proof.LONG_WORK: Budget.FULL,
        Proof.CODE_AND_WORK: Budget.FULL,
        Proof.CODE: Budget.SMALL,
    },
    Ladder.CODE: {
        Proof.CODE: Budget.FULL,
        Proof.CODE_AND_WORK: Budget.FULL,
        Proof.LONG_WORK: Budget.FULL,
    },
}
"""What each ladder takes: a browser without JavaScript always has the code, whoever cannot read it the longer work."""
GUESSES = frozenset({Outcome.PASSED, Outcome.WRONG_CODE})
"""Outcomes that use a challenge up: one guess each. A solution cannot be guessed, so a broken one costs nothing."""


WORDS: Mapping[Outcome, str] = {
    Outcome.EARLY: "That was very quick. Please look at your choice once more and send it again; it was kept.",
    Outcome.EXPIRED: "This page was open for more than an hour. Here is a new code; your choice was kept.",
    Outcome.FOREIGN: "This page has become invalid. Here is a new code; your choice was kept.",
    Outcome.LIMITED: "Too many wrong codes from this network. Wait ten minutes, or press “I cannot read the code”.",
    Outcome.MISSING: "Please enter the five digits of the picture.",
    Outcome.TRAPPED: "A field that people do not see was filled in. It is empty again: please send once more.",
    Outcome.USED: "This code was already used. Here is a new code; your choice was kept.",
    Outcome.COUNTED: "What this page sent was already recorded, and it is recorded once.",
    Outcome.WRONG_CODE: "The code does not match. Here is a new code; your choice was kept.",
    Outcome.WRONG_WORK: "The check in your browser did not succeed. Here is a new code; your choice was kept.",
}
"""Message ids of what a person is told; what passed needs no words."""
SAME_CODE_AGAIN = frozenset({Outcome.MISSING})
"""Outcomes after which the same challenge is shown again."""
WHOLE_FORM = frozenset({Outcome.EARLY, Outcome.TRAPPED, Outcome.COUNTED})
"""Outcomes for which no single field is to blame."""


@dataclass(frozen=True)
class Attempt:
    """An answer as far as it can be judged without the database; `nonce` is absent when the token was not ours.

    `seconds` have passed since the challenge was made.
    """

    form: str
    outcome: Outcome
    budget: Budget = Budget.SMALL
    nonce: str | None = None
    seconds: int = 0


@dataclass(frozen=True)
class Challenge:
    """What a form shows: the token that leads to the picture, the sound and the work."""

    token: str


@dataclass(frozen=True)
class Answer:
    """What a form sent back beside its token: the typed code, the solution of the work, the field nobody sees."""

    code: str
    work: str
    website: str


def form_of(kind: str, name: str) -> str:
    """Return how a token names the form that it is good for, such as poll:chuyen-muc."""
    return f"{kind}:{name}"


def digits_of(secret: str, nonce: str) -> str:
    """Return the five digits that belong to a nonce: known to whoever knows the secret, and kept nowhere."""
    drawn = int(seal(secret, "challenge digits", nonce)[:16], 16)
    return "".join(DIGITS[drawn // len(DIGITS) ** place % len(DIGITS)] for place in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """Return the digits that were meant: spaces dropped, full-width digits plain."""
    return plain_digits(text)[: CODE_LENGTH + 1]


def judged(answer: Answer, *, secret: str, nonce: str, ladder: Ladder) -> tuple[Outcome, Budget]:
    """Return whether an answer passes and which budget it draws on; a wrong part spoils a right one."""
    if answer.website:
        return Outcome.TRAPPED, Budget.SMALL
    code = typed_code(answer.code)
    if code and not same(code, digits_of(secret, nonce)):
        return Outcome.WRONG_CODE, Budget.SMALL
    proof: Proof | None = Proof.CODE if code else None
    if answer.work:
        work = work_done(answer.work, secret=secret, nonce=nonce)
        if work is None:
            return Outcome.WRONG_WORK, Budget.SMALL
        proof = Proof.CODE_AND_WORK if code else work
    budget = ACCEPTED[ladder].get(proof) if proof else None
    return (Outcome.PASSED, budget) if budget else (Outcome.MISSING, Budget.SMALL)


def too_early(signed_at: datetime, now: datetime) -> bool:
    """Say whether a form came back faster than a person reads; a clock set back a little is no sign of haste."""
    return timedelta(0) <= now - signed_at < RIPE_AFTER


def work_done(solution: str, *, secret: str, nonce: str) -> Proof | None:
    """Return which work a solution proves for `nonce`, None when it proves nothing (altcha v2, deterministic mode)."""
    payload = _payload(solution)
    if payload is None or payload.challenge.parameters.nonce != nonce:
        return None
    result = verify_solution(payload, work_key(secret), hmac_key_secret=answer_key(secret))
    asked = payload.challenge.parameters.data or {}
    return Proof(asked["proof"]) if result.verified else None


def work_key(secret: str) -> str:
    """Return the key that signs what work is asked for."""
    return seal(secret, "challenge work", "asked")


def answer_key(secret: str) -> str:
    """Return the key that signs the answer of a work, so that checking it costs one hash."""
    return seal(secret, "challenge work", "answer")


def _payload(solution: str) -> Payload | None:
    if len(solution) > WORK_LETTERS:
        return None
    try:
        return Payload.from_base64(solution)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
