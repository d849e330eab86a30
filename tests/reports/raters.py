"""Many ratings that differ in everything a report tells apart."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from feedback_service.operations.service.demo.chance import Draws, made_up_id
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import record
from tests.reports.records import BIRTH, COUNTER_1, COUNTER_2, COUNTER_3, DONG_HA, LAND, NAM_DONG_HA

NOON = datetime(2026, 10, 13, 5, tzinfo=UTC)
PLACES = ((DONG_HA, COUNTER_1), (DONG_HA, COUNTER_2), (DONG_HA, None), (NAM_DONG_HA, COUNTER_3))


def rate(session: Session, number: int) -> None:
    """Record one of many ratings that differ in everything a report tells apart."""
    draws = Draws("board", number)
    unit_id, counter_id = draws.one_of(PLACES)
    is_five = draws.happens(0.8)
    level = 1 + draws.below(5 if is_five else 3)
    is_low = level <= (2 if is_five else 1)
    at = NOON - timedelta(hours=draws.below(24 * 20), seconds=number)
    given = Given(
        id=made_up_id("board", number),
        sequence=None,
        questionnaire="kiosk-5" if is_five else "kiosk-3",
        version=1,
        answered_at=at,
        language="vi",
        answers={"satisfaction": level, **({"reasons": ["waiting"]} if is_low and draws.happens(0.7) else {})},
    )
    tier = draws.one_of((Tier.KIOSK, Tier.WEB))
    procedure_id = Draws("procedure", number).one_of((BIRTH, LAND, None))
    place = Place(unit_id, counter_id, None, Channel.QR, tier, procedure_id=procedure_id)
    record(session, place, [given], now=at)
