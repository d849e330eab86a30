"""Tests that share something dear run one after the other, on one worker."""

import pytest


@pytest.mark.xdist_group("house")
def test_the_workers_know_which_tests_belong_together(request: pytest.FixtureRequest) -> None:
    is_shared_out = hasattr(request.config, "workerinput")

    assert request.node.nodeid.endswith("@house") == is_shared_out
