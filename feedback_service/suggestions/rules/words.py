"""Words for the search: folded, one spelling for i and y, found with and without accents; and likeness by words."""

import re
from collections.abc import Iterable

from feedback_service.core.text import composed, folded

WORD_LETTERS = 32
MOST_WORDS = 400
TITLE_LETTERS = 90
_WORD = re.compile(r"[^\W_]+")
_FINAL_Y = re.compile(r"^(h|k|l|m|qu|s|t|v)y$")
"""Syllables written with i or y by different schools: quy, ky, ly (domain 6)."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the search compares them, in their order."""
    return tuple(_FINAL_Y.sub(r"\1i", word[:WORD_LETTERS]) for word in _WORD.findall(folded(_plain(text))))


def index_of(*texts: str) -> frozenset[str]:
    """Return the different words of some texts, at most MOST_WORDS."""
    found = dict.fromkeys(word for text in texts for word in words_of(text))
    return frozenset(list(found)[:MOST_WORDS])


def is_phrase(text: str, sought: Iterable[str]) -> bool:
    """Say whether the words stand in a text one after the other."""
    return f" {' '.join(sought)} " in f" {' '.join(words_of(text))} "


def is_exact(text: str, sought: str) -> bool:
    """Say whether a text has what was sought with the very same accents, case apart."""
    return composed(sought).casefold().strip() in composed(text).casefold()


def likeness(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    """Return how much of two texts is the same, 0 to 1: shared words by all words, rare ones weighing more."""
    together = sum(weights.get(word, 1.0) for word in one | other)
    return sum(weights.get(word, 1.0) for word in one & other) / together if together else 0.0


def title_of(text: str) -> str:
    """Return the first sentence of a text, cut at a word, for lists."""
    line = " ".join(text.split())
    sentence = re.split(r"(?<=[.!?…])\s", line, maxsplit=1)[0]
    if len(sentence) <= TITLE_LETTERS:
        return sentence.rstrip(". ")
    return f"{sentence[: TITLE_LETTERS - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def has_hidden_letters(text: str) -> bool:
    """Say whether a text holds letters that are not seen, that turn its direction, or marks heaped on one letter."""
    return bool(_INVISIBLE.search(text) or _STACKED.search(text))


def is_blank(text: str) -> bool:
    """Say whether a text holds nothing that anybody can see."""
    return not _INVISIBLE.sub("", text).strip()


def shown_letters(text: str) -> str:
    """Return a text with what is not seen made visible as its number, for the officer who has to judge it."""
    return _INVISIBLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", text)
