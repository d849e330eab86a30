"""Flask as this service needs it: whole requests that may run again, refusals that are always answered."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from feedback_service.core.errors import DomainError
from feedback_service.web.context import EXTENSION, Platform


class Application(Flask):
    """Flask, with the whole request run again when the database asks for its transaction once more."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the view as it is: none of ours is a coroutine, and asking costs each request a twentieth."""
        return func

    def dispatch_request(self) -> object:  # type: ignore[override]
        """Answer the request; nothing is sent before its transaction has ended."""
        running: Platform = self.extensions[EXTENSION]
        return running.database.retrying(super().dispatch_request)

    def handle_user_exception(self, error: Exception) -> object:  # type: ignore[override]
        """Answer what was raised, also when a feature refuses once more while it answers."""
        try:
            return super().handle_user_exception(error)
        except DomainError as refusal:
            return super().handle_user_exception(refusal)
