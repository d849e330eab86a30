"""Procedures: their codes, and what the rows of a file say (domain.md 4.3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from feedback_service.core.cells import Cell, Table, amount, day, lines_of, words
from feedback_service.core.plans import Outcome
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence

CODE = re.compile(r"([1-9]\.[0-9]{6})(\.[0-9]{3}\.[0-9]{2}\.[0-9]{2})?(\.[A-Z][0-9]{2})?")


class Level(StrEnum):
    """Who handles a procedure."""

    PROVINCE = "province"
    COMMUNE = "commune"


class Service(StrEnum):
    """How much of it is done online: all, a part, nothing."""

    FULL = "full"
    PART = "part"
    NONE = "none"


LEVEL_NAMES: Mapping[Level, str] = {Level.PROVINCE: "Province", Level.COMMUNE: "Commune"}
SERVICE_NAMES: Mapping[Service, str] = {
    Service.FULL: "wholly online",
    Service.PART: "partly online",
    Service.NONE: "not online",
}
"""Message ids of what a procedure is."""
HEADS: Mapping[str, str] = {
    # heads as programs and as Vietnamese offices write them, accents apart
    **{name: name for name in ("code", "name", "field", "level", "service", "limit_days", "fee")},
    "valid_from": "valid_from",
    "tu ngay": "valid_from",
    "valid_to": "valid_to",
    "den ngay": "valid_to",
    "ma": "code",
    "ma thu tuc": "code",
    "ma tthc": "code",
    "ten": "name",
    "ten thu tuc": "name",
    "ten tthc": "name",
    "ten thu tuc hanh chinh": "name",
    "linh vuc": "field",
    "cap": "level",
    "cap thuc hien": "level",
    "muc do": "service",
    "muc do dvc": "service",
    "dich vu cong": "service",
    "thoi han": "limit_days",
    "thoi han (ngay)": "limit_days",
    "phi": "fee",
    "le phi": "fee",
    "phi, le phi": "fee",
}
LEVELS: Mapping[str, Level] = {
    **{level.value: level for level in Level},
    "tinh": Level.PROVINCE,
    "cap tinh": Level.PROVINCE,
    "xa": Level.COMMUNE,
    "cap xa": Level.COMMUNE,
    "": Level.COMMUNE,
}
SERVICES: Mapping[str, Service] = {
    **{service.value: service for service in Service},
    "toan trinh": Service.FULL,
    "mot phan": Service.PART,
    "khong": Service.NONE,
    "": Service.NONE,
}
STANDS = "Another procedure with this code still holds. Please give that one its last day first."
NO_HEAD = "The first line must name the columns; at least the code and the name."


@dataclass(frozen=True)
class Facts:
    """What a procedure is."""

    code: str
    name: str
    field: str
    level: str
    service: str
    limit_days: int | None
    fee: str
    valid_from: date | None
    valid_to: date | None

    @property
    def key(self) -> str:
        """The part of the code that stays when an office writes it otherwise."""
        return key_of(self.code)


@dataclass(frozen=True)
class Row:
    """One row as it was understood; `number` counts lines, the head being 1; without facts it is refused."""

    number: int
    name: str
    facts: Facts | None
    faults: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Planned:
    """What becomes of a row; `known_id` is the procedure that it speaks of, None for a new one."""

    row: Row
    outcome: Outcome
    known_id: int | None = None


def key_of(code: str) -> str:
    """Return the part of a code that stays, such as 1.004194; "" for what is no code."""
    found = CODE.fullmatch(code.strip().upper())
    return found[1] if found else ""


def rows_of(table: Table) -> tuple[Row, ...]:
    """Return every row of a table, readable or not; raises Refused without a known head."""
    lines = lines_of(table, HEADS, needed={"code", "name"}, no_head=NO_HEAD)
    return tuple(_without_twins([_row(number, cells) for number, cells in lines]))


def planned(rows: Sequence[Row], known: Mapping[int, Facts]) -> tuple[Planned, ...]:
    """Return what becomes of each row beside the procedures that are known, by their id."""
    begun = {(facts.key, facts.valid_from): known_id for known_id, facts in known.items()}
    told = {begun.get((row.facts.key, row.facts.valid_from)): row.facts for row in rows if row.facts}
    standing: dict[str, list[int]] = {}
    for known_id, facts in known.items():
        if told.get(known_id, facts).valid_to is None:
            standing.setdefault(facts.key, []).append(known_id)
    return tuple(_planned(row, known, begun, standing) for row in rows)


def _planned(
    row: Row,
    known: Mapping[int, Facts],
    begun: Mapping[tuple[str, date | None], int],
    standing: Mapping[str, Sequence[int]],
) -> Planned:
    """`begun` gives procedures by key and first day, `standing` those without a last day once the file is stored."""
    if row.facts is None:
        return Planned(row, Outcome.REFUSED)
    known_id = begun.get((row.facts.key, row.facts.valid_from))
    others = [other for other in standing.get(row.facts.key, ()) if other != known_id]
    if others and row.facts.valid_to is None:
        if known_id is not None:
            return Planned(replace(row, facts=None, faults=(Sentence(STANDS),)), Outcome.REFUSED)
        known_id = others[0]
    if known_id is None:
        return Planned(row, Outcome.ADDED)
    return Planned(row, Outcome.UNCHANGED if known[known_id] == row.facts else Outcome.CHANGED, known_id)


def _is_same(one: Facts, other: Facts) -> bool:
    """Say whether two rows of one key speak of one procedure: begun on the same day, or both still standing."""
    return one.valid_from == other.valid_from or (one.valid_to is None and other.valid_to is None)


def _without_twins(rows: Sequence[Row]) -> Iterator[Row]:
    seen: dict[str, list[Facts]] = {}
    for row in rows:
        if row.facts is None:
            yield row
            continue
        earlier = seen.setdefault(row.facts.key, [])
        if any(_is_same(row.facts, other) for other in earlier):
            twin = Sentence("An earlier row has the same code for the same time.")
            yield Row(row.number, row.name, None, (twin,))
            continue
        earlier.append(row.facts)
        yield row


def _row(number: int, cells: Mapping[str, Cell]) -> Row:
    faults: list[Sentence] = []
    code, name = words(cells.get("code")).upper(), words(cells.get("name"))
    if not key_of(code):
        faults.append(Sentence("The code is not like 1.004194 or 1.002835.000.00.00.H56: {code}", {"code": code}))
    if not 0 < len(name) <= 500:
        faults.append(Sentence("The name must have 1 to 500 letters."))
    level, service = LEVELS.get(_plain(cells, "level")), SERVICES.get(_plain(cells, "service"))
    if level is None:
        faults.append(Sentence("The level must be province or commune."))
    if service is None:
        faults.append(Sentence("The online service must be full, part or none."))
    limit, first, last = _numbers(cells, faults)
    if faults or level is None or service is None:
        return Row(number, name or code, None, tuple(faults))
    texts = (words(cells.get("field"))[:120], level.value, service.value, limit, words(cells.get("fee"))[:200])
    return Row(number, name, Facts(code, name, *texts, first, last))


def _numbers(cells: Mapping[str, Cell], faults: list[Sentence]) -> tuple[int | None, date | None, date | None]:
    limit, first, last = None, None, None
    try:
        limit = amount(cells.get("limit_days")) or None
        first, last = day(cells.get("valid_from")), day(cells.get("valid_to"))
    except ValueError as error:
        faults.append(Sentence(str(error)))
    if limit and limit > 3650:
        faults.append(Sentence("The time limit is more than ten years."))
    if first and last and last < first:
        faults.append(Sentence("The last day comes before the first day. Please swap them."))
    return limit, first, last


def _plain(cells: Mapping[str, Cell], name: str) -> str:
    return folded(words(cells.get(name))).strip()
