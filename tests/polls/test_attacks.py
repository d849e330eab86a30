"""What a cheat tries on a poll; beside each trick that fails stands the honest way that does not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import delete, update

from feedback_service.challenges.models import ChallengeSpend
from feedback_service.core.ids import new_salt
from feedback_service.polls.models import Vote
from tests.polls.polling import PollingPlace, shown_options, solved, words

AT_ONCE = 50


def test_a_token_counts_once_however_often_it_is_sent(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    first, second = (citizen.send(poll, poll.option_ids[0]) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 409)
    assert words(second, ".error-summary li") == ["Lần gửi từ trang này đã được ghi nhận trước đó và chỉ tính một lần."]
    assert place.votes() == 1
    assert place.tally()[0, "clean"] == 1


def test_a_token_would_count_twice_if_nobody_remembered_that_it_was_spent(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    citizen.send(poll, poll.option_ids[0])

    with place.platform.transaction() as session:
        session.execute(delete(ChallengeSpend))
        session.execute(update(Vote).values(nonce=new_salt(), receipt=None))
    citizen.send(poll, poll.option_ids[0])

    assert place.votes() == 2


def test_a_vote_remembers_its_challenge_even_when_the_list_of_spent_ones_is_lost(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    citizen.send(poll, poll.option_ids[0])

    with place.platform.transaction() as session:
        session.execute(delete(ChallengeSpend))
    citizen.send(poll, poll.option_ids[0])

    assert place.votes() == 1
    assert place.tally()[0, "clean"] == 1
    assert place.broken() == []


def test_fifty_copies_of_a_vote_sent_at_once_count_once(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    cookie = citizen.client.get_cookie("form")
    assert cookie

    def send(number: int) -> int:
        client = place.app.test_client()
        client.set_cookie("form", cookie.value)
        fields = {**citizen.fields, "option": poll.option_ids[number % 4]}
        return client.post(f"/polls/{poll.slug}/votes", data=fields).status_code

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))

    assert sorted(answers) == [303] + [409] * (AT_ONCE - 1)
    assert place.votes() == 1
    assert sum(place.tally().values()) == 2
    assert place.broken() == []


def test_the_token_of_one_poll_is_worth_nothing_on_another(place: PollingPlace) -> None:
    poll, other = place.open(), place.open(slug="khac")
    citizen = place.citizen().look_at(other)

    refused = citizen.send(poll, poll.option_ids[0])
    counted = citizen.send(other, other.option_ids[0])

    assert (refused.status_code, counted.status_code) == (422, 303)
    assert shown_options(refused) == [poll.option_ids[0]]
    assert place.choices() == [other.option_ids[0]]


def test_a_token_is_good_for_an_hour_and_a_clock_set_back_a_little_locks_nobody_out(place: PollingPlace) -> None:
    poll = place.open()
    place.clock.move(timedelta(hours=1))
    steps = {
        timedelta(minutes=59): 303,
        timedelta(minutes=61): 422,
        timedelta(days=2): 422,
        -timedelta(minutes=4): 303,
        -timedelta(minutes=6): 422,
    }

    for step, status in steps.items():
        citizen = place.citizen().look_at(poll)
        place.clock.move(step)
        answer = citizen.send(poll, poll.option_ids[1])
        place.clock.move(-step)
        assert answer.status_code == status, step
        assert status == 303 or shown_options(answer) == [poll.option_ids[1]]
    assert place.votes() == 2


def test_a_challenge_dies_of_one_wrong_guess(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    right = citizen.fields["challenge_answer"]

    citizen.send(poll, poll.option_ids[0], challenge_answer="11111")
    answer = citizen.send(poll, poll.option_ids[0], challenge_answer=right)

    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Mã này đã dùng rồi. Đây là mã mới; lựa chọn của Ông/Bà vẫn được giữ."
    ]
    assert place.votes() == 0


def test_guessing_on_is_slowed_down_and_says_how_to_vote_all_the_same(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answers = [citizen.send(poll, poll.option_ids[0], challenge_answer=f"{guess:05}") for guess in range(11111, 11175)]

    assert {answer.status_code for answer in answers[:60]} == {422}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "600"
    assert shown_options(answers[-1]) == [poll.option_ids[0]]
    citizen.keep(answers[-1])
    asked = citizen.long_work(poll)
    work = {"form_token": asked["token"], "challenge_answer": "", "work": solved(asked["work"])}
    assert citizen.send(poll, poll.option_ids[0], **work).status_code == 303


def test_no_code_but_the_right_one_opens(place: PollingPlace) -> None:
    poll = place.open()

    for typed in ("", " ", "0", "11111", "abcde", "0" * 5000, "٢٢٢٢٢", "<script>", b"\xed\xa0\x80", b"\x00", None):
        citizen = place.citizen().look_at(poll)
        assert citizen.send(poll, poll.option_ids[0], challenge_answer=typed).status_code == 422, typed
    assert place.votes() == 0


def test_the_right_code_is_understood_however_it_is_typed(place: PollingPlace) -> None:
    poll = place.open()

    for spell in (lambda code: "".join(chr(ord(digit) + 0xFEE0) for digit in code), " ".join):
        citizen = place.citizen().look_at(poll)
        typed = spell(citizen.fields["challenge_answer"])
        assert citizen.send(poll, poll.option_ids[0], challenge_answer=typed).status_code == 303, typed


def test_other_ways_of_sending_are_no_way_around(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    fields = {**citizen.fields, "option": poll.option_ids[0]}
    address = f"/polls/{poll.slug}/votes"
    brackets = {**fields, "challenge_answer[]": fields["challenge_answer"]}
    del brackets["challenge_answer"]

    as_json = citizen.client.post(address, json=fields, headers={"X-CSRFToken": fields["csrf_token"]})
    in_address = citizen.client.post(address, query_string=fields, headers={"X-CSRFToken": fields["csrf_token"]})
    in_brackets = citizen.client.post(address, data=brackets)
    by_get = citizen.client.get(address, query_string=fields)

    assert [answer.status_code for answer in (as_json, in_address, in_brackets, by_get)] == [422, 422, 422, 405]
    assert place.votes() == 0


def test_work_that_was_made_easier_proves_nothing(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    easy = {"cost": 1, "keyPrefix": "00"}

    for changed in ({}, {"keyPrefix": ""}, {"data": {"proof": "long-work"}}, {"keySignature": "00"}, {"data": None}):
        work = solved(citizen.asked, **{**easy, **changed})
        assert citizen.send(poll, poll.option_ids[0], work=work, challenge_answer="").status_code == 422, changed
    assert place.votes() == 0


def test_work_that_cannot_be_read_proves_nothing(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    for work in ("x", "e30=", "bnVsbA==", "W10=", "0" * 100_000):
        assert citizen.send(poll, poll.option_ids[0], work=work, challenge_answer="").status_code == 422, work[:9]
        assert citizen.send(poll, poll.option_ids[0], work=work).status_code == 422, work[:9]
    assert place.votes() == 0


def test_the_work_of_one_page_is_worth_nothing_with_the_token_of_another(place: PollingPlace) -> None:
    poll = place.open()
    one, other = place.citizen().look_at(poll), place.citizen().look_at(poll)
    asked = other.long_work(poll)

    refused = one.send(poll, poll.option_ids[0], work=solved(asked["work"]), challenge_answer="")

    assert refused.status_code == 422
    assert place.votes() == 0


def test_a_script_that_fills_in_every_field_is_found_out_and_a_person_may_send_again(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], website="https://example.com")

    assert answer.status_code == 422
    assert place.votes() == 0
    assert shown_options(answer) == [poll.option_ids[0]]
    citizen.keep(answer)
    place.clock.move(timedelta(seconds=5))
    assert citizen.send(poll, poll.option_ids[0]).status_code == 303


def test_a_form_that_comes_back_at_once_is_refused_politely(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    citizen.keep(citizen.client.get(f"/polls/{poll.slug}"))
    place.clock.move(timedelta(seconds=1.9))

    answer = citizen.send(poll, poll.option_ids[1])

    assert answer.status_code == 422
    assert shown_options(answer) == [poll.option_ids[1]]
    assert words(answer, ".error-summary h2") == ["Lượt này chưa được ghi nhận"]
    assert citizen.fields["form_token"] not in answer.text
    place.clock.move(timedelta(seconds=0.1))
    assert citizen.send(poll, poll.option_ids[1]).status_code == 303
