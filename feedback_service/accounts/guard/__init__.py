"""Who may pass: the table of routes is asked before every request of the application."""

from feedback_service.accounts.guard.passage import install, opens
from feedback_service.accounts.guard.staff import Staff, staff

__all__ = ["Staff", "install", "opens", "staff"]
