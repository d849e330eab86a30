"""The staff routes of accounts: the door, one's own account, everybody's, files of them, tokens of programs."""

from feedback_service.accounts.staff import door, everybody, files, own, programs
from feedback_service.accounts.staff.blueprint import staff

__all__ = ["door", "everybody", "files", "own", "programs", "staff"]
