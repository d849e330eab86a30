"""Nobody changes a vote, a poll or a count unnoticed."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from feedback_service.core.ids import new_id, new_salt
from feedback_service.polls import queries, service
from feedback_service.polls.models import Poll, PollOption, PollTally, Vote, VoteChoice
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Tier
from feedback_service.polls.service import Ballot, rebuild_tally, shipped
from tests.databases import feedback_service
from tests.polls.polling import CITY, HOURS, PollingPlace

ELSEWHEN = "'2026-10-13 01:31:00.000000'"
CHANGES: Mapping[str, Mapping[str, str]] = {
    "vote": {
        "poll_id": "(SELECT max(id) FROM poll)",
        "stored_at": ELSEWHEN,
        "tier": "'suspicious'",
        "nonce": f"'{'0' * 32}'",
        "salt": f"'{'0' * 32}'",
        "doubt": "'browser'",
        "channel": "'embed'",
        "network": "'0123456789abcdef'",
        "fill_seconds": "7",
        "receipt": f"'{'0' * 32}'",
    },
    "vote_choice": {"option_id": "(SELECT max(id) FROM poll_option)"},
    "poll": {
        "slug": "'khac'",
        "question_vi": "'Câu khác?'",
        "question_en": "'Another?'",
        "note_vi": "'Lời khác'",
        "note_en": "'Other words'",
        "most_choices": "3",
        "status": "'closed'",
        "opens_at": ELSEWHEN,
        "closes_at": "NULL",
        "ladder": "'code'",
        "results_shown": "'after-close'",
        "created_at": ELSEWHEN,
        "portals": "'https://khac.example'",
    },
    "poll_option": {
        "position": "9",
        "text_vi": "'Câu khác'",
        "text_en": "'Another'",
        "poll_id": "(SELECT min(id) FROM poll)",
    },
}
FIRST = {
    "vote": "id = (SELECT min(id) FROM vote)",
    "vote_choice": "vote_id = (SELECT min(id) FROM vote)",
    "poll": "id = (SELECT min(id) FROM poll)",
    "poll_option": "id = (SELECT max(id) FROM poll_option)",
}


@pytest.fixture
def poll(place: PollingPlace) -> PollRow:
    """An open poll with three votes, and another poll beside it."""
    opened = place.open(HOURS)
    place.open(CITY)
    with place.platform.transaction() as session:
        for chosen in ((0,), (1,), (2,)):
            options = tuple(opened.option_ids[number] for number in chosen)
            ballot = Ballot(str(new_id()), opened.id, options, Tier.CLEAN, new_salt())
            service.cast(session, ballot, now=place.clock.now())
    return opened


def change(place: PollingPlace, words: str) -> None:
    """Change a record behind the back of the service."""
    with place.platform.transaction() as session:
        session.execute(text(words))


def test_an_untouched_polling_place_is_sound(place: PollingPlace, poll: PollRow) -> None:
    assert place.broken() == []
    assert differences(place) == []


@pytest.mark.parametrize("table", CHANGES)
def test_every_change_of_every_column_is_found(place: PollingPlace, poll: PollRow, table: str) -> None:
    for column, value in CHANGES[table].items():
        with place.platform.reading() as session:
            kept = session.execute(text(f"SELECT {column} FROM {table} WHERE {FIRST[table]}")).scalar_one()

        change(place, f"UPDATE {table} SET {column} = {value} WHERE {FIRST[table]}")

        kind = "vote" if table.startswith("vote") else "poll"
        assert f"{kind} its record was changed" in place.broken(), column
        with place.platform.transaction() as session:
            session.execute(text(f"UPDATE {table} SET {column} = :kept WHERE {FIRST[table]}"), {"kept": kept})
    assert place.broken() == []


def test_the_list_of_changes_names_every_column_that_is_no_key() -> None:
    models = (Vote, VoteChoice, Poll, PollOption)
    columns = {model.__tablename__: {column.name for column in model.__table__.columns} for model in models}
    keys = {"id", "vote_id", "unit_id", "kind"}

    assert {table: names - keys for table, names in columns.items()} == {
        table: set(names) for table, names in CHANGES.items()
    }


def test_a_vote_that_was_taken_away_is_found(place: PollingPlace, poll: PollRow) -> None:
    with place.platform.transaction() as session:
        gone = session.execute(select(Vote.id).limit(1)).scalar_one()
        session.execute(delete(VoteChoice).where(VoteChoice.vote_id == gone))
        session.execute(delete(Vote).where(Vote.id == gone))

    assert place.broken() == ["vote its record is missing"]
    assert len(differences(place)) == 2


def test_a_vote_that_was_slipped_in_is_found(place: PollingPlace, poll: PollRow) -> None:
    row = {"id": str(new_id()), "poll_id": poll.id, "stored_at": place.clock.now(), "tier": "clean"}
    with place.platform.transaction() as session:
        session.execute(insert(Vote).values(**row, nonce=new_salt(), salt=new_salt()))

    assert place.broken() == ["vote the record has no entry"]


def test_a_second_choice_slipped_into_a_vote_is_found(place: PollingPlace, poll: PollRow) -> None:
    with place.platform.transaction() as session:
        vote_id = session.execute(
            select(VoteChoice.vote_id).where(VoteChoice.option_id == poll.option_ids[0])
        ).scalar_one()
        session.execute(insert(VoteChoice).values(vote_id=vote_id, option_id=poll.option_ids[1]))

    assert place.broken() == ["vote its record was changed"]


def test_a_count_that_was_changed_is_found_and_can_be_made_again(place: PollingPlace, poll: PollRow) -> None:
    kept = place.tally()
    with place.platform.transaction() as session:
        session.execute(update(PollTally).where(PollTally.option_id == poll.option_ids[0]).values(count=999))

    assert differences(place) == [f"poll {poll.id}, option {poll.option_ids[0]}, clean: 999 kept, 1 counted"]
    with place.platform.transaction() as session:
        rebuild_tally(session)
    assert differences(place) == []
    assert place.tally() == kept


def test_the_command_line_names_a_wrong_count_and_counts_again(place: PollingPlace, poll: PollRow) -> None:
    address = {"FEEDBACK_DATABASE_URL": place.platform.settings.database_url}
    address["FEEDBACK_DATA_DIR"] = str(place.platform.settings.data_dir)
    change(place, "UPDATE poll_tally SET count = 999 WHERE option_id = 0")

    before = feedback_service("db", "check", **address)
    recounted = feedback_service("poll", "recount", **address)
    after = feedback_service("db", "check", **address)

    assert (before.returncode, before.stderr) == (1, f"poll {poll.id}, votes, clean: 999 kept, 3 counted\n")
    assert (recounted.returncode, after.returncode) == (0, 0), recounted.stderr + after.stderr


def test_an_empty_tally_is_rebuilt_from_nothing(place: PollingPlace) -> None:
    place.open()

    with place.platform.transaction() as session:
        rebuild_tally(session)

    assert (place.tally(), differences(place)) == ({}, [])


def test_a_ballot_that_is_cast_again_counts_once(place: PollingPlace) -> None:
    poll = place.open()
    ballot = Ballot(str(new_id()), poll.id, poll.option_ids[:1], Tier.CLEAN, new_salt())

    for _ in range(2):
        with place.platform.transaction() as session:
            service.cast(session, ballot, now=place.clock.now())

    assert place.votes() == 1
    assert place.tally()[0, "clean"] == 1
    assert place.broken() == []


def test_the_ledger_tells_nothing_of_what_was_chosen(place: PollingPlace) -> None:
    poll = place.open()
    for option_id in poll.option_ids[:2]:
        place.citizen().vote(poll, option_id)

    with place.platform.reading() as session:
        entries = session.execute(text("SELECT act, actor, facts FROM ledger_entry WHERE subject_kind = 'vote'")).all()

    assert len(entries) == 2
    assert set(entries) == {("vote.cast", "public", "{}")}


def test_the_poll_of_the_city_ships_with_the_service(place: PollingPlace) -> None:
    now = place.clock.now()
    draft = shipped(unit_id=place.unit_id, opens_at=now, closes_at=now + timedelta(days=30))

    with place.platform.transaction() as session:
        poll_id = service.create(session, draft, by="system", now=now)
        poll = place.read(session, poll_id)

    assert poll.question.vi == "Bạn đánh giá thế nào về trang thông tin Chuyên mục Đảng?"
    assert [option.text.vi for option in poll.options] == ["Rất tốt", "Tốt", "Bình thường", "Chưa tốt"]
    assert all(option.text.en for option in poll.options)


def differences(place: PollingPlace) -> list[str]:
    """Return what a recount finds."""
    with place.platform.reading() as session:
        return list(queries.differences(session))
