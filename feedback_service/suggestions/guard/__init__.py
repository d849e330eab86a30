"""What may pass: the browser in which a code was entered, and the files that come with a form."""

from feedback_service.suggestions.guard.case import Opened, close, give, opened

__all__ = ["Opened", "close", "give", "opened"]
