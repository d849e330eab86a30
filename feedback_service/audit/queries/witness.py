"""Witnesses: what the records of one kind contain today, read so that a damaged row is still read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import RowMapping, String, inspect, select, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeDecorator

from feedback_service.core.canonical import digest
from feedback_service.db import Base, moment_text

BOUND = 500
"""Ids in one question; SQLite takes 32,766, PostgreSQL plans short lists better."""


WHOLE = re.compile(r"-?[0-9]{1,18}")


class Witness(Protocol):
    """Tells what the records of one kind contain today."""

    @property
    def kind(self) -> str:
        """The kind as the ledger names it."""

    @property
    def is_final(self) -> bool:
        """Whether a record of this kind is stored once and never changed."""

    def digests(self, session: Session, subject_ids: list[str]) -> dict[str, str]:
        """Return the digest of each record that exists among `subject_ids`."""

    def ids_after(self, session: Session, last_id: str | None, limit: int) -> list[str]:
        """Return up to `limit` ids in a fixed order, those after `last_id`."""

    def strays(self, session: Session) -> list[str]:
        """Return ids that some part names as its record, though there is no such record."""


class StoredText(TypeDecorator[str]):
    """Whatever a column holds, as text that is the same on both databases and never fails to be read."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: object, dialect: Dialect) -> str | None:
        """Spell moments, days and truth as SQLite keeps them."""
        return None if value is None else stored_text(value)


def stored_text(value: object) -> str:
    """Return a value that is present as StoredText reads it back."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


@dataclass(frozen=True)
class RowWitness:
    """Witness of the rows of one table with a single key; rows of `parts`, joined by a column, belong to the record."""

    kind: str
    model: type[Base]
    is_final: bool = False
    parts: tuple[InstrumentedAttribute[Any], ...] = ()

    def digests(self, session: Session, subject_ids: list[str]) -> dict[str, str]:
        """Return the digest over every column of each record and of its parts."""
        found: dict[str, str] = {}
        wanted = self._keys(subject_ids)
        for start in range(0, len(wanted), BOUND):
            keys = wanted[start : start + BOUND]
            owned = [self._parts(session, joined, keys) for joined in self.parts]
            for row in session.execute(_texts(self.model).where(self._key.in_(keys))).mappings():
                subject_id = str(row[self._key.key])
                found[subject_id] = digest([_known(row), *(part.get(subject_id, []) for part in owned)])
        return found

    def digest(self, session: Session, subject_id: object) -> str:
        """Return the digest of one record as it stands in this transaction; raises KeyError when there is none."""
        return self.digests(session, [str(subject_id)])[str(subject_id)]

    def ids_after(self, session: Session, last_id: str | None, limit: int) -> list[str]:
        """Return up to `limit` ids in the order of the key, those after `last_id`."""
        query = select(type_coerce(self._key, StoredText)).order_by(self._key).limit(limit)
        if last_id is not None:
            query = query.where(self._key > self._keys([last_id])[0])
        return [str(key) for key in session.execute(query).scalars()]

    def strays(self, session: Session) -> list[str]:
        """Return ids that some part names as its record, though there is no such record."""
        found: list[str] = []
        for joined in self.parts:
            has_record = select(self._key).where(self._key == joined).exists()
            query = select(type_coerce(joined, StoredText)).where(joined.is_not(None), ~has_record).distinct()
            found += [str(key) for key in session.execute(query.limit(BOUND)).scalars()]
        return sorted(set(found))

    @property
    def _key(self) -> InstrumentedAttribute[Any]:
        (column,) = inspect(self.model).primary_key
        key: InstrumentedAttribute[Any] = getattr(self.model, column.key or column.name)
        return key

    def _keys(self, subject_ids: Iterable[str]) -> list[Any]:
        if self._key.type.python_type is int:
            return [int(subject_id) for subject_id in subject_ids if WHOLE.fullmatch(subject_id)]
        return list(subject_ids)

    def _parts(self, session: Session, joined: InstrumentedAttribute[Any], keys: list[Any]) -> dict[str, list[object]]:
        found: dict[str, list[object]] = {}
        own: type[Base] = joined.property.parent.class_
        query = _texts(own).where(joined.in_(keys)).order_by(*inspect(own).primary_key)
        for row in session.execute(query).mappings():
            found.setdefault(str(row[joined.key]), []).append(_known(row))
        return found


def _texts(model: type[Base]) -> Any:
    names = [attribute.key for attribute in inspect(model).column_attrs]
    return select(*(type_coerce(getattr(model, name), StoredText).label(name) for name in names))


def _known(row: RowMapping) -> dict[str, str]:
    """Leave absent values out, so that a column added later without a value changes no digest."""
    return {name: text for name, text in row.items() if text is not None}
