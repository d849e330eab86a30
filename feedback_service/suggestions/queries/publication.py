"""Published answers for everybody: search without accents, filters, one answer, and how promptly was answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from feedback_service.core.errors import NotFound
from feedback_service.core.period import Period
from feedback_service.core.text import folded
from feedback_service.suggestions.models import AnswerWord, PublishedAnswer, Suggestion
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.suggestions.rules.words import is_exact, is_phrase, words_of
from feedback_service.units import queries as units

PAGE_ROWS = 20
MOST_FOUND = 1000
RANKED_ROWS = 60
"""Of a search, so many of the newest (three pages) are put in the order of how well they fit."""
FEED_ROWS = 50
MOST_WORDS = 8


@dataclass(frozen=True)
class Search:
    """What is looked for among published answers."""

    sought: str = ""
    unit_id: int | None = None
    kind: Kind | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Answer:
    """One published answer."""

    id: int
    kind: str
    unit_id: int
    unit_name: str
    title: str
    question: str
    answer: str
    received_on: date
    answered_on: date
    answer_days: int
    late_days: int
    published_at: datetime
    changed_at: datetime

    @property
    def kind_name(self) -> str:
        """The message id of its kind."""
        return KIND_NAMES[Kind(self.kind)]


@dataclass(frozen=True)
class Found:
    """One page of answers and how many there are, at most MOST_FOUND."""

    answers: tuple[Answer, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class Promptness:
    """How many suggestions were answered in a period, how many of them in time, and after how many days on average."""

    on_time: int
    answered: int
    mean_days: float | None


def answers(session: Session, search: Search, *, page: int = 1) -> Found:
    """Return a page of published answers, the newest first; of a search, those first that have the very words."""
    wanted = [*_wanted(search), *_holding(session, search.sought)]
    inside = select(PublishedAnswer.suggestion_id).where(*wanted).limit(MOST_FOUND).subquery()
    count = session.execute(select(func.count()).select_from(inside)).scalar_one()
    pages = max(1, -(-count // PAGE_ROWS))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_ROWS
    query = _columns().where(*wanted).order_by(PublishedAnswer.answered_on.desc(), PublishedAnswer.suggestion_id.desc())
    if search.sought.strip() and first < RANKED_ROWS:
        rows = _ranked(search.sought, list(session.execute(query.limit(RANKED_ROWS))))[first : first + PAGE_ROWS]
    else:
        rows = list(session.execute(query.offset(first).limit(PAGE_ROWS)))
    return Found(_filled(session, rows), count, page, pages)


def answer(session: Session, suggestion_id: int) -> Answer:
    """Return one published answer; raises NotFound."""
    row = session.execute(_columns().where(PublishedAnswer.suggestion_id == suggestion_id)).one_or_none()
    if row is None:
        raise NotFound("This answer is not published, or no longer.")
    return _filled(session, [row])[0]


def newest(session: Session) -> tuple[Answer, ...]:
    """Return the answers that were published last, for the feed."""
    query = _columns().order_by(PublishedAnswer.published_at.desc(), PublishedAnswer.suggestion_id.desc())
    return _filled(session, list(session.execute(query.limit(FEED_ROWS))))


def answering_units(session: Session) -> tuple[tuple[int, str], ...]:
    """Return the units that have published answers, by id and name."""
    ids = list(session.execute(select(PublishedAnswer.unit_id).distinct().limit(500)).scalars())
    return tuple(sorted(units.names(session, ids).items(), key=lambda pair: folded(pair[1])))


def promptness(session: Session, period: Period) -> Promptness:
    """Return how promptly suggestions were answered in a period, published or not."""
    on_time = func.sum(case((Suggestion.is_on_time.is_(True), 1), else_=0))
    query = select(func.count(), on_time, func.avg(Suggestion.answer_days)).where(
        Suggestion.answered_on >= period.first_on, Suggestion.answered_on <= period.last_on
    )
    answered, punctual, mean = session.execute(query).one()
    return Promptness(int(punctual or 0), int(answered), None if mean is None else float(mean))


def _wanted(search: Search) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.unit_id is not None:
        wanted.append(PublishedAnswer.unit_id == search.unit_id)
    if search.kind is not None:
        wanted.append(PublishedAnswer.kind == search.kind)
    if search.period is not None:
        wanted += [
            PublishedAnswer.answered_on >= search.period.first_on,
            PublishedAnswer.answered_on <= search.period.last_on,
        ]
    return wanted


def _holding(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """Return that every word occurs: the rarest one leads to its answers, the others are looked for in those.

    Of a word that is nowhere, words that begin with it are taken.
    """
    words = list(dict.fromkeys(words_of(sought)))[:MOST_WORDS]
    by_count = sorted((_count(session, AnswerWord.word == word), word) for word in words)
    if not by_count:
        return []
    (count, rarest), others = by_count[0], by_count[1:]
    leading = AnswerWord.word == rarest if count else _beginning(rarest)
    led = select(AnswerWord.suggestion_id).where(leading)
    for _count_of_it, word in others:
        own = aliased(AnswerWord)
        led = led.where(exists().where(own.word == word, own.suggestion_id == AnswerWord.suggestion_id))
    newest = led.distinct().order_by(AnswerWord.suggestion_id.desc()).limit(MOST_FOUND)
    return [PublishedAnswer.suggestion_id.in_(select(newest.subquery().c.suggestion_id))]


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    inside = select(AnswerWord.word).where(condition).limit(MOST_FOUND).subquery()
    return session.execute(select(func.count()).select_from(inside)).scalar_one()


def _beginning(word: str) -> ColumnElement[bool]:
    return and_(AnswerWord.word >= word, AnswerWord.word < f"{word}\U0010ffff")


def _ranked(sought: str, rows: list[Any]) -> list[Any]:
    words = words_of(sought)

    def fit(row: Any) -> tuple[bool, bool]:
        texts = f"{row.title}\n{row.question}\n{row.answer}"
        return not is_exact(texts, sought), not is_phrase(texts, words)

    return sorted(rows, key=fit)


def _columns() -> Select[Any]:
    names = ("suggestion_id", "kind", "unit_id", "title", "question", "answer", "received_on", "answered_on")
    more = ("answer_days", "late_days", "published_at", "changed_at")
    return select(*(getattr(PublishedAnswer, name) for name in (*names, *more)))


def _filled(session: Session, rows: list[Any]) -> tuple[Answer, ...]:
    names = units.names(session, {row.unit_id for row in rows})
    return tuple(
        Answer(row.suggestion_id, row.kind, row.unit_id, names.get(row.unit_id, ""), *tuple(row)[3:]) for row in rows
    )
