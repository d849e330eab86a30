"""Openings of the paper box: the list, one with its slips, its photographs."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.audit.queries import RowWitness
from feedback_service.core.errors import NotFound
from feedback_service.suggestions.models import BoxOpening, Suggestion, SuggestionFile
from feedback_service.suggestions.queries.case import FileRow
from feedback_service.suggestions.queries.rows import Row, rows_of
from feedback_service.suggestions.rules.kinds import Kind
from feedback_service.suggestions.rules.paper import Figures, Person
from feedback_service.units import queries as units

OPENINGS = RowWitness("box_opening", BoxOpening, parts=(SuggestionFile.opening_id,))
LIST_LIMIT = 200
SLIP_ROWS = 200


@dataclass(frozen=True)
class OpeningRow:
    """One opening in the list."""

    id: int
    number: str
    unit_name: str
    place: str
    opened_at: datetime
    figures: Figures
    is_finished: bool


@dataclass(frozen=True)
class Opening:
    """The minutes of one opening, with the slips that were typed in, the last one first."""

    row: OpeningRow
    unit_id: int
    people: tuple[Person, ...]
    note: str
    noted_by: str
    finished_at: datetime | None
    photos: tuple[FileRow, ...]
    slips: tuple[Row, ...]


def openings(session: Session, *, scope: frozenset[int] | None) -> tuple[OpeningRow, ...]:
    """Return the openings within reach, the latest first."""
    query = select(BoxOpening).order_by(BoxOpening.opened_at.desc(), BoxOpening.id.desc()).limit(LIST_LIMIT)
    if scope is not None:
        query = query.where(BoxOpening.unit_id.in_(sorted(scope)))
    found = list(session.execute(query).scalars())
    names = units.names(session, {opening.unit_id for opening in found})
    typed = _typed(session, [opening.id for opening in found])
    return tuple(_row(opening, names, typed.get(opening.id, {})) for opening in found)


def opening(session: Session, opening_id: int, *, scope: frozenset[int] | None, today: date) -> Opening:
    """Return one opening within reach; raises NotFound."""
    kept = session.get(BoxOpening, opening_id)
    if kept is None or (scope is not None and kept.unit_id not in scope):
        raise NotFound("There are no such minutes within your reach.")
    names = units.names(session, [kept.unit_id])
    typed = _typed(session, [opening_id]).get(opening_id, {})
    query = select(Suggestion.id).where(Suggestion.opening_id == opening_id).order_by(Suggestion.id.desc())
    slips = list(session.execute(query.limit(SLIP_ROWS)).scalars())
    return Opening(
        row=_row(kept, names, typed),
        unit_id=kept.unit_id,
        people=tuple(Person(**person) for person in json.loads(kept.people)),
        note=kept.note,
        noted_by=accounts.full_names(session, [kept.account_id]).get(kept.account_id, ""),
        finished_at=kept.finished_at,
        photos=_photos(session, opening_id),
        slips=rows_of(session, slips, scope=None, today=today),
    )


def photo(session: Session, opening_id: int, file_id: str, *, scope: frozenset[int] | None, today: date) -> FileRow:
    """Return a photograph of an opening within reach; raises NotFound."""
    for file in opening(session, opening_id, scope=scope, today=today).photos:
        if file.id == file_id:
            return file
    raise NotFound("There is no such file within your reach.")


def figures_of(session: Session, kept: BoxOpening) -> Figures:
    """Return what was counted at an opening and typed in since."""
    return Figures(kept.slips, kept.blank, kept.legal, _typed(session, [kept.id]).get(kept.id, {}))


def _row(kept: BoxOpening, names: dict[int, str], typed: dict[Kind, int]) -> OpeningRow:
    return OpeningRow(
        id=kept.id,
        number=kept.number,
        unit_name=names.get(kept.unit_id, ""),
        place=kept.place,
        opened_at=kept.opened_at,
        figures=Figures(kept.slips, kept.blank, kept.legal, typed),
        is_finished=kept.finished_at is not None,
    )


def _typed(session: Session, opening_ids: list[int]) -> dict[int, dict[Kind, int]]:
    query = select(Suggestion.opening_id, Suggestion.kind, func.count()).where(Suggestion.opening_id.in_(opening_ids))
    found: dict[int, dict[Kind, int]] = {}
    row: Any
    for row in session.execute(query.group_by(Suggestion.opening_id, Suggestion.kind)):
        found.setdefault(row[0], {})[Kind(row[1])] = row[2]
    return found


def _photos(session: Session, opening_id: int) -> tuple[FileRow, ...]:
    columns = (getattr(SuggestionFile, name) for name in FileRow.__dataclass_fields__)
    query = select(*columns).where(SuggestionFile.opening_id == opening_id).order_by(SuggestionFile.name)
    return tuple(FileRow(*row) for row in session.execute(query))
