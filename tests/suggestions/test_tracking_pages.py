"""Following a suggestion: the talk both ways, files, the rating, reopening, and erasing for good."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.suggestions import service
from feedback_service.suggestions.models import Suggestion, SuggestionContact, SuggestionFile, SuggestionText
from feedback_service.suggestions.rules.hands import Publication, Said
from tests.pages import Page
from tests.suggestions.box import Box, furnish
from tests.suggestions.citizen import Citizen, picture

ANSWER = Said("Cảm ơn Ông/Bà. Từ 19/10 bảng gọi số hiện rõ lý do ưu tiên.")
CANARIES = tuple(f"chimyen{number:02}" for number in range(47))
LEFT = ("0987 654 321", "canary@example.vn", "Hoàng Kim Yến")
"""Fifty words that must be nowhere after erasing; the first forty-seven are found by the search as they stand."""


@pytest.fixture
def box(app: Flask, clock: FixedClock, tmp_path: Path) -> Box:
    """The box of the running application."""
    database: Database = app.extensions["feedback_service"].database
    box = furnish(database, tmp_path / "office")
    box.clock = clock
    return box


@pytest.fixture
def citizen(app: Flask, clock: FixedClock, box: Box) -> Citizen:
    """A citizen who has written and noted the code."""
    citizen = Citizen(app, clock)
    citizen.finish(citizen.write(public="y"))
    return citizen


def act(box: Box, name: str, **facts: object) -> None:
    """Have the desk do something with the only suggestion."""
    with box.database.transaction() as session:
        found = session.execute(select(Suggestion.id)).scalar_one()
        getattr(service, name)(session, found, by=box.hand(), now=box.clock.now(), **facts)


def test_a_question_is_answered_and_the_clock_runs_on(citizen: Citizen, box: Box) -> None:
    act(box, "ask", said=Said("Ông/Bà nhớ giờ nào không?"))
    box.pass_days(1)
    page = citizen.look()
    assert page.heading == "Chúng tôi cần hỏi thêm Ông/Bà"
    assert "Đồng hồ dừng đến khi Ông/Bà trả lời" in page.text(".journey")

    after = citizen.pages.send(page, {"text": "Khoảng 8 giờ."}, selector="#message form")

    assert after.heading == "Đang xử lý"
    assert "04/11/2026" in after.text(".lead")
    assert after.texts(".message strong") == ["Ông/Bà", "Phường Đông Hà hỏi thêm", "Ông/Bà"]


def test_an_empty_message_is_refused_and_a_long_one_is_kept(citizen: Citizen) -> None:
    page = citizen.pages.get("/suggestions/track")

    empty = citizen.pages.send(page, {"text": " "}, selector="#message form", status=422)
    long = citizen.pages.send(page, {"text": "ộ" * 5001}, selector="#message form", status=422)

    assert "#text" in [link.get("href") for link in empty.all(".error-summary a")]
    assert "ộ" * 5001 in long.form("#message form")["text"]


def test_files_go_both_ways_and_are_saved_never_shown(citizen: Citizen, box: Box) -> None:
    page = citizen.pages.get("/suggestions/track")
    fields = {**page.form("#message form"), "text": "Ảnh đây.", "files": [(picture(), "ảnh.jpg")]}
    after = citizen.pages.post("/suggestions/track/messages", fields)
    (link,) = after.all(".message .kept-files a")

    saved = citizen.pages.client.get(link.get("href"))

    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert saved.mimetype == "image/jpeg"


def test_a_file_of_somebody_else_is_not_there(citizen: Citizen, box: Box, app: Flask) -> None:
    other = Citizen(app, box.clock)
    other.finish(other.write(files=[(picture(), "riêng.jpg")]))
    with box.database.reading() as session:
        file_id = session.execute(select(SuggestionFile.id)).scalar_one()

    assert other.pages.client.get(f"/suggestions/track/files/{file_id}").status_code == 200
    assert citizen.pages.client.get(f"/suggestions/track/files/{file_id}").status_code == 404
    assert Citizen(app, box.clock).pages.client.get(f"/suggestions/track/files/{file_id}").status_code == 303


def test_what_the_office_keeps_to_itself_is_not_shown(citizen: Citizen, box: Box) -> None:
    act(box, "note", text="Ghi chú nội bộ")
    act(box, "explain", said=Said("Giải trình kín"), is_shown=False)

    words = citizen.pages.get("/suggestions/track").text("main")

    assert "Ghi chú nội bộ" not in words
    assert "Giải trình kín" not in words


def test_an_answer_is_rated_and_rated_again(citizen: Citizen, box: Box) -> None:
    act(box, "answer", said=ANSWER)
    page = citizen.pages.get("/suggestions/track")
    assert page.heading == "Đã trả lời, mời Ông/Bà đánh giá"

    token = page.form("#rating form")["csrf_token"]
    citizen.pages.post("/suggestions/track/rating", {"csrf_token": token, "level": "2"})
    after = citizen.pages.post("/suggestions/track/rating", {"csrf_token": token, "level": "4"})

    assert [face.get("value") for face in after.all(".face[aria-pressed=true]")] == ["4"]


def test_a_rating_that_is_none_of_the_five_is_refused(citizen: Citizen, box: Box) -> None:
    act(box, "answer", said=ANSWER)
    token = citizen.pages.get("/suggestions/track").form("#rating form")["csrf_token"]

    for level in ("0", "6", "-1", "4.5", "true", "1e1", "９", ""):
        citizen.pages.post("/suggestions/track/rating", {"csrf_token": token, "level": level}, status=422)

    assert "rate" not in box.acts(1)


def test_nothing_is_rated_before_the_answer(citizen: Citizen) -> None:
    page = citizen.pages.get("/suggestions/track")
    fields = {"csrf_token": page.form("#message form")["csrf_token"], "level": "5"}

    citizen.pages.post("/suggestions/track/rating", fields, status=409)


def test_an_answer_that_settles_nothing_is_looked_at_again(citizen: Citizen, box: Box) -> None:
    act(box, "answer", said=ANSWER)
    box.pass_days(2)
    page = citizen.look()

    after = citizen.pages.send(page, {"reason": "Vẫn chưa thấy bảng."}, selector="#reopening form")

    assert after.heading == "Đang được xem lại"
    assert "05/11/2026" in after.text(".lead")


def test_after_sixty_days_a_new_suggestion_is_asked_for(citizen: Citizen, box: Box) -> None:
    act(box, "answer", said=ANSWER)
    fields = {**citizen.look().form("#reopening form"), "reason": "Muộn rồi"}
    box.pass_days(61)
    assert citizen.look().all("#reopening") == []

    page = citizen.pages.post("/suggestions/track/reopening", fields, status=409)

    assert "60 ngày" in page.text(".error-summary")


def test_the_talk_can_be_saved_as_text(citizen: Citizen, box: Box) -> None:
    act(box, "answer", said=ANSWER)

    saved = citizen.pages.client.get("/suggestions/track/talk.txt")

    assert ANSWER.text in saved.data.decode("utf-8-sig")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_closing_leaves_nothing_for_the_next_person(citizen: Citizen) -> None:
    page = citizen.pages.get("/suggestions/track")

    after = citizen.pages.post("/suggestions/track/end", {"csrf_token": page.form("#message form")["csrf_token"]})

    assert after.all("#code")
    assert citizen.pages.client.get("/suggestions/track/talk.txt").status_code == 303


def test_two_hours_later_the_code_is_asked_for_again(citizen: Citizen, box: Box) -> None:
    box.pass_days(2.1 / 24)

    assert citizen.pages.get("/suggestions/track").all("#code")


def test_the_sender_of_a_merged_suggestion_reads_the_answer_to_the_other_one(app: Flask, box: Box) -> None:
    one, other = Citizen(app, box.clock), Citizen(app, box.clock)
    one.finish(one.write())
    other.finish(other.write(text="Tôi cũng chờ rất lâu."))
    with box.database.transaction() as session:
        first, second = session.execute(select(Suggestion.id).order_by(Suggestion.id)).scalars()
        service.merge(session, second, by=box.hand(), into_id=first, now=box.clock.now())
        service.answer(session, first, by=box.hand(), said=ANSWER, now=box.clock.now())

    page = other.pages.get("/suggestions/track")

    assert page.heading == "Đã trả lời, mời Ông/Bà đánh giá"
    assert ANSWER.text in page.text(".talk")
    assert "Sáng thứ Hai" not in page.text("main")


def places(box: Box) -> Iterator[Path]:
    """Yield every file that the service, its database and the log of the database keep."""
    yield from (path for path in box.folder.parent.rglob("*") if path.is_file())
    if not box.database.is_sqlite:
        storage = Path(str(box.database.url.query["host"])) / "storage"
        with box.database.reading() as session:
            number = session.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar_one()
        yield from (storage / "base" / str(number)).iterdir()
        yield from (path for path in (storage / "pg_wal").iterdir() if path.is_file())


def test_erasing_wipes_fifty_words_from_every_file_of_the_service_and_its_database(app: Flask, box: Box) -> None:
    phone, email, name = LEFT
    texts = [" ".join(CANARIES[first : first + 5]) for first in range(0, 45, 5)]
    citizen = Citizen(app, box.clock)
    receipt = citizen.write(
        text=f"{texts[0]} {texts[1]}. Gọi {phone}.",
        procedure=CANARIES[45],
        contact_phone=phone,
        contact_email=email,
        contact_name=name,
        contact_consent="y",
        public="y",
        files=[(picture("PNG"), f"{CANARIES[46]}.png")],
    )
    talk_about_everything(citizen, box, citizen.finish(receipt), texts)
    page = citizen.pages.get("/suggestions/track")
    citizen.pages.send(page, {}, selector="#erasure form", status=422)

    after = citizen.pages.send(page, {"confirmed": "y"}, selector="#erasure form")

    assert after.heading == "Dữ liệu của Ông/Bà đã được xóa"
    assert CANARIES[30] not in citizen.pages.get("/answers").text("main")
    with box.database.reading() as session:
        assert set(session.execute(select(SuggestionText.text)).scalars()) == {""}
        assert session.execute(select(SuggestionContact)).all() == []
        assert session.execute(select(SuggestionFile)).all() == []
        assert session.execute(select(Suggestion.kind)).scalars().all() == ["report"]
    assert box.broken() == []
    kept = b"".join(path.read_bytes() for path in places(box)).lower()
    assert [canary for canary in (*CANARIES, *LEFT) if canary.encode().lower() in kept] == []
    assert [path for folder in ("attachments", "waiting") for path in (box.folder / folder).glob("??/*")] == []


def talk_about_everything(citizen: Citizen, box: Box, page: Page, texts: list[str]) -> None:
    """Let citizen and desk write to each other, with a file that went ahead of its message, and publish it."""
    page = citizen.pages.send(page, {"text": " "}, selector="#message form", status=422)
    ahead = {"csrf_token": page.form("#message form")["csrf_token"], "files": (picture(), f"{CANARIES[46]}.jpg")}
    token = citizen.pages.client.post("/suggestions/files", data=ahead).json["token"]  # type: ignore[index]  # it is JSON
    citizen.pages.send(page, {"text": texts[2], "kept_files": token}, selector="#message form")
    act(box, "note", text=texts[3])
    act(box, "mask", masked=service.Masked(f"[họ tên] {texts[1]}", {}))
    act(box, "explain", said=Said(texts[4]), is_shown=False)
    act(box, "answer", said=Said(texts[5]))
    act(box, "publish", publication=Publication(CANARIES[30], texts[6], texts[7]))
    act(box, "hide", reason=texts[8])


def test_after_erasing_nothing_can_be_written_any_more(citizen: Citizen) -> None:
    page = citizen.pages.get("/suggestions/track")
    message = {**page.form("#message form"), "text": "Còn nữa"}
    citizen.pages.send(page, {"confirmed": "y"}, selector="#erasure form")

    citizen.pages.post("/suggestions/track/messages", message, status=409)
