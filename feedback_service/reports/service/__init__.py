"""Acts on reports: taking records out of the service, and scoring the nine indices; both leave an entry."""

from feedback_service.reports.service import preparing
from feedback_service.reports.service.scores import Given, keep_scores
from feedback_service.reports.service.taking import Order, Taken, export, take_form

__all__ = ["Given", "Order", "Taken", "export", "keep_scores", "preparing", "take_form"]
