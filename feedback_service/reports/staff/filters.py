"""What the address of a report asks for, and the choices that its form offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.reports.queries.places import Desk, Place, Places, desks, office_unit, places
from feedback_service.reports.queries.procedures import Named, rated_procedures
from feedback_service.reports.queries.titles import titles
from feedback_service.reports.rules.boundaries import BOUNDARY_NAMES, Boundaries
from feedback_service.reports.rules.periods import FREE, Choice, Group, Kind, chosen, containing, offered
from feedback_service.reports.rules.satisfaction import Scale
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

TIER_NAMES = {
    "dossier": "With a dossier code",
    "kiosk": "At a tablet",
    "web": "On the web",
    "suspicious": "On the web, suspicious",
}
"""Message ids of the tiers of trust."""
CHANNEL_NAMES = {
    "kiosk": "Tablet at the counter",
    "web": "Web page",
    "qr": "QR code",
    "paper": "Paper",
    "phone": "Telephone",
}
"""Message ids of the channels."""


@dataclass(frozen=True)
class Offer:
    """What a form offers: units within reach, periods, counters of the unit, questionnaires with faces, procedures."""

    units: tuple[Place, ...]
    groups: tuple[Group, ...]
    counters: tuple[Desk, ...] = ()
    questionnaires: tuple[tuple[str, str], ...] = ()
    procedures: Named = ()


@dataclass(frozen=True)
class Filters:
    """The form above a report: what is chosen, and what can be."""

    period: str
    first: str
    last: str
    unit_id: int
    tier: str | None
    scale: Scale | None
    channel: str | None
    counter_id: int | None
    questionnaire: str | None
    procedure_id: int | None
    boundaries: Boundaries
    offer: Offer

    @property
    def boundary_names(self) -> Mapping[Boundaries, str]:
        """Whose figures can be counted, with the message ids of what that is called."""
        return BOUNDARY_NAMES

    @property
    def units(self) -> tuple[Place, ...]:
        """The units to choose from."""
        return self.offer.units

    @property
    def groups(self) -> tuple[Group, ...]:
        """The periods to choose from."""
        return self.offer.groups

    @property
    def address(self) -> dict[str, str]:
        """What an address of the same report says, but for unit, counter and scale."""
        kept = {"period": self.period, "from": self.first, "to": self.last, "tier": self.tier, "channel": self.channel}
        kept |= {"questionnaire": self.questionnaire, "boundaries": self.boundaries.value if self.is_of_today else None}
        kept["procedure"] = str(self.procedure_id) if self.procedure_id else None
        return {name: told for name, told in kept.items() if told}

    @property
    def is_of_today(self) -> bool:
        """Whether figures are counted by today's boundaries."""
        return self.boundaries is Boundaries.NOW

    @property
    def narrowing(self) -> tuple[str | None, int | None, str | None, int | None]:
        """The channel, the counter, the questionnaire and the procedure that are chosen."""
        return self.channel, self.counter_id, self.questionnaire, self.procedure_id

    @property
    def is_narrowed(self) -> bool:
        """Whether something but unit and period is chosen."""
        return self.is_of_today or any((self.tier, self.scale, *self.narrowing))

    @property
    def has_free_days(self) -> bool:
        """Whether somebody chose days of their own."""
        return self.period == FREE

    @property
    def tiers(self) -> dict[str, str]:
        """The tiers to choose from, with the message ids of their names."""
        return TIER_NAMES

    @property
    def channels(self) -> dict[str, str]:
        """The channels to choose from, with the message ids of their names."""
        return CHANNEL_NAMES


def reach(session: Session) -> Places:
    """Return the units that the person who is signed in may see, by the boundaries that the address asks for."""
    is_of_today = request.args.get("boundaries") == Boundaries.NOW
    return places(session, guard.staff().scope, boundaries=Boundaries.NOW if is_of_today else Boundaries.THEN)


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


def filters(session: Session, within: Places, unit: Place, period: Choice | None) -> Filters:
    """Return the form as it was sent, with all it offers; `period` is absent when it could not be read.

    What the list does not hold is not chosen.
    """
    today = local_day(platform().now())
    shown = period.days if period else containing(today, Kind.QUARTER).days
    counters, questionnaires = desks(session, [unit.id]), titles(session, language())
    rated = rated_procedures(session, within.below(unit.id), shown)
    names = ("tier", "scale", "channel", "counter", "questionnaire", "procedure")
    asked = {name: request.args.get(name, "") for name in names}
    tier, scale = asked["tier"], asked["scale"]
    return Filters(
        period=period.key if period else FREE,
        first=request.args.get("from", "") if period is None else shown.first_on.isoformat(),
        last=request.args.get("to", "") if period is None else shown.last_on.isoformat(),
        unit_id=unit.id,
        tier=tier if tier in TIER_NAMES else None,
        scale=Scale(int(scale)) if scale in ("3", "5") else None,
        channel=asked["channel"] if asked["channel"] in CHANNEL_NAMES else None,
        counter_id=next((desk.id for desk in counters if str(desk.id) == asked["counter"]), None),
        questionnaire=next((name for name, _title in questionnaires if name == asked["questionnaire"]), None),
        procedure_id=next((one for one, _name in rated if str(one) == asked["procedure"]), None),
        boundaries=within.boundaries,
        offer=Offer(_with_past(within, unit), _with(offered(today), period), counters, questionnaires, rated),
    )


def _with_past(within: Places, unit: Place) -> tuple[Place, ...]:
    return (unit, *within.standing()) if unit.is_past else within.standing()


def _with(groups: tuple[Group, ...], period: Choice | None) -> tuple[Group, ...]:
    known = {one.key for group in groups for one in group.periods}
    if period is None or period.key == FREE or period.key in known:
        return groups
    return (Group("Chosen", (period,)), *groups)


def narrowed_to(form: Filters) -> tuple[Sentence, ...]:
    """Return how a report says which ratings it counts."""
    told = [Sentence(TIER_NAMES[form.tier]) if form.tier else Sentence("Every tier of trust")]
    if form.channel:
        told.append(Sentence(CHANNEL_NAMES[form.channel]))
    told += [Sentence("only {name}", {"name": desk.name}) for desk in form.offer.counters if desk.id == form.counter_id]
    told += [
        Sentence("procedure: {name}", {"name": name}) for one, name in form.offer.procedures if one == form.procedure_id
    ]
    chosen_ones = [title for name, title in form.offer.questionnaires if name == form.questionnaire]
    return (*told, *(Sentence("questionnaire: {name}", {"name": title}) for title in chosen_ones))
