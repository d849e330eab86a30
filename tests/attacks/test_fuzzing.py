"""Whatever is sent to a form or to the API is answered, and never by a fault of ours (ASVS 5.0, 2.2).

Requests follow or break the description in openapi.json, and the answers keep to it; forms follow the pages that show
them, with anything in some places. `make faults` sends a hundred thousand of them; the same ones come every time.
"""

import os
from itertools import product
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as described

from tests.attacks.hostile import LETTERS, STATEMENTS, sent
from tests.attacks.siege import Filled, Siege, names_of_fields

pytestmark = pytest.mark.xdist_group("siege")
INPUTS = 25_000 if "FAULTS" in os.environ else 60
"""Of each of three kinds, on each kind of database: 150,000 or 360."""
steady = settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
DESCRIPTION = "/api/v1/openapi.json"
CHECKS = [
    not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_schema_conformance,
    described.response_headers_conformance,
]
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "\u0000", "\ud83d", "1e400", "2026-02-30", "19333", "kiosk-5", "\u202e", "{{7*7}}"]),
    st.text(alphabet="a\u0301", min_size=300, max_size=400),
)
BROKEN = [b"{", b"[]", b"null", b'{"ratings":', b'{"a":1e400}', b"NaN", b'"\\ud83d"', b"[" * 5000, b"\xef\xbb\xbf{}"]
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


def test_every_request_to_the_api_is_answered_as_described(siege: Siege) -> None:
    found = schemathesis.openapi.from_wsgi(DESCRIPTION, siege.app).get_all_operations()
    kinds = list(product([route.ok() for route in found if isinstance(route, Ok)], GenerationMode))
    for route, mode in kinds:

        @settings(steady, max_examples=INPUTS // len(kinds) + 1)
        @given(case=route.as_strategy(generation_mode=mode), is_stranger=st.sampled_from([False, False, False, True]))
        def answered(case: Case[Any], is_stranger: bool) -> None:
            bearer = {} if is_stranger else _bearer(siege, case.path)
            case.validate_response(case.call(headers=bearer), checks=CHECKS)

        answered()


@steady
@given(data=st.data())
def test_no_bytes_for_the_api_make_us_fail(siege: Siege, data: st.DataObject) -> None:
    paths = siege.staff.get(DESCRIPTION).get_json()["paths"]
    path = data.draw(st.sampled_from(sorted(path for path in paths if "post" in paths[path])))
    content = data.draw(st.one_of(st.binary(max_size=40), WORDS.map(sent), st.sampled_from(BROKEN)))
    kind = data.draw(st.sampled_from(["application/json", "application/json", "text/plain", "multipart/form-data"]))

    answer = siege.knock("POST", path, data=content, headers=_bearer(siege, path) | {"Content-Type": kind})

    assert 400 <= answer.status_code < 500, (path, content)
    assert answer.mimetype == "application/problem+json"


def test_whoever_sent_all_that_is_still_signed_in_and_nothing_was_kept_of_nobody(siege: Siege) -> None:
    assert siege.is_signed_in()
    assert siege.rows("poll") >= 1


def _bearer(siege: Siege, path: str) -> dict[str, str]:
    kind = "kiosk" if "/kiosk/" in path or path.endswith("/ratings") else "program"
    return {"Authorization": f"Bearer {siege.bearers[kind]}"}
