"""Citizens who send again until they are answered, as the tablet and a person at a browser do."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import digits_of
from feedback_service.core.ids import new_timed_id
from feedback_service.core.tokens import Signer
from tests.conftest import SECRET
from tests.faults.offices import TOKENS, Office
from tests.servers import CONTEXT

PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.05
VOTERS = 2
SENT_AGAIN = 0.2
"""How often somebody sends once more what was acknowledged already."""
READING = timedelta(seconds=5)
NOTHING = timedelta()
_sequences = count(1)


@dataclass
class Sent:
    """What the citizens sent while a fault was going on; every waiting is in seconds from the first try to the yes."""

    acknowledged: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    refusals: Counter[int] = field(default_factory=Counter)
    refusing_seconds: list[float] = field(default_factory=list)
    """How long each refusal took to be said."""
    broken_off: int = 0
    wrong: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def wait_for_more(self, number: int) -> None:
        """Wait until so many more were acknowledged."""
        goal, deadline = len(self.acknowledged) + number, time.monotonic() + PATIENCE_SECONDS
        while len(self.acknowledged) < goal:
            assert time.monotonic() < deadline, f"nothing is acknowledged any more: {self.refusals}, {self.wrong[:3]}"
            time.sleep(0.01)

    def wait_for_refusals(self, number: int) -> None:
        """Wait until so many more were refused in words."""
        goal, deadline = len(self.refusing_seconds) + number, time.monotonic() + PATIENCE_SECONDS
        while len(self.refusing_seconds) < goal:
            assert time.monotonic() < deadline, "nothing is refused"
            time.sleep(0.01)

    def answered(self, status: int, retry_after: str | None, seconds: float) -> bool:
        """Note an answer, and return whether it is a yes; a refusal must say when to come back."""
        if status in (200, 303, 409):
            return True
        self.refusals[status] += 1
        self.refusing_seconds.append(seconds)
        if status != 503 or not retry_after:
            self.wrong.append(f"{status}, Retry-After {retry_after}")
        return False


@contextmanager
def at_work(office: Office, *, url: str = "", voters: int = VOTERS, ahead: timedelta = NOTHING) -> Iterator[Sent]:
    """Let four tablets and some voters send until the block ends, and then until their last word was taken.

    `ahead` is how far the clock of the office, which dates its challenges, is ahead of that of everybody else.
    """
    sent, address = Sent(), url or office.server.url
    works: list[Callable[[], None]] = [_tablet(sent, address, token) for token in TOKENS]
    works += [_voter(sent, address, office, number, ahead) for number in range(voters)]
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        sent.is_over.set()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), f"still waiting: {sent.refusals}, {sent.wrong[:3]}"


def _tablet(sent: Sent, address: str, token: str) -> Callable[[], None]:
    def work() -> None:
        with httpx.Client(
            base_url=address, verify=CONTEXT, timeout=40, headers={"Authorization": f"Bearer {token}"}
        ) as client:
            while not sent.is_over.is_set():
                body = rating()
                send = partial(client.post, "/api/v1/ratings", json={"ratings": [body]})
                _deliver(sent, str(body["id"]), send)

    return work


def _voter(sent: Sent, address: str, office: Office, number: int, ahead: timedelta) -> Callable[[], None]:
    chance, place = Random(number), f"/polls/{office.poll.slug}/votes"

    def work() -> None:
        with httpx.Client(base_url=address, verify=CONTEXT, timeout=40) as client:
            form = _opened(client, office)
            while not sent.is_over.is_set():
                nonce = new_timed_id().hex
                body = {**form, "option": office.poll.option_ids[number % 4], **_read(nonce, office, ahead)}
                network = {"X-Forwarded-For": ".".join(str(chance.randrange(1, 250)) for _ in range(4))}
                _deliver(sent, nonce, partial(client.post, place, data=body, headers=network))

    return work


def _deliver(sent: Sent, name: str, send: Callable[[], httpx.Response]) -> None:
    begun = time.monotonic()
    while not _tried(sent, send):
        if time.monotonic() > begun + PATIENCE_SECONDS:
            sent.wrong.append(f"{name} was never answered")
            return
        time.sleep(PAUSE_SECONDS)
    sent.waits.append(time.monotonic() - begun)
    sent.acknowledged.append(name)
    if Random(name).random() < SENT_AGAIN:
        _tried(sent, send)


def _tried(sent: Sent, send: Callable[[], httpx.Response]) -> bool:
    begun = time.monotonic()
    try:
        answer = send()
    except httpx.TransportError:
        sent.broken_off += 1
        return False
    return sent.answered(answer.status_code, answer.headers.get("Retry-After"), time.monotonic() - begun) and _is_taken(
        answer
    )


def _is_taken(answer: httpx.Response) -> bool:
    """Whether a tablet was told of each rating that it is there; a page that leads on is a vote's yes."""
    if answer.headers["Content-Type"] != "application/json":
        return True
    return all(result["outcome"] in ("stored", "repeated") for result in answer.json()["results"])


def rating() -> dict[str, Any]:
    """Return a rating as a tablet sends it."""
    return {
        "id": str(uuid4()),
        "sequence": next(_sequences),
        "questionnaire": "kiosk-5",
        "version": 1,
        "answered_at": datetime.now(UTC).isoformat(),
        "language": "vi",
        "answers": {"satisfaction": 5},
    }


def _opened(client: httpx.Client, office: Office) -> dict[str, str]:
    """Open the page of the poll once, as a browser does, and return the proof of its form."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            page = client.get(f"/polls/{office.poll.slug}")
        except httpx.TransportError:
            time.sleep(PAUSE_SECONDS)
            continue
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        if found:
            return {"csrf_token": found[1], "website": "", "work": ""}
        time.sleep(PAUSE_SECONDS)
    raise AssertionError("nobody can vote")


def _read(nonce: str, office: Office, ahead: timedelta) -> dict[str, str]:
    """Return a challenge of its own that somebody has read for some seconds, and the code of its picture."""
    read_at = datetime.now(UTC) + ahead - READING
    facts: dict[str, object] = {
        "form": f"poll:{office.poll.slug}",
        "nonce": nonce,
        "ms": int(read_at.timestamp() * 1000),
    }
    token = Signer(SECRET, PURPOSE).sign(facts, now=read_at)
    return {"form_token": token, "challenge_answer": digits_of(SECRET, nonce)}
