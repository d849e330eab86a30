"""Taking suggestions in: once each, with a code that nobody stores and a clock that runs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from feedback_service.core.errors import Conflict, Refused
from feedback_service.db import Database
from feedback_service.suggestions import service
from feedback_service.suggestions.models import Suggestion, SuggestionWord
from feedback_service.suggestions.rules import codes
from feedback_service.suggestions.rules.hands import Contact
from feedback_service.suggestions.rules.kinds import Kind
from feedback_service.suggestions.service import RatingComment, Receipt
from tests.ratings import lobby as ratings
from tests.suggestions.box import OPENING, WAITED, Box


def test_a_citizen_gets_a_code_and_the_day_of_the_answer(box: Box) -> None:
    receipt = box.submit()

    assert codes.typed(codes.spaced(receipt.code or "").lower()) == receipt.code
    assert receipt.due_on == date(2026, 11, 3)
    assert box.case(receipt.suggestion_id).original == WAITED


def test_the_code_is_nowhere_in_the_record(box: Box) -> None:
    receipt = box.submit()

    kept = " ".join(str(value) for value in box.row(receipt.suggestion_id).values())
    assert receipt.code
    assert receipt.code not in kept
    assert box.row(receipt.suggestion_id)["code_hash"] == codes.code_hash(receipt.code)


def test_a_form_that_is_sent_twice_counts_once_and_shows_the_same_code(box: Box) -> None:
    submission = box.submission()
    first = box.send(submission)

    again = box.send(submission)

    assert (again.suggestion_id, again.code, again.is_repeated) == (first.suggestion_id, first.code, True)
    assert box.acts(first.suggestion_id) == ["receive"]


def test_the_same_form_with_other_words_is_refused(box: Box) -> None:
    submission = box.submission()
    box.send(submission)

    with pytest.raises(Conflict):
        box.send(replace(submission, text="Khác hẳn."))


def test_ten_at_once_send_the_same_form_and_one_is_stored(box: Box) -> None:
    submission = box.submission()

    with ThreadPoolExecutor(10) as pool:
        receipts = list(pool.map(lambda _number: box.send(submission), range(10)))

    assert len({receipt.code for receipt in receipts}) == 1
    assert sum(not receipt.is_repeated for receipt in receipts) == 1
    assert box.broken() == []


def test_of_ten_slips_with_the_same_code_typed_in_at_once_one_is_stored(box: Box) -> None:
    code = codes.code_for("a box of slips", "one of them")

    def type_in(_number: int) -> Receipt | None:
        with suppress(Refused):
            return box.send(box.submission(code=code))
        return None

    with ThreadPoolExecutor(10) as pool:
        receipts = list(pool.map(type_in, range(10)))

    assert sum(receipt is not None for receipt in receipts) == 1
    assert box.broken() == []


def test_an_empty_text_is_refused(box: Box) -> None:
    for text in ("", "  \n ", "\u200b"):
        with pytest.raises(Refused):
            box.submit(text)


def test_5000_letters_are_taken_and_5001_are_not(box: Box) -> None:
    box.submit("ộ" * 5000)

    with pytest.raises(Refused):
        box.submit("ộ" * 5001)


def test_a_text_typed_in_pieces_is_kept_composed(box: Box) -> None:
    receipt = box.submit("Tie\u0302\u0301ng Vie\u0323\u0302t")

    assert box.case(receipt.suggestion_id).original == "Tiếng Việt"


def test_what_was_left_to_be_reached_is_sealed_and_each_look_is_noted(box: Box) -> None:
    left = Contact(name="Hồ Thị Lan", phone="0912345678")
    receipt = box.submit(contact=left)

    with box.database.transaction() as session:
        seen = service.contact(session, receipt.suggestion_id, by=box.hand(), vault=box.keys.vault, now=box.clock.now())

    assert seen == left
    assert b"0912345678" not in b"".join(path.read_bytes() for path in box.folder.rglob("*") if path.is_file())
    assert box.broken() == []


def test_a_comment_to_a_rating_becomes_a_suggestion_once(database: Database) -> None:
    lobby = ratings.furnish(database)
    given = ratings.rating(1)
    lobby.record(given)
    comment = RatingComment(given.id, "Chờ lâu quá", lobby.unit_id, lobby.counter_id, "kiosk", "vi", 1, 5)

    def take() -> Receipt:
        with database.transaction() as session:
            return service.from_rating(session, comment, now=OPENING)

    first, again = take(), take()

    assert (first.code, first.kind, first.is_repeated) == (None, Kind.REPORT, False)
    assert (again.suggestion_id, again.is_repeated) == (first.suggestion_id, True)


def test_the_search_finds_words_with_and_without_accents(box: Box) -> None:
    receipt = box.submit("Đường Đông Hà ngập nước")

    with box.database.reading() as session:
        query = (
            select(func.count())
            .select_from(SuggestionWord)
            .where(
                SuggestionWord.word.in_(("duong", "dong", "ha", "ngap", "nuoc")),
                SuggestionWord.suggestion_id == receipt.suggestion_id,
            )
        )
        assert session.execute(query).scalar() == 5
        assert session.execute(select(func.count()).select_from(Suggestion)).scalar() == 1
