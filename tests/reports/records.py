"""An office with a few records, written straight into the tables: for tests of what is read from them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from feedback_service.core.canonical import canonical
from feedback_service.core.period import local_day
from feedback_service.core.text import folded
from feedback_service.db import Base
from feedback_service.polls.models import Poll, PollOption, Vote, VoteChoice
from feedback_service.procedures.models import Procedure
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.units.models import Counter, Unit

PROVINCE, DONG_HA, NAM_DONG_HA = 1, 2, 3
COUNTER_1, COUNTER_2, COUNTER_3 = 11, 12, 13
FIVE, THREE = 51, 31
BIRTH, LAND = 71, 72
MONDAY = datetime(2026, 10, 12, 2, tzinfo=UTC)
"""A Monday at nine in the morning."""
CITY_POLL = 1
HEX = "0" * 64


def found_office(session: Session) -> None:
    """Write a province, two wards, their counters and the questionnaires of three and five faces."""
    units = ((PROVINCE, "44", "Quảng Trị", "province", None), (DONG_HA, "19333", "Phường Đông Hà", "ward", PROVINCE))
    for unit in (*units, (NAM_DONG_HA, "19351", "Phường Nam Đông Hà", "ward", PROVINCE)):
        names = dict(zip(("id", "code", "name", "kind", "parent_id"), unit, strict=True))
        add(session, Unit, {**names, "folded_name": folded(str(unit[2]))})
    desks = ((COUNTER_1, DONG_HA, "Quầy 1", "Đất đai"), (COUNTER_2, DONG_HA, "Quầy 2", "Hộ tịch"))
    for number, unit_id, name, field in (*desks, (COUNTER_3, NAM_DONG_HA, "Quầy 1", "")):
        opened = date(2025, 7, 1)
        add(session, Counter, {"id": number, "unit_id": unit_id, "name": name, "field": field, "opened_on": opened})
    for number, code, name in ((BIRTH, "1.001193", "Đăng ký khai sinh"), (LAND, "1.004194", "Đăng ký tạm trú")):
        told = {"id": number, "code": code, "key": code, "name": name, "folded_name": folded(name), "field": ""}
        add(session, Procedure, {**told, "level": "commune", "service": "full", "fee": ""})
    for version_id, scale in ((FIVE, 5), (THREE, 3)):
        name = f"kiosk-{scale}"
        titles = {"title_vi": name, "title_en": name, "kind": "kiosk"}
        add(session, Questionnaire, {"id": name, **titles})
        add(session, QuestionnaireVersion, version(version_id, name, scale))


def version(version_id: int, name: str, scale: int) -> dict[str, object]:
    """Return the row of version 1 of a questionnaire with `scale` faces and a question for reasons."""
    faces = [{"value": level, "text": {"vi": "", "en": ""}} for level in range(scale, 0, -1)]
    reasons = [
        {"value": "waiting", "text": {"vi": "Thời gian chờ đợi lâu", "en": "Long wait"}},
        {"value": "guidance", "text": {"vi": "Hướng dẫn chưa rõ ràng", "en": "Unclear guidance"}},
    ]
    words = {"vi": "?", "en": "?"}
    asked = [
        {"id": "satisfaction", "kind": "faces", "options": faces, "show_if": None, "required": True, "text": words},
        {
            "id": "reasons",
            "kind": "multiple",
            "required": False,
            "text": words,
            "options": reasons,
            "show_if": {"question": "satisfaction", "in": [1, 2] if scale == 5 else [1]},
        },
    ]
    return {
        "id": version_id,
        "questionnaire_id": name,
        "number": 1,
        "status": "published",
        "questions": canonical(asked),
        "legal_basis": "",
        "valid_from": date(2025, 7, 1),
        "is_unverified": True,
        "published_at": MONDAY,
    }


def add_rating(session: Session, number: int, **changed: object) -> None:
    """Write one rating, "very satisfied" at counter 1 on Monday morning unless it is said otherwise."""
    at = changed.get("answered_at", MONDAY)
    assert isinstance(at, datetime)
    row = {
        "id": str(UUID(int=number)),
        "sequence": number,
        "kiosk_id": None,
        "unit_id": DONG_HA,
        "counter_id": COUNTER_1,
        "version_id": FIVE,
        "channel": "kiosk",
        "tier": "kiosk",
        "language": "vi",
        "answered_at": at,
        "stored_at": at + timedelta(seconds=2),
        "counted_on": local_day(at),
        "clock": "right",
        "level": 5,
        "levels": 5,
        "answers": canonical({"satisfaction": 5}),
        "fingerprint": HEX,
        "salt": HEX[:32],
    }
    add(session, Rating, {**row, **changed})


def add_label(session: Session, number: int, label: str, lifted_at: datetime | None) -> None:
    """Mark a rating."""
    rating_id = str(UUID(int=number))
    row = {"id": f"{rating_id}/{label}", "rating_id": rating_id, "label": label, "rules_version": 1, "set_at": MONDAY}
    add(session, RatingLabel, {**row, "lifted_at": lifted_at})


def found_poll(session: Session, options: Sequence[str], *, unit_id: int = DONG_HA) -> None:
    """Write the poll of the city with these options, numbered from 1."""
    row = {
        "id": CITY_POLL,
        "slug": "chuyen-muc-dang",
        "unit_id": unit_id,
        "question_vi": "Bạn đánh giá thế nào về trang thông tin Chuyên mục Đảng?",
        "question_en": "How do you rate the Party section of the portal?",
        "note_vi": "",
        "note_en": "",
        "kind": "multiple",
        "most_choices": len(options),
        "status": "open",
        "opens_at": MONDAY - timedelta(days=30),
        "ladder": "code-work",
        "results_shown": "always",
        "created_at": MONDAY - timedelta(days=31),
    }
    add(session, Poll, row)
    for place, text in enumerate(options, start=1):
        add(session, PollOption, {"id": place, "poll_id": 1, "position": place, "text_vi": text, "text_en": text})


def add_vote(session: Session, number: int, options: Sequence[int], *, at: datetime = MONDAY) -> None:
    """Write one vote for some options of the city's poll."""
    add_votes(session, [(number, options, at)])


def add_votes(session: Session, votes: Sequence[tuple[int, Sequence[int], datetime]]) -> None:
    """Write votes, each a number, its options and its moment, all at once."""
    kept = {"poll_id": CITY_POLL, "tier": "clean", "salt": HEX[:32]}
    rows = [
        {**kept, "id": str(UUID(int=number)), "nonce": f"{number:032x}", "stored_at": at} for number, _, at in votes
    ]
    session.execute(insert(Vote), rows)
    choices = [
        {"vote_id": str(UUID(int=number)), "option_id": chosen} for number, options, _ in votes for chosen in options
    ]
    if choices:
        session.execute(insert(VoteChoice), choices)


def add(session: Session, table: type[Base], row: dict[str, object]) -> None:
    """Write one row."""
    session.execute(insert(table).values(row))
