"""Words for the channels and tiers to which an export can be narrowed, by the kind of records."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_service.reports.rules.columns import Records
from feedback_service.reports.rules.narrowing import Narrowing
from feedback_service.reports.staff.filters import CHANNEL_NAMES, TIER_NAMES


@dataclass(frozen=True)
class Offered:
    """What records can be narrowed to, as message ids by their values, and which of them is chosen."""

    name: str
    words: Mapping[str, str]
    chosen: str | None


CHANNEL_CHOICES = (
    Offered("Ratings and suggestions", CHANNEL_NAMES, None),
    Offered("Votes in polls", {"site": "On our own page", "embed": "In the page of another portal"}, None),
)
TIER_CHOICES = (
    Offered("Ratings of citizens", TIER_NAMES, None),
    Offered("Votes in polls", {"clean": "Without doubt", "suspicious": "Suspicious"}, None),
)


def offered(choices: tuple[Offered, Offered], records: Records, chosen: str | None) -> tuple[Offered, Offered]:
    """Return the choices with the one that is chosen for these records."""
    others, votes = choices
    if records is Records.VOTES:
        return others, Offered(votes.name, votes.words, chosen)
    return Offered(others.name, others.words, chosen), votes


def narrowing_words(records: Records, narrowing: Narrowing) -> tuple[str, ...]:
    """Return message ids of what records were narrowed to."""
    place = int(records is Records.VOTES)
    pairs = ((CHANNEL_CHOICES, narrowing.channel), (TIER_CHOICES, narrowing.tier))
    return tuple(choices[place].words[word] for choices, word in pairs if word)
