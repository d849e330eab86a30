"""Routes that are for citizens, tablets, probes or programs of other systems: whoever asks, no role is needed."""

from collections.abc import Mapping
from enum import StrEnum


class Audience(StrEnum):
    """Whom a route is for, when it is not for some roles of the staff."""

    PUBLIC = "public"
    KIOSK = "kiosk"
    PROBE = "probe"
    PROGRAM = "program"


AUDIENCES: Mapping[str, Audience] = {
    "static": Audience.PUBLIC,
    "kiosk": Audience.PUBLIC,
    "health_probe.alive": Audience.PROBE,
    "health_probe.ready": Audience.PROBE,
    "health_probe.metrics": Audience.PROBE,
    "audit_public.days": Audience.PUBLIC,
    "audit_public.days_for_programs": Audience.PUBLIC,
    "api_public.description": Audience.PUBLIC,
    "api_public.documentation": Audience.PUBLIC,
    "api_public.security_contact": Audience.PUBLIC,
    "challenges_public.picture": Audience.PUBLIC,
    "challenges_public.sound": Audience.PUBLIC,
    "challenges_public.work": Audience.PUBLIC,
    "challenges_public.create": Audience.PUBLIC,
    "polls_public.polls": Audience.PUBLIC,
    "polls_public.poll": Audience.PUBLIC,
    "polls_public.cast": Audience.PUBLIC,
    "polls_public.results": Audience.PUBLIC,
    "polls_public.results_json": Audience.PUBLIC,
    "polls_public.results_csv": Audience.PUBLIC,
    "polls_public.integrity": Audience.PUBLIC,
    "polls_public.receipts": Audience.PUBLIC,
    "polls_public.check_receipt": Audience.PUBLIC,
    "polls_public.embedded": Audience.PUBLIC,
    "polls_public.cast_embedded": Audience.PUBLIC,
    "polls_public.embedded_results": Audience.PUBLIC,
    "polls_public.embed_script": Audience.PUBLIC,
    "polls_public.oembed": Audience.PUBLIC,
    "ratings_public.survey": Audience.PUBLIC,
    "ratings_public.answer": Audience.PUBLIC,
    "ratings_public.thanks": Audience.PUBLIC,
    "ratings_public.scan": Audience.PUBLIC,
    "ratings_public.ballot": Audience.PUBLIC,
    "ratings_public.use_ballot": Audience.PUBLIC,
    "ratings_api.ratings": Audience.KIOSK,
    "ratings_programs.issue_ballots": Audience.PROGRAM,
    "dossiers_programs.report_figures": Audience.PROGRAM,
    "dossiers_programs.kept_figures": Audience.PROGRAM,
    "reports_public.home": Audience.PUBLIC,
    "reports_public.results": Audience.PUBLIC,
    "units_public.logo": Audience.PUBLIC,
    "accounts_staff.door": Audience.PUBLIC,
    "accounts_staff.sign_in": Audience.PUBLIC,
    "kiosks_api.enrolment": Audience.PUBLIC,
    "kiosks_api.sound": Audience.PUBLIC,
    "kiosks_api.photo": Audience.PUBLIC,
    "kiosks_api.configuration": Audience.KIOSK,
    "kiosks_api.heartbeat": Audience.KIOSK,
    "suggestions_public.new": Audience.PUBLIC,
    "suggestions_public.complaints_in_law": Audience.PUBLIC,
    "suggestions_public.send": Audience.PUBLIC,
    "suggestions_public.keep_files": Audience.PUBLIC,
    "suggestions_public.receipt": Audience.PUBLIC,
    "suggestions_public.note_code": Audience.PUBLIC,
    "suggestions_public.slip_file": Audience.PUBLIC,
    "suggestions_public.slips": Audience.PUBLIC,
    "suggestions_public.check_slip": Audience.PUBLIC,
    "suggestions_public.track": Audience.PUBLIC,
    "suggestions_public.enter": Audience.PUBLIC,
    "suggestions_public.leave": Audience.PUBLIC,
    "suggestions_public.own_attachment": Audience.PUBLIC,
    "suggestions_public.talk": Audience.PUBLIC,
    "suggestions_public.write_back": Audience.PUBLIC,
    "suggestions_public.rate": Audience.PUBLIC,
    "suggestions_public.reopen": Audience.PUBLIC,
    "suggestions_public.erase": Audience.PUBLIC,
    "suggestions_public.answers": Audience.PUBLIC,
    "suggestions_public.answer": Audience.PUBLIC,
    "suggestions_public.feed": Audience.PUBLIC,
}
