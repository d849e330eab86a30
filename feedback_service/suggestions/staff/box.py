"""The paper box at the desk: minutes of openings, slips typed in one after the other, papers to print."""

from dataclasses import dataclass

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.suggestions import service
from feedback_service.suggestions.export.blank import blank_slips_pdf
from feedback_service.suggestions.export.slip import Wording
from feedback_service.suggestions.forms.box import MinutesForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.queries.paper import OpeningRow, openings, photo
from feedback_service.suggestions.queries.places import Places, addressed
from feedback_service.suggestions.rules.hands import CleanFile, Hand
from feedback_service.suggestions.rules.paper import people_of
from feedback_service.suggestions.service import Minutes
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import day_text, moment_text
from feedback_service.web.problems import faults_in_words
from feedback_service.web.security import takes_files

BLANK_PAGES = 5
PAPER_LANGUAGE = "vi"


@dataclass(frozen=True)
class BoxPage:
    """Every opening within reach."""

    openings: tuple[OpeningRow, ...]


@dataclass(frozen=True)
class MinutesPage:
    """The form of the minutes."""

    form: MinutesForm
    places: Places
    faults: tuple[Fault, ...] = ()
    files: tuple[CleanFile, ...] = ()
    kept_files: str = ""

    def fault_of(self, pointer: str) -> str | None:
        """What is wrong with a field, None when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == pointer), None)


@staff.get("/staff/box")
def box() -> Response:
    """List the openings of the paper box."""
    with platform().reading() as session:
        found = openings(session, scope=guard.staff().scope)
    return pages.show("suggestions/box/list.html", BoxPage(found))


@staff.get("/staff/box/new")
def new_minutes() -> Response:
    """Ask for the minutes of an opening."""
    form = MinutesForm(formdata=None)
    form.start(platform().now())
    return pages.show("suggestions/box/minutes.html", MinutesPage(form, _offered(form)))


@staff.post("/staff/box")
@takes_files(attachments.BODY_BYTES)
def open_box() -> AnyResponse:
    """Keep the minutes and go on to the slips."""
    form, given = MinutesForm(), attachments.gathered()
    offered = _offered(form)
    if attachments.is_dropping():
        return _minutes_again(form, offered, given, status=200)
    if not form.validate():
        return _minutes_again(form, offered, given, *form.faults())
    photos = attachments.renewed(given.files)
    try:
        if given.refusal:
            raise given.refusal
        with attachments.shelf().holding(photos), platform().transaction() as session:
            minutes = _minutes(form, offered, photos)
            found = service.open_box(session, minutes, by=_hand(), now=platform().now())
    except DomainError as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return _minutes_again(form, offered, given, *faults, status=status)
    attachments.forget(given.files)
    return pages.seen_at(f"/staff/box/{found}")


@staff.get("/staff/box/slips.pdf")
def blank_slips() -> Response:
    """Give blank slips with codes, to be laid beside the box."""
    address = f"{platform().settings.base_url}/suggestions/track"
    office = platform().site().office
    content = blank_slips_pdf(BLANK_PAGES, office=office, address=address, made_at=platform().now(), wording=_wording())
    return pages.download(iter([content]), file_name="phieu-gop-y.pdf", media_type="application/pdf")


@staff.get("/staff/box/<int:opening_id>/files/<file_id>")
def box_photo(opening_id: int, file_id: str) -> Response:
    """Give a photograph of an opening, to be saved."""
    with platform().reading() as session:
        today = local_day(platform().now())
        known = photo(session, opening_id, file_id, scope=guard.staff().scope, today=today)
    content = attachments.shelf().read(known.id)
    return pages.attachment(content, file_name=known.name, media_type=known.media_type)


def _minutes_again(
    form: MinutesForm, offered: Places, given: attachments.Given, *faults: Fault, status: int = 422
) -> Response:
    page = MinutesPage(form, offered, faults, given.files, attachments.keep(given.files))
    return pages.show("suggestions/box/minutes.html", page, status)


def _minutes(form: MinutesForm, offered: Places, photos: tuple[CleanFile, ...]) -> Minutes:
    return Minutes(
        unit_id=offered.unit_of(int(form.unit.data) if form.unit.data else None, None),
        place=form.place.data or "",
        opened_at=form.opened_at.moment or platform().now(),
        people=people_of(form.people.data or ""),
        slips=form.slips.data if form.slips.data is not None else -1,
        blank=form.blank.data or 0,
        legal=form.legal.data or 0,
        note=form.note.data or "",
        photos=photos,
    )


def _offered(form: MinutesForm) -> Places:
    with platform().reading() as session:
        found = addressed(session, on=local_day(platform().now()))
    form.unit.known = frozenset(str(unit_id) for unit_id, _name in found.units)
    return found


def _hand() -> Hand:
    known = guard.staff()
    return Hand.officer(known.id, known.scope)


def _wording() -> Wording:
    translations = platform().translations
    return Wording(
        word=lambda message: translations.word(message, PAPER_LANGUAGE),
        day=day_text,
        moment=lambda moment: moment_text(moment, translations),
        language=PAPER_LANGUAGE,
    )
