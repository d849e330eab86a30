"""What the office sets for its box: the figures of the clock, swapped days, approval and retention."""

from dataclasses import dataclass, replace

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.suggestions import service
from feedback_service.suggestions.forms.box import BoxForm, FiguresForm, SwapForm
from feedback_service.suggestions.forms.fields import DAY
from feedback_service.suggestions.queries.office import Box, RuleRow, Swap, box, rule_rows, swaps
from feedback_service.suggestions.rules.calendar import HolidayYear, holidays_of
from feedback_service.suggestions.rules.clock import Figures
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.rule_sets import RuleSet, default, rule_sets
from feedback_service.suggestions.service import Swapping
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import faults_in_words


@dataclass(frozen=True)
class ClockPage:
    """Everything that the office has set for its box, and the forms to set more."""

    rule_sets: tuple[RuleSet, ...]
    rows: tuple[RuleRow, ...]
    default: Figures
    swaps: tuple[Swap, ...]
    years: tuple[tuple[int, HolidayYear], ...]
    box: Box
    units: tuple[tuple[int, str], ...]
    figures: FiguresForm
    swap: SwapForm
    faults: tuple[Fault, ...] = ()

    def fault_of(self, pointer: str) -> str | None:
        """What is wrong with a field, None when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == pointer), None)

    def name_of(self, code: str) -> str:
        """The name of a rule set in this language."""
        found = {rule_set.code: rule_set.name for rule_set in self.rule_sets}.get(code)
        return found[language()] if found else code


@staff.get("/staff/box/clock")
def clock() -> Response:
    """Show the figures, the swapped days and how the box works."""
    return _shown()


@staff.post("/staff/box/figures")
def choose_figures() -> AnyResponse:
    """Have a rule set, with figures of one's own, hold from a day on."""
    form = _figures_form(FiguresForm())
    if not form.validate():
        return _shown(*form.faults(), figures=form, status=422)
    unit_id = int(form.unit.data) if form.unit.data else None
    chosen = rule_sets()[form.rule_set.data or ""].figures
    own = {name: getattr(form, name).data for name in ("answer", "refuse", "ask", "publish", "longest")}
    figures = replace(chosen, **own, wait=form.wait.data if form.wait.data is not None else chosen.wait)
    valid_from = form.valid_from.day
    assert valid_from is not None, "the form has looked at it"
    try:
        with platform().transaction() as session:
            service.choose_figures(
                session, figures, unit_id=unit_id, valid_from=valid_from, by=_hand(), now=platform().now()
            )
    except DomainError as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return _shown(*faults, figures=form, status=status)
    return _done("The figures hold for what comes in from that day on.")


@staff.post("/staff/box/swaps")
def swap_day() -> AnyResponse:
    """Note a swapped day; every open suggestion is reckoned anew."""
    form = SwapForm()
    day = form.day.day
    if not form.validate() or day is None:
        return _shown(*form.faults(), swap=form, status=422)
    swapping = Swapping(day, form.is_working.data == "yes", form.note.data or "")
    try:
        with platform().transaction() as session:
            moved = service.swap_day(session, swapping, by=_hand(), now=platform().now())
    except DomainError as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return _shown(*faults, swap=form, status=status)
    return _done("The day is noted. Suggestions that are now due on another day: {count}", count=moved)


@staff.post("/staff/box/swaps/removal")
def take_swap_back() -> AnyResponse:
    """Let a day be again what the calendar says."""
    form = SwapForm()
    if form.day.day is None:
        return _shown(Fault("day", _word("Please enter a day.")), swap=form, status=422)
    with platform().transaction() as session:
        moved = service.take_swap_back(session, form.day.day, by=_hand(), now=platform().now())
    return _done("The day is noted. Suggestions that are now due on another day: {count}", count=moved)


@staff.post("/staff/box/settings")
def set_box() -> AnyResponse:
    """Say whether a second person approves answers and how long contacts are kept."""
    form = BoxForm()
    form.validate()
    wanted = Box(needs_approval=form.needs_approval.data, contact_days=form.contact_days.data or 0)
    try:
        with platform().transaction() as session:
            service.set_box(session, wanted, by=_hand(), now=platform().now())
    except DomainError as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return _shown(*faults, status=status)
    return _done("The settings of the box are kept.")


def _shown(
    *faults: Fault, figures: FiguresForm | None = None, swap: SwapForm | None = None, status: int = 200
) -> Response:
    today = local_day(platform().now())
    with platform().reading() as session:
        rows, noted, settings = rule_rows(session), swaps(session), box(session)
        reach = [(row.id, row.name) for row in units.units(session, on=today, scope=guard.staff().scope)]
    page = ClockPage(
        rule_sets=tuple(rule_sets().values()),
        rows=rows,
        default=default(),
        swaps=noted,
        years=tuple((year, holidays_of(year)) for year in (today.year, today.year + 1)),
        box=settings,
        units=tuple(reach),
        figures=figures or _fresh_figures(today.strftime(DAY)),
        swap=swap or SwapForm(formdata=None),
        faults=faults,
    )
    return pages.show("suggestions/box/clock.html", page, status)


def _fresh_figures(today: str) -> FiguresForm:
    form, figures = FiguresForm(formdata=None), default()
    form.rule_set.data, form.valid_from.data = figures.code, today
    for name in ("answer", "refuse", "ask", "publish", "longest", "wait"):
        getattr(form, name).data = getattr(figures, name)
    return form


def _figures_form(form: FiguresForm) -> FiguresForm:
    form.unit.known = frozenset(str(unit_id) for unit_id in guard.staff().scope)
    form.rule_set.known = frozenset(rule_sets())
    form.rule_set.needed = "Please choose one of the list."
    return form


def _done(message: str, **facts: object) -> AnyResponse:
    flash(_word(message).format_map(facts))
    return pages.seen_at("/staff/box/clock")


def _hand() -> Hand:
    known = guard.staff()
    return Hand.officer(known.id, known.scope)


def _word(message: str) -> str:
    return platform().translations.word(message, language())
