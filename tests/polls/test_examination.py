"""Votes in doubt: both totals are told, a person may undo a finding with a reason, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from feedback_service.accounts.rules.roles import Role
from feedback_service.challenges.rules import Budget
from feedback_service.core.ids import new_id, new_salt
from feedback_service.core.period import local_day
from feedback_service.polls import queries, service
from feedback_service.polls.models import PollVerdict
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Channel, Tier
from feedback_service.polls.rules.suspicion import NETWORK_VOTES
from feedback_service.polls.service import JOBS, Ballot, Trace, Verdict, examine, judge
from tests.databases import feedback_service
from tests.officers import officer
from tests.pages import PageClient
from tests.polls.polling import PollingPlace

ONE_NETWORK = "0123456789abcdef"


def cast(place: PollingPlace, poll: PollRow, options: Sequence[int], *, network: str = "") -> None:
    """Cast a vote for each option: from one network, or else each from its own."""
    now = place.clock.now()
    with place.platform.transaction() as session:
        for number, option in enumerate(options):
            name = network or f"{number:03}{new_salt()[:13]}"
            trace = Trace(name, local_day(now), Budget.FULL, 20, Channel.SITE, has_voted=False, receipt=new_salt())
            ballot = Ballot(str(new_id()), poll.id, (poll.option_ids[option],), Tier.CLEAN, new_salt(), trace)
            service.cast(session, ballot, now=now)


@pytest.fixture
def stuffed(place: PollingPlace) -> PollRow:
    """A poll that the second answer leads honestly, and the first one by the votes of one network."""
    poll = place.open()
    cast(place, poll, [1] * 12 + [0] * 8)
    cast(place, poll, [0] * NETWORK_VOTES, network=ONE_NETWORK)
    return poll


def both(place: PollingPlace) -> tuple[int, int]:
    """Return all votes and those without suspicious ones."""
    tally = place.tally()
    clean = tally.get((0, "clean"), 0)
    return clean + tally.get((0, "suspicious"), 0), clean


def differences(place: PollingPlace) -> list[str]:
    """Return what a recount finds."""
    with place.platform.reading() as session:
        return list(queries.differences(session))


def run(place: PollingPlace, poll: PollRow) -> int:
    """Run the rules."""
    with place.platform.transaction() as session:
        return examine(session, poll.id, by="system", now=place.clock.now())


def test_the_rules_set_aside_more_than_the_budget_did_and_lose_nothing(place: PollingPlace, stuffed: PollRow) -> None:
    assert both(place) == (20 + NETWORK_VOTES, 20 + 5)

    held = run(place, stuffed)

    assert held == NETWORK_VOTES
    assert both(place) == (20 + NETWORK_VOTES, 20)
    assert place.votes() == 20 + NETWORK_VOTES
    assert (differences(place), place.broken()) == ([], [])


def test_running_the_rules_again_changes_nothing(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    first = place.tally()

    assert run(place, stuffed) == NETWORK_VOTES
    assert place.tally() == first


def test_results_warn_when_another_answer_leads_without_suspicious_votes(
    place: PollingPlace, stuffed: PollRow, pages: PageClient
) -> None:
    run(place, stuffed)
    warning = "khi bỏ lượt đáng ngờ, câu trả lời dẫn đầu thay đổi"

    addresses = [f"/polls/{stuffed.slug}/{part}" for part in ("results", "results?count=clean", "integrity")]
    addresses.append(f"/embed/polls/{stuffed.slug}/results")

    assert [address for address in addresses if warning not in pages.get(address).text()] == []
    assert place.citizen().client.get(f"/polls/{stuffed.slug}/results.json").get_json()["leader_changes"] is True


def test_results_do_not_warn_when_the_same_answer_leads(place: PollingPlace, pages: PageClient) -> None:
    poll = place.open()
    cast(place, poll, [0] * 9 + [1] * 3)
    cast(place, poll, [0] * NETWORK_VOTES, network=ONE_NETWORK)
    run(place, poll)

    assert pages.get(f"/polls/{poll.slug}/results").all(".notice-danger") == []


def test_a_person_undoes_a_finding_with_a_reason_and_may_take_that_back(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    leader = officer(place.app, Role.LEADER, unit_id=place.unit_id, full_name="Lê Thị Hoa")
    address = f"/staff/polls/{stuffed.id}/examination"

    for form in ("#finding-1 form", "#finding-2 form"):
        page = leader.pages.get(address)
        number = len(page.all(form))
        assert number == 1, form
        leader.pages.send(page, {"reason": "Hội nghị tổ dân phố, 20 người dùng chung mạng."}, selector=form)
    assert both(place) == (20 + NETWORK_VOTES, 20 + NETWORK_VOTES)
    page = leader.pages.get(address)
    assert "Lê Thị Hoa" in page.text("#finding-1")
    assert "Hội nghị tổ dân phố" in page.text("#finding-1")
    leader.pages.send(page, {"reason": "Đã kiểm tra lại."}, selector="#finding-1 form")

    assert both(place)[1] < 20 + NETWORK_VOTES
    assert (differences(place), place.broken()) == ([], [])
    acts = "SELECT act FROM ledger_entry WHERE subject_kind = 'poll_verdict' ORDER BY sequence"
    with place.platform.reading() as session:
        told = list(session.execute(text(acts)).scalars())
    assert told == ["poll_verdict.counted", "poll_verdict.counted", "poll_verdict.set-aside"]


def test_what_a_person_undid_stays_undone_when_the_rules_run_again(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    with place.platform.transaction() as session:
        for finding in queries.findings(session, stuffed.id):
            judge(session, stuffed.id, Verdict(finding.id, True, "Đúng là họ."), by="staff:1", now=place.clock.now())
    undone = place.tally()

    run(place, stuffed)

    assert place.tally() == undone
    assert both(place) == (20 + NETWORK_VOTES, 20 + NETWORK_VOTES)


def test_without_a_reason_nothing_is_undone(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    leader = officer(place.app, Role.LEADER, unit_id=place.unit_id)
    page = leader.pages.get(f"/staff/polls/{stuffed.id}/examination")

    refused = leader.pages.send(page, {"reason": "  "}, selector="#finding-1 form", status=422)

    assert refused.text("#reason-error") == "Xin ghi lý do."
    assert refused.all(".error-summary a[href='#reason']")
    assert both(place) == (20 + NETWORK_VOTES, 20)


def test_a_finding_of_another_poll_or_of_another_unit_is_not_judged(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    other = place.open(slug="khac")
    leader = officer(place.app, Role.LEADER, unit_id=place.unit_id)
    token = leader.pages.get(f"/staff/polls/{stuffed.id}/examination").form()["csrf_token"]
    sent = {"csrf_token": token, "is_counted": "yes", "reason": "x"}

    answer = leader.pages.client.post(f"/staff/polls/{other.id}/findings/1/verdict", data=sent)

    assert answer.status_code == 422
    assert both(place) == (20 + NETWORK_VOTES, 20)


def test_who_looks_and_who_judges(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    address = f"/staff/polls/{stuffed.id}/examination"
    overseer = officer(place.app, Role.OVERSEER)
    clerk = officer(place.app, Role.ONE_STOP, unit_id=place.unit_id)

    assert overseer.pages.get(address).all("main form") == []
    assert clerk.pages.client.get(address).status_code == 403
    token = overseer.pages.get("/staff/account").form()["csrf_token"]
    assert (
        overseer.pages.client.post(f"/staff/polls/{stuffed.id}/examinations", data={"csrf_token": token}).status_code
        == 403
    )


def test_the_button_and_the_command_and_the_night_run_the_same_rules(place: PollingPlace, stuffed: PollRow) -> None:
    leader = officer(place.app, Role.LEADER, unit_id=place.unit_id)
    address = {"FEEDBACK_DATABASE_URL": place.platform.settings.database_url}
    address["FEEDBACK_DATA_DIR"] = str(place.platform.settings.data_dir)

    page = leader.pages.get(f"/staff/polls/{stuffed.id}/examination")
    leader.pages.send(page, {}, selector=".page-head form")
    by_button = place.tally()
    command = feedback_service("poll", "examine", stuffed.slug, **address)
    by_command = place.tally()
    job = next(job for job in JOBS if job.name == "polls.suspicion")
    with place.platform.transaction() as session:
        job.run(session, place.platform.settings, place.clock.now())

    assert command.stdout == f"{20 + NETWORK_VOTES} votes, {NETWORK_VOTES} of them in doubt.\n", command.stderr
    assert by_button == by_command == place.tally()


def test_a_verdict_that_was_changed_behind_the_back_is_found(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    with place.platform.transaction() as session:
        judge(session, stuffed.id, Verdict(1, True, "Đúng là họ."), by="staff:1", now=place.clock.now())
    assert place.broken() == []

    with place.platform.transaction() as session:
        session.execute(update(PollVerdict).values(is_counted=False))

    assert place.broken() == ["poll_verdict its record was changed"]


def test_votes_that_were_marked_before_there_were_rules_keep_their_mark(place: PollingPlace) -> None:
    poll = place.open()
    with place.platform.transaction() as session:
        for tier in (Tier.CLEAN, Tier.SUSPICIOUS):
            ballot = Ballot(str(new_id()), poll.id, poll.option_ids[:1], tier, new_salt())
            service.cast(session, ballot, now=place.clock.now())

    run(place, poll)

    assert both(place) == (2, 1)


def test_a_vote_after_the_rules_stands_as_it_was_stored(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)
    place.clock.move(timedelta(days=1))

    cast(place, stuffed, [1])

    assert both(place) == (21 + NETWORK_VOTES, 21)
    assert differences(place) == []


def test_the_export_tells_how_each_vote_counts_by_now(place: PollingPlace, stuffed: PollRow) -> None:
    run(place, stuffed)

    with place.platform.reading() as session:
        votes = queries.votes(session, replace(stuffed))

    assert sum(vote.tier is Tier.SUSPICIOUS for vote in votes) == NETWORK_VOTES
