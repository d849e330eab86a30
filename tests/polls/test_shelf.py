"""Pages that many readers share: nothing of one reader reaches another, and nothing is old for long."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from sqlalchemy import update
from werkzeug.test import TestResponse

from feedback_service.polls import queries, service
from feedback_service.polls.models import Poll
from feedback_service.polls.public.shelf import KEPT_SECONDS, Copy
from feedback_service.polls.rules import ResultsShown, Status
from tests.polls.polling import HOURS, PollingPlace, words
from tests.statements import counted

MOMENT = timedelta(seconds=KEPT_SECONDS)


def test_a_crowd_of_readers_asks_the_database_once_and_shares_no_token(place: PollingPlace) -> None:
    poll = place.open()
    place.citizen().client.get(f"/polls/{poll.slug}")
    crowd = [place.citizen() for _ in range(20)]

    with counted() as said:
        for citizen in crowd:
            citizen.keep(citizen.client.get(f"/polls/{poll.slug}"))

    assert said == []
    for name in ("form_token", "csrf_token"):
        assert len({citizen.fields[name] for citizen in crowd}) == len(crowd), name


def test_the_proof_of_one_reader_is_no_good_for_another(place: PollingPlace) -> None:
    poll = place.open()
    one, other = place.citizen().look_at(poll), place.citizen().look_at(poll)

    borrowed = one.send(poll, poll.option_ids[0], csrf_token=other.fields["csrf_token"])

    assert borrowed.status_code == 400
    assert one.send(poll, poll.option_ids[0]).status_code == 303


def test_each_language_and_whoever_has_voted_has_a_page_of_their_own(place: PollingPlace) -> None:
    poll = place.open(results_shown=ResultsShown.AFTER_VOTE)
    voter = place.citizen()
    voter.vote(poll, poll.option_ids[0])
    stranger = place.citizen()
    address = f"/polls/{poll.slug}"

    shown = [place.citizen().client.get(f"{address}?lang={code}").text for code in ("vi", "en", "vi", "en")]

    assert [poll.question.en in page for page in shown] == [False, True, False, True]
    assert "Số lượt đã tính" not in stranger.client.get(address).text
    assert "Số lượt đã tính" in voter.client.get(address).text
    assert "Số lượt đã tính" not in stranger.client.get(address).text


def test_what_the_desk_changes_is_seen_at_once(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    assert "form_token" in citizen.client.get(f"/polls/{poll.slug}").text

    with place.platform.transaction() as session:
        service.move(session, place.read(session, poll.id), Status.CLOSED, by="system", now=place.clock.now())

    assert "form_token" not in citizen.client.get(f"/polls/{poll.slug}").text


def test_the_moment_of_closing_is_kept_to_the_second(place: PollingPlace) -> None:
    poll = place.open(closes_at=place.clock.now() + MOMENT / 2)
    citizen = place.citizen().look_at(poll)
    place.clock.move(-timedelta(seconds=5))
    assert "form_token" in citizen.client.get(f"/polls/{poll.slug}").text

    place.clock.move(MOMENT / 2)

    assert "form_token" not in citizen.client.get(f"/polls/{poll.slug}").text
    assert citizen.send(poll, poll.option_ids[0]).status_code == 409


def test_what_another_process_changes_is_seen_a_second_later_and_counts_no_vote_before(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    citizen.client.get(f"/polls/{poll.slug}")
    with place.platform.transaction() as session:  # no word of it reaches this process
        session.execute(update(Poll).where(Poll.id == poll.id).values(status=Status.CLOSED.value))

    refused = citizen.send(poll, poll.option_ids[2])

    assert refused.status_code == 409
    assert words(refused, ".error-summary li") == ["Cuộc thăm dò này hiện không mở."]
    assert (place.votes(), place.tally()) == (0, {})
    place.clock.move(MOMENT)
    assert "form_token" not in citizen.client.get(f"/polls/{poll.slug}").text


def test_votes_that_share_a_transaction_are_each_answered_as_if_alone(place: PollingPlace) -> None:
    poll, hours = place.open(), place.open(HOURS)
    honest = [place.citizen(f"203.0.{number}.1").look_at(poll) for number in range(8)]
    several = [place.citizen(f"198.51.{number}.1").look_at(hours) for number in range(4)]
    wrong = [place.citizen(f"192.0.{number}.1").look_at(poll) for number in range(4)]
    twice = place.citizen("100.64.0.1").look_at(poll)
    anybody = place.app.test_client()
    same = {**twice.fields, "option": poll.option_ids[0]}
    sends: list[Callable[[], TestResponse]] = [
        *(partial(one.send, poll, poll.option_ids[0]) for one in honest),
        *(partial(one.send, hours, list(hours.option_ids[:2])) for one in several),
        *(partial(one.send, poll, poll.option_ids[0], challenge_answer="11111") for one in wrong),
        *[partial(anybody.post, f"/embed/polls/{poll.slug}/votes", data=same)] * 3,
    ]

    with ThreadPoolExecutor(16) as threads:
        told = [answer.status_code for answer in threads.map(lambda send: send(), sends)]

    assert told[:12] == [303] * 12
    assert told[12:16] == [422] * 4
    assert sorted(told[16:]) == [303, 409, 409]
    assert place.votes() == 13
    assert place.broken() == []
    with place.platform.reading() as session:
        assert list(queries.differences(session)) == []


def test_a_page_is_cut_at_its_blanks_and_put_together_again() -> None:
    copy = Copy.of("<a P><b T><c T>", proof="P", token="T")

    assert copy.filled(proof=lambda: "1", token="2") == b"<a 1><b 2><c 2>"
    assert Copy.of("no blanks", proof="P", token="T").filled(proof=lambda: "1", token="2") == b"no blanks"
