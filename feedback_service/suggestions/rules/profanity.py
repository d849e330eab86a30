"""Words that are held for review: nobody is blocked for a word, and innocent phrases pass (product M3)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from feedback_service.core.text import composed, folded
from feedback_service.suggestions.rules.lists import word_lists


@dataclass(frozen=True)
class Held:
    """A stretch of a text that somebody has to look at."""

    start: int
    end: int
    words: str


def held(text: str) -> tuple[Held, ...]:
    """Return what has to be looked at before a text is published; positions are those of the composed text.

    Words count with their accents. Only a text written without any is searched without them, and only for phrases
    that mean nothing else.
    """
    plain = composed(text)
    lower = _lower(plain)
    spared = [found.span() for found in _pattern("allowed").finditer(lower)]
    names = ("exact", "leet", *(("folded",) if lower == folded(lower) else ()))
    found = {match.span() for name in names for match in _pattern(name).finditer(lower)}
    kept = sorted(span for span in found if not any(start < span[1] and span[0] < end for start, end in spared))
    return tuple(Held(start, end, plain[start:end]) for start, end in kept)


def is_held(text: str) -> bool:
    """Say whether somebody has to look at a text before it is published."""
    return bool(held(text))


def _lower(text: str) -> str:
    """Return the text in small letters without changing its length, so that positions hold."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    phrases = sorted(word_lists("profanity")[name], key=len, reverse=True)
    spelled = (r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")
