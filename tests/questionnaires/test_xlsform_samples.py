"""Public XLSForms of other people: each is taken in as it was written, or refused in words with sheet and row."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from pyxform.xls2xform import convert

from feedback_service.bundled import own
from feedback_service.core.errors import Refused
from feedback_service.questionnaires.export.xlsform import xlsform
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.rules import Kind, Question, questions_of
from feedback_service.questionnaires.rules.troubles import Unreadable
from feedback_service.questionnaires.rules.wording import Wording
from tests.questionnaires.samples import HERE, cells_of, forms, old_ones, types_of, workbook, wrong_rows

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension is not supported:UserWarning")
TODAY = date(2026, 10, 13)
VERDICTS: Mapping[str, list[str]] = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
TYPES = {
    Kind.FACES: "select one",
    Kind.SINGLE: "select one",
    Kind.MULTIPLE: "select all that apply",
    Kind.SCALE: "range",
    Kind.TEXT: "text",
    Kind.NUMBER: "decimal",
    Kind.DATE: "date",
}
"""What pyxform calls the kinds of questions."""
Reading = tuple[str, str, str, bool, bool, list[tuple[str, str]]]
"""Name, type, words, whether it needs an answer, whether it has a condition, options."""
WHOLE = ("This file", "This is a workbook", "This workbook")
"""How a sentence about a whole file begins."""
KINDS = {
    Kind.TEXT: ("text", "string"),
    Kind.NUMBER: ("integer", "int", "decimal"),
    Kind.DATE: ("date",),
    Kind.SINGLE: ("select_one ", "select one "),
    Kind.MULTIPLE: ("select_multiple ", "select all "),
}


def judged(content: bytes) -> tuple[list[str], Wording | None]:
    """Return what is said of a file: its questions with their kinds, or every refusal; and what was taken in."""
    try:
        taken = read_any(content, today=TODAY)
    except Unreadable as refused:
        return [
            f"{one.sheet} {one.row}: {one.sentence.message.format(**one.sentence.facts)}" for one in refused.troubles
        ], None
    except Refused as refused:
        return [refused.message], None
    return [f"{asked.id} {asked.kind}" for asked in questions_of(taken.questions)], taken


@pytest.fixture(scope="module")
def read() -> Mapping[str, tuple[list[str], Wording | None]]:
    """Every sample as it is judged; an old workbook once as a file and once by its cells."""
    cells = {f"{name} by its cells": workbook(cells) for name, cells in old_ones().items()}
    return {name: judged(content) for name, content in {**forms(), **cells}.items()}


def test_each_of_the_samples_gets_the_verdict_that_was_written_for_it(
    read: Mapping[str, tuple[list[str], Wording | None]],
) -> None:
    assert len(forms()) == 63
    assert {name: said for name, (said, _taken) in read.items()} == VERDICTS


def test_what_is_taken_in_asks_what_its_rows_ask_and_goes_out_and_comes_back_equal(
    read: Mapping[str, tuple[list[str], Wording | None]],
) -> None:
    old = old_ones()
    taken = {name: wording for name, (_said, wording) in read.items() if wording}

    for name, wording in taken.items():
        source = old.get(name.removesuffix(" by its cells")) or cells_of(forms()[name])
        asked = questions_of(wording.questions)
        kinds = zip((question.kind for question in asked), types_of(source), strict=True)
        assert all(kind.startswith(KINDS[known]) for known, kind in kinds), name
        assert questions_of(read_any(xlsform(wording), today=TODAY).questions) == asked, name
    assert len(taken) >= 10


def test_pyxform_understands_what_comes_in_and_what_goes_out_as_the_service_does(
    read: Mapping[str, tuple[list[str], Wording | None]],
) -> None:
    old = {f"{name} by its cells": workbook(cells) for name, cells in old_ones().items()}
    taken = {name: wording for name, (_said, wording) in read.items() if wording}
    shipped = [read_any(path.read_bytes(), today=TODAY) for path in sorted(own("questionnaires/builtin").iterdir())]

    pairs = [(name, {**forms(), **old}[name], wording) for name, wording in taken.items()]
    pairs += [(f"{wording.id} going out", xlsform(wording), wording) for wording in (*taken.values(), *shipped)]

    for name, content, wording in pairs:
        ours = [told(question) for question in questions_of(wording.questions)]
        assert list(understood(content)) == ours, name


def told(question: Question) -> Reading:
    """Return what is asked, in words that pyxform has, too."""
    options = [] if question.kind is Kind.SCALE else [(str(one.value), one.text["vi"]) for one in question.options]
    return question.id, TYPES[question.kind], question.text["vi"], question.required, bool(question.show_if), options


def understood(content: bytes) -> Iterator[Reading]:
    """Yield the questions of a workbook as pyxform, which ODK and Kobo are built on, reads them."""
    rows = list(convert(content, file_type=".xlsx", validate=False)._pyxform["children"])
    while rows:
        row = rows.pop(0)
        if row["type"] == "group":
            rows = [*(row["children"] if row["name"] != "meta" else ()), *rows]
            continue
        bind, choices = row.get("bind", {}), row.get("choices", ())
        options = [(one["name"], _in_words(one["label"])) for one in choices]
        kind = {"string": "text", "integer": "decimal", "int": "decimal"}.get(row["type"], row["type"])
        is_needed = bind.get("required", "no") not in ("no", "false()")
        yield row["name"], kind, _in_words(row["label"]), is_needed, "relevant" in bind, options


def _in_words(label: str | Mapping[str, str]) -> str:
    return label if isinstance(label, str) else label.get("Vietnamese (vi)") or "".join(label.values())


def test_every_row_that_cannot_be_asked_is_named_and_no_other(
    read: Mapping[str, tuple[list[str], Wording | None]],
) -> None:
    books = {name: cells_of(content) for name, content in forms().items() if name.endswith(".xlsx")}
    cells = {**books, **{f"{name} by its cells": cells for name, cells in old_ones().items()}}

    for name, sheets in cells.items():
        said, taken = read[name]
        if taken or said[0].startswith(WHOLE):
            assert not taken or not wrong_rows(sheets), name
            continue
        places = [line.partition(":")[0].split(" ") for line in said]
        found, known = {(sheet, int(row)) for sheet, row in places}, wrong_rows(sheets)
        assert found == (known if len(said) < 50 else found & known), name
