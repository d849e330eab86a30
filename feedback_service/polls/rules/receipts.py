"""Receipts: a code that leads to what became of a vote, and never to what was chosen. Pure."""

from feedback_service.core.canonical import digest, seal
from feedback_service.core.ids import CODE_LETTERS, plain_code

LETTERS = 12
"""60 bits: nobody guesses one."""
GROUP = 4


def code_of(secret: str, nonce: str) -> str:
    """Return the receipt code of the vote that spent `nonce`: known to whoever has the secret, and kept nowhere."""
    drawn = int(seal(secret, "receipt", nonce)[:16], 16)
    return "".join(CODE_LETTERS[drawn >> 5 * place & 31] for place in range(LETTERS))


def mark_of(code: str) -> str:
    """Return what is kept of a code, 32 hex digits: it finds the vote and does not give the code back."""
    return digest(["receipt", code])[:32]


def grouped(code: str) -> tuple[str, ...]:
    """Return a code as people read and type it."""
    return tuple(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(text: str) -> str | None:
    """Return the code that was meant, None when it cannot be one."""
    code = plain_code(text.strip()[:40])
    return code if len(code) == LETTERS and set(code) <= set(CODE_LETTERS) else None
