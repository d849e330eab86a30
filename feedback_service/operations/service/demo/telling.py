"""Filling the demonstration: days of ratings, the poll of the city, dossiers, what the tablets say."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.bundled import folder
from feedback_service.core.period import LOCAL_ZONE, local_day, quarter_of
from feedback_service.db import Database
from feedback_service.kiosks.export import current_version
from feedback_service.kiosks.rules import Report
from feedback_service.kiosks.service import hear
from feedback_service.operations.service.demo.chance import made_up_id
from feedback_service.operations.service.demo.days import Choices, Desk, Visit, visits
from feedback_service.operations.service.demo.office import QUESTIONNAIRE, Demo, Station, found_office, made_up
from feedback_service.operations.service.demo.paperwork import report_dossiers
from feedback_service.operations.service.demo.voting import hold_poll
from feedback_service.ratings.models import Rating
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import record

CLOSING = time(17, 30)
DAYS_AT_ONCE = 7
VERSION = 1
Tell = Callable[[str], None]


def fill(database: Database, *, now: datetime, tell: Tell) -> Demo:
    """Make the demonstration, or add the days since it was last made; raises Refused for a real database.

    It begins with the quarter before this one, and ends yesterday.
    """
    first_on = quarter_of(quarter_of(local_day(now)).first_on - timedelta(days=1)).first_on
    tell("Demonstration: the office, its counters, tablets and sign-ins")
    with database.transaction() as session:
        demo = found_office(session, first_on, opened_at=_closing(first_on - timedelta(days=1)), now=now)
    with database.reading() as session:
        done_until = _last_day(session, demo)
    days = tuple(_days(max(first_on, done_until + timedelta(days=1)), local_day(now) - timedelta(days=1)))
    for start in range(0, len(days), DAYS_AT_ONCE):
        part = days[start : start + DAYS_AT_ONCE]
        tell(f"Demonstration: ratings of {part[0]:%d/%m/%Y} to {part[-1]:%d/%m/%Y}")
        with database.transaction() as session:
            for day in part:
                _record_day(session, demo, day)
    tell("Demonstration: dossiers and the poll of the city")
    with database.transaction() as session:
        report_dossiers(session, demo, now=now)
        hold_poll(session, demo, now=now)
    return demo


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def _last_day(session: Session, demo: Demo) -> date:
    tablets = [station.kiosk_id for station in demo.stations]
    last = session.execute(select(func.max(Rating.counted_on)).where(Rating.kiosk_id.in_(tablets))).scalar_one_or_none()
    return demo.first_on - timedelta(days=1) if last is None else last


def _record_day(session: Session, demo: Demo, day: date) -> None:
    told = made_up()
    comments = told["comments"]
    choices = Choices(told["reasons"], told["praise"], comments["low"], comments["high"])
    for station in demo.stations:
        about = station.made_up
        desk = Desk(about["name"], about["a_day"], tuple(about["levels"]), about["gain"])
        found = visits(desk, choices, day)
        at_tablet = [visit for visit in found if not visit.is_online]
        sequence = _last_sequence(session, station)
        given = [_given(visit, desk, number) for number, visit in enumerate(at_tablet, start=sequence + 1)]
        _record(session, demo, station, given, at=_closing(day), channel=Channel.KIOSK)
        _hear(session, station, sequence + len(given), _closing(day))
        online = [_given(visit, desk, None) for visit in found if visit.is_online]
        _record(session, demo, station, online, at=_closing(day), channel=Channel.QR)


def _record(
    session: Session, demo: Demo, station: Station, given: list[Given], *, at: datetime, channel: Channel
) -> None:
    is_tablet = channel is Channel.KIOSK
    kiosk_id = station.kiosk_id if is_tablet else None
    tier, procedure_id = (Tier.KIOSK, None) if is_tablet else (Tier.WEB, station.procedure_id)
    place = Place(demo.unit_id, station.counter_id, kiosk_id, channel, tier, procedure_id=procedure_id)
    if given:
        record(session, place, given, now=at)


def _given(visit: Visit, desk: Desk, sequence: int | None) -> Given:
    ticked = {"reasons": list(visit.reasons), "praise": list(visit.praise)}
    return Given(
        id=made_up_id("rating", desk.name, visit.at.isoformat(), sequence),
        sequence=sequence,
        questionnaire=QUESTIONNAIRE,
        version=VERSION,
        answered_at=visit.at,
        language=visit.language,
        answers={"satisfaction": visit.level, **{name: values for name, values in ticked.items() if values}},
        comment=visit.comment,
    )


def _last_sequence(session: Session, station: Station) -> int:
    last = select(func.max(Rating.sequence)).where(Rating.kiosk_id == station.kiosk_id)
    return session.execute(last).scalar_one() or 0


def _hear(session: Session, station: Station, last_sequence: int, at: datetime) -> None:
    report = Report(
        last_seen_at=at,
        queued=0,
        last_sequence=last_sequence,
        storage_persisted=True,
        app_version=current_version(folder("kiosk_static")),
        clock_skew_seconds=0,
        battery_percent=100,
    )
    hear(session, station.kiosk_id, report)


def _closing(day: date) -> datetime:
    return datetime.combine(day, CLOSING, LOCAL_ZONE)
