"""Every type and column that pyxform knows is either asked here as it was written, or refused with sheet and row."""

from datetime import date

import pytest

from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.rules import Condition, Kind, questions_of
from tests.questionnaires.test_files import CHOICES, GOOD, HEADS, book, places

TODAY = date(2026, 10, 13)
ASKED = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "int": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
    "select_one cho": Kind.SINGLE,
    "select one cho": Kind.SINGLE,
    "select1 cho": Kind.SINGLE,
    "select_multiple ly_do": Kind.MULTIPLE,
    "select multiple ly_do": Kind.MULTIPLE,
    "SELECT_ONE cho": Kind.SINGLE,
    "select one from cho": Kind.SINGLE,
    "select all that apply from ly_do": Kind.MULTIPLE,
}
REFUSED = (
    *("acknowledge", "add acknowledge prompt", "add audio prompt", "add barcode prompt", "add calculate prompt"),
    *("add date prompt", "add date time prompt", "add dateTime prompt", "add decimal prompt", "add file prompt"),
    *("add image prompt", "add integer prompt", "add location prompt", "add note prompt", "add text prompt"),
    *("add select multiple prompt using cho", "add select one prompt using cho", "add video prompt", "audio", "audit"),
    *("background-audio", "background-geopoint", "barcode", "calculate", "csv-external", "date time", "dateTime"),
    *("device id", "deviceid", "email", "end", "end time", "file", "geopoint", "geoshape", "geotrace", "get today"),
    *("get device id", "get end time", "get phone number", "get sim id", "get start time", "get subscriber id", "gps"),
    *("hidden", "image", "imei", "location", "note", "number of days in last month", "osm", "percentage", "photo"),
    *("phone number", "phonenumber", "q acknowledge", "q audio", "q barcode", "q calculate", "q date", "q select"),
    *(
        "q geopoint",
        "q image",
        "q int",
        "q location",
        "q note",
        "q picture",
        "q string",
        "q video",
        "range",
        "rank cho",
    ),
    *(
        "select all that apply from cho or specify other",
        "select one external cho",
        "select one using cho",
        "select_one_external cho",
    ),
    *("select_one_from_file a.csv", "select_multiple_from_file a.xml", "select_one cho or_other", "sim id", "start"),
    *("simserial", "start time", "start-geopoint", "subscriberid", "time", "today", "trigger", "uri:deviceid"),
    *("username", "video", "xml-external", "begin repeat", "begin_repeat", "begin lgroup", "begin loop over cho"),
    *("rank cho", "end repeat", "begin looped group", "cascading_select cho", "entity"),
)
AT_ONCE = 40
"""A file is told fifty troubles at most."""
SILENT = ("appearance", "guidance_hint", "required_message", "constraint_message", "instance::odk:tag", "notes")
CHANGING = (
    *("constraint", "calculation", "calculate", "choice_filter", "default", "repeat_count", "count", "jr:count"),
    *(
        "read_only",
        "read only",
        "readonly",
        "trigger",
        "save_to",
        "bind::relevant",
        "bind:required",
        "media::image",
        "image",
    ),
    *("media::audio::Tiếng Việt (vi)", "audio", "video", "big-image::English (en)"),
)


@pytest.mark.parametrize(("kind", "known"), ASKED.items(), ids=ASKED)
def test_a_type_that_can_be_asked_is_taken_in(kind: str, known: Kind) -> None:
    (question,) = questions_of(read_any(book([[kind, "x", "Nhãn", "Gợi ý", "yes", ""]]), today=TODAY).questions)

    assert (question.kind, question.required, dict(question.help)) == (known, True, {"vi": "Gợi ý"})


def test_every_other_type_is_refused_with_its_row() -> None:
    for start in range(0, len(REFUSED), AT_ONCE):
        kinds = REFUSED[start : start + AT_ONCE]
        found = places(book([GOOD[4], *([kind, f"x{row}", "Nhãn", "", "", ""] for row, kind in enumerate(kinds))]))

        assert dict(zip(kinds, found, strict=True)) == {
            kind: ("survey", row, "The type {type} is not supported.") for row, kind in enumerate(kinds, start=3)
        }


@pytest.mark.parametrize("column", CHANGING)
def test_a_column_that_changes_what_is_asked_or_seen_is_refused(column: str) -> None:
    content = book([["text", "x", "Nhãn", "", "", "", "a"]], heads=[*HEADS, column])

    assert places(content) == [("survey", 2, "The column {column} is not supported.")]


@pytest.mark.parametrize("column", SILENT)
def test_a_column_that_changes_only_the_look_or_a_message_is_let_go(column: str) -> None:
    content = book([["text", "x", "Nhãn", "", "", "", "likert"]], heads=[*HEADS, column])

    assert [one.id for one in questions_of(read_any(content, today=TODAY).questions)] == ["x"]


def test_a_picture_beside_an_option_is_refused_with_its_row() -> None:
    pictured = [[*choice, "cho.png" if choice[1] == "gio" else ""] for choice in CHOICES]
    heads = ["list_name", "name", "label", "media::image"]

    assert places(book(GOOD[1:2], choices=pictured, choice_heads=heads)) == [
        ("choices", 3, "The column {column} is not supported.")
    ]


@pytest.mark.parametrize(
    ("parameters", "is_asked"), [("start=0 end=10 step=1", True), ("start=1 end=5 step=1", False), ("", False)]
)
def test_a_range_is_asked_from_nought_to_ten_only(parameters: str, is_asked: bool) -> None:  # a table
    content = book([["range", "x", "Nhãn", "", "", "", parameters]], heads=[*HEADS, "parameters"])

    if is_asked:
        assert [one.kind for one in questions_of(read_any(content, today=TODAY).questions)] == [Kind.SCALE]
    else:
        assert places(content) == [("survey", 2, "The type {type} is not supported.")]


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        *(("${cho_nao} = '1'", True), ("${cho_nao}='1' or ${cho_nao}='gio'", True), ("${cho_nao} = 1", True)),
        *(("selected(${cho_nao}, 'gio')", True), ('selected(${cho_nao}, "gio")', True)),
        *(("${cho_nao} != '1'", False), ("not(selected(${cho_nao}, '1'))", False), ("${lan} > 3", False)),
        *(("${cho_nao} = '1' and ${lan} = '2'", False), ("count-selected(${cho_nao}) > 1", False), ("true()", False)),
        *(("${cho_nao} = '1' or ${lan} = '2'", False), ("regex(${cho_nao}, '1')", False), ("once(1)", False)),
    ],
)
def test_a_condition_is_kept_or_refused_and_never_bent(words: str, is_asked: bool) -> None:  # a table
    content = book([[*GOOD[1][:4], "", ""], ["text", "x", "Nhãn", "", "", words]])

    if is_asked:
        assert questions_of(read_any(content, today=TODAY).questions)[1].show_if
    else:
        assert places(content) == [("survey", 3, "This condition is not supported: {words}")]


def test_what_is_switched_off_or_only_a_remark_is_no_question() -> None:
    rows = [
        ["text", "x", "Nhãn", "", "", "", "yes", ""],
        ["", "", "", "", "", "", "", "Bỏ câu này"],
        [*GOOD[4], "no", ""],
    ]

    assert [
        one.id for one in questions_of(read_any(book(rows, [*HEADS, "disabled", "remark"]), today=TODAY).questions)
    ] == ["lan"]


def test_a_condition_finds_its_question_under_the_name_it_gets_here() -> None:
    rows = [["select_one cho", "Cho Nao", "Chợ nào?", "", "", ""], ["text", "x", "Vì sao?", "", "", "${Cho Nao} = '1'"]]

    asked, after = questions_of(read_any(book(rows), today=TODAY).questions)

    assert (asked.id, after.show_if) == ("cho-nao", Condition("cho-nao", (1,)))


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("appearance", "minimal search('cho')", "The column {column} is not supported."),
        ("parameters", "randomize=true seed=3", "The column {column} is not supported."),
        (
            "label::Lào (lo)",
            "ຕະຫຼາດ",
            "Only Vietnamese and English are kept here. Take the column {column} out of the file.",
        ),
        (
            "hint::Tiếng Việt (vi)",
            "Ông/Bà vừa chọn ${cho_nao}",
            "A text that repeats an answer, such as {words}, is not supported.",
        ),
    ],
)
def test_what_would_be_lost_or_bent_is_refused_with_its_row(column: str, text: str, message: str) -> None:
    content = book([[*GOOD[1][:4], "", "", text]], heads=[*HEADS, column])

    assert places(content) == [("survey", 2, message)]
