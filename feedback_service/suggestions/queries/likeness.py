"""Suggestions that are like another one, by the rare words they share (product M4)."""

from dataclasses import dataclass
from datetime import date
from math import log

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.suggestions.models import SuggestionText, SuggestionWord
from feedback_service.suggestions.queries.rows import Row, rows_of
from feedback_service.suggestions.rules.words import likeness, shown_letters

LIKE_CANDIDATES = 30
LIKE_WORDS = 12
LIKE_ROWS = 5
COMMON_ROWS = 300
"""A word that occurs more often tells nothing about likeness, and would take long to follow."""
LIKE_FROM = 0.12
VERY_LIKE_FROM = 0.4


@dataclass(frozen=True)
class Like:
    """Another suggestion that is like this one, with its text as it is shown."""

    row: Row
    text: str
    share: float
    is_very_like: bool


def similar(
    session: Session, suggestion_id: int, *, scope: frozenset[int] | None, today: date, limit: int = LIKE_ROWS
) -> tuple[Like, ...]:
    """Return the suggestions within reach that share the most rare words with this one (M4)."""
    own = _words_of(session, [suggestion_id]).get(suggestion_id, frozenset())
    weights = _weights(session, own)
    telling = (word for word in weights if weights[word] > 0)
    rare = sorted(telling, key=lambda word: (-weights[word], word))[:LIKE_WORDS]
    candidates = _sharing(session, rare, suggestion_id)
    others = _words_of(session, candidates)
    shares = {other: likeness(own, words, weights) for other, words in others.items()}
    best = sorted((other for other in shares if shares[other] >= LIKE_FROM), key=lambda other: (-shares[other], -other))
    rows = rows_of(session, best, scope=scope, today=today)[:limit]
    texts = _texts_of(session, [row.id for row in rows])
    return tuple(Like(row, texts[row.id], shares[row.id], shares[row.id] >= VERY_LIKE_FROM) for row in rows)


def _words_of(session: Session, suggestion_ids: list[int]) -> dict[int, frozenset[str]]:
    query = select(SuggestionWord.suggestion_id, SuggestionWord.word)
    found: dict[int, set[str]] = {}
    for row in session.execute(query.where(SuggestionWord.suggestion_id.in_(suggestion_ids))):
        found.setdefault(row.suggestion_id, set()).add(row.word)
    return {suggestion_id: frozenset(words - {str(suggestion_id)}) for suggestion_id, words in found.items()}


def _texts_of(session: Session, suggestion_ids: list[int]) -> dict[int, str]:
    query = select(SuggestionText.suggestion_id, SuggestionText.text).order_by(SuggestionText.number)
    rows = session.execute(query.where(SuggestionText.suggestion_id.in_(suggestion_ids)))
    return {row.suggestion_id: shown_letters(row.text) for row in rows}


def _weights(session: Session, words: frozenset[str]) -> dict[str, float]:
    """Return how much each word tells: rare ones much, those that are everywhere nothing."""
    weights = {}
    for word in sorted(words):
        inside = select(SuggestionWord.word).where(SuggestionWord.word == word).limit(COMMON_ROWS).subquery()
        count = session.execute(select(func.count()).select_from(inside)).scalar_one()
        weights[word] = log(COMMON_ROWS / max(1, count)) if count < COMMON_ROWS else 0.0
    return weights


def _sharing(session: Session, words: list[str], suggestion_id: int) -> list[int]:
    query = (
        select(SuggestionWord.suggestion_id)
        .where(SuggestionWord.word.in_(words), SuggestionWord.suggestion_id != suggestion_id)
        .group_by(SuggestionWord.suggestion_id)
        .order_by(func.count().desc(), SuggestionWord.suggestion_id.desc())
        .limit(LIKE_CANDIDATES)
    )
    return list(session.execute(query).scalars())
