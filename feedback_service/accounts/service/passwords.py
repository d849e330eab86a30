"""Hashing of passwords: argon2id, and the same work for an account that does not exist."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from feedback_service.accounts.rules.passwords import refusal, spelling
from feedback_service.bundled import own
from feedback_service.core import ids
from feedback_service.core.errors import Fault, Refused

NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmUh$HLXG3w1aLTrk1ZQnp7pJf3xkzu9gPYXlNcxyW3uYfmg"
"""A hash that no password fits, so that an unknown name takes as long as a known one."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hashed(password: str) -> str:
    """Return the argon2id hash (19 MiB, 2 passes) of a password with a salt of its own; takes about 20 ms."""
    return _HASHER.hash(spelling(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Say whether a password fits; without a hash it never does, after the same work."""
    try:
        _HASHER.verify(password_hash or NOBODY, spelling(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def one_time_password() -> str:
    """Return a password of 80 random bits that can be read aloud: four groups of four."""
    letters = ids.new_code(16)
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def refuse_weak(password: str, *, names: tuple[str, ...], field: str) -> None:
    """Raise Refused, with the words beside `field`, for a password that cannot be used."""
    reason = refusal(password, names=names, common_words=_common_words())
    if reason:
        raise Refused(reason, faults=(Fault(field, reason),))


@cache
def _common_words() -> frozenset[str]:
    lines = own("accounts/common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
