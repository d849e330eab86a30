"""Asks a browser for work: altcha v2, deterministic mode, cheap to check (docs/decisions, the challenge)."""

from dataclasses import dataclass

from altcha import create_challenge

from feedback_service.challenges.rules import Proof, answer_key, work_key
from feedback_service.core.canonical import canonical
from feedback_service.core.ids import below

COST = 5_000
MOST_TRIES = {Proof.WORK: 512, Proof.RAISED_WORK: 2_048, Proof.LONG_WORK: 3_000}
"""The answer is drawn below this: half of it on average, about 1 ms each on a desk, up to 10 ms on an old phone."""


@dataclass(frozen=True)
class Work:
    """What a browser is to do: `asked` is JSON for the worker, `nonce` names the challenge everywhere else."""

    nonce: str
    asked: str


def work(secret: str, proof: Proof) -> Work:
    """Return new work of the length of `proof`; takes about 1.3 ms."""
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=below(MOST_TRIES[proof]),
        data={"proof": proof.value},
        hmac_secret=work_key(secret),
        hmac_key_secret=answer_key(secret),
    )
    return Work(challenge.parameters.nonce, canonical(challenge.to_dict()))
