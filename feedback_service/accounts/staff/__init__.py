"""The staff routes of accounts: the door, one's own account, everybody's accounts, tokens of programs."""

from feedback_service.accounts.staff import door, everybody, own, programs
from feedback_service.accounts.staff.blueprint import staff

__all__ = ["door", "everybody", "own", "programs", "staff"]
