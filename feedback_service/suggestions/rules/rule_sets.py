"""The rule sets that come with the service; an office takes one of them as it is, or with figures of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from feedback_service.suggestions.rules.clock import Figures, figures_from

DEFAULT = "qd-766"
_FILE = Path(__file__).resolve().parents[1] / "data" / "rule_sets.json"


@dataclass(frozen=True)
class RuleSet:
    """Figures with their name and legal basis; `from_on` is the day from which the text holds."""

    code: str
    name: Mapping[str, str]
    basis: str
    from_on: date
    figures: Figures


@lru_cache(maxsize=1)
def rule_sets() -> Mapping[str, RuleSet]:
    """Return every rule set by its code, the national one first."""
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        entry["code"]: RuleSet(
            code=entry["code"],
            name={"vi": entry["name_vi"], "en": entry["name_en"]},
            basis=entry["basis"],
            from_on=date.fromisoformat(entry["from"]),
            figures=figures_from({"code": entry["code"], **entry["figures"]}),
        )
        for entry in found
    }


def default() -> Figures:
    """Return the figures where an office has chosen none: those of QĐ 766/QĐ-TTg."""
    return rule_sets()[DEFAULT].figures
