"""No text keeps a pattern busy: every pattern of the service is given a hundred thousand letters (attack 46)."""

import ast
import os
import re
import time
from collections.abc import Iterator

import pytest

from tests.house.sources import SERVICE, files

LETTERS = 100_000
MOST_SECONDS = 0.1
PIECES = ("a", " ", "0", "a.", "a@", "-", "\n", "1,", "/", "e\u0301")
MORE = ("a ", "a-", "(", "0.", "=", "<", "+84", "\u202e", "\t", "'", "A0", "://")
END = "!"
TRIED = (*PIECES, *MORE) if "FAULTS" in os.environ else PIECES
FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


def patterns() -> Iterator[str]:
    """Yield every pattern that stands in our sources as a constant, given to `re` or put in a name of its own."""
    for path in files(SERVICE, ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                yield from [text for text in _text(node.value) if "\\" in text or "[" in text]
            elif isinstance(node, ast.Call) and node.args and _asks(node.func):
                yield from _text(node.args[0])


def _asks(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id == "re" and function.attr in FUNCTIONS
    return isinstance(function, ast.Name) and function.id == "shaped"


def _text(node: ast.expr) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


PATTERNS = sorted(set(patterns()))


def slowness(pattern: re.Pattern[str], text: str) -> float:
    """Return how long the slowest way of asking takes."""
    slowest = 0.0
    for ask in (pattern.fullmatch, pattern.search):
        begun = time.process_time()
        ask(text)
        slowest = max(slowest, time.process_time() - begun)
    return slowest


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 50


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_text_keeps_a_pattern_busy(pattern: str) -> None:
    compiled = re.compile(pattern)

    slow = {piece: slowness(compiled, piece * (LETTERS // len(piece)) + END) for piece in TRIED}

    assert {text: seconds for text, seconds in slow.items() if seconds > MOST_SECONDS} == {}


def test_a_pattern_that_can_be_kept_busy_is_found() -> None:
    assert slowness(re.compile(r"(a+)+b"), "a" * 22 + "!") > MOST_SECONDS
