"""Lists and searches are led by an index: no view of the desk reads every suggestion."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from feedback_service.core.period import month_of
from feedback_service.db import Database
from feedback_service.suggestions import queries
from feedback_service.suggestions.queries import Filters, View
from feedback_service.suggestions.rules.kinds import Channel, Kind

TODAY = date(2026, 10, 13)
SCOPE = frozenset({1})
Asking = Callable[[Session], object]


def _listed(**facts: Any) -> Asking:
    return lambda session: queries.queue(session, Filters(SCOPE, **facts), today=TODAY)


ASKED: dict[str, Asking] = {
    # The view of all goes by number, the newest first, and stops after a page.
    **{view.value: _listed(view=view) for view in View if view is not View.ALL},
    "kind": _listed(kind=Kind.PRAISE),
    "channel": _listed(channel=Channel.KIOSK),
    "officer": _listed(handler_id=1),
    "month": _listed(view=View.ALL, period=month_of(TODAY)),
    "search": _listed(sought="chứng thực "),
    "counts": lambda session: queries.counts(session, Filters(SCOPE), today=TODAY),
    "review": lambda session: queries.to_review(session, TODAY, scope=SCOPE, today=TODAY),
    "review left": lambda session: queries.review_left(session, TODAY, scope=SCOPE),
    "due soon": lambda session: queries.due_soon(session, TODAY),
    "overdue": lambda session: queries.overdue(session, TODAY),
    "alike": lambda session: queries.similar(session, 1, scope=SCOPE, today=TODAY),
}


@contextmanager
def plans() -> Iterator[list[str]]:
    """Yield a list that fills with the plan of every question that is asked."""
    found: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection
            assert raw
            found.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("name", ASKED)
def test_no_list_of_the_desk_reads_every_suggestion(sqlite_url: str, name: str) -> None:
    database = Database(sqlite_url)

    with plans() as found, database.reading() as session:
        ASKED[name](session)
    database.close()

    assert found
    assert [step for step in found if step.startswith("SCAN suggestion") and "INDEX" not in step] == []
