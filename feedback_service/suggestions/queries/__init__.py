"""Reading suggestions: the queue, one case, what the office has set, what is published."""

from feedback_service.suggestions.queries.case import Case, FileRow, StepRow, attachment, case, files, steps
from feedback_service.suggestions.queries.desk import TEMPLATES as _TEMPLATES
from feedback_service.suggestions.queries.desk import (
    draft,
    due_soon,
    overdue,
    review_left,
    templates,
    to_review,
    views,
)
from feedback_service.suggestions.queries.likeness import Like, similar
from feedback_service.suggestions.queries.office import BOX as _BOX
from feedback_service.suggestions.queries.office import DEADLINES as _DEADLINES
from feedback_service.suggestions.queries.office import SWAPPED as _SWAPPED
from feedback_service.suggestions.queries.office import Box, box, calendar, escalated_to, figures, rule_rows, swaps
from feedback_service.suggestions.queries.paper import OPENINGS as _OPENINGS
from feedback_service.suggestions.queries.queue import (
    VIEW_NAMES,
    Filters,
    Mark,
    QueuePage,
    View,
    counts,
    neighbours,
    queue,
)
from feedback_service.suggestions.queries.rows import Row, rows_of
from feedback_service.suggestions.queries.standing import SUGGESTION as _SUGGESTION
from feedback_service.suggestions.queries.standing import clock_of, standing_of

WITNESSES = (_SUGGESTION, _SWAPPED, _DEADLINES, _BOX, _TEMPLATES, _OPENINGS)

__all__ = [
    "VIEW_NAMES",
    "WITNESSES",
    "Box",
    "Case",
    "FileRow",
    "Filters",
    "Like",
    "Mark",
    "QueuePage",
    "Row",
    "StepRow",
    "View",
    "attachment",
    "box",
    "calendar",
    "case",
    "clock_of",
    "counts",
    "draft",
    "due_soon",
    "escalated_to",
    "figures",
    "files",
    "neighbours",
    "overdue",
    "queue",
    "review_left",
    "rows_of",
    "rule_rows",
    "similar",
    "standing_of",
    "steps",
    "swaps",
    "templates",
    "to_review",
    "views",
]
