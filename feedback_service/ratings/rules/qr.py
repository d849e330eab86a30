"""Codes of printed QR codes: drawn by chance, and signed so that a made-up one is known without a look anywhere."""

from feedback_service.core.canonical import same, seal
from feedback_service.core.ids import CODE_LETTERS, plain_code

DRAWN = 10
SIGNED = 4


def signed(secret: str, drawn: str) -> str:
    """Return the whole code: what was drawn, then four letters that only this service can make."""
    number = int(seal(secret, "qr", drawn), 16)
    return drawn + "".join(CODE_LETTERS[number >> 5 * place & 31] for place in range(SIGNED))


def is_ours(secret: str, typed: str) -> bool:
    """Say whether a code was made here."""
    code = plain_code(typed)
    return len(code) == DRAWN + SIGNED and code.isascii() and same(signed(secret, code[:DRAWN]), code)
