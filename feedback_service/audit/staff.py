"""The ledger at the desk: who did what to which record, with filters and as a file."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Flask, Response, current_app, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.audit import queries
from feedback_service.audit.export import MEDIA_TYPES, Format, file_pieces
from feedback_service.audit.rules import Act
from feedback_service.audit.rules.telling import ACTORS, FACTS, NOUNS, UNIT_FACTS, noun_of, verb_of
from feedback_service.audit.service import note
from feedback_service.core.errors import Refused
from feedback_service.core.period import day_of, local_day, starts_at
from feedback_service.core.text import one_line
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

staff = Blueprint("audit_staff", __name__)
EXTENSION = "audit"
PAGE_LINES = 100
RECORDS = "records"
PLACE = re.compile(r"[0-9T:.+-]{1,40}/[0-9]{1,2}/[0-9]{1,18}")
"""Where a page goes on: moment, lane and number of the entry before."""


@dataclass(frozen=True)
class Readership:
    """Whose acts the person who is signed in may read, by actor with the name; `is_whole`: everybody's.

    `unit_names` holds the units within reach by id, as the facts of an entry name them.
    """

    names: Mapping[str, str]
    unit_names: Mapping[str, str]
    is_whole: bool


@dataclass(frozen=True)
class Line:
    """One entry in words; `person` is a name, empty where the actor is told by a message id."""

    entry: queries.EntryRow
    person: str
    actor_name: str
    noun: str
    verb: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """The filter as it stands in the address."""

    view: str
    first_on: str
    last_on: str
    kind: str
    actor: str


@dataclass(frozen=True)
class LedgerPage:
    """A page of entries."""

    asked: Asked
    lines: tuple[Line, ...]
    following: str
    people: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    heads: tuple[queries.Head, ...]
    count: int
    today: date


def install(app: Flask, readership: Callable[[Session], Readership]) -> None:
    """Tell the page whose acts may be read: people and tablets belong to features above this one."""
    app.extensions[EXTENSION] = readership


@staff.get("/staff/audit")
def ledger() -> Response:
    """Show entries, the newest first."""
    asked = _asked(request.args)
    with platform().reading() as session:
        readers = _readership(session)
        found = queries.entries(session, _filter(asked, readers), after=_place(), limit=PAGE_LINES + 1)
        heads, count = queries.heads(session), queries.count(session)
    shown = found[:PAGE_LINES]
    page = LedgerPage(
        asked=asked,
        lines=tuple(_line(entry, readers) for entry in shown),
        following=shown[-1].place if len(found) > PAGE_LINES else "",
        people=tuple(sorted(readers.names.items(), key=lambda pair: pair[1])),
        kinds=tuple(sorted({noun: kind for kind, noun in NOUNS.items()}.items())),
        heads=heads,
        count=count,
        today=local_day(platform().now()),
    )
    return pages.show("audit/ledger.html", page)


@staff.post("/staff/audit/exports")
def export() -> AnyResponse:
    """Send every entry of the filter as a file, and note that it was taken."""
    running, asked, written_as = platform(), _asked(request.form), _format(request.form.get("format", Format.CSV))
    now = running.now()
    with running.transaction() as session:
        readers = _readership(session)
        wanted = _filter(asked, readers)
        facts = {name: value for name, value in vars(asked).items() if value} | {"format": written_as.value}
        note(session, Act("audit.exported", person().actor, ("export", "audit"), facts=facts), now=now)

    def entries() -> Iterator[queries.EntryRow]:
        with running.reading() as session:
            yield from queries.every(session, wanted)

    scratch = running.settings.data_dir
    pieces = file_pieces(entries(), written_as, lambda actor: readers.names.get(actor, ""), scratch=scratch)
    name = f"ledger-{local_day(now)}.{written_as.value}"
    return pages.download(pieces, file_name=name, media_type=MEDIA_TYPES[written_as])


def _readership(session: Session) -> Readership:
    readership: Callable[[Session], Readership] = current_app.extensions[EXTENSION]
    return readership(session)


def _asked(given: "MultiDict[str, str]") -> Asked:
    view = RECORDS if given.get("view") == RECORDS else "acts"
    return Asked(view, *(one_line(given.get(name, ""))[:60] for name in ("first_on", "last_on", "kind", "actor")))


def _filter(asked: Asked, readers: Readership) -> queries.Filter:
    first_on, last_on = _day(asked.first_on), _day(asked.last_on)
    actors = None if readers.is_whole else frozenset(readers.names)
    if asked.actor:
        actors = frozenset({asked.actor}) & (actors if actors is not None else {asked.actor})
    return queries.Filter(
        is_counting=asked.view == RECORDS,
        from_at=starts_at(first_on) if first_on else None,
        until_at=starts_at(last_on + timedelta(days=1)) if last_on else None,
        kind=asked.kind or None,
        actors=actors,
    )


def _format(name: str) -> Format:
    if name not in tuple(Format):
        raise Refused("Please choose one of the list.")
    return Format(name)


def _day(text: str) -> date | None:
    try:
        return day_of(text) if text else None
    except ValueError as error:
        raise Refused("Please give the days as year-month-day, such as 2026-10-13.") from error


def _place() -> str:
    after = request.args.get("after", "")
    return after if PLACE.fullmatch(after) else ""


def _line(entry: queries.EntryRow, readers: Readership) -> Line:
    known = readers.names.get(entry.actor, "")
    return Line(
        entry=entry,
        person=known,
        actor_name=ACTORS.get(entry.actor, entry.actor),
        noun=noun_of(entry.act),
        verb=verb_of(entry.act),
        facts=_facts(entry.facts, readers.unit_names),
    )


def _facts(text: str, unit_names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    try:
        facts = json.loads(text)
    except ValueError:
        return (("", text),)
    if not isinstance(facts, dict):
        return (("", text),)
    told = {name: str(value) for name, value in facts.items() if value not in (None, "")}
    return tuple(
        (FACTS.get(name, name), unit_names.get(value, value) if name in UNIT_FACTS else value)
        for name, value in told.items()
    )
