"""Recognising complaints and denunciations in law, which go another way than suggestions (product S4)."""

import re
from functools import lru_cache

from feedback_service.core.text import composed, folded
from feedback_service.suggestions.rules.kinds import Suspicion
from feedback_service.suggestions.rules.lists import word_lists


def suspicion(text: str) -> Suspicion | None:
    """Return what a text seems to be: a complaint (Law 02/2011), a denunciation (Law 25/2018), or neither.

    A phrase counts with its accents, or, in a text written without any, without them. It is a question to the
    citizen, never a decision: nothing is turned away for its words.
    """
    plain = " ".join(composed(text).casefold().split())
    if plain == folded(plain):
        return _found(plain, is_bare=True)
    return _found(plain, is_bare=False)


def _found(plain: str, *, is_bare: bool) -> Suspicion | None:
    rest = _pattern("not", is_bare=is_bare).sub(" ", plain)
    for kind in (Suspicion.DENUNCIATION, Suspicion.COMPLAINT):
        if _pattern(kind.value, is_bare=is_bare).search(rest):
            return kind
    return None


@lru_cache(maxsize=8)
def _pattern(name: str, *, is_bare: bool) -> re.Pattern[str]:
    phrases = sorted(word_lists("law")[name], key=len, reverse=True)
    spelled = [folded(phrase) if is_bare else phrase for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, spelled))})\b")
