"""Ballots at the desk: how many are out, issuing them for a list of dossiers, their slips to print."""

from dataclasses import dataclass

from flask import Response
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.questionnaires.queries import asked_by
from feedback_service.ratings.export.ballots import Heading, address_of, ballots_csv, ballots_pdf
from feedback_service.ratings.forms import BallotForm
from feedback_service.ratings.queries.ballots import BallotCount, ballot_counts
from feedback_service.ratings.rules.ballots import DAYS, dossiers_in, expiry
from feedback_service.ratings.service.balloting import Issued, Terms
from feedback_service.ratings.service.inviting import Told, issue_and_invite
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import day_text, language

PAGE = "/staff/ballots"
NOTHING = Told((), frozenset())
DEFAULT = "phieu-9-chi-so"


@dataclass(frozen=True)
class BallotsPage:
    """How many ballots are out, the form for more, and those that were just issued with their addresses."""

    counts: tuple[BallotCount, ...]
    units: dict[int, str]
    titles: dict[str, str]
    form: BallotForm
    faults: tuple[Fault, ...]
    issued: tuple[tuple[Issued, str], ...] = ()
    invited: frozenset[str] = frozenset()

    @property
    def unusual(self) -> int:
        """How many codes have no shape that is in use."""
        return sum(not one.dossier.is_usual for one, _ in self.issued)

    @property
    def repeated(self) -> int:
        """How many had a ballot before."""
        return sum(not one.is_new for one, _ in self.issued)


@staff.get(PAGE)
def ballots() -> Response:
    """Show how many ballots are out, and the form for more."""
    with platform().reading() as session:
        office = units.office(session)
        unit_id = person().unit_id or (office.unit_id if office else None)
        facts = {"unit": str(unit_id or ""), "questionnaire": DEFAULT, "days": str(DAYS)}
        form = _offering(session, BallotForm(formdata=None, data=facts))
        page = _page(session, form)
    return pages.show("ratings/ballots.html", page)


@staff.post(PAGE)
def issue_ballots() -> Response:
    """Issue ballots for a list of dossiers and show their addresses, once."""
    return _issued("page")


@staff.post(f"{PAGE}/slips")
def print_slips() -> Response:
    """Send the slips of a list of dossiers as PDF; the same list gives the same slips."""
    return _issued("pdf")


@staff.post(f"{PAGE}/list")
def send_list() -> Response:
    """Send the addresses of a list of dossiers as CSV."""
    return _issued("csv")


def _issued(shape: str) -> Response:
    running = platform()
    with running.reading() as session:
        form = _offering(session, BallotForm())
        if not form.validate():
            return pages.show("ratings/ballots.html", _page(session, form), 422)
    try:
        told = _issue(form)
    except DomainError as refusal:
        form.refused(refusal)
        with running.reading() as session:
            return pages.show("ratings/ballots.html", _page(session, form), 422)
    if shape == "csv":
        content = ballots_csv(told.issued, base_url=running.settings.base_url)
        return pages.attachment(content, file_name="ballots.csv", media_type="text/csv; charset=utf-8")
    if shape == "pdf":
        return pages.attachment(_slips(form, told.issued), file_name="ballots.pdf", media_type="application/pdf")
    with running.reading() as session:
        return pages.show("ratings/ballots.html", _page(session, form, told))


def _issue(form: BallotForm) -> Told:
    running = platform()
    terms = Terms(int(form.unit.data), str(form.questionnaire.data), int(form.days.data or DAYS))
    dossiers, secret = dossiers_in(form.dossiers.data or ""), running.settings.lasting_key
    with running.transaction() as session:
        return issue_and_invite(session, dossiers, terms, secret=secret, by=person().actor, now=running.now())


def _slips(form: BallotForm, told: tuple[Issued, ...]) -> bytes:
    running, word = platform(), platform().translations.word
    until = day_text(expiry(running.now(), int(form.days.data or DAYS)))
    with running.reading() as session:
        unit = units.names(session, [int(form.unit.data)])[int(form.unit.data)]
    good = word("Good until {day}.", "vi").format(day=until)
    heading = Heading(unit, running.site().office, good, running.settings.base_url)
    return ballots_pdf(told, heading, word=lambda message: word(message, "vi"), made_at=running.now())


def _page(session: Session, form: BallotForm, told: Told = NOTHING) -> BallotsPage:
    counts = ballot_counts(session, person().scope)
    base = platform().settings.base_url
    return BallotsPage(
        counts,
        units.names(session, {count.unit_id for count in counts}),
        {offer.id: offer.title.get(language()) or offer.title["vi"] for offer in asked_by(session)},
        form,
        form.faults(),
        tuple((one, address_of(base, one.link)) for one in told.issued),
        told.invited,
    )


def _offering(session: Session, form: BallotForm) -> BallotForm:
    standing = units.units(session, on=local_day(platform().now()), scope=person().scope)
    form.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in standing]
    form.questionnaire.choices = [
        SelectChoice(offer.id, offer.title.get(language()) or offer.title["vi"]) for offer in asked_by(session)
    ]
    return form
