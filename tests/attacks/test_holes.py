"""The suite of attacks notices a hole wherever one is planted, and sees none where there is none."""

import os
from pathlib import Path

import pytest

from tests.attacks.holes import HOLES, Copy
from tests.house.sources import ROOT

FEWEST_NOTICED = 0.95
TOGETHER = ("a challenge is good again and again", "every number opens", "cells begin formulas")
"""Three that have nothing to do with one another: `make faults` plants every one by itself."""


def test_every_hole_can_be_planted() -> None:
    missing = [
        hole.name
        for hole in HOLES
        if hole.old not in (ROOT / "feedback_service" / hole.file).read_text(encoding="utf-8")
    ]

    assert missing == []
    assert len({hole.name for hole in HOLES}) == len(HOLES) >= 40


@pytest.mark.slow
def test_planted_holes_are_noticed(tmp_path: Path) -> None:
    planted = [hole for hole in HOLES if hole.name in TOGETHER]

    failed = Copy(tmp_path).failures(*planted)

    assert [hole.name for hole in planted if not failed & set(hole.tests)] == []


if "FAULTS" in os.environ:

    def test_nearly_every_hole_is_noticed_and_none_where_there_is_none(tmp_path: Path) -> None:
        copy = Copy(tmp_path)

        unseen = [hole.name for hole in HOLES if not copy.failures(hole)]
        alarms = copy.alarms(*(hole for hole in HOLES if hole.engine == "sqlite"))

        assert len(unseen) <= (1 - FEWEST_NOTICED) * len(HOLES), unseen
        assert alarms == set()
