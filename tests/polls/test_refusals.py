"""When a poll takes no vote, and which votes it does not take."""

from datetime import timedelta

import pytest

from feedback_service.polls.rules import Status
from tests.polls.polling import HOURS, PollingPlace, shown_options, words


@pytest.mark.parametrize("until", [Status.CLOSED, Status.ARCHIVED])
def test_a_poll_that_is_over_takes_no_vote_and_says_so(place: PollingPlace, until: Status) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    over = place.open(slug="cu", until=until)
    fields = citizen.fields

    answer = citizen.client.post(f"/polls/{over.slug}/votes", data={**fields, "option": over.option_ids[0]})

    assert answer.status_code == 409
    assert words(answer, ".error-summary li") == ["Cuộc thăm dò này hiện không mở."]
    assert place.votes() == 0


def test_the_closing_moment_is_kept_to_the_second(place: PollingPlace) -> None:
    poll = place.open(closes_at=place.clock.now() + timedelta(minutes=10))
    early, late = place.citizen().look_at(poll), place.citizen().look_at(poll)
    place.clock.move(timedelta(minutes=9, seconds=49))

    assert early.send(poll, poll.option_ids[0]).status_code == 303
    place.clock.move(timedelta(seconds=1))
    assert late.send(poll, poll.option_ids[0]).status_code == 409
    assert place.votes() == 1


def test_a_poll_that_has_not_begun_takes_no_vote(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    coming = place.open(slug="sap-toi", opens_at=place.clock.now() + timedelta(days=1))

    answer = citizen.client.post(f"/polls/{coming.slug}/votes", data={**citizen.fields, "option": coming.option_ids[0]})

    assert answer.status_code == 409
    assert place.votes() == 0


def test_a_draft_and_an_unknown_poll_are_not_there(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    draft = place.open(slug="nhap", until=Status.DRAFT)

    for slug in (draft.slug, "khong-co", "a" * 300):
        assert citizen.client.get(f"/polls/{slug}").status_code == 404
        assert citizen.client.get(f"/polls/{slug}/results").status_code == 404
        fields = {**citizen.fields, "option": draft.option_ids[0]}
        assert citizen.client.post(f"/polls/{slug}/votes", data=fields).status_code == 404
    assert place.votes() == 0


def test_what_is_no_option_of_this_poll_is_no_vote(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    numbers = ("-1", "0", str(2**63), str(10**400), "1e3", "NaN", "1.0", " 1", "+1")

    for option in (*numbers, "true", "null", "", "\x00", "1;2", "' OR 1=1 --"):
        answer = citizen.send(poll, option)
        assert answer.status_code == 422, option
        assert words(answer, "#option-error") == ["Xin chọn trong các câu trả lời trên trang này."]
    assert place.votes() == 0
    assert citizen.send(poll, f"00{poll.option_ids[0]}").status_code == 303


def test_an_option_of_another_poll_is_no_vote(place: PollingPlace) -> None:
    poll, other = place.open(), place.open(slug="khac")
    citizen = place.citizen().look_at(poll)

    assert citizen.send(poll, other.option_ids[0]).status_code == 422
    assert citizen.send(poll, [poll.option_ids[0], other.option_ids[0]]).status_code == 422
    assert place.votes() == 0


def test_one_vote_names_each_option_once_and_no_more_than_the_poll_allows(place: PollingPlace) -> None:
    poll, several = place.open(), place.open(HOURS)
    first, second, third = several.option_ids
    at_one, at_several = place.citizen().look_at(poll), place.citizen().look_at(several)

    assert at_one.send(poll, list(poll.option_ids[:2])).status_code == 422
    assert at_several.send(several, [first, first]).status_code == 422
    too_many = at_several.send(several, [first, second, third])

    assert too_many.status_code == 422
    assert shown_options(too_many) == [first, second, third]
    assert place.votes() == 0
    assert at_several.send(several, [third, first]).status_code == 303


def test_a_form_without_its_cookie_is_refused_and_keeps_the_choice(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    citizen.client.delete_cookie("form")

    answer = citizen.send(poll, poll.option_ids[2])

    assert answer.status_code == 400
    assert shown_options(answer) == [poll.option_ids[2]]
    assert place.votes() == 0
    citizen.keep(answer)
    place.clock.move(timedelta(seconds=5))
    assert citizen.send(poll, poll.option_ids[2]).status_code == 303


def test_a_form_on_another_site_cannot_vote_for_its_visitors(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    fields = {**citizen.fields, "option": poll.option_ids[0]}
    answer = citizen.client.post(f"/polls/{poll.slug}/votes", data=fields, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert place.votes() == 0
