"""POST /api/v1/ratings as the contract says it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback_service.kiosks import service as kiosks
from feedback_service.ratings.models import Rating, RatingComment, RatingQuarantine
from tests.kiosks.lobbies import told
from tests.ratings.tablets import Sender, pointers, rating, refused

HUGE = b'{"ratings": [' + b'"' + b"x" * 300_000 + b'"]}'


def test_a_batch_is_answered_rating_by_rating(sender: Sender) -> None:
    good, again, bad = rating(5), rating(4), rating(6)
    sender.sends(again)

    answer = sender.sends(good, again, bad)

    results = told(answer)["results"]
    assert [result["id"] for result in results] == [good["id"], again["id"], bad["id"]]
    assert [result["outcome"] for result in results] == ["stored", "repeated", "refused"]
    assert results[0]["problem"] is None
    assert sender.count() == 2


def test_a_refused_rating_is_told_why_and_kept_for_the_office(sender: Sender) -> None:
    answer = sender.sends(rating(5), rating(6, comment="Cán bộ vui vẻ"))

    (problem,) = refused(answer)
    assert problem["type"] == "/problems/invalid"
    assert problem["status"] == 422
    assert problem["instance"] == "/api/v1/ratings"
    assert pointers(problem) == ["/ratings/1/answers/satisfaction"]
    with sender.lobby.platform.reading() as session:
        raw = session.execute(select(RatingQuarantine.raw)).scalar_one()
    assert json.loads(raw)["comment"] == "Cán bộ vui vẻ"


def test_a_refused_rating_that_comes_again_is_kept_once(sender: Sender) -> None:
    bad = rating(6)

    for _ in range(3):
        sender.sends(bad)

    assert sender.count(RatingQuarantine) == 1


@pytest.mark.parametrize("level", [-1, 0, 6, 2**63, 1e3, 5.0, True, None, "5", [5], {"value": 5}, [], ""])
def test_an_answer_that_is_no_option_leaves_no_row(small_sender: Sender, level: object) -> None:
    (problem,) = refused(small_sender.sends(rating(level)))

    assert pointers(problem) == ["/ratings/0/answers/satisfaction"]
    assert small_sender.count() == 0


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_is_none_leaves_no_row(small_sender: Sender, number: bytes) -> None:
    body = json.dumps({"ratings": [rating(5), rating("here")]}).encode().replace(b'"here"', number)

    answer = small_sender.posts(data=body, content_type="application/json")

    assert [pointers(problem) for problem in refused(answer)] == [["/ratings/1/answers/satisfaction"]]
    assert small_sender.count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"id": "not-a-uuid"}, ["/id"]),
        ({"id": 7}, ["/id"]),
        ({"sequence": -1}, ["/sequence"]),
        ({"sequence": True}, ["/sequence"]),
        ({"sequence": ...}, ["/sequence"]),
        ({"questionnaire": "kiosk\x00"}, ["/questionnaire"]),
        ({"version": "1"}, ["/version"]),
        ({"version": 2**63}, ["/version"]),
        ({"answered_at": "yesterday"}, ["/answered_at"]),
        ({"answered_at": "2026-02-30T08:30:00Z"}, ["/answered_at"]),
        ({"answered_at": "2026-10-13T08:30:00"}, ["/answered_at"]),
        ({"answered_at": "0001-01-01T00:00:00+14:00"}, ["/answered_at"]),
        ({"language": "fr"}, ["/language"]),
        ({"answers": []}, ["/answers"]),
        ({"answers": {}}, ["/answers/satisfaction"]),
        ({"answers": {"satisfaction": 5, "nobody": 1}}, ["/answers/nobody"]),
        ({"answers": {"satisfaction": 1, "reasons": "waiting"}}, ["/answers/reasons"]),
        ({"answers": {"satisfaction": 1, "reasons": ["waiting", "waiting"]}}, ["/answers/reasons"]),
        ({"answers": {"satisfaction": 1, "reasons": ["rain"]}}, ["/answers/reasons"]),
        ({"answers": {"satisfaction": 1, "reasons": [["waiting"]]}}, ["/answers/reasons"]),
        ({"answers": {"satisfaction": 5, "reasons": ["waiting"]}}, ["/answers/reasons"]),
        ({"comment": 5}, ["/comment"]),
        ({"comment": "ý" * 2001}, ["/comment"]),
        ({"officer": "Nguyễn Thị Hiền"}, ["/officer"]),
        ({"sequence": -1, "version": 0, "language": "fr"}, ["/sequence", "/version", "/language"]),
    ],
    ids=str,
)
def test_everything_that_is_wrong_is_named(small_sender: Sender, changes: dict[str, object], wrong: list[str]) -> None:
    (problem,) = refused(small_sender.sends(rating(5, **changes)))

    assert pointers(problem) == [f"/ratings/0{pointer}" for pointer in wrong]
    assert small_sender.count() == 0


@pytest.mark.parametrize("raw", [None, 5, "rating", [], {}, [[[[]]]]])
def test_what_is_no_rating_at_all_does_not_keep_the_others_out(small_sender: Sender, raw: object) -> None:
    assert small_sender.outcomes(raw, rating(5)) == ["refused", "stored"]


@pytest.mark.parametrize("changes", [{"questionnaire": "kiosk-9"}, {"version": 9}])
def test_an_unknown_questionnaire_is_kept_apart_and_the_batch_goes_on(
    sender: Sender, changes: dict[str, object]
) -> None:
    answer = sender.sends(rating(5, **changes), rating(5))

    assert [problem["type"] for problem in refused(answer)] == ["/problems/not-found"]
    assert (sender.count(), sender.count(RatingQuarantine)) == (1, 1)


def test_the_same_id_with_another_content_is_a_conflict(sender: Sender) -> None:
    first = rating(5)
    sender.sends(first)

    answer = sender.sends({**first, "answers": {"satisfaction": 1}})

    assert [(problem["type"], problem["status"]) for problem in refused(answer)] == [("/problems/conflict", 409)]


def test_an_id_in_capital_letters_is_the_same_id(small_sender: Sender) -> None:
    first = rating(5)

    outcomes = small_sender.outcomes(first, {**first, "id": str(first["id"]).upper()})

    assert outcomes == ["stored", "repeated"]


def test_the_same_moment_in_another_zone_is_the_same_content(small_sender: Sender) -> None:
    first = rating(5)

    outcomes = small_sender.outcomes(first, {**first, "answered_at": "2026-10-13t01:30:00z"})

    assert outcomes == ["stored", "repeated"]


def test_half_an_emoji_does_not_stop_a_tablet(sender: Sender) -> None:
    comment = '"Tốt lắm \\ud83d"'.encode()
    body = json.dumps({"ratings": [rating(5, comment="here")]}).encode().replace(b'"here"', comment)

    answer = sender.posts(data=body, content_type="application/json")

    assert refused(answer) == []
    with sender.lobby.platform.reading() as session:
        assert session.execute(select(RatingComment.text)).scalar_one() == "Tốt lắm"


def test_a_refused_rating_is_kept_whatever_its_letters(sender: Sender) -> None:
    odd = '{"ratings": [{"id": "\\ud83d", "answers": {"\\u0000\\ud83d": 1}, "more": "\\u0000"}]}'

    answer = sender.posts(data=odd.encode(), content_type="application/json")

    assert told(answer)["results"][0]["outcome"] == "refused"
    assert sender.count(RatingQuarantine) == 1


def test_the_code_of_a_slip_is_kept_only_as_its_seal(sender: Sender) -> None:
    sender.sends(rating(5, ballot="H56.14-240223-0001"))

    with sender.lobby.platform.reading() as session:
        row = session.execute(select(Rating.ballot_hash, Rating.tier)).one()
    assert row.tier == "kiosk"
    assert row.ballot_hash
    assert "H56" not in row.ballot_hash


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe\x00", "application/json", 400),
        (b"[" * 5000, "application/json", 400),
        (b'{"ratings": []}', "text/plain", 415),
        (b"ratings=1", "application/x-www-form-urlencoded", 415),
        (HUGE, "application/json", 413),
    ],
    ids=["cut off", "not UTF-8", "too deep", "text", "a form", "too large"],
)
def test_a_body_that_cannot_be_read_is_refused_whole(
    small_sender: Sender, body: bytes, media_type: str, status: int
) -> None:
    answer = small_sender.posts(data=body, content_type=media_type)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert small_sender.count() == 0


@pytest.mark.parametrize(
    ("envelope", "wrong"),
    [
        ({}, ["/ratings"]),
        ({"ratings": []}, ["/ratings"]),
        ({"ratings": {}}, ["/ratings"]),
        ({"ratings": [1] * 51}, ["/ratings"]),
        ({"ratings": [], "more": 1}, ["/ratings", "/more"]),
        ([], [""]),
    ],
    ids=str,
)
def test_a_wrong_envelope_is_refused_with_all_faults(small_sender: Sender, envelope: object, wrong: list[str]) -> None:
    answer = small_sender.posts(json=envelope)

    assert answer.status_code == 422
    assert pointers(told(answer)) == wrong


def test_fifty_ratings_travel_together(sender: Sender) -> None:
    outcomes = sender.outcomes(*(rating(number % 5 + 1, sequence=number) for number in range(50)))

    assert outcomes == ["stored"] * 50


@pytest.mark.parametrize("bearer", ["", "Bearer", "Bearer " + "0" * 64, "Basic x", "Bearer ../../etc"])
def test_who_is_not_known_is_told_so_before_anything_is_read(small_sender: Sender, bearer: str) -> None:
    answer = small_sender.posts(data=b"{", headers={"Authorization": bearer})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_a_revoked_tablet_is_stopped(sender: Sender) -> None:
    sender.sends(rating(5))
    with sender.lobby.platform.transaction() as session:
        kiosks.revoke(session, sender.tablet.id, by="system", now=sender.lobby.clock.now())

    sender.lobby.clock.move(timedelta(seconds=6))

    assert sender.sends(rating(5)).status_code == 401
    assert sender.count() == 1


def test_a_rating_belongs_to_the_counter_of_its_tablet(sender: Sender) -> None:
    sender.sends(rating(5))

    with sender.lobby.platform.reading() as session:
        row = session.execute(select(Rating.unit_id, Rating.counter_id, Rating.kiosk_id)).one()
    assert tuple(row) == (sender.lobby.unit_id, sender.lobby.counter_id, sender.tablet.id)
