"""What tablets ask of the server besides sending ratings."""

from typing import cast

from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy.orm import Session

from feedback_service.bundled import folder
from feedback_service.core.canonical import digest, seal
from feedback_service.core.errors import NotFound, Refused
from feedback_service.kiosks import guard, queries, service
from feedback_service.kiosks.export import own_sentences
from feedback_service.kiosks.payloads import (
    Configuration,
    CounterPayload,
    Enrolled,
    EnrolmentBody,
    Heartbeat,
    HoursPayload,
    OfficePayload,
    OfficerPayload,
    QuestionnairePayload,
    UnitPayload,
)
from feedback_service.kiosks.rules import PHOTO_ADDRESS, Report, Shift, photo_address, plain_code, shift_at
from feedback_service.kiosks.rules.prompts import SOUND_ADDRESS, languages_of, sounds_of, texts_of, with_words
from feedback_service.questionnaires.queries import bundle
from feedback_service.units import queries as units
from feedback_service.web.api import operation
from feedback_service.web.context import network, platform, request_id
from feedback_service.web.pictures import SMALL

api = Blueprint("kiosks_api", __name__)
TRIES_OF_NETWORK = "10 per minute"
TRIES_OF_ALL = "120 per minute"
"""With it, guessing one of the codes that are good at a moment takes years."""

WHOLE_UNIT = CounterPayload(id=0, name="")
"""What stands in place of a counter where a tablet serves the whole unit."""


@api.before_request
def admit() -> None:
    """Ask who is asking before anything of the body is looked at; only a tablet to come is nobody yet."""
    if request.endpoint not in ("kiosks_api.enrolment", "kiosks_api.sound", "kiosks_api.photo"):
        g.kiosk = guard.kiosk()


@operation(api, "POST /kiosk/enrolment", body=EnrolmentBody, answer=Enrolled, status=201, is_open=True)
def enrolment(body: EnrolmentBody) -> Enrolled:
    """Turn a one-time code into a token.

    The code is made by staff, is good once and for ten minutes.
    """
    running = platform()
    running.limits.hit("enrolment", network(), TRIES_OF_NETWORK)
    running.limits.hit("enrolment", "everybody", TRIES_OF_ALL)
    figures, secret = plain_code(body.code), running.settings.lasting_key
    if figures is None:
        raise Refused(service.NOT_GOOD)
    token = seal(secret, "kiosk token", str(request_id()))
    with running.transaction() as session:
        kiosk_id = service.enrol(session, guard.code_hash(secret, figures), token, now=running.now())
    return Enrolled(kiosk_id=str(kiosk_id), token=token)


@operation(api, "GET /kiosk/configuration", answer=Configuration)
def configuration() -> Response:
    """Return everything that the tablet needs to know, or 304 when it knows already (If-None-Match)."""
    kiosk = cast("guard.Kiosk", g.kiosk)
    with platform().reading() as session:
        content = _configuration(session, kiosk).model_dump(mode="json")
    etag = digest(content)[:32]
    is_known = request.if_none_match.contains_weak(etag)
    response = Response(status=304) if is_known else jsonify(content)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@operation(api, "POST /kiosk/heartbeat", body=Heartbeat, status=204)
def heartbeat(body: Heartbeat) -> None:
    """Take in how the tablet is."""
    kiosk = cast("guard.Kiosk", g.kiosk)
    running = platform()
    now = running.now()
    report = Report(
        last_seen_at=now,
        queued=body.queued,
        last_sequence=body.last_sequence,
        storage_persisted=body.storage_persisted,
        app_version=body.app_version,
        clock_skew_seconds=round((body.clock - now).total_seconds()),
        battery_percent=None if body.battery is None else round(body.battery * 100),
    )
    with running.transaction() as session:
        service.hear(session, kiosk.id, report)


@api.get(f"{SOUND_ADDRESS}<string(length=64):sound_hash>")
def sound(sound_hash: str) -> Response:
    """Return a recording; its address names its content, so it may be kept for good."""
    with platform().reading() as session:
        found = queries.sound(session, sound_hash)
    if found is None:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    response = Response(found[0], mimetype=found[1])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@api.get(f"{PHOTO_ADDRESS}<string(length=64):photo_hash>")
def photo(photo_hash: str) -> Response:
    """Return the photo of an officer, as long as a roster names it; only the browser that asked may keep it."""
    with platform().reading() as session:
        found = queries.photo(session, photo_hash)
    if found is None:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    response = Response(found, mimetype=SMALL)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _configuration(session: Session, kiosk: guard.Kiosk) -> Configuration:
    unit = units.unit(session, kiosk.unit_id)
    counter = units.counter(session, kiosk.counter_id) if kiosk.counter_id else None
    office = units.office(session)
    setting = queries.setting(session, kiosk.unit_id)
    shift = shift_at(queries.shifts(session, kiosk.counter_id), platform().now())
    asked = bundle(session, shift.questionnaire or kiosk.questionnaire_id)
    prompts = queries.prompts(session)
    if unit is None or asked is None:
        raise NotFound("There is no questionnaire for this tablet yet.")
    return Configuration(
        kiosk_id=str(kiosk.id),
        unit=UnitPayload(code=unit.row.code or "", name=unit.row.name),
        counter=CounterPayload(id=counter.id, name=counter.name) if counter else WHOLE_UNIT,
        officer=_officer(shift, is_photo_shown=setting.is_photo_shown) if kiosk.is_officer_shown else None,
        languages=list(languages_of(setting.languages, prompts)),
        idle_seconds=setting.idle_seconds,
        warning_seconds=setting.warning_seconds,
        thanks_seconds=setting.thanks_seconds,
        opening_hours=[
            HoursPayload(weekdays=list(span.weekdays), opens=span.opens, closes=span.closes)
            for span in unit.opening_hours
        ],
        office=_signature(office),
        demo=bool(office and office.is_demo),
        questionnaire=QuestionnairePayload.model_validate(with_words(asked, prompts)),
        texts=texts_of(prompts, own_sentences(folder("kiosk_static"))),
        sounds=sounds_of(prompts),
    )


def _officer(shift: Shift, *, is_photo_shown: bool) -> OfficerPayload | None:
    photo = photo_address(shift) if is_photo_shown else ""
    return OfficerPayload(name=shift.officer, photo=photo or None) if shift.officer else None


def _signature(office: units.OfficeRow | None) -> OfficePayload:
    if office is None:
        return OfficePayload(name="", logo=None)
    return OfficePayload(name=office.office_name or office.product, logo=office.logo or None)
