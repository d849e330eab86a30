"""JSON of ratings: the envelope is strict, and each rating in it is judged on its own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SkipValidation, ValidationError

from feedback_service.core.errors import Fault, Malformed
from feedback_service.ratings.rules import COMMENT_LETTERS
from feedback_service.web.api import Payload, faults_of

BATCH = 50
_MOMENT = r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$"
_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
_NAME = r"^[a-z][a-z0-9_-]*$"
_WORDS = {
    "missing": "This is missing.",
    "extra_forbidden": "This name is not known here.",
    "too_long": "This holds too much.",
    "string_too_long": "This holds too much.",
}
_OTHERWISE = "This is not what is expected here."
Value = int | float | str


class RatingPayload(Payload):
    """One rating: when it was given (RFC 3339), by which version, and what was answered.

    Pydantic takes no half of an emoji, and browsers send some: what people write is looked at by ourselves.
    """

    id: Annotated[str, Field(pattern=_UUID, json_schema_extra={"format": "uuid"})]
    sequence: Annotated[int, Field(ge=0, le=2**53)]
    questionnaire: Annotated[str, Field(pattern=_NAME, max_length=60)]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    answered_at: Annotated[str, Field(pattern=_MOMENT, json_schema_extra={"format": "date-time"})]
    language: Literal["vi", "en", "bru", "pac"]
    answers: Annotated[dict[str, SkipValidation[Value | list[Value]]], Field(max_length=200)]
    comment: SkipValidation[Annotated[str, Field(max_length=COMMENT_LETTERS)] | None] = None
    ballot: Annotated[str, Field(max_length=200)] | None = None

    @property
    def moment(self) -> datetime:
        """When it was given, in UTC; raises ValueError or OverflowError for a day that does not exist."""
        return datetime.fromisoformat(self.answered_at.upper()).astimezone(UTC)


class Body(Payload):
    """From 1 to 50 ratings; one that does not fit does not keep the others out."""

    ratings: Annotated[list[SkipValidation[RatingPayload]], Field(min_length=1, max_length=BATCH)]

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read what browsers write, half of an emoji included, which pydantic's own reader refuses."""
        try:
            content = json.loads(json_data)
        except (RecursionError, ValueError) as error:
            raise Malformed("This is not JSON.") from error
        return cls.model_validate(content, **options)


class ProblemPayload(Payload):
    """Why one rating was refused (RFC 9457); pointers lead into the body that was sent."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]]


class ResultPayload(Payload):
    """What became of one rating, in the order of the batch."""

    id: str | None
    outcome: Literal["stored", "repeated", "refused"]
    problem: ProblemPayload | None = None


class Results(Payload):
    """One result for each rating of the batch."""

    results: list[ResultPayload]


def read(raw: object) -> RatingPayload | tuple[Fault, ...]:
    """Return a rating whose moment exists, or everything that is wrong with its shape."""
    try:
        payload = RatingPayload.model_validate(raw)
    except ValidationError as error:
        kinds = [fault["type"] for fault in error.errors(include_url=False, include_input=False)]
        told = zip(faults_of(error), kinds, strict=True)
        return tuple(Fault(fault.pointer, _WORDS.get(kind, _OTHERWISE)) for fault, kind in told)
    return tuple(_faults_of_shape(payload)) or payload


def _faults_of_shape(payload: RatingPayload) -> Iterator[Fault]:
    try:
        _ = payload.moment
    except (OverflowError, ValueError):
        yield Fault("/answered_at", _OTHERWISE)
    comment: object = payload.comment
    if not isinstance(comment, str | None):
        yield Fault("/comment", _OTHERWISE)
    for name, answer in payload.answers.items():
        values = answer if isinstance(answer, list) else [answer]
        if not all(type(value) in _PLAIN and (type(value) is not float or isfinite(value)) for value in values):
            yield Fault(f"/answers/{name.replace('~', '~0').replace('/', '~1')}", _OTHERWISE)


_PLAIN = (int, float, str)
