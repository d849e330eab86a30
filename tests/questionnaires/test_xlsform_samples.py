"""Public XLSForms of other people: each is taken in as it was written, or refused in words with sheet and row."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from feedback_service.core.errors import Refused
from feedback_service.questionnaires.export.xlsform import xlsform
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.rules import Kind, questions_of
from feedback_service.questionnaires.rules.troubles import Unreadable
from feedback_service.questionnaires.rules.wording import Wording
from tests.questionnaires.samples import HERE, cells_of, forms, old_ones, types_of, workbook, wrong_rows

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension is not supported:UserWarning")
TODAY = date(2026, 10, 13)
VERDICTS: Mapping[str, list[str]] = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
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
