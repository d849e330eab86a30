"""The counts: as bars, as a table, for programs; and nowhere while they are not to be seen."""

import csv
import io
from datetime import timedelta

from werkzeug.test import TestResponse

from feedback_service.core.ids import new_id, new_salt
from feedback_service.polls import service
from feedback_service.polls.public.shelf import KEPT_SECONDS
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import ResultsShown, Status, Tier, Words
from feedback_service.polls.service import Ballot
from tests.pages import PageClient
from tests.polls.polling import HOURS, PollingPlace
from tests.statements import counted

KINDS = ("", ".json", ".csv")


def fill(place: PollingPlace, poll: PollRow, *counts: int, tier: Tier = Tier.CLEAN) -> None:
    """Cast as many votes for each option."""
    with place.platform.transaction() as session:
        for option_id, count in zip(poll.option_ids, counts, strict=True):
            for _ in range(count):
                ballot = Ballot(str(new_id()), poll.id, (option_id,), tier, new_salt())
                service.cast(session, ballot, now=place.clock.now())


def test_bars_have_words_and_numbers_and_a_table_beside_them(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    fill(place, poll, 3, 5, 2, 0)
    fill(place, poll, 2, 0, 0, 0, tier=Tier.SUSPICIOUS)

    page = pages.get(f"/polls/{poll.slug}/results")

    assert page.texts(".answer-bar") == [
        "Rất tốt5 lượt 41,7%",
        "Tốt5 lượt 41,7%",
        "Bình thường2 lượt 16,7%",
        "Chưa tốt0 lượt 0,0%",
    ]
    assert [bar.get("width") for bar in page.all(".answer-bar rect.bar")] == ["41.67%", "41.67%", "16.67%", "0.00%"]
    assert page.texts(".switch a") == ["Mọi lượt: 12", "Bỏ lượt đáng ngờ: 10"]
    assert page.texts("tbody tr:first-child td") == ["5", "41,7%", "3", "30,0%"]
    assert page.texts("tfoot td") == ["12", "", "10", ""]


def test_suspicious_votes_can_be_left_out_and_are_never_hidden(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    fill(place, poll, 3, 5, 2, 0)
    fill(place, poll, 2, 0, 0, 0, tier=Tier.SUSPICIOUS)

    page = pages.get(f"/polls/{poll.slug}/results?count=clean")

    assert page.texts(".answer-bar strong") == ["30,0%", "50,0%", "20,0%", "0,0%"]
    assert page.text(".switch [aria-current]") == "Bỏ lượt đáng ngờ: 10"
    assert page.texts(".facts dd") == ["12", "2"]


def test_without_votes_the_page_says_so(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()

    page = pages.get(f"/polls/{poll.slug}/results")

    assert page.text(".empty strong") == "Chưa có lượt nào."


def test_shares_of_several_answers_are_shares_of_the_votes(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open(HOURS)
    with place.platform.transaction() as session:
        for chosen in (poll.option_ids[:2], poll.option_ids[1:]):
            service.cast(session, Ballot(str(new_id()), poll.id, chosen, Tier.CLEAN, new_salt()), now=place.clock.now())

    page = pages.get(f"/polls/{poll.slug}/results")

    assert page.texts(".answer-bar strong") == ["50,0%", "100,0%", "50,0%"]
    assert "cộng lại có thể quá 100%" in page.text("main")


def test_programs_get_the_same_counts(place: PollingPlace) -> None:
    poll = place.open()
    fill(place, poll, 1, 0, 2, 0)
    fill(place, poll, 0, 0, 0, 1, tier=Tier.SUSPICIOUS)

    answer = place.citizen().client.get(f"/polls/{poll.slug}/results.json").get_json()

    assert answer["poll"] == poll.slug
    assert answer["votes"] == {"all": 4, "clean": 3, "suspicious": 1}
    assert [(option["all"], option["clean"]) for option in answer["options"]] == [(1, 1), (0, 0), (2, 2), (1, 0)]
    assert answer["counted_at"] == "2026-10-13T08:30:00+07:00"


def test_spreadsheets_get_the_same_counts_and_no_formula(place: PollingPlace) -> None:
    options = (Words("=1+1"), Words('Tốt; "rất" tốt'), Words("＝cmd"), Words("-"))
    poll = place.open(options=options)
    fill(place, poll, 1, 2, 0, 0)

    answer = place.citizen().client.get(f"/polls/{poll.slug}/results.csv")

    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [
        "Lựa chọn",
        "Mọi lượt",
        "Tỷ lệ trên mọi lượt, %",
        "Bỏ lượt đáng ngờ",
        "Tỷ lệ khi bỏ lượt đáng ngờ, %",
    ]
    assert [row[0] for row in rows[1:]] == ["'=1+1", 'Tốt; "rất" tốt', "'＝cmd", "'-", "Tổng số lượt"]
    assert [row[1:3] for row in rows[1:]] == [["1", "33,3"], ["2", "66,7"], ["0", "0,0"], ["0", "0,0"], ["3", ""]]


def test_counts_that_are_shown_after_the_vote_are_shown_to_whoever_voted(place: PollingPlace) -> None:
    poll = place.open(results_shown=ResultsShown.AFTER_VOTE)
    voter, other = place.citizen(), place.citizen()
    address = f"/polls/{poll.slug}/results"

    before = voter.client.get(f"{address}.json").status_code
    voter.vote(poll, poll.option_ids[0])

    assert before == 403
    assert voter.client.get(f"{address}.json").get_json()["votes"]["all"] == 1
    assert other.client.get(f"{address}.json").status_code == 403


def test_a_made_up_cookie_shows_nothing(place: PollingPlace) -> None:
    poll, other = place.open(results_shown=ResultsShown.AFTER_VOTE), place.open(slug="khac")
    voter = place.citizen()
    voter.vote(other, other.option_ids[0])
    cookie = voter.client.get_cookie(f"voted-{other.id}", path="/polls")
    assert cookie

    for value in ("1", "", "x.y", cookie.value):
        voter.client.set_cookie(f"voted-{poll.id}", value, path="/polls")
        assert voter.client.get(f"/polls/{poll.slug}/results.json").status_code == 403, value


def test_counts_that_are_shown_after_the_closing_leak_nowhere_before(place: PollingPlace) -> None:
    empty = place.open(slug="it", results_shown=ResultsShown.AFTER_CLOSE)
    full = place.open(slug="ba", results_shown=ResultsShown.AFTER_CLOSE)
    fill(place, full, 40, 30, 20, 10)

    for kind in KINDS:
        answers = [place.citizen().client.get(f"/polls/{poll.slug}/results{kind}") for poll in (empty, full)]
        assert _told(answers[0]) == _told(answers[1]), kind
    pages = [place.citizen().client.get(f"/polls/{poll.slug}") for poll in (empty, full)]
    assert all("Số lượt đã tính" not in page.text for page in pages)
    assert "100" not in pages[1].text.partition("<aside")[2]


def test_the_voter_too_waits_for_the_closing(place: PollingPlace) -> None:
    poll = place.open(results_shown=ResultsShown.AFTER_CLOSE)
    voter = place.citizen()

    voter.vote(poll, poll.option_ids[0])
    page = voter.client.get(f"/polls/{poll.slug}/results")

    assert page.status_code == 200
    assert "Lượt biểu quyết của Ông/Bà đã được ghi nhận." in page.text
    assert "Mọi người xem được khi cuộc thăm dò đóng." in page.text
    assert "<table" not in page.text


def test_after_the_closing_everybody_sees_the_counts(place: PollingPlace) -> None:
    poll = place.open(results_shown=ResultsShown.AFTER_CLOSE)
    fill(place, poll, 1, 1, 0, 0)
    with place.platform.transaction() as session:
        service.move(session, place.read(session, poll.id), Status.CLOSED, by="system", now=place.clock.now())

    assert place.citizen().client.get(f"/polls/{poll.slug}/results.json").get_json()["votes"]["all"] == 2


def test_a_hundred_times_the_votes_and_polls_cost_the_same_number_of_statements(place: PollingPlace) -> None:
    poll = place.open()
    client = place.citizen().client

    def asked() -> list[int]:
        place.clock.move(timedelta(seconds=KEPT_SECONDS))
        numbers = []
        for address in (f"/polls/{poll.slug}", f"/polls/{poll.slug}/results", "/polls"):
            with counted() as said:
                client.get(address)
            numbers.append(len(said))
        return numbers

    asked()
    before = asked()
    fill(place, poll, 40, 30, 20, 10)
    for number in range(5):
        place.open(slug=f"khac-{number}")

    assert asked() == before


def _told(answer: TestResponse) -> tuple[object, ...]:
    headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
    return answer.status_code, answer.text.replace("/polls/it", "").replace("/polls/ba", ""), sorted(headers.items())
