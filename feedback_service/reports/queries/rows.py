"""Rows for exports, streamed in chunks so that a million of them need no more memory than a thousand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, cast, func, literal, select, text, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_service.core.period import Period
from feedback_service.polls.models import Poll, PollOption, Vote, VoteChoice, VoteStanding
from feedback_service.procedures.models import Procedure
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.ratings.models import Rating, RatingLabel, Survey
from feedback_service.reports.rules.columns import Records
from feedback_service.reports.rules.narrowing import EVERYTHING, Narrowing
from feedback_service.reports.rules.variables import Version
from feedback_service.suggestions.models import Suggestion
from feedback_service.units.models import Counter, Unit

CHUNK = 2000
FEW_LABELS = 20_000
"""So many labels are read beforehand, some megabytes; more of them are looked up with each rating."""
STANDING = func.coalesce(VoteStanding.tier, Vote.tier)
"""The tier of a vote as the rules see it by now."""
Row = tuple[Any, ...]
"""Values in the order of the columns: moments as stored (UTC), answers as JSON, several words as a tuple or ""."""


@dataclass(frozen=True)
class Wanted:
    """Which rows: of these units, or of every unit; of these local days, or of all; of one channel or tier."""

    records: Records
    unit_ids: frozenset[int] | None
    period: Period | None
    narrowing: Narrowing = EVERYTHING


def count(session: Session, wanted: Wanted) -> int:
    """Return how many rows the export will have."""
    if wanted.records is Records.RATINGS:
        query = select(func.count()).select_from(Rating).where(*_of_ratings(wanted))
    elif wanted.records is Records.SUGGESTIONS:
        query = select(func.count()).select_from(Suggestion).where(*_of_suggestions(wanted))
    else:
        votes = select(func.count()).select_from(Vote).join(Poll, Poll.id == Vote.poll_id)
        query = votes.outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id).where(*_of_votes(wanted))
    return session.execute(query).scalar_one()


def chunks(session: Session, wanted: Wanted) -> Iterator[list[Row]]:
    """Yield the rows, oldest day first within each unit or poll."""
    if not _is_sqlite(session):
        session.execute(text("SET LOCAL statement_timeout = 0"))
    return READERS[wanted.records](session, wanted)


def _ratings(session: Session, wanted: Wanted) -> Iterator[list[Row]]:
    few = _few_labels(session)
    holding = (RatingLabel.rating_id == Rating.id, RatingLabel.lifted_at.is_(None))
    of_each = select(func.aggregate_strings(RatingLabel.label, ",")).where(*holding).correlate(Rating)
    query = (
        select(
            *(Rating.id, Rating.sequence, Rating.kiosk_id, func.coalesce(Unit.code, Unit.name), Counter.name),
            *(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.number),
            *(Rating.channel, Rating.tier, Rating.language),
            *(_stored(session, Rating.answered_at), _stored(session, Rating.stored_at)),
            Rating.answers,
            of_each.scalar_subquery() if few is None else literal(""),
            Survey.slug,
            Procedure.code,
        )
        .join(Unit, Unit.id == Rating.unit_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Rating.version_id)
        .outerjoin(Counter, Counter.id == Rating.counter_id)
        .outerjoin(Survey, Survey.id == Rating.survey_id)
        .outerjoin(Procedure, Procedure.id == Rating.procedure_id)
        .where(*_of_ratings(wanted))
        .order_by(Rating.unit_id, Rating.counted_on, Rating.answered_at, Rating.id)
    )
    for part in _streamed(session, query):
        yield _labelled(part, few)


def _few_labels(session: Session) -> dict[str, tuple[str, ...]] | None:
    """Return the labels that hold by the id of their rating; None where they are too many to be kept beside."""
    holding = select(RatingLabel.rating_id, RatingLabel.label).where(RatingLabel.lifted_at.is_(None))
    found: dict[str, tuple[str, ...]] = {}
    for place, (rating_id, label) in enumerate(session.execute(holding.limit(FEW_LABELS + 1))):
        if place == FEW_LABELS:
            return None
        found[rating_id] = tuple(sorted((*found.get(rating_id, ()), label)))
    return found


def _labelled(part: Sequence[Any], few: Mapping[str, tuple[str, ...]] | None) -> list[Row]:
    """Return rows with their labels in place; most parts have none, and stay as they are."""
    if few is None:
        return [(*row[:13], tuple(sorted(row[13].split(","))) if row[13] else (), *row[14:]) for row in part]
    if few.keys().isdisjoint([row[0] for row in part]):
        return list(part)
    return [(*row[:13], few.get(row[0], ()), *row[14:]) for row in part]


def _votes(session: Session, wanted: Wanted) -> Iterator[list[Row]]:
    texts = {row.id: row.text_vi for row in session.execute(select(PollOption.id, PollOption.text_vi))}
    query = (
        select(Vote.id, Poll.slug, STANDING, _stored(session, Vote.stored_at), VoteChoice.option_id)
        .join(Poll, Poll.id == Vote.poll_id)
        .outerjoin(VoteStanding, VoteStanding.vote_id == Vote.id)
        .outerjoin(VoteChoice, VoteChoice.vote_id == Vote.id)
        .where(*_of_votes(wanted))
        .order_by(Vote.poll_id, Vote.stored_at, Vote.id, VoteChoice.option_id)
    )
    held: list[Any] = []
    for part in _streamed(session, query):
        ready = []
        for row in part:
            if held and held[0][0] != row[0]:
                ready.append(_vote(held, texts))
                held = []
            held.append(row)
        yield ready
    if held:
        yield [_vote(held, texts)]


def versions(session: Session) -> tuple[Version, ...]:
    """Return every version of a questionnaire that was ever published, the oldest first."""
    columns = (QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.number, QuestionnaireVersion.questions)
    published = select(*columns).where(QuestionnaireVersion.status != "draft")
    return tuple(Version(*row) for row in session.execute(published.order_by(QuestionnaireVersion.id)))


def _suggestions(session: Session, wanted: Wanted) -> Iterator[list[Row]]:
    codes = (Suggestion.channel, Suggestion.kind, Suggestion.topic, Suggestion.language, Suggestion.state)
    query = (
        select(
            *(Suggestion.id, func.coalesce(Unit.code, Unit.name), Counter.name, *codes),
            *(func.coalesce(Suggestion.refusal, ""), _stored(session, Suggestion.received_at)),
            *(_day(session, Suggestion.due_on), _day(session, Suggestion.answered_on)),
            *(cast(Suggestion.is_on_time, Integer), Suggestion.answer_days, Suggestion.level),
            *(Suggestion.reopenings, cast(Suggestion.is_hidden, Integer)),
        )
        .join(Unit, Unit.id == Suggestion.unit_id)
        .outerjoin(Counter, Counter.id == Suggestion.counter_id)
        .where(*_of_suggestions(wanted))
        .order_by(Suggestion.unit_id, Suggestion.received_at, Suggestion.id)
    )
    for part in _streamed(session, query):
        yield [tuple(row) for row in part]


def _vote(held: list[Any], texts: dict[int, str]) -> Row:
    _id, slug, tier, at, _option = held[0]
    return (slug, tuple(texts[row[4]] for row in held if row[4] is not None), tier, at)


def _streamed(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    """Yield chunks; PostgreSQL goes on sending while they are written, so nothing else is asked in between."""
    connection = session.connection()
    if _is_sqlite(session):
        yield from connection.execute(query, execution_options={"yield_per": CHUNK}).partitions()
        return
    spelled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    fault = connection.dialect.loaded_dbapi.Error
    with closing(connection.connection.cursor()) as cursor:
        try:
            sent = cursor.stream(str(spelled), spelled.params, size=CHUNK)
            while part := list(islice(sent, CHUNK)):
                yield part
        except fault as error:
            raise DBAPIError.instance(str(spelled), None, error, fault, hide_parameters=True) from error


def _stored(session: Session, moment: InstrumentedAttribute[datetime]) -> ColumnElement[str]:
    if _is_sqlite(session):
        return type_coerce(moment, String)
    return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD HH24:MI:SS.US", type_=String)


def _day(session: Session, day: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    text_of_day = type_coerce(day, String) if _is_sqlite(session) else func.to_char(day, "YYYY-MM-DD", type_=String)
    return func.coalesce(text_of_day, "")


def _of_suggestions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_ids is not None:
        found.append(Suggestion.unit_id.in_(sorted(wanted.unit_ids)))
    if wanted.period is not None:
        found += [Suggestion.received_at >= wanted.period.from_at, Suggestion.received_at < wanted.period.until_at]
    return found + _only((Suggestion.channel, wanted.narrowing.channel))


def _of_ratings(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_ids is not None:
        found.append(Rating.unit_id.in_(sorted(wanted.unit_ids)))
    if wanted.period is not None:
        found.append(Rating.counted_on.between(wanted.period.first_on, wanted.period.last_on))
    return found + _only((Rating.channel, wanted.narrowing.channel), (Rating.tier, wanted.narrowing.tier))


def _of_votes(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_ids is not None:
        found.append(Poll.unit_id.in_(sorted(wanted.unit_ids)))
    if wanted.period is not None:
        found += [Vote.stored_at >= wanted.period.from_at, Vote.stored_at < wanted.period.until_at]
    return found + _only((Vote.channel, wanted.narrowing.channel), (STANDING, wanted.narrowing.tier))


def _only(*chosen: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], str | None]) -> list[ColumnElement[bool]]:
    return [column == word for column, word in chosen if word is not None]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


READERS: Mapping[Records, Callable[[Session, Wanted], Iterator[list[Row]]]] = {
    Records.RATINGS: _ratings,
    Records.VOTES: _votes,
    Records.SUGGESTIONS: _suggestions,
}
