"""Officers write polls, open, close and archive them; nobody edits a count."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from feedback_service.accounts.rules.roles import Role
from feedback_service.polls.rules import Phase, ResultsShown, Status
from feedback_service.units.models import Unit
from tests.officers import Officer, officer
from tests.pages import Page
from tests.polls.polling import PollingPlace

ACTS = "SELECT act FROM ledger_entry WHERE subject_kind = 'poll' ORDER BY sequence"


@pytest.fixture
def clerk(place: PollingPlace) -> Officer:
    """A one-stop shop officer of the ward."""
    return officer(place.app, Role.ONE_STOP, unit_id=place.unit_id)


def written(clerk: Officer, **changes: str) -> Page:
    """Fill in the form of a new poll and send it."""
    fields = {
        "question_vi": "Ông/Bà thấy khu chờ thế nào?",
        "question_en": "How is the waiting room?",
        "options_vi": "Tốt\nBình thường\nChưa tốt",
        "options_en": "Good\nFair\nNot good yet",
        "opens_at": "2026-10-13T08:00",
        "closes_at": "2026-10-31T17:00",
        "slug": "khu-cho",
    }
    status = 422 if changes.pop("refused", "") else 200
    return clerk.pages.send(clerk.pages.get("/staff/polls/new"), {**fields, **changes}, status=status)


def test_a_poll_is_written_looked_at_opened_closed_and_archived(place: PollingPlace, clerk: Officer) -> None:
    page = written(clerk)
    assert page.heading == "Ông/Bà thấy khu chờ thế nào?"
    (poll_id,) = (int(page.address.rpartition("/")[2]),)
    assert clerk.pages.get(f"/staff/polls/{poll_id}/preview").heading == "Ông/Bà thấy khu chờ thế nào?"
    assert clerk.pages.client.get("/polls/khu-cho").status_code == 404

    for step, phase in (("opening", Phase.OPEN), ("closing", Phase.CLOSED), ("archiving", Phase.ARCHIVED)):
        asked = clerk.pages.get(f"/staff/polls/{poll_id}/{step}")
        assert asked.texts(".asked-back h2"), step
        assert place.poll(poll_id).phase is not phase
        clerk.pages.send(asked, {}, selector=".asked-back form")
        assert place.poll(poll_id).phase is phase
        assert clerk.pages.get("/polls/khu-cho").heading == "Ông/Bà thấy khu chờ thế nào?"

    with place.platform.reading() as session:
        acts = list(session.execute(text(ACTS)).scalars())
    assert acts == ["poll.created", "poll.opened", "poll.closed", "poll.archived"]
    assert place.broken() == []


def test_what_was_typed_is_what_is_kept(place: PollingPlace, clerk: Officer) -> None:
    page = written(clerk, kind="multiple", most_choices="2", results_shown="after-vote", ladder="work")

    poll = place.poll(int(page.address.rpartition("/")[2]))
    assert [option.text.en for option in poll.options] == ["Good", "Fair", "Not good yet"]
    assert (poll.kind.value, poll.most_choices, poll.results_shown.value, poll.ladder.value) == (
        "multiple",
        2,
        "after-vote",
        "work",
    )
    assert poll.opens_at.isoformat() == "2026-10-13T01:00:00+00:00"
    form = clerk.pages.get(f"/staff/polls/{poll.id}/edit").form()
    assert (form["opens_at"], form["closes_at"]) == ("2026-10-13T08:00", "2026-10-31T17:00")
    assert form["options_vi"].strip().splitlines() == ["Tốt", "Bình thường", "Chưa tốt"]


def test_a_form_with_mistakes_keeps_everything(place: PollingPlace, clerk: Officer) -> None:
    page = written(clerk, question_vi="", options_vi="Tốt\nTốt", closes_at="31/10", refused="yes")

    assert page.all(".error-summary")
    assert {link.get("href") for link in page.all(".error-summary a")} >= {"#question_vi", "#closes_at"}
    form = page.form()
    assert form["question_en"] == "How is the waiting room?"
    assert form["closes_at"] == "31/10"
    assert form["options_vi"].strip() == "Tốt\nTốt"


def test_an_address_that_is_taken_is_said_so(place: PollingPlace, clerk: Officer) -> None:
    written(clerk)

    page = written(clerk, refused="yes")

    assert page.text("#slug-error") == "Địa chỉ này đã có cuộc thăm dò khác dùng."


def test_without_an_address_one_is_made_of_the_question(place: PollingPlace, clerk: Officer) -> None:
    page = written(clerk, slug="")

    assert "/polls/ong-ba-thay-khu-cho-the-nao" in page.text("main")


def test_a_draft_can_be_written_anew(place: PollingPlace, clerk: Officer) -> None:
    page = written(clerk)
    poll_id = int(page.address.rpartition("/")[2])

    edit = clerk.pages.get(f"/staff/polls/{poll_id}/edit")
    clerk.pages.send(edit, {"options_vi": "Có\nKhông", "options_en": ""})

    assert [option.text.vi for option in place.poll(poll_id).options] == ["Có", "Không"]
    assert place.broken() == []


def test_a_running_poll_changes_only_its_closing_time_and_who_sees_the_counts(
    place: PollingPlace, clerk: Officer
) -> None:
    poll = place.open()
    edit = clerk.pages.get(f"/staff/polls/{poll.id}/edit")
    assert set(edit.form()) == {"csrf_token", "closes_at", "results_shown"}

    fields = {"closes_at": "2026-12-01T17:00", "results_shown": "after-close", "question_vi": "Khác?", "unit": "99"}
    clerk.pages.send(edit, fields)

    after = place.poll(poll.id)
    assert after.closes_at is not None
    assert after.closes_at.isoformat() == "2026-12-01T10:00:00+00:00"
    assert after.results_shown is ResultsShown.AFTER_CLOSE
    assert after.question == poll.question
    assert place.broken() == []


def test_a_closing_time_in_the_past_is_refused(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()

    page = clerk.pages.send(
        clerk.pages.get(f"/staff/polls/{poll.id}/edit"), {"closes_at": "2026-10-13T08:00"}, status=422
    )

    assert page.text("#closes_at-error") == "Giờ đóng phải ở tương lai và sau giờ mở."
    assert place.poll(poll.id).closes_at == poll.closes_at


@pytest.mark.parametrize("until", [Status.CLOSED, Status.ARCHIVED])
def test_a_poll_that_is_over_cannot_be_changed_or_opened_again(
    place: PollingPlace, clerk: Officer, until: Status
) -> None:
    poll = place.open(until=until)
    token = clerk.pages.get("/staff/polls/new").form()["csrf_token"]
    sent = {"csrf_token": token, "closes_at": "2026-12-01T17:00", "results_shown": "always"}

    statuses = [
        clerk.pages.client.get(f"/staff/polls/{poll.id}/edit").status_code,
        clerk.pages.client.post(f"/staff/polls/{poll.id}", data=sent).status_code,
        clerk.pages.client.post(f"/staff/polls/{poll.id}/opening", data=sent).status_code,
    ]

    assert statuses == [409, 409, 409]
    assert place.poll(poll.id) == poll


def test_opening_twice_changes_nothing_the_second_time(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open(until=Status.DRAFT)
    asked = clerk.pages.get(f"/staff/polls/{poll.id}/opening")

    for _ in range(2):
        clerk.pages.send(asked, {}, selector=".asked-back form")

    assert place.poll(poll.id).phase is Phase.OPEN
    assert place.broken() == []


def test_a_draft_whose_closing_time_has_passed_does_not_open(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open(until=Status.DRAFT)
    asked = clerk.pages.get(f"/staff/polls/{poll.id}/opening")
    place.clock.move(timedelta(minutes=25))

    with place.platform.transaction() as session:
        session.execute(text(f"UPDATE poll SET closes_at = '2026-10-13 01:40:00.000000' WHERE id = {poll.id}"))
    answer = clerk.pages.client.post(f"/staff/polls/{poll.id}/opening", data=asked.form(".asked-back form"))

    assert answer.status_code == 422
    assert place.poll(poll.id).phase is Phase.DRAFT


def test_an_officer_sees_the_polls_of_his_own_unit_alone(place: PollingPlace) -> None:
    poll = place.open()
    facts = {"code": "19334", "name": "Phường Nam Đông Hà", "folded_name": "phuong nam dong ha", "kind": "ward"}
    with place.platform.transaction() as session:
        elsewhere = session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()
    stranger = officer(place.app, Role.ONE_STOP, unit_id=elsewhere)

    for page in ("", "/edit", "/preview", "/closing"):
        assert stranger.pages.client.get(f"/staff/polls/{poll.id}{page}").status_code == 404, page
    assert stranger.pages.get("/staff/polls").all("table") == []
    token = stranger.pages.get("/staff/polls/new").form()["csrf_token"]
    assert stranger.pages.client.post(f"/staff/polls/{poll.id}/closing", data={"csrf_token": token}).status_code == 404
    refused = written(stranger, unit=str(place.unit_id), refused="yes")
    assert refused.all("#unit-error")


def test_oversight_reads_and_changes_nothing(place: PollingPlace) -> None:
    poll = place.open()
    overseer = officer(place.app, Role.OVERSEER)

    assert overseer.pages.get("/staff/polls").texts("tbody th") == [poll.question.vi]
    page = overseer.pages.get(f"/staff/polls/{poll.id}")
    assert [
        link for link in page.all("a") if "/edit" in str(link.get("href")) or "/closing" in str(link.get("href"))
    ] == []
    assert overseer.pages.client.get(f"/staff/polls/{poll.id}/edit").status_code == 403
    assert overseer.pages.client.get("/staff/polls/new").status_code == 403


def test_the_desk_shows_the_counts_and_offers_no_way_to_change_them(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open(results_shown=ResultsShown.AFTER_CLOSE)
    place.citizen().vote(poll, poll.option_ids[0])

    page = clerk.pages.get(f"/staff/polls/{poll.id}")

    assert page.text("#counts") == "1 lượt"
    assert page.all("main input:not([type=hidden]), main textarea") == []
    assert clerk.pages.get("/staff/polls").texts("td.amount") == ["1"]


def test_a_step_out_of_order_is_not_asked_back(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()

    assert clerk.pages.get(f"/staff/polls/{poll.id}/archiving").all(".asked-back") == []
