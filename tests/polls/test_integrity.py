"""How a count came about, and what became of one vote; hidden counts show through neither."""

import re
from datetime import timedelta

from werkzeug.test import TestResponse

from feedback_service.audit.queries import closed_days
from feedback_service.audit.service import close_day
from feedback_service.core.period import local_day
from feedback_service.polls import service
from feedback_service.polls.public.shelf import KEPT_SECONDS
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import ResultsShown, Status
from feedback_service.polls.rules.receipts import code_of, grouped, mark_of, typed_code
from tests.conftest import SECRET
from tests.pages import PageClient
from tests.polls.polling import Citizen, PollingPlace, words
from tests.statements import counted


def receipt(citizen: Citizen, poll: PollRow) -> str:
    """Return the receipt that the results page shows."""
    return "-".join(words(citizen.client.get(f"/polls/{poll.slug}/results"), ".receipt .spoken-code span"))


def check(place: PollingPlace, code: str) -> TestResponse:
    """Ask what became of a vote, as somebody new."""
    return place.citizen("198.51.100.9").client.post("/receipts", data={"code": code})


def test_a_receipt_tells_that_a_vote_was_counted_and_not_what_was_chosen(
    place: PollingPlace, pages: PageClient
) -> None:
    poll = place.open()
    one, other = place.citizen(), place.citizen("198.51.100.7")
    one.vote(poll, poll.option_ids[0])
    other.vote(poll, poll.option_ids[1])

    first, second = (check(place, receipt(citizen, poll)) for citizen in (one, other))

    assert words(first, "#fate") == words(second, "#fate") == ["Lượt này đã được tính."]
    assert all(option.text.vi not in first.text for option in poll.options)
    assert first.text.replace("voted", "") == second.text.replace("voted", "")
    assert pages.get("/receipts").heading == "Kiểm tra lượt biểu quyết bằng mã biên nhận"


def test_a_receipt_tells_why_a_vote_was_set_aside(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    citizen.vote(poll, poll.option_ids[0])
    citizen.vote(poll, poll.option_ids[0])

    before = check(place, receipt(citizen, poll))
    with place.platform.transaction() as session:
        service.examine(session, poll.id, by="system", now=place.clock.now())
    after = check(place, receipt(citizen, poll))

    for answer in (before, after):
        assert words(answer, "#fate") == ["Lượt này đã bị loại."]
        assert words(answer, "main .sheet li") == ["trình duyệt này đã biểu quyết trước đó"]


def test_a_receipt_is_shown_for_an_hour_and_to_its_voter_alone(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen()
    citizen.vote(poll, poll.option_ids[0])

    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt(citizen, poll))
    assert receipt(place.citizen(), poll) == ""
    place.clock.move(timedelta(minutes=61))
    assert receipt(citizen, poll) == ""


def test_what_is_no_receipt_is_told_so(place: PollingPlace) -> None:
    for typed in ("", "7K3M", "7K3M-9QX2-H4TV-5WZ8", "<script>alert(1)", "\x00" * 12, "u" * 12):
        answer = check(place, typed)
        assert answer.status_code == 422, typed
        assert "ví dụ 7K3M-9QX2-H4TV" in answer.text, typed


def test_nobody_guesses_receipts(place: PollingPlace) -> None:
    poll = place.open()
    place.citizen().vote(poll, poll.option_ids[0])

    answers = [check(place, f"0000{number:08}") for number in range(31)]

    assert [answer.status_code for answer in answers] == [422] * 30 + [429]
    assert words(answers[0], "#code-error") == ["Không có lượt nào mang mã này. Xin so lại từng chữ và số."]


def test_a_receipt_forgives_how_it_is_typed() -> None:
    code = code_of(SECRET, "a" * 32)

    assert len(code) == 12
    for typed in (code, code.lower(), "-".join(grouped(code)), " ".join(grouped(code)).lower()):
        assert typed_code(typed) == code
    assert code_of(SECRET, "b" * 32) != code
    assert mark_of(code) != code


def test_the_page_tells_what_came_and_what_was_refused_and_why(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    citizen.send(poll, poll.option_ids[0], challenge_answer="11111")
    place.citizen().look_at(poll).send(poll, poll.option_ids[0], challenge_answer="")
    place.citizen().look_at(poll).send(poll)
    voter = place.citizen()
    voter.vote(poll, poll.option_ids[0])
    voter.send(poll, poll.option_ids[0])

    page = pages.get(f"/polls/{poll.slug}/integrity")

    rows = dict(zip(page.texts("#came ~ div tbody th"), page.texts("#came ~ div tbody td"), strict=True))
    assert rows == {
        "Tất cả lượt gửi đến": "5",
        "Được tính": "1",
        "Được tính, bỏ lượt đáng ngờ": "1",
        "Không được tính": "4",
        "không tính vì: chưa chọn, hoặc chọn quá số câu": "1",
        "không tính vì: gửi lặp": "1",
        "không tính vì: chưa nhập mã": "1",
        "không tính vì: sai mã": "1",
    }
    assert page.texts("details td") == ["1"]
    assert [bar.get("height") for bar in page.all(".day-columns rect")] == ["100.0"]


def test_whoever_sends_rubbish_all_day_does_not_keep_the_database_busy(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    for _ in range(30):
        citizen.send(poll)

    with counted() as said:
        answer = citizen.send(poll)

    assert answer.status_code == 422
    assert not any(statement.startswith("INSERT") for statement in said)


def test_the_head_of_the_ledger_is_that_of_the_last_closed_day(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    assert pages.get(f"/polls/{poll.slug}/integrity").all(".fingerprint") == []
    with place.platform.transaction() as session:
        close_day(session, local_day(place.clock.now()), now=place.clock.now() + timedelta(days=1))

    before = pages.get(f"/polls/{poll.slug}/integrity").texts(".fingerprint")
    place.citizen().vote(poll, poll.option_ids[0])
    after = pages.get(f"/polls/{poll.slug}/integrity").texts(".fingerprint")

    with place.platform.reading() as session:
        (closed,) = closed_days(session)
    assert before == after == [closed.spelled]


def test_a_count_that_is_hidden_shows_through_no_page_header_length_or_statement(place: PollingPlace) -> None:
    empty, full = (place.open(slug=slug, results_shown=ResultsShown.AFTER_CLOSE) for slug in ("hoi-mot", "hoi-hai"))
    for number in range(8):
        place.citizen(f"203.0.{number}.1").vote(full, full.option_ids[0])
    place.citizen().look_at(full).send(full, full.option_ids[0], challenge_answer="11111")

    for address in HIDDEN:
        (one, said_of_one), (other, said_of_other) = (looked(place, address, poll) for poll in (empty, full))
        assert one == other, address
        assert said_of_one == said_of_other, address
        assert not any("poll_tally" in said or "poll_traffic" in said or "FROM vote" in said for said in said_of_other)


def test_the_same_pages_do_tell_when_the_count_is_open(place: PollingPlace) -> None:
    empty, full = place.open(slug="hoi-mot"), place.open(slug="hoi-hai")
    place.citizen().vote(full, full.option_ids[0])

    told = [looked(place, address, empty)[0] != looked(place, address, full)[0] for address in HIDDEN]

    assert told == [True] * len(HIDDEN)


HIDDEN = (
    "/polls/{}",
    "/polls/{}/results",
    "/polls/{}/results?count=clean",
    "/polls/{}/results.json",
    "/polls/{}/results.csv",
    "/polls/{}/integrity",
    "/embed/polls/{}/results",
)


def looked(place: PollingPlace, address: str, poll: PollRow) -> tuple[tuple[object, ...], list[str]]:
    """Return what a stranger is told at an address, but for the name of the poll, and what the database was asked."""
    place.clock.move(timedelta(seconds=KEPT_SECONDS))  # whoever was here a moment ago has left no copy behind
    with counted() as said:
        answer = place.citizen("192.0.2.1").client.get(address.format(poll.slug))
    text = re.sub(r"(?s)<form.*</form>", "", answer.text).replace(poll.slug, "")  # each form has its own challenge
    text = re.sub(r'"id":\d+', "", text)
    kept = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length", "ETag")}
    shown = {name: value.replace(poll.slug, "") for name, value in kept.items()}
    sizes = len(answer.data), answer.headers.get("Content-Length"), answer.headers.get("ETag")
    lengths = sizes if answer.status_code != 200 or "form_token" not in answer.text else ()
    return (answer.status_code, text, sorted(shown.items()), lengths), said


def test_a_poll_that_is_over_and_open_to_all_tells_how_it_came_about(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open(until=Status.CLOSED)

    page = pages.get(f"/polls/{poll.slug}/integrity")

    assert "Không có lượt nào đáng ngờ." in page.text("main")
