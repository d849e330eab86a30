"""Whatever is sent to a form or to the API is answered, and never by a fault of ours (ASVS 5.0, 2.2).

Bodies follow the description in openapi.json, forms the pages that show them, each with anything in some places.
`make faults` sends a hundred thousand of them; the same ones come every time.
"""

import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.hostile import LETTERS, STATEMENTS, sent
from tests.attacks.schemas import ANYTHING, WORDS, bodies
from tests.attacks.siege import Filled, Siege, names_of_fields

pytestmark = pytest.mark.xdist_group("siege")
INPUTS = 25_000 if "FAULTS" in os.environ else 60
"""Of each of two kinds, on each kind of database: 100,000 or 240."""
steady = settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
VALUES = st.one_of(
    st.sampled_from([sent(value) for value in (*LETTERS, *STATEMENTS[::16]) if len(value) < 1000]),
    WORDS.map(sent),
    st.integers(-1, 40).map(lambda number: str(number).encode()),
    st.dates().map(lambda day: day.isoformat().encode()),
    st.binary(max_size=20),
)
NAMES = names_of_fields()


@st.composite
def filled_in(draw: st.DrawFn, form: Filled) -> dict[str, list[bytes]]:
    """Fill a form in: some fields as the page had them, some with anything, some twice, some that it does not have."""
    changed = draw(st.dictionaries(st.sampled_from((*form.fields, *NAMES)), st.lists(VALUES, max_size=2), max_size=6))
    return {name: [sent(value)] for name, value in form.fields.items()} | changed


@steady
@given(data=st.data())
def test_no_form_makes_us_fail(siege: Siege, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(siege.forms))
    fields = data.draw(filled_in(form))
    if form.method == "POST":
        answer = siege.knock("POST", form.address, data=fields | {"csrf_token": [siege.token.encode()]})
    else:
        answer = siege.knock("GET", form.address, query_string=fields)

    assert answer.status_code < 500, (form.address, fields)


@steady
@given(data=st.data())
def test_no_body_makes_us_fail(siege: Siege, data: st.DataObject) -> None:
    known = bodies(siege.staff.get("/api/v1/openapi.json").get_json())
    (method, path), body = data.draw(st.sampled_from(sorted(known.items(), key=lambda one: one[0])))
    content = data.draw(st.one_of(body.map(_written), ANYTHING.map(_written), st.binary(max_size=40)))
    headers = _bearer(siege, path, data.draw(st.integers(0, 9)))

    answer = siege.knock(method, path, data=content, headers=headers)

    assert answer.status_code < 500, (path, content)
    assert answer.status_code < 400 or answer.mimetype == "application/problem+json"


def test_whoever_sent_all_that_is_still_signed_in_and_nothing_was_kept_of_nobody(siege: Siege) -> None:
    assert siege.is_signed_in()
    assert siege.rows("poll") >= 1


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def _bearer(siege: Siege, path: str, drawn: int) -> dict[str, str]:
    kind = "kiosk" if "/kiosk/" in path or path.endswith("/ratings") else "program"
    media = {"Content-Type": "application/json" if drawn else "text/plain"}
    return media | ({"Authorization": f"Bearer {siege.bearers[kind]}"} if drawn != 1 else {})
