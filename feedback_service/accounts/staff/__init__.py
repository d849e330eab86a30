"""The staff routes of accounts: the door, one's own account, everybody's accounts."""

from feedback_service.accounts.staff import door, everybody, own
from feedback_service.accounts.staff.blueprint import staff

__all__ = ["door", "everybody", "own", "staff"]
