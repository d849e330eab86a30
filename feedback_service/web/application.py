"""Flask as this service needs it: whole requests that may run again, refusals that are always answered."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask import Flask
from flask.wrappers import Request
from werkzeug.routing import MapAdapter, Rule

from feedback_service.core.errors import DomainError
from feedback_service.web.context import EXTENSION, Platform
from feedback_service.web.exchange import Addresses, Answer, Sent


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
    request_class = Sent
    response_class = Answer

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the view as it is: none of ours is a coroutine, and asking costs each request a twentieth."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return where to look for the route of a request; raises SecurityError for a name that is not ours."""
        return super().create_url_adapter(request) if request is None else self._addresses.of(request)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.url_map, self.config["TRUSTED_HOSTS"] or [])

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
