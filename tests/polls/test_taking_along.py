"""Officers begin from templates, copy polls, list portals, and take votes and polls along."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import text

from feedback_service.accounts.rules.roles import Role
from feedback_service.bundled import own
from feedback_service.polls.rules import ResultsShown, Words, flaws_of
from feedback_service.polls.service import templates
from tests.officers import Officer, officer
from tests.polls.polling import CITY, HOURS, PollingPlace, words

ACTS = "SELECT act, facts FROM ledger_entry WHERE lane = 0 ORDER BY sequence"
PORTAL = "https://dongha.quangtri.gov.vn"


@pytest.fixture
def clerk(place: PollingPlace) -> Officer:
    """A one-stop shop officer of the ward."""
    return officer(place.app, Role.ONE_STOP, unit_id=place.unit_id)


def test_every_template_fills_a_form_that_can_be_saved_as_it_is(place: PollingPlace, clerk: Officer) -> None:
    offered = clerk.pages.get("/staff/polls/new").all(".template-row a")
    assert len(offered) == len(templates.offered()) >= 5

    for link in offered:
        page = clerk.pages.get(str(link.get("href")))
        saved = clerk.pages.send(page, {})
        assert saved.heading == page.form()["question_vi"]
        poll = place.poll(int(saved.address.rpartition("/")[2]))
        assert len(poll.options) >= 4
        assert all(option.text.en for option in poll.options)
    assert clerk.pages.get("/staff/polls/new?template=khong-co").form()["question_vi"] == ""


def test_the_template_of_the_city_is_the_poll_that_ships() -> None:
    shipped = json.loads(own("polls/chuyen_muc_dang.json").read_text(encoding="utf-8"))

    facts = templates.facts_of("chuyen-muc-dang")

    assert facts["question_vi"] == shipped["question"]["vi"] == CITY.question.vi
    assert facts["options_vi"] == "\n".join(option["vi"] for option in shipped["options"])
    assert flaws_of(CITY) == ()


def test_a_copy_has_everything_but_the_address_and_the_days(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open(HOURS, results_shown=ResultsShown.AFTER_VOTE)

    page = clerk.pages.get(f"/staff/polls/new?from={poll.id}")
    form = page.form()
    saved = clerk.pages.send(page, {"question_vi": "Ông/Bà muốn thêm giờ nào?"})

    assert (form["slug"], form["closes_at"], form["opens_at"]) == ("", "", "2026-10-13T08:30")
    copy = place.poll(int(saved.address.rpartition("/")[2]))
    assert [option.text for option in copy.options] == [option.text for option in poll.options]
    assert (copy.kind, copy.most_choices, copy.results_shown) == (poll.kind, poll.most_choices, poll.results_shown)
    assert copy.slug == "ong-ba-muon-them-gio-nao"
    assert copy.id != poll.id


def test_a_poll_of_another_unit_is_not_copied(place: PollingPlace) -> None:
    poll = place.open()
    stranger = officer(place.app, Role.HANDLER)

    assert stranger.pages.client.get(f"/staff/polls/new?from={poll.id}").status_code == 403
    assert (
        officer(place.app, Role.ONE_STOP, name="other", unit_id=place.unit_id)
        .pages.client.get("/staff/polls/new?from=999")
        .status_code
        == 404
    )


def test_portals_are_listed_by_hand_and_the_list_is_audited(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()
    address = f"/staff/polls/{poll.id}/embedding"
    page = clerk.pages.get(address)
    assert "Chưa cổng nào được hiện cuộc thăm dò này" in page.text("main")

    saved = clerk.pages.send(page, {"portals": f"{PORTAL}/\r\n\r\nhttps://cong.vn"})
    again = clerk.pages.send(saved, {})

    assert place.poll(poll.id).portals == (PORTAL, "https://cong.vn")
    assert again.form()["portals"].split() == [PORTAL, "https://cong.vn"]
    with place.platform.reading() as session:
        acts = [act for act, _facts in session.execute(text(ACTS)) if act.startswith("poll.")]
    assert acts == ["poll.created", "poll.opened", "poll.portals-set"]
    assert place.broken() == []
    lines = saved.texts("textarea.snippet")
    assert f'<feedback-poll slug="{poll.slug}">' in lines[0]
    assert all(
        f"http://127.0.0.1:8000/{part}" in line for part, line in zip(("embed.js", "embed/polls"), lines, strict=False)
    )


def test_what_is_no_portal_is_told_so_and_kept_in_the_field(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()
    opened = clerk.pages.get(f"/staff/polls/{poll.id}/embedding")

    for typed in ("cong.vn", "https://cong.vn/a", "https://*.vn", "https://a.vn; script-src *"):
        page = clerk.pages.send(opened, {"portals": typed}, status=422)
        assert page.text("#portals-error").startswith("Xin ghi mỗi dòng một địa chỉ dạng https://")
        assert page.form()["portals"].strip() == typed
    assert place.poll(poll.id).portals == ()


def test_whoever_only_reads_sees_the_lines_and_no_form(place: PollingPlace) -> None:
    poll = place.open()
    overseer = officer(place.app, Role.OVERSEER)

    page = overseer.pages.get(f"/staff/polls/{poll.id}/embedding")

    assert page.all("main form") == []
    assert len(page.all("textarea.snippet")) == 4


def test_votes_are_taken_along_as_csv_and_as_a_workbook_and_the_ledger_says_so(place: PollingPlace) -> None:
    poll = place.open(HOURS, options=(Words("=1+1"), Words('Buổi "tối"'), Words("Sáng thứ Bảy")))
    place.citizen().vote(poll, [poll.option_ids[0], poll.option_ids[1]])
    leader = officer(place.app, Role.LEADER, unit_id=place.unit_id)
    page = leader.pages.get(f"/staff/polls/{poll.id}")
    sent = {"csrf_token": page.form("form[action$='/votes']")["csrf_token"]}

    table, book = (
        leader.pages.client.post(f"/staff/polls/{poll.id}/votes", data={**sent, "format": name})
        for name in ("csv", "xlsx")
    )

    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["13/10/2026 08:30:05", "clean", '\'=1+1 | Buổi "tối"']
    assert "filename=gio-phuc-vu-2026-10-13.xlsx" in book.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(book.data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert "=1+1 | Buổi" in parts.read("xl/sharedStrings.xml").decode()
    with place.platform.reading() as session:
        acts = [(act, json.loads(facts)) for act, facts in session.execute(text(ACTS)) if act == "votes.exported"]
    assert acts == [("votes.exported", {"format": "csv", "rows": 1}), ("votes.exported", {"format": "xlsx", "rows": 1})]
    assert leader.pages.client.post(f"/staff/polls/{poll.id}/votes", data={**sent, "format": "exe"}).status_code == 422


def test_single_votes_are_for_nobody_at_the_counter(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()
    page = clerk.pages.get(f"/staff/polls/{poll.id}")

    assert page.all("form[action$='/votes']") == []
    token = clerk.pages.get("/staff/polls/new").form()["csrf_token"]
    refused = clerk.pages.client.post(f"/staff/polls/{poll.id}/votes", data={"csrf_token": token, "format": "csv"})
    assert refused.status_code == 403


def test_a_poll_is_taken_along_without_a_count(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()
    place.citizen().vote(poll, poll.option_ids[0])

    answer = clerk.pages.client.get(f"/staff/polls/{poll.id}/poll.json")

    taken = answer.get_json()
    assert taken["question"]["vi"] == poll.question.vi
    assert [option["vi"] for option in taken["options"]] == [option.text.vi for option in poll.options]
    assert not {"votes", "clean", "tally", "id"} & set(taken)
    assert 'filename="chuyen-muc-dang.json"' in answer.headers["Content-Disposition"]


def test_the_preview_of_a_draft_links_back_and_sends_nothing(place: PollingPlace, clerk: Officer) -> None:
    poll = place.open()

    shown = clerk.pages.client.get(f"/staff/polls/{poll.id}/preview")

    assert words(shown, "main form button[type=submit]") == []
