"""Tries counted in memory: each is forgotten when its own window has passed."""

from datetime import timedelta

from limits import parse

from feedback_service.core.clock import FixedClock
from feedback_service.web.counting import SWEPT_SECONDS, Memory

RULE = parse("2 per minute")


def test_a_try_too_many_is_refused_and_not_counted(clock: FixedClock) -> None:
    memory = Memory(clock)

    assert [memory.hit(RULE, "guess", "a") for _ in range(5)] == [True, True, False, False, False]
    assert not memory.test(RULE, "guess", "a")
    clock.move(timedelta(seconds=60))
    assert memory.test(RULE, "guess", "a")


def test_the_window_moves_with_each_try(clock: FixedClock) -> None:
    memory = Memory(clock)

    memory.hit(RULE, "guess", "a")
    clock.move(timedelta(seconds=40))
    memory.hit(RULE, "guess", "a")
    clock.move(timedelta(seconds=30))

    assert [memory.hit(RULE, "guess", "a") for _ in range(2)] == [True, False]


def test_names_keys_and_rules_are_counted_apart(clock: FixedClock) -> None:
    memory = Memory(clock)
    for _ in range(2):
        memory.hit(RULE, "guess", "a")

    assert memory.test(RULE, "guess", "b")
    assert memory.test(RULE, "vote", "a")
    assert memory.test(parse("3 per minute"), "guess", "a")
    assert not memory.test(RULE, "guess", "a")


def test_keys_that_nobody_tries_again_do_not_pile_up(clock: FixedClock) -> None:
    memory = Memory(clock)
    for number in range(1000):
        memory.hit(RULE, "guess", str(number))

    clock.move(timedelta(seconds=SWEPT_SECONDS))
    memory.hit(RULE, "guess", "the last")

    assert memory.size == 1
