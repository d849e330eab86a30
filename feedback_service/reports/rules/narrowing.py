"""Which channel and which tier of some records is taken out; each kind of records has its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_service.core.errors import Fault, Refused
from feedback_service.reports.rules.columns import Records

SAME = ("kiosk", "web", "qr", "paper", "phone")
CHANNELS: Mapping[Records, tuple[str, ...]] = {
    Records.RATINGS: SAME,
    Records.VOTES: ("site", "embed"),
    Records.SUGGESTIONS: SAME,
}
"""The ways by which records come, by their kind."""
TIERS: Mapping[Records, tuple[str, ...]] = {
    Records.RATINGS: ("dossier", "kiosk", "web", "suspicious"),
    Records.VOTES: ("clean", "suspicious"),
    Records.SUGGESTIONS: (),
}
"""The tiers of trust of records, by their kind; nobody is sorted by a suggestion."""


@dataclass(frozen=True)
class Narrowing:
    """The channel and the tier of records; None for all of them."""

    channel: str | None = None
    tier: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """What is chosen, as it stands in the name of a file."""
        return tuple(one for one in (self.channel, self.tier) if one)


EVERYTHING = Narrowing()


def narrowed(records: Records, channel: str, tier: str) -> Narrowing:
    """Return what is chosen, an empty word for all; raises Refused that names what these records do not have."""
    faults = []
    if channel and channel not in CHANNELS[records]:
        faults.append(Fault("channel", "These records do not come by this channel. Please choose another one."))
    if tier and tier not in TIERS[records]:
        faults.append(Fault("tier", "These records do not have this tier. Please choose another one."))
    if faults:
        raise Refused(faults[0].message, faults=tuple(faults))
    return Narrowing(channel or None, tier or None)
