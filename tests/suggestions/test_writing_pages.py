"""The box at the portal: written without JavaScript, nothing lost on a refusal, the code shown once."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.suggestions.models import Suggestion, SuggestionFile
from feedback_service.suggestions.rules.hands import TEXT_LETTERS
from tests.suggestions.box import WAITED, Box, furnish
from tests.suggestions.citizen import Citizen, picture
from tests.suggestions.desk import Desk


@pytest.fixture
def box(app: Flask, clock: FixedClock, tmp_path: Path) -> Box:
    """The box of the running application."""
    database: Database = app.extensions["feedback_service"].database
    box = furnish(database, tmp_path / "office")
    box.clock = clock
    return box


@pytest.fixture
def citizen(app: Flask, clock: FixedClock, box: Box) -> Citizen:
    """A citizen at the portal."""
    return Citizen(app, clock)


def count(box: Box) -> int:
    """Return how many suggestions there are."""
    with box.database.reading() as session:
        return session.execute(select(func.count()).select_from(Suggestion)).scalar_one()


def test_a_citizen_writes_gets_a_code_and_follows_it(citizen: Citizen) -> None:
    receipt = citizen.write(public="y")
    code = citizen.code(receipt)

    assert receipt.heading == "Đã nhận góp ý của Ông/Bà"
    assert "thứ Ba, ngày 03/11/2026 (15 ngày làm việc)" in receipt.text("main")
    assert len(code) == 20

    tracking = citizen.finish(receipt)

    assert tracking.heading == "Đã nhận góp ý"
    assert WAITED in tracking.text(".talk")
    assert citizen.enter(code.lower().replace("0", "o").replace("1", "l")).heading == "Đã nhận góp ý"


def test_the_code_is_shown_once_and_only_after_the_citizen_has_noted_it_gone(citizen: Citizen) -> None:
    receipt = citizen.write()
    again = citizen.pages.send(receipt, {}, status=422)
    assert citizen.code(again) == citizen.code(receipt)

    citizen.finish(receipt)

    assert citizen.pages.get("/suggestions/receipt").all(".spoken-code") == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"text": ""}, "Mời Ông/Bà viết nội dung."),
        ({"text": "\u200b \u2060"}, "Mời Ông/Bà viết nội dung."),
        ({"text": "ộ" * (TEXT_LETTERS + 1)}, "5000"),
        ({"kind": ""}, "Mời Ông/Bà chọn loại ý kiến."),
        ({"kind": "order"}, "Mời Ông/Bà chọn loại ý kiến."),
        ({"counter": "999999999999999999999"}, "Xin chọn một mục"),
        ({"unit": "-1"}, "Xin chọn một mục"),
        ({"contact_phone": "gọi tôi"}, "0912 345 678"),
        ({"contact_email": "a@b.vn\r\nBcc: all@c.vn", "contact_consent": "y"}, "ten@example.vn"),
        ({"contact_name": "Lan"}, "đồng ý"),
        ({"challenge_answer": ""}, "năm chữ số"),
        ({"challenge_answer": "11111"}, "Mã chưa đúng"),
        ({"submission_id": "1; DROP TABLE"}, "mở lại trang"),
    ],
)
def test_whatever_has_to_be_mended_everything_that_was_written_stays(
    lasting: Desk, visitor: Citizen, fields: dict[str, object], fault: str
) -> None:
    text = str(fields.get("text", WAITED))

    page = visitor.write(procedure="Chứng thực", **fields, status=422)

    assert fault in page.text(".error-summary")
    assert page.form()["procedure"] == "Chứng thực"
    assert page.form()["text"].strip() == text.strip()
    assert count(lasting.box) == 0


def test_a_form_sent_twice_counts_once_and_shows_the_same_code(citizen: Citizen, box: Box) -> None:
    filled = citizen.fill(citizen.pages.get("/suggestions/new"))
    first = citizen.code(citizen.send(filled))

    again = citizen.code(citizen.send(filled))

    assert (again, count(box)) == (first, 1)


def test_files_stay_with_the_form_while_it_is_mended(citizen: Citizen, box: Box) -> None:
    page = citizen.write(files=[(picture(), "ảnh chụp.jpg")], challenge_answer="11111", status=422)
    assert page.texts(".kept-files bdi") == ["ảnh chụp.jpg"]

    citizen.send(citizen.fill(page))

    with box.database.reading() as session:
        assert session.execute(select(SuggestionFile.name)).scalars().all() == ["ảnh chụp.jpg"]
    assert list((box.folder / "waiting").glob("??/*")) == []
    assert len(list((box.folder / "attachments").glob("??/*"))) == 1


def test_a_file_that_was_kept_can_be_taken_away_again(citizen: Citizen, box: Box) -> None:
    page = citizen.write(files=[(picture(), "một.jpg")], text="", status=422)
    (button,) = page.all(".kept-files button")

    mended = citizen.send({**citizen.fill(page), "drop_file": button.get("value")})

    assert mended.all(".kept-files") == []
    assert mended.form()["text"].strip() == WAITED


def test_six_files_are_one_too_many(citizen: Citizen, box: Box) -> None:
    page = citizen.write(files=[(picture(), f"{number}.jpg") for number in range(6)], status=422)

    assert "tối đa 5 tệp" in page.text(".error-summary")
    assert count(box) == 0


def test_more_than_fifty_megabytes_are_refused_in_words_and_only_forms_with_files_take_much(citizen: Citizen) -> None:
    page = citizen.pages.get("/suggestions/new")
    heavy = BytesIO(b"a" * 52 * 1024 * 1024)

    refused = citizen.send({**page.form(), "files": (heavy, "a.jpg")}, status=413)
    elsewhere = citizen.pages.client.post("/suggestions/slips", data={"code": "a" * 300_000})

    assert "50 MB" in refused.text(".error-summary")
    assert elsewhere.status_code == 413


def test_files_are_checked_while_the_citizen_still_writes(citizen: Citizen) -> None:
    token = citizen.pages.get("/suggestions/new").form()["csrf_token"]
    first = citizen.pages.client.post(
        "/suggestions/files", data={"csrf_token": token, "files": (picture(), "một.jpg")}
    ).get_json()

    second = citizen.pages.client.post(
        "/suggestions/files",
        data={"csrf_token": token, "kept_files": first["token"], "drop_file": first["files"][0]["id"]},
    ).get_json()
    wrong = citizen.pages.client.post(
        "/suggestions/files", data={"csrf_token": token, "files": (BytesIO(b"<svg/>"), "x.jpg")}
    )

    assert [file["name"] for file in first["files"]] == ["một.jpg"]
    assert second == {"token": "", "files": []}
    assert (wrong.status_code, wrong.get_json()["errors"][0]["pointer"]) == (422, "files")


def test_a_complaint_in_law_is_explained_and_goes_on_only_by_the_citizens_choice(citizen: Citizen, box: Box) -> None:
    page = citizen.write(text="Tôi làm đơn khiếu nại quyết định thu hồi đất.", status=422)
    assert "khiếu nại theo luật" in page.text(".notice h2")
    assert count(box) == 0

    citizen.send(citizen.fill(page, text="Tôi làm đơn khiếu nại quyết định thu hồi đất.", went_on="y"))

    assert count(box) == 1


def test_the_form_tells_where_complaints_in_law_are_filed(citizen: Citizen) -> None:
    assert "Luật Khiếu nại" in citizen.pages.get("/suggestions/law").text("main")


def test_fields_that_are_not_the_citizens_are_ignored(citizen: Citizen, box: Box) -> None:
    citizen.write(state="published", unit_id="1", is_open="0", is_hidden="1", id="77", channel="kiosk", code="A" * 20)

    with box.database.reading() as session:
        row = session.execute(select(Suggestion)).scalar_one()
    assert (row.state, row.is_open, row.is_hidden, row.channel) == ("received", True, False, "web")


def test_another_code_keeps_what_was_written(citizen: Citizen, box: Box) -> None:
    page = citizen.pages.get("/suggestions/new")

    again = citizen.send({**citizen.fill(page), "another_code": "1"})

    assert again.form()["text"].strip() == WAITED
    assert again.form()["form_token"] != page.form()["form_token"]
    assert count(box) == 0


def test_the_code_stands_in_no_address(citizen: Citizen) -> None:
    receipt = citizen.write()
    code = citizen.code(receipt)

    page = citizen.finish(receipt)

    addresses = [element.get(name) for name in ("href", "src", "action") for element in page.all(f"[{name}]")]
    assert not [address for address in addresses if address and code in address.upper()]
    assert code not in page.address


def test_the_slip_is_a_pdf_and_its_signature_is_known_again(citizen: Citizen) -> None:
    receipt = citizen.write()
    code, signature = citizen.code(receipt), receipt.text(".fingerprint")

    slip = citizen.pages.client.get("/suggestions/receipt/slip.pdf")
    known = citizen.pages.post("/suggestions/slips", _slip(citizen, code, signature))
    foreign = citizen.pages.post("/suggestions/slips", _slip(citizen, code, "0000 0000 0000 0000"), status=422)

    assert slip.mimetype == "application/pdf"
    assert slip.data.startswith(b"%PDF-")
    assert "Giấy hẹn này là thật" in known.text(".notice")
    assert foreign.all(".record") == []


def test_nothing_tells_a_code_that_cannot_be_from_one_that_is_not(citizen: Citizen) -> None:
    citizen.write()
    wrong = [citizen.enter(code, status=422).text("main") for code in ("0" * 20, "?", "7K3M9QX2H4TVB6RD5WZ8")]

    assert len({re.sub(r"value=\S+", "", words) for words in wrong}) == 1


def test_codes_are_not_tried_without_end(citizen: Citizen) -> None:
    for _ in range(20):
        citizen.enter("0" * 20, status=422)

    page = citizen.pages.get("/suggestions/track")
    response = citizen.pages.client.post("/suggestions/track", data={**page.form(), "code": "0" * 20})

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


def _slip(citizen: Citizen, code: str, signature: str) -> dict[str, object]:
    page = citizen.pages.get("/suggestions/slips")
    return {**page.form(), "code": code, "signature": signature}
