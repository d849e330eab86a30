"""The one-stop software orders ballots with a token; people are invited in the evening, once, and then forgotten."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from feedback_service.accounts.models import ProgramToken
from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.notices.commands import Worker
from feedback_service.notices.models import Delivery, StoredNotice
from feedback_service.notices.rules.hours import Hours, after_quiet, in_the_evening
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import TargetFacts, add_target
from feedback_service.office import JOBS, REACHES
from feedback_service.ratings.models import Ballot, BallotInvitation
from feedback_service.ratings.rules.inviting import international, is_phone
from feedback_service.settings import Settings
from tests.notices.receivers import Hook, web_server
from tests.officers import Officer, officer
from tests.ratings.street import Street, settle
from tests.ratings.test_ballots import CODE

NUMBER = "0912 345 678"
ORDER = {"unit": "19333", "dossiers": [{"dossier": CODE, "due_on": "2026-10-10", "returned_on": "2026-10-09"}]}
INVITING = {"unit": "19333", "dossiers": [{"dossier": CODE, "phone": NUMBER}]}


@pytest.fixture
def hook() -> Iterator[Hook]:
    """The SMS gateway of the office."""
    with web_server() as hook:
        yield hook


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of an office that may post to this machine."""
    opened = {"FEEDBACK_DATA_DIR": str(settings.data_dir), "FEEDBACK_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    return replace(settings, webhook_networks=Settings.from_environment(opened).webhook_networks)


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street, once on each kind of database."""
    return settle(app, clock)


@pytest.fixture
def small_street(house: Flask, clock: FixedClock) -> Street:
    """A street on SQLite alone."""
    return settle(house, clock)


def administrator(street: Street) -> Officer:
    """Return the administrator of the office."""
    return officer(street.app, Role.ADMINISTRATOR, name="quan-tri")


def token(street: Street, who: Officer) -> str:
    """Let the administrator make a token."""
    fields = {"name": "Một cửa", "scopes": "ballots", "unit": str(street.lobby.unit_id), "days": "30"}
    blank = who.pages.get("/staff/accounts/programs")
    return who.pages.send(blank, fields, selector="form.form").text("code.secret")


def ordered(street: Street, bearer: str, body: object = ORDER) -> tuple[int, Any]:
    """Order ballots and return status and answer."""
    client = street.app.test_client()
    answer = client.post("/api/v1/ballots", json=body, headers={"Authorization": f"Bearer {bearer}"})
    return answer.status_code, answer.get_json()


def with_gateway(street: Street, hook: Hook) -> Worker:
    """Give the office its gateway, and return its worker."""
    with street.platform.transaction() as session:
        facts = TargetFacts("SMS", f"{hook.url}/sms", None, ())
        add_target(session, Channel.GATEWAY, facts, by="system", now=street.clock.now())
    return Worker(street.platform, [job for job in JOBS if job.name.startswith("invitations")], REACHES)


def work(worker: Worker) -> None:
    """Do everything that is due."""
    while worker.step():
        pass


def test_the_one_stop_software_orders_ballots_and_the_same_again(street: Street) -> None:
    bearer = token(street, administrator(street))

    first, again = ordered(street, bearer), ordered(street, bearer)

    (ballot,) = first[1]["ballots"]
    assert first[0] == again[0] == 200
    assert (ballot["dossier"], ballot["is_new"], ballot["is_usual"], ballot["is_invited"]) == (CODE, True, True, False)
    assert again[1]["ballots"] == [{**ballot, "is_new": False}]
    assert json.loads(street.rows(Ballot)[0]["filled"]) == {"cs1": 2}
    assert bearer not in json.dumps(street.rows(ProgramToken), default=str)
    assert street.citizen().client.get(ballot["link"].partition("/b/")[2].join(["/b/", ""])).status_code == 200


def test_a_token_opens_nothing_once_it_is_taken_back_or_over(small_street: Street) -> None:
    who = administrator(small_street)
    bearer = token(small_street, who)
    over = token(small_street, who)

    listed = who.pages.get("/staff/accounts/programs")
    taken = who.pages.send(listed, {}, selector="td form")
    statuses = [ordered(small_street, one)[0] for one in (over, bearer, "fs_" + "x" * 43, "")]
    small_street.clock.move(timedelta(days=31))

    assert statuses == [401, 200, 401, 401]
    assert "Đã thu lại" in taken.text("tbody")
    assert ordered(small_street, bearer)[0] == 401


@pytest.mark.parametrize(
    ("changed", "status", "pointer"),
    [
        ({"unit": "44"}, 422, "/unit"),
        ({"unit": "00000"}, 422, "/unit"),
        ({"questionnaire": "khong-co"}, 404, None),
        ({"dossiers": []}, 422, "/dossiers"),
        ({"dossiers": [{"dossier": CODE, "due_on": "2026-02-31"}]}, 422, "/dossiers/0/due_on"),
        ({"dossiers": [{"dossier": CODE, "phone": "113"}]}, 422, "/dossiers/0/phone"),
        ({"dossiers": [{"dossier": CODE, "name": "Lan"}]}, 422, "/dossiers/0/name"),
        ({"days": 0}, 422, "/days"),
    ],
)
def test_an_order_that_cannot_be_filled_says_where_it_is_wrong(
    small_street: Street, changed: dict[str, object], status: int, pointer: str | None
) -> None:
    answered, told = ordered(small_street, token(small_street, administrator(small_street)), {**ORDER, **changed})

    assert answered == status
    assert [fault["pointer"] for fault in told["errors"]] == ([pointer] if pointer else [])
    assert small_street.rows(Ballot) == []


def test_people_are_invited_in_the_evening_once_and_their_number_is_erased(street: Street, hook: Hook) -> None:
    worker, bearer = with_gateway(street, hook), token(street, administrator(street))

    told = [ordered(street, bearer, INVITING)[1]["ballots"][0]["is_invited"] for _ in range(2)]
    kept = json.dumps([street.rows(table) for table in (StoredNotice, Delivery, BallotInvitation)], default=str)
    work(worker)
    by_day = len(hook.posts)
    street.clock.move(timedelta(hours=11, minutes=31))
    work(worker)
    street.clock.move(timedelta(minutes=6))
    work(worker)

    assert told == [True, False]
    assert "912" not in kept.replace(" ", "")
    assert by_day == 0
    (post,) = hook.posts
    message = json.loads(post.body)["data"]
    assert message["to"] == "+84912345678"
    assert "Mời Ông/Bà đánh giá việc giải quyết hồ sơ. " in message["text"]
    assert street.citizen().client.get("/b/" + message["text"].rpartition("/b/")[2]).status_code == 200
    assert CODE not in message["text"]
    assert [row["locked"] for row in street.rows(BallotInvitation)] == [None]


def test_whoever_has_rated_by_then_is_not_written_to(small_street: Street, hook: Hook) -> None:
    worker, bearer = with_gateway(small_street, hook), token(small_street, administrator(small_street))
    (ballot,) = ordered(small_street, bearer, INVITING)[1]["ballots"]

    small_street.citizen().answer("/b/" + ballot["link"].rpartition("/b/")[2])
    small_street.clock.move(timedelta(hours=12))
    work(worker)

    assert hook.posts == []
    assert [row["status"] for row in small_street.rows(Delivery)] == ["nobody"]


def test_no_telephone_is_written_to_in_the_quiet_hours(street: Street, hook: Hook) -> None:
    worker, who = with_gateway(street, hook), administrator(street)
    chosen = {"evening": "19:30", "quiet_from": "20:00", "quiet_until": "08:00"}
    page = who.pages.get("/staff/notices/hours")
    wrong = who.pages.send(page, {**chosen, "evening": "21:00"}, status=422)
    who.pages.send(page, chosen)
    ordered(street, token(street, who), INVITING)

    street.clock.move(timedelta(hours=13))
    work(worker)
    at_night = len(hook.posts)
    street.clock.move(timedelta(hours=11))
    work(worker)

    assert "Giờ gửi lời mời nằm trong giờ yên lặng." in wrong.text(".error-summary")
    assert (at_night, len(hook.posts)) == (0, 1)
    assert [row["tries"] for row in street.rows(Delivery)] == [1]


def at(clock: str, day: int = 13) -> datetime:
    """Return a moment of the local clock."""
    hour, minute = clock.split(":")
    return datetime(2026, 10, day, int(hour), int(minute), tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("now", "evening", "waits_until"),
    [
        ("08:30", at("20:00"), at("08:30")),
        ("20:00", at("20:00"), at("20:00")),
        ("20:40", at("20:40"), at("20:40")),
        ("21:00", at("20:00", 14), at("07:00", 14)),
        ("06:59", at("20:00"), at("07:00")),
        ("07:00", at("20:00"), at("07:00")),
    ],
)
def test_evening_and_quiet_hours(now: str, evening: datetime, waits_until: datetime) -> None:
    assert in_the_evening(Hours(), at(now)) == evening
    assert after_quiet(Hours(), at(now)) == waits_until


def test_an_evening_in_the_quiet_hours_is_none() -> None:
    assert Hours().is_possible
    assert not Hours(evening=time(22)).is_possible
    assert not Hours(evening=time(13), quiet_from=time(12), quiet_until=time(14)).is_possible


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        *(("0912345678", "+84912345678"), ("+84 912.345.678", "+84912345678"), ("84-912-345-678", "+84912345678")),
        *(("0233 3852 123", "+842333852123"), ("113", ""), ("19001900", ""), ("abc", ""), ("0112345678", "")),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, known: str) -> None:
    assert international(typed) == known
    assert is_phone(typed) is bool(known)
