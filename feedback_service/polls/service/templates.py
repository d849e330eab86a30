"""Templates of polls that ship with the service: a start that the office writes on from."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from feedback_service.bundled import own
from feedback_service.polls.rules import Words

SHIPPED = "polls/khuon_mau.json"


@dataclass(frozen=True)
class Template:
    """One template: its key in the address, and its name."""

    key: str
    name: Words


def offered() -> tuple[Template, ...]:
    """Return every template."""
    return tuple(Template(written["key"], Words(**written["name"])) for written in _written())


def facts_of(key: str) -> dict[str, object]:
    """Return the fields of the form as a template fills them, none for an unknown key."""
    written = next((one for one in _written() if one["key"] == key), None)
    if written is None:
        return {}
    return {
        "question_vi": written["question"]["vi"],
        "question_en": written["question"]["en"],
        "options_vi": "\n".join(option["vi"] for option in written["options"]),
        "options_en": "\n".join(option["en"] for option in written["options"]),
        "kind": written["kind"],
        "most_choices": str(written["most_choices"]),
        "results_shown": written["results_shown"],
    }


@cache
def _written() -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(own(SHIPPED).read_text(encoding="utf-8"))
    return content
