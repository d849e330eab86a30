"""The statutory clock of a suggestion: figures by rule set, pauses, extensions, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from feedback_service.core.words import Sentence
from feedback_service.suggestions.rules.calendar import Calendar

SOON_DAYS = 2
"""From this many working days on a case is called due soon (product S5: alarms before overdue)."""
ESCALATION_DAYS = (1, 5, 10)
"""Working days overdue after which the head of the unit, the unit above and the one above that are told."""
WAIT_DAYS = 10
"""Working days for which a question to the sender stops the clock at most; no law names a figure."""


class Count(StrEnum):
    """Which days are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class Urgency(StrEnum):
    """How near the due day is."""

    NONE = "none"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True)
class Figures:
    """The days of one rule set; None where it names none. `is_unverified` marks figures not read in a primary text."""

    code: str
    answer: int
    refuse: int | None = None
    ask: int | None = None
    publish: int | None = None
    longest: int | None = None
    count: Count = Count.WORKING
    wait: int = WAIT_DAYS
    is_unverified: bool = False

    def after(self, calendar: Calendar, day: date, days: int) -> date:
        """Return the day that is `days` after `day` as this rule set counts."""
        if self.count is Count.WORKING:
            return calendar.after(day, days)
        return calendar.on_or_after(day + timedelta(days=days))

    def between(self, calendar: Calendar, first: date, last: date) -> int:
        """Return the days after `first` up to and with `last` as this rule set counts."""
        return calendar.between(first, last) if self.count is Count.WORKING else (last - first).days


@dataclass(frozen=True)
class Clock:
    """The clock of one suggestion; days are local days, and the day it starts on does not count."""

    figures: Figures
    started_on: date
    paused_on: date | None = None
    pauses: int = 0
    paused_days: int = 0
    extended_days: int = 0

    def due_on(self, calendar: Calendar) -> date:
        """Return the last day for the answer; while it stands still, the last one possible."""
        waiting = self.figures.wait if self.paused_on else 0
        days = self.figures.answer + self.extended_days + self.paused_days + waiting
        return self.figures.after(calendar, self.started_on, days)

    def refuse_by(self, calendar: Calendar) -> date | None:
        """Return the last day for a refusal, None when the rule set names none."""
        return self._by(calendar, self.figures.refuse)

    def ask_by(self, calendar: Calendar) -> date | None:
        """Return the last day on which a first question stops the clock, None when the rule set names none."""
        return self._by(calendar, self.figures.ask)

    def paused_until(self, calendar: Calendar) -> date | None:
        """Return the day on which the clock runs again by itself, None while it runs."""
        return self.figures.after(calendar, self.paused_on, self.figures.wait) if self.paused_on else None

    def used_days(self, calendar: Calendar, on: date) -> int:
        """Return the days that have run until and with `on`, pauses left out, never below 0."""
        return max(0, self.figures.between(calendar, self.started_on, on) - self.resumed(calendar, on).paused_days)

    def paused(self, calendar: Calendar, on: date) -> "Clock":
        """Stop it on a day: only the first question does, and only in time (QĐ 766/QĐ-TTg, 5.2)."""
        limit = self.ask_by(calendar)
        if self.paused_on or self.pauses or (limit is not None and on > limit):
            return self
        return replace(self, paused_on=on, pauses=self.pauses + 1)

    def resumed(self, calendar: Calendar, on: date) -> "Clock":
        """Let it run again on a day: what the sender took is added, up to the longest wait."""
        if self.paused_on is None:
            return self
        stood = min(max(0, self.figures.between(calendar, self.paused_on, on)), self.figures.wait)
        return replace(self, paused_on=None, paused_days=self.paused_days + stood)

    def extended(self, days: int) -> "Clock":
        """Give it more days; see `may_extend`."""
        return replace(self, extended_days=self.extended_days + days)

    def may_extend(self) -> int:
        """Return how many days more the rule set allows."""
        return max(0, (self.figures.longest or 0) - self.figures.answer - self.extended_days)

    def restarted(self, on: date) -> "Clock":
        """Start it anew on a day: after a reopening, or where another authority took over."""
        return Clock(self.figures, on)

    def _by(self, calendar: Calendar, days: int | None) -> date | None:
        return None if days is None else self.figures.after(calendar, self.started_on, days)


def publish_by(figures: Figures, calendar: Calendar, answered_on: date) -> date | None:
    """Return the last day for the publication of an answer, None when the rule set names none."""
    return None if figures.publish is None else figures.after(calendar, answered_on, figures.publish)


def urgency(calendar: Calendar, due_on: date, today: date) -> Urgency:
    """Return how near the due day is."""
    if due_on < today:
        return Urgency.OVER
    return Urgency.SOON if calendar.between(today, due_on) <= SOON_DAYS else Urgency.NONE


def due_words(calendar: Calendar, due_on: date, today: date) -> Sentence:
    """Return how near the due day is, in words."""
    left = calendar.between(today, due_on)
    if due_on < today:
        over = max(1, -left)
        return Sentence("Overdue by {days} days" if over > 1 else "Overdue by 1 day", {"days": over})
    if due_on == today:
        return Sentence("Due today")
    return Sentence("{days} days left" if left != 1 else "1 day left", {"days": left})


def days_words(figures: Figures, days: int) -> Sentence:
    """Return a number of days as a rule set counts them, in words."""
    message = "{days} working days" if figures.count is Count.WORKING else "{days} days"
    return Sentence(message, {"days": days})


def weekday_words(day: date) -> Sentence:
    """Return a day with the name of its weekday."""
    return Sentence(_WEEKDAYS[day.weekday()], {"day": day})


def escalation(calendar: Calendar, due_on: date, today: date) -> int:
    """Return how far up the unit tree a case that is overdue belongs: 0 not at all, 1 the head of its own unit."""
    over = calendar.between(due_on, today) if today > due_on else 0
    return sum(over >= days for days in ESCALATION_DAYS)


def figures_from(kept: Mapping[str, object]) -> Figures:
    """Return figures as they were kept; raises TypeError or ValueError for what are none."""
    return Figures(**{**kept, "count": Count(str(kept["count"]))})  # type: ignore[arg-type]  # checked by __init__


def kept(figures: Figures) -> dict[str, object]:
    """Return figures as they are kept in JSON."""
    return {**vars(figures), "count": figures.count.value}


_WEEKDAYS = (
    *("Monday, {day}", "Tuesday, {day}", "Wednesday, {day}", "Thursday, {day}", "Friday, {day}"),
    *("Saturday, {day}", "Sunday, {day}"),
)
