"""Questionnaires at the desk: the list, the builder, files in and out, previews."""

from feedback_service.questionnaires.staff import building, drafts, files, listing, looking
from feedback_service.questionnaires.staff.blueprint import staff
from feedback_service.questionnaires.staff.listing import USES, Use

__all__ = ["USES", "Use", "building", "drafts", "files", "listing", "looking", "staff"]
