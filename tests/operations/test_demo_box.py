"""The suggestions of the demonstration: one at every step, the same however often they are put in, and provable."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedback_service.audit.queries import findings
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.operations.service import demo
from feedback_service.schema import WITNESSES
from feedback_service.suggestions import queries
from feedback_service.suggestions.queries import Filters, View
from feedback_service.suggestions.service import Keys, Vault
from tests.conftest import SECRET

NOW = datetime(2026, 10, 1, 2, tzinfo=UTC)


def test_the_box_of_the_demonstration_has_work_for_every_view(database: Database, tmp_path: Path) -> None:
    keys = Keys(SECRET, Vault.at(tmp_path))
    made = demo.fill(database, now=NOW, tell=lambda _step: None)

    demo.fill_box(database, made, keys, now=NOW)
    demo.fill_box(database, made, keys, now=NOW + timedelta(days=1))

    with database.reading() as session:
        counted = queries.counts(session, Filters(scope=None), today=local_day(NOW))
        assert queries.templates(session, made.unit_id)
    assert counted[View.ALL] == 14
    assert all(counted[view] for view in View if view is not View.APPROVAL)
    with database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []
