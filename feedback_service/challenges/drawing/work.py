"""Asks a browser for work: altcha v2, deterministic mode, cheap to check (docs/decisions, the challenge)."""

import hmac

from altcha import Challenge, ChallengeParameters, derive_key_pbkdf2

from feedback_service.challenges.rules import Proof, answer_key, work_key
from feedback_service.core.canonical import canonical, seal

ALGORITHM, COST, KEY_BYTES = "PBKDF2/SHA-256", 5_000, 32
COUNTER_BYTES = 4
MOST_TRIES = {Proof.WORK: 512, Proof.RAISED_WORK: 2_048, Proof.LONG_WORK: 3_000}
"""The answer is drawn below this: half of it on average, about 1 ms each on a desk, up to 10 ms on an old phone."""


def work(secret: str, nonce: str, proof: Proof) -> str:
    """Return as JSON what a browser is to do for a challenge, always the same; takes about 1.3 ms."""
    asked = ChallengeParameters(ALGORITHM, nonce, _salt(secret, nonce), COST, KEY_BYTES, data={"proof": proof.value})
    key = derived_key(asked, answer_of(secret, nonce, proof))
    asked.key_prefix = key[: KEY_BYTES // 2].hex()
    asked.key_signature = hmac.digest(answer_key(secret).encode(), key, "sha256").hex()
    signature = hmac.digest(work_key(secret).encode(), canonical(asked.to_dict()).encode(), "sha256").hex()
    return canonical(Challenge(asked, signature).to_dict())


def answer_of(secret: str, nonce: str, proof: Proof) -> int:
    """Return the number that has to be found: known to whoever has the secret, and kept nowhere."""
    return int(seal(secret, f"challenge answer {proof.value}", nonce)[:16], 16) % MOST_TRIES[proof]


def derived_key(asked: ChallengeParameters, answer: int) -> bytes:
    """Return the key that a number gives: the right one begins with the prefix that was asked for."""
    password = bytes.fromhex(asked.nonce) + answer.to_bytes(COUNTER_BYTES)
    return derive_key_pbkdf2(asked, bytes.fromhex(asked.salt), password)


def _salt(secret: str, nonce: str) -> str:
    return seal(secret, "challenge salt", nonce)[:32]
