"""The office of the demonstration: its unit, counters, tablets and sign-ins, made once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.accounts.models import Account
from feedback_service.accounts.rules.roles import ROLE_NAMES, Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.bundled import own
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.ids import new_token
from feedback_service.core.period import local_day
from feedback_service.kiosks import queries as kiosks
from feedback_service.kiosks import service as enrolment
from feedback_service.kiosks.models import Kiosk
from feedback_service.kiosks.rules import Shift
from feedback_service.polls.models import Poll
from feedback_service.procedures import queries as procedures
from feedback_service.procedures import service as procedures_service
from feedback_service.procedures.rules import rows_of as procedure_rows
from feedback_service.questionnaires import service as questionnaires
from feedback_service.ratings.models import Rating
from feedback_service.suggestions.models import Suggestion
from feedback_service.units import queries as units
from feedback_service.units import service as unit_service
from feedback_service.units.rules import OFFICE_HOURS

BY = "system"
QUESTIONNAIRE = "kiosk-5"
NOT_EMPTY = "This database holds records of a real office. Use an empty one for the demonstration."


@dataclass(frozen=True)
class Station:
    """A counter of the demonstration with its tablet, and the procedure that its printed QR code is for.

    `made_up` is what the data file says of it.
    """

    counter_id: int
    kiosk_id: int
    procedure_id: int
    made_up: dict[str, Any]


@dataclass(frozen=True)
class Demo:
    """The office as it stands."""

    unit_id: int
    stations: tuple[Station, ...]
    first_on: date


def made_up() -> dict[str, Any]:
    """Return the data file of the demonstration."""
    found: dict[str, Any] = json.loads(own("operations/demo.json").read_text(encoding="utf-8"))
    return found


def sign_ins() -> tuple[tuple[str, str, str], ...]:
    """Return sign-in name, password and the message id of the role of each made-up account."""
    known = made_up()
    return tuple(
        (account["name"], known["password"], ROLE_NAMES[Role(account["role"])]) for account in known["accounts"]
    )


def tablet_code(session: Session, *, hashed: Callable[[str], str], now: datetime) -> str | None:
    """Return a fresh code with which one more tablet enrols at the first counter; None outside a demonstration."""
    office = units.office(session)
    if office is None or not office.is_demo or office.unit_id is None:
        return None
    counter = units.counter_named(session, office.unit_id, made_up()["counters"][0]["name"])
    if counter is None:
        return None
    place = enrolment.Place(office.unit_id, counter.id, counter.name, QUESTIONNAIRE)
    return enrolment.issue_code(session, place, hashed=hashed, by=BY, now=now)


def found_office(session: Session, first_on: date, *, opened_at: datetime, now: datetime) -> Demo:
    """Make what is missing of the office and return it; raises Refused for a database that is not a demonstration."""
    unit_service.load_builtin(session, now=now)
    questionnaires.load_builtin(session, now)
    known = made_up()
    office = units.office(session)
    if not (office and office.is_demo):
        _refuse_records(session)
    unit = units.by_code(session, known["unit"], on=local_day(now))
    if unit is None:
        raise NotFound("There is no unit with the code {code} today.", code=known["unit"])
    if not (office and office.is_demo):
        unit_service.settle_office(session, unit.id, known["office"], by=BY, now=now)
        unit_service.mark_demo(session, by=BY, now=now)
    for account in known["accounts"]:
        _add_account(session, account, unit.id, known["password"], now=now)
    named = _procedures(session, known["counters"], now=now)
    stations = tuple(
        _station(
            session, unit.id, {**counter, "procedure_id": named[counter["procedure"]["code"]]}, opened_at=opened_at
        )
        for counter in known["counters"]
    )
    return Demo(unit.id, stations, first_on)


def _refuse_records(session: Session) -> None:
    for table in (Account.id, Kiosk.id, Poll.id, Rating.id, Suggestion.id):
        if session.execute(select(table).limit(1)).first() is not None:
            raise Refused(NOT_EMPTY)


def _add_account(session: Session, account: dict[str, Any], unit_id: int, password: str, *, now: datetime) -> None:
    if accounts.credentials(session, account["name"]) is None:
        facts = AccountFacts(account["full_name"], Role(account["role"]), None if "everywhere" in account else unit_id)
        add(session, account["name"], facts, password=password, by=BY, now=now)


def _station(session: Session, unit_id: int, counter: dict[str, Any], *, opened_at: datetime) -> Station:
    found = units.counter_named(session, unit_id, counter["name"])
    counter_id = (
        found.id
        if found
        else unit_service.open_counter(session, unit_id, counter["name"], field=counter["field"], by=BY, now=opened_at)
    )
    if not kiosks.shifts(session, counter_id):
        for hours in OFFICE_HOURS:
            shift = Shift(hours.weekdays, hours.opens, hours.closes, counter["officer"], "")
            enrolment.add_shift(session, counter_id, shift, by=BY, now=opened_at)
    tablet = next((one for one in kiosks.fleet(session, [unit_id]) if one.name == counter["tablet"]), None)
    if tablet is not None:
        return Station(counter_id, tablet.id, counter["procedure_id"], counter)
    place = enrolment.Place(unit_id, counter_id, counter["tablet"], QUESTIONNAIRE)
    code = enrolment.issue_code(session, place, hashed=enrolment.token_hash, by=BY, now=opened_at)
    kiosk_id = enrolment.enrol(session, enrolment.token_hash(code), new_token(), now=opened_at)
    return Station(counter_id, kiosk_id, counter["procedure_id"], counter)


def _procedures(session: Session, counters: Sequence[Mapping[str, Any]], *, now: datetime) -> dict[str, int]:
    """Take in the procedures of the counters where they are missing, and return their ids by code."""
    told = [(one["procedure"]["code"], one["procedure"]["name"], one["field"]) for one in counters]
    procedures_service.store(session, procedure_rows([("code", "name", "field"), *told]), by=BY, now=now)
    return procedures.ids_of(session, [code for code, _name, _field in told])
