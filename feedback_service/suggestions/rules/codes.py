"""The tracking code: 19 letters of chance and a check letter, in five groups of four, forgiving when it is typed."""

import hashlib
import hmac

from feedback_service.core.canonical import digest
from feedback_service.core.ids import CODE_LETTERS, plain_code

LETTERS = 20
GROUP = 4
RANDOM_BITS = 5 * (LETTERS - 1)
_PURPOSE = "tracking code"


def code_for(secret: str, submission_id: str) -> str:
    """Return the code of a form: the same for the same form, and nothing to anybody without the secret and its id."""
    drawn = int.from_bytes(hmac.digest(secret.encode(), f"{_PURPOSE}\n{submission_id}".encode(), hashlib.sha256))
    letters = "".join(CODE_LETTERS[drawn >> 5 * place & 31] for place in range(LETTERS - 1))
    return letters + check_letter(letters)


def check_letter(letters: str) -> str:
    """Return the letter that makes a slip of one letter, or of two neighbours changed over, be noticed.

    The letters are the coefficients of a polynomial over GF(32), taken at a primitive element.
    """
    total = 0
    for letter in letters:
        total = _doubled(total ^ CODE_LETTERS.index(letter))
    return CODE_LETTERS[total]


def typed(text: str) -> str | None:
    """Return the code that was meant, None when it cannot be one: case, spaces, O and 0, I and 1 are forgiven."""
    letters = "".join(letter for letter in plain_code(text) if not letter.isspace() and letter not in "._/")
    if len(letters) != LETTERS or any(letter not in CODE_LETTERS for letter in letters):
        return None
    return letters if check_letter(letters[:-1]) == letters[-1] else None


def groups(code: str) -> tuple[str, ...]:
    """Return the code in groups of four, as it is shown and said."""
    return tuple(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def spaced(code: str) -> str:
    """Return the code in groups of four with spaces between them."""
    return " ".join(groups(code))


def code_hash(code: str) -> str:
    """Return what is kept of a code. It has 95 bits of chance, so no salt and no slow hash are needed."""
    return digest([_PURPOSE, code])


def submission_hash(submission_id: str) -> str:
    """Return what is kept of the id of a form, so that the code cannot be computed from the database."""
    return digest(["submission", submission_id])


def content_hash(submission_id: str, content: object) -> str:
    """Return what tells the same form with the same content from one with another; useless for guessing the content."""
    return digest(["content", submission_id, content])


def _doubled(element: int) -> int:
    """Multiply by the primitive element x of GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    element <<= 1
    return element ^ 0b100101 if element & 0b100000 else element
