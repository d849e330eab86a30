"""A questionnaire of one's own, the ballot and SIPAS: built on the page, answered four ways, whole in every export."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from feedback_service.questionnaires.rules import Answers, Kind, Question, asked_at_tablets
from tests.browser.asking import (
    BASE,
    GLASS,
    Ward,
    answered_at_tablet,
    answered_on_phone,
    begin,
    code,
    exported,
    keyed,
    lines_of,
    open_survey,
    pressed,
    published,
    staff,
    told,
    write,
)
from tests.databases import Databases
from tests.kiosk.offices import furnish, running
from tests.walks import NARROW

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("asking")]
CHANNELS = ("kiosk", "web", "paper", "phone")
FACES = "Ông/Bà hài lòng về chợ không?"
STRONG = (f"1. {FACES}: Rất hài lòng", f"1. {FACES}: Không hài lòng")
QUESTIONS = (
    ("faces", {"text_vi": FACES, "text_en": "Are you satisfied with the market?"}, ()),
    ("text", {"text_vi": "Ông/Bà mong chợ thay đổi điều gì?"}, ()),
    ("scale", {"text_vi": "Ông/Bà sẽ giới thiệu chợ này?", "text_en": "Would you recommend it?"}, ()),
    ("multiple", {"text_vi": "Điều gì đáng nói?", "options_vi": "Vệ sinh\nGiá cả\nChỗ để xe"}, STRONG),
    ("single", {"text_vi": "Ông/Bà đi chợ bằng gì?", "options_vi": "Đi bộ\nXe máy", "codes": "bo\nxe"}, ()),
    ("number", {"text_vi": "Mỗi tuần mấy lần?", "help_vi": "Số lần"}, ()),
    ("date", {"text_vi": "Lần gần nhất là ngày nào?", "group_vi": "Lần đi chợ"}, ()),
)
"""Kind, fields, and the answers after which it is asked."""


@pytest.fixture(scope="module")
def ward(databases: Databases, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Ward]:
    """A running ward with its people."""
    folder = tmp_path_factory.mktemp("asking")
    url = databases.sqlite(folder)
    furnish(url)
    staff(url)
    with running(url, folder / "office") as server:
        yield Ward(server.url, browser)


def build(desk: Page) -> dict[str, tuple[Question, ...]]:
    """Build the three questionnaires on the pages of the desk and return what citizens are asked."""
    begin(desk, "Ý kiến về chợ")
    for kind, fields, after in QUESTIONS:
        write(desk, kind, fields, after)
    third = desk.locator("[data-grip]").nth(2)
    third.drag_to(desk.locator(".builder > li").nth(1))
    expect(desk.locator(".builder h3").nth(1)).to_contain_text("giới thiệu")
    desk.get_by_label("Đưa câu 5 lên").press("Enter")
    expect(desk.locator(".builder h3").nth(3)).to_contain_text("bằng gì")
    built = {"y-kien-ve-cho": published(desk)}
    desk.goto(f"{BASE}/sipas-2023/1/copy")
    desk.locator("#title_vi").fill("SIPAS tại quầy")
    desk.locator("#kind").select_option("kiosk")
    pressed(desk, "Sao chép")
    write(desk, "faces", {"text_vi": "Nhìn chung, Ông/Bà hài lòng không?"})
    desk.locator(".builder > li", has_text="Nhìn chung").get_by_role("link", name="Sửa câu").click()
    desk.locator("#to").select_option("0")
    pressed(desk, "Chuyển tới đó")
    built["sipas-tai-quay"] = published(desk)
    desk.goto(f"{BASE}/phieu-9-chi-so/1")
    pressed(desk, "Soạn phiên bản mới")
    built["phieu-9-chi-so"] = published(desk)
    return built


def answer(
    ward: Ward, desk: Page, second: Page, built: Mapping[str, tuple[Question, ...]]
) -> dict[tuple[str, str], Answers]:
    """Answer each of them in each way, and return what was said."""
    ways = {name: CHANNELS if name == "y-kien-ve-cho" else CHANNELS[:3] for name in built}
    said = {(name, way): told(built[name], turn) for name in built for turn, way in enumerate(ways[name])}
    for name, asked in built.items():
        open_survey(desk, name)
        with ward.window(GLASS) as tablet:
            answered_at_tablet(tablet, code(desk, name), asked_at_tablets(asked), said[name, "kiosk"])
        with ward.window(NARROW) as phone:
            answered_on_phone(phone, name, asked, said[name, "web"])
        for way in ways[name][2:]:
            keyed((desk, second), name, way, asked, said[name, way])
    return said


def test_what_is_built_on_the_page_is_answered_four_ways_and_found_whole_in_every_export(
    ward: Ward, tmp_path: Path
) -> None:
    with ward.desk("mai") as desk, ward.desk("binh") as second:
        built = build(desk)
        said = answer(ward, desk, second, built)
    written = {(name, question.id) for name, asked in built.items() for question in asked if question.kind is Kind.TEXT}
    counted = {
        (name, way): {key: part for key, part in answers.items() if (name, key) not in written}
        for (name, way), answers in said.items()
    }
    with ward.desk("hanh") as reader:
        files = {kind: exported(reader, kind) for kind in ("jsonl", "csv", "xlsx", "sav")}
        books = {
            name: reader.request.get(f"{BASE}/{name}/{2 if name == 'phieu-9-chi-so' else 1}/codebook.csv").text()
            for name in built
        }

    assert lines_of(files["jsonl"]) == counted
    assert in_columns(list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))) == counted
    sheet: Any = load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]
    assert in_columns([list(row) for row in sheet.iter_rows(values_only=True)]) == counted
    assert in_statistics(files["sav"], tmp_path, built) == {
        (name, way): in_words(answers, built[name]) for (name, way), answers in counted.items()
    }
    for name, book in books.items():
        known = {
            (line["question"], line["value"])
            for line in csv.DictReader(io.StringIO(book.lstrip("\ufeff")), delimiter=";")
        }
        assert {(question.id, str(option.value)) for question in built[name] for option in question.options} <= known


def in_columns(lines: list[list[Any]]) -> dict[tuple[str, str], Any]:
    """Return the answers of a table, by questionnaire and channel."""
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    return {(row["questionnaire"], row["channel"]): json.loads(row["answers"]) for row in rows}


def in_statistics(
    content: bytes, folder: Path, built: Mapping[str, tuple[Question, ...]]
) -> dict[tuple[str, str], Any]:
    """Return the answers of a file for statistics, by questionnaire and channel; options are told by their words."""
    path = folder / "ratings.sav"
    path.write_bytes(content)
    columns, known = pyreadstat.read_sav(str(path), output_format="dict")
    labels = known.variable_value_labels
    lists = [[_short(labels.get(name, {}).get(cell, cell)) for cell in column] for name, column in columns.items()]
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*lists, strict=True)]
    ways = dict(zip(("Máy tại quầy", "Trang web", "Phiếu giấy", "Điện thoại"), CHANNELS, strict=True))
    assert known.number_rows == len(rows)
    return {
        (row["questionnaire"], ways[row["channel"]]): {
            one.id: said for one in built[row["questionnaire"]] if (said := _said(row, one)) not in (None, "", [])
        }
        for row in rows
    }


def in_words(answers: Answers, asked: tuple[Question, ...]) -> dict[str, Any]:
    """Return answers with the words of single options."""
    words: dict[Any, str] = {
        (one.id, option.value): _short(option.text["vi"]) for one in asked for option in one.options
    }
    return {name: part if isinstance(part, list) else words.get((name, part), part) for name, part in answers.items()}


def _short(cell: Any) -> Any:
    """Return the beginning of words: a label of such a file holds 120 bytes."""
    return cell[:40] if isinstance(cell, str) else cell


def _said(row: Mapping[str, Any], question: Question) -> Any:
    name = question.id.replace("-", "_")
    if question.kind is Kind.MULTIPLE:
        return [value for value in question.values if row[f"{name}_{value}"] == "Có"]
    return row.get(name)
