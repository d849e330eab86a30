"""Words that want to be something else: statements, headers, addresses, code (attacks 21, 22, 25, 27, 35, 45)."""

import os
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote_from_bytes

import psutil
import pytest
from werkzeug.test import TestResponse

from tests.attacks.hostile import LETTERS, MARK, SPLIT, STATEMENTS, sent
from tests.attacks.siege import Filled, Siege, names_of_fields
from tests.house.sources import SERVICE, files, found
from tests.statements import counted

pytestmark = pytest.mark.xdist_group("siege")
ROUNDS = 10 if "FAULTS" in os.environ else 1
"""How many values every field of every form is given."""
WARMING, MOST_GROWTH_BYTES = 400, 50_000_000
"""What this process may hold more after all of them than after the first ones."""
READ_BACK = ("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle")


def tries(siege: Siege, values: tuple[str | bytes, ...]) -> Iterator[tuple[str, TestResponse]]:
    """Send every form with each of its fields hostile in turn, the rest as the page had filled it in.

    Once with statements and once with letters each field would be tried too often here: they share the fields.
    """
    next_one, names, share = cycle(values), names_of_fields(), int(values is LETTERS)
    for form in siege.forms:
        fields = list(form.fields) * ROUNDS
        for name in fields if ROUNDS > 1 else fields[share::2]:
            if name != "csrf_token":
                value = next(next_one)
                yield f"{form.method} {form.address} {name}={value!r:.80}", _sent(siege, form, {name: sent(value)})
        if len(form.fields) < 2:  # its fields are those of a record that is not there, or of an address
            yield f"{form.method} {form.address}", _sent(siege, form, {name: sent(next(next_one)) for name in names})


def _sent(siege: Siege, form: Filled, changed: dict[str, bytes]) -> TestResponse:
    fields = {**{name: sent(value) for name, value in form.fields.items()}, **changed}
    if form.method == "POST":
        return siege.knock("POST", form.address, data={**fields, "csrf_token": siege.token})
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields.items() if len(value) < 4000)
    return siege.knock("GET", f"{form.address}?{query}")


def test_no_statement_is_ever_written_by_a_stranger(siege: Siege) -> None:
    votes, faults = siege.rows("vote"), []

    with counted() as said:
        for what, answer in tries(siege, STATEMENTS):
            faults += [f"{what}: {answer.status}"] if answer.status_code >= 500 else []
        for word in STATEMENTS[:: 1 if ROUNDS > 1 else 8]:
            for place in ("/polls/{}", "/surveys/{}", "/q/{}", "/b/{}", "/staff/questionnaires/{}/1", "/answers?q={}"):
                answer = siege.knock("GET", place.format(quote_from_bytes(word.encode(), safe="")))
                faults += [f"{place} {word}: {answer.status}"] if answer.status_code >= 500 else []

    assert faults == []
    assert [statement for statement in said if MARK in statement] == []
    assert len(said) > 1000
    assert siege.rows("vote") == votes
    assert siege.is_signed_in()


def test_a_statement_that_a_stranger_wrote_would_be_seen(siege: Siege) -> None:
    with counted() as said, siege.platform.database.inspecting() as session:
        session.connection().exec_driver_sql(f"SELECT 'written by {MARK}'")

    assert [statement for statement in said if MARK in statement]


def test_no_letter_makes_us_fail_or_becomes_a_header_or_an_address(siege: Siege) -> None:
    wrong, held = [], 0

    for number, (what, answer) in enumerate(tries(siege, LETTERS)):
        if number == min(WARMING, len(siege.forms)):
            held = psutil.Process().memory_info().rss
        sent_to = answer.headers.get("Location", "")
        is_ours = not sent_to or (sent_to.startswith("/") and not sent_to.startswith(("//", "/\\")))
        if answer.status_code >= 500 or SPLIT in answer.headers or not is_ours:
            wrong.append(f"{what}: {answer.status} {sent_to}")

    assert wrong == []
    assert psutil.Process().memory_info().rss - held < MOST_GROWTH_BYTES
    assert siege.is_signed_in()


def test_no_letter_in_an_address_makes_us_fail(siege: Siege) -> None:
    wrong = []

    for value in LETTERS if ROUNDS > 1 else LETTERS[::3]:
        part = quote_from_bytes(sent(value)[:2000], safe="")
        for door in siege.doors:
            address = door.address.replace("nothing", part).replace("chuyen-muc-dang", part)
            if door.method == "GET" and address != door.address:
                answer = siege.knock("GET", address)
                if answer.status_code >= 500 or SPLIT in answer.headers:
                    wrong.append(f"{address}: {answer.status}")

    assert wrong == []


def test_nothing_that_was_sent_is_read_back_as_code() -> None:
    imported = found(rf"^\s*(import|from) ({'|'.join(READ_BACK)})\b", files((*SERVICE, "tools"), ".py"))
    called = found(r"(?<![\w.])(eval|exec|compile)\(", files(SERVICE, ".py"))

    assert (imported, called) == ([], [])
