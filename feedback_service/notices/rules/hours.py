"""When telephones are written to: invitations in the evening of the same day, nothing in the quiet hours."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from feedback_service.core.period import LOCAL_ZONE, local_time


@dataclass(frozen=True)
class Hours:
    """Local times: when invitations go out, and from when until when no telephone is written to.

    Shipped as Vinh Phuc does it: at 20:00 of the same day (domain.md 2).
    """

    evening: time = time(20)
    quiet_from: time = time(21)
    quiet_until: time = time(7)

    @property
    def is_possible(self) -> bool:
        """Whether the evening lies outside the quiet hours."""
        return not _within(self.evening, self)


def after_quiet(hours: Hours, moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours that it lies in."""
    return _next(hours.quiet_until, moment) if _within(local_time(moment).time(), hours) else moment


def in_the_evening(hours: Hours, moment: datetime) -> datetime:
    """Return the evening of the same day; what comes later goes at once, or the next evening once it is quiet."""
    clock = local_time(moment).time()
    if clock < hours.evening or _within(clock, hours):
        return _next(hours.evening, moment)
    return moment


def _within(clock: time, hours: Hours) -> bool:
    if hours.quiet_from <= hours.quiet_until:
        return hours.quiet_from <= clock < hours.quiet_until
    return clock >= hours.quiet_from or clock < hours.quiet_until


def _next(clock: time, moment: datetime) -> datetime:
    today = datetime.combine(local_time(moment).date(), clock, LOCAL_ZONE)
    found = today if today > moment else today + timedelta(days=1)
    return found.astimezone(moment.tzinfo)
