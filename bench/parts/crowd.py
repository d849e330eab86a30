"""A made-up crowd that votes for two weeks, and botnets that solve every code, to try the rules of suspicion on.

The crowd: 60 % on telephones behind three carriers, each with a pool of addresses that many share (CGNAT), 25 % at
home, 10 % in offices that share one address, 5 % by IPv6. They vote by day, rush when the poll is in the evening news,
and take 20 seconds, some much less. The bots fill in every form within a few seconds and all want the last answer.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from feedback_service.challenges.rules import Budget
from feedback_service.core.period import local_day
from feedback_service.polls.rules import doubt_of
from feedback_service.polls.rules.suspicion import Cast, Finding, Hour, findings_of, in_doubt

OPENED = datetime(2026, 9, 30, 17, tzinfo=UTC)
"""Midnight at the office."""
DAYS = 14
HONEST = 5_000
TRIES = 10_000
SHARES = {1: 0.40, 2: 0.34, 3: 0.18, 4: 0.08}
"""How the crowd answers, as in the demonstration."""
WANTED = 4
CARRIERS, POOL, OFFICES, HOMES = 3, 128, 120, 4_000
HOURS = (1, 1, 0, 0, 1, 2, 4, 8, 12, 12, 11, 9, 8, 7, 8, 9, 9, 8, 8, 10, 12, 10, 6, 3)
"""How busy each hour of the day is, from midnight on."""


@dataclass(frozen=True)
class Botnet:
    """Machines that vote: over how many networks, from which hour on, and for how long."""

    name: str
    networks: int
    begins: timedelta
    lasts: timedelta


BOTNETS = (
    Botnet("one address", 1, timedelta(days=6, hours=9), timedelta(hours=8)),
    Botnet("one /24", 1, timedelta(days=4, hours=20), timedelta(days=3)),
    Botnet("200 /24s", 200, timedelta(days=7, hours=8), timedelta(hours=14)),
    Botnet("2,000 /24s in a day", 2_000, timedelta(days=8), timedelta(days=1)),
    Botnet("2,000 /24s over ten days", 2_000, timedelta(days=2), timedelta(days=10)),
)


@dataclass(frozen=True)
class Measured:
    """What the rules made of a crowd with one botnet in it; shares from 0 to 1."""

    bots_flagged: float
    honest_flagged: float
    most_clean_of_network: int
    leads_in_all: int
    leads_in_clean: int


def crowd(seed: int, *, honest: int = HONEST) -> list[Cast]:
    """Return the votes of honest people."""
    draw = random.Random(seed)  # noqa: S311  # a made-up crowd, the same for the same seed
    casts = []
    for number in range(honest):
        at = _moment(draw)
        seconds = max(2, int(draw.lognormvariate(3.0, 0.6)))
        option = draw.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        casts.append(Cast(f"citizen-{number}", at, (option,), _of_day(_network(draw), at), seconds))
    return casts


def bots(botnet: Botnet, seed: int, *, tries: int = TRIES, wanted: int = WANTED) -> list[Cast]:
    """Return the votes of a botnet, spread evenly over its networks and its time."""
    draw = random.Random(f"{botnet.name} {seed}")  # noqa: S311  # made-up machines, the same for the same seed
    casts = []
    for number in range(tries):
        at = OPENED + botnet.begins + botnet.lasts * draw.random()
        network = f"bot {draw.randrange(botnet.networks)}"
        casts.append(Cast(f"bot-{number}", at, (wanted,), _of_day(network, at), draw.randint(2, 6)))
    return casts


def marked(casts: Iterable[Cast]) -> list[Cast]:
    """Return the votes as the service stores them: those beyond the budget of their network and day in doubt."""
    sent: Counter[str] = Counter()
    stored = []
    for cast in sorted(casts, key=lambda cast: (cast.at, cast.id)):
        sent[cast.network] += 1
        doubt = doubt_of(sent[cast.network], Budget.FULL, has_voted=False)
        stored.append(replace(cast, doubt=doubt.value if doubt else ""))
    return stored


def traffic(casts: Iterable[Cast]) -> list[Hour]:
    """Return what came beside the votes: people look twice a vote and mistype one code in twenty; bots do not."""
    issued: Counter[datetime] = Counter()
    failed: Counter[datetime] = Counter()
    for number, cast in enumerate(casts):
        hour = cast.at.replace(minute=0, second=0, microsecond=0)
        is_bot = cast.id.startswith("bot")
        issued[hour] += 1 if is_bot else 2
        failed[hour] += not is_bot and number % 20 == 0
    return [Hour(hour, issued[hour], failed[hour]) for hour in sorted(issued)]


def measured(stored: list[Cast]) -> Measured:
    """Run the rules over a crowd as it is stored and return what they made of it."""
    found = findings_of(stored, traffic(stored))
    held = in_doubt(found, frozenset())
    clean = [cast for cast in stored if cast.id not in held]
    return Measured(
        bots_flagged=_share(held, stored, "bot"),
        honest_flagged=_share(held, stored, "citizen"),
        most_clean_of_network=max(Counter(cast.network for cast in clean).values()),
        leads_in_all=_leader(stored),
        leads_in_clean=_leader(clean),
    )


def by_rule(found: Iterable[Finding], kind: str) -> Counter[str]:
    """Return how many votes of a kind each rule holds."""
    counts: Counter[str] = Counter()
    for finding in found:
        counts[finding.rule.value] += sum(vote_id.startswith(kind) for vote_id in finding.vote_ids)
    return counts


def _moment(draw: random.Random) -> datetime:
    if draw.random() < 0.06:
        return OPENED + timedelta(days=5, hours=19, minutes=draw.triangular(15, 75, 20))  # the evening news
    hour = draw.choices(range(24), HOURS)[0]
    return OPENED + timedelta(days=draw.randrange(DAYS), hours=hour, seconds=draw.random() * 3600)


def _network(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.60:
        return f"carrier {draw.randrange(CARRIERS)} {draw.randrange(POOL)}"
    if kind < 0.85:
        return f"home {draw.randrange(HOMES)}"
    return f"office {draw.randrange(OFFICES)}" if kind < 0.95 else f"v6 {draw.randrange(HOMES)}"


def _of_day(network: str, at: datetime) -> str:
    return f"{network} {local_day(at)}"


def _share(held: frozenset[str], stored: list[Cast], kind: str) -> float:
    ids = [cast.id for cast in stored if cast.id.startswith(kind)]
    return sum(vote_id in held for vote_id in ids) / len(ids) if ids else 0.0


def _leader(casts: list[Cast]) -> int:
    return Counter(option for cast in casts for option in cast.option_ids).most_common(1)[0][0]
