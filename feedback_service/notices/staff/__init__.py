"""The staff routes of notices: the log, the addresses, one's own address."""

from feedback_service.notices.staff import hours, log, own, targets
from feedback_service.notices.staff.blueprint import staff

__all__ = ["hours", "log", "own", "staff", "targets"]
