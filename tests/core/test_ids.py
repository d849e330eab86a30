"""Identifiers and codes."""

import time
from uuid import RFC_4122

import pytest

from feedback_service.core.ids import CODE_LETTERS, below, new_code, new_id, new_salt, new_timed_id, one_of


def test_codes_hold_no_letters_that_look_alike() -> None:
    assert not set("ILOU") & set(CODE_LETTERS)
    assert set(new_code(200)) <= set(CODE_LETTERS)


def test_nothing_is_drawn_twice() -> None:
    assert len({new_id() for _ in range(1000)} | {new_salt() for _ in range(1000)}) == 2000


def test_a_timed_id_stands_behind_those_that_were_drawn_before_it() -> None:
    drawn = [new_timed_id() for _ in range(1000)]
    assert len(set(drawn)) == 1000
    assert {(one.version, one.variant) for one in drawn} == {(7, RFC_4122)}
    moments = [one.int >> 80 for one in drawn]
    assert moments == sorted(moments)
    assert 0 <= time.time_ns() // 1_000_000 - moments[-1] < 60_000


def test_chance_stays_within_its_bounds() -> None:
    assert {below(3) for _ in range(200)} == {0, 1, 2}
    assert {one_of("ab") for _ in range(100)} == {"a", "b"}
    with pytest.raises(IndexError):
        one_of("")
