"""What a password must be: long, and not what everybody tries first (ASVS 5.0, 6.2). No rule of composition."""

import re
from collections.abc import Set as AbstractSet
from itertools import pairwise

from feedback_service.core.text import composed, folded

LEAST_LETTERS = 12
MOST_LETTERS = 128
LEAST_DIFFERENT = 5
TOO_SHORT = "Please use at least 12 characters. A sentence of several words is easy to remember."
TOO_LONG = "Please use at most 128 characters."
TOO_COMMON = "Many people use this password, and it is tried first. Please think of another one."
TOO_NEAR = "Please leave your own name out of the password."
_LOOK_ALIKE = str.maketrans("013457@$!|", "oleastasil")
_KEY_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")


def spelling(password: str) -> str:
    """Return the one spelling of a password that is hashed, however the keyboard composed its letters."""
    return composed(password)


def refusal(password: str, *, names: tuple[str, ...], common_words: AbstractSet[str]) -> str | None:
    """Return why a password cannot be used, or None; `names` are those of its owner."""
    if len(password) < LEAST_LETTERS:
        return TOO_SHORT
    if len(password) > MOST_LETTERS:
        return TOO_LONG
    bare = _bare(password)
    if _is_monotonous(password) or _is_made_of(bare, common_words):
        return TOO_COMMON
    if _is_made_of(bare, common_words | {_letters(part) for name in names for part in (name, *name.split())}):
        return TOO_NEAR
    return None


def _is_monotonous(password: str) -> bool:
    plain = folded(password)
    if len(set(plain)) < LEAST_DIFFERENT:
        return True
    steps = sum(1 for one, other in pairwise(plain) if _is_next_key(one, other))
    return steps >= 0.7 * (len(plain) - 1)


def _is_next_key(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _KEY_ROWS)


def _bare(password: str) -> tuple[str, ...]:
    """Return the letters with and without look-alikes read as letters: P@ssw0rd is password."""
    plain = folded(password)
    inner = re.sub(r"^[^a-z@$]+|[^a-z@$]+$", "", plain)
    return _letters(plain), _letters(plain.translate(_LOOK_ALIKE)), _letters(inner.translate(_LOOK_ALIKE))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", folded(text))


def _is_made_of(spellings: tuple[str, ...], words: AbstractSet[str]) -> bool:
    return any(_is_filled(spelling, words) for spelling in spellings)


def _is_filled(text: str, words: AbstractSet[str]) -> bool:
    """Say whether `text` is nothing but one or two of `words`, one of them perhaps many times."""
    if not text or text in words:
        return True
    halves = ((text[:cut], text[cut:]) for cut in range(1, len(text)))
    return any(
        _repeats(left, words) and (right in words or _repeats(right, words)) for left, right in halves
    ) or _repeats(text, words)


def _repeats(text: str, words: AbstractSet[str]) -> bool:
    return any(text == text[:size] * (len(text) // size) and text[:size] in words for size in range(1, len(text) + 1))
