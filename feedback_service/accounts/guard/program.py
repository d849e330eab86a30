"""Which program is asking, by its bearer token; a token that was taken back opens nothing at the next request."""

from dataclasses import dataclass

from flask import request

from feedback_service.accounts.queries import program_by_seal
from feedback_service.accounts.rules.programs import Scope, bearer_of, token_seal
from feedback_service.core.errors import Forbidden, NotSignedIn
from feedback_service.units.queries import reach
from feedback_service.web.context import network, platform

UNKNOWN = "This token is not known, is over, or was taken back. Please ask the office for a new one."
ASKS = "120 per minute"
"""Of one token."""
TRIES = "30 per minute"
"""With unknown tokens, of one network."""


@dataclass(frozen=True)
class Program:
    """Another system that is asking; `scope` holds the ids of every unit within its reach."""

    id: int
    name: str
    unit_id: int | None
    scope: frozenset[int]

    @property
    def actor(self) -> str:
        """How the ledger names it."""
        return f"program:{self.id}"


def program(needed: Scope) -> Program:
    """Return the program of this request; raises NotSignedIn, Forbidden without the scope, Limited beyond its pace."""
    running = platform()
    token = bearer_of(request.headers.get("Authorization", ""))
    sealed = token_seal(running.settings.lasting_key, token) if token else ""
    with running.reading() as session:
        known = program_by_seal(session, sealed) if token else None
        scope = reach(session, known.unit_id) if known else frozenset[int]()
    if known is None or not known.is_good(running.now()):
        running.limits.hit("unknown program", network(), TRIES)
        raise NotSignedIn(UNKNOWN)
    running.limits.hit("program", str(known.id), ASKS)
    if needed not in known.scopes:
        raise Forbidden("This token does not open this address. Please ask the office for one that does.")
    return Program(known.id, known.name, known.unit_id, scope)
