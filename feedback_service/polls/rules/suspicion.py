"""Which votes are in doubt when all of them lie side by side: versioned, pure, the same again whenever it is run.

Rules, thresholds and their reasons: docs/decisions/polls.md. A window (a minute, an hour, a night) never condemns by
itself: in it only votes for the answer that grew beyond the rest of the day, or the usual day, are set aside.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import sqrt
from statistics import median

from feedback_service.core.period import local_day, local_time

VERSION = 1
REASON_LETTERS = 500
NETWORK_VOTES = 20
"""Four times the budget of a network and day: then all of its votes of that day are in doubt, the first ones too."""
FEWEST_SECONDS = 3
MINUTES = (60, 5, 1)
FLOORS: Mapping[int, int] = {60: 60, 5: 25, 1: 12}
"""Fewer votes than these in a window are never a burst."""
BURST_TIMES = 4
BURST_SIGMAS = 6
FLOOD_TIMES = 30
"""A window with this many times the usual votes is set aside whatever networks they came from."""
WINDOW_VOTES = 30
FEWEST_BESIDE = 50
GROWN_BY = 0.3
GROWN_SIGMAS = 5
NIGHT_HOURS = 5
NIGHT_SHARE = 0.25
FAILED_SHARE = 0.5
USED_SHARE = 0.95


class Rule(StrEnum):
    """What a finding rests on."""

    RECORDED = "recorded"
    BUDGET = "budget"
    BROWSER = "browser"
    NETWORK = "network"
    HASTE = "haste"
    BURST = "burst"
    MIX = "mix"
    NIGHT = "night"
    FAILURES = "failures"
    PREPARED = "prepared"


@dataclass(frozen=True)
class Cast:
    """One vote as the rules see it; `network` is empty and `fill_seconds` None where they were not kept."""

    id: str
    at: datetime
    option_ids: tuple[int, ...]
    network: str = ""
    fill_seconds: int | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Hour:
    """What happened in an hour beside the votes: pages with a challenge, and challenges that were failed."""

    at: datetime
    issued: int
    failed: int


@dataclass(frozen=True)
class Finding:
    """Votes in doubt for one reason; `place` names the network and day, the day, or the window, and stays the same."""

    rule: Rule
    place: str
    vote_ids: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """Some votes that belong together in time."""

    rule: Rule
    place: str
    casts: tuple[Cast, ...]
    is_flood: bool = False


def findings_of(casts: Iterable[Cast], hours: Iterable[Hour]) -> tuple[Finding, ...]:
    """Return everything that is in doubt about the votes of one poll, by rule and place."""
    known = sorted(casts, key=lambda cast: (cast.at, cast.id))
    alone = tuple(_alone(known))
    held = {vote_id for finding in alone for vote_id in finding.vote_ids}
    left = [cast for cast in known if cast.id not in held]
    return (*alone, *_in_windows(left, hours))


def in_doubt(findings: Iterable[Finding], acquitted: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Return the votes that some finding still holds; `acquitted` names rule and place of those that a person undid."""
    return frozenset(
        vote_id
        for finding in findings
        if (finding.rule.value, finding.place) not in acquitted
        for vote_id in finding.vote_ids
    )


def _alone(casts: Sequence[Cast]) -> Iterator[Finding]:
    """Yield what can be told without looking at the answers."""
    places: dict[tuple[Rule, str], list[str]] = defaultdict(list)
    sizes = Counter(cast.network for cast in casts if cast.network)
    for cast in casts:
        for rule, place in _reasons(cast, sizes):
            places[rule, place].append(cast.id)
    for (rule, place), vote_ids in sorted(places.items()):
        yield Finding(rule, place, tuple(vote_ids))


def _reasons(cast: Cast, sizes: Mapping[str, int]) -> Iterator[tuple[Rule, str]]:
    day = local_day(cast.at).isoformat()
    if cast.doubt:
        yield Rule(cast.doubt), cast.network if cast.doubt == Rule.BUDGET and cast.network else day
    if sizes.get(cast.network, 0) >= NETWORK_VOTES:
        yield Rule.NETWORK, cast.network
    if cast.fill_seconds is not None and cast.fill_seconds < FEWEST_SECONDS:
        yield Rule.HASTE, day


def _in_windows(casts: Sequence[Cast], hours: Iterable[Hour]) -> Iterator[Finding]:
    usual = _Usual(casts)
    for window in (*_bursts(casts), *_hours(casts, hours), *_nights(casts)):
        grown = usual.grown(window)
        held = [
            cast.id
            for cast in window.casts
            if grown & set(cast.option_ids) and (window.is_flood or usual.is_even(cast))
        ]
        if held:
            yield Finding(window.rule, window.place, tuple(held))


class _Usual:
    """What the answers of a poll usually are: of a day, and of the day in the middle, which one bad day cannot move."""

    def __init__(self, casts: Sequence[Cast]) -> None:
        self._days: dict[date, list[Cast]] = defaultdict(list)
        self._of_network: dict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
        for cast in casts:
            self._days[local_day(cast.at)].append(cast)
            self._of_network[cast.network][cast.option_ids] += 1
        self._counts = {day: _chosen(part) for day, part in self._days.items()}
        options = {option for counts in self._counts.values() for option in counts}
        whole = [day for day, part in self._days.items() if len(part) >= WINDOW_VOTES]
        self._middle = {
            option: median(self._counts[day][option] / len(self._days[day]) for day in whole)
            for option in (options if len(whole) > 2 else ())
        }

    def is_even(self, cast: Cast) -> bool:
        """Say whether the network of a vote sent several on that day, all alike."""
        sent = self._of_network[cast.network] if cast.network else Counter()
        return len(sent) == 1 and sent.total() > 1

    def grown(self, window: Window) -> set[int]:
        """Return the answers that were chosen far more often in a window than beside it."""
        inside, size = _chosen(window.casts), len(window.casts)
        day = local_day(window.casts[0].at)
        beside = self._counts[day] - inside
        others = len(self._days[day]) - size
        grown = set()
        for option, count in inside.items():
            shares = [beside[option] / others] if others >= FEWEST_BESIDE else []
            shares += [self._middle[option]] if option in self._middle else []
            if any(_has_grown(count, size, share) for share in shares):
                grown.add(option)
        return grown


def _has_grown(count: int, size: int, share: float) -> bool:
    expected = min(max(share, 0.01), 0.99)
    sigma = sqrt(size * expected * (1 - expected))
    return count / size - share >= GROWN_BY and count - size * expected >= GROWN_SIGMAS * sigma


def _chosen(casts: Iterable[Cast]) -> Counter[int]:
    return Counter(option for cast in casts for option in cast.option_ids)


def _bursts(casts: Sequence[Cast]) -> Iterator[Window]:
    """Yield the windows with far more votes than usual, the longest first, and none within another."""
    hourly = Counter(_slot(cast.at, 60) for cast in casts)
    usual_hour = median(hourly.values()) if hourly else 0
    named: set[tuple[int, datetime]] = set()
    for minutes in MINUTES:
        expected = usual_hour * minutes / 60
        bound = max(FLOORS[minutes], BURST_TIMES * expected, expected + BURST_SIGMAS * sqrt(expected))
        longer = [length for length in MINUTES if length > minutes]
        free = [cast for cast in casts if not any((length, _slot(cast.at, length)) in named for length in longer)]
        for start, part in _slots(free, minutes).items():
            if len(part) >= bound:
                is_flood = minutes < MINUTES[0] or len(part) >= FLOOD_TIMES * expected
                named.add((minutes, start))
                yield Window(Rule.BURST, f"{start:%Y-%m-%dT%H:%M}/{minutes}", tuple(part), is_flood)


def _hours(casts: Sequence[Cast], hours: Iterable[Hour]) -> Iterator[Window]:
    beside = {hour.at: hour for hour in hours}
    for start, part in _slots(casts, 60).items():
        known = beside.get(start, Hour(start, 0, 0))
        for rule, is_odd in (
            (Rule.MIX, len(part) >= WINDOW_VOTES),
            (Rule.FAILURES, known.failed >= max(WINDOW_VOTES, FAILED_SHARE * (known.failed + len(part)))),
            (Rule.PREPARED, known.issued and len(part) >= max(WINDOW_VOTES, USED_SHARE * known.issued)),
        ):
            if is_odd:
                yield Window(rule, f"{start:%Y-%m-%dT%H:%M}/60", tuple(part))


def _nights(casts: Sequence[Cast]) -> Iterator[Window]:
    days: dict[date, list[Cast]] = defaultdict(list)
    for cast in casts:
        days[local_day(cast.at)].append(cast)
    for day, part in days.items():
        night = tuple(cast for cast in part if local_time(cast.at).hour < NIGHT_HOURS)
        if len(night) >= max(WINDOW_VOTES, NIGHT_SHARE * len(part)):
            yield Window(Rule.NIGHT, day.isoformat(), night)


def _slots(casts: Iterable[Cast], minutes: int) -> dict[datetime, list[Cast]]:
    slots: dict[datetime, list[Cast]] = defaultdict(list)
    for cast in casts:
        slots[_slot(cast.at, minutes)].append(cast)
    return slots


def _slot(at: datetime, minutes: int) -> datetime:
    return at.replace(minute=at.minute - at.minute % minutes, second=0, microsecond=0)
