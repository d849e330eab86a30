"""Acts on questionnaires: publishing, drafting, bringing in those that ship with the service."""

from feedback_service.questionnaires.rules.wording import Wording, read
from feedback_service.questionnaires.service.drafting import (
    begin_version,
    duplicate,
    publish_draft,
    retire,
    rewrite,
    start,
    take_in,
)
from feedback_service.questionnaires.service.publishing import builtin, load_builtin, publish

__all__ = [
    "Wording",
    "begin_version",
    "builtin",
    "duplicate",
    "load_builtin",
    "publish",
    "publish_draft",
    "read",
    "retire",
    "rewrite",
    "start",
    "take_in",
]
