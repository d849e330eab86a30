"""The attacks of listed.toml: what somebody tries, and the tests that hold against it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Attack:
    """What somebody tries, and the tests that hold against it, as pytest names them below tests/."""

    tries: str
    tests: tuple[str, ...]


def _read() -> Mapping[int, Attack]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {int(number): Attack(attack["tries"], tuple(attack["tests"])) for number, attack in told.items()}


ATTACKS = _read()
