"""Pictures, sounds and fresh challenges over HTTP; the answer stands nowhere."""

import base64
import hashlib
import json
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from feedback_service.challenges.models import ChallengeSpend
from tests.polls.polling import Citizen, PollingPlace

CODE = "02345"
KINDS = ("png", "wav", "json")


def test_the_picture_of_a_page_is_a_picture_that_is_kept_nowhere(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())

    answer = citizen.client.get(f"/challenges/{citizen.fields['form_token']}.png")

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    assert Image.open(BytesIO(answer.data)).size == (220, 80)
    assert answer.data == citizen.client.get(f"/challenges/{citizen.fields['form_token']}.png").data


def test_the_sound_of_a_page_may_be_asked_for_in_parts(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())
    address = f"/challenges/{citizen.fields['form_token']}.wav"

    whole = citizen.client.get(address)
    part = citizen.client.get(address, headers={"Range": "bytes=100-299"})

    assert (whole.status_code, whole.mimetype) == (200, "audio/wav")
    assert (part.status_code, part.data) == (206, whole.data[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(whole.data)}"


def test_the_answer_stands_in_no_page_no_cookie_no_header_and_no_name(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    page = citizen.client.get(f"/polls/{poll.slug}")
    citizen.keep(page)
    token, code = citizen.fields["form_token"], place.code(citizen.fields["form_token"])
    picture, sound = (citizen.client.get(f"/challenges/{token}.{kind}") for kind in ("png", "wav"))

    shown = page.text.replace(token, "")
    headers = [str(answer.headers) for answer in (page, picture, sound)]
    assert not _told(code, shown, *headers)
    assert set(_opened(token)["facts"]) == {"form", "nonce", "ms"}
    assert not {code, *_hashes(code)} & {str(value) for value in json.loads(citizen.asked)["parameters"].values()}
    assert code.encode() not in picture.data
    assert code.encode() not in sound.data[:44]


def test_the_answer_would_be_found_if_it_stood_somewhere() -> None:
    for spelled in (CODE, " ".join(CODE), base64.b64encode(CODE.encode()).decode(), *_hashes(CODE)):
        assert _told(CODE, "a page", f"and a header: {spelled}")
    assert not _told(CODE, "a page", "and a header: 24680")


def test_the_work_tells_its_answer_to_nobody(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())

    asked = json.loads(citizen.asked)

    assert set(asked) == {"parameters", "signature"}
    named = {"algorithm", "cost", "data", "keyLength", "keyPrefix", "keySignature", "nonce", "salt"}
    assert set(asked["parameters"]) == named
    assert asked["parameters"]["data"] == {"proof": "work"}


def test_a_fresh_challenge_is_as_good_as_that_of_the_page(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = _fresh(citizen, {"form": f"poll:{poll.slug}"})

    fresh = answer.get_json()
    assert set(fresh) == {"token", "work", "picture", "sound"}
    assert citizen.client.get(fresh["picture"]).mimetype == "image/png"
    assert citizen.client.get(fresh["sound"]).mimetype == "audio/wav"
    place.clock.move(timedelta(seconds=5))
    sent = {"form_token": fresh["token"], "challenge_answer": place.code(fresh["token"])}
    assert citizen.send(poll, poll.option_ids[0], **sent).status_code == 303


def test_asking_for_challenges_and_looking_at_pages_writes_nothing(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    for _ in range(5):
        token = _fresh(citizen, {"form": f"poll:{poll.slug}"}).get_json()["token"]
        citizen.client.get(f"/challenges/{token}.png")

    with place.platform.reading() as session:
        assert session.execute(select(func.count()).select_from(ChallengeSpend)).scalar_one() == 0


def test_a_token_that_is_not_ours_or_too_old_shows_nothing(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())
    token = citizen.fields["form_token"]

    for wrong in ("x", "a.b", token[:-1], token[1:], f"{token}x", "%00", "é"):
        assert [citizen.client.get(f"/challenges/{wrong}.{kind}").status_code for kind in KINDS] == [404] * 3, wrong
    place.clock.move(timedelta(hours=2))
    assert [citizen.client.get(f"/challenges/{token}.{kind}").status_code for kind in KINDS] == [404] * 3


def test_a_request_for_a_challenge_says_what_is_wrong_with_it(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())
    headers = {"X-CSRFToken": citizen.fields["csrf_token"]}

    def status(**sent: Any) -> int:
        return citizen.client.post("/challenges", headers=headers, **sent).status_code

    assert status(data="{", content_type="application/json") == 400
    assert status(data={"form": "poll:x"}) == 415
    for body in (
        {},
        {"form": 5},
        {"form": "poll x"},
        {"form": "poll:x", "long_work": "yes"},
        {"form": "poll:x", "a": 1},
    ):
        assert status(json=body) == 422, body


def test_drawing_for_one_network_has_an_end(place: PollingPlace) -> None:
    citizen = place.citizen().look_at(place.open())

    statuses = [_fresh(citizen, {"form": "poll:x", "long_work": True}).status_code for _ in range(31)]

    assert statuses == [200] * 30 + [429]
    assert citizen.client.get("/polls").status_code == 200


def _told(code: str, *texts: str) -> bool:
    secrets = (code, " ".join(code), base64.b64encode(code.encode()).decode(), *_hashes(code))
    return any(secret in text for secret in secrets for text in texts)


def _hashes(code: str) -> list[str]:
    return [name(code.encode()).hexdigest() for name in (hashlib.md5, hashlib.sha1, hashlib.sha256)]


def _fresh(citizen: Citizen, body: dict[str, object]) -> TestResponse:
    return citizen.client.post("/challenges", json=body, headers={"X-CSRFToken": citizen.fields["csrf_token"]})


def _opened(token: str) -> dict[str, dict[str, object]]:
    body = token.partition(".")[0]
    opened: dict[str, dict[str, object]] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return opened
