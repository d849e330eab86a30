"""JSON bodies of tablets: enrolment, configuration, heartbeat."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from feedback_service.web.api import Payload


class EnrolmentBody(Payload):
    """The one-time code that staff made."""

    code: Annotated[str, Field(min_length=1, max_length=40)]


class Enrolled(Payload):
    """The token with which the tablet sends from now on."""

    kiosk_id: str
    token: str


class UnitPayload(Payload):
    """The unit at which the tablet stands."""

    code: str
    name: str


class CounterPayload(Payload):
    """The counter at which the tablet stands; 0 without a name for the whole unit."""

    id: int
    name: str


class OfficerPayload(Payload):
    """The officer on shift, where the office has switched that on."""

    name: str
    photo: str | None


class HoursPayload(Payload):
    """One span of the week in local time; weekday 1 is Monday."""

    weekdays: list[int]
    opens: str
    closes: str


class OfficePayload(Payload):
    """How the office signs."""

    name: str
    logo: str | None


class QuestionnairePayload(Payload):
    """What is asked, in which version; a question is as the contract describes it."""

    id: str
    version: int
    questions: list[dict[str, object]]


class Configuration(Payload):
    """Everything that a tablet needs to know.

    `texts` are the office's words for the tablet's own sentences, by language and English sentence; `sounds` are the
    addresses of recordings, by language and by the sentence as it stands on the glass.
    """

    kiosk_id: str
    unit: UnitPayload
    counter: CounterPayload
    officer: OfficerPayload | None
    languages: list[str]
    idle_seconds: int
    warning_seconds: int
    thanks_seconds: int
    opening_hours: list[HoursPayload]
    office: OfficePayload
    demo: bool
    questionnaire: QuestionnairePayload
    texts: dict[str, dict[str, str]]
    sounds: dict[str, dict[str, str]]


class Heartbeat(Payload):
    """What a tablet says of itself once a minute; `clock` is its own, right or wrong, `battery` a share of 1."""

    queued: Annotated[int, Field(ge=0, le=1_000_000)]
    last_sequence: Annotated[int, Field(ge=0, le=2**53)]
    storage_persisted: bool | None
    app_version: Annotated[str, Field(max_length=40)]
    clock: AwareDatetime
    battery: Annotated[float, Field(ge=0, le=1)] | None
