"""Who may open which route of reports: one row per route."""

from collections.abc import Mapping

from feedback_service.accounts.rules.circles import APPROVERS, EVERYBODY, HEADS, INSPECTORS, OFFICE, READERS
from feedback_service.accounts.rules.roles import Role

REPORTS: Mapping[str, frozenset[Role]] = {
    "reports_staff.board": READERS,
    "reports_staff.indicators": READERS,
    "reports_staff.forms": READERS,
    "reports_staff.form_file": READERS,
    "reports_staff.box_minutes": READERS,
    "reports_staff.take_singles": INSPECTORS,
    "reports_staff.scores_form": OFFICE,
    "reports_staff.keep_scores": OFFICE,
    **{f"reports_staff.{name}": EVERYBODY for name in ("own_figures", "see_own", "reply_to_own")},
    **{f"reports_staff.{name}": HEADS for name in ("officers", "officer", "answer_officer")},
    **{f"reports_staff.{name}": HEADS for name in ("correct_service", "take_figures")},
    **{f"reports_staff.{name}": INSPECTORS for name in ("exports", "order_export", "download", "export_codebook")},
    **{f"reports_staff.{name}": INSPECTORS for name in ("prepare_export", "fetch_prepared")},
    **{f"reports_staff.{name}": INSPECTORS for name in ("prepared_file", "remove_prepared")},
    **{f"reports_staff.{name}": APPROVERS for name in ("schedules", "new_schedule", "add_schedule")},
    **{f"reports_staff.{name}": APPROVERS for name in ("run_schedule", "pause_schedule", "remove_schedule")},
    "reports_staff.inspections": READERS,
    **{f"reports_staff.{name}": APPROVERS for name in ("new_inspection", "add_inspection", "remove_inspection")},
    **{f"reports_staff.{name}": APPROVERS for name in ("edit_inspection", "change_inspection")},
}
