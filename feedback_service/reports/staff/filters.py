"""What the address of a report asks for, and the choices that its form offers."""

from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.reports.queries.places import Place, Places, office_unit, places
from feedback_service.reports.rules.periods import FREE, Choice, Group, Kind, chosen, containing, offered
from feedback_service.reports.rules.satisfaction import Scale
from feedback_service.web.context import platform

TIER_NAMES = {
    "dossier": "With a dossier code",
    "kiosk": "At a tablet",
    "web": "On the web",
    "suspicious": "On the web, suspicious",
}
"""Message ids of the tiers of trust."""


@dataclass(frozen=True)
class Filters:
    """The form above a report: what is chosen, and what can be."""

    period: str
    first: str
    last: str
    unit_id: int
    tier: str | None
    scale: Scale | None
    units: tuple[Place, ...]
    groups: tuple[Group, ...]

    @property
    def has_free_days(self) -> bool:
        """Whether somebody chose days of their own."""
        return self.period == FREE

    @property
    def tiers(self) -> dict[str, str]:
        """The tiers to choose from, with the message ids of their names."""
        return TIER_NAMES


def reach(session: Session) -> Places:
    """Return the units that the person who is signed in may see."""
    return places(session, guard.staff().scope)


def asked_unit(session: Session, within: Places) -> Place:
    """Return the unit that the address asks for, else that of the person, of the office, or the topmost.

    Raises NotFound for a unit out of reach, as for one that is not there.
    """
    wanted = request.args.get("unit", "")
    if wanted:
        found = within.by_id.get(int(wanted)) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else None
    else:
        own = guard.staff().unit_id or office_unit(session)
        found = within.by_id.get(own or 0) or next(iter(within.tops()), None)
    if found is None:
        raise NotFound("There is no such unit within your reach.")
    return found


def asked_period(today: date) -> Choice:
    """Return the period that the address asks for; raises Refused that names the field."""
    return chosen(*(request.args.get(name, "") for name in ("period", "from", "to")), today=today)


def filters(within: Places, unit: Place, period: Choice | None) -> Filters:
    """Return the form as it was sent, with all it offers; `period` is absent when it could not be read."""
    today = local_day(platform().now())
    shown = period.days if period else containing(today, Kind.QUARTER).days
    tier, scale = request.args.get("tier", ""), request.args.get("scale", "")
    return Filters(
        period=period.key if period else FREE,
        first=request.args.get("from", "") if period is None else shown.first_on.isoformat(),
        last=request.args.get("to", "") if period is None else shown.last_on.isoformat(),
        unit_id=unit.id,
        tier=tier if tier in TIER_NAMES else None,
        scale=Scale(int(scale)) if scale in ("3", "5") else None,
        units=within.standing(),
        groups=_with(offered(today), period),
    )


def _with(groups: tuple[Group, ...], period: Choice | None) -> tuple[Group, ...]:
    known = {one.key for group in groups for one in group.periods}
    if period is None or period.key == FREE or period.key in known:
        return groups
    return (Group("Chosen", (period,)), *groups)


def name_of_tier(tier: str | None) -> Sentence:
    """Return how a report says which ratings it counts."""
    return Sentence(TIER_NAMES[tier]) if tier else Sentence("Every tier of trust")
