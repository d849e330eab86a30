"""Votes and pages of polls beside a bare Flask POST and GET, and what the rules of suspicion find in made-up crowds.

The same gunicorn, 32 connections, interleaved. The complete stack answers a vote: the form of the site with its cookie,
token, code, network, tally and ledger, a sync. `python -m bench.polls crowds` runs the crowds alone.
"""

import gzip
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import httpx
from psutil import Process
from sqlalchemy import insert

from bench.parts.crowd import BOTNETS, bots, crowd, marked, measured
from bench.parts.load import HOST, Target, run
from bench.ratings import cpu_seconds, wait_for
from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import digits_of
from feedback_service.core.ids import new_timed_id, new_token
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.polls import queries, service
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Status
from feedback_service.units.models import Unit
from feedback_service.upgrade import upgrade

OURS, BARE = 8173, 8174
CONNECTIONS, THREADS, ROUNDS, VOTES, PAGES = 32, 16, 5, 1200, 1200
SECRET = new_token()
FORM = "application/x-www-form-urlencoded"
VOTE_TARGET, PAGE_TARGET, BYTES_TARGET = 0.40, 0.60, 8192
SEEDS = range(1, 6)


@dataclass(frozen=True)
class Ratio:
    """How we stand beside the bare application: in requests a second, and in processor time for each."""

    rate: float
    cpu: float

    @classmethod
    def median_of(cls, ratios: Sequence["Ratio"]) -> "Ratio":
        """Return the middle one, each way of measuring for itself."""
        return cls(median(one.rate for one in ratios), median(one.cpu for one in ratios))


@dataclass(frozen=True)
class Booth:
    """A poll, what a browser keeps and sends with each vote, and the two servers."""

    poll: PollRow
    cookie: str
    csrf_token: str
    page_bytes: int
    servers: tuple[Process, Process]

    def compared(self, ours: Target, bare: Target, bodies: list[bytes]) -> Ratio:
        """Send the same to both, one after the other."""
        rates, costs = [], []
        for target, server in zip((ours, bare), self.servers, strict=True):
            before = cpu_seconds(server)
            rates.append(run(target, bodies, CONNECTIONS).rate)
            costs.append(cpu_seconds(server) - before)
        return Ratio(rates[0] / rates[1], costs[1] / costs[0])


def main() -> None:
    """Measure and print each figure beside its target."""
    if "crowds" not in sys.argv:
        measure_requests()
    measure_crowds()


def measure_requests() -> None:
    """Print the ratios of votes and pages."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as booth:
        kept = f"Cookie: {booth.cookie}\r\nX-Forwarded-For: 203.0.113.7\r\n"
        looker = "X-Forwarded-For: 198.51.100.7\r\n"
        address = f"/polls/{booth.poll.slug}"
        ours = Target(OURS, f"{address}/votes", kept, b"/results", media_type=FORM)
        bare = Target(BARE, "/votes", kept, b"/results", media_type=FORM)
        page = Target(OURS, address, looker, b"form_token", method="GET")
        bare_page = Target(BARE, "/page", looker, b"xxx", method="GET")
        rounds = []
        for _ in range(ROUNDS + 1):
            looks = [b""] * PAGES
            rounds.append((booth.compared(ours, bare, votes(booth)), booth.compared(page, bare_page, looks)))
    post, get = (Ratio.median_of(ratios) for ratios in zip(*rounds[1:], strict=True))
    print(f"vote POST / bare POST, requests a second     {post.rate:.2f}   target >= {VOTE_TARGET:.2f}")
    print(f"vote POST / bare POST, in CPU of the server   {post.cpu:.2f}")
    print(f"poll page GET / bare GET, requests a second  {get.rate:.2f}   target >= {PAGE_TARGET:.2f}")
    print(f"poll page GET / bare GET, in CPU of the server  {get.cpu:.2f}")
    print(f"poll page, bytes gzipped before the picture  {booth.page_bytes}   target <= {BYTES_TARGET}")


def measure_crowds() -> None:
    """Print what the rules find in 5,000 honest votes with 10,000 of each botnet among them."""
    for botnet in BOTNETS:
        seen = [measured(marked([*crowd(seed), *bots(botnet, seed)])) for seed in SEEDS]
        found, wrong = min(one.bots_flagged for one in seen), max(one.honest_flagged for one in seen)
        clean = max(one.most_clean_of_network for one in seen)
        print(
            f"bots of {botnet.name} found, honest set aside {wrong:.2%}, most clean of a network {clean}  {found:.1%}"
        )


def votes(booth: Booth) -> list[bytes]:
    """Return forms as browsers send them, each with a challenge of its own that was read for five seconds."""
    now = datetime.now(UTC)
    read_at = now - timedelta(seconds=5)
    form, read_ms = f"poll:{booth.poll.slug}", int(read_at.timestamp() * 1000)
    forms = []
    for number in range(VOTES):
        nonce = new_timed_id().hex
        facts: dict[str, object] = {"form": form, "nonce": nonce, "ms": read_ms}
        sent = {
            "csrf_token": booth.csrf_token,
            "option": booth.poll.option_ids[number % 4],
            "form_token": Signer(SECRET, PURPOSE).sign(facts, now=read_at),
            "challenge_answer": digits_of(SECRET, nonce),
            "website": "",
            "work": "",
        }
        forms.append(urlencode(sent).encode())
    return forms


@contextmanager
def serving(folder: Path) -> Iterator[Booth]:
    """Run the service on a fresh SQLite file with one open poll, and the bare application beside it."""
    url = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'feedback.db'}")
    poll = furnish(url)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
    settings = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(folder), "FEEDBACK_SECRET_KEY": SECRET}
    settings["FEEDBACK_TRUSTED_PROXIES"] = "1"
    workers = "1" if url.startswith("sqlite") else "2"
    program = str(Path(sys.executable).with_name("feedback-service"))
    ours = [program, "run", "--host", HOST, "--port", str(OURS), "--workers", workers, "--threads", str(THREADS)]
    bare = [sys.executable, "-m", "bench.parts.bare", str(BARE), workers, str(THREADS)]
    quiet = subprocess.DEVNULL
    with (
        subprocess.Popen(ours, env=kept | settings, stdout=quiet, stderr=quiet) as one,
        subprocess.Popen(bare, env=kept, stdout=quiet, stderr=quiet) as other,
    ):
        try:
            for port in (OURS, BARE):
                wait_for(port)
            yield entered(poll, (Process(one.pid), Process(other.pid)))
        finally:
            one.terminate()
            other.terminate()


def furnish(url: str) -> PollRow:
    """Open the poll of the city in a ward."""
    database = Database(url)
    upgrade(database)
    now = datetime.now(UTC)
    with database.transaction() as session:
        unit = insert(Unit).values(code="B1", name="Bench", folded_name="bench", kind="ward").returning(Unit.id)
        unit_id = session.execute(unit).scalar_one()
        draft = service.shipped(unit_id=unit_id, opens_at=now - timedelta(days=1), closes_at=None)
        poll_id = service.create(session, draft, by="system", now=now)
        draft_row = queries.by_id(session, poll_id, scope=[unit_id], now=now)
        assert draft_row
        service.move(session, draft_row, Status.OPEN, by="system", now=now)
        poll = queries.by_id(session, poll_id, scope=[unit_id], now=now)
        assert poll
    database.close()
    return poll


def entered(poll: PollRow, servers: tuple[Process, Process]) -> Booth:
    """Open the page once, as a browser does."""
    page = httpx.get(f"http://{HOST}:{OURS}/polls/{poll.slug}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    return Booth(poll, cookie, token[1], len(gzip.compress(page.content, 6)), servers)


if __name__ == "__main__":
    main()
