"""An officer builds a questionnaire on the pages of the desk, without a script."""

import re

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.questionnaires import queries, service
from feedback_service.questionnaires.rules import Kind, Question, questions_of
from feedback_service.web.context import EXTENSION
from tests.officers import Officer, officer
from tests.pages import Page

PAGE = "/staff/questionnaires"
MARKET = f"{PAGE}/y-kien-ve-cho/draft"


def begun(app: Flask, *, kind: str = "survey") -> Officer:
    """Return an officer who has begun a questionnaire about the market."""
    writer = officer(app, Role.ONE_STOP)
    blank = writer.pages.get(f"{PAGE}/new")
    facts = {"title_vi": "Ý kiến về chợ", "legal_basis": "Đơn vị tự soạn", "kind": kind}
    builder = writer.pages.send(blank, facts)
    assert builder.heading == "Ý kiến về chợ"
    return writer


def add(writer: Officer, kind: str, text: str, **fields: object) -> Page:
    """Add a question and return the builder."""
    blank = writer.pages.get(f"{MARKET}/questions/new?kind={kind}")
    return writer.pages.send(blank, {"text_vi": text, **fields})


def asked(app: Flask, questionnaire_id: str = "y-kien-ve-cho", number: int = 1) -> tuple[Question, ...]:
    """Return the questions as they stand."""
    with app.extensions[EXTENSION].reading() as session:
        known = queries.wording(session, questionnaire_id, number)
    assert known
    return questions_of(known.questions)


def test_a_questionnaire_is_built_published_and_never_changes(app: Flask) -> None:
    writer = begun(app)
    add(writer, "faces", "Ông/Bà hài lòng về chợ không?")
    conditions = ["ong-ba-hai-long-ve-cho-khong=2", "ong-ba-hai-long-ve-cho-khong=1"]
    add(writer, "multiple", "Điều gì chưa tốt?", options_vi="Vệ sinh\nGiá cả", codes="sach\n", after=conditions)
    add(writer, "date", "Ông/Bà đi chợ ngày nào?", required="y", help_vi="Ngày gần nhất", group_vi="Lần đi chợ")
    builder = add(writer, "scale", "Ông/Bà sẽ giới thiệu chợ này?")

    published = writer.pages.send(builder, {}, selector="form[action$='/publication']")

    assert "Đã công bố" in published.text(".complete-line")
    faces, why, day, scale = asked(app)
    assert (faces.kind, [option.face for option in faces.options]) == (Kind.FACES, [5, 4, 3, 2, 1])
    assert [option.value for option in why.options] == ["sach", 1]
    assert why.show_if
    assert why.show_if.values == (2, 1)
    assert (day.required, dict(day.group), dict(day.help)) == (True, {"vi": "Lần đi chợ"}, {"vi": "Ngày gần nhất"})
    assert scale.kind is Kind.SCALE
    assert writer.pages.client.get(MARKET).status_code == 404
    with app.extensions[EXTENSION].database.inspecting() as session:
        assert list(findings(session, queries.WITNESSES)) == []


def test_questions_are_moved_changed_and_taken_out(house: Flask) -> None:
    writer = begun(house)
    for text in ("Một", "Hai", "Ba"):
        builder = add(writer, "text", text)

    moved = writer.pages.send(builder, {}, selector="#question-ba .builder-moves form")
    changed = writer.pages.send(writer.pages.get(f"{MARKET}/questions/mot"), {"text_vi": "Mốt"})
    taken = writer.pages.send(changed, {}, selector="#question-hai form[action$='/removal']")

    assert re.findall(r"\d\. \w+", " ".join(moved.texts(".builder h3"))) == ["1. Một", "2. Ba", "3. Hai"]
    assert taken.texts(".builder h3") == ["1. Mốt", "2. Ba"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(house: Flask) -> None:
    writer = begun(house)
    add(writer, "text", "Một")
    old = writer.pages.get(f"{MARKET}/questions/mot")
    add(writer, "text", "Hai")

    refused = writer.pages.send(old, {"text_vi": "Khác"}, status=409)

    assert "Có người vừa sửa bản nháp này" in refused.text("main")
    assert [question.text["vi"] for question in asked(house)] == ["Một", "Hai"]


def test_a_circle_a_deleted_option_and_a_second_faceless_start_are_named_before_publication(house: Flask) -> None:
    writer = begun(house, kind="kiosk")
    add(writer, "single", "Chợ nào?", options_vi="Đông Hà\nPhường 5")
    add(writer, "text", "Vì sao?", after=["cho-nao=2"])
    question = writer.pages.get(f"{MARKET}/questions/cho-nao")
    writer.pages.send(question, {"options_vi": "Đông Hà\nGio Linh", "codes": "1\n3"})

    builder = writer.pages.get(MARKET)
    turned = writer.pages.send(builder, {}, selector="#question-vi-sao .builder-moves form")
    refused = writer.pages.send(turned, {}, selector="form[action$='/publication']", status=422)

    assert "điều kiện nhắc đến lựa chọn không còn nữa" in builder.text("#question-vi-sao")
    assert "câu đầu tiên trên máy đánh giá phải trả lời bằng khuôn mặt" in builder.text("#question-cho-nao")
    assert "điều kiện nhắc đến một câu không đứng trước nó" in turned.text("#question-vi-sao")
    assert "Chưa công bố được" in refused.text("main")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text_vi": ""}, "Xin viết câu hỏi bằng tiếng Việt."),
        ({"options_vi": "a", "codes": "1\n2"}, "Số mã nhiều hơn số lựa chọn."),
        ({"options_vi": "\n".join(map(str, range(10_000)))}, "Một câu có tối đa 200 lựa chọn."),
        ({"name": "Tên"}, "Tên dùng cho máy bắt đầu bằng chữ cái"),
        ({"name": "mot"}, "Câu khác đã mang tên này."),
        ({"after": ["mot=1", "hai=1"]}, "Xin chỉ chọn các mục của một câu."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_said_beside_its_field_and_kept(
    house: Flask, fields: dict[str, object], words: str
) -> None:
    writer = begun(house)
    add(writer, "single", "Một", options_vi="a\nb")
    add(writer, "single", "Hai", options_vi="a\nb")
    blank = writer.pages.get(f"{MARKET}/questions/new?kind=single")

    refused = writer.pages.send(blank, {"text_vi": "Ba", "options_vi": "a\nb", **fields}, status=422)

    assert words in refused.text("main form")
    assert len(asked(house)) == 2


def test_the_next_version_tells_in_words_what_it_changes(house: Flask) -> None:
    writer = begun(house)
    builder = add(writer, "single", "Chợ nào?", options_vi="Đông Hà\nPhường 5")
    published = writer.pages.send(builder, {}, selector="form[action$='/publication']")
    writer.pages.send(published, {}, selector="form[action$='/draft']")
    question = writer.pages.get(f"{MARKET}/questions/cho-nao")
    writer.pages.send(question, {"options_vi": "Đông Hà\nGio Linh", "required": "y"})
    add(writer, "number", "Mấy lần một tuần?")

    page = writer.pages.get(f"{PAGE}/y-kien-ve-cho/2/difference/1")

    assert page.texts("main li") == [
        "Câu 1 nay cần được trả lời: “Chợ nào?”.",
        "Một lựa chọn của câu 1 nay là “Gio Linh”; trước là “Phường 5”.",
        "Câu 2 là câu mới: “Mấy lần một tuần?”.",
    ]
    assert asked(house) != asked(house, number=2)


def test_ten_thousand_options_are_refused_beside_their_field_with_all_that_was_typed(house: Flask) -> None:
    writer = begun(house)
    blank = writer.pages.get(f"{MARKET}/questions/new?kind=single")
    long = "\n".join(f"Chợ số {number} của phường" for number in range(10_000))

    refused = writer.pages.send(blank, {"text_vi": "Chợ nào?", "options_vi": long}, status=422)

    assert "tối đa 200 lựa chọn" in refused.text(".error-summary")
    assert refused.text("#text_vi") == "Chợ nào?"
    assert "Chợ số 9999 của phường" in refused.text("#options_vi")


def test_a_copy_lives_on_its_own_and_a_version_can_be_retired(house: Flask) -> None:
    platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, platform.clock.now())
    writer = officer(house, Role.ADMINISTRATOR)

    builder = writer.pages.send(writer.pages.get(f"{PAGE}/kiosk-5/1/copy"), {"title_vi": "Đánh giá ở chợ"})
    version = writer.pages.get(f"{PAGE}/kiosk-5/1")
    retired = writer.pages.send(version, {}, selector="form[action$='/retirement']")

    assert builder.heading == "Đánh giá ở chợ"
    assert asked(house, "danh-gia-o-cho") == asked(house, "kiosk-5")
    assert "Thôi dùng" in retired.text(".complete-line")
    with platform.reading() as session:
        assert queries.bundle(session, "kiosk-5") is None
        assert queries.published(session, "kiosk-5", 1)


def test_a_ballot_is_copied_for_tablets_which_begin_with_its_faces(house: Flask) -> None:
    platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, platform.clock.now())
    writer = officer(house, Role.ONE_STOP)
    named = {"title_vi": "Phiếu tại quầy", "kind": "kiosk"}

    builder = writer.pages.send(writer.pages.get(f"{PAGE}/phieu-9-chi-so/1/copy"), named)
    form = builder.form("#question-cs11 .builder-moves form")
    moved = writer.pages.post(f"{PAGE}/phieu-tai-quay/draft/questions/cs11/place", {**form, "to": "0"})
    published = writer.pages.send(moved, {}, selector="form[action$='/publication']")

    assert "trả lời bằng khuôn mặt" in builder.text("#publish ~ ul")
    assert "Đã công bố" in published.text(".complete-line")
    with platform.reading() as session:
        assert [offer.id for offer in queries.offers(session)] == [
            *("kiosk-3", "kiosk-5", "phieu-tai-quay", "hue-12-tieu-chi", "phieu-9-chi-so")
        ]


def test_a_version_is_looked_at_as_a_tablet_and_as_a_page(house: Flask) -> None:
    platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, platform.clock.now())
    reader = officer(house, Role.OVERSEER)

    web = reader.pages.get(f"{PAGE}/sipas-2023/1/preview")
    tablet = reader.pages.get(f"{PAGE}/kiosk-5/1/preview/tablet?question=2")
    beyond = reader.pages.get(f"{PAGE}/kiosk-5/1/preview/tablet?question=99")

    assert len(web.all(".survey-group")) == 10
    assert web.all("main input:not([disabled])") == []
    assert "Xem trước câu 2 trên 4" in tablet.text(".preview-bar")
    assert "Xem trước câu 4 trên 4" in beyond.text(".preview-bar")
