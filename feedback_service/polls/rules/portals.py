"""Portals that may show a poll in a frame: origins that are written by hand and end in a header. Pure."""

import re
from collections.abc import Iterable

from feedback_service.core.errors import Fault

MOST_PORTALS = 20
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"(https?)://({_LABEL}(?:\.{_LABEL})*)(?::([0-9]{{1,5}}))?/?")
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1"})
_USUAL_PORTS = {"https": "443", "http": "80"}


def origin_of(typed: str) -> str | None:
    """Return the origin that was meant, such as https://dongha.gov.vn, None when it is none that may be listed.

    Only https can be listed, but for this machine itself; no path, no wildcard, nothing that could end a directive.
    """
    found = _ORIGIN.fullmatch(typed.strip().lower())
    if found is None:
        return None
    scheme, host, port = found.groups()
    is_plain = scheme == "http" and host not in _OWN_MACHINE
    if is_plain or len(host) > 253 or int(port or 0) > 65_535:
        return None
    return f"{scheme}://{host}" if port in (None, _USUAL_PORTS[scheme]) else f"{scheme}://{host}:{int(port)}"


def portals_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the origins that the lines name, each once, in their order; what is none is left out."""
    return tuple(dict.fromkeys(origin for line in lines if (origin := origin_of(line))))


def flaws_of_portals(lines: Iterable[str]) -> tuple[Fault, ...]:
    """Return what is wrong with a list of portals as it was typed, one on a line."""
    written = [line for line in lines if line.strip()]
    if any(origin_of(line) is None for line in written):
        return (Fault("portals", "Write each address as https://name, without a path, one on a line."),)
    if len(written) > MOST_PORTALS:
        return (Fault("portals", "Please list at most twenty portals."),)
    return ()
