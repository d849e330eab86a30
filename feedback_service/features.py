"""The one table of features: each blueprint with its audience, and the menu of the desk."""

from dataclasses import dataclass

from flask import Blueprint

from feedback_service.accounts import staff as accounts_staff
from feedback_service.accounts.rules.access import Audience
from feedback_service.audit import public as audit_public
from feedback_service.audit import staff as audit_staff
from feedback_service.challenges import public as challenges_public
from feedback_service.dossiers import api as dossiers_api
from feedback_service.dossiers import staff as dossiers_staff
from feedback_service.kiosks import api as kiosks_api
from feedback_service.kiosks import staff as kiosks_staff
from feedback_service.notices import staff as notices_staff
from feedback_service.operations import public as operations_public
from feedback_service.polls import public as polls_public
from feedback_service.polls import staff as polls_staff
from feedback_service.procedures import staff as procedures_staff
from feedback_service.questionnaires import staff as questionnaires_staff
from feedback_service.ratings import api as ratings_api
from feedback_service.ratings import public as ratings_public
from feedback_service.ratings import staff as ratings_staff
from feedback_service.reports import public as reports_public
from feedback_service.reports import staff as reports_staff
from feedback_service.suggestions import public as suggestions_public
from feedback_service.suggestions import staff as suggestions_staff
from feedback_service.units import public as units_public
from feedback_service.units import staff as units_staff
from feedback_service.web.frame import MenuItem


@dataclass(frozen=True)
class Feature:
    """One blueprint and whom it is for; staff blueprints have no audience but roles, route by route."""

    blueprint: Blueprint
    audience: Audience | None


FEATURES = (
    Feature(operations_public.probes, Audience.PROBE),
    Feature(operations_public.api, Audience.PUBLIC),
    Feature(challenges_public.public, Audience.PUBLIC),
    Feature(polls_public.public, Audience.PUBLIC),
    Feature(polls_staff.staff, None),
    Feature(questionnaires_staff.staff, None),
    Feature(dossiers_api.programs, Audience.PROGRAM),
    Feature(dossiers_staff.staff, None),
    Feature(ratings_api.api, Audience.KIOSK),
    Feature(ratings_api.programs, Audience.PROGRAM),
    Feature(ratings_public.public, Audience.PUBLIC),
    Feature(ratings_staff.staff, None),
    Feature(accounts_staff.staff, None),
    Feature(units_public.public, Audience.PUBLIC),
    Feature(units_staff.staff, None),
    Feature(procedures_staff.staff, None),
    Feature(audit_public.public, Audience.PUBLIC),
    Feature(audit_staff.staff, None),
    Feature(kiosks_api.api, Audience.KIOSK),
    Feature(kiosks_staff.staff, None),
    Feature(notices_staff.staff, None),
    Feature(suggestions_public.public, Audience.PUBLIC),
    Feature(suggestions_staff.staff, None),
    Feature(reports_public.public, Audience.PUBLIC),
    Feature(reports_staff.staff, None),
)
ASKING = ("/staff/questionnaires", "/staff/surveys", "/staff/ballots", "/staff/papers", "/staff/codes")
OFFICES = ("/staff/units", "/staff/counters", "/staff/office", "/staff/procedures")
MENU: tuple[MenuItem, ...] = (
    MenuItem("suggestions_staff.queue", "Suggestions", "inbox", ("/staff/suggestions", "/staff/box")),
    MenuItem("reports_staff.board", "Results", "report", ("/staff/reports",)),
    MenuItem("ratings_staff.comments", "Comments", "note", ("/staff/ratings",)),
    MenuItem("dossiers_staff.dossiers", "Dossiers", "done", ("/staff/dossiers",)),
    MenuItem("polls_staff.polls", "Polls", "poll", ("/staff/polls",)),
    MenuItem("questionnaires_staff.questionnaires", "Questionnaires", "book", ASKING),
    MenuItem("notices_staff.log", "Notices", "forward", ("/staff/notices",)),
    MenuItem("kiosks_staff.fleet", "Tablets", "tablet", ("/staff/kiosks",)),
    MenuItem("units_staff.units", "Units", "place", OFFICES),
    MenuItem("accounts_staff.accounts", "Accounts", "people", ("/staff/accounts",)),
    MenuItem("audit_staff.ledger", "Ledger", "ledger", ("/staff/audit",)),
)
