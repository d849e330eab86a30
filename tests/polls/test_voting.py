"""A citizen votes without JavaScript: the main road and the friendly turns beside it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from feedback_service.challenges.rules import Ladder
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.engines import TransientFault
from feedback_service.polls.rules import Status, Words
from feedback_service.web.context import EXTENSION
from tests.conftest import SECRET
from tests.pages import PageClient
from tests.polls.polling import HOURS, PollingPlace, shown_options, solved, words


def test_a_vote_without_javascript_counts_and_leads_to_the_results(place: PollingPlace) -> None:
    poll = place.open()

    answer = place.citizen().vote(poll, poll.option_ids[1])

    assert (answer.status_code, answer.location) == (303, "/polls/chuyen-muc-dang/results")
    assert place.choices() == [poll.option_ids[1]]
    assert place.tally() == {(0, "clean"): 1, (poll.option_ids[1], "clean"): 1}
    assert place.broken() == []


def test_every_page_of_a_poll_keeps_the_promises_of_a_page(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    closed = place.open(slug="cu", until=Status.CLOSED)
    place.open(slug="xua", until=Status.ARCHIVED)
    place.open(slug="sap-toi", opens_at=place.clock.now() + timedelta(days=1))

    assert pages.get("/polls").heading == "Thăm dò"
    assert pages.get("/polls").texts("h2") == ["Đang mở", "Sắp mở", "Đã đóng", "Lưu trữ"]
    assert pages.get(f"/polls/{poll.slug}").heading == poll.question.vi
    assert pages.get(f"/polls/{closed.slug}/results").heading == poll.question.vi
    assert "Cuộc thăm dò chưa bắt đầu; mở lúc" in pages.get("/polls/sap-toi").text("main .notice")
    assert pages.get(f"/polls/{poll.slug}?lang=en").text("legend") == "Confirmation code"


def test_a_page_to_vote_on_is_light_enough_for_a_slow_line(place: PollingPlace) -> None:
    poll = place.open(options=tuple(Words(f"Câu trả lời số {number}") for number in range(20)))

    for address in (f"/polls/{poll.slug}", f"/embed/polls/{poll.slug}"):
        assert len(gzip.compress(place.citizen().client.get(address).data)) <= 8 * 1024, address


def test_a_wrong_code_keeps_the_choice_and_shows_another_code(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    before = citizen.fields["form_token"]

    answer = citizen.send(poll, poll.option_ids[2], challenge_answer="11111")

    assert answer.status_code == 422
    assert shown_options(answer) == [poll.option_ids[2]]
    assert words(answer, ".error-summary li a") == ["Mã chưa đúng. Đây là mã mới; lựa chọn của Ông/Bà vẫn được giữ."]
    assert words(answer, "title")[0].startswith("Lỗi: ")
    citizen.keep(answer)
    assert citizen.fields["form_token"] != before
    place.clock.move(timedelta(seconds=5))
    assert citizen.send(poll, poll.option_ids[2]).status_code == 303
    assert place.votes() == 1


def test_the_error_summary_stands_above_the_heading_and_takes_the_focus(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    opened = pages.get(f"/polls/{poll.slug}")
    place.clock.move(timedelta(seconds=5))

    shown = pages.send(opened, {"option": poll.option_ids[0], "challenge_answer": "11111"}, status=422)

    (summary,) = shown.all(".main-column > .error-summary:first-child[autofocus][tabindex]")
    assert shown.all(f"{summary.cssselect('a')[0].get('href')}[aria-invalid=true]")


def test_forgetting_to_choose_keeps_the_code_that_was_typed(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll)

    assert answer.status_code == 422
    assert words(answer, "#option-error") == ["Xin chọn một câu trả lời trước."]
    kept = citizen.fields
    citizen.keep(answer)
    assert citizen.fields["form_token"] == kept["form_token"]
    assert f'value="{kept["challenge_answer"]}"' in answer.text
    assert citizen.send(poll, poll.option_ids[0]).status_code == 303


def test_forgetting_the_code_keeps_choice_and_picture(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], challenge_answer="  ")

    assert answer.status_code == 422
    assert shown_options(answer) == [poll.option_ids[0]]
    assert citizen.fields["form_token"] in answer.text


def test_another_code_is_a_button_that_keeps_the_choice(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[3], another_code="1")

    assert answer.status_code == 200
    assert shown_options(answer) == [poll.option_ids[3]]
    assert citizen.fields["form_token"] not in answer.text
    assert words(answer, ".error-summary") == []
    assert place.votes() == 0


def test_enter_sends_the_vote_and_not_the_button_for_another_code(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()

    shown = pages.get(f"/polls/{poll.slug}")

    assert shown.all("main form button[type=submit]")[0].get("name") is None


def test_the_work_of_the_browser_comes_with_the_code(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], work=solved(citizen.asked))

    assert answer.status_code == 303


def test_whoever_cannot_read_the_code_sends_longer_work_instead(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    asked = citizen.long_work(poll)

    answer = citizen.send(
        poll, poll.option_ids[0], form_token=asked["token"], challenge_answer="", work=solved(asked["work"])
    )

    assert answer.status_code == 303


def test_a_poll_with_work_only_takes_the_work_alone(place: PollingPlace) -> None:
    poll = place.open(ladder=Ladder.WORK)
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], challenge_answer="", work=solved(citizen.asked))

    assert answer.status_code == 303


def test_a_poll_with_code_and_work_does_not_take_the_short_work_alone(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], challenge_answer="", work=solved(citizen.asked))

    assert answer.status_code == 422
    assert place.votes() == 0


def test_several_answers_are_one_vote(place: PollingPlace) -> None:
    poll = place.open(HOURS)

    answer = place.citizen().vote(poll, [poll.option_ids[0], poll.option_ids[2]])

    assert answer.status_code == 303
    assert place.choices() == [poll.option_ids[0], poll.option_ids[2]]
    assert place.tally() == {(0, "clean"): 1, (poll.option_ids[0], "clean"): 1, (poll.option_ids[2], "clean"): 1}
    assert place.broken() == []


def test_a_second_vote_of_the_same_browser_is_stored_as_suspicious(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()

    citizen.vote(poll, poll.option_ids[0])
    answer = citizen.vote(poll, poll.option_ids[0])

    assert answer.status_code == 303
    assert place.tally()[0, "clean"] == 1
    assert place.tally()[0, "suspicious"] == 1


@pytest.mark.parametrize(("has_work", "clean"), [(True, 5), (False, 2)])
def test_a_network_has_a_budget_of_clean_votes_and_is_never_shut_out(
    place: PollingPlace, has_work: bool, clean: int
) -> None:
    poll = place.open()

    for _ in range(7):
        citizen = place.citizen().look_at(poll)
        work = solved(citizen.asked) if has_work else ""
        assert citizen.send(poll, poll.option_ids[0], work=work).status_code == 303

    assert place.tally()[0, "clean"] == clean
    assert place.tally()[0, "suspicious"] == 7 - clean


def test_the_cookie_of_a_vote_says_neither_what_was_chosen_nor_by_whom(place: PollingPlace) -> None:
    poll = place.open()

    first, second = (place.citizen().vote(poll, option) for option in poll.option_ids[:2])

    (one,), (other,) = (
        [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("voted-")]
        for answer in (first, second)
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/polls"} <= set(one.split("; "))
    facts, _ = Signer(SECRET, "voted").read(_value(one), now=place.clock.now(), life=timedelta(days=1))
    assert facts == {"poll": poll.id}
    assert len(one) == len(other)


def test_a_vote_is_told_in_the_language_of_the_page(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    citizen.client.get("/polls?lang=en")
    citizen.look_at(poll)

    answer = citizen.send(poll, poll.option_ids[0], challenge_answer="11111")

    assert words(answer, ".error-summary li") == ["The code does not match. Here is a new code; your choice was kept."]
    assert words(answer, "label.choice span[lang=vi]") == ["Rất tốt", "Tốt", "Bình thường", "Chưa tốt"]


class Forgetful(Database):
    """A database that commits the first transaction, loses the connection, and asks for everything once more."""

    has_forgotten = False

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session; the first time nobody learns that it was committed."""
        with super().transaction() as session:
            yield session
        if not self.has_forgotten:
            self.has_forgotten = True
            raise TransientFault("The connection was lost while the answer was on its way.")


@contextmanager
def forgetting(place: PollingPlace) -> Iterator[None]:
    """Put a forgetful database in the place of the good one for a while."""
    platform = place.platform
    forgetful = Forgetful(platform.settings.database_url)
    place.app.extensions[EXTENSION] = replace(platform, database=forgetful)
    yield
    assert forgetful.has_forgotten
    place.app.extensions[EXTENSION] = platform
    forgetful.close()


def test_a_vote_whose_commit_was_not_confirmed_is_recognised_when_it_runs_again(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    with forgetting(place):
        answer = citizen.send(poll, poll.option_ids[0])

    assert answer.status_code == 303
    assert place.votes() == 1
    assert place.tally() == {(0, "clean"): 1, (poll.option_ids[0], "clean"): 1}
    assert place.broken() == []


def test_a_wrong_guess_whose_commit_was_not_confirmed_is_still_a_wrong_guess(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)

    with forgetting(place):
        answer = citizen.send(poll, poll.option_ids[0], challenge_answer="11111")

    assert words(answer, ".error-summary li") == ["Mã chưa đúng. Đây là mã mới; lựa chọn của Ông/Bà vẫn được giữ."]
    assert place.votes() == 0


def _value(cookie: str) -> str:
    return cookie.partition(";")[0].partition("=")[2]
