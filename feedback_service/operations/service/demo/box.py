"""The box of the demonstration: suggestions that are made up, at every step that the desk knows."""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.accounts.models import Account
from feedback_service.bundled import own
from feedback_service.core.period import LOCAL_ZONE, local_day
from feedback_service.db import Database
from feedback_service.operations.service.demo.chance import made_up_id
from feedback_service.operations.service.demo.office import Demo
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.rules.hands import Contact, Hand, Publication, Said
from feedback_service.suggestions.rules.kinds import Channel, Kind
from feedback_service.suggestions.service import Keys, Submission, TemplateFacts

MORNING = time(9, 5)


def fill_box(database: Database, demo: Demo, keys: Keys, *, now: datetime) -> None:
    """Put the suggestions and answer templates in; those that are there already stay as they are."""
    told = json.loads(own("operations/demo_box.json").read_text(encoding="utf-8"))
    with database.transaction() as session:
        box = _Box(session, demo, keys, now)
        for number, one in enumerate(told["suggestions"]):
            box.put_in(number, one)
        box.write_templates(told["templates"])


class _Box:
    def __init__(self, session: Session, demo: Demo, keys: Keys, now: datetime) -> None:
        self._session, self._demo, self._keys, self._now = session, demo, keys, now
        found = session.execute(select(Account.name, Account.id))
        self._people: dict[str, int] = {row.name: row.id for row in found}
        self._counters = {station.made_up["name"]: station.counter_id for station in demo.stations}

    def put_in(self, number: int, one: dict[str, Any]) -> None:
        at = self._moment(one["days_ago"])
        receipt = service.submit(self._session, self._submission(number, one), keys=self._keys, now=at)
        if receipt.is_repeated:
            return
        for step in one["acts"]:
            self._act(receipt.suggestion_id, step, self._moment(one["days_ago"] - step["days_after"]))
        if "level" in one:
            service.rate(self._session, receipt.suggestion_id, level=one["level"], now=self._moment(1))

    def write_templates(self, templates: list[dict[str, str]]) -> None:
        if queries.templates(self._session, self._demo.unit_id, also_idle=True):
            return
        for one in templates:
            facts = TemplateFacts(one["title"], one["text"], self._demo.unit_id, is_active=True)
            service.save_template(self._session, None, facts, by=self._hand("motcua"), now=self._now)

    def _submission(self, number: int, one: dict[str, Any]) -> Submission:
        return Submission(
            submission_id=made_up_id("suggestion", number),
            kind=Kind(one["kind"]),
            text=one["text"],
            unit_id=self._demo.unit_id,
            counter_id=self._counters.get(one.get("counter", "")),
            is_about_staff=one.get("about_staff", False),
            is_public_wished=one.get("public", False),
            channel=Channel(one["channel"]),
            contact=Contact(phone=one["phone"]) if "phone" in one else None,
        )

    def _act(self, suggestion_id: int, step: dict[str, Any], at: datetime) -> None:
        do: Callable[..., object] = getattr(service, step["act"])
        do(self._session, suggestion_id, by=self._hand(step["by"]), now=at, **self._facts(suggestion_id, step))

    def _facts(self, suggestion_id: int, step: dict[str, Any]) -> dict[str, Any]:
        match step["act"]:
            case "assign":
                return {"handler_id": self._people[step["to"]]}
            case "publish":
                return {"publication": self._publication(suggestion_id, step["title"])}
            case "explain":
                return {"said": Said(step["text"]), "is_shown": False}
            case "answer" | "ask":
                return {"said": Said(step["text"])}
            case "note":
                return {"text": step["text"]}
            case _:
                return {"reason": step["text"]}

    def _publication(self, suggestion_id: int, title: str) -> Publication:
        known = queries.case(self._session, suggestion_id, scope=None, today=local_day(self._now))
        answer = next(step.text for step in reversed(known.steps) if step.act == "answer")
        return Publication(title, known.shown_text, answer)

    def _hand(self, name: str) -> Hand:
        return Hand(f"staff:{self._people[name]}", self._people[name])

    def _moment(self, days_ago: int) -> datetime:
        day = local_day(self._now) - timedelta(days=days_ago)
        return min(datetime.combine(day, MORNING, LOCAL_ZONE), self._now - timedelta(minutes=5))
