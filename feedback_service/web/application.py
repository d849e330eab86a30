"""Flask as this service needs it: whole requests that may run again, refusals that are always answered."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from feedback_service.core.errors import DomainError
from feedback_service.web.context import EXTENSION, Platform


class PatientRule(Rule):
    """A route whose way of building addresses is compiled when it is first needed: for most of them, never.

    Compiling all of them at once is most of the time of building the application.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, *args: object, **parts: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(PatientRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, *args, **parts)

        return build


class Application(Flask):
    """Flask, with the whole request run again when the database asks for its transaction once more."""

    url_rule_class = PatientRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the view as it is: none of ours is a coroutine, and asking costs each request a twentieth."""
        return func

    def preprocess_request(self) -> object:  # type: ignore[override]
        """Ask who it is that asks, and whether the page is theirs."""
        return self._running.database.retrying(super().preprocess_request)

    def dispatch_request(self) -> object:  # type: ignore[override]
        """Answer the request; nothing is sent before its transaction has ended."""
        return self._running.database.retrying(super().dispatch_request)

    def handle_user_exception(self, error: Exception) -> object:  # type: ignore[override]
        """Answer what was raised, also when a feature refuses once more while it answers."""
        try:
            return super().handle_user_exception(error)
        except DomainError as refusal:
            return super().handle_user_exception(refusal)

    @property
    def _running(self) -> Platform:
        found: Platform = self.extensions[EXTENSION]
        return found
