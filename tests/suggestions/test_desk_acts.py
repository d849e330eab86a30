"""What the desk does with a suggestion: each act a step, nothing lost between two officers, all of it provable."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from feedback_service.core.errors import Conflict, DomainError, NotFound, Refused
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.queries import Box as BoxRules
from feedback_service.suggestions.rules.hands import Done, Publication, Said
from feedback_service.suggestions.rules.kinds import Kind, Refusal, State, Topic
from feedback_service.suggestions.rules.steps import Act, next_steps
from feedback_service.suggestions.service import Masked
from tests.suggestions.box import Box

ANSWER = Said("Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên.")


def act(box: Box, name: str, suggestion_id: int, *, who: str = "hien", seen: int | None = None, **facts: Any) -> Done:
    """Have somebody of the desk do something."""
    work: Callable[..., Done] = getattr(service, name)

    def attempt() -> Done:
        with box.database.transaction() as session:
            return work(session, suggestion_id, by=box.hand(who, seen=seen), now=box.clock.now(), **facts)

    return box.database.retrying(attempt)


def published(box: Box) -> int:
    """Return a suggestion that was answered and published."""
    receipt = box.submit(is_public_wished=True)
    act(box, "answer", receipt.suggestion_id, said=ANSWER)
    publication = Publication("Chờ chứng thực hơn hai giờ", "Chờ hơn hai giờ.", ANSWER.text)
    act(box, "publish", receipt.suggestion_id, publication=publication)
    return receipt.suggestion_id


def test_a_suggestion_goes_from_received_to_published(box: Box) -> None:
    found = box.submit(is_public_wished=True).suggestion_id

    act(box, "assign", found, handler_id=box.accounts["thanh"])
    act(box, "explain", found, who="thanh", said=Said("Quầy 3 chỉ có một cán bộ."), is_shown=False)
    box.pass_days(2)
    act(box, "answer", found, who="thanh", said=ANSWER)
    publication = Publication("Chờ chứng thực", "Chờ hơn hai giờ.", ANSWER.text)
    last = act(box, "publish", found, publication=publication)

    case = box.case(found)
    assert last.state is State.PUBLISHED
    assert box.acts(found) == ["receive", "assign", "explain", "answer", "publish"]
    assert (case.clock.is_on_time, case.clock.used_days, case.clock.publish_by) == (True, 2, date(2026, 10, 19))
    assert box.broken() == []


def test_a_question_stops_the_clock_until_the_answer(box: Box) -> None:
    found = box.submit().suggestion_id
    act(box, "ask", found, said=Said("Ông/Bà nhớ giờ nào không?"))
    assert box.case(found).clock.paused_until == date(2026, 10, 27)

    box.pass_days(1)
    with box.database.transaction() as session:
        service.reply(session, found, said=Said("Khoảng 8 giờ."), now=box.clock.now())

    case = box.case(found)
    assert (case.row.state, case.row.due_on) == ("assigned", date(2026, 11, 4))
    assert box.broken() == []


def test_a_second_officer_sees_the_first_ones_change_and_changes_nothing(box: Box) -> None:
    found = box.submit().suggestion_id
    act(box, "note", found, who="thanh", text="Đã gọi Quầy 3.", seen=1)

    with pytest.raises(Conflict):
        act(box, "answer", found, who="duc", said=ANSWER, seen=1)

    assert box.acts(found) == ["receive", "note"]


def test_a_suggestion_of_another_ward_is_not_there(box: Box) -> None:
    found = box.submit().suggestion_id
    hand = replace(box.hand(), scope=frozenset({999}))

    with box.database.transaction() as session, pytest.raises(NotFound):
        service.note(session, found, by=hand, text="?", now=box.clock.now())
    with box.database.reading() as session, pytest.raises(NotFound):
        queries.case(session, found, scope=hand.scope, today=box.today)


def test_an_answer_waits_for_a_second_person_where_the_office_wants_one(box: Box) -> None:
    with box.database.transaction() as session:
        service.set_box(session, BoxRules(needs_approval=True), by=box.hand(), now=box.clock.now())
    found = box.submit().suggestion_id
    act(box, "answer", found, said=ANSWER)

    with pytest.raises(Conflict):
        act(box, "approve", found)
    act(box, "approve", found, who="duc")

    shown = [step.act for step in box.case(found).steps if step.is_shown]
    assert shown == ["receive", "answer", "approve"]
    assert box.case(found).clock.is_on_time is True


def test_a_refusal_after_two_working_days_is_for_complaints_in_law_only(box: Box) -> None:
    found = box.submit().suggestion_id
    box.pass_days(3)

    with pytest.raises(Conflict):
        act(box, "refuse", found, refusal=Refusal.UNCLEAR, said=Said("Không rõ."))
    done = act(box, "refuse", found, refusal=Refusal.COMPLAINT, said=Said("Mời Ông/Bà gửi đơn tới bộ phận tiếp dân."))

    assert done.state is State.REFUSED


def test_the_sender_of_a_merged_suggestion_can_be_set_apart_again(box: Box) -> None:
    one, other = box.submit().suggestion_id, box.submit("Cũng chờ lâu.").suggestion_id
    act(box, "merge", other, into_id=one)
    with pytest.raises(Refused):
        act(box, "merge", one, into_id=other)

    act(box, "separate", other)

    assert box.case(other).row.state == "assigned"
    assert box.case(one).merged_ids == ()


def test_hiding_takes_a_publication_back_and_keeps_the_clock(box: Box) -> None:
    found = published(box)

    done = act(box, "hide", found, reason="Có tên người.")

    assert done.state is State.CLOSED
    assert box.case(found).row.is_hidden
    assert not box.case(found).standing.is_published
    with pytest.raises(Conflict):
        act(box, "publish", found, publication=Publication("a", "b", "c"))


def test_masking_keeps_the_original_and_releases_what_was_held(box: Box) -> None:
    found = box.submit("Thằng ngu này tên Nguyễn Văn An.").suggestion_id
    assert box.case(found).row.is_held

    act(box, "mask", found, masked=Masked("[…] này tên [họ tên].", {"name": 1}))

    case = box.case(found)
    assert (case.original, case.shown_text) == ("Thằng ngu này tên Nguyễn Văn An.", "[…] này tên [họ tên].")
    assert not case.row.is_held


def test_a_transfer_goes_to_a_unit_that_stands_and_keeps_the_clock(box: Box) -> None:
    found = box.submit().suggestion_id

    done = act(box, "transfer", found, unit_id=box.agency_id, reason="Việc của phòng.")

    assert (done.state, done.due_on, box.case(found).row.unit_name) == (
        State.TRANSFERRED,
        date(2026, 11, 3),
        "Phòng Kinh tế",
    )
    with pytest.raises(Refused):
        act(box, "transfer", found, unit_id=999, reason="?")


def test_an_officer_elsewhere_is_given_nothing(box: Box) -> None:
    found = box.submit().suggestion_id

    with pytest.raises(Refused):
        act(box, "assign", found, handler_id=box.accounts["elsewhere"])


def test_every_step_that_is_offered_can_be_taken_and_no_other(box: Box) -> None:
    facts: dict[Act, dict[str, Any]] = {
        Act.ASSIGN: {"handler_id": box.accounts["thanh"]},
        Act.TRANSFER: {"unit_id": box.agency_id, "reason": ""},
        Act.ASK: {"said": ANSWER},
        Act.EXPLAIN: {"said": ANSWER, "is_shown": True},
        Act.ANSWER: {"said": ANSWER},
        Act.SEND_BACK: {"reason": "Viết lại"},
        Act.APPROVE: {},
        Act.PUBLISH: {"publication": Publication("a", "b", "c")},
        Act.WITHDRAW: {"reason": "Nhầm"},
        Act.HIDE: {"reason": "Nhầm"},
        Act.SHOW: {"reason": ""},
        Act.REFUSE: {"refusal": Refusal.COMPLAINT, "said": ANSWER},
        Act.SEPARATE: {},
        Act.REOPEN: {"said": ANSWER},
        Act.CLOSE: {"reason": "Xong"},
        Act.EXTEND: {"days": 1, "reason": "Liên ngành"},
    }
    for state in State:
        found, offered = _standing_at(box, state)
        for act_name, arguments in facts.items():
            is_open = act_name in offered and offered[act_name] is None

            assert _succeeds(box, act_name, found, arguments) == is_open, f"{act_name} in {state}"
            found, offered = _standing_at(box, state) if is_open else (found, offered)


def test_any_change_of_any_column_is_found(box: Box) -> None:
    found = published(box)
    assert box.broken() == []

    for table, column, value in (
        ("suggestion", "due_on", "'2027-01-01'"),
        ("suggestion_text", "text", "'khác'"),
        ("suggestion_step", "text", "'khác'"),
        ("published_answer", "answer", "'khác'"),
    ):
        with box.database.transaction() as session:
            key = "id" if table == "suggestion" else "suggestion_id"
            before = session.execute(text(f"SELECT {column} FROM {table} WHERE {key} = {found}")).scalar()
            session.execute(text(f"UPDATE {table} SET {column} = {value} WHERE {key} = {found}"))
        assert box.broken() != [], f"{table}.{column}"
        with box.database.transaction() as session:
            statement = text(f"UPDATE {table} SET {column} = :before WHERE {key} = {found} AND {column} = {value}")
            session.execute(statement, {"before": before})


def test_classifying_is_kept_for_the_reports(box: Box) -> None:
    found = box.submit().suggestion_id

    act(box, "classify", found, kind=Kind.PROPOSAL, topic=Topic.REGULATION)

    assert (box.case(found).row.kind, box.case(found).topic) == ("proposal", Topic.REGULATION)


def _standing_at(box: Box, state: State) -> tuple[int, dict[Act, object]]:
    """Return a suggestion that stands somewhere, and the steps that are offered there with what stands in their way."""
    found = box.submit(is_public_wished=True).suggestion_id
    _put(box, found, state)
    offered = next_steps(box.case(found).standing, account_id=box.accounts["hien"], today=box.today)
    return found, {step.act: step.obstacle for step in offered}


def _put(box: Box, suggestion_id: int, state: State) -> None:
    answered = state in (State.APPROVED, State.PUBLISHED, State.CLOSED)
    with box.database.transaction() as session:
        session.execute(
            text(
                "UPDATE suggestion SET state = :state, answered_at = :at, answered_on = :day, is_on_time = :yes "
                "WHERE id = :id"
            ),
            {
                "state": state.value,
                "at": box.clock.now() if answered else None,
                "day": box.today if answered else None,
                "yes": True if answered else None,
                "id": suggestion_id,
            },
        )


def _succeeds(box: Box, act_name: Act, suggestion_id: int, arguments: dict[str, Any]) -> bool:
    try:
        act(box, act_name.value.replace("-", "_"), suggestion_id, **arguments)
    except DomainError:
        return False
    return True
