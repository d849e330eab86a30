"""Marked ratings at the desk: which and why, lifted with a reason, set again, and the rules run again."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.queries import full_names
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import Period, day_of, local_day
from feedback_service.kiosks.queries import officer_at
from feedback_service.ratings import queries, service
from feedback_service.ratings.forms import LiftForm
from feedback_service.ratings.rules import BY_RULES, LABEL_NAMES, LABEL_RULES, Label
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.ratings.staff.desk import paged
from feedback_service.units.queries import counter_names, names
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

PAGE = "/staff/ratings/marks"
LOOKED_BACK = timedelta(days=89)
LONGEST = 366
NO_MARK = "There is no such mark on this rating."


@dataclass(frozen=True)
class Names:
    """What units, counters and people are called."""

    units: dict[int, str]
    counters: dict[int, str]
    people: dict[str, str]


@dataclass(frozen=True)
class MarksPage:
    """Marks of some days, the newest first, and how many of each kind stand and were lifted."""

    days: Period
    label: Label | None
    marks: tuple[queries.Mark, ...]
    next_after: str
    counts: dict[Label, tuple[int, int]]
    names: Names

    @property
    def label_names(self) -> dict[Label, str]:
        """Message ids of the labels of the rules."""
        return {label: LABEL_NAMES[label] for label in BY_RULES}

    @property
    def version(self) -> int:
        """The version of the rules."""
        return LABEL_RULES


@dataclass(frozen=True)
class MarkPage:
    """One mark, who served then by the table of shifts ("" for nobody named), and the form to lift it."""

    mark: queries.Mark
    names: Names
    officer: str
    form: LiftForm
    faults: tuple[Fault, ...]


@staff.get("/staff/ratings/marks")
def marks() -> Response:
    """Show the ratings that the rules mark."""
    asked = request.args.get("label", "")
    days, label = _days(), Label(asked) if asked in BY_RULES else None
    scope = person().scope
    with platform().reading() as session:
        shown, next_after = paged(
            lambda after, limit: queries.marks(session, scope, days, label=label, after=after, limit=limit)
        )
        counts = queries.counts_of_marks(session, scope, days)
        page = MarksPage(days, label, shown, next_after, counts, _names(session, shown))
    return pages.show("ratings/marks.html", page)


@staff.post("/staff/ratings/marks/rerun")
def run_again() -> AnyResponse:
    """Run the rules again over the days that were shown."""
    days, now = _days(), platform().now()
    with platform().reading() as session:
        unit_ids = queries.units_rated(session, person().scope, days)
    for unit_id in unit_ids:
        with platform().transaction() as session:
            service.rerun(session, unit_id, days, by=person().actor, now=now)
    flash("The rules were run again. What a person had lifted stays lifted.")
    return pages.seen_at(f"{PAGE}?from={days.first_on}&to={days.last_on}")


@staff.get("/staff/ratings/<rating_id>/marks/<any(pace, run, hours):label>")
def mark(rating_id: str, label: str) -> Response:
    """Show one mark."""
    return _mark_page(rating_id, Label(label))


@staff.post("/staff/ratings/<rating_id>/marks/<any(pace, run, hours):label>/lifting")
def lift_mark(rating_id: str, label: str) -> AnyResponse:
    """Lift a mark."""
    form, now = LiftForm(), platform().now()
    try:
        with platform().transaction() as session:
            _reached(session, rating_id, Label(label))
            reason = (form.reason.data or "") if form.validate() else ""
            service.lift(session, rating_id, Label(label), reason=reason, by=person().actor, now=now)
    except Refused as refusal:
        form.refused(refusal)
        return _mark_page(rating_id, Label(label), form)
    flash("The mark is lifted. The rating counts in both figures now.")
    return pages.seen_at(f"/staff/ratings/{rating_id}/marks/{label}")


@staff.post("/staff/ratings/<rating_id>/marks/<any(pace, run, hours):label>/setting")
def set_mark(rating_id: str, label: str) -> AnyResponse:
    """Set a mark again that was lifted."""
    with platform().transaction() as session:
        _reached(session, rating_id, Label(label))
        service.restore(session, rating_id, Label(label), by=person().actor, now=platform().now())
    flash("The mark stands again.")
    return pages.seen_at(f"/staff/ratings/{rating_id}/marks/{label}")


def _mark_page(rating_id: str, label: Label, form: LiftForm | None = None) -> Response:
    with platform().reading() as session:
        known = _reached(session, rating_id, label)
        told = _names(session, (known,))
        officer = officer_at(session, known.counter_id, known.answered_at) if known.counter_id else ""
    shown = form or LiftForm(formdata=None)
    return pages.show("ratings/mark.html", MarkPage(known, told, officer, shown, shown.faults()), 422 if form else 200)


def _reached(session: Session, rating_id: str, label: Label) -> queries.Mark:
    known = queries.mark(session, rating_id, label, person().scope)
    if known is None:
        raise NotFound(NO_MARK)
    return known


def _names(session: Session, shown: tuple[queries.Mark, ...]) -> Names:
    people = {int(one.lifted_by[6:]) for one in shown if one.lifted_by and one.lifted_by.startswith("staff:")}
    return Names(
        names(session, {one.unit_id for one in shown}),
        counter_names(session, {one.counter_id for one in shown if one.counter_id}),
        {f"staff:{key}": name for key, name in full_names(session, people).items()},
    )


def _days() -> Period:
    """Return the days that the address asks for, the last ninety when it asks for none or for what is none."""
    today = local_day(platform().now())
    try:
        ends = [day_of(request.values.get(name, "")) for name in ("from", "to")]
        found = Period(ends[0], ends[1])
    except ValueError:
        return Period(today - LOOKED_BACK, today)
    return found if found.days <= LONGEST else Period(found.last_on - timedelta(days=LONGEST - 1), found.last_on)
