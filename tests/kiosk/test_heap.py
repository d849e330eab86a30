"""A tablet that stands in the lobby for months does not fill its memory (K9)."""

import os

import pytest
from playwright.sync_api import Page

from bench.kiosk import heap, visit

RATINGS = 2000 if "FAULTS" in os.environ else 20
WARMING = 10
MOST_BYTES_EACH = 10_000_000 / 2000
"""Ten megabytes over two thousand ratings."""


@pytest.mark.slow
def test_a_rating_leaves_nothing_behind_in_memory(paired: Page) -> None:
    tools = paired.context.new_cdp_session(paired)
    for _ in range(WARMING):
        visit(paired)
    before = heap(tools)

    for _ in range(RATINGS):
        visit(paired)

    assert (heap(tools) - before) / RATINGS < MOST_BYTES_EACH
