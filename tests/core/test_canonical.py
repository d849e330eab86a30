"""One content has one spelling, that of Python's own json."""

import json

import pytest

from feedback_service.core.canonical import canonical

CONTENTS: tuple[object, ...] = (
    {"b": 1, "a": [True, None, 1.5, -0.0, 1e300]},
    ["Ông/Bà", '\u2028\x00\x7f\\"', "😀", ""],
    "Đông Hà",
    {"ngày": {"z": {}, "y": []}},
    12345678901234567890,
)


@pytest.mark.parametrize("content", CONTENTS, ids=str)
def test_what_is_hashed_is_spelled_as_json_spells_it_with_sorted_keys(content: object) -> None:
    assert canonical(content) == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(("content", "fault"), [([float("nan")], ValueError), ([object()], TypeError)])
def test_what_json_cannot_say_is_refused(content: object, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        canonical(content)
