"""Whether a comment names an officer: such words are for the responsible head alone (product R9)."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from feedback_service.core.text import composed, folded

HONORIFICS = frozenset({"ong", "ba", "anh", "chi", "co", "chu", "em", "ban", "bac", "cau"})
"""How people speak of somebody, accents apart: with one of these before it, a given name alone is a name."""
_WORD = re.compile(r"[^\W\d_]+")


def names_officer(text: str, officers: Iterable[str]) -> bool:
    """Say whether a text names one of some officers.

    Names count in full or by the last two syllables, accents apart, and by the given name behind "anh", "chi" or "co".
    """
    spoken = [word.casefold() for word in _WORD.findall(composed(text))]
    plain = [folded(word) for word in spoken]
    return any(_is_named(spoken, plain, _syllables(officer)) for officer in officers)


def _is_named(spoken: Sequence[str], plain: Sequence[str], name: Sequence[str]) -> bool:
    if not name:
        return False
    ending = [folded(word) for word in name[-2:]]
    if len(ending) > 1 and any(list(plain[place : place + 2]) == ending for place in range(len(plain) - 1)):
        return True
    return any(folded(before) in HONORIFICS and word == name[-1] for before, word in pairwise(spoken))


def _syllables(officer: str) -> list[str]:
    """Return the syllables of a name without what stands in brackets behind it."""
    return [word.casefold() for word in _WORD.findall(composed(officer.partition("(")[0]))]
