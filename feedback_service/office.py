"""What this office needs from several features: how it signs, its daily jobs, whose acts somebody may read."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.accounts.guard import staff
from feedback_service.audit.staff import Readership
from feedback_service.core.clock import Clock
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import Database
from feedback_service.kiosks import queries as kiosks
from feedback_service.kiosks import service as kiosks_service
from feedback_service.kiosks import staff as kiosks_staff
from feedback_service.notices import service as notices
from feedback_service.notices.commands import Errand
from feedback_service.operations.service import closing
from feedback_service.operations.service.comments import receive as receive_ratings
from feedback_service.polls import service as polls
from feedback_service.questionnaires import staff as questionnaires_staff
from feedback_service.questionnaires.staff import Use
from feedback_service.ratings import queries as ratings
from feedback_service.ratings import service as ratings_service
from feedback_service.ratings.queries.surveys import surveys
from feedback_service.ratings.service import inviting
from feedback_service.reports.export import preparing, scheduled
from feedback_service.reports.queries.schedules import RUN
from feedback_service.reports.service import publishing, scheduling
from feedback_service.suggestions.service import reminders, retention
from feedback_service.suggestions.service.reaching import contact_of
from feedback_service.units import queries as units
from feedback_service.units.service import product
from feedback_service.web.context import Site

__all__ = ["ERRANDS", "JOBS", "REACHES", "SEAMS", "readership", "site_of"]


def asked_at(session: Session, questionnaire_id: str, scope: frozenset[int]) -> tuple[Use, ...]:
    """Return what asks by a questionnaire within reach."""
    tablets = (row for row in kiosks.fleet(session, scope) if row.questionnaire_id == questionnaire_id)
    return (
        *(Use("Tablet", row.name, f"/staff/kiosks/{row.id}", "kiosks_staff.kiosk") for row in tablets),
        *(
            Use("Survey", row.slug, "/staff/surveys", "ratings_staff.list_surveys")
            for row in surveys(session, scope, questionnaire_id=questionnaire_id)
        ),
    )


JOBS = (
    *notices.JOBS,
    *closing.JOBS,
    *kiosks_service.JOBS,
    *polls.JOBS,
    *ratings_service.JOBS,
    *publishing.JOBS,
    *reminders.JOBS,
    *retention.JOBS,
)
"""What the worker does every day, or every few minutes."""
ERRANDS: tuple[Errand, ...] = (preparing.work, scheduled.work)
"""What the worker does beside them, because it takes long."""
SEAMS: Mapping[str, object] = {
    ratings_service.RECEIVER: receive_ratings,
    kiosks_staff.ARRIVALS: ratings.arrived_numbers,
    questionnaires_staff.USES: asked_at,
}
"""What features below are given by features above, under the names by which they ask for it."""
REACHES: Mapping[str, notices.Reach] = {
    "suggestion": contact_of,
    inviting.KIND: inviting.invited,
    RUN: scheduling.receiver,
}
"""How the worker reaches the citizen behind a record, by the kind of record."""
SITE_SECONDS = 30
"""How long the name of the office is remembered between two looks."""


def site_of(database: Database, clock: Clock) -> Callable[[], Site]:
    """Return how the office signs, looked up now and then; what was known, or the shipped name, without a database."""
    seen: list[tuple[float, Site]] = []

    def site() -> Site:
        if seen and clock.monotonic() - seen[-1][0] < SITE_SECONDS:
            return seen[-1][1]
        try:
            with database.reading() as session:
                office = units.office(session)
        except StorageUnavailable:
            return seen[-1][1] if seen else _nameless()
        signed = (office.product, office.office_name, office.unit_name, office.is_demo, office.logo) if office else ()
        known = Site(*signed) if signed else _nameless()
        seen[:] = [(clock.monotonic(), known)]
        return known

    return site


def readership(session: Session) -> Readership:
    """Return whose acts the person who is signed in may read: staff, tablets and programs within reach."""
    person = staff()
    people = accounts.accounts(session, None if person.unit_id is None else person.scope)
    tablets = kiosks.fleet(session, person.scope, also_revoked=True)
    names = {f"staff:{row.id}": row.full_name for row in people} | {f"kiosk:{row.id}": row.name for row in tablets}
    programs = accounts.programs(session, None if person.unit_id is None else person.scope)
    names |= {f"program:{row.id}": row.name for row in programs}
    unit_names = {str(unit_id): name for unit_id, name in units.names(session, person.scope).items()}
    return Readership(names, unit_names, is_whole=person.unit_id is None)


def _nameless() -> Site:
    return Site(product(), "", "", is_demo=False)
