"""The only place that draws by chance: identifiers, tokens, codes."""

import secrets
import time
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID, uuid4

Choice = TypeVar("Choice")

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U, so that a code can be read aloud."""


def new_id() -> UUID:
    """Return a random identifier that no two machines will draw twice, and that tells nothing."""
    return uuid4()


def new_timed_id() -> UUID:
    """Return an identifier that no two machines will draw twice and that tells when: a UUID of version 7, RFC 9562.

    It begins with the milliseconds of this moment and goes on with 74 random bits. Rows that arrive together so stand
    side by side in an index, and are written together; random ones touch a page of the disk each.
    """
    drawn = time.time_ns() // 1_000_000 << 80 | int.from_bytes(secrets.token_bytes(10), "big")
    return UUID(int=drawn & ~_FIXED_BITS | _VERSION_7)


def new_token(size_bytes: int = 32) -> str:
    """Return an unguessable token of `size_bytes` random bytes, safe in a URL."""
    return secrets.token_urlsafe(size_bytes)


def new_salt() -> str:
    """Return 32 hex digits that keep a digest of few possible values from being guessed."""
    return secrets.token_hex(16)


def new_code(letters: int = 8) -> str:
    """Return a code of Crockford letters (5 bits each) for people to type."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(letters))


def plain_code(typed: str) -> str:
    """Return what was meant by a typed code: case, spaces, dashes and look-alike letters forgiven."""
    return typed.upper().translate(_FORGIVEN)


def below(limit: int) -> int:
    """Return a random whole number from 0 up to, but not including, `limit`."""
    return secrets.randbelow(limit)


def one_of(choices: Sequence[Choice]) -> Choice:
    """Return one of `choices`, each equally likely; raises IndexError when there is none."""
    return choices[secrets.randbelow(len(choices))] if choices else choices[0]


_FIXED_BITS = 0xF << 76 | 0x3 << 62
_VERSION_7 = 0x7 << 76 | 0x2 << 62
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\u00a0": None, "–": None})
