"""Questionnaires go out as files and come back equal; what cannot be asked here is refused row by row."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.errors import Refused
from feedback_service.questionnaires import queries
from feedback_service.questionnaires.export.xlsform import xlsform
from feedback_service.questionnaires.payloads import read_any, schema
from feedback_service.questionnaires.rules import Condition, Kind, questions_of
from feedback_service.questionnaires.rules.troubles import Unreadable
from feedback_service.questionnaires.rules.wording import Wording, file_of
from feedback_service.questionnaires.rules.workbooks import MOST_UNPACKED
from feedback_service.questionnaires.service import builtin
from feedback_service.web.context import EXTENSION
from tests.databases import feedback_service
from tests.officers import officer

TODAY = date(2026, 10, 13)
SHIPPED = {wording.id: wording for wording in builtin()}
HEADS = ["type", "name", "label", "hint", "required", "relevant"]
GOOD = [
    ["begin group", "g", "Chợ", "", "", ""],
    ["select_one cho", "cho_nao", "Chợ nào?", "", "yes", ""],
    ["select_multiple ly_do", "ly_do", "Vì sao?", "Chọn nhiều", "", "${cho_nao} = '1' or selected(${cho_nao}, 'gio')"],
    ["end group", "", "", "", "", ""],
    ["integer", "lan", "Mấy lần?", "", "", ""],
    ["date", "ngay", "Ngày nào?", "", "", ""],
]
CHOICES: list[list[object]] = [
    ["cho", 1, "Đông Hà"],
    ["cho", "gio", "Gio Linh"],
    ["ly_do", "ban", "Bẩn"],
    ["ly_do", "dat", "Đắt"],
]


def book(
    survey: Sequence[Sequence[object]],
    heads: Sequence[str] = HEADS,
    choices: Sequence[Sequence[object]] = CHOICES,
    choice_heads: Sequence[str] = ("list_name", "name", "label"),
) -> bytes:
    """Return an XLSForm with these rows."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in (("survey", [heads, *survey]), ("choices", [choice_heads, *choices])):
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def places(content: bytes) -> list[tuple[str, int, str]]:
    """Return sheet, row and message of every trouble."""
    with pytest.raises(Unreadable) as refused:
        read_any(content, today=TODAY)
    return [(trouble.sheet, trouble.row, trouble.sentence.message) for trouble in refused.value.troubles]


@pytest.mark.parametrize("write", [file_of, xlsform], ids=["json", "xlsform"])
@pytest.mark.parametrize("wording", SHIPPED.values(), ids=SHIPPED)
def test_what_goes_out_comes_back_equal(wording: Wording, write: Callable[[Wording], bytes]) -> None:
    back = read_any(write(wording), today=TODAY)

    assert questions_of(back.questions) == questions_of(wording.questions)
    assert replace(back, questions="") == replace(wording, questions="")


def test_a_form_of_another_program_is_taken_in() -> None:
    questions = questions_of(read_any(book(GOOD), today=TODAY).questions)

    assert [(one.id, one.kind) for one in questions] == [
        *(("cho_nao", Kind.SINGLE), ("ly_do", Kind.MULTIPLE), ("lan", Kind.NUMBER), ("ngay", Kind.DATE))
    ]
    assert [option.value for option in questions[0].options] == [1, "gio"]
    assert questions[1].show_if == Condition("cho_nao", (1, "gio"))
    assert (dict(questions[1].group), dict(questions[2].group)) == ({"vi": "Chợ"}, {})


@pytest.mark.parametrize(
    "kind",
    [
        *(
            "note",
            "calculate",
            "geopoint",
            "image",
            "audio",
            "barcode",
            "begin repeat",
            "start",
            "deviceid",
            "rank cho",
        ),
        *(
            "select_one_from_file places.csv",
            "select_one cho or_other",
            "acknowledge",
            "dateTime",
            "hidden",
            "xml-external",
        ),
    ],
)
def test_a_type_that_is_not_asked_here_is_refused_with_its_row(kind: str) -> None:
    content = book([GOOD[4], [kind, "x", "Nhãn", "", "", ""]])

    assert places(content) == [("survey", 3, "The type {type} is not supported.")]


@pytest.mark.parametrize(
    "column", ["constraint", "calculation", "choice_filter", "default", "repeat_count", "read_only"]
)
def test_a_column_that_would_change_what_is_asked_is_refused(column: str) -> None:
    content = book([["text", "x", "Nhãn", "", "", "", "1"]], heads=[*HEADS, column])

    assert places(content) == [("survey", 2, "The column {column} is not supported.")]


def test_every_trouble_is_named_in_the_order_of_the_file() -> None:
    content = book(
        [
            ["select_one nowhere", "a", "Nhãn", "", "", ""],
            ["text", "b", "", "", "", ""],
            ["text", "c", "Nhãn", "", "", "${a} > 3"],
            ["begin group", "g", "Nhóm", "", "", "${a} = '1'"],
            ["begin group", "h", "Nhóm", "", "", ""],
            ["end group", "", "", "", "", ""],
            ["text", "b", "Nhãn", "", "", "${d} = '1'"],
        ],
        choices=[["cho", 1, ""]],
    )

    assert places(content) == [
        ("survey", 2, "The list {name} is not on the sheet “choices”."),
        ("survey", 3, "A question needs a label."),
        ("survey", 4, "This condition is not supported: {words}"),
        ("survey", 5, "A condition of a whole group is not supported; give it to its questions."),
        ("survey", 5, "This group is not ended."),
        ("survey", 6, "A group inside a group is not supported."),
        ("survey", 8, "This condition names {name}, which is no question before it."),
        ("survey", 8, "The name {name} stands twice."),
        ("choices", 2, "An option needs list_name, name and label."),
    ]


def test_a_formula_is_refused_with_its_row() -> None:
    assert places(book([["text", "x", "=1+1", "", "", ""]])) == [
        ("survey", 2, "This row holds a formula. Please write the text itself.")
    ]


def test_a_list_of_ten_thousand_options_is_refused() -> None:
    long = [["cho", number, "Chợ"] for number in range(10_000)]

    assert ("choices", 202, "A list can have at most 200 options.") in places(book(GOOD[:2], choices=long))


def test_more_questions_than_anybody_answers_are_refused() -> None:
    rows = [["text", f"x{number}", "Nhãn", "", "", ""] for number in range(5_000)]

    assert places(book(rows)) == [("survey", 202, "A questionnaire can have at most 200 questions.")]


def zipped(**parts: bytes) -> bytes:
    """Return an archive with these parts beside the content types."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(bomb=b"0" * (MOST_UNPACKED + 1)), "too big"),
        (zipped(**{"xl/vbaProject.bin": b"macro"}), "macros"),
        (zipped(), "cannot be read"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (book(GOOD)[:-200], "cannot be read"),
        (book([]), "no XLSForm"),
        (b"\xff\xfe", "neither JSON nor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old kind"),
    ],
    ids=["bomb", "macros", "no workbook", "broken", "cut off", "empty", "rubbish", "old"],
)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_any(content, today=TODAY)


def test_json_is_judged_strictly_and_every_place_is_named() -> None:
    written = json.loads(file_of(SHIPPED["kiosk-5"]))
    written["questions"][0]["kind"] = "geopoint"
    written["questions"][1]["preset"] = 5
    del written["title"]["vi"]

    with pytest.raises(Unreadable) as refused:
        read_any(json.dumps(written).encode(), today=TODAY)

    assert [trouble.sentence.facts["place"] for trouble in refused.value.troubles] == [
        *("/title/vi", "/questions/0/kind", "/questions/1/preset")
    ]
    assert "questions" in schema()["properties"]  # type: ignore[operator]


def test_a_file_becomes_a_draft_on_the_page(house: Flask) -> None:
    writer = officer(house, Role.ONE_STOP)
    token = writer.pages.get("/staff/questionnaires/file").form()["csrf_token"]

    def send(content: bytes, name: str) -> tuple[int, str]:
        fields = {"csrf_token": token, "file": (io.BytesIO(content), name)}
        answer = writer.pages.client.post("/staff/questionnaires/file", data=fields)
        return answer.status_code, answer.text

    wrong = send(book([["geopoint", "x", "Nhãn", "", "", ""]]), "a.xlsx")
    nothing = send(b"", "a.json")
    right = send(book(GOOD), "a.xlsx")
    again = send(book(GOOD), "a.xlsx")

    assert (wrong[0], nothing[0], right[0], again[0]) == (422, 422, 303, 422)
    assert "Trang tính survey, dòng 2: Chưa hỗ trợ kiểu geopoint." in wrong[1]
    assert "Đã có bản nháp" in again[1]
    assert "lược đồ" in writer.pages.get("/staff/questionnaires/file").text().lower()
    assert b'"title":"QuestionnaireFile"' in writer.pages.client.get("/staff/questionnaires/schema.json").data


def test_files_go_in_and_out_by_command(engine_url: str, tmp_path: Path) -> None:
    given, sent = tmp_path / "given.xlsx", tmp_path / "sent.json"
    given.write_bytes(xlsform(replace(SHIPPED["hue-12-tieu-chi"], id="hue")))
    office = {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_DATA_DIR": str(tmp_path)}

    taken = feedback_service("questionnaire", "import", str(given), **office)
    written = feedback_service("questionnaire", "export", "hue", "--out", str(sent), **office)
    given.write_bytes(book([["geopoint", "x", "Nhãn", "", "", ""]]))
    refused = feedback_service("questionnaire", "import", str(given), **office)

    assert (taken.returncode, written.returncode, refused.returncode) == (0, 0, 1), taken.stderr + written.stderr
    assert questions_of(read_any(sent.read_bytes(), today=TODAY).questions) == questions_of(
        SHIPPED["hue-12-tieu-chi"].questions
    )
    assert "Trang tính survey, dòng 2: Chưa hỗ trợ kiểu geopoint." in refused.stderr


def test_both_files_of_a_version_are_offered(house: Flask) -> None:
    platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        from feedback_service.questionnaires.service import load_builtin

        load_builtin(session, platform.clock.now())
    reader = officer(house, Role.OVERSEER)

    files = [reader.pages.client.get(f"/staff/questionnaires/sipas-2023/1/file.{kind}") for kind in ("json", "xlsx")]

    with platform.reading() as session:
        known = queries.wording(session, "sipas-2023", 1)
    assert known
    assert [questions_of(read_any(answer.data, today=TODAY).questions) for answer in files] == [
        *[questions_of(known.questions)] * 2
    ]
