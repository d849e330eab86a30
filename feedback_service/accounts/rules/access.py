"""Who may open which route: one row per route; a route without a row does not start (tested)."""

from collections.abc import Mapping
from enum import StrEnum

from feedback_service.accounts.rules.roles import Role


class Audience(StrEnum):
    """Whom a route is for, when it is not for some roles of the staff."""

    PUBLIC = "public"
    KIOSK = "kiosk"
    PROBE = "probe"


Grant = Audience | frozenset[Role]

EVERYBODY = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
OFFICE = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.ONE_STOP, Role.CONTROLLER})
EDITORS = frozenset({Role.ADMINISTRATOR, Role.ONE_STOP})
READERS = OFFICE | {Role.OVERSEER}
WORKERS = OFFICE | {Role.HANDLER}
APPROVERS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.CONTROLLER})
AUDITORS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.OVERSEER})

ACCESS: Mapping[str, Grant] = {
    "static": Audience.PUBLIC,
    "kiosk": Audience.PUBLIC,
    "health_probe.alive": Audience.PROBE,
    "health_probe.ready": Audience.PROBE,
    "api_public.description": Audience.PUBLIC,
    "api_public.documentation": Audience.PUBLIC,
    "challenges_public.picture": Audience.PUBLIC,
    "challenges_public.sound": Audience.PUBLIC,
    "challenges_public.create": Audience.PUBLIC,
    "polls_public.polls": Audience.PUBLIC,
    "polls_public.poll": Audience.PUBLIC,
    "polls_public.cast": Audience.PUBLIC,
    "polls_public.results": Audience.PUBLIC,
    "polls_public.results_json": Audience.PUBLIC,
    "polls_public.results_csv": Audience.PUBLIC,
    "polls_staff.polls": READERS,
    "polls_staff.poll": READERS,
    "polls_staff.preview": READERS,
    "polls_staff.new_poll": EDITORS,
    "polls_staff.add_poll": EDITORS,
    "polls_staff.edit_poll": EDITORS,
    "polls_staff.change_poll": EDITORS,
    "polls_staff.step": EDITORS,
    "polls_staff.take_step": EDITORS,
    "questionnaires_staff.questionnaires": READERS,
    "questionnaires_staff.version": READERS,
    "ratings_api.ratings": Audience.KIOSK,
    "reports_public.home": Audience.PUBLIC,
    "reports_public.results": Audience.PUBLIC,
    "reports_staff.board": READERS,
    "reports_staff.exports": READERS,
    "reports_staff.order_export": READERS,
    "reports_staff.download": READERS,
    "accounts_staff.door": Audience.PUBLIC,
    "accounts_staff.sign_in": Audience.PUBLIC,
    "accounts_staff.sign_out": EVERYBODY,
    "accounts_staff.home": EVERYBODY,
    "accounts_staff.own_account": EVERYBODY,
    "accounts_staff.own_password": EVERYBODY,
    "accounts_staff.own_session_end": EVERYBODY,
    "accounts_staff.accounts": ADMINISTRATOR,
    "accounts_staff.new_account": ADMINISTRATOR,
    "accounts_staff.add_account": ADMINISTRATOR,
    "accounts_staff.account": ADMINISTRATOR,
    "accounts_staff.change_account": ADMINISTRATOR,
    "accounts_staff.reset_password": ADMINISTRATOR,
    "accounts_staff.switch_account": ADMINISTRATOR,
    "accounts_staff.end_sessions": ADMINISTRATOR,
    "notices_staff.log": ADMINISTRATOR,
    "notices_staff.retry": ADMINISTRATOR,
    "notices_staff.targets": ADMINISTRATOR,
    "notices_staff.new_target": ADMINISTRATOR,
    "notices_staff.add_target": ADMINISTRATOR,
    "notices_staff.target": ADMINISTRATOR,
    "notices_staff.change_target": ADMINISTRATOR,
    "notices_staff.switch_target": ADMINISTRATOR,
    "notices_staff.renew_secret": ADMINISTRATOR,
    "notices_staff.test_target": ADMINISTRATOR,
    "notices_staff.own": EVERYBODY,
    "notices_staff.keep_own": EVERYBODY,
    "notices_staff.switch_own": EVERYBODY,
    "notices_staff.test_own": EVERYBODY,
    "units_staff.units": READERS,
    "units_staff.unit": READERS,
    "units_staff.open_counter": EDITORS,
    "units_staff.keep_hours": EDITORS,
    "units_staff.counter": EDITORS,
    "units_staff.rename_counter": EDITORS,
    "units_staff.close_counter": EDITORS,
    "kiosks_api.enrolment": Audience.PUBLIC,
    "kiosks_api.configuration": Audience.KIOSK,
    "kiosks_api.heartbeat": Audience.KIOSK,
    "kiosks_staff.fleet": READERS,
    "kiosks_staff.kiosk": READERS,
    "kiosks_staff.new_kiosk": EDITORS,
    "kiosks_staff.issue_code": EDITORS,
    "kiosks_staff.change_kiosk": EDITORS,
    "kiosks_staff.revocation": EDITORS,
    "kiosks_staff.revoke": EDITORS,
    "audit_staff.ledger": AUDITORS,
    "audit_staff.export": AUDITORS,
    "suggestions_staff.queue": EVERYBODY,
    "suggestions_staff.case": EVERYBODY,
    "suggestions_staff.file": EVERYBODY,
    "suggestions_staff.save_view": EVERYBODY,
    "suggestions_staff.forget_view": EVERYBODY,
    "suggestions_staff.bulk": OFFICE,
    "suggestions_staff.do_bulk": OFFICE,
    "suggestions_staff.undo_bulk": OFFICE,
    "suggestions_staff.draft": WORKERS,
    "suggestions_staff.masks": WORKERS,
    "suggestions_staff.contact": WORKERS,
    "suggestions_staff.answer": WORKERS,
    "suggestions_staff.question": WORKERS,
    "suggestions_staff.explanation": WORKERS,
    "suggestions_staff.note": WORKERS,
    "suggestions_staff.class": WORKERS,
    "suggestions_staff.approval": APPROVERS,
    "suggestions_staff.return": APPROVERS,
    "suggestions_staff.assignment": OFFICE,
    "suggestions_staff.transfer": OFFICE,
    "suggestions_staff.extension": OFFICE,
    "suggestions_staff.refusal": OFFICE,
    "suggestions_staff.merger": OFFICE,
    "suggestions_staff.separation": OFFICE,
    "suggestions_staff.publication": OFFICE,
    "suggestions_staff.withdrawal": OFFICE,
    "suggestions_staff.hiding": OFFICE,
    "suggestions_staff.showing": OFFICE,
    "suggestions_staff.reopening": OFFICE,
    "suggestions_staff.closing": OFFICE,
    "suggestions_staff.review": READERS,
    "suggestions_staff.keep_verdict": APPROVERS,
    "suggestions_staff.answer_templates": WORKERS,
    "suggestions_staff.new_template": OFFICE,
    "suggestions_staff.add_template": OFFICE,
    "suggestions_staff.answer_template": OFFICE,
    "suggestions_staff.change_template": OFFICE,
}
