"""Signed posts to other systems (Standard Webhooks), never to an address inside our own walls."""

import base64
import hashlib
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from threading import Timer

from standardwebhooks.webhooks import Webhook

from feedback_service.notices.export.undelivered import Undelivered
from feedback_service.notices.rules.addresses import (
    Address,
    Endpoint,
    Network,
    endpoint,
    is_named,
    is_outside,
    known_address,
)

STEP_SECONDS = 10.0
WHOLE_SECONDS = 20.0
"""After this the connection is cut, however slowly the other side is still answering."""
GONE = 410
AGENT = "feedback-service"


def secret(key: str, seed: str) -> str:
    """Return the signing secret of a target, made from the key of this service and kept nowhere."""
    drawn = hmac.digest(key.encode(), f"webhook {seed}".encode(), hashlib.sha256)
    return f"whsec_{base64.b64encode(drawn).decode()}"


def signed(body: str, *, message_id: str, secret_text: str, at: datetime) -> dict[str, str]:
    """Return the headers that prove that `body` is ours."""
    moment = at.astimezone(UTC)
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret_text).sign(message_id, moment, body),
    }


def body(kind: str, *, at: datetime, content: Mapping[str, object]) -> str:
    """Return the JSON of a message: its type, its moment, its content."""
    told = {"type": kind, "timestamp": at.astimezone(UTC).isoformat(), "data": dict(content)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def post(url: str, text: str, headers: Mapping[str, str], *, allowed: tuple[Network, ...] = ()) -> int:
    """Send and return the status of success; raises Undelivered.

    The name is resolved once; every address that it has must be outside, and the connection goes to one of these very
    addresses, so that a second answer of the name server is never asked for. Redirections are not followed.
    """
    found = endpoint(url)
    if found is None:
        raise Undelivered("This is not a web address that may be written to.", is_final=True)
    addresses = _resolved(found, allowed)
    connection = _connected(found, addresses)
    timer = Timer(WHOLE_SECONDS, _cut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", found.path, body=text.encode(), headers=dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered("The other system did not answer.") from error
    finally:
        timer.cancel()
        connection.close()
    if not 200 <= status < 300:
        raise Undelivered("The other system refuses the message.", code=status, is_final=status == GONE)
    return status


def _resolved(found: Endpoint, allowed: tuple[Network, ...]) -> tuple[Address, ...]:
    try:
        answers = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Undelivered("The name of the other system is not known.") from error
    addresses = tuple(dict.fromkeys(known_address(str(answer[4][0])) for answer in answers))
    kept = tuple(address for address in addresses if address is not None and is_outside(address, allowed))
    if len(kept) != len(addresses) or not kept:
        raise Undelivered("This address is inside our own network and is not written to.", is_final=True)
    if not found.is_encrypted and not all(is_named(address, allowed) for address in kept):
        raise Undelivered("Only encrypted addresses (https) are written to.", is_final=True)
    return kept


def _connected(found: Endpoint, addresses: tuple[Address, ...]) -> http.client.HTTPConnection:
    fault: OSError | None = None
    for address in addresses:
        try:
            return _opened(found, address)
        except OSError as error:
            fault = error
    raise Undelivered("The other system cannot be reached.") from fault


def _opened(found: Endpoint, address: Address) -> http.client.HTTPConnection:
    plain = socket.create_connection((str(address), found.port), timeout=STEP_SECONDS)
    if not found.is_encrypted:
        connection = http.client.HTTPConnection(found.host, found.port, timeout=STEP_SECONDS)
        connection.sock = plain
        return connection
    context = ssl.create_default_context()
    encrypted = http.client.HTTPSConnection(found.host, found.port, timeout=STEP_SECONDS, context=context)
    try:
        encrypted.sock = context.wrap_socket(plain, server_hostname=found.host)
    except OSError:
        plain.close()
        raise
    return encrypted


def _cut(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
